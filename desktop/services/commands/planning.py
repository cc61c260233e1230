"""What is done with drafts and plans."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scheduler.plan import Plan


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


@dataclass(frozen=True, slots=True)
class PublishVisits:
    """Announce some requests of a draft (a day's, a person's, any); the draft stays one. It cannot be undone.

    What is announced already as the draft has it is not announced again. A request that the draft leaves out is taken
    out of force.
    """

    plan: str
    requests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RevisePlan:
    """A new draft that is a copy of what is in force, to be changed by hand, by urgent bookings or by a repair.

    None: from today to the end of the plan in force. What breaks a rule by now is left out, with the reason.
    """

    first_day: dt.date | None = None
    days: int | None = None
