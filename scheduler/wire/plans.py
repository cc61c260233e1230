"""Reading and writing the data of a plan file."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from scheduler.errors import BadProblemError, Fault
from scheduler.plan import Assignment, CostParts, Plan, Reason, Status, Unassigned
from scheduler.wire.fields import Reader, WrongValueError, anything, exactly, many, name, number, optional, text, whole

PLAN_FORMAT = "inspection-plan/1"
STATUSES: tuple[Status, ...] = ("optimal", "feasible", "stopped")
PARTS = tuple(part.name for part in fields(CostParts))
_PLAN = frozenset(entry.name for entry in fields(Plan)) | {"format", "gap"}
_ASSIGNMENT = frozenset(entry.name for entry in fields(Assignment))
_UNASSIGNED = frozenset({"request", "reasons"})
_REASON = frozenset({"code", "text", "lift"})
_COST = frozenset({"total", "parts"})


def slack_cents(assignments: int) -> int:
    """Cents by which two implementations may differ on a plan: two for each assignment, and two."""
    return 2 * assignments + 2


def plan_to_json(plan: Plan) -> dict[str, Any]:
    """The data of a plan file; `read_plan` gives the same plan back."""
    return {
        "format": PLAN_FORMAT,
        "assignments": [
            {
                "request": entry.request,
                "mode": entry.mode,
                "start_slot": entry.start_slot,
                "inspectors": list(entry.inspectors),
            }
            for entry in plan.assignments
        ],
        "unassigned": [
            {"request": entry.request, "reasons": [_reason_to_json(reason) for reason in entry.reasons]}
            for entry in plan.unassigned
        ],
        "status": plan.status,
        "cost": {"total": plan.cost.total, "parts": {part: getattr(plan.cost, part) for part in PARTS}},
        "bound": plan.bound,
        "gap": plan.gap,
        "seconds": plan.seconds,
        "seed": plan.seed,
        "log": plan.log,
    }


def _reason_to_json(reason: Reason) -> dict[str, str]:
    said = {"code": reason.code, "text": reason.text}
    return said if reason.lift is None else {**said, "lift": reason.lift}


def read_plan(data: object) -> Plan:
    """The plan that a file's data states. Whether it keeps the rules is `evaluate_plan`'s to say.

    Raises:
        BadProblemError: with every fault of shape or type, and where the file contradicts itself: a total that is
            not the sum of its parts, or a gap that is not that of its own cost and bound.
    """
    faults: list[Fault] = []
    top = Reader(data, "plan", faults)
    top.take("format", exactly(PLAN_FORMAT), None)
    if faults:
        raise BadProblemError(tuple(faults))
    cost, total = _cost(top.need("cost"))
    plan = Plan(
        assignments=tuple(
            _assignment(Reader(entry, _named("assignment", entry, n), faults))
            for n, entry in enumerate(top.take("assignments", many(anything), ()))
        ),
        unassigned=tuple(
            _unassigned(Reader(entry, _named("unassigned", entry, n), faults))
            for n, entry in enumerate(top.take("unassigned", many(anything), ()))
        ),
        status=top.take("status", _status, "feasible"),
        cost=cost,
        bound=top.take("bound", optional(whole), None),
        seconds=top.take("seconds", number, 0.0),
        seed=top.take("seed", whole, 0),
        log=_log(top),
    )
    gap = top.take("gap", optional(number), None)
    top.close(_PLAN)
    if not faults:
        faults.extend(_contradictions(plan, total, gap))
    if faults:
        raise BadProblemError(tuple(faults))
    return plan


def _contradictions(plan: Plan, total: int, gap: float | None) -> list[Fault]:
    """Where the total is not the sum of the parts, or the gap not that of cost and bound."""
    found = []
    if total != plan.cost.total:
        found.append(Fault("plan", "cost.total", str(total), f"is not the sum of the parts, {plan.cost.total}"))
    tolerance = 1e-6 + slack_cents(len(plan.assignments)) / max(1, abs(plan.cost.total))
    if (gap is None) != (plan.gap is None) or (
        gap is not None and plan.gap is not None and abs(gap - plan.gap) > tolerance
    ):
        found.append(Fault("plan", "gap", str(gap), f"is not the gap of its cost and bound, {plan.gap}"))
    return found


def _named(kind: str, entry: object, n: int) -> str:
    own = entry.get("request") if isinstance(entry, dict) else None
    return f"{kind} {own}" if own and isinstance(own, str) else f"{kind}[{n}]"


def _status(value: object) -> Status:
    for status in STATUSES:
        if value == status:
            return status
    raise WrongValueError(f"must be one of {', '.join(STATUSES)}", value)


def _log(top: Reader) -> dict[str, Any]:
    """The log as a mapping; the format allows any JSON, so anything else is kept under one key."""
    value = top.raw("log")
    return value if isinstance(value, dict) else {"log": value}


def _cost(reader: Reader) -> tuple[CostParts, int]:
    parts = reader.need("parts")
    cost = CostParts(*(parts.take(part, whole, 0) for part in PARTS))
    parts.close(frozenset(PARTS))
    total = reader.take("total", whole, cost.total)
    reader.close(_COST)
    return cost, total


def _assignment(reader: Reader) -> Assignment:
    assignment = Assignment(
        request=reader.take("request", name, ""),
        mode=reader.take("mode", whole, 0),
        start_slot=reader.take("start_slot", whole, 0),
        inspectors=reader.take("inspectors", many(name), ()),
    )
    reader.close(_ASSIGNMENT)
    return assignment


def _unassigned(reader: Reader) -> Unassigned:
    entry = Unassigned(
        request=reader.take("request", name, ""),
        reasons=tuple(_reason(part) for part in reader.parts("reasons")),
    )
    reader.close(_UNASSIGNED)
    return entry


def _reason(reader: Reader) -> Reason:
    reason = Reason(
        code=reader.take("code", text, ""),
        text=reader.take("text", text, ""),
        lift=reader.take("lift", optional(text), None) if reader.has("lift") else None,
    )
    reader.close(_REASON)
    return reason
