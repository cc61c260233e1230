"""Questions about plans: what one breaks and costs, where a request could go, and how two differ."""

from __future__ import annotations

import argparse
import dataclasses
import sys
import time
from collections.abc import Sequence

from scheduler.cli.inputs import problem_and_plan, refuse, unknown
from scheduler.cli.output import BROKEN, OK, as_json, candidate_to_json, cost_to_json, place_to_json, say
from scheduler.compare import compare
from scheduler.errors import Fault
from scheduler.evaluate import evaluate_plan
from scheduler.instance import Instance
from scheduler.plan import Assignment
from scheduler.rank import Candidate, Ranking
from scheduler.rank.moving import Moving
from scheduler.standing import Standing
from scheduler.verdict import fitting_mode, judge_place
from scheduler.wire import load_plan


def check(args: argparse.Namespace) -> int:
    """Judge a plan."""
    problem, plan = problem_and_plan(args)
    judged = evaluate_plan(problem, plan)
    if args.json:
        result = {
            "broken": [dataclasses.asdict(broken) for broken in judged.broken],
            "cost": cost_to_json(judged.cost),
            "assigned": len(plan.assignments),
            "requests": len(problem.requests),
            "bound": plan.bound,
        }
        say(sys.stdout, as_json(result))
    else:
        for broken in judged.broken:
            say(sys.stdout, f"{broken.rule}: {broken.text}")
        served, cost = len(plan.assignments), judged.cost.total / 100
        say(sys.stdout, f"{served}/{len(problem.requests)} assigned, USD {cost:,.2f}, {len(judged.broken)} broken")
    return BROKEN if judged.broken else OK


def rank(args: argparse.Namespace) -> int:
    """Give the best places of a request, and how long finding them took."""
    problem, plan = problem_and_plan(args)
    refuse(unknown("request", (args.request,), (request.id for request in problem.requests)))
    direct: list[Candidate] = []
    moving: list[Candidate] = []
    took: list[float] = []
    took_moves: list[float] = []
    present: Assignment | None = None
    for _ in range(args.repeat):
        # all anew: nothing is remembered of the last time
        standing = Standing.of(Instance(problem), plan.assignments)
        present = standing.placed.get(args.request)
        ranking = Ranking(standing)
        began = time.perf_counter()
        direct = ranking.direct(args.request, args.top)
        then = time.perf_counter()
        moving = list(Moving(ranking, args.request, args.top).candidates())
        took.append(1000 * (then - began))
        took_moves.append(1000 * (time.perf_counter() - then))
    result = {
        "request": args.request,
        "present": None if present is None else place_to_json(present),
        "candidates": [candidate_to_json(entry) for entry in (*direct, *moving)],
        "milliseconds": _quantiles(took),
        "moves_milliseconds": _quantiles(took_moves),
    }
    say(sys.stdout, as_json(result))
    return OK


def verdict(args: argparse.Namespace) -> int:
    """Judge one place of a request."""
    problem, plan = problem_and_plan(args)
    faults = unknown("request", (args.request,), (request.id for request in problem.requests))
    faults += unknown("--inspector", args.inspector, (inspector.id for inspector in problem.inspectors))
    refuse(faults)
    standing = Standing.of(Instance(problem), plan.assignments)
    request = standing.instance.requests[standing.instance.request_number[args.request]]
    mode = fitting_mode(standing, args.request, len(args.inspector)) if args.mode is None else args.mode
    if not 0 <= mode < len(request.modes):
        text = f"must be 0 to {len(request.modes) - 1}: request {request.id} has {len(request.modes)}"
        refuse([Fault("argument", "--mode", str(mode), text)])
    to = Assignment(args.request, mode, args.slot, tuple(sorted(args.inspector)))
    found = judge_place(standing, to, request.pin)
    result = {
        "request": args.request,
        **place_to_json(to),
        "legal": found.is_legal,
        "broken": [dataclasses.asdict(broken) for broken in found.broken],
        "waive": list(found.waive),
        "cost": None if found.cost is None else cost_to_json(found.cost),
    }
    say(sys.stdout, as_json(result))
    return OK if found.is_legal else BROKEN


def diff(args: argparse.Namespace) -> int:
    """Compare two plans."""
    problem, plan = problem_and_plan(args)
    instance = Instance(problem)
    found = compare(*(Standing.of(instance, one.assignments) for one in (plan, load_plan(args.other))))
    result = {
        "cost": cost_to_json(found.cost),
        "requests": [
            {
                "request": entry.request,
                "before": None if entry.before is None else place_to_json(entry.before),
                "after": None if entry.after is None else place_to_json(entry.after),
                "cost": cost_to_json(entry.cost),
            }
            for entry in found.requests
        ],
        "people": [
            {
                "inspector": entry.inspector,
                "gone": list(entry.gone),
                "come": list(entry.come),
                "moved": list(entry.moved),
                "cost": cost_to_json(entry.cost),
            }
            for entry in found.people
        ],
    }
    say(sys.stdout, as_json(result))
    return OK


def _quantiles(times: Sequence[float]) -> dict[str, float]:
    """The median and the 95th percentile, each one of the times."""
    ranked = sorted(times)
    return {f"p{share}": round(ranked[-(-share * len(ranked) // 100) - 1], 3) for share in (50, 95)}
