"""Stored plans read to be held open, and what of them has changed read anew."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models import Assignment, Inspector, Plan, Request, Unassigned, Visit
from desktop.models.halfday import date_of, morning
from desktop.services.board import WeekBoard
from desktop.services.collecting import reading_much
from desktop.services.planning.board_rows import Drawing, VisitFacts
from desktop.services.planning.booking_records import read_pins
from desktop.services.planning.bookings import pin_as_given
from desktop.services.planning.building import Building
from desktop.services.planning.commitments import LONGEST_VISIT
from desktop.services.planning.costing import assignments_of, settings_of_plan
from desktop.services.planning.opened import OpenPlan
from desktop.services.planning.pairs import ARRIVED_AFTER
from desktop.services.planning.plan_sheet import Change, PlanSheet
from desktop.services.planning.reading import BookingViews, badge_of, holiday_views, views_of
from desktop.services.planning.weighing import Standing
from scheduler import plan as made
from scheduler.instance import Instance


def read_plan(session: Session, plan: Plan, keep: Collection[str] = ()) -> OpenPlan:
    """A stored plan, held open. The requests of `keep` are in its problem whatever is known of them."""
    with reading_much():
        return _read_plan(session, plan, keep)


def _read_plan(session: Session, plan: Plan, keep: Collection[str]) -> OpenPlan:
    settings = settings_of_plan(plan)
    building = Building(session, settings, plan, keep, everything=False)
    built = building.build()
    booked = building.bookings
    views = BookingViews(session, booked, building.factories, building.wanted)
    standing = Standing.of(Instance(built.wide), assignments_of(session, plan))
    codes = {row.id: row.code for row in booked.rows}
    reasons = {codes[row]: reason for row, reason in _reasons(session, plan).items()}
    if plan.status == "draft":
        known = standing.placed.keys() | reasons.keys()
        new = [request.id for request in built.problem.requests if request.id not in known]
        reasons |= dict.fromkeys(new, ARRIVED_AFTER.text)
    sheet = PlanSheet(
        settings=settings,
        building=building,
        built=built,
        booked=booked,
        rows={row.code: row for row in booked.rows},
        bookings={row.code: views.view(row) for row in booked.rows},
        factories=building.factories,
        orders=views.orders,
        people={person.code: person for person in views_of(building.roster, built.problem.horizon)},
        reasons=reasons,
    )
    pins = {codes[row]: pin.waive for row, pin in booked.pins.items()}
    drawing = Drawing(standing, sheet.bookings, _facts(session, plan), pins)
    header = WeekBoard(
        plan=plan.code,
        status=plan.status,
        first_day=plan.first_day,
        days=plan.days,
        cost=0,
        bound=plan.bound_cents if plan.bound_cents is not None and sheet.digest == plan.problem_digest else None,
        assigned=0,
        late=0,
        rows=(),
        unassigned=(),
        badge=badge_of(session),
        published_until=_published_until(session, plan.first_day),
        frozen_until=plan.first_day + dt.timedelta(days=settings.freeze_days - 1) if settings.freeze_days else None,
    )
    board = sheet.drawn(drawing, header, holiday_views(session, sheet.horizon))
    return OpenPlan(sheet, drawing, built.aside, board)


def _facts(session: Session, plan: Plan) -> dict[str, VisitFacts]:
    query = (
        select(Request.code, Visit.version, Visit.published, Visit.status)
        .join(Visit, Visit.request_id == Request.id)
        .where(Visit.plan_id == plan.id)
    )
    return {
        code: VisitFacts(version, published, status in ("started", "done"))
        for code, version, published, status in session.execute(query)
    }


def _reasons(session: Session, plan: Plan) -> dict[int, str]:
    """Why a plan leaves requests out, by their keys."""
    query = select(Unassigned.request_id, Unassigned.reasons).where(Unassigned.plan_id == plan.id)
    return {request: reasons[0]["text"] if reasons else "" for request, reasons in session.execute(query)}


def _published_until(session: Session, first_day: dt.date) -> dt.date | None:
    """The last day from some weeks before the board on that has a published visit."""
    query = select(func.max(Visit.last_slot)).where(
        Visit.published, Visit.status != "cancelled", Visit.first_slot >= morning(first_day) - LONGEST_VISIT
    )
    slot = session.scalars(query).one()
    return None if slot is None else date_of(slot)


def changes_of(session: Session, plan: Plan, requests: Collection[int]) -> list[Change]:
    """Where the records have some requests (by key) of a plan now."""
    begin = morning(plan.first_day)
    wanted = select(Request.id).where(Request.id.in_(requests))
    pins = read_pins(session, wanted)
    reasons = {row: reason for row, reason in _reasons(session, plan).items() if row in requests}
    visits = {
        row.request_id: row
        for row in session.execute(
            select(
                Visit.id, Visit.request_id, Visit.mode, Visit.first_slot, Visit.version, Visit.published, Visit.status
            ).where(Visit.plan_id == plan.id, Visit.request_id.in_(requests))
        )
    }
    crews: dict[int, list[str]] = defaultdict(list)
    people = (
        select(Assignment.visit_id, Inspector.code)
        .join(Inspector, Assignment.inspector_id == Inspector.id)
        .where(Assignment.visit_id.in_([row.id for row in visits.values()]))
    )
    for own, name in session.execute(people):
        crews[own].append(name)
    found = []
    for key, code in session.execute(select(Request.id, Request.code).where(Request.id.in_(requests))):
        visit, to, facts = visits.get(key), None, None
        if visit is not None:
            facts = VisitFacts(visit.version, visit.published, visit.status in ("started", "done"))
            if visit.status != "cancelled":
                to = made.Assignment(code, visit.mode, visit.first_slot - begin, tuple(sorted(crews[visit.id])))
        found.append(Change(code, to, pin_as_given(pins.get(key), begin), facts, reasons.get(key)))
    return found
