"""When and where an inspector can work."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RecordAbsence:
    """An inspector cannot work from one half-day to another (absolute slots, inclusive).

    `frees`: the visits that it hits are taken out of the draft in hand.
    """

    inspector: str
    first_slot: int
    last_slot: int
    kind: str = "leave"
    note: str = ""
    frees: bool = False


@dataclass(frozen=True, slots=True)
class RemoveAbsence:
    """Delete an absence by its key."""

    absence_id: int
    version: int | None = None


@dataclass(frozen=True, slots=True)
class GrantPermit:
    """Allow an inspector to work in an area until a day (None: without end); replaces an older permit."""

    inspector: str
    area: str
    valid_until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class RevokePermit:
    """An inspector may no longer work in an area."""

    inspector: str
    area: str


@dataclass(frozen=True, slots=True)
class SetDayException:
    """What differs on one day from an inspector's week; all None: the day is as usual again."""

    inspector: str
    date: dt.date
    morning: bool | None = None
    afternoon: bool | None = None
    may_travel: bool | None = None
    premium_cents: int | None = None
