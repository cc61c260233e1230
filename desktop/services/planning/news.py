"""What of a draft is news: the requests that it has otherwise than they were announced, by day and by person."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Announcement, AnnouncementInspector, Assignment, Inspector, Plan, Request, Unassigned, Visit
from desktop.models.halfday import date_of
from desktop.services.lookup import plan_by_code
from desktop.services.planning.reading import Source, reading

Places = Mapping[str, tuple[int, int, frozenset[str]]]
"""First and last slot and crew (codes) by request."""


def news_of(
    source: Source, plan: str, *, days: Collection[dt.date] = (), people: Collection[str] = ()
) -> tuple[str, ...]:
    """Codes of the requests that a draft has otherwise than announced, for `PublishVisits`.

    Args:
        source: where to read.
        plan: the draft's code.
        days: only requests that are or were to be visited on one of these days; empty: on any.
        people: only requests of one of these inspectors, before or now; empty: of any.

    Raises:
        NotFoundError: there is no such plan.
    """
    with reading(source) as session:
        record = plan_by_code(session, plan)
        now, told = drafted_places(session, record), announced_places(session, record)
    found = []
    for code in sorted(now.keys() | told.keys()):
        places = [place for place in (told.get(code), now.get(code)) if place is not None]
        if len(places) == 2 and places[0] == places[1]:
            continue
        touched = {date_of(slot) for first, last, _ in places for slot in range(first, last + 1)}
        crews = {person for *_, crew in places for person in crew}
        if (not days or touched & set(days)) and (not people or crews & set(people)):
            found.append(code)
    return tuple(found)


def drafted_places(session: Session, plan: Plan) -> Places:
    """Where a draft has its requests."""
    crews: dict[int, set[str]] = defaultdict(set)
    people = select(Assignment.visit_id, Inspector.code).join(Inspector, Inspector.id == Assignment.inspector_id)
    for visit, code in session.execute(people.where(Assignment.plan_id == plan.id)):
        crews[visit].add(code)
    visits = (
        select(Request.code, Visit.id, Visit.first_slot, Visit.last_slot)
        .join(Request, Request.id == Visit.request_id)
        .where(Visit.plan_id == plan.id, Visit.status != "cancelled")
    )
    return {code: (first, last, frozenset(crews[key])) for code, key, first, last in session.execute(visits)}


def announced_places(session: Session, plan: Plan) -> Places:
    """What was announced of a draft's requests; where the visit in force is gone, for its first half-day."""
    mine = select(Visit.request_id).where(Visit.plan_id == plan.id)
    concerned = mine.union(select(Unassigned.request_id).where(Unassigned.plan_id == plan.id))
    crews: dict[int, set[str]] = defaultdict(set)
    people = (
        select(Announcement.request_id, Inspector.code)
        .join(AnnouncementInspector, AnnouncementInspector.announcement_id == Announcement.id)
        .join(Inspector, Inspector.id == AnnouncementInspector.inspector_id)
        .where(Announcement.request_id.in_(concerned))
    )
    for request, code in session.execute(people):
        crews[request].add(code)
    rows = session.execute(
        select(Request.code, Request.id, Announcement.first_slot, Visit.last_slot)
        .join(Announcement, Announcement.request_id == Request.id)
        .outerjoin(Visit, (Visit.request_id == Request.id) & Visit.published & (Visit.status != "cancelled"))
        .where(Request.id.in_(concerned))
    )
    return {
        code: (first, first if last is None else last, frozenset(crews[request])) for code, request, first, last in rows
    }
