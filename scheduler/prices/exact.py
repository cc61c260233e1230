"""What one more saves in fact: the problem solved anew with it, and once more without."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scheduler.evaluate import evaluate
from scheduler.params import Params
from scheduler.plan import Plan
from scheduler.prices.more import More, changed
from scheduler.problem import Problem
from scheduler.solve import solve
from scheduler.stop import Stop, never


@dataclass(frozen=True, slots=True)
class Exact:
    """One more, tried.

    Attributes:
        more: one more of what.
        plan: the best plan found with it.
        saving: cents that it costs less than the plan in hand.
        without: cents that the best plan found without it, by an equal run, costs less than the plan in hand.
    """

    more: More
    plan: Plan
    saving: int
    without: int


def solve_exactly(
    problem: Problem, plan: Plan, rows: Iterable[More], params: Params, stop: Stop = never
) -> Iterator[Exact]:
    """Solve with each of some changes, from the plan in hand on, by equal runs; ends when told to stop."""
    cost = evaluate(problem, plan.assignments).cost.total
    without: int | None = None
    for more in rows:
        if without is None:
            without = cost - solve(problem, params, stop, initial=plan).cost.total
        found = solve(changed(problem, more), params, stop, initial=plan)
        if stop():
            return
        yield Exact(more, found, cost - found.cost.total, without)
