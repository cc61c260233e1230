"""A new draft that is a copy of what is in force: where dispatchers repair the plan, by hand or by the solver."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import RefusedError
from desktop.models import Pin, Plan, Request, Visit
from desktop.models.halfday import morning
from desktop.services.changes import Step
from desktop.services.collecting import undisturbed
from desktop.services.commands import AdoptPlan, RevisePlan
from desktop.services.planning.adopting import adopt_plan
from desktop.services.planning.blank import NOT_PLACED
from desktop.services.planning.building import BuiltProblem
from desktop.services.planning.in_force import announced_assignments
from desktop.services.planning.lifting import lifted
from desktop.services.planning.week import check_built, settings_for
from desktop.services.settings import PlanSettings
from desktop.services.words import spell_days, spell_list
from desktop.services.work import Work
from scheduler import plan as made
from scheduler.evaluate import evaluate
from scheduler.instance import Instance
from scheduler.plan import Reason, Unassigned
from scheduler.problem import Horizon
from scheduler.search.begin import fitting
from scheduler.weeks import Weeks

HIT = "hit"
MOST_DAYS = 28


def revise_plan(work: Work, command: RevisePlan) -> Step:
    """Make a draft of what is in force for some days; what breaks a rule by now is left out of it, with the reason.

    Raises:
        RefusedError: nothing is in force on these days.
        BadInputError: the records contradict one another.
    """
    with undisturbed():
        return _revise(work, command)


def today_of(now: dt.datetime) -> dt.date:
    """The day of a moment, in the machine's own zone."""
    return now.astimezone().date()


def revision_settings(
    session: Session, today: dt.date, first_day: dt.date | None = None, days: int | None = None
) -> PlanSettings:
    """The settings of a copy of what is in force: from today, or a day said, to the end of the plan in force.

    Raises:
        RefusedError: no plan is in force from that day on, and no number of days is said.
    """
    first = first_day or today
    if days is None:
        days = min((_last_day(session, first) - first).days + 1, MOST_DAYS)
    return settings_for(session, first, days=days, freeze_days=0)


def _last_day(session: Session, first: dt.date) -> dt.date:
    """The last day of the plans in force that reach over a day; of the next one where none does."""
    published = select(Visit.plan_id).where(Visit.published, Visit.last_slot >= morning(first))
    plans = session.scalars(select(Plan).where(Plan.status == "published", Plan.id.in_(published))).all()
    reaching = [plan for plan in plans if plan.first_day <= first] or sorted(plans, key=lambda plan: plan.first_day)[:1]
    ends = [Horizon(plan.first_day, plan.days).end for plan in reaching]
    if not ends or max(ends) < first:
        raise RefusedError(
            f"Nothing is announced from {first} on: there is no plan to be revised.",
            "Plan these days and publish the plan first, or say how many days are meant.",
        )
    return max(ends)


def _revise(work: Work, command: RevisePlan) -> Step:
    session = work.session
    settings = revision_settings(session, today_of(work.now), command.first_day, command.days)
    built, messages = _buildable(work, settings)
    check_built(built)
    problem = built.problem
    instance = Instance(problem)
    told = announced_assignments(session, problem)
    kept, mended = fitting(Weeks(instance), told)
    plan = _copy(built, kept, {entry.request: entry.text for entry in mended}, instance)
    days = spell_days(problem.horizon.start, problem.horizon.end)
    step = adopt_plan(work, AdoptPlan(plan, settings.to_json(), built.digest, f"Revise {days}"))
    hit = sorted(entry.request for entry in mended)
    if hit:
        messages += (f"Left out, as a rule would be broken by now: {spell_list(hit)}.",)
    return Step(step.label, (*step.messages, *messages))


def _buildable(work: Work, settings: PlanSettings) -> tuple[BuiltProblem, tuple[str, ...]]:
    """The problem of these days, pins lifted that nobody can keep any more, and what is said of those."""
    built = work.built(settings)
    _, pinned = lifted(built.problem)
    if not pinned:
        return built, ()
    lift_pins(work.session, pinned)
    text = f"Unpinned, as nobody can be there as pinned any more: {spell_list(sorted(pinned))}."
    return work.built(settings), (text,)


def lift_pins(session: Session, requests: Sequence[str]) -> None:
    """Unpin requests, by code."""
    query = select(Pin).join(Request, Request.id == Pin.request_id).where(Request.code.in_(requests))
    for pin in session.scalars(query).all():
        session.delete(pin)
    session.flush()
    session.expire_all()


def _copy(built: BuiltProblem, kept: tuple[made.Assignment, ...], hit: dict[str, str], instance: Instance) -> made.Plan:
    """What is in force as a plan, as far as it keeps the rules."""
    served = {entry.request for entry in kept}
    left = tuple(
        Unassigned(request.id, (_reason(hit[request.id]) if request.id in hit else NOT_PLACED,))
        for request in built.problem.requests
        if request.id not in served
    )
    return made.Plan(kept, left, "feasible", evaluate(built.problem, kept, instance).cost, None, 0.0, 0)


def _reason(text: str) -> Reason:
    return Reason(HIT, text, "another place by hand, or a repair")
