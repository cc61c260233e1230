"""The command of the day: what to do, what starts, what others have changed."""

from __future__ import annotations

from typing import Annotated

import typer

from desktop.cli.options import Database, Json, User
from desktop.cli.output import say, say_json, say_table
from desktop.cli.workplace import opened
from desktop.services.today.judged import read_judged
from desktop.services.today.reading import read_today
from desktop.services.today.rows import Today, TodayRow
from desktop.services.words import count, spell_slots, spell_time


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("today")(today)


def today(
    starts: Annotated[
        bool, typer.Option("--starts", help="List the visits that start today and tomorrow too.")
    ] = False,
    news: Annotated[bool, typer.Option("--news", help="List what others have changed since last evening too.")] = False,
    mine: Annotated[bool, typer.Option("--mine", help="Only requests that you have entered or changed.")] = False,
    as_json: Json = False,
    database: Database = None,
    user: User = None,
) -> None:
    """Say what a dispatcher has to do now: what can still be saved first, in the order of the hours that are left."""
    with opened(database, user) as desk:
        now = desk.clock.now()
        found = read_today(desk.store, now, desk.actor).with_judged(read_judged(desk.store, now))
    wanted = {"starts": starts, "news": news}
    rows = [row for row in found.rows if wanted.get(row.kind, True) and (row.is_mine or not mine)]
    if as_json:
        say_json([_value(row, found) for row in rows])
        return
    if rows:
        heads = ("hours left", "what", "request", "when", "who", "factory", "client", "why")
        say_table(heads, [_cells(row, found) for row in rows], right=(0,))
    begin, tomorrow = found.starts
    say(f"{count(found.to_do, 'thing')} to do, {found.for_today:,} of them today.")
    say(f"{count(begin, 'visit')} today, {tomorrow:,} tomorrow.")


def _cells(row: TodayRow, found: Today) -> tuple[str, ...]:
    of = row.about
    when = "" if row.first_slot is None or row.last_slot is None else spell_slots(row.first_slot, row.last_slot)
    return (
        f"{row.hours_left(found.now):.0f}",
        row.kind,
        row.request or (f"{len(row.requests):,} of them" if row.requests else ""),
        when,
        ", ".join(person.name for person in row.people) or row.who,
        "" if of is None else of.factory_name,
        "" if of is None else of.client_name,
        row.cause if row.kind != "news" else f"{row.cause} ({spell_time(row.until)})",
    )


def _value(row: TodayRow, found: Today) -> dict[str, object]:
    of = row.about
    return {
        "kind": row.kind,
        "until": row.until.isoformat(),
        "hours_left": round(row.hours_left(found.now), 2),
        "requests": list(row.requests),
        "client": None if of is None else of.client,
        "factory": None if of is None else of.factory,
        "area": None if of is None else of.area,
        "plan": row.plan or None,
        "first_slot": row.first_slot,
        "last_slot": row.last_slot,
        "people": [{"code": person.code, "answer": person.answer} for person in row.people],
        "factory_answer": row.factory_answer,
        "cause": row.cause,
        "ways": list(row.ways),
        "mine": row.is_mine,
        "who": row.who or None,
    }
