"""A stored plan as the scheduler sees it: its assignments, judged and priced on a problem."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import RefusedError
from desktop.models import Assignment, Inspector, Plan, Request, Visit
from desktop.models.halfday import morning
from desktop.services.lookup import plan_by_code
from desktop.services.settings import PlanSettings
from scheduler import plan as made
from scheduler.evaluate import OPTIMAL_GAP


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


def store_cost(plan: Plan, cost: made.CostParts, digest: str, *, bound_holds: bool) -> None:
    """Write to a plan what it costs now.

    Args:
        plan: the plan that was changed.
        cost: what it costs on the problem as it is now.
        digest: names that problem.
        bound_holds: whether the plan's bound is proven for that problem too. Otherwise there is none any more.
    """
    plan.cost_cents = cost.total
    plan.cost_parts = asdict(cost)
    plan.problem_digest = digest
    if not bound_holds:
        plan.bound_cents = None
    gap = made.gap_of(plan.cost_cents, plan.bound_cents)
    if plan.solver_status == "optimal" and (gap is None or gap > OPTIMAL_GAP):
        plan.solver_status = "feasible"
