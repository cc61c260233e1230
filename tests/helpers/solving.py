"""Solving in tests: by steps, never by the clock."""

from __future__ import annotations

from typing import Any

from scheduler.params import Params
from scheduler.plan import Plan
from scheduler.solve import solve
from scheduler.wire import read_problem


def solved(problem: dict[str, Any], seed: int, steps: int) -> Plan:
    """The solver's plan of a problem in its JSON form after a number of steps, whatever the time."""
    return solve(read_problem(problem), Params(seed=seed, time_limit=None, iteration_limit=steps))
