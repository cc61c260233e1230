"""Commands that change a draft by hand: move, pin, unpin, unassign."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from desktop.cli.options import Database, PlanCode, RequestCode, User, read_date
from desktop.cli.output import acknowledge
from desktop.cli.workplace import opened, plan_or_draft
from desktop.errors import BadInputError
from desktop.services.commands import MoveVisit, PinRequest, UnassignVisit, UnpinRequest
from desktop.services.slots import slot_of
from scheduler.problem import WAIVERS


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("move")(move)
    app.command("pin")(pin)
    app.command("unpin")(unpin)
    app.command("unassign")(unassign)


def move(
    request: RequestCode,
    to: Annotated[
        list[str] | None,
        typer.Option("--to", metavar="INSPECTOR", help="Who goes; repeat it for a crew. Default: who goes now."),
    ] = None,
    on: Annotated[
        dt.date | None, typer.Option("--on", metavar="DATE", parser=read_date, help="First day. Default: as it is.")
    ] = None,
    afternoon: Annotated[bool, typer.Option("--afternoon", help="Begin in the afternoon of that day.")] = False,
    mode: Annotated[
        int | None, typer.Option("--mode", min=1, help="Which of the request's ways to split the work, 1 the first.")
    ] = None,
    waive: Annotated[
        list[str] | None,
        typer.Option("--waive", metavar="RULE", help=f"Rule to lift for this visit: {', '.join(WAIVERS)}. Repeatable."),
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why; needed with --waive.")] = "",
    plan: PlanCode = None,
    database: Database = None,
    user: User = None,
) -> None:
    """Give a request another place in a draft, or a place at all. The move is pinned.

    A move that breaks a rule is refused, with the rule and the numbers.
    """
    if not to and on is None and mode is None:
        raise BadInputError(f"Nothing says where {request} is to go.", "Give --to INSPECTOR, --on DATE or --mode N.")
    if afternoon and on is None:
        raise BadInputError("--afternoon is given without a day.", "Give --on DATE too.")
    if waive and not reason:
        raise BadInputError(f"No reason is given for waiving {', '.join(waive)}.", 'Give --reason "...".')
    with opened(database, user) as desk:
        command = MoveVisit(
            plan_or_draft(desk, plan),
            request,
            tuple(to) if to else None,
            None if on is None else slot_of(on, afternoon=afternoon),
            None if mode is None else mode - 1,
            tuple(waive or ()),
            reason,
        )
        acknowledge(desk.handle(command))


def pin(
    request: RequestCode,
    people: Annotated[bool, typer.Option("--people/--no-people", help="Keep who goes.")] = True,
    start: Annotated[bool, typer.Option("--start/--no-start", help="Keep when it begins.")] = True,
    plan: PlanCode = None,
    database: Database = None,
    user: User = None,
) -> None:
    """Fix what a draft says of a request, for this plan and the next."""
    if not people and not start:
        raise BadInputError("Neither the people nor the start is to be pinned.", "Leave one of the two options out.")
    with opened(database, user) as desk:
        acknowledge(desk.handle(PinRequest(plan_or_draft(desk, plan), request, people, start)))


def unpin(request: RequestCode, database: Database = None, user: User = None) -> None:
    """Let the planner decide about a request again."""
    with opened(database, user) as desk:
        acknowledge(desk.handle(UnpinRequest(request)))


def unassign(request: RequestCode, plan: PlanCode = None, database: Database = None, user: User = None) -> None:
    """Take a request out of a draft."""
    with opened(database, user) as desk:
        acknowledge(desk.handle(UnassignVisit(plan_or_draft(desk, plan), request)))
