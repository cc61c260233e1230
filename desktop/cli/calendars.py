"""Commands for calendars: the days of a country that differ from the plain week, and closing days of factories."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from desktop.cli.options import Database, Json, User, read_date
from desktop.cli.output import acknowledge, say, say_json, say_table
from desktop.cli.workplace import opened
from desktop.clock import local_today
from desktop.services.closings import ProposedClosing, closing_commands, closings, proposed_closings
from desktop.services.commands import SetCalendarDay
from desktop.services.house_settings import FIRST_YEAR, LAST_YEAR, CalendarDayRow, calendar_rows
from desktop.services.words import count, spell_day, spell_days

calendar = typer.Typer(help="Holidays, make-up days and factories' closing days.", no_args_is_help=True)

Country = Annotated[str, typer.Argument(metavar="COUNTRY", help="Two letters: CN or VN.")]
Year = Annotated[
    int | None, typer.Argument(metavar="[YEAR]", min=FIRST_YEAR, max=LAST_YEAR, help="Default: this year.")
]
Date = Annotated[dt.date, typer.Argument(metavar="DATE", parser=read_date, help="The day, like 2026-10-10.")]
KINDS = {"holiday": "holiday", "make-up": "make-up", "ordinary": None}


def register(app: typer.Typer) -> None:
    """Add these commands."""
    calendar.command("show")(show)
    calendar.command("set")(set_day)
    calendar.command("closings")(list_closings)
    calendar.command("stops")(stops)
    app.add_typer(calendar, name="calendar")


def show(country: Country, year: Year = None, as_json: Json = False, database: Database = None) -> None:
    """List the days of a country's year that differ from the plain week."""
    with opened(database) as desk:
        asked = year or local_today(desk.clock).year
        rows = calendar_rows(desk.store, country.strip().upper(), asked)
    if as_json:
        say_json([_values(row) for row in rows])
        return
    say_table(
        ("day", "kind", "name", ""),
        [
            (
                spell_day(row.date),
                row.kind,
                row.name,
                ", ".join(
                    word for word, holds in (("provisional", row.provisional), ("changed here", row.own)) if holds
                ),
            )
            for row in rows
        ],
    )
    if any(row.provisional for row in rows):
        say("Provisional days are not fixed by an official notice, or bind state bodies only.")


def set_day(
    country: Country,
    date: Date,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="holiday, make-up or ordinary.")],
    name: Annotated[str, typer.Option("--name", help="What the day is called.")] = "",
    provisional: Annotated[bool, typer.Option("--provisional", help="Nothing official has fixed it yet.")] = False,
    database: Database = None,
    user: User = None,
) -> None:
    """Make a day a holiday, a make-up working day, or an ordinary day."""
    with opened(database, user) as desk:
        wanted = KINDS.get(kind, kind)
        acknowledge(desk.handle(SetCalendarDay(country, date, wanted, name, provisional)))


def list_closings(
    factory: Annotated[str | None, typer.Argument(metavar="[FACTORY]", help="Only of this one.")] = None,
    year: Annotated[
        int | None, typer.Option("--year", min=FIRST_YEAR, max=LAST_YEAR, help="Default: this year.")
    ] = None,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """List the closing days of factories; `close` and `open-again` change them."""
    with opened(database) as desk:
        rows = closings(desk.store, year or local_today(desk.clock).year, factory)
    if as_json:
        say_json(
            [
                {
                    "factory": row.factory,
                    "first_day": row.first.isoformat(),
                    "last_day": row.last.isoformat(),
                    "reason": row.reason,
                }
                for row in rows
            ]
        )
        return
    say_table(
        ("factory", "name", "closed", "reason"),
        [(row.factory, row.name, spell_days(row.first, row.last), row.reason) for row in rows],
    )


def stops(
    year: Year = None,
    country: Annotated[str | None, typer.Option("--country", metavar="CN|VN", help="Only factories there.")] = None,
    factory: Annotated[list[str] | None, typer.Option("--factory", metavar="CODE", help="Repeatable.")] = None,
    enter: Annotated[bool, typer.Option("--enter", help="Store them as closing days, as one step.")] = False,
    as_json: Json = False,
    database: Database = None,
    user: User = None,
) -> None:
    """Propose the long stop at the lunar new year for factories that have none on record; stores nothing unasked."""
    with opened(database, user) as desk:
        asked = year or local_today(desk.clock).year
        found = [
            entry for entry in proposed_closings(desk.store, asked, country) if not factory or entry.factory in factory
        ]
        if enter and found:
            label = f"Close {count(len(found), 'factory', 'factories')} for the lunar new year {asked}"
            outcome = desk.handle_all(closing_commands(found), label)
            if not as_json:
                acknowledge(outcome)
                return
    if as_json:
        say_json([_stop_values(entry) for entry in found])
        return
    if not found:
        say(f"Every factory that was asked for has its stop of {asked} on record.")
        return
    say_table(("factory", "name", "closed", "why", "booked"), [_row(entry) for entry in found], right=(4,))
    say("Nothing has been stored: --enter stores them as closing days.")


def _row(entry: ProposedClosing) -> tuple[str, ...]:
    days = spell_days(entry.stop.first, entry.stop.last)
    return entry.factory, entry.name, days, f"{entry.stop.name}, {entry.why}", str(entry.open_requests)


def _stop_values(entry: ProposedClosing) -> dict[str, object]:
    return {
        "factory": entry.factory,
        "name": entry.name,
        "country": entry.country,
        "first_day": entry.stop.first.isoformat(),
        "last_day": entry.stop.last.isoformat(),
        "reason": entry.stop.name,
        "why": entry.why,
        "open_requests": entry.open_requests,
    }


def _values(row: CalendarDayRow) -> dict[str, object]:
    return {
        "date": row.date.isoformat(),
        "kind": row.kind,
        "name": row.name,
        "provisional": row.provisional,
        "changed_here": row.own,
    }
