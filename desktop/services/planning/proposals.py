"""A plan that the solver has made and that is not stored yet: what it would change, and whether it still holds.

A proposal is computed on the records of one moment. What has become of them since is asked by `check_proposal`; a plan
that does not answer what the records say now is never kept without saying so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Change, Plan
from desktop.services.changes import Outcome
from desktop.services.commands import AdoptPlan
from desktop.services.lookup import plan_by_code
from desktop.services.plan_review import PlanReview
from desktop.services.planning.building import BuiltProblem, build_problem
from desktop.services.planning.costing import assignments_of, settings_of_plan
from desktop.services.planning.differences import Label, Names, Pair, known_to, review_of
from desktop.services.planning.in_force import InForce, in_force, shifted
from desktop.services.planning.pairs import ARRIVED_AFTER
from desktop.services.planning.problems import Stamp, problem_of, stamp_of
from desktop.services.planning.reading import Source, plan_view, reading
from desktop.services.settings import PlanSettings
from desktop.services.words import sentence
from scheduler import plan as made
from scheduler.evaluate import evaluate
from scheduler.plan import CostParts, Reason, Unassigned

if TYPE_CHECKING:
    from desktop.services.bus import Desk  # which knows the handlers of this package

MOST_CHANGES = 50


@dataclass(frozen=True, slots=True)
class Prepared:
    """Days that are ready to be planned.

    Attributes:
        settings: what is planned, and how.
        built: the problem, without faults.
        mark: the state of the database that the problem knows.
        now: what is in force for these days; None where nothing is.
        names: what the records call requests and people.
    """

    settings: PlanSettings
    built: BuiltProblem
    mark: Stamp
    now: InForce | None
    names: Names


@dataclass(frozen=True, slots=True)
class Proposal:
    """A plan that is not stored.

    Attributes:
        prepared: what it answers.
        plan: the plan.
        review: the plan beside what is in force.
        started_at: when the run began.
    """

    prepared: Prepared
    plan: made.Plan
    review: PlanReview
    started_at: dt.datetime

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences on what had to be assumed."""
        return self.prepared.built.notes


@dataclass(frozen=True, slots=True)
class ChangeNote:
    """One step that somebody has made since: when (aware, UTC), who, its name."""

    at: dt.datetime
    actor: str
    label: str


@dataclass(frozen=True, slots=True)
class ProposalCheck:
    """How a proposal stands with the records as they are now.

    Attributes:
        is_fresh: they say what they said when it was computed, as far as it concerns these days.
        changes: the steps made since, the newest first, MOST_CHANGES at most.
        change_count: how many there were.
        broken: rules that the plan breaks by now, in sentences.
        cost: what it costs by now.
        arrived: codes of requests that it knows nothing of; they would be left out.
        gone: codes of requests that are no longer there to be planned.
        plan: the plan as it can be kept by now, without a bound; None where it breaks a rule.
        built: the problem as the records have it now.
    """

    is_fresh: bool
    changes: tuple[ChangeNote, ...]
    change_count: int
    broken: tuple[str, ...]
    cost: CostParts
    arrived: tuple[str, ...]
    gone: tuple[str, ...]
    plan: made.Plan | None
    built: BuiltProblem


@dataclass(frozen=True, slots=True)
class Kept:
    """A proposal that has become a draft of this code, by a step."""

    code: str
    outcome: Outcome


def prepare_run(source: Source, settings: PlanSettings) -> Prepared:
    """All that a run needs of the records: the problem, not checked yet (`check_built`), and what is in force."""
    with reading(source) as session:
        mark = stamp_of(session)
        built = problem_of(session, settings)
        now = in_force(session, built.problem)
        names = Names.read(session, settings, built.problem, [entry.request for entry in built.impossible])
    return Prepared(settings, built, mark, now, names)


def cost_of(prepared: Prepared) -> int | None:
    """What is in force costs so many cents, on what was prepared; None where nothing is."""
    return None if prepared.now is None else evaluate(prepared.built.problem, prepared.now.assignments).cost.total


def propose(prepared: Prepared, plan: made.Plan, started_at: dt.datetime) -> Proposal:
    """A plan that was made for what was prepared, beside what is in force. Asks nothing of the database."""
    built, now = prepared.built, prepared.now
    left = {entry.request: entry.reasons for entry in (*plan.unassigned, *built.impossible)}
    pair = Pair(
        built.problem,
        None if now is None else now.assignments,
        plan.assignments,
        Label() if now is None else now.label,
        Label(bound=plan.bound),
        left,
    )
    return Proposal(prepared, plan, review_of(pair, prepared.names), started_at)


