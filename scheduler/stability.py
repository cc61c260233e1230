"""The price of stability: how much of what was announced is kept, and at what cost, as taking back gets dearer."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scheduler.evaluate import evaluate
from scheduler.params import Params
from scheduler.plan import CostParts, Plan
from scheduler.problem import Announcement, Problem
from scheduler.solve import solve
from scheduler.stop import Stop, never


@dataclass(frozen=True, slots=True)
class Point:
    """The best plan found at one price.

    Attributes:
        factor: that the prices of taking back are multiplied by.
        plan: the plan.
        announced, kept: visits that were announced; those on the same day with the same crew.
        cost: of the plan at the prices multiplied.
        changes: what is taken back, at the prices as they are.
        bound: cents that no plan costs less than at the prices multiplied; None without a proof.
    """

    factor: float
    plan: Plan
    announced: int
    kept: int
    cost: CostParts
    changes: int
    bound: int | None

    @property
    def share(self) -> float:
        """The share of the announced visits that is kept."""
        return self.kept / max(1, self.announced)

    @property
    def without_changes(self) -> int:
        """What the plan costs, what is taken back apart, in cents."""
        return self.cost.total - self.cost.change


def find_curve(problem: Problem, factors: Iterable[float], params: Params, stop: Stop = never) -> tuple[Point, ...]:
    """Solve a problem at several prices of taking back what was announced, each by an equal run.

    A plan that keeps the rules does so at every price, so each point is the cheapest at its price of all plans found:
    the dearer taking back is, the less is taken back and the more the rest costs, never the other way round.

    Args:
        problem: without faults, with announcements.
        factors: 0 or more; each gives a point, in ascending order.
        params: of every run.
        stop: ends the run in hand and all that would follow; the points are those reached.
    """
    ranked = sorted(set(factors))
    solved: list[tuple[float, Plan]] = []
    for factor in ranked:
        if solved and stop():
            break
        solved.append((factor, solve(at_price(problem, factor), params, stop)))
    return tuple(_point(problem, factor, own.bound, [plan for _, plan in solved]) for factor, own in solved)


def at_price(problem: Problem, factor: float) -> Problem:
    """The problem with all prices of taking back multiplied, to whole cents."""
    published = {
        name: dataclasses.replace(
            entry,
            inspector_cost=round(factor * entry.inspector_cost),
            day_cost=round(factor * entry.day_cost),
            drop_cost=round(factor * entry.drop_cost),
        )
        for name, entry in problem.published.items()
    }
    return dataclasses.replace(problem, published=published)


def _point(problem: Problem, factor: float, bound: int | None, plans: Sequence[Plan]) -> Point:
    priced = at_price(problem, factor)
    costs = [evaluate(priced, plan.assignments).cost for plan in plans]
    taken = [evaluate(problem, plan.assignments).cost.change for plan in plans]
    best = min(range(len(plans)), key=lambda n: (costs[n].total, taken[n], n))
    kept = 0
    for entry in plans[best].assignments:
        announced = problem.published.get(entry.request)
        kept += announced is not None and _is_kept(announced, entry.start_slot, entry.inspectors)
    return Point(factor, plans[best], len(problem.published), kept, costs[best], taken[best], bound)


def _is_kept(announced: Announcement, start_slot: int, inspectors: Sequence[str]) -> bool:
    return announced.start_slot // 2 == start_slot // 2 and set(announced.inspectors) == set(inspectors)
