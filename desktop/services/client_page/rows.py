"""What a client's page says of it. Times are aware and in UTC, money is in US cents, texts are as they were entered."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from dataclasses import dataclass
from typing import Literal

from desktop.services.inspection.rows import ActionRow, ClassCount, DefectRow, Outcome

State = Literal[
    "received", "being planned", "announced", "on the way", "on site", "report in work", "reported", "aborted", "done",
    "cancelled",
]  # fmt: skip
"""How far a booking is, as its client is told."""


@dataclass(frozen=True, slots=True)
class Place:
    """A factory. `area` is its province or part of one; `zone` that of its clocks."""

    code: str
    name: str
    local_name: str
    area: str
    zone: zoneinfo.ZoneInfo


@dataclass(frozen=True, slots=True)
class Goods:
    """What is inspected."""

    order: str
    product: str
    quantity: int


@dataclass(frozen=True, slots=True)
class BookingLine:
    """A booking.

    Attributes:
        requested_on: the day of the booking, at the factory.
        earliest, latest: its window; None: not known.
        first_slot, last_slot: half-days of the announced visit (absolute); None: nothing is announced.
        follows: code of the client's request that it follows from, or "".
        price_cents: what the client pays for it; None: not agreed, or somebody else pays.
    """

    request: str
    service: str
    place: Place
    goods: Goods | None
    requested_on: dt.date
    state: State
    earliest: dt.date | None
    latest: dt.date | None
    first_slot: int | None
    last_slot: int | None
    follows: str
    price_cents: int | None


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture of a visit. `key` is that of its file."""

    key: int
    name: str
    caption: str
    size: int


@dataclass(frozen=True, slots=True)
class Finding:
    """What a visit came to; there is one where its report is released, and of a visit in vain.

    Attributes:
        outcome: "aborted" of a visit in vain, else as computed; "": not on record.
        classes: critical, major and minor, in this order.
        abort_reason, charged_cents: of a visit in vain.
        decision: what the client decided, "accepted", "rejected" or "".
        reports: names of the files with the report.
    """

    outcome: Outcome
    lot: int | None
    sample_size: int | None
    percent_made: float | None
    classes: tuple[ClassCount, ...]
    defects: tuple[DefectRow, ...]
    missing: str
    abort_reason: str
    charged_cents: int
    decision: str
    decision_note: str
    reports: tuple[str, ...]
    photos: tuple[Photo, ...]


@dataclass(frozen=True, slots=True)
class VisitLine:
    """An announced visit.

    Attributes:
        inspectors: how many come.
        names: who; empty unless the house tells clients.
        report_due: until when its report is promised; None: the end of work is not on record.
        is_late: the report went out after that, or is due and not out.
    """

    request: str
    service: str
    place: Place
    goods: Goods | None
    first_slot: int
    last_slot: int
    state: State
    inspectors: int
    names: tuple[str, ...]
    arrived_at: dt.datetime | None
    finished_at: dt.datetime | None
    report_due: dt.datetime | None
    released_at: dt.datetime | None
    is_late: bool
    finding: Finding | None

    @property
    def has_begun(self) -> bool:
        """Whether anything of it is on record; else it is only announced."""
        return self.state not in ("announced", "cancelled")


@dataclass(frozen=True, slots=True)
class ActionLine:
    """A corrective action, and the factory it is asked of."""

    row: ActionRow
    place: Place


@dataclass(frozen=True, slots=True)
class Figures:
    """A period in figures.

    Attributes:
        visits: that began in it, those in vain among them.
        kept, in_target, in_limit: promises of being on site with an arrival on record; within the target, and within
            the limit, those in the target among them.
        reports, reports_in_time: reports that are out or due by now; those in time.
        passed, failed, pending, aborted: by outcome, of what the page tells.
        critical, major, minor: defects found.
    """

    visits: int
    kept: int
    in_target: int
    in_limit: int
    reports: int
    reports_in_time: int
    passed: int
    failed: int
    pending: int
    aborted: int
    critical: int
    major: int
    minor: int


@dataclass(frozen=True, slots=True)
class Promises:
    """What the house promises: hours until on site (target and limit) and until the report."""

    target_hours: int
    limit_hours: int
    report_hours: int


@dataclass(frozen=True, slots=True)
class ClientPage:
    """One client alone, from a first to a last day.

    Attributes:
        badge: what marks a database of invented records, or "".
        figures, before: of the period, and of one as long before it.
        bookings: those visited in the period, made in it, or open; visits, actions: the latest first; open actions of
            earlier visits are among them.
    """

    client: str
    name: str
    first_day: dt.date
    last_day: dt.date
    made_at: dt.datetime
    badge: str
    promises: Promises
    figures: Figures
    before: Figures
    bookings: tuple[BookingLine, ...]
    visits: tuple[VisitLine, ...]
    actions: tuple[ActionLine, ...]

    @property
    def photos(self) -> tuple[Photo, ...]:
        """All pictures, in the order of the page."""
        return tuple(photo for visit in self.visits if visit.finding for photo in visit.finding.photos)
