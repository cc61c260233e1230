"""A request in a line of the list: what is booked, until when, how far its goods are, and where it stands now."""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast

from desktop.models.halfday import date_of
from desktop.services.trade.clock import OnSite
from desktop.services.trade.completeness import Lack
from scheduler.plan import Reason

Status = Literal["new", "ready", "unassigned", "planned", "published", "done", "cancelled"]
STATUSES: tuple[Status, ...] = ("new", "ready", "unassigned", "planned", "published", "done", "cancelled")
"""In the order of a booking's life. `unassigned`: ready, and the plan in hand has no place for it."""

OPEN_STATUSES: frozenset[Status] = frozenset(("new", "ready", "unassigned", "planned", "published"))

RiskKind = Literal[
    "past_window", "outside", "late", "overdue", "not_placed", "no_slot", "no_window", "incomplete", "window_ends"
]
RISKS: tuple[RiskKind, ...] = (
    "past_window", "outside", "late", "overdue", "not_placed", "no_slot", "no_window", "incomplete", "window_ends",
)  # fmt: skip
"""From the worst on. The last three are warnings, the others break something."""
WARNINGS: frozenset[RiskKind] = frozenset(("no_window", "incomplete", "window_ends"))

ENDS_SOON = dt.timedelta(days=2)


@dataclass(frozen=True, slots=True)
class FactoryRef:
    """A factory as a list names it. `placed`: its coordinates are known; `zone` is where its clock is."""

    code: str
    name: str
    local_name: str
    area: str
    country: str
    zone: dt.tzinfo
    placed: bool


@dataclass(frozen=True, slots=True)
class Made:
    """How much of an order is made, in percent.

    Attributes:
        now: by this morning.
        at_visit: in the middle of the first day of the planned visit; None where none is planned.
        low: at the beginning of the window; for a DUPRO the least share at which it may visit.
        high: at its end.
        packed: by the morning of the planned visit, where too little is packed for the service.
        lot: of which a DUPRO draws, on the day of the planned visit, else on the first that the window leaves; None
            without a window.
        outside: on the first day of the planned visit the goods are not in the state that the service looks at.
    """

    now: float
    at_visit: float | None
    low: float
    high: float
    outside: bool = False
    packed: float | None = None
    lot: float | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """What is drawn of the finished goods: the code letter of the largest sample, and its pieces."""

    letter: str
    pieces: int


@dataclass(frozen=True, slots=True)
class Place:
    """Who visits, when, by which plan. Slots are absolute half-days."""

    plan: str
    published: bool
    visit_id: int
    first_slot: int
    last_slot: int
    first_day: dt.date
    people: tuple[str, ...]
    status: str


@dataclass(frozen=True, slots=True)
class Week:
    """Which week of longer monitoring a request is: `number` of `weeks`, from 1; `series` is the first one's code."""

    series: str
    number: int
    weeks: int


