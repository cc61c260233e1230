"""Commands about what a visit leads to: `dupro-desk actions ...` and `dupro-desk follow-up ...`."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import Annotated, get_args

import typer

from desktop.cli.options import Database, Json, RequestCode, User, read_date, read_moment
from desktop.cli.output import acknowledge, say, say_json, say_table
from desktop.cli.visit_words import action_json, say_actions
from desktop.cli.workplace import opened
from desktop.services.commands import AdvanceAction, BookFollowUp, ChangeAction, OpenActions, ReopenAction
from desktop.services.commands.inspection import ActionEntry, ActionStep, FollowUpKind, OwnerParty, Payer, Severity
from desktop.services.inspection.actions import open_actions
from desktop.services.inspection.follow_ups import propose_follow_ups
from desktop.services.inspection.record import rotation_counts, supplier_record
from desktop.services.words import count, spell_day, spell_days, spell_list

ActionNumber = Annotated[int, typer.Argument(metavar="ACTION", help="Number of the action, as `actions list` says it.")]
Due = Annotated[
    dt.date | None, typer.Option("--due", metavar="DATE", parser=read_date, help="When its present step is due.")
]
Owner = Annotated[str | None, typer.Option("--owner", help="Who sees to it.")]
Party = Annotated[OwnerParty | None, typer.Option("--party", help=", ".join(get_args(OwnerParty)))]

actions = typer.Typer(help="Corrective actions: opened, taken step by step, overdue.", no_args_is_help=True)
follow_up = typer.Typer(help="Inspections that a visit leads to: proposed and booked.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add these commands."""
    for name, command in (("list", list_), ("open", open_), ("step", step), ("reopen", reopen), ("change", change)):
        actions.command(name)(command)
    for name, proposing in (("propose", propose), ("book", book)):
        follow_up.command(name)(proposing)
    app.add_typer(actions, name="actions")
    app.add_typer(follow_up, name="follow-up")
    app.command("supplier")(supplier)


