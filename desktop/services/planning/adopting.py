"""Keeping a plan that the solver has made, as a draft, and giving a draft up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import ConflictError, RefusedError
from desktop.models import Change, Inspector, Plan, Unassigned
from desktop.models.halfday import morning
from desktop.services.changes import Step
from desktop.services.collecting import undisturbed
from desktop.services.commands import AdoptPlan, DiscardPlan
from desktop.services.planning.bookkeeping import Place, new_visit, request_keys
from desktop.services.planning.costing import draft_by_code
from desktop.services.settings import PlanSettings
from desktop.services.words import count, sentence, spell_days, spell_money, spell_time
from desktop.services.work import Work
from scheduler import plan as made
from scheduler.evaluate import Evaluation, evaluate_plan
from scheduler.problem import Horizon, Problem


def adopt_plan(work: Work, command: AdoptPlan) -> Step:
    """Store a plan as a draft: one step however many visits it has.

    Requests that nobody can serve are stored with it as unassigned, with their reasons.

    Raises:
        ConflictError: the records do not say what they said when the plan was computed.
        RefusedError: the plan breaks a rule.
    """
    with undisturbed():
        return _adopt(work, command)


def _adopt(work: Work, command: AdoptPlan) -> Step:
    settings = PlanSettings.from_json(command.settings)
    built = work.built(settings)
    if built.digest != command.digest:
        raise ConflictError(
            f"The records have changed since this plan was computed{_last_change(work.session)}: it is not stored.",
            "Plan these days again.",
        )
    judged = evaluate_plan(built.problem, command.plan)
    if judged.broken:
        raise RefusedError(
            f"The plan breaks {count(len(judged.broken), 'rule')}: it is not stored.",
            "This is a fault of the solver: keep the problem file and report it.",
            [sentence(entry.text) for entry in judged.broken],
        )
    horizon = built.problem.horizon
    plan = _plan_record(work, command, settings, judged, next_code(work.session, horizon))
    _add_visits(work.session, plan, built.problem, command.plan.assignments)
    _add_unassigned(work.session, plan, (*command.plan.unassigned, *built.impossible))
    work.session.flush()
    left = len(command.plan.unassigned) + len(built.impossible)
    return Step(
        command.label or f"Plan {plan.code}, {spell_days(horizon.start, horizon.end)}",
        (
            f"Draft {plan.code}: {count(len(command.plan.assignments), 'request')} assigned, {left:,} left out, "
            f"{spell_money(judged.cost.total)}.",
            *built.notes,
        ),
    )


def discard_plan(work: Work, command: DiscardPlan) -> Step:
    """Give a draft up. It can still be looked at, and the step be undone."""
    plan = draft_by_code(work.session, command.plan)
    plan.status = "discarded"
    return Step(f"Discard draft {plan.code}")


def next_code(session: Session, horizon: Horizon) -> str:
    """A code for a new plan: year and calendar week of its first day, and a number: "2026-W49-1"."""
    year, week, _ = horizon.start.isocalendar()
    prefix = f"{year}-W{week:02}-"
    known = session.scalars(select(Plan.code).where(Plan.code.startswith(prefix, autoescape=True)))
    numbers = [int(n) for code in known if re.fullmatch(r"\d+", n := code.removeprefix(prefix))]
    return f"{prefix}{max(numbers, default=0) + 1}"


def _last_change(session: Session) -> str:
    row = session.scalars(select(Change).order_by(Change.id.desc()).limit(1)).first()
    return "" if row is None else f' (last by {row.actor} on {spell_time(row.at)}: "{row.label}")'


def _plan_record(work: Work, command: AdoptPlan, settings: PlanSettings, judged: Evaluation, code: str) -> Plan:
    solved = command.plan
    plan = Plan(
        code=code,
        status="draft",
        first_day=settings.first_day,
        days=settings.days,
        settings=settings.to_json(),
        created_at=work.now,
        solver_status=solved.status,
        cost_cents=judged.cost.total,
        cost_parts=asdict(judged.cost),
        bound_cents=solved.bound,
        seconds=solved.seconds,
        seed=solved.seed,
        log=dict(solved.log),
        problem_digest=command.digest,
    )
    work.session.add(plan)
    work.session.flush()
    return plan


def _add_visits(session: Session, plan: Plan, problem: Problem, assignments: Sequence[made.Assignment]) -> None:
    modes = {entry.id: entry.modes for entry in problem.requests}
    keys = request_keys(session, [entry.request for entry in assignments])
    people: dict[str, int] = {code: key for key, code in session.execute(select(Inspector.id, Inspector.code))}
    begin = morning(plan.first_day)
    for entry in assignments:
        crew = tuple(people[code] for code in entry.inspectors)
        half_days = modes[entry.request][entry.mode].half_days
        place = Place(crew, begin + entry.start_slot, entry.mode, half_days)
        session.add(new_visit(plan, keys[entry.request], place))


def _add_unassigned(session: Session, plan: Plan, left: Sequence[made.Unassigned]) -> None:
    keys = request_keys(session, [entry.request for entry in left])
    session.add_all(
        Unassigned(
            plan_id=plan.id,
            request_id=keys[entry.request],
            reasons=[{name: text for name, text in asdict(reason).items() if text} for reason in entry.reasons],
        )
        for entry in left
    )
