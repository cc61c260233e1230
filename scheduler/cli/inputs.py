"""What questions are asked about: files read and judged, ids held against those that the problem knows."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence

from scheduler.errors import BadProblemError, Fault
from scheduler.plan import Plan
from scheduler.problem import Problem
from scheduler.validate import check_problem
from scheduler.wire import load_plan, load_problem


def problem_and_plan(args: argparse.Namespace) -> tuple[Problem, Plan]:
    """The problem, without faults, and the plan."""
    problem = load_problem(args.problem)
    refuse(check_problem(problem))
    return problem, load_plan(args.plan)


def refuse(faults: Iterable[Fault]) -> None:
    """Raise BadProblemError where there are faults."""
    found = tuple(faults)
    if found:
        raise BadProblemError(found)


def unknown(argument: str, names: Sequence[str], known: Iterable[str]) -> list[Fault]:
    """The names that the problem does not know."""
    ids = set(known)
    kind = argument.removeprefix("--")
    return [
        Fault("argument", argument, name, f"is not the id of one of the problem's {kind}s")
        for name in names
        if name not in ids
    ]
