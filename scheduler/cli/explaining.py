"""The command that explains: a request that a plan leaves out or serves, or the plan as a whole."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from typing import Any

from scheduler.cli.inputs import problem_and_plan, refuse, unknown
from scheduler.cli.output import (
    OK,
    as_json,
    candidate_to_json,
    cost_to_json,
    place_to_json,
    reason_to_json,
    say,
    shift_to_json,
)
from scheduler.explain import (
    Change,
    LeftOut,
    Other,
    Placed,
    WholePlan,
    explain_left_out,
    explain_placed,
    explain_plan,
)
from scheduler.instance import Instance
from scheduler.rank import Ranking
from scheduler.standing import Standing


def explain(args: argparse.Namespace) -> int:
    """Explain one request, or the whole plan."""
    problem, plan = problem_and_plan(args)
    instance = Instance(problem)
    if args.request is not None:
        refuse(unknown("request", (args.request,), instance.request_number))
    ranking = Ranking(Standing.of(instance, plan.assignments))
    if args.request is None:
        result = _whole(explain_plan(ranking, plan))
    elif args.request in ranking.standing.placed:
        result = {"request": args.request, "assigned": True, **_placed(explain_placed(ranking, args.request, args.top))}
    else:
        left = explain_left_out(ranking, args.request, args.top)
        result = {"request": args.request, "assigned": False, **_left_out(left)}
    say(sys.stdout, as_json(result))
    return OK


def _left_out(found: LeftOut) -> dict[str, Any]:
    return {
        "reasons": [reason_to_json(reason) for reason in found.reasons],
        "leaving": cost_to_json(found.leaving),
        "starts": found.starts,
        "inspectors": {"all": found.inspectors, "eligible": found.eligible, "able": found.able},
        "failing": [dataclasses.asdict(entry) for entry in found.failing],
        "nearest": [
            {
                "inspector": near.at.inspectors[0],
                "mode": near.at.mode,
                "start_slot": near.at.start_slot,
                "broken": [dataclasses.asdict(broken) for broken in near.broken],
            }
            for near in found.nearest
        ],
        "candidates": [candidate_to_json(entry) for entry in (*found.direct, *found.moving)],
        "instead": [
            {
                **place_to_json(entry.to),
                "cost": cost_to_json(entry.cost),
                "gone": {"request": entry.gone.request, **place_to_json(entry.gone)},
            }
            for entry in found.instead
        ],
        "changes": [_change(entry) for entry in found.changes],
    }


def _change(entry: Change) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "text": entry.text,
        "amount": entry.amount,
        "unit": entry.unit,
        "inspector": entry.inspector,
        "lets_in": entry.lets_in,
        "to": place_to_json(entry.to),
        "cost": cost_to_json(entry.cost),
        "moves": [shift_to_json(shift) for shift in entry.moves],
    }


def _placed(found: Placed) -> dict[str, Any]:
    return {
        "present": place_to_json(found.to),
        "pinned": found.pin is not None,
        "as_announced": found.announced,
        "added": cost_to_json(found.added),
        "own": cost_to_json(found.own),
        "leaving": cost_to_json(found.leaving),
        "candidates": [candidate_to_json(entry) for entry in (*found.next, *found.moving)],
        "others": [_other(entry) for entry in found.others],
    }


def _other(entry: Other) -> dict[str, Any]:
    return {
        "inspector": entry.inspector,
        "best": None if entry.best is None else candidate_to_json(entry.best),
        "nearest": None if entry.at is None else {"mode": entry.at.mode, "start_slot": entry.at.start_slot},
        "broken": [dataclasses.asdict(broken) for broken in entry.broken],
    }


def _whole(found: WholePlan) -> dict[str, Any]:
    return {
        "requests": found.requests,
        "assigned": found.assigned,
        "cost": cost_to_json(found.cost),
        "bound": found.bound,
        "gap": found.gap,
        "broken": [dataclasses.asdict(broken) for broken in found.broken],
        "unassigned": [
            {
                "request": entry.request,
                "leaving": cost_to_json(cost),
                "reasons": [reason_to_json(reason) for reason in entry.reasons],
            }
            for entry, cost in zip(found.unassigned, found.leaving, strict=True)
        ],
        "codes": dict(found.codes),
    }
