"""Places kept free for a while: who keeps what until when, and what has run out is freed by whoever looks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from desktop.services.planning.reading import Source

ACTIVE = ("held", "offered")
"""States of a hold in which it keeps its place."""


@dataclass(frozen=True, slots=True)
class HoldView:
    """A place that is kept. Slots are absolute half-days.

    Attributes:
        state: "held" or "offered".
        until: UTC.
        by: who keeps it.
    """

    request: str
    service: str
    client_name: str
    factory_name: str
    plan: str
    inspectors: tuple[str, ...]
    names: tuple[str, ...]
    first_slot: int
    last_slot: int
    state: str
    held_at: dt.datetime
    until: dt.datetime
    by: str
    note: str

    def minutes_left(self, now: dt.datetime) -> int:
        """Whole minutes that are left; 0 when its time has come."""
        return max(0, int((self.until - now).total_seconds() // 60))


def holds(source: Source, now: dt.datetime) -> tuple[HoldView, ...]:
    """What is held and has not run out, by the time at which it will."""
    raise NotImplementedError
