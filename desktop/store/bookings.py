"""Which booking stands in the way of another: the database only says that one does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, event, select
from sqlalchemy.orm import Mapper, Session, object_session

from desktop.errors import RefusedError
from desktop.models import Assignment, Inspector, Plan, Request, Visit
from desktop.models.halfday import date_of

_INFO = "bookings"
_HINT = "Choose another time or inspector, or move the other visit first."


@dataclass(frozen=True, slots=True)
class Booking:
    """An inspector booked from one half-day to another (absolute slots, inclusive)."""

    inspector_id: int
    plan_id: int
    first_slot: int
    last_slot: int
    published: bool

    def collides(self, other: Booking) -> bool:
        """Whether the database refuses both together."""
        return (
            self.inspector_id == other.inspector_id
            and self.first_slot <= other.last_slot
            and other.first_slot <= self.last_slot
            and (self.plan_id == other.plan_id or (self.published and other.published))
        )


@event.listens_for(Assignment, "before_insert")
@event.listens_for(Assignment, "before_update")
def _remember(_mapper: Mapper[Any], _connection: Connection, record: Assignment) -> None:
    """Keep what is about to be booked: once the database has refused it, the session knows of it no more."""
    if session := object_session(record):
        session.info.setdefault(_INFO, []).append(_booking(record))


def bookings_of(session: Session) -> tuple[Booking, ...]:
    """What the session has tried to book."""
    return tuple(session.info.get(_INFO, ()))


def forget(session: Session) -> None:
    """Forget them: they were saved or given up."""
    session.info.pop(_INFO, None)


def explain(session: Session, tried: Sequence[Booking], given_up: Collection[int] = ()) -> RefusedError:
    """The error of a double booking: who, when and for what.

    Args:
        session: rolled back after the refusal.
        tried: what it has tried to book.
        given_up: keys of the assignments that it has deleted before.
    """
    if among := _collision_among(tried):
        inspector = session.get_one(Inspector, among.inspector_id)
        when = span(among.first_slot, among.last_slot)
        return RefusedError(f"{inspector.name} ({inspector.code}) is already booked {when} by the same step.", _HINT)
    for other, inspector, request, plan in _stored(session, tried):
        if other.id not in given_up and any(booking.collides(_booking(other)) for booking in tried):
            when = span(other.first_slot, other.last_slot)
            return RefusedError(
                f"{inspector.name} ({inspector.code}) is already booked {when} for {request} in plan {plan}.", _HINT
            )
    return RefusedError("An inspector is already booked at that time.", _HINT)


def span(first_slot: int, last_slot: int) -> str:
    """Half-days in words: "on Tue 1 Dec 2026, morning", "from Tue 1 Dec 2026 to Wed 2 Dec 2026, morning"."""
    first, last = _day(date_of(first_slot)), _day(date_of(last_slot))
    begins = ", afternoon" if first_slot % 2 else ""
    ends = "" if last_slot % 2 else ", morning"
    if first == last:
        return f"on {first}{begins or ends}"
    return f"from {first}{begins} to {last}{ends}"


def _day(date: dt.date) -> str:
    return f"{date:%a} {date.day} {date:%b %Y}"


def _booking(record: Assignment) -> Booking:
    return Booking(record.inspector_id, record.plan_id, record.first_slot, record.last_slot, record.published)


def _stored(session: Session, tried: Sequence[Booking]) -> Iterator[tuple[Assignment, Inspector, str, str]]:
    """The assignments of the same inspectors at about the same time, with the codes of request and plan."""
    for start in range(0, len(tried), 500):
        chunk = tried[start : start + 500]
        query = (
            select(Assignment, Inspector, Request.code, Plan.code)
            .join(Inspector, Inspector.id == Assignment.inspector_id)
            .join(Visit, Visit.id == Assignment.visit_id)
            .join(Request, Request.id == Visit.request_id)
            .join(Plan, Plan.id == Assignment.plan_id)
            .where(Assignment.inspector_id.in_({booking.inspector_id for booking in chunk}))
            .where(Assignment.last_slot >= min(booking.first_slot for booking in chunk))
            .where(Assignment.first_slot <= max(booking.last_slot for booking in chunk))
            .order_by(Assignment.id)
        )
        yield from session.execute(query)


def _collision_among(tried: Sequence[Booking]) -> Booking | None:
    ordered = sorted(tried, key=lambda booking: (booking.inspector_id, booking.first_slot))
    for place, booking in enumerate(ordered):
        for other in ordered[place + 1 :]:
            if other.inspector_id != booking.inspector_id or other.first_slot > booking.last_slot:
                break
            if booking.collides(other):
                return other
    return None
