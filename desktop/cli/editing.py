"""Commands that change single records: any field, a factory's closing days, an order's progress."""

from __future__ import annotations

import datetime as dt
import json
from typing import Annotated

import typer

from desktop.cli.options import Database, User, read_date
from desktop.cli.output import acknowledge
from desktop.cli.workplace import opened
from desktop.clock import local_today
from desktop.errors import BadInputError
from desktop.services.commands import CloseFactory, EditRecord, OpenFactory, ReportProgress

FactoryCode = Annotated[str, typer.Argument(metavar="FACTORY", help="Code of the factory.")]
First = Annotated[dt.date, typer.Option("--from", metavar="DATE", parser=read_date, help="First day.")]
Last = Annotated[
    dt.date | None, typer.Option("--to", metavar="DATE", parser=read_date, help="Last day. Default: the first.")
]


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("edit")(edit)
    app.command("close")(close)
    app.command("open-again")(open_again)
    app.command("progress")(progress)


def edit(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="client, factory, order, request or inspector.")],
    code: Annotated[str, typer.Argument(metavar="CODE", help="Code of the record.")],
    values: Annotated[
        list[str],
        typer.Argument(metavar="FIELD=VALUE...", help="Such as team=North or skills='{\"garment\": 4}'; null empties."),
    ],
    database: Database = None,
    user: User = None,
) -> None:
    """Set fields of one record: all of them, or none where one cannot be kept."""
    with opened(database, user) as desk:
        acknowledge(desk.handle(EditRecord(kind, code, dict(_pair(text) for text in values))))


def close(
    factory: FactoryCode,
    first: First,
    last: Last = None,
    reason: Annotated[str, typer.Option("--reason", help="Why, for whoever asks.")] = "",
    database: Database = None,
    user: User = None,
) -> None:
    """Close a factory for some days, beside its weekly day and the holidays."""
    with opened(database, user) as desk:
        acknowledge(desk.handle(CloseFactory(factory, first, last or first, reason)))


def open_again(
    factory: FactoryCode, first: First, last: Last = None, database: Database = None, user: User = None
) -> None:
    """Let a factory work on days for which it had been closed."""
    with opened(database, user) as desk:
        acknowledge(desk.handle(OpenFactory(factory, first, last or first)))


def progress(
    order: Annotated[str, typer.Argument(metavar="ORDER", help="Code of the order.")],
    percent: Annotated[float, typer.Argument(metavar="PERCENT", help="How much of it is made.")],
    packed: Annotated[float, typer.Option("--packed", metavar="PERCENT", help="How much is packed.")] = 0.0,
    on: Annotated[
        dt.date | None, typer.Option("--on", metavar="DATE", parser=read_date, help="On which day. Default: today.")
    ] = None,
    source: Annotated[str, typer.Option("--source", help="Who says so.")] = "",
    free: Annotated[bool, typer.Option("--free", help="Take the visits hit out of the draft made last.")] = False,
    database: Database = None,
    user: User = None,
) -> None:
    """Note how far an order is; the windows of its requests follow."""
    with opened(database, user) as desk:
        day = on or local_today(desk.clock)
        acknowledge(desk.handle(ReportProgress(order, day, percent, packed, source, frees=free)))


def _pair(text: str) -> tuple[str, object]:
    """A field and its value: JSON where it is JSON of a list, map, yes, no or nothing; else the text as it is."""
    field, found, value = text.partition("=")
    if not found or not field:
        raise BadInputError(f'"{text}" sets no field.', "Write it as FIELD=VALUE, such as team=North.")
    if value[:1] in ("[", "{") or value in ("true", "false", "null"):
        try:
            return field, json.loads(value)
        except ValueError as error:
            raise BadInputError(f"The value of {field} is no JSON: {error}.", "Mind quotes and brackets.") from None
    return field, value
