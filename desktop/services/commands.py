"""Every change that a user can ask for, as a frozen value. Codes are those that people see: R00012, I0003.

`version`, where a command has one, is that of the record its sender saw; None skips the check.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scheduler.plan import Plan
from scheduler.problem import Mode, Problem


@dataclass(frozen=True, slots=True)
class RevertChange:
    """Undo or redo one change: put every row of it back as it was before."""

    change_id: int


# -- records -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ImportRecords:
    """Store records read from a file, new ones and changed ones, as one step. Made by services.exchange."""

    label: str
    clients: tuple[Mapping[str, Any], ...] = ()
    factories: tuple[Mapping[str, Any], ...] = ()
    orders: tuple[Mapping[str, Any], ...] = ()
    requests: tuple[Mapping[str, Any], ...] = ()
    inspectors: tuple[Mapping[str, Any], ...] = ()


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


@dataclass(frozen=True, slots=True)
class EditRecord:
    """Set fields of one record: `kind` is "client", "factory", "order", "request" or "inspector"."""

    kind: str
    code: str
    values: Mapping[str, Any]
    version: int | None = None


@dataclass(frozen=True, slots=True)
class AddRequest:
    """A new booking."""

    code: str
    client: str
    factory: str
    service: str
    skill: str
    level: int
    modes: tuple[Mode, ...]
    order: str | None = None
    earliest: dt.date | None = None
    latest: dt.date | None = None
    due: dt.date | None = None
    price_cents: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class CancelRequest:
    """Take a booking back; its visit in a draft goes with it."""

    request: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class ExcludeInspector:
    """Forbid (or allow again) an inspector for a request."""

    request: str
    inspector: str
    excluded: bool = True


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
class CloseFactory:
    """A factory is closed from one day to another."""

    factory: str
    first_date: dt.date
    last_date: dt.date
    reason: str = ""


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
    | AddClient
    | EditRecord
    | AddRequest
    | CancelRequest
    | ExcludeInspector
    | RecordAbsence
    | RemoveAbsence
    | GrantPermit
    | CloseFactory
    | ReportProgress
    | ChangeSetting
    | SetCalendarDay
    | AdoptPlan
    | DiscardPlan
    | MoveVisit
    | UnassignVisit
    | PinRequest
    | UnpinRequest
    | PublishPlan
)
