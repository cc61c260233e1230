"""Urgent bookings: placed in the draft in hand, kept for a while, offered, confirmed, freed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from desktop.services.commands.factories import ReportProgress
from desktop.services.commands.records import AddOrder
from desktop.services.commands.requests import AddRequest


@dataclass(frozen=True, slots=True)
class UrgentMove:
    """Another visit of the draft that moves; the slot is absolute. `version`: of the visit as it was seen."""

    request: str
    inspectors: tuple[str, ...]
    first_slot: int
    mode: int
    version: int | None = None


@dataclass(frozen=True, slots=True)
class BookUrgent:
    """Give a request a place in a draft, and move what has to move for it: one step.

    The request is stored first where it is an AddRequest, with `order` and `report` before it where they are given; an
    existing one is named by its code. It is pinned to its place. Rules are asked again.
    """

    plan: str
    request: AddRequest | str
    inspectors: tuple[str, ...]
    first_slot: int
    mode: int
    moves: tuple[UrgentMove, ...] = ()
    order: AddOrder | None = None
    report: ReportProgress | None = None


@dataclass(frozen=True, slots=True)
class HoldSlot:
    """The same, kept until a time for the client to decide; then the place is free again by itself."""

    booking: BookUrgent
    until: dt.datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class OfferHold:
    """Note that the held place has been offered to the client; `until`: it is kept so long from now on."""

    request: str
    until: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class ConfirmHold:
    """The client takes the held place: the booking stays as any other."""

    request: str


@dataclass(frozen=True, slots=True)
class ReleaseHold:
    """Free a held place; the request goes back to the inbox."""

    request: str


@dataclass(frozen=True, slots=True)
class ReleaseExpiredHolds:
    """Free every place whose time has run out. Done by the house in its own name."""
