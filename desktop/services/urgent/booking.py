"""Booking an urgent request: stored, placed, and what has to move moved; one step, for which rules are asked again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import RefusedError
from desktop.models import Assignment as AssignmentRow
from desktop.models import Inspector, Plan, Request, SlotHold, Unassigned, Visit
from desktop.models.halfday import morning
from desktop.models.holding import ACTIVE
from desktop.services.changes import Step
from desktop.services.commands import AddRequest, BookUrgent
from desktop.services.editing.factories import add_order, report_progress
from desktop.services.editing.requests import add_request
from desktop.services.lookup import inspector_by_code, request_by_code
from desktop.services.planning.booking_records import CLOSED
from desktop.services.planning.bookkeeping import Fixing, Place, move_visits_to, new_visit, set_pin
from desktop.services.planning.costing import draft_by_code, store_cost
from desktop.services.planning.moving import check_seen
from desktop.services.planning.opened import OpenPlan
from desktop.services.planning.plan_sheet import Change
from desktop.services.requests.cards import next_code
from desktop.services.words import count, sentence, spell_list, spell_money, spell_slots, spell_time
from desktop.services.work import Work
from scheduler.instance import Instance
from scheduler.plan import Assignment
from scheduler.problem import Pin

WAIT = "Look for another place: the plan has changed since this one was found."


@dataclass(frozen=True, slots=True)
class _Moved:
    """A request of the draft, and where it goes; `is_pinned`: it is pinned there."""

    request: Request
    visit: Visit | None
    place: Place
    to: Assignment
    is_pinned: bool

    @property
    def pin(self) -> Pin | None:
        """Its pin from then on."""
        return Pin(self.to.inspectors, self.to.start_slot, self.to.mode) if self.is_pinned else None


def book_urgent(work: Work, command: BookUrgent) -> Step:
    """Store an urgent request, give it its place in a draft, and move what has to move for it. Raises as `placed`."""
    request, where, said = placed(work, command)
    return Step(f"Book {request.code} with {where}", said)


def placed(work: Work, command: BookUrgent) -> tuple[Request, str, tuple[str, ...]]:
    """Do what a booking asks for: gives the request, its place in words, and sentences for the user.

    Raises:
        NotFoundError: no such plan, request, inspector, client or factory.
        ConflictError: somebody has changed a visit that is to move since it was seen.
        BadInputError: the new request or order contradicts itself.
        RefusedError: the plan is no draft, the request is closed, or a rule forbids the place by now.
    """
    session = work.session
    plan = draft_by_code(session, command.plan)
    request, said = _stored(work, command)
    if request.status in CLOSED:
        raise RefusedError(f"{request.code} is {request.status}: it is not planned any more.")
    place = Place(
        _people(session, command.inspectors), command.first_slot, command.mode, _half_days(request, command.mode)
    )
    moved = [_moved(session, plan, request, place, is_pinned=True)]
    for move in command.moves:
        other = request_by_code(session, move.request)
        people = _people(session, move.inspectors)
        there = Place(people, move.first_slot, move.mode, _half_days(other, move.mode))
        entry = _moved(session, plan, other, there, is_pinned=other.pin is not None)
        if entry.visit is None:
            raise RefusedError(f"{other.code} has no place in {plan.code} any more.", WAIT)
        check_seen(session, entry.visit, other, move.version)
        moved.append(entry)
    _check_held(work, moved)
    cost = _judge(work, plan, moved)
    _store(session, plan, moved)
    where = f"{spell_list(command.inspectors)}, {spell_slots(place.first_slot, place.last_slot)}"
    also = [f"{entry.request.code} moves to {spell_list(entry.to.inspectors)}." for entry in moved[1:]]
    return request, where, (cost, *also, *said)


def _stored(work: Work, command: BookUrgent) -> tuple[Request, tuple[str, ...]]:
    """The request, stored where it is new; and what there is to say of that."""
    session, asked, order = work.session, command.request, command.order
    if isinstance(asked, AddRequest):
        taken = session.scalars(select(Request.id).where(Request.code == asked.code)).first() is not None
        if taken:
            code = next_code(session)
            if order is not None:
                order = replace(order, code=order.code.replace(asked.code, code))
            asked = replace(asked, code=code, order=asked.order if order is None else order.code)
    said: list[str] = []
    if order is not None:
        said += add_order(work, order).messages
        session.flush()
    if command.report is not None:
        report = command.report if order is None else replace(command.report, order=order.code)
        said += report_progress(work, report).messages
        session.flush()
    if isinstance(asked, AddRequest):
        said += add_request(work, asked).messages
        return request_by_code(session, asked.code), tuple(said)
    request = request_by_code(session, asked)
    if request.status == "new":
        request.status = "ready"
    return request, tuple(said)


def _half_days(request: Request, mode: int) -> int:
    if not 0 <= mode < len(request.modes):
        raise RefusedError(f"{request.code} has no mode {mode} any more.", WAIT)
    return request.modes[mode].half_days


def _people(session: Session, codes: Sequence[str]) -> tuple[int, ...]:
    return tuple(inspector_by_code(session, code).id for code in codes)


def _moved(session: Session, plan: Plan, request: Request, place: Place, *, is_pinned: bool) -> _Moved:
    query = select(Visit).where(Visit.plan_id == plan.id, Visit.request_id == request.id)
    codes = sorted(session.get_one(Inspector, person).code for person in place.people)
    to = Assignment(request.code, place.mode, place.first_slot - morning(plan.first_day), tuple(codes))
    return _Moved(request, session.scalars(query).one_or_none(), place, to, is_pinned)


def _check_held(work: Work, moved: Sequence[_Moved]) -> None:
    """Refuse a place that is kept for another client, in whatever draft that is."""
    own = [entry.request.id for entry in moved]
    for entry in moved:
        place = entry.place
        query = (
            select(Request.code, Inspector.name, SlotHold.held_by, SlotHold.until)
            .join(SlotHold, SlotHold.request_id == Request.id)
            .join(Visit, (Visit.request_id == SlotHold.request_id) & (Visit.plan_id == SlotHold.plan_id))
            .join(AssignmentRow, AssignmentRow.visit_id == Visit.id)
            .join(Inspector, Inspector.id == AssignmentRow.inspector_id)
            .where(SlotHold.state.in_(ACTIVE), SlotHold.until > work.now, SlotHold.request_id.not_in(own))
            .where(AssignmentRow.inspector_id.in_(place.people))
            .where(AssignmentRow.first_slot <= place.last_slot, AssignmentRow.last_slot >= place.first_slot)
        )
        for code, name, who, until in work.session.execute(query.limit(1)):
            raise RefusedError(f"{name} is kept for {code} then, by {who} until {spell_time(until)}.", WAIT)


def _judge(work: Work, plan: Plan, moved: Sequence[_Moved]) -> str:
    """Ask the rules for all of it at once, and store what the draft costs then; gives the difference in words."""
    opened = work.opened_for(plan, moved[0].request.code)
    changes = {entry.request.code: entry.to for entry in moved}
    strangers = [code for code in changes if not opened.knows(code)]
    if strangers:
        raise RefusedError(f"{plan.code} cannot place {spell_list(strangers)}.", "Give it a window and a place.")
    weighed = opened.standing.weigh_all(changes, _with_pins(opened, moved))
    if weighed.broken:
        code = moved[0].request.code
        raise RefusedError(
            f"{code} cannot be there any more: {count(len(weighed.broken), 'rule')} would be broken.",
            WAIT,
            tuple(dict.fromkeys(sentence(entry.text) for entry in weighed.broken)),
        )
    after = opened.after([Change(entry.request.code, entry.to, entry.pin) for entry in moved])
    holds = plan.bound_cents is not None and opened.digest == plan.problem_digest and after.board.bound is not None
    store_cost(plan, after.cost, after.digest, bound_holds=holds)
    return f"The plan costs {spell_money(after.cost.total)}."


def _with_pins(opened: OpenPlan, moved: Sequence[_Moved]) -> Instance:
    instance = opened.standing.instance
    numbers = {entry.request.code: instance.request_number[entry.request.code] for entry in moved}
    return instance.with_requests(
        {numbers[e.request.code]: replace(instance.requests[numbers[e.request.code]], pin=e.pin) for e in moved}
    )


def _store(session: Session, plan: Plan, moved: Sequence[_Moved]) -> None:
    """Write the visits, so that the database never sees anybody in two places; and the pins."""
    move_visits_to(session, [(entry.visit, entry.place) for entry in moved if entry.visit is not None])
    for entry in moved:
        if entry.visit is None:
            session.add(new_visit(plan, entry.request.id, entry.place))
        if entry.is_pinned:
            set_pin(entry.request, Fixing(entry.place.people, entry.place.first_slot, entry.place.mode))
    left = select(Unassigned).where(Unassigned.plan_id == plan.id, Unassigned.request_id == moved[0].request.id)
    for row in session.scalars(left).all():
        session.delete(row)
    session.flush()
