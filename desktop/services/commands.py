"""Every change that a user can ask for, as a frozen value. Codes are those that people see: R00012, I0003.

`version`, where a command has one, is that of the record its sender saw; None skips the check.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop.services.trade.protocols import ClientItem
from scheduler.plan import Plan
from scheduler.problem import Mode, Problem


@dataclass(frozen=True, slots=True)
class RevertChange:
    """Undo or redo one change: put every row of it back as it was before."""

    change_id: int


# -- records -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ImportRecords:
    """Store records read from a file, new ones and changed ones, as one step. Made by services.exchange.

    `rows` holds, by kind of sheet, the fields of each record: all that a new one needs, or those that change.
    """

    label: str
    rows: Mapping[str, tuple[Mapping[str, Any], ...]]


@dataclass(frozen=True, slots=True)
class SaveImportProfile:
    """Remember how files of a shape are read, under a name; an older one of that name is replaced.

    `kind` is that of a sheet; `mapping` is JSON, made by services.exchange.foreign.
    """

    name: str
    kind: str
    mapping: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """Store a planning problem file: its sites, people, requests and all that they say."""

    problem: Problem
    label: str


@dataclass(frozen=True, slots=True)
class AddClient:
    """A new client."""

    code: str
    name: str
    contact: str = ""
    email: str = ""
    country: str = ""
    clock_in_working_hours: bool = False


@dataclass(frozen=True, slots=True)
class AddFactory:
    """A new factory. An empty `time_zone` is that of the country.

    Without `lat` and `lon` it is placed by its address where that leaves no doubt; else it has no place yet.
    """

    code: str
    name: str
    area: str
    country: str
    time_zone: str = ""
    local_name: str = ""
    address: str = ""
    contact: str = ""
    phone: str = ""
    lat: float | None = None
    lon: float | None = None
    precision: str = "none"
    closed_weekdays: tuple[int, ...] = ()
    closes_on_holidays: bool = True


@dataclass(frozen=True, slots=True)
class AddOrder:
    """A new order of a client at a factory."""

    code: str
    client: str
    factory: str
    quantity: int
    product: str = ""
    description: str = ""
    production_start: dt.date | None = None
    daily_rate: float | None = None
    ready_date: dt.date | None = None
    product_group: str = ""
    variants: int = 1
    is_new_product: bool = False
    value_cents: int | None = None
    standards: tuple[str, ...] = ()
    golden_sample: str = ""
    specifications: str = ""
    packing: str = ""


@dataclass(frozen=True, slots=True)
class AddInspector:
    """A new person of the roster; `permits` and `certificates` map to the last valid day."""

    code: str
    name: str
    lat: float
    lon: float
    country: str
    services: tuple[str, ...]
    skills: Mapping[str, int]
    day_costs_cents: tuple[int, ...]
    night_cost_cents: int
    travel_day_cost_cents: int
    languages: tuple[str, ...] = ()
    certificates: Mapping[str, dt.date] = field(default_factory=dict)
    permits: Mapping[str, dt.date | None] = field(default_factory=dict)
    local_name: str = ""
    phone: str = ""
    email: str = ""
    team: str = ""
    home_address: str = ""
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    works_on_holidays: bool = False
    travels_on_rest_days: bool = False
    weekend_premium_cents: int = 0
    holiday_premium_cents: int = 0
    max_consecutive_days: int = 6
    active: bool = True


@dataclass(frozen=True, slots=True)
class EditRecord:
    """Set fields of one record: `kind` is "client", "factory", "order", "request" or "inspector".

    Fields are named as in the Add commands; a reference is the code of the other record. Text is turned into the
    field's type. An inspector's `skills`, `certificates` and `permits` replace the whole map.
    """

    kind: str
    code: str
    values: Mapping[str, Any]
    version: int | None = None


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
class RecordAbsence:
    """An inspector cannot work from one half-day to another (absolute slots, inclusive)."""

    inspector: str
    first_slot: int
    last_slot: int
    kind: str = "leave"
    note: str = ""


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


@dataclass(frozen=True, slots=True)
class CloseFactory:
    """A factory is closed from one day to another."""

    factory: str
    first_date: dt.date
    last_date: dt.date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OpenFactory:
    """A factory works from one day to another after all: closures that reach into these days are cut."""

    factory: str
    first_date: dt.date
    last_date: dt.date


@dataclass(frozen=True, slots=True)
class MergeFactories:
    """Two records are one factory: what names `merged` names `kept` from now on, and `merged` becomes an old code."""

    kept: str
    merged: str


@dataclass(frozen=True, slots=True)
class SetProductionWindow:
    """The share of an order, in percent made, between which a DUPRO may visit; both percents None: as the house's.

    Of a client, of a product, of both, or (both None) of the house.
    """

    client: str | None
    product: str | None
    from_percent: float | None
    to_percent: float | None


@dataclass(frozen=True, slots=True)
class SetClientRate:
    """What a man-day is sold for, in cents of a currency; `cents` None: no rate of its own any more.

    Of a client, a service, a country, an area, or several of them; all None: of the house.
    """

    cents: int | None
    currency: str = "USD"
    client: str | None = None
    service: str | None = None
    country: str | None = None
    area: str | None = None


@dataclass(frozen=True, slots=True)
class SetExchangeRate:
    """How many units of a currency a US dollar buys from a day on; None: nothing is said of that day any more."""

    currency: str
    date: dt.date
    units_per_dollar: float | None


@dataclass(frozen=True, slots=True)
class ReportProgress:
    """What share of an order is made and packed on a day, in percent."""

    order: str
    reported_on: dt.date
    percent_made: float
    percent_packed: float = 0.0
    source: str = ""


@dataclass(frozen=True, slots=True)
class ChangeSetting:
    """Set a house setting by name; None takes it back to the default."""

    name: str
    value: Any


@dataclass(frozen=True, slots=True)
class StoreChecklist:
    """What a client wants checked beside the house's protocol, of a product group and a service ("": of every one).

    A list that says something new becomes the next revision; without items it is given up. `source` says where it
    came from, such as a file's name.
    """

    client: str
    items: tuple[ClientItem, ...]
    product_group: str = ""
    service: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class SetCalendarDay:
    """Make a date a holiday or a make-up working day of a country, or (kind None) an ordinary day."""

    country: str
    date: dt.date
    kind: str | None
    name: str = ""
    provisional: bool = False


# -- planning ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AdoptPlan:
    """Keep a plan that the solver has made, as a draft: one step however many visits it has.

    `settings` is a PlanSettings as JSON; `digest` names the problem that was solved.
    """

    plan: Plan
    settings: Mapping[str, Any]
    digest: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class DiscardPlan:
    """Give a draft up."""

    plan: str


@dataclass(frozen=True, slots=True)
class MoveVisit:
    """Give a request of a draft a place by hand: who, when, in which mode. None keeps what it has.

    Places an unassigned request too. The move is pinned. A rule that it breaks refuses it, unless it is named in
    `waive` (scheduler.problem.WAIVERS), with a reason.
    """

    plan: str
    request: str
    inspectors: tuple[str, ...] | None = None
    first_slot: int | None = None
    mode: int | None = None
    waive: tuple[str, ...] = ()
    reason: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class UnassignVisit:
    """Take a request out of a draft."""

    plan: str
    request: str


@dataclass(frozen=True, slots=True)
class PinRequest:
    """Fix what a draft says of a request: its people, its start, or both."""

    plan: str
    request: str
    people: bool = True
    start: bool = True


@dataclass(frozen=True, slots=True)
class UnpinRequest:
    """Let the planner decide again."""

    request: str


@dataclass(frozen=True, slots=True)
class PublishPlan:
    """Announce a draft: people act on it from now on, and it cannot be undone."""

    plan: str


Command = (
    RevertChange
    | ImportRecords
    | ImportProblem
    | SaveImportProfile
    | AddClient
    | AddFactory
    | AddOrder
    | AddInspector
    | EditRecord
    | AddRequest
    | CancelRequest
    | SplitMonitoring
    | ExcludeInspector
    | SetAffinity
    | RecordAbsence
    | RemoveAbsence
    | GrantPermit
    | RevokePermit
    | SetDayException
    | CloseFactory
    | OpenFactory
    | MergeFactories
    | SetProductionWindow
    | SetClientRate
    | SetExchangeRate
    | ReportProgress
    | ChangeSetting
    | SetCalendarDay
    | StoreChecklist
    | AdoptPlan
    | DiscardPlan
    | MoveVisit
    | UnassignVisit
    | PinRequest
    | UnpinRequest
    | PublishPlan
)
