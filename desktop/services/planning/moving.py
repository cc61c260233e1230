"""Changing a draft by hand: a visit moved or taken out, a request pinned or let go."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import BadInputError, ConflictError, RefusedError
from desktop.models import Inspector, Plan, Request, Unassigned, Visit
from desktop.models.halfday import date_of, morning
from desktop.services.changes import Step
from desktop.services.commands import MoveVisit, PinRequest, UnassignVisit, UnpinRequest
from desktop.services.lookup import inspector_by_code, last_change, plan_by_code, request_by_code
from desktop.services.planning.booking_records import CLOSED
from desktop.services.planning.bookkeeping import Fixing, Place, is_at, mode_for, move_visit_to, new_visit, set_pin
from desktop.services.planning.costing import draft_by_code, store_cost
from desktop.services.planning.plan_sheet import Change
from desktop.services.words import count, sentence, spell_day, spell_list, spell_money, spell_slots
from desktop.services.work import Work
from scheduler import plan as made
from scheduler.problem import WAIVERS, Pin

BY_HAND = "by_hand"


def move_visit(work: Work, command: MoveVisit) -> Step:
    """Give a request of a draft a place by hand, and pin it there.

    Raises:
        NotFoundError: no such plan, request or inspector.
        ConflictError: somebody else has changed the visit since the sender saw it.
        BadInputError: it is not said where the request is to be, or a waiver is unknown or without a reason.
        RefusedError: the plan is no draft, the request is closed, or a rule that is not waived forbids the place.
    """
    session = work.session
    plan = draft_by_code(session, command.plan)
    request = request_by_code(session, command.request)
    if request.status in CLOSED:
        raise RefusedError(f"{request.code} is {request.status}: it is not planned any more.")
    visit = _visit(session, plan, request)
    if visit is not None:
        check_seen(session, visit, request, command.version)
    _check_waivers(command)
    place = _place(session, plan, request, visit, command)
    pin = _as_given(session, plan, Fixing(place.people, place.first_slot, place.mode, command.waive))
    crew = pin.inspectors or ()
    new = made.Assignment(request.code, place.mode, place.first_slot - morning(plan.first_day), crew)
    message = _weigh(work, plan, Change(request.code, new, pin))
    if visit is None:
        session.add(new_visit(plan, request.id, place))
        for row in _left_out(session, plan, request):
            session.delete(row)
    elif not is_at(visit, place):
        move_visit_to(session, visit, place)
    set_pin(request, Fixing(place.people, place.first_slot, place.mode, command.waive, command.reason))
    where = f"{spell_list(crew)}, {spell_slots(place.first_slot, place.last_slot)}"
    return Step(f"Move {request.code} to {where}", (message,))


def unassign_visit(work: Work, command: UnassignVisit) -> Step:
    """Take a request out of a draft; a pin of it goes too, as a pinned request is always assigned."""
    session = work.session
    plan = draft_by_code(session, command.plan)
    request = request_by_code(session, command.request)
    visit = _assigned(session, plan, request)
    messages = [_weigh(work, plan, Change(request.code, None, None, reason=BY_HAND))]
    if request.pin is not None:
        messages.append(f"{request.code} is not pinned any more.")
    session.delete(visit)
    request.pin = None
    reason = {"code": BY_HAND, "text": f"taken out by {work.actor}", "lift": "placing it by hand, or planning again"}
    session.add(Unassigned(plan_id=plan.id, request_id=request.id, reasons=[reason]))
    return Step(f"Take {request.code} out of {plan.code}", tuple(messages))


def pin_request(work: Work, command: PinRequest) -> Step:
    """Fix what a plan says of a request: its people, its start (and with it the mode), or both.

    What has been waived for it stays waived, which takes both.
    """
    session = work.session
    plan = plan_by_code(session, command.plan)
    request = request_by_code(session, command.request)
    visit = _assigned(session, plan, request)
    if not command.people and not command.start:
        raise BadInputError(f"Nothing of {request.code} is to be pinned.", "Pin its people, its start, or both.")
    waive = () if request.pin is None else request.pin.waive
    reason = "" if request.pin is None else request.pin.reason
    if waive and not (command.people and command.start):
        raise RefusedError(
            f"{request.code} is where it is by a waiver ({spell_list(waive)}), for these people and this start only.",
            "Pin both, or move it to where no waiver is needed.",
        )
    people = tuple(entry.inspector_id for entry in visit.assignments) if command.people else ()
    start, mode = (visit.first_slot, visit.mode) if command.start else (None, None)
    fixing = Fixing(people, start, mode, waive, reason)
    pin = _as_given(session, plan, fixing)
    if plan.status == "draft" and plan.bound_cents is not None:
        _carry_bound_over(work, plan, request, pin)
    set_pin(request, fixing)
    when = () if start is None else (spell_day(date_of(start)),)
    return Step(f"Pin {request.code} to {', '.join((*(pin.inspectors or ()), *when))}")


def unpin_request(work: Work, command: UnpinRequest) -> Step:
    """Let the planner decide again."""
    session = work.session
    request = request_by_code(session, command.request)
    if request.pin is None:
        raise RefusedError(f"{request.code} is not pinned.")
    messages: tuple[str, ...] = ()
    if request.pin.waive:
        drafts = session.scalars(
            select(Plan.code)
            .join(Visit, Visit.plan_id == Plan.id)
            .where(Plan.status == "draft", Visit.request_id == request.id)
            .order_by(Plan.code)
        ).all()
        messages = tuple(
            f"Draft {code} has {request.code} where only the waived {spell_list(request.pin.waive)} allowed it: plan "
            "again before publishing."
            for code in drafts
        )
    request.pin = None
    return Step(f"Unpin {request.code}", messages)


def _visit(session: Session, plan: Plan, request: Request) -> Visit | None:
    return session.scalars(select(Visit).where(Visit.plan_id == plan.id, Visit.request_id == request.id)).one_or_none()


def _assigned(session: Session, plan: Plan, request: Request) -> Visit:
    visit = _visit(session, plan, request)
    if visit is None:
        raise RefusedError(f"{request.code} is not assigned in plan {plan.code}.", "Place it with a move first.")
    return visit


def check_seen(session: Session, visit: Visit, request: Request, version: int | None) -> None:
    """Refuse a move from an older state of the visit; every move makes its crew anew, which tells who and when."""
    if version is None or version == visit.version:
        return
    newest = max((entry.id for entry in visit.assignments), default=0)
    raise ConflictError(
        f"The visit of {request.code} has been changed {last_change(session, 'assignment', newest)} since you looked "
        "at it.",
        "Look at it as it is now, and move it again if that is still wanted.",
    )


def _left_out(session: Session, plan: Plan, request: Request) -> Sequence[Unassigned]:
    query = select(Unassigned).where(Unassigned.plan_id == plan.id, Unassigned.request_id == request.id)
    return session.scalars(query).all()


def _check_waivers(command: MoveVisit) -> None:
    unknown = sorted(set(command.waive) - set(WAIVERS))
    if unknown:
        raise BadInputError(
            f"There is no rule {spell_list(unknown)} to waive.", f"Rules that can be: {', '.join(WAIVERS)}."
        )
    if command.waive and not command.reason.strip():
        raise BadInputError(f"Waiving {spell_list(command.waive)} takes a reason.", "Say why, for whoever asks later.")


def _place(session: Session, plan: Plan, request: Request, visit: Visit | None, command: MoveVisit) -> Place:
    """Where a request is to be: what the command says, and for the rest what holds now."""
    if visit is None and (command.inspectors is None or command.first_slot is None):
        raise BadInputError(
            f"{request.code} has no place in plan {plan.code} yet.", "Say both who is to serve it and from when."
        )
    if command.inspectors is not None:
        crew = [inspector_by_code(session, code) for code in command.inspectors]
        resting = [person.code for person in crew if not person.active]
        if resting:
            raise RefusedError(f"{spell_list(resting)} no longer work here.", "Take somebody who is active.")
        people = tuple(person.id for person in crew)
    else:
        assert visit is not None
        people = tuple(entry.inspector_id for entry in visit.assignments)
    first_slot = command.first_slot
    if first_slot is None:
        assert visit is not None
        first_slot = visit.first_slot
    mode = command.mode
    if mode is None:
        mode = mode_for(request.modes, None if visit is None else visit.mode, len(people))
    elif not 0 <= mode < len(request.modes):
        raise BadInputError(
            f"{request.code} has no mode {mode}.", f"It has {count(len(request.modes), 'mode')}, numbered from 0."
        )
    return Place(people, first_slot, mode, request.modes[mode].half_days)


def _as_given(session: Session, plan: Plan, fixing: Fixing) -> Pin:
    """A pin as the problem of a plan has it."""
    crew = sorted(session.get_one(Inspector, person).code for person in fixing.people)
    start = None if fixing.start_slot is None else fixing.start_slot - morning(plan.first_day)
    return Pin(tuple(crew) or None, start, fixing.mode, frozenset(name for name in WAIVERS if name in fixing.waive))


def _weigh(work: Work, plan: Plan, change: Change) -> str:
    """Judge a draft as it would be, refuse what breaks a rule, and store what it costs; gives the difference in words.

    The bound stays only where the problem was the one that it is proven for, and has only been narrowed.
    """
    opened = work.opened_for(plan, change.request)
    weighed = opened.standing.weigh(change.request, change.to, change.pin)
    if weighed.broken:
        raise RefusedError(
            f"{change.request} cannot be there: {count(len(weighed.broken), 'rule')} would be broken.",
            "Choose another place, or waive the rule with a reason where it can be waived.",
            tuple(dict.fromkeys(sentence(entry.text) for entry in weighed.broken)),
        )
    after = opened.after((change,)) if opened.knows(change.request) else opened
    holds = plan.bound_cents is not None and opened.digest == plan.problem_digest and after.board.bound is not None
    store_cost(plan, after.cost, after.digest, bound_holds=holds)
    difference = weighed.cost.total
    if not difference:
        return f"The plan costs the same: {spell_money(after.cost.total)}."
    more = "more" if difference > 0 else "less"
    return f"The plan costs {spell_money(abs(difference))} {more}: {spell_money(after.cost.total)}."


def _carry_bound_over(work: Work, plan: Plan, request: Request, pin: Pin) -> None:
    """Say of a bound that it is proven for the problem with a new pin too, which only narrows the one it was for."""
    opened = work.opened_for(plan, request.code)
    if opened.digest == plan.problem_digest and request.pin is None and opened.knows(request.code):
        plan.problem_digest = opened.after((Change(request.code, opened.standing.placed[request.code], pin),)).digest
