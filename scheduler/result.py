"""What a run reports while it works."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """The state of a run at a moment.

    Attributes:
        phase: what it is doing ("construct", "improve", ...).
        seconds: wall time since the start.
        iterations: improvement steps so far.
        incumbent: cents of the best plan so far, None before the first.
        bound: proven lower bound in cents, None without a proof.
        unassigned: requests that the best plan leaves out.
        columns: inspectors' horizons that the proof has come by.
    """

    phase: str
    seconds: float
    iterations: int
    incumbent: int | None
    bound: int | None
    unassigned: int | None
    columns: int


OnProgress = Callable[[Progress], None]


def ignore(_: Progress) -> None:
    """The listener that does nothing."""
