"""Options that several commands share, said in the same words everywhere."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer


def read_date(text: str | dt.date) -> dt.date:
    """A date as ISO, the way files and databases write it."""
    if isinstance(text, dt.date):
        return text
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a date like 2026-11-30.") from None


def read_moment(text: str | dt.datetime) -> dt.datetime:
    """A day and a time, with or without a zone."""
    if isinstance(text, dt.datetime):
        return text
    if ":" in text:
        try:
            return dt.datetime.fromisoformat(text)
        except ValueError:
            pass
    raise typer.BadParameter(f"{text!r} is not a day and time like 2026-12-01 09:10.")


Database = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="URL",
        envvar="DUPRO_DATABASE",
        help="A file, or a URL: sqlite:///plans.db, postgresql://user@host/plans. Default: a file in your data folder.",
    ),
]
User = Annotated[
    str | None,
    typer.Option("--user", metavar="NAME", envvar="DUPRO_USER", help="Who the history names. Default: your account."),
]
PlanCode = Annotated[
    str | None, typer.Option("--plan", metavar="PLAN", help="Which plan. Default: the draft made last.")
]
AnyPlan = Annotated[
    str | None,
    typer.Option("--plan", metavar="PLAN", help="Which plan. Default: the draft made last, else the latest."),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of sentences.")]
FirstDay = Annotated[
    dt.date | None,
    typer.Option("--from", metavar="DATE", parser=read_date, help="First day. Default: the coming Monday."),
]
Days = Annotated[
    int | None, typer.Option("--days", min=1, max=28, help="Length of the horizon in days. Default: the house's, 7.")
]
TimeLimit = Annotated[float, typer.Option("--time-limit", metavar="SECONDS", min=0.1, help="How long to search.")]
Seed = Annotated[int, typer.Option("--seed", help="Seed of every random choice.")]
RequestCode = Annotated[str, typer.Argument(metavar="REQUEST", help="Code of the request, like R00012.")]
OutPath = Annotated[Path, typer.Option("--out", metavar="PATH", help="File to write.")]
