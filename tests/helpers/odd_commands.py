"""Commands for tests only: what no screen asks for, but a change may come to, and what names records by rank.

Keys differ between engines, ranks do not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from desktop.models import Absence, Assignment, Client, Inspector, Plan, Request, Visit
from desktop.services.changes import Step
from desktop.services.commands import AdoptPlan, RemoveAbsence
from desktop.services.handlers import HANDLERS, Handler
from desktop.services.lookup import plan_by_code
from desktop.services.planning.building import build_problem
from desktop.services.planning.costing import assignments_of
from desktop.services.settings import PlanSettings
from desktop.services.work import Work
from scheduler.evaluate import evaluate
from scheduler.plan import Plan as Solved
from scheduler.plan import Reason, Unassigned
from tests.helpers.company import MONDAY


@dataclass(frozen=True, slots=True)
class RemoveSomeAbsence:
    """Remove the absence of a rank, as keys differ between engines."""

    rank: int


@dataclass(frozen=True, slots=True)
class SwapCodes:
    """Let two clients swap their codes: what no single row of the change can say alone."""

    one: int
    other: int


@dataclass(frozen=True, slots=True)
class RotatePeople:
    """Let the people of a draft's visits change places, and its visits move by some days."""

    plan: str
    by: int
    days: int


@dataclass(frozen=True, slots=True)
class SwapPeople:
    """Let the people of two bookings of a draft change places by updates, over somebody who is free."""

    one: int
    other: int


@dataclass(frozen=True, slots=True)
class AdoptSome:
    """Adopt a plan that keeps what can be kept of the visits of another, and leaves the rest out."""

    plan: str


OddCommand = RemoveSomeAbsence | SwapCodes | RotatePeople | SwapPeople | AdoptSome


def _remove_some_absence(work: Work, command: RemoveSomeAbsence) -> Step:
    keys = work.session.scalars(select(Absence.id).order_by(Absence.id)).all()
    if not keys:
        return Step("No absence to remove")
    return HANDLERS[RemoveAbsence](work, RemoveAbsence(keys[command.rank % len(keys)]))


def _swap_codes(work: Work, command: SwapCodes) -> Step:
    clients = work.session.scalars(select(Client).order_by(Client.id)).all()
    one, other = clients[command.one % len(clients)], clients[command.other % len(clients)]
    first, second = one.code, other.code
    for client, code in ((one, "in between"), (other, first), (one, second)):
        client.code = code
        work.session.flush()
    return Step(f"Swap the codes of {first} and {second}")


def _rotate_people(work: Work, command: RotatePeople) -> Step:
    query = select(Visit).join(Plan).join(Request, Request.id == Visit.request_id)
    visits = work.session.scalars(query.where(Plan.code == command.plan).order_by(Request.code)).all()
    crews = [[row.inspector_id for row in visit.assignments] for visit in visits]
    crews = crews[command.by :] + crews[: command.by]
    for visit in visits:
        visit.assignments.clear()
    work.session.flush()
    for visit, crew in zip(visits, crews, strict=True):
        visit.first_slot += 2 * command.days
        visit.last_slot += 2 * command.days
        visit.assignments.extend(
            Assignment(
                plan_id=visit.plan_id,
                inspector_id=inspector,
                first_slot=visit.first_slot,
                last_slot=visit.last_slot,
                published=visit.published,
            )
            for inspector in crew
        )
    return Step(f"Rotate the people of {command.plan}")


def _swap_people(work: Work, command: SwapPeople) -> Step:
    booked = work.session.scalars(select(Assignment).order_by(Assignment.id)).all()
    if not booked:
        return Step("Nobody to swap")
    one, other = booked[command.one % len(booked)], booked[command.other % len(booked)]
    first, second = one.inspector_id, other.inspector_id
    taken = {row.inspector_id for row in booked}
    free = [key for key in work.session.scalars(select(Inspector.id).order_by(Inspector.id)) if key not in taken]
    if not free or one is other:
        return Step("Nobody to swap")
    for row, inspector in ((one, free[0]), (other, first), (one, second)):
        row.inspector_id = inspector
        work.session.flush()
    return Step("Swap two people")


def _adopt_some(work: Work, command: AdoptSome) -> Step:
    settings = PlanSettings(first_day=MONDAY)
    built = build_problem(work.session, settings)
    asked = {entry.id for entry in built.problem.requests}
    pinned = {entry.id for entry in built.problem.requests if entry.pin is not None}
    like = plan_by_code(work.session, command.plan)
    kept = [entry for entry in assignments_of(work.session, like) if entry.request in asked]
    judged = evaluate(built.problem, kept)
    while judged.broken and kept:
        bad = {entry.request for entry in judged.broken}
        kept = [entry for entry in kept if entry.request not in bad] if bad & {e.request for e in kept} else []
        judged = evaluate(built.problem, kept)
    if not pinned <= {entry.request for entry in kept}:
        return Step("A pinned request cannot be kept")
    left = sorted(asked - {entry.request for entry in kept})
    plan = Solved(
        assignments=tuple(kept),
        unassigned=tuple(Unassigned(code, (Reason("drawn", "left out"),)) for code in left),
        status="feasible",
        cost=judged.cost,
        bound=None,
        seconds=0.0,
        seed=0,
        log={},
    )
    return HANDLERS[AdoptPlan](work, AdoptPlan(plan, settings.to_json(), built.digest))


TEST_HANDLERS: Mapping[type, Handler] = {
    **HANDLERS,
    RemoveSomeAbsence: _remove_some_absence,
    SwapCodes: _swap_codes,
    RotatePeople: _rotate_people,
    SwapPeople: _swap_people,
    AdoptSome: _adopt_some,
}
