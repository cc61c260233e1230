"""Bookings by hand: new ones, changed ones, cancelled ones, and who may or should not serve them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import RefusedError
from desktop.models import (
    Assignment,
    Inspector,
    InspectorSkill,
    Order,
    Plan,
    Request,
    RequestAffinity,
    RequestExclusion,
    Unassigned,
    Visit,
)
from desktop.services.changes import Step
from desktop.services.commands import AddRequest, CancelRequest, ExcludeInspector, SetAffinity
from desktop.services.editing.fields import check_values, refuse_faults
from desktop.services.editing.man_days import OF_REQUESTS, offer_the_rules, others_than_the_rules, settle_man_days
from desktop.services.editing.references import resolve_references
from desktop.services.editing.series import split_if_long
from desktop.services.lookup import (
    check_version,
    inspector_by_code,
    refuse_taken,
    request_by_code,
)
from desktop.services.planning.booking_records import production_of
from desktop.services.planning.costing import store_cost
from desktop.services.planning.taking_back import note_dropped
from desktop.services.requests.completeness import lacks_of_request
from desktop.services.requests.rules import contradictions, of_another_order
from desktop.services.trade.completeness import Lack
from desktop.services.trade.production import Line
from desktop.services.words import count, spell_list, spell_slots
from desktop.services.work import Work
from scheduler.problem import Mode

ENTERED_STATUSES = ("new", "ready")
UNPLANNED_FIELDS = frozenset({"status", "code", "price_cents", "requested_at", "note", "client"})
"""Fields of a request that say nothing of where, when and by whom it can be served."""


def add_request(work: Work, command: AddRequest) -> Step:
    """Store a new booking."""
    name = f"Request {command.code}"
    entered = asdict(command) | {"modes": command.modes, "requested_at": command.requested_at or work.now}
    del entered["hold_incomplete"]
    if not command.modes:
        del entered["modes"]  # they follow from the rules
    values = check_values("request", entered, name)
    refuse_taken(work.session, Request, values["code"])
    columns = resolve_references(work.session, values)
    _check_status(name, values["status"])
    check_request(work.session, name, columns, columns)
    request = Request(**{"modes": ()} | columns)
    work.session.add(request)
    work.session.flush()
    lacks = lacks_of_request(work.session, request.id)
    held = bool(lacks) and command.hold_incomplete and request.status == "ready"
    if held:
        request.status = "new"
    clock = incomplete_in_words(request.code, lacks, held=held)
    # the man-days of monitoring are those of a week: split first
    later, weeks = split_if_long(work, (request,))
    man_days = settle_man_days(work, (request, *later))
    return Step(f"Add request {request.code}", (*man_days, *_warnings(work.session, request), *clock, *weeks))


def edit_request(work: Work, request: Request, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Set typed fields of a request; gives sentences on what else it touches."""
    name = f"Request {request.code}"
    _check_open(request, set(values))
    if "status" in values and values["status"] != request.status:
        _check_status(name, values["status"])
    columns = resolve_references(work.session, values)
    merged = {column.name: getattr(request, column.name) for column in Request.__table__.columns} | columns
    check_request(work.session, name, merged, columns)
    is_released = request.status == "new" and values.get("status") == "ready"
    if "modes" in columns and columns["modes"] != request.modes:
        _renumber_modes(work.session, request, columns["modes"])
    for field, value in columns.items():
        setattr(request, field, value)
    clock: tuple[str, ...] = ()
    if is_released:
        work.session.flush()
        clock = incomplete_in_words(request.code, lacks_of_request(work.session, request.id), held=False)
    if set(values) <= UNPLANNED_FIELDS:
        return clock
    other: tuple[str, ...] = ()
    if "modes" in columns:
        other = others_than_the_rules(work, request)
    elif columns.keys() & OF_REQUESTS:
        other = offer_the_rules(work, (request.id,))
    return (*other, *_planned_in(work.session, request), *_warnings(work.session, request), *clock)


def incomplete_in_words(code: str, lacks: Sequence[Lack], *, held: bool) -> tuple[str, ...]:
    """What is said of a booking that lacks something."""
    if not lacks:
        return ()
    needs = spell_list([lack.text for lack in lacks])
    waits = " and waits in the inbox" if held else ""
    return (f"{code} is not complete{waits}; its on-site clock does not run. Missing: {needs}.",)


