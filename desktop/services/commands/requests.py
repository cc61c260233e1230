"""What becomes of a booking before it is planned, and who may serve it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from scheduler.problem import Mode


@dataclass(frozen=True, slots=True)
class AddRequest:
    """A new booking. `requested_at` None: now; no `modes`: the rules' man-days. Other nulls: see the record.

    `hold_incomplete`: where something is missing it waits in the inbox, whatever status is given.
    """

    code: str
    client: str
    factory: str
    service: str
    skill: str
    level: int
    modes: tuple[Mode, ...] = ()
    order: str | None = None
    earliest: dt.date | None = None
    latest: dt.date | None = None
    due: dt.date | None = None
    price_cents: int | None = None
    note: str = ""
    languages: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()
    lead_level: int | None = None
    lead_languages: tuple[str, ...] = ()
    lead_certificates: tuple[str, ...] = ()
    late_cost_cents: int | None = None
    unserved_cost_cents: int | None = None
    requested_at: dt.datetime | None = None
    status: str = "ready"
    inspection_level: str = "II"
    aql_major: str = "2.5"
    aql_minor: str = "4.0"
    test_minutes: int = 0
    containers: int | None = None
    man_days_reason: str = ""
    hold_incomplete: bool = False


@dataclass(frozen=True, slots=True)
class CancelRequest:
    """Take a booking back; its visit in a draft goes with it."""

    request: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class SplitMonitoring:
    """Make a request a week of monitoring that is longer, all for the same inspector."""

    request: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class ExcludeInspector:
    """Forbid (or allow again) an inspector for a request."""

    request: str
    inspector: str
    excluded: bool = True


@dataclass(frozen=True, slots=True)
class SetAffinity:
    """What it costs (or, negative, saves) in cents when an inspector serves a request; None: nothing."""

    request: str
    inspector: str
    cents: int | None


@dataclass(frozen=True, slots=True)
class RecordArrival:
    """Somebody is on site for the announced visit of a request.

    `at` without a zone is by the clocks of the factory; None: now.
    """

    request: str
    at: dt.datetime | None = None