def list_(
    request: Annotated[str | None, typer.Argument(metavar="[REQUEST]", help="Only those of its visit.")] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only those that are late.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Also those that are done.")] = False,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """List corrective actions, the one that is due first at the top."""
    with opened(database) as desk:
        found = open_actions(desk.store, desk.clock.now(), overdue_only=overdue, request=request, with_done=everything)
    if as_json:
        say_json([action_json(action) for action in found])
    elif found:
        say_actions(found)
        say(f"{count(len(found), 'action')}, {sum(action.is_overdue for action in found)} late.")
    else:
        say("There are no such actions.")


def open_(
    request: RequestCode,
    text: Annotated[
        str | None, typer.Argument(metavar="[TEXT]", help="What has to be mended. Default: what is proposed.")
    ] = None,
    severity: Annotated[Severity, typer.Option("--class", help=", ".join(get_args(Severity)))] = "major",
    defect: Annotated[int | None, typer.Option("--defect", help="Position of the defect that it is about.")] = None,
    owner: Owner = None,
    party: Party = None,
    due: Due = None,
    database: Database = None,
    user: User = None,
) -> None:
    """Open the corrective actions that a result asks for, or one in your words."""
    entries: tuple[ActionEntry, ...] = ()
    if text is not None:
        entry = ActionEntry(severity, text, owner or "", party or "factory", due, defect)
        entries = (entry,)
    with opened(database, user) as desk:
        acknowledge(desk.handle(OpenActions(request, entries)))


def step(
    action: ActionNumber,
    done: Annotated[ActionStep, typer.Argument(metavar="STEP", help=f"One of {', '.join(get_args(ActionStep))}.")],
    text: Annotated[
        str, typer.Argument(metavar="TEXT", help="To whom, the cause, what is done about pieces made, or how verified.")
    ],
    coming: Annotated[
        str, typer.Option("--coming", help="Of the solution: what is done about the pieces to come.")
    ] = "",
    by: Annotated[str, typer.Option("--by", help="Of the verification: who verified. Default: you.")] = "",
    at: Annotated[
        dt.datetime | None,
        typer.Option("--at", metavar="TIME", parser=read_moment, help="When, at the factory. Default: now."),
    ] = None,
    database: Database = None,
    user: User = None,
) -> None:
    """Note that the next step of an action is done, or correct the words of an earlier one."""
    with opened(database, user) as desk:
        acknowledge(desk.handle(AdvanceAction(action, done, text, coming, by, at)))


def reopen(
    action: ActionNumber,
    done: Annotated[
        ActionStep, typer.Argument(metavar="[STEP]", help="From which step on it is open again.")
    ] = "verified",
    database: Database = None,
    user: User = None,
) -> None:
    """Open an action again from a step on."""
    with opened(database, user) as desk:
        acknowledge(desk.handle(ReopenAction(action, done)))


def change(
    action: ActionNumber,
    text: Annotated[str | None, typer.Option("--text", help="What has to be mended.")] = None,
    owner: Owner = None,
    party: Party = None,
    due: Due = None,
    database: Database = None,
    user: User = None,
) -> None:
    """Change whose an action is, when it is due, or its words."""
    with opened(database, user) as desk:
        acknowledge(desk.handle(ChangeAction(action, owner, party, due, text)))


def propose(request: RequestCode, as_json: Json = False, database: Database = None) -> None:
    """Say which inspections a visit leads to. Nothing is stored."""
    with opened(database) as desk:
        found = propose_follow_ups(desk.store, desk.clock.now(), request)
    if as_json:
        say_json(
            [
                asdict(one)
                | {
                    "earliest": None if one.earliest is None else one.earliest.isoformat(),
                    "latest": None if one.latest is None else one.latest.isoformat(),
                }
                for one in found
            ]
        )
        return
    if not found:
        say(f"{request} leads to no other inspection.")
    for one in found:
        say(f"{one.kind}: {one.service} as {one.code}. {one.because}")
        if one.earliest is not None and one.latest is not None:
            say(f"  window {spell_days(one.earliest, one.latest)}")
        say(f"  {one.charge_words}")
        if one.excluded:
            say(f"  not by {spell_list(one.excluded)}")


def book(
    request: RequestCode,
    kind: Annotated[FollowUpKind, typer.Argument(metavar="KIND", help="reinspection or final.")] = "reinspection",
    code: Annotated[str, typer.Option("--code", help="Code of the new request. Default: the next one.")] = "",
    earliest: Annotated[
        dt.date | None, typer.Option("--from", metavar="DATE", parser=read_date, help="First day of its window.")
    ] = None,
    latest: Annotated[
        dt.date | None, typer.Option("--to", metavar="DATE", parser=read_date, help="Last day of its window.")
    ] = None,
    payer: Annotated[Payer | None, typer.Option("--charge-to", help=", ".join(get_args(Payer)))] = None,
    exclude: Annotated[
        bool | None, typer.Option("--exclude/--allow", help="Whether those who made the visit are excluded.")
    ] = None,
    note: Annotated[str, typer.Option("--note", help="Why, for whoever asks.")] = "",
    database: Database = None,
    user: User = None,
) -> None:
    """Book the inspection that a visit leads to, linked to it."""
    with opened(database, user) as desk:
        command = BookFollowUp(request, kind, code, earliest, latest, payer, exclude, note)
        acknowledge(desk.handle(command))


def supplier(
    factory: Annotated[str, typer.Argument(metavar="FACTORY", help="Code of the factory.")],
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Say what the visits to a factory came to, and who has been there how often."""
    with opened(database) as desk:
        now = desk.clock.now()
        record = supplier_record(desk.store, now, factory)
        rotation = rotation_counts(desk.store, now, factory=record.factory)
    if as_json:
        said = asdict(record) | {"since": record.since.isoformat()}
        people = [asdict(row) | {"last_day": row.last_day.isoformat()} for row in rotation]
        say_json(said | {"inspectors": people})
        return
    say(
        f"{record.factory} since {spell_day(record.since)}: {record.passed} passed, {record.failed} failed,"
        f" {record.pending} pending, {record.aborted} aborted, {record.undecided} without a result."
    )
    if rotation:
        say_table(
            ("inspector", "name", "visits", "of", "last"),
            [
                (row.inspector, row.inspector_name, str(row.visits), str(row.most), spell_day(row.last_day))
                for row in rotation
            ],
            right=(2, 3),
        )
