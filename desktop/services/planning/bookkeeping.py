"""Rows of a plan: visits with their crews, and pins. Changed so that the database never sees a double booking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from desktop.models import Assignment, Pin, PinInspector, Plan, Request, Visit
from scheduler.problem import Mode


@dataclass(frozen=True, slots=True)
class Place:
    """Where a visit is: its crew by key, first slot (absolute), mode, and how many half-days the mode takes."""

    people: tuple[int, ...]
    first_slot: int
    mode: int
    half_days: int

    @property
    def last_slot(self) -> int:
        """The last slot of the visit."""
        return self.first_slot + self.half_days - 1


@dataclass(frozen=True, slots=True)
class Fixing:
    """What a pin is to say: people by key (none: open), absolute slot, mode, waivers and why."""

    people: tuple[int, ...] = ()
    start_slot: int | None = None
    mode: int | None = None
    waive: tuple[str, ...] = ()
    reason: str = ""


def request_keys(session: Session, codes: Sequence[str]) -> Mapping[str, int]:
    """The keys of requests by their codes."""
    query = select(Request.code, Request.id).where(Request.code.in_(codes))
    return {code: key for code, key in session.execute(query)}


def new_visit(plan: Plan, request: int, place: Place) -> Visit:
    """A visit of a stored plan with its crew, not in the session yet; the request by key."""
    visit = Visit(
        plan_id=plan.id,
        request_id=request,
        mode=place.mode,
        first_slot=place.first_slot,
        last_slot=place.last_slot,
        published=False,
    )
    visit.assignments = crew_of(visit, place.people)
    return visit


def move_visit_to(session: Session, visit: Visit, place: Place) -> None:
    """Give a visit another place. Its crew is deleted and made anew: between two updates both would be booked.

    The visit counts as changed where only its crew is: its version tells those who look at it.
    """
    move_visits_to(session, [(visit, place)])


def move_visits_to(session: Session, moves: Sequence[tuple[Visit, Place]]) -> None:
    """The same of several visits at once, of which each may go to where another has been."""
    for visit, _ in moves:
        visit.assignments = []
    session.flush()
    for visit, place in moves:
        visit.mode, visit.first_slot, visit.last_slot = place.mode, place.first_slot, place.last_slot
        flag_modified(visit, "mode")
        visit.assignments = crew_of(visit, place.people)


def is_at(visit: Visit, place: Place) -> bool:
    """Whether a visit is at a place already."""
    people = {entry.inspector_id for entry in visit.assignments}
    return (visit.first_slot, visit.mode) == (place.first_slot, place.mode) and people == set(place.people)


def set_publication(visits: Sequence[Visit], *, published: bool) -> None:
    """Publish visits, or take their publication back, with their assignments. To be flushed by the caller."""
    for visit in visits:
        visit.published = published
        for assignment in visit.assignments:
            assignment.published = published


def set_pin(request: Request, fixing: Fixing) -> None:
    """Pin a request; replaces what an older pin said."""
    if request.pin is None:
        request.pin = Pin(inspectors=[])
    pin = request.pin
    pin.start_slot, pin.mode = fixing.start_slot, fixing.mode
    pin.waive, pin.reason = tuple(sorted(fixing.waive)), fixing.reason
    known = {entry.inspector_id for entry in pin.inspectors}
    pin.inspectors = [
        *(entry for entry in pin.inspectors if entry.inspector_id in fixing.people),
        *(PinInspector(inspector_id=person) for person in fixing.people if person not in known),
    ]


def mode_for(modes: Sequence[Mode], present: int | None, crew: int) -> int:
    """The mode of a move that says none: as it is where the crew has that size, else the first that fits."""
    now = present if present is not None and present < len(modes) else 0
    return next((n for n in (now, *range(len(modes))) if modes[n].crew == crew), now)


def crew_of(visit: Visit, people: Sequence[int]) -> list[Assignment]:
    """Assignments of people to a visit; they repeat what the visit says."""
    return [
        Assignment(
            plan_id=visit.plan_id,
            inspector_id=person,
            first_slot=visit.first_slot,
            last_slot=visit.last_slot,
            published=visit.published,
        )
        for person in people
    ]
