"""Places kept free for a while: who keeps what until when."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import BadInputError, RefusedError
from desktop.models import Assignment, Client, Factory, Inspector, Plan, Request, SlotHold, Visit
from desktop.models.holding import ACTIVE
from desktop.services.changes import Step
from desktop.services.commands import BookUrgent, ConfirmHold, HoldSlot, OfferHold, ReleaseExpiredHolds, ReleaseHold
from desktop.services.editing.requests import price_again
from desktop.services.lookup import plan_by_code, request_by_code
from desktop.services.planning.reading import Source, reading
from desktop.services.urgent.booking import placed
from desktop.services.words import spell_list, spell_time
from desktop.services.work import Work


@dataclass(frozen=True, slots=True)
class HoldView:
    """A place that is kept. Slots are absolute half-days.

    Attributes:
        state: "held" or "offered".
        until: UTC.
        by: who keeps it.
    """

    request: str
    service: str
    client_name: str
    factory_name: str
    plan: str
    inspectors: tuple[str, ...]
    names: tuple[str, ...]
    first_slot: int
    last_slot: int
    state: str
    held_at: dt.datetime
    until: dt.datetime
    by: str
    note: str

    def minutes_left(self, now: dt.datetime) -> int:
        """Whole minutes that are left; 0 when its time has come."""
        return max(0, int((self.until - now).total_seconds() // 60))


def holds(source: Source, now: dt.datetime) -> tuple[HoldView, ...]:
    """What is held and has not run out, by the time at which it will."""
    query = (
        select(SlotHold, Request, Client.name, Factory.name, Plan.code, Visit)
        .join(Request, Request.id == SlotHold.request_id)
        .join(Client, Client.id == Request.client_id)
        .join(Factory, Factory.id == Request.factory_id)
        .join(Plan, Plan.id == SlotHold.plan_id)
        .join(Visit, (Visit.plan_id == SlotHold.plan_id) & (Visit.request_id == SlotHold.request_id))
        .where(SlotHold.state.in_(ACTIVE), SlotHold.until > now)
        .order_by(SlotHold.until, Request.code)
    )
    with reading(source) as session:
        rows = session.execute(query).all()
        crews: dict[int, list[tuple[str, str]]] = defaultdict(list)
        people = (
            select(Assignment.visit_id, Inspector.code, Inspector.name)
            .join(Inspector, Inspector.id == Assignment.inspector_id)
            .where(Assignment.visit_id.in_([visit.id for *_, visit in rows]))
            .order_by(Inspector.code)
        )
        for key, code, name in session.execute(people):
            crews[key].append((code, name))
        return tuple(
            HoldView(
                request=request.code,
                service=request.service,
                client_name=client,
                factory_name=factory,
                plan=plan,
                inspectors=tuple(code for code, _ in crews[visit.id]),
                names=tuple(name for _, name in crews[visit.id]),
                first_slot=visit.first_slot,
                last_slot=visit.last_slot,
                state=hold.state,
                held_at=hold.held_at,
                until=hold.until,
                by=hold.held_by,
                note=hold.note,
            )
            for hold, request, client, factory, plan, visit in rows
        )


# -- commands ----------------------------------------------------------------------------------------------------------


def hold_slot(work: Work, command: HoldSlot) -> Step:
    """Book an urgent request and keep its place until a time.

    Raises:
        BadInputError: that time is over. As `placed` besides.
        RefusedError: the request is held already.
    """
    session = work.session
    if command.until <= work.now:
        raise BadInputError(
            f"A place cannot be held until {spell_time(command.until)}: that is over.", "Give a later time."
        )
    _check_has_no_place(session, command.booking)
    request, where, told = placed(work, command.booking)
    plan = plan_by_code(session, command.booking.plan)
    hold = _hold_of(session, request)
    if hold is not None and hold.state in ACTIVE:
        raise RefusedError(
            f"{request.code} is held by {hold.held_by} until {spell_time(hold.until)}.", "Release that first."
        )
    if hold is None:
        hold = SlotHold(request_id=request.id)
        session.add(hold)
    hold.plan_id, hold.state, hold.held_at, hold.held_by = plan.id, "held", work.now, work.actor
    hold.until, hold.note = command.until, command.note.strip()
    said = f"The place is kept until {spell_time(command.until)}, then it is free again."
    return Step(f"Hold {request.code} with {where}", (said, *told))


def _check_has_no_place(session: Session, booking: BookUrgent) -> None:
    """Refuse to hold a place for what has one: when the time is over it would have none."""
    if isinstance(booking.request, str):
        request = request_by_code(session, booking.request)
        placed_in = select(Plan.code).join(Visit, Visit.plan_id == Plan.id).where(Visit.request_id == request.id)
        here = (Plan.code == booking.plan) | Visit.published
        hold = _hold_of(session, request)
        code = session.scalars(placed_in.where(here, Visit.status != "cancelled").limit(1)).first()
        if code is not None and (hold is None or hold.state not in ACTIVE):
            raise RefusedError(f"{request.code} has a place already, in {code}.", "Book it at the other place instead.")


def offer_hold(work: Work, command: OfferHold) -> Step:
    """Note that a held place has been offered. Raises RefusedError where it is not held any more."""
    hold = _active(work, command.request)
    if command.until is not None:
        if command.until <= work.now:
            raise BadInputError(f"{spell_time(command.until)} is over.", "Give a later time, or none.")
        hold.until = command.until
    hold.state = "offered"
    return Step(f"Offer the place of {command.request}", (f"It is kept until {spell_time(hold.until)}.",))


def confirm_hold(work: Work, command: ConfirmHold) -> Step:
    """Keep a held place for good. Raises RefusedError where it is not held any more."""
    _active(work, command.request).state = "confirmed"
    return Step(f"Confirm the place of {command.request}")


def release_hold(work: Work, command: ReleaseHold) -> Step:
    """Free a held place. Raises RefusedError where it is not held any more."""
    hold = _active(work, command.request)
    return Step(f"Release the place of {command.request}", (_free(work, hold, "released"),))


def release_expired_holds(work: Work, _command: ReleaseExpiredHolds) -> Step:
    """Free every place whose time has run out; nothing where there is none."""
    query = select(SlotHold).where(SlotHold.state.in_(ACTIVE), SlotHold.until <= work.now).order_by(SlotHold.id)
    due = work.session.scalars(query).all()
    codes = [work.session.get_one(Request, hold.request_id).code for hold in due]
    said = tuple(_free(work, hold, "expired") for hold in due)
    return Step(f"Free the place of {spell_list(codes)}: its time has run out", said)


def _hold_of(session: Session, request: Request) -> SlotHold | None:
    return session.scalars(select(SlotHold).where(SlotHold.request_id == request.id)).one_or_none()


def _active(work: Work, code: str) -> SlotHold:
    """The hold of a request that keeps its place still."""
    hold = _hold_of(work.session, request_by_code(work.session, code))
    if hold is None:
        raise RefusedError(f"No place is held for {code}.", "Hold one in an urgent booking first.")
    if hold.state not in ACTIVE:
        raise RefusedError(f"The place of {code} is {hold.state} already.")
    if hold.until <= work.now:
        raise RefusedError(
            f"The place of {code} was kept until {spell_time(hold.until)}, and is free again.", "Look for a new one."
        )
    return hold


def _free(work: Work, hold: SlotHold, state: str) -> str:
    """Take the visit out of every draft, and put the request back into the inbox; says so.

    What has been announced meanwhile stays: people act on it.
    """
    session = work.session
    request = session.get_one(Request, hold.request_id)
    if session.scalars(select(Visit.id).where(Visit.request_id == request.id, Visit.published)).first() is not None:
        hold.state = "confirmed"
        return f"{request.code} has been announced meanwhile: it stays."
    hold.state = state
    query = select(Visit, Plan).join(Plan, Visit.plan_id == Plan.id).where(Visit.request_id == request.id)
    drafts = list(session.execute(query.where(Plan.status == "draft").order_by(Plan.id)))
    for visit, _ in drafts:
        session.delete(visit)
    request.pin = None
    if request.status == "ready":
        request.status = "new"
    session.flush()
    for _, draft in drafts:
        work.once_at_the_end(("price", draft.id), partial(price_again, work, draft))
    codes = spell_list([draft.code for _, draft in drafts])
    return f"{request.code} is in the inbox again" + (f"; its place in {codes} is free." if drafts else ".")
