"""What is given out about a day: one row for each thing that starts, is at risk, broke or was changed."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Literal, get_args

from desktop.models.halfday import date_of

Kind = Literal[
    "absent",  # somebody of the crew is away, or still elsewhere
    "closed",  # the factory is closed on a day of the visit
    "window",  # the visit lies outside the request's window
    "papers",  # a certificate, permit or skill of the crew does not last until the visit
    "rule",  # another rule: rotation, week, travel, a pin
    "forecast",  # the goods will not be in the state that is inspected
    "late",  # the visit begins after it is due
    "declined",  # inspector or factory will not have it
    "unconfirmed",  # the visit is near, and they have not answered
    "unsent",  # nobody has told them of it
    "stale",  # they were told something else
    "unheard",  # it should have begun, and nobody has said so
    "report",  # the report is due
    "action",  # a step of a corrective action is late
    "hold",  # a place that is kept runs out
    "unplaced",  # nobody has a place for the request, and its target nears
    "unannounced",  # a draft has one, and nobody knows of it
    "starts",  # a visit that begins today or tomorrow
    "news",  # somebody else has changed something overnight
]
KINDS: tuple[Kind, ...] = get_args(Kind)
QUIET: frozenset[Kind] = frozenset(("starts", "news"))
"""Kinds that nobody has to do anything about."""
JUDGED: frozenset[Kind] = frozenset(("absent", "closed", "window", "papers", "rule", "forecast", "late"))
"""Kinds that the rule engine, the forecast and the clocks find."""
UNASKED: frozenset[Kind] = frozenset(("report", "action", "hold", "unplaced", "unannounced", "news"))
"""Kinds about which nobody is asked whether he comes: the visit is over, or not announced."""

BROKEN: frozenset[Kind] = frozenset(("absent", "closed", "window", "papers", "rule", "declined", "unheard"))
"""Kinds of visits that will not be as announced unless somebody does something."""
AT_RISK: frozenset[Kind] = frozenset(("forecast", "late", "unconfirmed", "unsent", "stale"))
"""Kinds of visits that may not be as announced."""

Answer = Literal["untold", "told", "confirmed", "declined"]
Way = Literal[
    "repair",  # let the solver mend the plan
    "board",  # look at it on the board
    "request",  # look at the request
    "call people",  # by phone
    "call factory",
    "send",  # notices: the page Dispatch
    "publish",  # announce what the draft has
    "arrived",  # record that somebody is on site
    "visit",  # record what came of it: the page Visits
    "place",  # find a place: the page Urgent
]


class Stake(IntEnum):
    """What is lost where nobody does anything: what can still be saved comes first, what is owed for long last."""

    TODAY = 0  # a visit of today that will not be as announced
    TODAY_AT_RISK = 1
    TOMORROW = 2
    TOMORROW_AT_RISK = 3
    WAITING = 4  # a target, a place that is kept, a visit of a later day
    MISSED = 5  # a target of an earlier day
    REPORT = 6  # one that can still be in time
    REPORT_LATE = 7
    ACTION = 8
    NOTHING = 9  # there is nothing to do


@dataclass(frozen=True, slots=True)
class Person:
    """One of a crew. `phone` as it is on record, to be masked where it is shown."""

    code: str
    name: str
    phone: str
    answer: Answer = "untold"


@dataclass(frozen=True, slots=True)
class About:
    """The request that a row is about, its client and its factory.

    Attributes:
        zone: of the factory, by whose clocks its days are told.
    """

    request: str
    service: str
    client: str
    client_name: str
    factory: str
    factory_name: str
    factory_local_name: str
    contact: str
    phone: str
    area: str
    zone: dt.tzinfo


@dataclass(frozen=True, slots=True)
class TodayRow:
    """One thing to know, and mostly to do something about.

    Attributes:
        key: the same in a later reading: the same thing.
        until: when it is too late, or when it begins (UTC); of news when it happened.
        about: None where it is about many requests (`requests`), or about none.
        plan: code of the plan that has the visit, or "".
        first_slot, last_slot: of the visit, absolute half-days; None where there is none.
        people: the crew.
        factory_answer: whether the factory knows of the visit and agrees.
        cause: why it is here, in plain words.
        ways: what can be done, the first is what mostly helps.
        requests: codes that it stands for.
        is_mine: whoever reads has entered or changed the request.
        who: of news, who did it.
        zone: by whose clocks its days are told, where it is about several requests.
    """

    key: str
    kind: Kind
    until: dt.datetime
    about: About | None
    cause: str
    ways: tuple[Way, ...] = ()
    plan: str = ""
    first_slot: int | None = None
    last_slot: int | None = None
    people: tuple[Person, ...] = ()
    factory_answer: Answer = "untold"
    requests: tuple[str, ...] = ()
    is_mine: bool = False
    who: str = ""
    zone: dt.tzinfo | None = None

    @property
    def request(self) -> str:
        """The code of the request, or "" where it is about several or none."""
        return "" if self.about is None else self.about.request

    @property
    def is_to_do(self) -> bool:
        """Whether somebody has to do something about it."""
        return self.kind not in QUIET

    @property
    def has_answers(self) -> bool:
        """Whether it matters what inspectors and factory have answered."""
        return self.kind not in UNASKED and self.first_slot is not None

    @property
    def day(self) -> dt.date | None:
        """The first day of the visit."""
        return None if self.first_slot is None else date_of(self.first_slot)

    def hours_left(self, now: dt.datetime) -> float:
        """Hours until it is too late; negative where it is."""
        return (self.until - now).total_seconds() / 3600

    def stake(self, now: dt.datetime) -> Stake:
        """What is at stake at a moment."""
        if self.kind in QUIET:
            return Stake.NOTHING
        if self.kind == "action":
            return Stake.ACTION
        if self.kind == "report":
            return Stake.REPORT if self.until >= now else Stake.REPORT_LATE
        if self.kind not in BROKEN | AT_RISK:
            return Stake.MISSED if self._days_off(None, now) < 0 else Stake.WAITING
        days = self._days_off(self.day, now)
        if days > 1:
            return Stake.WAITING
        found = Stake.TOMORROW if days == 1 else Stake.TODAY
        return found if self.kind in BROKEN else Stake(found + 1)

    def is_for_today(self, now: dt.datetime) -> bool:
        """Whether it is to be done before the day is over; what has been owed for longer is not counted."""
        stake = self.stake(now)
        if stake in (Stake.REPORT, Stake.REPORT_LATE):
            return self._days_off(None, now) == 0
        if stake == Stake.WAITING:
            return self.kind not in BROKEN | AT_RISK and self._days_off(None, now) <= 1
        return stake < Stake.WAITING

    def _days_off(self, day: dt.date | None, now: dt.datetime) -> int:
        """Days from today to a day, or (None) to that of `until`, by the clocks of the factory."""
        zone = self.zone if self.about is None else self.about.zone
        return ((day or self.until.astimezone(zone).date()) - now.astimezone(zone).date()).days


@dataclass(frozen=True, slots=True)
class Today:
    """A moment of a house, the most urgent first.

    Attributes:
        now: the moment.
        evening: since when changes count as made overnight.
        starts: how many visits begin today and tomorrow, by the clocks of their factories.
    """

    now: dt.datetime
    evening: dt.datetime
    rows: tuple[TodayRow, ...] = ()
    starts: tuple[int, int] = (0, 0)

    def with_judged(self, judged: Iterable[TodayRow]) -> Today:
        """The same with what cannot be as announced, in place of what was known of that."""
        mine = {row.request for row in self.rows if row.is_mine}
        kept = (row for row in self.rows if row.kind not in JUDGED)
        judged = (replace(row, is_mine=row.request in mine) for row in judged)
        return replace(self, rows=in_order((*kept, *judged), self.now))

    @property
    def counts(self) -> Mapping[Kind, int]:
        """How many rows there are of each kind."""
        return Counter(row.kind for row in self.rows)

    @property
    def to_do(self) -> int:
        """How many things somebody has to do something about."""
        return sum(row.is_to_do for row in self.rows)

    @property
    def for_today(self) -> int:
        """How many of them are to be done before the day is over."""
        return sum(row.is_for_today(self.now) for row in self.rows)


def in_order(rows: Iterable[TodayRow], now: dt.datetime) -> tuple[TodayRow, ...]:
    """What is most at stake at a moment first; of that what has least time left, at the same moment the worst kind."""
    return tuple(sorted(rows, key=lambda row: (row.stake(now), row.until, KINDS.index(row.kind), row.key)))