@dataclass(frozen=True, slots=True)
class Risk:
    """A fact that endangers a request. Which of the others is given depends on the kind.

    Attributes:
        day: the day meant: of the visit, or on which the window ends or ended.
        percent: made at the visit, where the goods are not as they should be then; None: it lies outside the window.
        days: by which the visit begins late.
        packed: percent packed at the visit, where all is made and too little of it is packed.
    """

    kind: RiskKind
    day: dt.date | None = None
    percent: float | None = None
    days: int = 0
    packed: float | None = None

    @property
    def is_warning(self) -> bool:
        """Whether something may go wrong, rather than is wrong."""
        return self.kind in WARNINGS


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request. Money in cents; times are aware.

    Attributes:
        version: for a change that checks it.
        order: code of the order, or "".
        man_days: of its first mode; `modes` is how many it has.
        earliest: the window, entered or following from the order; None where there is none.
        window_entered: the window is entered, it does not follow.
        window_missing: why there is no window, in words, or "".
        due: the day to be on site, as planned with.
        target: the moment until which that is; None where it no longer matters, or the clock does not run.
        price_entered: the price is the request's own, not the house's for its man-days.
        place: in the draft in hand, else as published.
        reasons: why the draft in hand leaves it out.
        pin_id: key of the pin, where it is pinned.
        unassigned_id: key of the record that leaves it out.
        clock: its on-site clock; None where that no longer matters.
        missing: why that does not run.
        sample: None where none is drawn, or the lot is not known.
        week: of monitoring that lasts longer than one; None for others.
    """

    id: int
    code: str
    version: int
    received: dt.datetime
    client: str
    client_name: str
    factory: FactoryRef
    order: str
    order_id: int | None
    service: str
    skill: str
    level: int
    record_status: str
    man_days: float
    modes: int
    earliest: dt.date | None
    latest: dt.date | None
    window_entered: bool
    window_missing: str
    due: dt.date | None
    target: dt.datetime | None
    made: Made | None
    price_cents: int
    price_entered: bool
    place: Place | None
    reasons: tuple[Reason, ...]
    note: str
    pin_id: int | None = None
    unassigned_id: int | None = None
    clock: OnSite | None = None
    missing: tuple[Lack, ...] = ()
    week: Week | None = None
    sample: Sample | None = None

    @property
    def pinned(self) -> bool:
        """Whether the planner has fixed something of it."""
        return self.pin_id is not None

    @property
    def status(self) -> Status:
        """Where it stands: its record's status, refined by the draft in hand."""
        if self.record_status != "ready":
            return cast(Status, self.record_status)  # the database keeps it among these
        if self.place is not None:
            return "planned"
        return "unassigned" if self.reasons else "ready"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to go there."""
        return self.status in OPEN_STATUSES

    def hours_left(self, now: dt.datetime) -> float | None:
        """Hours until it should be on site, negative after; None where that no longer matters."""
        return None if self.target is None else (self.target - now).total_seconds() / 3600

    def today(self, now: dt.datetime) -> dt.date:
        """The date at its factory."""
        return now.astimezone(self.factory.zone).date()

    def risks(self, now: dt.datetime) -> tuple[Risk, ...]:
        """What endangers it, the worst first; nothing of a closed one."""
        if not self.is_open:
            return ()
        found = (*self._risks_of_place(), *self._risks_of_window(self.today(now)))
        if self.place is None and self.target is not None and self.target < now:
            found = (*found, Risk("overdue", self.due))
        return tuple(sorted(found, key=lambda risk: RISKS.index(risk.kind)))

    def _risks_of_place(self) -> tuple[Risk, ...]:
        found = []
        place, made = self.place, self.made
        if place is not None and made is not None and made.outside:
            found.append(Risk("outside", place.first_day, made.at_visit, packed=made.packed))
        elif place is not None and not self._holds(place):
            found.append(Risk("outside", place.first_day))
        if place is not None and self.due is not None and place.first_day > self.due:
            found.append(Risk("late", place.first_day, days=(place.first_day - self.due).days))
        if not self.factory.placed:
            found.append(Risk("not_placed"))
        if place is None and self.reasons:
            found.append(Risk("no_slot"))
        return tuple(found)

    def _holds(self, place: Place) -> bool:
        """Whether its window, as far as it is known, holds a visit."""
        if self.earliest is None or self.latest is None:
            return True
        return self.earliest <= place.first_day and date_of(place.last_slot) <= self.latest

    def _risks_of_window(self, today: dt.date) -> tuple[Risk, ...]:
        lacks = (Risk("incomplete"),) if self.missing else ()
        if self.latest is None:
            return (Risk("no_window"), *lacks)
        if self.place is not None:
            return lacks
        if self.latest < today:
            return (Risk("past_window", self.latest), *lacks)
        return (Risk("window_ends", self.latest), *lacks) if self.latest - today <= ENDS_SOON else lacks


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Text to search and sort by: no case, no marks: "Đồng Nai" is found by "dong nai", 中文 by itself."""
    return fold_once(text)


def fold_once(text: str) -> str:
    """The same for a text that does not come again."""
    if text.isascii():
        return text.lower()
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return plain.lower().replace("đ", "d")
