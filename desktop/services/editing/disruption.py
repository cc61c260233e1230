"""What breaks a plan in force: goods that are not ready, visits that take longer; and freeing what is hit by it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from desktop.errors import RefusedError
from desktop.models import Absence, Inspector, Order, Request, Visit
from desktop.models.halfday import date_of
from desktop.services.changes import Step
from desktop.services.commands import ReportNotReady, ReportOverrun
from desktop.services.editing.fields import refuse_faults
from desktop.services.editing.freeing import free_hits
from desktop.services.editing.requests import take_out_of_force
from desktop.services.editing.roster import collisions
from desktop.services.lookup import request_by_code
from desktop.services.planning.bookings import Bookings
from desktop.services.planning.daybook import Daybook
from desktop.services.planning.factories import Factories
from desktop.services.planning.moved_windows import WindowWatch
from desktop.services.planning.taking_back import note_dropped
from desktop.services.planning.week import settings_for
from desktop.services.trade.production import Window
from desktop.services.words import count, spell_day, spell_slots
from desktop.services.work import Work
from scheduler.problem import Horizon

OVERRUN = "overrun"
MOST_HALF_DAYS = 20
LONGEST_CLOSED = 60  # days looked ahead for one on which the factory works


def report_not_ready(work: Work, command: ReportNotReady) -> Step:
    """Note that goods are not ready: the window slides to the day on which they will be, or the request waits for one.

    Raises:
        NotFoundError: no such request.
        RefusedError: it is over, or its visit has begun.
        BadInputError: the day lies in the past.
    """
    session = work.session
    request = request_by_code(session, command.request)
    if request.status in ("done", "cancelled"):
        raise RefusedError(f"Request {request.code} is {request.status}: its goods are nobody's concern any more.")
    today = work.now.date()
    if command.ready is not None and command.ready < today:
        refuse_faults(f"Request {request.code}", [f"ready is {command.ready}; it is {today} today"])
    note = command.note.strip()
    if note:
        request.note = "\n".join(part for part in (request.note, note) if part)
    if command.ready is None:
        return _wait(work, request)
    watch = WindowWatch(session, work.now, _concerned(request))
    _slide(work, request, command.ready)
    label = f"{request.code} is not ready before {spell_day(command.ready)}"
    freed = free_hits(work, requests=_others(session, request)) if command.frees else ()
    # what has been taken out lies nowhere any more
    return Step(label, (*watch.messages(), *freed))


def report_overrun(work: Work, command: ReportOverrun) -> Step:
    """Note that a visit takes longer: its people are away for so many half-days more on which the factory works.

    Raises:
        NotFoundError: no such request.
        RefusedError: nothing is announced for it.
        BadInputError: no half-day, or too many.
    """
    session = work.session
    request = request_by_code(session, command.request)
    visit = session.scalars(
        select(Visit).where(Visit.request_id == request.id, Visit.published, Visit.status != "cancelled")
    ).one_or_none()
    if visit is None:
        raise RefusedError(
            f"Request {request.code} has no visit that is announced: none can take longer.",
            "Publish its visit first.",
        )
    if not 1 <= command.half_days <= MOST_HALF_DAYS:
        text = f"half_days is {command.half_days}; it should be 1 to {MOST_HALF_DAYS}"
        refuse_faults(f"Request {request.code}", [text])
    slots = _next_slots(session, request, visit.last_slot, command.half_days)
    messages: list[str] = []
    crew = []
    for entry in visit.assignments:
        person = session.get_one(Inspector, entry.inspector_id)
        crew.append(person.code)
        for first, last in _runs(slots):
            note = command.note.strip() or f"{request.code} takes longer"
            person.absences.append(Absence(first_slot=first, last_slot=last, kind=OVERRUN, note=note))
            messages += collisions(session, person, first, last)
    freed = free_hits(work, people=crew) if command.frees else ()
    when = spell_slots(slots[0], slots[-1])
    label = f"{request.code} takes {count(command.half_days, 'half-day')} more, {when}"
    return Step(label, (*messages, *freed))


# -- goods that are not ready ------------------------------------------------------------------------------------------


def _wait(work: Work, request: Request) -> Step:
    """Nobody knows when the goods will be ready: the request goes back to the inbox."""
    messages = [*take_out_of_force(work, request)]
    note_dropped(work.session, request, "not ready", work.now)
    request.pin = None
    request.status = "new"
    work.session.flush()
    messages.append(f"{request.code} waits in the inbox until the factory names a day.")
    return Step(f"{request.code} is not ready, no day is known", tuple(messages))


def _concerned(request: Request) -> ColumnElement[bool]:
    return Request.id == request.id if request.order_id is None else Request.order_id == request.order_id


def _others(session: Session, request: Request) -> Sequence[str]:
    """The requests that a slide concerns, by code."""
    return session.scalars(select(Request.code).where(_concerned(request))).all()


def _slide(work: Work, request: Request, ready: dt.date) -> None:
    """Move the window so that it opens when the goods are ready; it never opens earlier than before."""
    session = work.session
    before = _window(work, request)
    if isinstance(before, Window) and before.earliest >= ready:
        return
    order = None if request.order_id is None else session.get_one(Order, request.order_id)
    if order is not None and (request.earliest is None or request.latest is None) and isinstance(before, Window):
        delay = ready - before.earliest
        for field in ("production_start", "ready_date"):
            day = getattr(order, field)
            if day is not None and (field == "ready_date" or day >= work.now.date()):
                setattr(order, field, day + delay)
        session.flush()
    after = _window(work, request)
    if isinstance(after, Window) and after.earliest >= ready:
        return
    length = before.latest - before.earliest if isinstance(before, Window) else dt.timedelta(days=0)
    request.earliest = ready
    request.latest = max(ready + length, request.latest or ready)
    if request.due is not None and request.due < ready:
        request.due = ready


def _window(work: Work, request: Request) -> Window | str:
    session, today = work.session, work.now.date()
    session.flush()
    own = select(Request.id).where(Request.id == request.id)
    factories = Factories(session, Daybook(session), select(Request.factory_id).where(Request.id == request.id))
    bookings = Bookings(session, settings_for(session, today), Horizon(today, 1), factories, own)
    return bookings.window(bookings.rows[0])


# -- visits that take longer -------------------------------------------------------------------------------------------


def _next_slots(session: Session, request: Request, last_slot: int, number: int) -> list[int]:
    """The next half-days on which the factory works; those right after where it never does."""
    sites = select(Request.factory_id).where(Request.id == request.id)
    is_open = Factories(session, Daybook(session), sites).opening(request.factory_id)
    ahead = range(last_slot + 1, last_slot + 1 + 2 * LONGEST_CLOSED)
    found = [slot for slot in ahead if is_open(date_of(slot))]
    return (found if len(found) >= number else list(ahead))[:number]


def _runs(slots: Sequence[int]) -> list[tuple[int, int]]:
    """Half-days as spans without gaps."""
    found: list[tuple[int, int]] = []
    for slot in slots:
        if found and found[-1][1] == slot - 1:
            found[-1] = (found[-1][0], slot)
        else:
            found.append((slot, slot))
    return found
