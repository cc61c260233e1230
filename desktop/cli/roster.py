"""Commands for people: the roster as a list, absences, permits."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from desktop.cli.options import Database, Json, User, read_date
from desktop.cli.output import acknowledge, say, say_json, say_table
from desktop.cli.workplace import opened
from desktop.clock import local_today
from desktop.services.commands import GrantPermit, RecordAbsence, RemoveAbsence, RevokePermit
from desktop.services.roster.absences import PersonAbsence, absences_between
from desktop.services.roster.filter import RosterFilter, RosterIndex, sorted_rows
from desktop.services.roster.listing import Credential, InspectorRow, roster_list
from desktop.services.slots import slot_of
from desktop.services.words import count, spell_day, spell_slots

InspectorCode = Annotated[str, typer.Argument(metavar="INSPECTOR", help="Code of the person, like I0003.")]
Area = Annotated[str, typer.Argument(metavar="AREA", help="The area as factories have it.")]

absence = typer.Typer(help="Record, remove and list absences.", no_args_is_help=True)
permit = typer.Typer(help="Say in which areas people may work.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("roster")(roster)
    absence.command("add")(add_absence)
    absence.command("remove")(remove_absence)
    absence.command("list")(list_absences)
    permit.command("add")(add_permit)
    permit.command("remove")(remove_permit)
    app.add_typer(absence, name="absence")
    app.add_typer(permit, name="permit")


def roster(
    search: Annotated[
        str, typer.Argument(metavar="[WORDS]", help="Only people with these words in name, code, team, home or skills.")
    ] = "",
    team: Annotated[list[str] | None, typer.Option("--team", metavar="TEAM", help="Repeatable.")] = None,
    skill: Annotated[list[str] | None, typer.Option("--skill", metavar="SKILL", help="Repeatable.")] = None,
    expiring: Annotated[
        bool, typer.Option("--expiring", help="Only where a certificate or permit has ended or ends soon.")
    ] = False,
    absent: Annotated[bool, typer.Option("--absent", help="Only who is absent in the week.")] = False,
    everybody: Annotated[bool, typer.Option("--all", help="Also who has left.")] = False,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """List people, with what they may do and how full the draft's week is for them."""
    wanted = RosterFilter(
        search,
        frozenset(team or ()),
        skills=frozenset(skill or ()),
        expiring=expiring,
        absent=absent,
        inactive=everybody,
    )
    with opened(database) as desk:
        listed = roster_list(desk.store, local_today(desk.clock))
    rows = sorted_rows(RosterIndex(listed.rows).matching(wanted), "code")
    if as_json:
        say_json([_row_values(row) for row in rows])
        return
    say_table(
        ("code", "name", "team", "home", "skills", "certificates", "areas", "load", "absent"),
        [_row_words(row) for row in rows],
        right=(6, 7),
    )
    week = f", load of {listed.plan}" if listed.plan else ""
    say(f"{count(len(rows), 'person', 'people')}{week}.")


def add_absence(
    inspector: InspectorCode,
    first: Annotated[
        dt.date, typer.Option("--from", metavar="DATE", parser=read_date, help="First day of the absence.")
    ],
    last: Annotated[
        dt.date | None, typer.Option("--to", metavar="DATE", parser=read_date, help="Last day. Default: the first.")
    ] = None,
    from_noon: Annotated[bool, typer.Option("--from-noon", help="Begins in the afternoon of the first day.")] = False,
    until_noon: Annotated[bool, typer.Option("--until-noon", help="Ends with the morning of the last day.")] = False,
    kind: Annotated[
        str, typer.Option("--kind", metavar="KIND", help="leave, sickness, training or another word.")
    ] = "leave",
    note: Annotated[str, typer.Option("--note", help="Whatever else is to be known.")] = "",
    free: Annotated[bool, typer.Option("--free", help="Take the visits hit out of the draft made last.")] = False,
    database: Database = None,
    user: User = None,
) -> None:
    """Note that somebody cannot work. Planned visits that this collides with are named."""
    command = RecordAbsence(
        inspector,
        slot_of(first, afternoon=from_noon),
        slot_of(last or first, afternoon=not until_noon),
        kind,
        note,
        frees=free,
    )
    with opened(database, user) as desk:
        acknowledge(desk.handle(command))


