"""Pins that nobody can keep any more, found so that a plan can be made without them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from scheduler.problem import Problem
from scheduler.validate import check_problem


def lifted(problem: Problem, before: Collection[str] = ()) -> tuple[Problem, tuple[str, ...]]:
    """A problem without the pins that cannot be kept, alone or together, and the codes of their requests.

    Pins of requests in `before` go before others that they clash with. Other faults are left for whoever solves the
    problem to tell.
    """
    gone = set[str]()
    while culprits := _culprits(problem):
        culprits = culprits.intersection(before) or culprits
        gone |= culprits
        requests = tuple(replace(e, pin=None) if e.id in culprits else e for e in problem.requests)
        problem = replace(problem, requests=requests)
    return problem, tuple(sorted(gone))


def _culprits(problem: Problem) -> set[str]:
    pinned = {f"request {request.id}": request.id for request in problem.requests if request.pin is not None}
    if not pinned:
        return set()
    faults = check_problem(problem)
    return {pinned[fault.record] for fault in faults if fault.record in pinned and fault.field.startswith("pin")}
