"""The draft that an urgent booking goes into, begun where there is none."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from desktop.models import Plan, Request
from desktop.services.changes import Outcome
from desktop.services.commands import BookUrgent, HoldSlot, PublishVisits, RevisePlan
from desktop.services.urgent.opening import draft_for

if TYPE_CHECKING:
    from desktop.services.bus import Desk  # which knows the handlers of this package


def in_draft(desk: Desk, booking: BookUrgent, first_day: dt.date, days: int) -> BookUrgent:
    """A booking in a draft: in its own, else in a copy of what is in force for the days in which it was sought.

    The copy is a step of its own. Where somebody else has begun a draft since, that one is taken: what he keeps in it
    is kept from this booking too.

    Raises:
        RefusedError, BadInputError: as from RevisePlan.
    """
    if booking.plan:
        return booking
    with desk.store.session() as session:
        begun = draft_for(session, desk.clock.now().astimezone().date())
    if begun is not None:
        return replace(booking, plan=begun)
    outcome = desk.handle(RevisePlan(first_day, days))
    with desk.store.session() as session:
        code = session.scalars(select(Plan.code).where(Plan.id.in_(outcome.changes.rows["plan"]))).one()
    return replace(booking, plan=code)


def announced(desk: Desk, done: BookUrgent | HoldSlot, outcome: Outcome) -> Outcome:
    """Announce what was booked just now, and what moved for it: a step of its own, which cannot be undone.

    Raises:
        RefusedError: as from PublishVisits; the booking stays.
    """
    booking = done.booking if isinstance(done, HoldSlot) else done
    return desk.handle(
        PublishVisits(booking.plan, (code_of(desk, booking, outcome), *(move.request for move in booking.moves)))
    )


def code_of(desk: Desk, booking: BookUrgent, outcome: Outcome) -> str:
    """The code under which a booking was stored: where the one it asked for was taken meanwhile, another."""
    if isinstance(booking.request, str):
        return booking.request
    with desk.store.session() as session:
        keys = outcome.changes.rows["request"]
        codes = session.scalars(select(Request.code).where(Request.id.in_(keys)).order_by(Request.id.desc())).all()
    return codes[0]
