"""Commands that begin a database: demo, template."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from desktop.cli.options import Database, Seed, User, read_date
from desktop.cli.output import say
from desktop.cli.progress import progress
from desktop.cli.workplace import opened
from desktop.services.demo.sample import make_sample
from desktop.services.exchange.template import write_template
from desktop.services.words import count, spell_day


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("demo")(demo)
    app.command("template")(template)


def demo(
    inspectors: Annotated[int, typer.Option("--inspectors", min=1, help="How many people work for it.")] = 60,
    requests: Annotated[int, typer.Option("--requests", min=0, help="Bookings to plan.")] = 200,
    years: Annotated[int, typer.Option("--years", min=0, help="Years of visits already made.")] = 0,
    weeks: Annotated[int, typer.Option("--weeks", min=0, help="Weeks of visits already made, beside the years.")] = 0,
    first_day: Annotated[
        dt.date | None,
        typer.Option("--from", metavar="DATE", parser=read_date, help="Monday of the week to plan. Default: the next."),
    ] = None,
    seed: Seed = 1,
    database: Database = None,
    user: User = None,
) -> None:
    """Fill a new database with an invented firm, to try everything out."""
    with opened(database, user, create=True) as desk, progress("Sample company") as tell:
        made = make_sample(
            desk.store,
            inspectors=inspectors,
            requests=requests,
            seed=seed,
            years=years,
            weeks=weeks,
            first_day=first_day,
            clock=desk.clock,
            actor=desk.actor,
            on_progress=tell,
        )
        name = desk.store.name
    parts = [
        count(made.inspectors, "inspector"),
        count(made.clients, "client"),
        count(made.factories, "factory", "factories"),
        count(made.orders, "order"),
        count(made.requests, "request"),
        count(made.visits, "past visit"),
    ]
    say(f"{', '.join(parts)}, invented, in {name}.")
    say(f"Its week begins on {spell_day(made.first_day)}: dupro-desk plan --from {made.first_day.isoformat()}")


def template(
    out: Annotated[Path, typer.Argument(metavar="PATH", help="The .xlsx file to write; a folder for one .csv a kind.")],
) -> None:
    """Write an empty workbook with the columns that `import` reads, explained, with an example."""
    for path in write_template(out):
        say(f"Wrote {path}")
