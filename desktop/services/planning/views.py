"""A plan for those who look at it: its header, visits, people and what it leaves out, as frozen values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from desktop.services.board import CellKind
from desktop.services.settings import PlanSettings
from scheduler.plan import Reason, gap_of


@dataclass(frozen=True, slots=True)
class PlanHeader:
    """A plan in a line. Money in cents.

    Attributes:
        cost_parts: the cost by part, as scheduler.plan.CostParts names them.
        bound_cents: what no plan of the problem that was solved can cost less than; None: nothing is proven.
        assigned: requests served.
        left_out: requests that are not, those that nobody can ever serve among them.
    """

    code: str
    status: str
    first_day: dt.date
    days: int
    created_at: dt.datetime
    published_at: dt.datetime | None
    solver_status: str
    cost_cents: int
    cost_parts: Mapping[str, int]
    bound_cents: int | None
    seconds: float
    seed: int
    assigned: int
    left_out: int

    @property
    def last_day(self) -> dt.date:
        """The last day of the horizon."""
        return self.first_day + dt.timedelta(days=self.days - 1)

    @property
    def gap(self) -> float | None:
        """The share of the cost that is not proven to be needed; None without a bound."""
        return gap_of(self.cost_cents, self.bound_cents)


@dataclass(frozen=True, slots=True)
class BookingView:
    """What is known of a request that a plan serves or leaves out.

    Attributes:
        order: code of the order, or "".
        man_days: of its first mode.
        earliest: the window as planned with: entered, or from the order; None where there is none.
        due: as planned with: entered, or from the time of the booking.
    """

    code: str
    service: str
    skill: str
    level: int
    client: str
    client_name: str
    factory: str
    factory_name: str
    factory_local_name: str
    factory_address: str
    area: str
    country: str
    order: str
    product: str
    man_days: float
    earliest: dt.date | None
    latest: dt.date | None
    due: dt.date | None


@dataclass(frozen=True, slots=True)
class CrewMember:
    """Somebody who makes a visit."""

    code: str
    name: str
    local_name: str


@dataclass(frozen=True, slots=True)
class VisitView:
    """A request with its place in a plan. Slots are absolute half-days, both ends inclusive.

    Attributes:
        version: of the visit, for a move that checks it.
        late_days: days by which it begins after the request is due.
        waived: the rules that a pin lifts for it.
    """

    booking: BookingView
    inspectors: tuple[CrewMember, ...]
    mode: int
    first_slot: int
    last_slot: int
    first_day: dt.date
    last_day: dt.date
    late_days: int
    status: str
    published: bool
    pinned: bool
    waived: tuple[str, ...]
    version: int

    @property
    def request(self) -> str:
        """The request's code."""
        return self.booking.code


@dataclass(frozen=True, slots=True)
class UnassignedView:
    """A request that a plan leaves out, and why."""

    booking: BookingView
    reasons: tuple[Reason, ...]

    @property
    def request(self) -> str:
        """The request's code."""
        return self.booking.code


@dataclass(frozen=True, slots=True)
class PersonView:
    """Somebody whom a plan could take, with the calendar of its days, one kind for each half-day.

    Attributes:
        skills: skills with their levels, best first: "garment 4".
    """

    code: str
    name: str
    local_name: str
    team: str
    home: str
    country: str
    skills: tuple[str, ...]
    cells: tuple[CellKind, ...]


@dataclass(frozen=True, slots=True)
class HolidayView:
    """A day of a country's calendar that differs from the plain week: `kind` is "holiday" or "make-up"."""

    date: dt.date
    country: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan, whole.

    Attributes:
        visits: by request.
        unassigned: by request.
        people: who could be planned, by team and code.
        badge: what marks the whole database ("Sample company"), or "".
    """

    header: PlanHeader
    settings: PlanSettings
    visits: tuple[VisitView, ...]
    unassigned: tuple[UnassignedView, ...]
    people: tuple[PersonView, ...]
    holidays: tuple[HolidayView, ...]
    badge: str
