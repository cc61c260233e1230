"""A stored plan as the scheduler sees it: its assignments, judged and priced on a problem."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import RefusedError
from desktop.models import Assignment, Inspector, Plan, Request, Visit
from desktop.models.halfday import morning
from desktop.services.lookup import plan_by_code
from desktop.services.settings import PlanSettings
from scheduler import plan as made
from scheduler.evaluate import OPTIMAL_GAP, Evaluation
from scheduler.problem import Pin, Problem
from scheduler.rules import Broken


def draft_by_code(session: Session, code: str) -> Plan:
    """The draft of a code.

    Raises:
        NotFoundError: there is no plan of that code.
        RefusedError: it is no draft (any more).
    """
    plan = plan_by_code(session, code)
    if plan.status != "draft":
        raise RefusedError(
            f"Plan {plan.code} is {plan.status}: only a draft can be changed.",
            "Plan these days again: what is published is then part of the problem.",
        )
    return plan


def settings_of_plan(plan: Plan) -> PlanSettings:
    """The settings that a plan was made with."""
    return PlanSettings.from_json(plan.settings)


def assignments_of(session: Session, plan: Plan) -> tuple[made.Assignment, ...]:
    """The visits of a plan as assignments, by request."""
    crews: dict[int, list[str]] = defaultdict(list)
    people = (
        select(Assignment.visit_id, Inspector.code)
        .join(Inspector, Assignment.inspector_id == Inspector.id)
        .where(Assignment.plan_id == plan.id)
    )
    for visit, code in session.execute(people):
        crews[visit].append(code)
    visits = (
        select(Visit.id, Request.code, Visit.mode, Visit.first_slot)
        .join(Request, Visit.request_id == Request.id)
        .where(Visit.plan_id == plan.id, Visit.status != "cancelled")
        .order_by(Request.code)
    )
    begin = morning(plan.first_day)
    return tuple(
        made.Assignment(code, mode, first_slot - begin, tuple(sorted(crews[visit])))
        for visit, code, mode, first_slot in session.execute(visits)
    )


def with_pin(problem: Problem, code: str, pin: Pin | None) -> Problem:
    """A problem with one request pinned otherwise."""
    requests = tuple(replace(entry, pin=pin) if entry.id == code else entry for entry in problem.requests)
    return replace(problem, requests=requests)


def placed(assignments: Iterable[made.Assignment], new: made.Assignment) -> tuple[made.Assignment, ...]:
    """Assignments with one request placed otherwise, or placed at last."""
    return (*(entry for entry in assignments if entry.request != new.request), new)


def newly_broken(before: Sequence[Broken], after: Sequence[Broken]) -> tuple[str, ...]:
    """Sentences on the rules that are broken now and were not before, for the same request and person."""
    known = {(entry.rule, entry.code, entry.request, entry.inspector) for entry in before}
    found = (e.text for e in after if (e.rule, e.code, e.request, e.inspector) not in known)
    return tuple(dict.fromkeys(sentence(text) for text in found))


def sentence(text: str) -> str:
    """A rule engine's remark as a sentence of its own."""
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


def store_cost(plan: Plan, judged: Evaluation, digest: str, *, bound_holds: bool) -> None:
    """Write to a plan what it costs now.

    Args:
        plan: the plan that was changed.
        judged: the plan as it is now, on the problem as it is now.
        digest: names that problem.
        bound_holds: whether the plan's bound is proven for that problem too. Otherwise there is none any more.
    """
    plan.cost_cents = judged.cost.total
    plan.cost_parts = asdict(judged.cost)
    plan.problem_digest = digest
    if not bound_holds:
        plan.bound_cents = None
    gap = made.gap_of(plan.cost_cents, plan.bound_cents)
    if plan.solver_status == "optimal" and (gap is None or gap > OPTIMAL_GAP):
        plan.solver_status = "feasible"
