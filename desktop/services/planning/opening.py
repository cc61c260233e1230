"""Stored plans read to be held open, and what of them has changed read anew."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models import Assignment, Factory, Inspector, Plan, Request, Unassigned, Visit
from desktop.models.halfday import date_of, morning
from desktop.services.board import BoardBar, WeekBoard
from desktop.services.collecting import undisturbed
from desktop.services.planning.board_rows import Drawing, VisitFacts
from desktop.services.planning.booking_records import read_pins
from desktop.services.planning.bookings import pin_as_given
from desktop.services.planning.building import Building, BuiltProblem
from desktop.services.planning.commitments import LONGEST_VISIT
from desktop.services.planning.costing import assignments_of, settings_of_plan
from desktop.services.planning.in_force import announced_assignments
from desktop.services.planning.opened import OpenPlan
from desktop.services.planning.pairs import ARRIVED_AFTER
from desktop.services.planning.plan_sheet import Change, PlanSheet
from desktop.services.planning.reading import BookingViews, badge_of, holiday_views, views_of
from desktop.services.settings import PlanSettings
from scheduler import plan as made
from scheduler.instance import Instance
from scheduler.standing import Standing

NOT_PLANNED = "these days are not planned yet"


def read_plan(session: Session, plan: Plan, keep: Collection[str] = ()) -> OpenPlan:
    """A stored plan, held open. The requests of `keep` are in its problem whatever is known of them."""
    with undisturbed():
        return _read_plan(session, plan, keep)


def _read_plan(session: Session, plan: Plan, keep: Collection[str]) -> OpenPlan:
    settings = settings_of_plan(plan)
    building = Building(session, settings, plan, keep)
    built = building.build()
    assignments = assignments_of(session, plan)
    codes = {row.id: row.code for row in building.bookings.rows}
    reasons = {codes[row]: reason for row, reason in _reasons(session, plan).items()}
    if plan.status == "draft":
        known = {entry.request for entry in assignments} | reasons.keys()
        new = [request.id for request in built.problem.requests if request.id not in known]
        reasons |= dict.fromkeys(new, ARRIVED_AFTER.text)
    sheet = _sheet(session, settings, building, built, reasons)
    bound = plan.bound_cents if plan.bound_cents is not None and sheet.digest == plan.problem_digest else None
    own = _Own(plan.code, plan.status, bound, assignments, _facts(session, plan))
    return _held(session, sheet, own)


def read_week(session: Session, settings: PlanSettings, keep: Collection[str] = ()) -> OpenPlan:
    """Some days without a plan: what is announced of them in its place, every open request left out.

    The requests of `keep` are in its problem whatever is known of them.
    """
    with undisturbed():
        building = Building(session, settings, None, keep, "by hand")
        built = building.build()
        announced = announced_assignments(session, built.problem)
        placed = {entry.request for entry in announced}
        reasons = {entry.id: NOT_PLANNED for entry in built.problem.requests if entry.id not in placed}
        reasons |= {entry.request: entry.reasons[0].text for entry in built.impossible}
        sheet = _sheet(session, settings, building, built, reasons)
        facts = {entry.request: VisitFacts(published=True) for entry in announced}
        return _held(session, sheet, _Own("", "", None, announced, facts))


class _Own(NamedTuple):
    """What is of a plan alone."""

    code: str
    status: str
    bound: int | None
    assignments: tuple[made.Assignment, ...]
    facts: Mapping[str, VisitFacts]


def _sheet(
    session: Session, settings: PlanSettings, building: Building, built: BuiltProblem, reasons: Mapping[str, str]
) -> PlanSheet:
    booked = building.bookings
    views = BookingViews(session, booked, building.factories, building.wanted)
    return PlanSheet(
        settings=settings,
        building=building,
        built=built,
        booked=booked,
        rows={row.code: row for row in booked.rows},
        bookings={row.code: views.view(row) for row in booked.rows},
        factories=building.factories,
        views=views,
        people={person.code: person for person in views_of(building.roster, built.problem.horizon)},
        reasons=reasons,
        elsewhere=_elsewhere(session, building),
    )


def _held(session: Session, sheet: PlanSheet, own: _Own) -> OpenPlan:
    """A plan drawn whole."""
    built, settings = sheet.built, sheet.settings
    standing = Standing.of(Instance(built.wide), own.assignments)
    codes = {row.id: row.code for row in sheet.booked.rows}
    pins = {codes[row]: pin.waive for row, pin in sheet.booked.pins.items()}
    drawing = Drawing(standing, sheet.bookings, own.facts, pins, sheet.elsewhere)
    first_day, freeze = sheet.horizon.start, settings.freeze_days
    header = WeekBoard(
        plan=own.code,
        status=own.status,
        first_day=first_day,
        days=sheet.horizon.days,
        cost=0,
        bound=own.bound,
        assigned=0,
        late=0,
        rows=(),
        unassigned=(),
        badge=badge_of(session),
        published_until=_published_until(session, first_day),
        frozen_until=first_day + dt.timedelta(days=freeze - 1) if freeze else None,
    )
    board = sheet.drawn(drawing, header, holiday_views(session, sheet.horizon))
    return OpenPlan(sheet, drawing, built.aside, board)


def _elsewhere(session: Session, building: Building) -> dict[str, tuple[BoardBar, ...]]:
    """Visits within the days planned that are no plan's to decide any more, as bars, by inspector."""
    standing = building.standing_visits()
    keys = {visit.request for visits in standing.values() for visit in visits}
    query = (
        select(Request.id, Request.code, Request.service, Factory.name)
        .join(Factory, Request.factory_id == Factory.id)
        .where(Request.id.in_(keys))
    )
    names = {key: (code, service, factory) for key, code, service, factory in session.execute(query)}
    crews: dict[tuple[int, int], list[str]] = defaultdict(list)
    for person, visits in standing.items():
        for visit in visits:
            crews[visit.request, visit.first_slot].append(person)
    begin = morning(building.horizon.start)
    last = 2 * building.horizon.days - 1
    return {
        person: tuple(
            BoardBar(
                *names[visit.request],
                first_slot=max(0, visit.first_slot - begin),
                last_slot=min(last, visit.last_slot - begin),
                crew=tuple(sorted(crews[visit.request, visit.first_slot])),
                published=True,
                started=visit.status in ("started", "done"),
                elsewhere=True,
            )
            for visit in visits
        )
        for person, visits in standing.items()
    }


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
