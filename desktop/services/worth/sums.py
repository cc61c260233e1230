"""Plans that were found, summed up, and what two of them prove about a change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from typing import NamedTuple

from desktop.services.worth.views import RunSum, Verdict
from scheduler.evaluate import evaluate
from scheduler.instance import Instance
from scheduler.plan import Assignment
from scheduler.problem import Inspector, Problem
from scheduler.standing import Standing, visit_of


class Found(NamedTuple):
    """A plan that was found for a problem: its assignments, its cost in cents, the bound of the problem."""

    problem: Problem
    assignments: tuple[Assignment, ...]
    cost: int
    bound: int | None


class Saving(NamedTuple):
    """What a change saves, in cents: as found, proven at least, proven at most; and how sure that is."""

    saved: int
    least: int | None
    most: int | None
    verdict: Verdict


def best_of(found: Sequence[Found]) -> list[Found]:
    """For each problem the cheapest of all plans found that keeps its rules: a plan of one may serve another better."""
    best = []
    for own in found:
        for other in found:
            if other.assignments == own.assignments:
                continue
            judged = evaluate(own.problem, other.assignments)
            if not judged.broken and judged.cost.total < own.cost:
                own = own._replace(assignments=other.assignments, cost=judged.cost.total)  # noqa: PLW2901
        best.append(own)
    return best


def saving(without: Found, with_it: Found) -> Saving:
    """What a change saves by two plans, each with the bound of its problem."""
    saved = without.cost - with_it.cost
    least = None if without.bound is None or without.bound <= with_it.cost else without.bound - with_it.cost
    most = None if with_it.bound is None else without.cost - with_it.bound
    verdict: Verdict = "found" if saved > 0 else "none"
    if least is not None:
        verdict = "proven"
    elif most is not None and most < 0:
        verdict = "proven worse"
    return Saving(saved, least, most, verdict)


def sum_of(found: Found) -> RunSum:
    """A plan in figures."""
    problem = found.problem
    instance = Instance(problem)
    standing = Standing.of(instance, found.assignments)
    late = [
        max(0, entry.start_slot // 2 - instance.due[instance.request_number[entry.request]])
        for entry in found.assignments
    ]
    return RunSum(
        parts=asdict(standing.cost),
        bound=found.bound,
        visits=len(found.assignments),
        unserved=len(problem.requests) - len(found.assignments),
        late=sum(days > 0 for days in late),
        late_days=sum(late),
        nights=sum(nights_of(standing, number) for number in standing.visits),
        man_days=sum(_man_days(problem, instance, entry) for entry in found.assignments),
        on_hand=sum(days_of(problem, person) for person in problem.inspectors),
        changed=sum(_is_changed(problem, standing, code) for code in problem.published),
    )


def nights_of(standing: Standing, number: int) -> int:
    """Nights away of an inspector (by number) that are paid."""
    price = standing.instance.inspectors[number].night_cost
    return round(standing.of_person(number).cost.nights / price) if price else 0


def days_of(problem: Problem, person: Inspector) -> float:
    """Days on which somebody is available, in each calendar week at most as many as he may work."""
    weeks: dict[tuple[int, int], float] = defaultdict(float)
    for slot, is_free in enumerate(person.available):
        year, week, _ = problem.horizon.date(slot // 2).isocalendar()
        weeks[year, week] += 0.5 * is_free
    return sum(min(days, float(len(person.day_costs))) for days in weeks.values())


def _man_days(problem: Problem, instance: Instance, entry: Assignment) -> float:
    return problem.requests[instance.request_number[entry.request]].modes[entry.mode].man_days


def _is_changed(problem: Problem, standing: Standing, code: str) -> bool:
    """Whether something announced is otherwise: on another day, by others, or left out."""
    told, entry = problem.published[code], standing.placed.get(code)
    if entry is None or visit_of(standing.instance, entry) is None:
        return True
    return (entry.start_slot // 2, set(entry.inspectors)) != (told.start_slot // 2, set(told.inspectors))
