"""A stored plan and the problem it answers, as the two files of the format say them, and a plan judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Plan, Request, Unassigned
from desktop.services.lookup import plan_by_code
from desktop.services.planning.building import build_problem
from desktop.services.planning.costing import assignments_of, settings_of_plan
from desktop.services.planning.reading import Source, read_reason, reading
from desktop.services.words import count, spell_list
from scheduler import plan as made
from scheduler.evaluate import OPTIMAL_GAP, Evaluation, evaluate
from scheduler.plan import Reason, Status, gap_of
from scheduler.problem import Problem

ARRIVED_AFTER = Reason(
    "arrived_after", "it came, or was opened again, after these days were planned", "planning these days again"
)


@dataclass(frozen=True, slots=True)
class PlanPair:
    """A plan, priced on the problem as the records put it now.

    Attributes:
        problem: the problem of the plan's horizon and settings. The plan's own visits are decisions in it.
        plan: the plan; its bound is there only where the problem is still the one it was proven for.
        judged: what the plan costs, and the rules it breaks by now.
        notes: sentences on what had to be assumed, and on what has changed since the plan was made.
    """

    problem: Problem
    plan: made.Plan
    judged: Evaluation
    notes: tuple[str, ...]


def plan_pair(source: Source, code: str) -> tuple[Problem, made.Plan]:
    """A plan and its problem, ready for the two files. Raises NotFoundError."""
    pair = check_plan(source, code)
    return pair.problem, pair.plan


def check_plan(source: Source, code: str) -> PlanPair:
    """Judge a stored plan on the records as they are now. Raises NotFoundError."""
    with reading(source) as session:
        return _pair(session, plan_by_code(session, code))


def _pair(session: Session, record: Plan) -> PlanPair:
    built = build_problem(session, settings_of_plan(record), plan=record)
    assignments = assignments_of(session, record)
    served = {entry.request for entry in assignments}
    left = [request.id for request in built.problem.requests if request.id not in served]
    known = _reasons(session, record)
    unassigned = tuple(made.Unassigned(code, known.get(code) or (ARRIVED_AFTER,)) for code in left)
    same = built.digest == record.problem_digest
    bound = record.bound_cents if same else None
    judged = evaluate(built.problem, assignments)
    gap = gap_of(judged.cost.total, bound)
    status: Status = "stopped" if record.solver_status == "stopped" else "feasible"
    if record.solver_status == "optimal" and gap is not None and gap <= OPTIMAL_GAP:
        status = "optimal"
    log = dict(record.log)
    plan = made.Plan(assignments, unassigned, status, judged.cost, bound, record.seconds, record.seed, log)
    notes = list(built.notes)
    if built.impossible:
        names = spell_list([entry.request for entry in built.impossible])
        notes.append(
            f"Beside these, {count(len(built.impossible), 'request')} can never be served as they stand: {names}."
        )
    if not same and record.status == "draft":
        notes.append(f"{record.code} is judged on what the records say now; they have changed since it was planned.")
    return PlanPair(built.problem, plan, judged, tuple(notes))


def _reasons(session: Session, record: Plan) -> Mapping[str, tuple[Reason, ...]]:
    query = (
        select(Request.code, Unassigned.reasons)
        .join(Request, Unassigned.request_id == Request.id)
        .where(Unassigned.plan_id == record.id)
    )
    return {code: tuple(read_reason(reason) for reason in reasons) for code, reasons in session.execute(query)}