def check_proposal(source: Source, proposal: Proposal) -> ProposalCheck:
    """Whether a proposal still answers what the records say, and if not: who changed what, and what it means."""
    prepared, plan = proposal.prepared, proposal.plan
    old = prepared.built
    with reading(source) as session:
        stamp = stamp_of(session)
        unchanged = stamp == prepared.mark
        built = old if unchanged else problem_of(session, prepared.settings)
        changes, number = changes_since(session, prepared.mark), stamp.changes - prepared.mark.changes
    if unchanged or built.digest == old.digest:
        return ProposalCheck(True, changes, number, (), plan.cost, (), (), plan, old)
    judged = evaluate(built.problem, plan.assignments)
    before = {request.id for request in old.problem.requests}
    after = {request.id for request in built.problem.requests}
    return ProposalCheck(
        is_fresh=False,
        changes=changes,
        change_count=number,
        broken=tuple(dict.fromkeys(sentence(entry.text) for entry in judged.broken)),
        cost=judged.cost,
        arrived=tuple(sorted(after - before)),
        gone=tuple(sorted(before - after)),
        plan=None if judged.broken else _as_of_now(plan, built, judged.cost),
        built=built,
    )


def keep_proposal(desk: Desk, proposal: Proposal, check: ProposalCheck) -> Kept:
    """Keep a proposal as it was checked, as a draft, in one step.

    Raises:
        ConflictError: the records have changed once more since the check: check again.
        ValueError: the plan breaks a rule by now.
    """
    if check.plan is None:
        msg = "a plan that breaks a rule cannot be kept"
        raise ValueError(msg)
    outcome = desk.handle(AdoptPlan(check.plan, proposal.prepared.settings.to_json(), check.built.digest))
    with desk.store.session() as session:
        code = session.scalars(select(Plan.code).where(Plan.id.in_(outcome.changes.rows["plan"]))).one()
    return Kept(code, outcome)


def compare_plans(source: Source, now: str, new: str) -> PlanReview:
    """One stored plan beside another, both priced on the records as they are now.

    The days are those of `new`; what `now` has on other days is not shown.

    Raises:
        NotFoundError: there is no plan of one of the codes.
    """
    with reading(source) as session:
        one, other = plan_by_code(session, now), plan_by_code(session, new)
        settings = settings_of_plan(other)
        before = assignments_of(session, one)
        built = build_problem(session, settings, plan=other, keep=[entry.request for entry in before])
        problem = built.problem
        reasons: Mapping[str, tuple[Reason, ...]] = {
            entry.request: entry.reasons for entry in plan_view(session, new).unassigned
        }
        names = Names.read(session, settings, problem, reasons)
        pair = Pair(
            problem,
            known_to(problem, shifted(before, one, problem)),
            known_to(problem, assignments_of(session, other)),
            _label(one, built),
            _label(other, built),
            reasons,
        )
    return review_of(pair, names)


def _label(plan: Plan, built: BuiltProblem) -> Label:
    """What a stored plan is called; its bound is shown only where it is proven for the problem compared on."""
    return Label(plan.code, plan.status, plan.bound_cents if plan.problem_digest == built.digest else None)


def _as_of_now(plan: made.Plan, built: BuiltProblem, cost: CostParts) -> made.Plan:
    """A plan as it answers another problem, of which it breaks no rule: nothing is proven of it there."""
    served = {entry.request for entry in plan.assignments}
    known = {entry.request: entry.reasons for entry in plan.unassigned}
    left = tuple(
        Unassigned(request.id, known.get(request.id) or (ARRIVED_AFTER,))
        for request in built.problem.requests
        if request.id not in served
    )
    status = "feasible" if plan.status == "optimal" else plan.status
    return replace(plan, unassigned=left, status=status, cost=cost, bound=None)


def changes_since(session: Session, mark: Stamp) -> tuple[ChangeNote, ...]:
    """The steps made since a state of the database, the newest first, MOST_CHANGES at most."""
    query = (
        select(Change.at, Change.actor, Change.label)
        .where(Change.id > mark.last)
        .order_by(Change.id.desc())
        .limit(MOST_CHANGES)
    )
    return tuple(ChangeNote(*row) for row in session.execute(query))
