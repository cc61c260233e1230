"""What commands give back: exit statuses, lines, and plans' values as JSON."""

from __future__ import annotations

import dataclasses
import json
from typing import IO, Any

from scheduler.plan import Assignment, CostParts, Reason
from scheduler.rank import Candidate
from scheduler.rank.ranking import Shift

OK, BROKEN, BAD_INPUT = 0, 1, 2


def say(stream: IO[str], line: str) -> None:
    """Write a line at once."""
    stream.write(line + "\n")
    stream.flush()


def as_json(data: dict[str, Any]) -> str:
    """JSON for people and programs."""
    return json.dumps(data, indent=1, ensure_ascii=False)


def cost_to_json(cost: CostParts) -> dict[str, Any]:
    """A cost as plan files state it."""
    return {"total": cost.total, "parts": dataclasses.asdict(cost)}


def place_to_json(entry: Assignment) -> dict[str, Any]:
    """A place of a request, which is said apart."""
    return {"inspectors": list(entry.inspectors), "mode": entry.mode, "start_slot": entry.start_slot}


def candidate_to_json(entry: Candidate) -> dict[str, Any]:
    """A place with its exact cost and what moves for it."""
    return {
        **place_to_json(entry.to),
        "cost": cost_to_json(entry.cost),
        "added": cost_to_json(entry.added),
        "moves": [shift_to_json(shift) for shift in entry.moves],
    }


def shift_to_json(shift: Shift) -> dict[str, Any]:
    """Another request that moves."""
    return {
        "request": shift.after.request,
        "before": place_to_json(shift.before),
        "after": place_to_json(shift.after),
    }


def reason_to_json(reason: Reason) -> dict[str, Any]:
    """Why a request is left out; `lift` null where no single change is known to let it in."""
    return dataclasses.asdict(reason)