def remove_absence(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="Of the absence, as `absence list` shows it.")],
    database: Database = None,
    user: User = None,
) -> None:
    """Delete an absence."""
    with opened(database, user) as desk:
        acknowledge(desk.handle(RemoveAbsence(number)))


def list_absences(
    inspector: Annotated[str | None, typer.Argument(metavar="[INSPECTOR]", help="Only of this person.")] = None,
    first: Annotated[
        dt.date | None,
        typer.Option("--from", metavar="DATE", parser=read_date, help="From this day on. Default: today."),
    ] = None,
    last: Annotated[
        dt.date | None, typer.Option("--to", metavar="DATE", parser=read_date, help="Up to this day. Default: no end.")
    ] = None,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """List absences, with the numbers by which they are removed."""
    with opened(database) as desk:
        found = absences_between(desk.store, first or local_today(desk.clock), last, inspector)
    if as_json:
        say_json([_absence_values(entry) for entry in found])
        return
    rows = [
        (
            str(entry.span.absence_id),
            entry.inspector,
            entry.name,
            spell_slots(entry.span.first_slot, entry.span.last_slot),
            entry.span.kind,
            entry.span.note,
        )
        for entry in found
    ]
    say_table(("number", "code", "name", "when", "kind", "note"), rows, right=(0,))


def add_permit(
    inspector: InspectorCode,
    area: Area,
    until: Annotated[
        dt.date | None, typer.Option("--until", metavar="DATE", parser=read_date, help="Last day. Default: no end.")
    ] = None,
    database: Database = None,
    user: User = None,
) -> None:
    """Allow somebody to work in an area."""
    with opened(database, user) as desk:
        acknowledge(desk.handle(GrantPermit(inspector, area, until)))


def remove_permit(inspector: InspectorCode, area: Area, database: Database = None, user: User = None) -> None:
    """Take the permit for an area away."""
    with opened(database, user) as desk:
        acknowledge(desk.handle(RevokePermit(inspector, area)))


def _row_words(row: InspectorRow) -> tuple[str, ...]:
    return (
        row.code,
        f"{row.name} {row.local_name}".strip(),
        row.team,
        row.home_town,
        ", ".join(f"{skill.name} {skill.level}" for skill in row.skills),
        ", ".join(_credential_words(entry) for entry in row.certificates),
        str(len(row.permits)),
        "" if row.load is None else f"{100 * row.load:.0f} %",
        "has left" if not row.active else "today" if row.absent_today else "this week" if row.absences else "",
    )


def _credential_words(entry: Credential) -> str:
    if entry.valid_until is None or not (entry.has_ended or entry.ends_soon):
        return entry.name
    return f"{entry.name} ({'ended' if entry.has_ended else 'until'} {spell_day(entry.valid_until)})"


def _row_values(row: InspectorRow) -> dict[str, object]:
    return {
        "code": row.code,
        "name": row.name,
        "local_name": row.local_name,
        "team": row.team,
        "home": row.home_address,
        "country": row.country,
        "services": row.services,
        "skills": {skill.name: skill.level for skill in row.skills},
        "languages": row.languages,
        "certificates": {entry.name: _iso(entry.valid_until) for entry in row.certificates},
        "permits": {entry.name: _iso(entry.valid_until) for entry in row.permits},
        "worked_half_days": row.worked,
        "available_half_days": row.available,
        "absent_today": row.absent_today is not None,
        "active": row.active,
    }


def _absence_values(entry: PersonAbsence) -> dict[str, object]:
    span = entry.span
    return {
        "number": span.absence_id,
        "inspector": entry.inspector,
        "first_day": _iso(span.first_day),
        "from_noon": span.first_slot % 2 == 1,
        "last_day": _iso(span.last_day),
        "until_noon": span.last_slot % 2 == 0,
        "kind": span.kind,
        "note": span.note,
    }


def _iso(date: dt.date | None) -> str | None:
    return None if date is None else date.isoformat()
