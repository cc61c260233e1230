"""The planning problem as frozen values.

Field for field what `inspection-planning/1` says (docs/planning-problem.md): money in integer US cents, travel time
in integer minutes, half-day slots numbered from the horizon's first morning (`2d` is the morning of day `d`).
Nothing here is checked beyond its type: `wire` reads, `validate` judges.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Waiver = Literal["window", "site", "availability", "eligibility", "rotation"]
WAIVERS: tuple[Waiver, ...] = ("window", "site", "availability", "eligibility", "rotation")


@dataclass(frozen=True, slots=True)
class Horizon:
    """The days that are planned: `days` (1 to 28) from `start` on."""

    start: dt.date
    days: int

    @property
    def end(self) -> dt.date:
        """The last day planned."""
        return self.date(self.days - 1)

    def date(self, day: int) -> dt.date:
        """The date of a day number; negative numbers lie before the horizon."""
        return self.start + dt.timedelta(days=day)

    def day(self, date: dt.date) -> int:
        """The day number of a date; may lie outside `0 ... days - 1`."""
        return (date - self.start).days


@dataclass(frozen=True, slots=True)
class TravelMode:
    """A way to travel: offered where `min_km <= km <= max_km` and both ends lie in `countries` (None: any)."""

    name: str
    countries: tuple[str, ...] | None
    min_km: float
    max_km: float | None
    fixed_minutes: float
    kmh: float
    fixed_cost: float
    cost_per_km: float


@dataclass(frozen=True, slots=True)
class Travel:
    """How distance becomes minutes and cents; `detour` multiplies the great circle."""

    detour: float
    time_cost_per_hour: float
    modes: tuple[TravelMode, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """The longest leg of each use in minutes, and the most nights of one gap spent away."""

    midday: int
    morning: int
    evening: int
    relocate: int
    free_day: int
    away_nights: int


@dataclass(frozen=True, slots=True)
class Rotation:
    """At most `max_visits` of one inspector to one site within `within_days` (history) plus the plan."""

    max_visits: int
    within_days: int


@dataclass(frozen=True, slots=True)
class Site:
    """A factory as the solver sees it. `area` names what permits are given for."""

    id: str
    lat: float
    lon: float
    country: str
    area: str
    closed: frozenset[dt.date] = frozenset()


@dataclass(frozen=True, slots=True)
class WorkedBefore:
    """What was worked up to the eve of the horizon: days of its calendar week, and the run of days that ends there."""

    days_this_week: int = 0
    consecutive_days: int = 0


@dataclass(frozen=True, slots=True)
class Start:
    """Where and from which slot the planner has an inspector; `worked_days` (day numbers) count as worked."""

    slot: int
    lat: float
    lon: float
    country: str
    worked_days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Inspector:
    """A person: home, what they may do, when, and at what price.

    Attributes:
        works_in: area to the last date of the permit (None: no end).
        available: one flag a slot, `2 * days` long.
        may_travel: the eve of the horizon, each day, the day after: `days + 2` long.
        day_costs: cents of the 1st, 2nd, ... day worked in a calendar week; its length is the most days of a week.
        day_premiums: cents on top for work on each date, `days` long.
    """

    id: str
    lat: float
    lon: float
    country: str
    works_in: Mapping[str, dt.date | None]
    services: tuple[str, ...]
    skills: Mapping[str, int]
    languages: tuple[str, ...]
    certificates: Mapping[str, dt.date]
    available: tuple[bool, ...]
    may_travel: tuple[bool, ...]
    day_costs: tuple[int, ...]
    day_premiums: tuple[int, ...]
    night_cost: int
    travel_day_cost: int
    max_consecutive_days: int
    worked_before: WorkedBefore = WorkedBefore()
    start: Start | None = None


@dataclass(frozen=True, slots=True)
class Mode:
    """A way to split the man-days: `crew` inspectors for `half_days` consecutive slots."""

    crew: int
    half_days: int

    @property
    def man_days(self) -> float:
        """Man-days that the mode takes in all."""
        return self.crew * self.half_days / 2


@dataclass(frozen=True, slots=True)
class Lead:
    """What at least one of the crew must have."""

    level: int
    languages: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pin:
    """What the planner has fixed of a request; None leaves it open. `inspectors` is the whole crew."""

    inspectors: tuple[str, ...] | None = None
    start_slot: int | None = None
    mode: int | None = None
    waive: frozenset[Waiver] = frozenset()


@dataclass(frozen=True, slots=True)
class Request:
    """A booking: where, what it needs, when it may be served, and what it costs to be late or to leave it."""

    id: str
    site: str
    service: str
    skill: str
    level: int
    modes: tuple[Mode, ...]
    earliest: dt.date
    latest: dt.date
    due: dt.date
    late_cost: int
    unserved_cost: int
    languages: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()
    lead: Lead | None = None
    excluded: frozenset[str] = frozenset()
    affinity: Mapping[str, int] = field(default_factory=dict)
    pin: Pin | None = None


@dataclass(frozen=True, slots=True)
class PastVisit:
    """A visit made before the horizon; counts for rotation."""

    inspector: str
    site: str
    date: dt.date


@dataclass(frozen=True, slots=True)
class Announcement:
    """What has been announced of a request, and what it costs in cents to take back."""

    inspectors: tuple[str, ...]
    start_slot: int
    inspector_cost: int
    day_cost: int
    drop_cost: int


@dataclass(frozen=True, slots=True)
class Problem:
    """One planning problem, whole."""

    horizon: Horizon
    travel: Travel
    limits: Limits
    rotation: Rotation
    sites: tuple[Site, ...]
    inspectors: tuple[Inspector, ...]
    requests: tuple[Request, ...]
    history: tuple[PastVisit, ...] = ()
    published: Mapping[str, Announcement] = field(default_factory=dict)