def check_request(session: Session, name: str, row: Mapping[str, Any], changed: Mapping[str, Any]) -> None:
    """Refuse columns of a request that contradict one another, as far as one of them is among the changed.

    Raises:
        BadInputError: with a sentence for each contradiction.
    """
    faults = list(contradictions(row, changed))
    if changed.keys() & {"order_id", "client_id", "factory_id"} and row.get("order_id") is not None:
        order = session.get_one(Order, row["order_id"])
        faults.extend(
            of_another_order(order.code, field)
            for field in ("client", "factory")
            if getattr(order, f"{field}_id") != row[f"{field}_id"]
        )
    refuse_faults(name, [fault.text for fault in faults])


def cancel_request(work: Work, command: CancelRequest) -> Step:
    """Take a booking back: out of every draft, its pin gone; a published visit frees its people."""
    request = request_by_code(work.session, command.request)
    check_version(request, command.version, work.session)
    if request.status in ("done", "cancelled"):
        raise RefusedError(f"Request {request.code} is {request.status} already.")
    messages = take_out_of_force(work, request)
    note_dropped(work.session, request, "client", work.now)
    request.pin = None
    request.status = "cancelled"
    work.session.flush()
    return Step(f"Cancel request {request.code}", messages)


def take_out_of_force(work: Work, request: Request) -> tuple[str, ...]:
    """Take the visits of a request out of every draft and out of force, and say so. Its announcement stays.

    Raises:
        RefusedError: the visit has begun.
    """
    messages = []
    drafts: dict[int, Plan] = {}
    visits = work.session.execute(
        select(Visit, Plan).join(Plan, Plan.id == Visit.plan_id).where(Visit.request_id == request.id)
    ).all()
    for visit, plan in visits:
        if visit.published:
            _cancel_published(work.session, visit, request)
            messages.append(f"Its published visit on {spell_slots(visit.first_slot, visit.last_slot)} is cancelled.")
        elif plan.status == "draft":
            work.session.delete(visit)
            drafts[plan.id] = plan
            messages.append(f"Its visit in the draft {plan.code} is gone.")
    left_out = work.session.execute(
        select(Unassigned, Plan)
        .join(Plan, Plan.id == Unassigned.plan_id)
        .where(Unassigned.request_id == request.id, Plan.status == "draft")
    )
    for row, plan in left_out.all():
        work.session.delete(row)
        drafts[plan.id] = plan
    for plan in drafts.values():
        work.once_at_the_end(("price", plan.id), partial(price_again, work, plan))
    return tuple(messages)


def exclude_inspector(work: Work, command: ExcludeInspector) -> Step:
    """Forbid an inspector for a request, or allow that inspector again."""
    request = request_by_code(work.session, command.request)
    inspector = inspector_by_code(work.session, command.inspector)
    _check_open(request, {"exclusions"})
    standing = next((row for row in request.exclusions if row.inspector_id == inspector.id), None)
    if not command.excluded:
        if standing is not None:
            request.exclusions.remove(standing)
        return Step(f"Allow {inspector.code} for {request.code}")
    _check_pin_without(request, inspector)
    if standing is None:
        request.exclusions.append(RequestExclusion(inspector_id=inspector.id))
    planned = work.session.scalars(
        select(Plan.code)
        .join(Visit, Visit.plan_id == Plan.id)
        .join(Assignment, Assignment.visit_id == Visit.id)
        .where(Visit.request_id == request.id, Assignment.inspector_id == inspector.id, Plan.status == "draft")
    ).all()
    return Step(
        f"Exclude {inspector.code} from {request.code}",
        tuple(f"{inspector.code} still serves {request.code} in the draft {plan}: plan it again." for plan in planned),
    )


def set_affinity(work: Work, command: SetAffinity) -> Step:
    """Say what it costs or saves when an inspector serves a request."""
    request = request_by_code(work.session, command.request)
    inspector = inspector_by_code(work.session, command.inspector)
    _check_open(request, {"affinities"})
    standing = next((row for row in request.affinities if row.inspector_id == inspector.id), None)
    if command.cents is None:
        if standing is not None:
            request.affinities.remove(standing)
    elif standing is None:
        request.affinities.append(RequestAffinity(inspector_id=inspector.id, cents=command.cents))
    else:
        standing.cents = command.cents
    return Step(f"Set preference of {request.code} for {inspector.code}")


def price_again(work: Work, plan: Plan) -> None:
    """Let a draft cost what it costs without a request; its bound was proven with it."""
    opened = work.opened(plan)
    digest = opened.digest
    store_cost(plan, opened.cost, digest, bound_holds=digest == plan.problem_digest)


