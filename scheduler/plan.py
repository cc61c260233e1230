"""A plan as frozen values: who serves what and when, what is left out and why, and what it all costs.

Field for field what `inspection-plan/1` says (docs/planning-problem.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Status = Literal["optimal", "feasible", "stopped"]


@dataclass(frozen=True, slots=True)
class Assignment:
    """A request served: `mode` indexes the request's modes, `start_slot` is its first half-day."""

    request: str
    mode: int
    start_slot: int
    inspectors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a request is left out: a stable code, a sentence, and (where something would) what would let it in."""

    code: str
    text: str
    lift: str | None = None


@dataclass(frozen=True, slots=True)
class Unassigned:
    """A request left out, with at least one reason."""

    request: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class CostParts:
    """What a plan costs by part, in cents."""

    work: int = 0
    premium: int = 0
    travel: int = 0
    nights: int = 0
    late: int = 0
    affinity: int = 0
    change: int = 0
    unserved: int = 0

    @property
    def total(self) -> int:
        """The sum of the parts."""
        money = self.work + self.premium + self.travel + self.nights
        return money + self.late + self.affinity + self.change + self.unserved

    def __add__(self, other: CostParts) -> CostParts:
        """Part by part."""
        return CostParts(
            self.work + other.work,
            self.premium + other.premium,
            self.travel + other.travel,
            self.nights + other.nights,
            self.late + other.late,
            self.affinity + other.affinity,
            self.change + other.change,
            self.unserved + other.unserved,
        )

    def __sub__(self, other: CostParts) -> CostParts:
        """Part by part."""
        return CostParts(
            self.work - other.work,
            self.premium - other.premium,
            self.travel - other.travel,
            self.nights - other.nights,
            self.late - other.late,
            self.affinity - other.affinity,
            self.change - other.change,
            self.unserved - other.unserved,
        )


def gap_of(cost: int, bound: int | None) -> float | None:
    """`(cost - bound) / max(1, abs(cost))`: the share not proven to be needed; None without a bound."""
    return None if bound is None else (cost - bound) / max(1, abs(cost))


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan, whole. `bound` is a proven lower bound in cents or None: zero is not "no bound"."""

    assignments: tuple[Assignment, ...]
    unassigned: tuple[Unassigned, ...]
    status: Status
    cost: CostParts
    bound: int | None
    seconds: float
    seed: int
    log: Mapping[str, Any] = field(default_factory=dict)

    @property
    def gap(self) -> float | None:
        """The share of the plan's cost that is not proven to be needed; None without a bound."""
        return gap_of(self.cost.total, self.bound)
