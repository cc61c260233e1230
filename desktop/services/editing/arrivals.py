"""When an inspector was on site: what the promise of the on-site clock is measured by."""

from __future__ import annotations

import datetime as dt
import zoneinfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import RefusedError
from desktop.models import Factory, Request, Visit, VisitResult
from desktop.services.attainment import kept_by, kept_words, promised
from desktop.services.changes import Step
from desktop.services.commands import RecordArrival
from desktop.services.editing.fields import refuse_faults
from desktop.services.lookup import request_by_code
from desktop.services.trade.clock import wall_time
from desktop.services.words import spell_day
from desktop.services.work import Work


def record_arrival(work: Work, command: RecordArrival) -> Step:
    """Note when somebody was on site; a second arrival replaces the first. The visit has begun, and stays.

    What was promised is noted with the first arrival, and stays whatever changes later.

    Raises:
        NotFoundError: no such request.
        RefusedError: nothing is announced for it.
        BadInputError: the time lies ahead, or before the booking.
    """
    request = request_by_code(work.session, command.request)
    visit = _announced(work.session, request)
    factory = work.session.get_one(Factory, request.factory_id)
    zone = zoneinfo.ZoneInfo(factory.time_zone)
    at = command.at or work.now
    at = (at if at.tzinfo is not None else at.replace(tzinfo=zone)).astimezone(dt.UTC)
    faults = []
    if at > work.now:
        faults.append(f"the arrival is at {_there(at, zone)}; it is {_there(work.now, zone)} at the factory now")
    if at < request.requested_at:
        faults.append(f"the arrival is at {_there(at, zone)}, before the booking, {_there(request.requested_at, zone)}")
    refuse_faults(f"Request {request.code}", faults)
    before = None if visit.result is None else visit.result.arrived_at
    if visit.result is None:
        visit.result = VisitResult(outcome="pending")
    result = visit.result
    kept = kept_by(work.session, request, at, promised(result))
    result.arrived_at = at
    if kept is not None:
        clock = kept.clock
        result.clock_began_at, result.target_at, result.limit_at = clock.begins, clock.target, clock.limit
    if visit.status == "planned":
        visit.status = "started"  # so that the next plan leaves it alone
    work.session.flush()
    messages = [kept_words(kept)]
    if before is not None and before != at:
        messages.append(f"{_there(before, zone)} was on record before.")
    return Step(f"Record arrival for {request.code}, {_there(at, zone)}", tuple(messages))


def _announced(session: Session, request: Request) -> Visit:
    """The visit that people act on."""
    visit = session.scalars(
        select(Visit).where(Visit.request_id == request.id, Visit.published, Visit.status != "cancelled")
    ).one_or_none()
    if visit is None:
        raise RefusedError(
            f"Request {request.code} has no visit that is announced: nobody can have arrived for it.",
            "Publish the plan that has its visit first.",
        )
    return visit


def _there(when: dt.datetime, zone: dt.tzinfo) -> str:
    day, time = wall_time(when, zone, is_end=False)
    return f"{spell_day(day)} {time}"