def _cancel_published(session: Session, visit: Visit, request: Request) -> None:
    if visit.status in ("started", "done"):
        raise RefusedError(
            f"Request {request.code} cannot be cancelled: its visit on"
            f" {spell_slots(visit.first_slot, visit.last_slot)} is {visit.status}."
        )
    crew = [assignment.inspector_id for assignment in visit.assignments]
    visit.assignments.clear()
    session.flush()
    visit.published = False
    visit.status = "cancelled"
    visit.assignments.extend(
        Assignment(
            plan_id=visit.plan_id,
            inspector_id=inspector_id,
            first_slot=visit.first_slot,
            last_slot=visit.last_slot,
            published=False,
        )
        for inspector_id in crew
    )


def _check_status(name: str, status: str) -> None:
    if status not in ENTERED_STATUSES:
        raise RefusedError(
            f'{name} cannot be given the status "{status}" by hand; {" or ".join(ENTERED_STATUSES)} can.',
            "Publishing a plan, cancelling and the result of the visit set the others.",
        )


def _check_open(request: Request, fields: set[str]) -> None:
    if request.status == "done" and fields - {"note", "status"}:
        raise RefusedError(
            f"Request {request.code} is done: only its note can still be changed, not {spell_list(sorted(fields))}.",
            "Book the goods again as a new request.",
        )
    if request.status == "cancelled" and "status" not in fields and fields - {"note"}:
        raise RefusedError(
            f"Request {request.code} is cancelled: {spell_list(sorted(fields))} cannot be changed.",
            "Set its status to ready first if it is wanted again.",
        )


def _check_pin_without(request: Request, inspector: Inspector) -> None:
    pin = request.pin
    if pin is None or "eligibility" in pin.waive:
        return
    if any(row.inspector_id == inspector.id for row in pin.inspectors):
        raise RefusedError(
            f"{inspector.code} is pinned to {request.code} and cannot be excluded from it.",
            f"Unpin {request.code} first.",
        )


def _renumber_modes(session: Session, request: Request, modes: Sequence[Mode]) -> None:
    """Let pins and visits point to their mode in a new list of modes.

    Visits of plans that are over keep their number as far as the list has it.
    """
    old = request.modes
    where = {index: modes.index(mode) for index, mode in enumerate(old) if mode in modes}
    pin = request.pin
    if pin is not None and pin.mode is not None:
        if pin.mode not in where:
            raise _lost_mode(request, old[pin.mode], "is pinned", f"Unpin {request.code} first.")
        pin.mode = where[pin.mode]
    query = select(Visit, Plan).join(Plan, Plan.id == Visit.plan_id).where(Visit.request_id == request.id)
    for visit, plan in session.execute(query):
        if visit.mode in where:
            visit.mode = where[visit.mode]
        elif plan.status in ("draft", "published") and visit.status != "cancelled":
            raise _lost_mode(
                request, old[visit.mode], f"is planned in {plan.code}", f"Take {request.code} out of {plan.code} first."
            )
        else:
            visit.mode = min(visit.mode, len(modes) - 1)


def _lost_mode(request: Request, mode: Mode, how: str, hint: str) -> RefusedError:
    return RefusedError(
        f"Request {request.code} {how} with {count(mode.crew, 'inspector')} for {mode.half_days / 2:g} d,"
        " which the new modes do not have.",
        hint,
    )


def _planned_in(session: Session, request: Request) -> tuple[str, ...]:
    plans = session.scalars(
        select(Plan.code)
        .join(Visit, Visit.plan_id == Plan.id)
        .where(Visit.request_id == request.id, Plan.status.in_(("draft", "published")), Visit.status == "planned")
        .order_by(Plan.code)
    ).all()
    if not plans:
        return ()
    return (f"{request.code} is planned in {spell_list(plans)}: check that its visit still fits.",)


def _warnings(session: Session, request: Request) -> tuple[str, ...]:
    if request.status == "cancelled":
        return ()
    skilled = session.scalars(
        select(Inspector.id)
        .join(InspectorSkill, InspectorSkill.inspector_id == Inspector.id)
        .where(
            Inspector.active.is_(True),
            InspectorSkill.skill == request.skill,
            InspectorSkill.level >= request.level,
        )
        .limit(1)
    ).first()
    warnings = []
    if skilled is None:
        warnings.append(f"No active inspector has the skill {request.skill} at level {request.level}.")
    if request.earliest is None:
        order = None if request.order_id is None else session.get(Order, request.order_id)
        made = None if order is None else production_of(order)
        if made is None or not (made.start or made.ready or Line(made, _works_every_day).known):
            warnings.append(
                f"{request.code} has no window yet: give earliest and latest, or an order with its production start."
            )
    return tuple(warnings)


def _works_every_day(_day: dt.date) -> bool:
    return True
