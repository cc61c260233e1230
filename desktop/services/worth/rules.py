"""What a rule costs these days: the plan with it and without it, by equal runs."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Mapping
from typing import NamedTuple

from desktop.services.worth.asking import RulesAsked
from desktop.services.worth.solving import Solving
from desktop.services.worth.subject import Subject
from desktop.services.worth.sums import Found, best_of, saving, sum_of
from desktop.services.worth.views import RuleRow, Rules
from scheduler.instance import Instance, Visit
from scheduler.problem import Inspector, Problem
from scheduler.rules.weeks import worked_days
from scheduler.standing import Standing
from scheduler.weeks import stages

NO_LIMIT = 1_000  # visits to one factory that no horizon holds
WEEK = 7  # days


class Lifted(NamedTuple):
    """A rule lifted.

    Attributes:
        problem: without it; the problem itself where that changes nothing.
        limit: what it allows; None: it has no number.
        at_limit: people or visits of the plan that are at the limit.
    """

    problem: Problem
    limit: int | None
    at_limit: int


def study_rules(subject: Subject, asked: RulesAsked, solving: Solving) -> Rules:
    """Solve with all rules, and with each of some lifted; a rule that binds nobody takes no run."""
    lifted = {rule: LIFT[rule](subject) for rule in asked.rules}
    changed = {rule: one for rule, one in lifted.items() if one.problem != subject.problem}
    solving.runs = 1 + len(changed)
    runs = [subject.with_bound(solving.solve(subject.problem, subject.plan, asked.seconds, "all rules"))]
    for rule, one in changed.items():
        runs.append(solving.solve(one.problem, subject.plan, asked.seconds, f"without {WORDS[rule]}"))
    base, *others = best_of(runs)
    found = dict(zip(changed, others, strict=True))
    rows = [_row(rule, one, base, found.get(rule)) for rule, one in lifted.items()]
    return Rules(sum_of(base), tuple(sorted(rows, key=lambda row: (-row.saved, row.rule))))


def _row(rule: str, lifted: Lifted, base: Found, found: Found | None) -> RuleRow:
    if found is None:  # no plan is kept from anything by it
        return RuleRow(rule, lifted.limit, lifted.at_limit, 0, None, 0, "none", sum_of(base))
    return RuleRow(rule, lifted.limit, lifted.at_limit, *saving(base, found), sum_of(found))


def _nights(subject: Subject) -> Lifted:
    problem = subject.problem
    limit, days = problem.limits.away_nights, problem.horizon.days
    standing = _standing(subject)
    people = sum(_longest_away(standing, number) >= limit for number in standing.visits)
    if limit >= days:
        return Lifted(problem, limit, people)
    limits = dataclasses.replace(problem.limits, away_nights=days)
    return Lifted(dataclasses.replace(problem, limits=limits), limit, people)


def _longest_away(standing: Standing, number: int) -> int:
    """The most nights in a row that an inspector (by number) is kept away between two visits."""
    instance = standing.instance
    price = instance.inspectors[number].night_cost
    moves = [stage.move for stage in stages(standing.journeys, instance, number, standing.visits[number])]
    gaps = [move.nights for move in moves if move is not None and move.kind == "away"]
    return max((round(cents / price) for cents in gaps), default=0) if price else 0


def _rotation(subject: Subject) -> Lifted:
    """Visits that are the last one allowed, or beyond."""
    problem = subject.problem
    limit = problem.rotation.max_visits
    sites = {request.id: request.site for request in problem.requests}
    seen = Counter(
        (visit.inspector, visit.site)
        for visit in problem.history
        if (problem.horizon.start - visit.date).days < problem.rotation.within_days
    )
    planned = Counter(
        (person, sites[entry.request]) for entry in subject.plan.assignments for person in entry.inspectors
    )
    visits = sum(number for pair, number in planned.items() if seen[pair] + number >= limit)
    rotation = dataclasses.replace(problem.rotation, max_visits=NO_LIMIT)
    return Lifted(dataclasses.replace(problem, rotation=rotation), limit, visits)


def _changes(subject: Subject) -> Lifted:
    problem = subject.problem
    free = {
        code: dataclasses.replace(told, inspector_cost=0, day_cost=0, drop_cost=0)
        for code, told in problem.published.items()
    }
    return Lifted(dataclasses.replace(problem, published=free), None, len(free))


def _holidays(subject: Subject) -> Lifted:
    """Who is off because of a holiday works on it at his premium."""
    people = tuple(
        _with_slots(person, subject.off.get(person.id, frozenset())) for person in subject.problem.inspectors
    )
    return Lifted(dataclasses.replace(subject.problem, inspectors=people), None, len(subject.off))


def _with_slots(person: Inspector, slots: frozenset[int]) -> Inspector:
    if not slots:
        return person
    available = tuple(is_free or slot in slots for slot, is_free in enumerate(person.available))
    return dataclasses.replace(person, available=available)


def _week(subject: Subject) -> Lifted:
    """Every day of a week may be worked, at the price of the last one allowed."""
    problem = subject.problem
    people = tuple(_with_week(person) for person in problem.inspectors)
    full = _people_at(subject, _is_full)
    return Lifted(dataclasses.replace(problem, inspectors=people), None, full)


def _with_week(person: Inspector) -> Inspector:
    if not person.day_costs or len(person.day_costs) >= WEEK:
        return person
    more = (person.day_costs[-1],) * (WEEK - len(person.day_costs))
    return dataclasses.replace(person, day_costs=person.day_costs + more)


def _is_full(instance: Instance, number: int, visits: tuple[Visit, ...]) -> bool:
    days = Counter(instance.week(day) for day in worked_days(visits) if day not in instance.sunk[number])
    most = len(instance.inspectors[number].day_costs)
    return any(count + instance.done[number].get(week, 0) >= most for week, count in days.items())


def _run(subject: Subject) -> Lifted:
    """Nobody needs a day of rest within the horizon."""
    problem = subject.problem
    longest = 2 * problem.horizon.days + WEEK
    people = tuple(dataclasses.replace(person, max_consecutive_days=longest) for person in problem.inspectors)
    full = _people_at(subject, _is_at_rest_limit)
    limits = {person.max_consecutive_days for person in problem.inspectors}
    return Lifted(dataclasses.replace(problem, inspectors=people), limits.pop() if len(limits) == 1 else None, full)


def _is_at_rest_limit(instance: Instance, number: int, visits: tuple[Visit, ...]) -> bool:
    person = instance.inspectors[number]
    days, run = set(worked_days(visits)), person.worked_before.consecutive_days
    for day in range(instance.days):
        run = run + 1 if day in days else 0
        if run >= person.max_consecutive_days:
            return True
    return False


def _people_at(subject: Subject, is_at: Callable[[Instance, int, tuple[Visit, ...]], bool]) -> int:
    standing = _standing(subject)
    return sum(is_at(standing.instance, number, visits) for number, visits in standing.visits.items())


def _standing(subject: Subject) -> Standing:
    return Standing.of(Instance(subject.problem), subject.plan.assignments)


LIFT: Mapping[str, Callable[[Subject], Lifted]] = {
    "nights": _nights,
    "rotation": _rotation,
    "changes": _changes,
    "holidays": _holidays,
    "week": _week,
    "run": _run,
}
WORDS: Mapping[str, str] = {
    "nights": "a limit of nights away",
    "rotation": "rotation",
    "changes": "prices of changes",
    "holidays": "holidays off",
    "week": "a most of days a week",
    "run": "days of rest",
}
