"""What a place on the board means before anything is changed: is it allowed, why, and what does it cost?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from desktop.services.trade.clock import OnSite
from desktop.services.trade.completeness import Lack
from scheduler.plan import CostParts
from scheduler.problem import Mode
from scheduler.rules import Broken

LineState = Literal["ok", "warn", "bad"]


@dataclass(frozen=True, slots=True)
class VerdictLine:
    """One thing checked: its name, and how it stands, with the numbers: ("Window", "22 % made on Fri 4 Dec")."""

    state: LineState
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What putting a request somewhere would mean. Slots count from the board's first morning.

    Attributes:
        lines: everything checked, what is kept as well as what is broken.
        broken: rules that the move would newly break, by the rule engine; empty: it is allowed.
        waive: where every broken rule can be waived for this request, the rules to name; else empty.
        cost: how the plan's cost changes by part, in cents; None where the place cannot be priced.
    """

    request: str
    inspectors: tuple[str, ...]
    mode: int
    first_slot: int
    last_slot: int
    lines: tuple[VerdictLine, ...]
    broken: tuple[Broken, ...]
    waive: tuple[str, ...]
    cost: CostParts | None

    @property
    def state(self) -> LineState:
        """ok: allowed; warn: a drop asks for a reason; bad: a drop is refused."""
        if not self.broken:
            return "ok"
        return "warn" if self.waive else "bad"


@dataclass(frozen=True, slots=True)
class Offer:
    """A place where a request could go as things stand.

    Attributes:
        inspector: who it is offered with; in `inspectors` with the rest of the crew.
        cost_cents: what the plan would cost more (or, negative, less).
        late_days: days by which it would begin after it is due.
    """

    inspector: str
    first_slot: int
    mode: int
    cost_cents: int
    late_days: int
    inspectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RequestCard:
    """What is known of a request, and where a plan has it. Slots count from the board's first morning.

    Attributes:
        skill, level: what it asks of each of the crew.
        earliest: the window as planned with; None where none is known, which `no_window` explains.
        due: the day to be on site at the latest.
        requested_at: when it was booked.
        clock: until when the house wants to be on site (UTC), and `time_zone` of the factory.
        missing: what is, where the clock does not run.
        modes: how its man-days can be split.
        price_cents: entered, or (not `price_entered`) the house's price of its man-days.
        made: percent of the order made by each morning of the board; empty where no production is known.
        place: who serves it (codes, and names beside them), in which mode, from which to which half-day; None: nobody.
        broken: rules broken as the records are now, in sentences.
        reason: why the plan leaves it out, or "".
    """

    code: str
    status: str
    service: str
    client: str
    client_name: str
    factory: str
    factory_name: str
    factory_local_name: str
    address: str
    area: str
    country: str
    order: str
    product: str
    quantity: int | None
    skill: str
    level: int
    languages: tuple[str, ...]
    certificates: tuple[str, ...]
    lead: str
    earliest: dt.date | None
    latest: dt.date | None
    no_window: str
    due: dt.date | None
    requested_at: dt.datetime
    clock: OnSite
    missing: tuple[Lack, ...]
    time_zone: str
    man_days: float
    modes: tuple[Mode, ...]
    price_cents: int
    price_entered: bool
    note: str
    pinned: bool
    waived: tuple[str, ...]
    made: tuple[float, ...]
    place: Place | None
    broken: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a plan has a request; `version` is that of the visit, for a move that checks it."""

    inspectors: tuple[str, ...]
    names: tuple[str, ...]
    mode: int
    first_slot: int
    last_slot: int
    published: bool
    version: int | None
