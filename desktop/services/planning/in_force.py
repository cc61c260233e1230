"""What holds for some days before they are planned again: what is announced, else the draft made last."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Plan, Request, Visit
from desktop.models.halfday import morning
from desktop.services.planning.costing import assignments_of
from desktop.services.planning.differences import Label, known_to
from desktop.services.planning.freezing import announced_modes
from scheduler.plan import Assignment
from scheduler.problem import Horizon, Problem


@dataclass(frozen=True, slots=True)
class InForce:
    """A plan as it is now, as far as a problem knows its requests and people.

    Attributes:
        label: code and status of the plan; where several plans are in force, of the one with most visits.
        assignments: slots count from the problem's first morning.
    """

    label: Label
    assignments: tuple[Assignment, ...]


def in_force(session: Session, problem: Problem) -> InForce | None:
    """What holds for the days of a problem; None where nothing is announced and no draft reaches into them."""
    announced = announced_assignments(session, problem)
    if announced:
        return InForce(Label(_plan_of(session, announced), "published"), announced)
    draft = _latest_draft(session, problem.horizon)
    if draft is None:
        return None
    return InForce(
        Label(draft.code, draft.status), known_to(problem, shifted(assignments_of(session, draft), draft, problem))
    )


def announced_assignments(session: Session, problem: Problem) -> tuple[Assignment, ...]:
    """What has been announced of the requests of a problem, for its days."""
    modes = announced_modes(session, problem.published)
    entries = (
        Assignment(code, modes.get(code, 0), told.start_slot, tuple(sorted(told.inspectors)))
        for code, told in problem.published.items()
    )
    return known_to(problem, sorted(entries, key=lambda entry: entry.request))


def shifted(assignments: tuple[Assignment, ...], plan: Plan, problem: Problem) -> tuple[Assignment, ...]:
    """The assignments of a stored plan, counted from the first morning of a problem."""
    by = morning(plan.first_day) - morning(problem.horizon.start)
    return tuple(replace(entry, start_slot=entry.start_slot + by) for entry in assignments)


def _plan_of(session: Session, announced: tuple[Assignment, ...]) -> str:
    codes = [entry.request for entry in announced]
    query = (
        select(Plan.code)
        .join(Visit, Visit.plan_id == Plan.id)
        .join(Request, Visit.request_id == Request.id)
        .where(Visit.published, Request.code.in_(codes))
    )
    most = Counter(session.scalars(query)).most_common(1)
    return most[0][0] if most else ""


def _latest_draft(session: Session, horizon: Horizon) -> Plan | None:
    """The draft made last that reaches into a horizon; one of just these days goes before any other."""
    drafts = [
        plan
        for plan in session.scalars(select(Plan).where(Plan.status == "draft").order_by(Plan.id.desc()))
        if plan.first_day <= horizon.end and Horizon(plan.first_day, plan.days).end >= horizon.start
    ]
    same = [plan for plan in drafts if (plan.first_day, plan.days) == (horizon.start, horizon.days)]
    return next(iter(same or drafts), None)
