"""The week as a board shows it: people by days, with what is planned, where they sleep and what is left out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from desktop.services.trade.completeness import Lack
from scheduler.plan import CostParts, gap_of

CellKind = Literal["work", "off", "holiday", "make-up", "leave"]


@dataclass(frozen=True, slots=True)
class BoardBar:
    """One inspector's part of a visit. Slots are half-days from the board's first morning, both ends inclusive.

    Attributes:
        crew: codes of the inspectors who make the visit together.
        mode: which of the request's modes it is.
        version: of the visit, for a move that checks it.
        broken: a rule is broken by it as the records are now, in a sentence; or "".
        comes_from_afar: an hour or more is travelled on the visit's first day before it begins.
        late_days: days by which it begins after the request is due.
        published: people act on it: it is in force, or a draft has it as it was announced.
        elsewhere: it is a fact that this plan does not decide, and counts for nothing in it: cut to the board's days.
    """

    request: str
    service: str
    factory: str
    first_slot: int
    last_slot: int
    crew: tuple[str, ...] = ()
    mode: int = 0
    version: int | None = None
    broken: str = ""
    comes_from_afar: bool = False
    late_days: int = 0
    pinned: bool = False
    published: bool = False
    started: bool = False
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One inspector.

    Attributes:
        skills: skills with their levels, best first: "garment 4".
        worked: half-days that the plan takes of him.
        available: half-days that he could give.
        cells: his calendar, one kind for each half-day.
        travel_days: days (0 is the board's first) that are spent on the way.
        nights: days after which he sleeps away from home; -1 is the eve of the board.
        languages: what he speaks.
        rate: cents of his first day of a week.
        cost: cents of his visits: work, premiums, travel and nights.
        days: days that the plan has him work.
        run: the most days in a row that he works, those before the board counted.
        broken: rules that his week breaks as the records are now, where no single visit does; or "".
    """

    inspector: str
    name: str
    local_name: str
    team: str
    home: str
    skills: tuple[str, ...]
    worked: int
    available: int
    cells: tuple[CellKind, ...]
    bars: tuple[BoardBar, ...] = ()
    travel_days: tuple[int, ...] = ()
    nights: tuple[int, ...] = ()
    languages: tuple[str, ...] = ()
    rate: int = 0
    cost: int = 0
    days: int = 0
    run: int = 0
    broken: str = ""


@dataclass(frozen=True, slots=True)
class BoardUnassigned:
    """A request that the plan leaves out, and the first of its reasons. A window's end is None where none is known.

    Attributes:
        due: the day to be on site at the latest.
        deadline: the moment until which the house wants to be on site; None: the clock does not run.
        missing: what is, in that case.
        price: cents that it brings, or None where it is not known.
        arrived: it came, or was opened again, after these days were planned: the plan does not list it.
    """

    request: str
    service: str
    factory: str
    client: str
    man_days: float
    earliest: dt.date | None
    latest: dt.date | None
    reason: str
    due: dt.date | None = None
    deadline: dt.datetime | None = None
    price: int | None = None
    arrived: bool = False
    missing: tuple[Lack, ...] = ()


@dataclass(frozen=True, slots=True)
class WeekBoard:
    """A plan as people by days. Money in cents.

    Attributes:
        badge: what marks the whole database ("Sample company"), or "".
        holidays: names of holidays by day and country: (day, country, name).
        assigned: requests served.
        late: visits that begin after they are due.
        rows: by team, then as the planner reads them.
        parts: the cost by part.
        published_until: the last day for which anything has been announced; None: nothing has.
        frozen_until: the last day whose announced visits stay as they are; None: none is frozen.
    """

    plan: str
    status: str
    first_day: dt.date
    days: int
    cost: int
    bound: int | None
    assigned: int
    late: int
    rows: tuple[BoardRow, ...]
    unassigned: tuple[BoardUnassigned, ...]
    holidays: tuple[tuple[int, str, str], ...] = ()
    badge: str = ""
    parts: CostParts = field(default_factory=CostParts)
    published_until: dt.date | None = None
    frozen_until: dt.date | None = None

    @property
    def gap(self) -> float | None:
        """The share of the cost that is not proven to be needed; None without a bound."""
        return gap_of(self.cost, self.bound)

    def date(self, day: int) -> dt.date:
        """The date of a day of the board."""
        return self.first_day + dt.timedelta(days=day)
