"""A draft to be planned by hand: nothing is placed but what is pinned or announced."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select

from desktop.models import Plan
from desktop.services.commands import AdoptPlan
from desktop.services.planning.in_force import announced_assignments
from desktop.services.planning.reading import reading
from desktop.services.planning.week import ready_problem
from desktop.services.settings import PlanSettings
from desktop.services.words import spell_days
from scheduler import plan as made
from scheduler.evaluate import evaluate
from scheduler.instance import Instance, Visit
from scheduler.pins import PinSearch
from scheduler.plan import Assignment, Reason, Unassigned
from scheduler.problem import Problem
from scheduler.weeks import Weeks

if TYPE_CHECKING:
    from desktop.services.bus import Desk  # which knows the handlers of this package

NOT_PLACED = Reason("not_placed", "not placed yet", "placing it by hand, or planning these days")


def blank_draft(desk: Desk, settings: PlanSettings) -> str:
    """Begin a draft for planning by hand; gives its code. One step, which can be undone.

    What is pinned has its place, and what is announced keeps it as far as the rules allow: it is in force, and a draft
    without it would withdraw it. Everything else is left out as not placed yet.

    Raises:
        BadInputError, RefusedError: as from `ready_problem`.
        ConflictError: the records have changed meanwhile.
    """
    with reading(desk.store) as session:
        built = ready_problem(session, settings)
        announced = announced_assignments(session, built.problem)
    problem = built.problem
    placed = _keeping_rules(problem, _pinned(problem), announced)
    served = {entry.request for entry in placed}
    left = tuple(Unassigned(entry.id, (NOT_PLACED,)) for entry in problem.requests if entry.id not in served)
    plan = made.Plan(placed, left, "feasible", evaluate(problem, placed).cost, None, 0.0, 0)
    label = f"Begin {spell_days(problem.horizon.start, problem.horizon.end)} by hand"
    outcome = desk.handle(AdoptPlan(plan, settings.to_json(), built.digest, label))
    with desk.store.session() as session:
        return session.scalars(select(Plan.code).where(Plan.id.in_(outcome.changes.rows["plan"]))).one()


def _pinned(problem: Problem) -> tuple[Assignment, ...]:
    """Places that keep every pin, and what it takes to reach them."""
    instance = Instance(problem)
    crews: dict[Visit, list[str]] = {}
    for person, visits in sorted(PinSearch(Weeks(instance)).keep_all().weeks.items()):
        for visit in visits:
            crews.setdefault(visit, []).append(instance.inspectors[person].id)
    return tuple(
        Assignment(instance.requests[visit.request].id, visit.mode, visit.first, tuple(sorted(crew)))
        for visit, crew in crews.items()
    )


def _keeping_rules(
    problem: Problem, pinned: Sequence[Assignment], announced: Sequence[Assignment]
) -> tuple[Assignment, ...]:
    """What is pinned, and of what is announced all that breaks no rule."""
    instance = Instance(problem)
    fixed = {entry.request for entry in pinned}
    kept = [entry for entry in announced if entry.request not in fixed]
    while broken := evaluate(problem, [*pinned, *kept], instance).broken:
        requests = {entry.request for entry in broken if entry.request is not None}
        people = {entry.inspector for entry in broken if entry.request is None}
        fewer = [e for e in kept if e.request not in requests and not people.intersection(e.inspectors)]
        if len(fewer) == len(kept):
            break
        kept = fewer
    return tuple(sorted((*pinned, *kept), key=lambda entry: entry.request))
