"""What commands give back: exit statuses, lines, and plans' values as JSON."""

from __future__ import annotations

import dataclasses
import json
from typing import IO, Any

from scheduler.plan import Assignment, CostParts

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
