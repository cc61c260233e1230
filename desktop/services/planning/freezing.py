"""Freezing what was announced for the next days: it stays as it is, where the rules still allow it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Plan, Request, Visit
from desktop.services.planning.costing import assignments_of
from desktop.services.words import spell_day
from scheduler.errors import Fault
from scheduler.evaluate import evaluate
from scheduler.instance import Instance
from scheduler.pins import pin_faults, together_faults
from scheduler.plan import Assignment
from scheduler.problem import Pin, Problem
from scheduler.validate import check_problem
from scheduler.weeks import Weeks


def freeze(session: Session, problem: Problem, days: int, plan: Plan | None) -> tuple[Problem, tuple[str, ...]]:
    """A problem in which what was announced for its first days is pinned to its people and its start.

    Requests that the planner has pinned keep his pin. An announcement that breaks a rule by now, alone or with what
    else is pinned, is left free.

    Args:
        session: where to read how the visits announced are split.
        problem: the problem of the records.
        days: visits that begin within so many days of its first are frozen.
        plan: a plan that exists: what it does otherwise than announced was decided after the freeze, and is left free.

    Returns:
        The problem, and a sentence for each announcement left free because of a rule.
    """
    frozen = _announced(problem, days, announced_modes(session, problem.published))
    if plan is not None:
        kept = {entry.request: entry for entry in assignments_of(session, plan)}
        frozen = {code: entry for code, entry in frozen.items() if kept.get(code) == entry}
    notes = []
    pinned = _pinned(problem, frozen)
    while frozen and (culprits := _culprits(pinned, frozen)):
        for code, why in culprits:
            when = spell_day(problem.horizon.date(frozen.pop(code).start_slot // 2))
            notes.append(f"{code} was announced for {when} and is not frozen: it {why}.")
        pinned = _pinned(problem, frozen)
    return pinned, tuple(notes)


def _announced(problem: Problem, days: int, modes: Mapping[str, int]) -> dict[str, Assignment]:
    """What was announced for the first days, of requests that nobody has pinned."""
    found = {}
    for request in problem.requests:
        announced = problem.published.get(request.id)
        if announced is None or request.pin is not None or not 0 <= announced.start_slot < 2 * days:
            continue
        mode = modes.get(request.id, 0)
        found[request.id] = Assignment(request.id, mode, announced.start_slot, tuple(sorted(announced.inspectors)))
    return found


def _pinned(problem: Problem, frozen: Mapping[str, Assignment]) -> Problem:
    requests = tuple(
        entry
        if (at := frozen.get(entry.id)) is None
        else replace(entry, pin=Pin(inspectors=at.inspectors, start_slot=at.start_slot, mode=at.mode))
        for entry in problem.requests
    )
    return replace(problem, requests=requests)


def _culprits(pinned: Problem, frozen: Mapping[str, Assignment]) -> list[tuple[str, str]]:
    """What is to be left free, and why: all that cannot be kept by themselves, else the last of those that clash.

    Nothing where the problem has other faults: they are for whoever solves it to tell.
    """
    if _holds_together(pinned):
        return []
    if any(not fault.field.startswith("pin") for fault in check_problem(pinned)):
        return []
    weeks = Weeks(Instance(pinned))
    alone = _named(pin_faults(weeks), frozen)
    if alone:
        return alone
    clashing = _named(together_faults(weeks), frozen)
    return [max(clashing, key=lambda entry: (frozen[entry[0]].start_slot, entry[0]))] if clashing else []


def _holds_together(pinned: Problem) -> bool:
    """Whether what is pinned is a plan by itself: then no pin is at fault. Asked first, as it is quick to see."""
    visits = []
    for request in pinned.requests:
        pin = request.pin
        if pin is None:
            continue
        if pin.inspectors is None or pin.start_slot is None or pin.mode is None or pin.mode >= len(request.modes):
            return False
        visits.append(Assignment(request.id, pin.mode, pin.start_slot, pin.inspectors))
    known = {inspector.id for inspector in pinned.inspectors}
    return all(known.issuperset(entry.inspectors) for entry in visits) and not evaluate(pinned, visits).broken


def _named(faults: Iterable[Fault], frozen: Mapping[str, Assignment]) -> list[tuple[str, str]]:
    known = {f"request {code}": code for code in frozen}
    return [(known[fault.record], fault.text) for fault in faults if fault.record in known]


def announced_modes(session: Session, codes: Iterable[str]) -> Mapping[str, int]:
    """How the visits announced of requests are split."""
    query = (
        select(Request.code, Visit.mode)
        .join(Visit, Visit.request_id == Request.id)
        .where(Visit.published, Visit.status == "planned", Request.code.in_(sorted(codes)))
    )
    return {code: mode for code, mode in session.execute(query)}
