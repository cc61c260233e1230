"""Announcements that are replaced or taken back, noted for reports: from where to where, at which price, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from desktop.models import Absence, AnnouncedChange, Announcement, Plan, Request
from desktop.models.halfday import morning
from desktop.services.planning.in_force import announced_assignments
from desktop.services.planning.opened import OpenPlan
from desktop.services.planning.publication import Publication
from scheduler.plan import Assignment
from scheduler.rules import Broken
from scheduler.standing import Standing

OVERRUN = "overrun"
"""The kind of an absence of somebody who is still at the visit before."""


@dataclass(frozen=True, slots=True)
class _Place:
    """First half-day (absolute) and crew (keys)."""

    first_slot: int
    people: frozenset[int]


def note_taken_back(session: Session, publication: Publication, opened: OpenPlan, at: dt.datetime) -> None:
    """Note which announcements a publication replaces or takes back. To be called before it does.

    Args:
        session: of the command.
        publication: of a draft.
        opened: the draft as it is now; says what each change costs.
        at: when.
    """
    query = select(Announcement).where(Announcement.request_id.in_(publication.requests))
    told = {
        row.request_id: _Place(row.first_slot, frozenset(entry.inspector_id for entry in row.inspectors))
        for row in session.scalars(query.options(selectinload(Announcement.inspectors)))
    }
    after: dict[int, _Place | None] = {request.id: None for request in publication.dropped}
    for visit in publication.visits:
        people = frozenset(entry.inspector_id for entry in visit.assignments)
        after[visit.request_id] = _Place(visit.first_slot, people)
    changed = [key for key, place in after.items() if key in told and told[key] != place]
    if not changed:
        return
    causes = _Causes(session, opened, publication)
    for key in changed:
        request, old, new = publication.requests[key], told[key], after[key]
        session.add(
            AnnouncedChange(
                request_id=key,
                plan_id=publication.plan.id,
                at=at,
                kind=_kind(old, new),
                cause=causes.of(request, old.people),
                old_slot=old.first_slot,
                new_slot=None if new is None else new.first_slot,
                cents=opened.standing.of_request(request.code).cost.change,
            )
        )


def note_dropped(session: Session, request: Request, cause: str, at: dt.datetime) -> None:
    """Take back the announcement of a request that is planned no more, if there is one. No plan is charged for it."""
    for row in session.scalars(select(Announcement).where(Announcement.request_id == request.id)):
        session.add(
            AnnouncedChange(
                request_id=request.id,
                plan_id=None,
                at=at,
                kind="dropped",
                cause=cause,
                old_slot=row.first_slot,
                new_slot=None,
                cents=0,
            )
        )
        session.delete(row)


def _kind(old: _Place, new: _Place | None) -> str:
    if new is None:
        return "dropped"
    if old.first_slot == new.first_slot:
        return "people"
    return "day" if old.people == new.people else "both"


class _Causes:
    """Why announced visits could not stay: by the rule that they would break, or for whom their people are needed."""

    def __init__(self, session: Session, opened: OpenPlan, publication: Publication) -> None:
        self._session = session
        self._standing = opened.standing
        self._problem = opened.problem
        self._begin = morning(opened.problem.horizon.start)
        self._since = _published(session, publication)
        self._told = Standing.of(opened.standing.instance, announced_assignments(session, opened.problem))

    def of(self, request: Request, people: Collection[int]) -> str:
        """The cause for one announcement; `people`: keys of its crew. "plan": none but a better plan is seen."""
        entry = self._told.placed.get(request.code)
        if entry is None:
            return ""
        for broken in self._broken(entry):
            if broken.rule == "availability":
                return "overrun" if self._is_overrun(entry, people) else "absence"
            if broken.rule == "site":
                return "closure"
            if broken.rule == "window":
                return "not ready" if broken.code == "early" else "client"
        return "urgent" if self._makes_room(entry) else "plan"

    def _broken(self, entry: Assignment) -> Iterator[Broken]:
        """What a visit breaks where it was announced, by itself and in the weeks of its people as they were told."""
        yield from self._told.of_request(entry.request).broken
        for person in self._told.crew(entry):
            yield from (one for one in self._told.of_person(person).broken if one.request == entry.request)

    def _slots(self, entry: Assignment) -> tuple[int, int]:
        """First and last half-day of an assignment, absolute."""
        number = self._standing.instance.request_number[entry.request]
        first = self._begin + entry.start_slot
        return first, first + self._standing.instance.requests[number].modes[entry.mode].half_days - 1

    def _is_overrun(self, entry: Assignment, people: Collection[int]) -> bool:
        first, last = self._slots(entry)
        query = select(Absence.id).where(
            Absence.kind == OVERRUN,
            Absence.inspector_id.in_(people),
            Absence.first_slot <= last,
            Absence.last_slot >= first,
        )
        return self._session.scalars(query.limit(1)).first() is not None

    def _makes_room(self, entry: Assignment) -> bool:
        """Whether one of its people is then at a request that came after the plan in force had been published."""
        if self._since is None:
            return False
        first, last = self._slots(entry)
        now = self._standing.placed
        rivals = [
            other.request
            for other in now.values()
            if other.request != entry.request
            and other.request not in self._problem.published
            and not set(other.inspectors).isdisjoint(entry.inspectors)
            and _meet(self._slots(other), (first, last))
        ]
        query = select(Request.id).where(Request.code.in_(rivals), Request.requested_at > self._since)
        return bool(rivals) and self._session.scalars(query.limit(1)).first() is not None


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _published(session: Session, publication: Publication) -> dt.datetime | None:
    """When the plan that is replaced was published; None where nothing of it is known."""
    plans = {visit.plan_id for visit in publication.replaced}
    times: Mapping[int, dt.datetime | None] = {
        key: at for key, at in session.execute(select(Plan.id, Plan.published_at).where(Plan.id.in_(plans)))
    }
    return min((at for at in times.values() if at is not None), default=None)
