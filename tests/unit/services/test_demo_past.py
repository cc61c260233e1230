"""The past of the sample company: nobody is in two places, work keeps to calendars and contracts, seasons show."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.clock import FixedClock
from desktop.models import (
    Absence,
    AnnouncedChange,
    Announcement,
    Assignment,
    CalendarDay,
    CorrectiveAction,
    ExchangeRate,
    Factory,
    FactoryClosure,
    Inspector,
    Order,
    Permit,
    Plan,
    ProgressReport,
    Request,
    Unassigned,
    Visit,
    VisitResult,
)
from desktop.models.halfday import date_of, morning
from desktop.services.attainment import kept_by, promised
from desktop.services.demo import make_sample
from desktop.services.demo.past import SEASON
from desktop.services.inspection.reading import stage_of
from desktop.services.inspection.visited import times_of
from desktop.services.planning.building import build_problem
from desktop.services.settings import PlanSettings
from scheduler.validate import check_problem
from tests.helpers.stores import SqliteTemplate

MONDAY = dt.date(2026, 11, 30)
TODAY = dt.date(2026, 11, 25)
INSPECTORS = 18


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory, sqlite_template: SqliteTemplate) -> Iterator[Session]:
    """Two years of a small company; tests only read them."""
    clock = FixedClock(dt.datetime.combine(TODAY, dt.time(9), dt.UTC))
    with sqlite_template.new_store(tmp_path_factory.mktemp("past")) as store:
        make_sample(store, inspectors=INSPECTORS, requests=60, years=2, first_day=MONDAY, clock=clock)
        with store.session() as session:
            yield session


@pytest.fixture(scope="module")
def bookings(session: Session) -> dict[int, list[tuple[int, int]]]:
    """First and last slots by inspector, in order."""
    by_inspector: dict[int, list[tuple[int, int]]] = defaultdict(list)
    rows = session.execute(select(Assignment.inspector_id, Assignment.first_slot, Assignment.last_slot))
    for inspector, first, last in rows:
        by_inspector[inspector].append((first, last))
    return {inspector: sorted(slots) for inspector, slots in by_inspector.items()}


def days_of(slots: Sequence[tuple[int, int]]) -> list[int]:
    return sorted({slot // 2 for first, last in slots for slot in range(first, last + 1)})


def test_a_year_of_an_inspector_has_the_usual_number_of_visits(session: Session) -> None:
    visits = session.scalar(select(func.count(Visit.id))) or 0
    assert visits / INSPECTORS / 2 == pytest.approx(160, abs=25)


def test_nobody_is_booked_twice(bookings: dict[int, list[tuple[int, int]]]) -> None:
    for slots in bookings.values():
        assert all(one[1] < other[0] for one, other in itertools.pairwise(slots))


def test_weeks_keep_to_contracts(session: Session, bookings: dict[int, list[tuple[int, int]]]) -> None:
    longest = {row.id: len(row.day_costs_cents) for row in session.scalars(select(Inspector))}
    for inspector, slots in bookings.items():
        days = days_of(slots)
        weeks = Counter((day - 1) // 7 for day in days)
        assert max(weeks.values()) <= longest[inspector]
        run = 1
        for one, other in itertools.pairwise(days):
            run = run + 1 if other == one + 1 else 1
            assert run <= 6, date_of(2 * other)


def test_nobody_works_on_leave(session: Session, bookings: dict[int, list[tuple[int, int]]]) -> None:
    absences = session.scalars(select(Absence).where(Absence.last_slot < morning(MONDAY))).all()
    assert len(absences) > INSPECTORS
    for absence in absences:
        assert not any(
            first <= absence.last_slot and last >= absence.first_slot
            for first, last in bookings.get(absence.inspector_id, ())
        )


def test_factories_are_open_when_visited(session: Session) -> None:
    closures = defaultdict(list)
    for closure in session.scalars(select(FactoryClosure)):
        closures[closure.factory_id].append((closure.first_date, closure.last_date))
    factories = {row.id: row for row in session.scalars(select(Factory))}
    days = session.execute(select(CalendarDay.country, CalendarDay.date, CalendarDay.kind)).all()
    kinds = {(country, date): kind for country, date, kind in days}
    rows = session.execute(
        select(Request.factory_id, Visit.first_slot, Visit.last_slot).join(Visit, Visit.request_id == Request.id)
    )
    for key, first, last in rows:
        factory = factories[key]
        for day in (date_of(first), date_of(last)):
            kind = kinds.get((factory.country, day))
            assert not any(start <= day <= end for start, end in closures[key])
            assert kind == "make-up" or day.weekday() not in factory.closed_weekdays
            assert kind != "holiday" or not factory.closes_on_holidays


def test_everybody_may_be_where_he_is(session: Session) -> None:
    permits = set(session.execute(select(Permit.inspector_id, Permit.area)).all())
    rows = session.execute(
        select(Assignment.inspector_id, Factory.area, Inspector.services, Request.service)
        .join(Visit, Visit.id == Assignment.visit_id)
        .join(Request, Request.id == Visit.request_id)
        .join(Factory, Factory.id == Request.factory_id)
        .join(Inspector, Inspector.id == Assignment.inspector_id)
    ).all()
    assert all((inspector, area) in permits for inspector, area, _, _ in rows)
    assert all(service in services for _, _, services, service in rows)


def test_the_lunar_new_year_is_quiet_and_the_autumn_busy(session: Session) -> None:
    months = Counter((date_of(slot).year, date_of(slot).month) for slot in session.scalars(select(Visit.first_slot)))
    assert months[2026, 2] < 0.6 * months[2026, 3]
    busy = {month for month, share in enumerate(SEASON, 1) if share > 1}
    assert {3, 4, 9, 10, 11} <= busy
    there = sum(number for (_, month), number in months.items() if month in busy) / len(busy)
    elsewhen = sum(number for (_, month), number in months.items() if month not in busy) / (12 - len(busy))
    assert there > 1.05 * elsewhen


def test_what_is_done_has_a_result_and_what_is_to_come_an_announcement(session: Session) -> None:
    begun = set(session.scalars(select(Visit.id).where(Visit.status != "planned")))
    assert begun == set(session.scalars(select(VisitResult.visit_id)))
    to_come = session.scalars(select(Visit).where(Visit.status != "done")).all()
    assert to_come
    assert all(date_of(visit.last_slot) >= TODAY for visit in to_come)
    assert all(date_of(visit.first_slot) >= TODAY for visit in to_come if visit.status == "planned")
    assert {visit.request_id for visit in to_come} == set(session.scalars(select(Announcement.request_id)))
    assert Counter(session.scalars(select(Request.status))).keys() == {"cancelled", "done", "published", "ready"}


def test_results_are_plausible(session: Session) -> None:
    results = session.scalars(select(VisitResult)).all()
    outcomes = Counter(result.outcome for result in results)
    assert 0.7 < outcomes["pass"] / len(results) < 0.9
    assert 0.05 < outcomes["fail"] / len(results) < 0.25
    assert all(result.work_cents >= 0 and result.travel_cents >= 0 for result in results)
    ends = {
        key: dt.datetime.combine(date_of(slot), dt.time(10), dt.UTC)
        for key, slot in session.execute(select(Visit.id, Visit.last_slot))
    }
    waited = [
        (result.report_sent_at - ends[result.visit_id]).total_seconds() / 3600
        for result in results
        if result.report_sent_at is not None
    ]
    assert sum(hours <= 24 for hours in waited) / len(waited) > 0.95


def test_what_happened_lately_is_told_whole_and_in_order(session: Session) -> None:
    """Times in order, none ahead; reports of yesterday on their way; defects that add up, and actions about them."""
    now = dt.datetime.combine(TODAY, dt.time(9), dt.UTC)
    results = session.scalars(select(VisitResult)).all()
    for result in results:
        times = times_of(result)
        assert list(times.values()) == sorted(times.values())
        assert all(time <= now for time in times.values())
    states = Counter(stage_of(result) for result in results)
    assert {"released", "finished"} <= states.keys()
    assert len(states) > 3
    assert all((result.outcome == "aborted") == bool(result.abort_reason) for result in results)
    told = [result for result in results if result.defects]
    assert told
    for result in told:
        assert sum(defect.number for defect in result.defects if defect.severity == "major") == result.major_found
    actions = session.scalars(select(CorrectiveAction)).all()
    late = sum(action.verified_at is None and action.due < TODAY for action in actions)
    assert 0 < late < 0.06 * sum(action.verified_at is None for action in actions)
    assert any(action.verified_at is not None for action in actions)


def test_what_was_promised_stands_beside_arrivals(session: Session) -> None:
    results = session.scalars(select(VisitResult).order_by(VisitResult.id)).all()
    assert all(result.arrived_at and result.target_at for result in results)
    for result in results[:: len(results) // 5]:
        request = session.get_one(Request, session.get_one(Visit, result.visit_id).request_id)
        assert result.arrived_at is not None
        computed = kept_by(session, request, result.arrived_at)
        assert computed is not None
        assert promised(result) == replace(computed.clock, missing=())


def test_an_order_is_met_again_at_its_final_inspection(session: Session) -> None:
    services: dict[int | None, list[str]] = defaultdict(list)
    rows = session.execute(
        select(Request.order_id, Request.service).where(Request.order_id.is_not(None)).order_by(Request.id)
    )
    for order, service in rows:
        services[order].append(service)
    both = sum(names[:2] == ["DUPRO", "PSI"] for names in services.values())
    assert both > 0.2 * len(services)


def test_orders_have_progress_reports(session: Session) -> None:
    reports = session.execute(select(ProgressReport.order_id, ProgressReport.source)).all()
    orders = session.scalar(select(func.count(Order.id))) or 0
    assert len({order for order, _ in reports}) > 0.3 * orders
    assert any(source.startswith("inspector I") for _, source in reports)


def test_every_week_has_its_published_plan(session: Session) -> None:
    plans = session.scalars(select(Plan).order_by(Plan.first_day)).all()
    assert len(plans) == 104
    assert {plan.status for plan in plans} == {"published"}
    assert plans[-1].first_day == MONDAY - dt.timedelta(days=7)
    for plan in plans[-3:]:
        assert plan.cost_cents == sum(plan.cost_parts.values())
        assert PlanSettings.from_json(plan.settings).first_day == plan.first_day
        slots = session.scalars(select(Visit.first_slot).where(Visit.plan_id == plan.id)).all()
        assert all(plan.first_day <= date_of(slot) < plan.first_day + dt.timedelta(days=7) for slot in slots)


def test_the_week_to_come_can_be_planned_after_it(session: Session) -> None:
    built = build_problem(session, PlanSettings(first_day=MONDAY))
    assert check_problem(built.problem) == ()
    assert len(built.problem.history) > 100
    assert len(built.problem.requests) > 50


def test_clients_come_and_go_and_order_at_other_times_of_the_year(session: Session) -> None:
    rows = session.execute(
        select(Request.client_id, Visit.first_slot).join(Visit, Visit.request_id == Request.id)
    ).all()
    quarters: dict[int, Counter[int]] = defaultdict(Counter)
    for client, slot in rows:
        day = date_of(slot)
        quarters[client][4 * day.year + (day.month - 1) // 3] += 1
    first, last = 4 * 2025, 4 * 2026 + 3
    assert any(one[first] + one[first + 1] == 0 and one[last] > 3 for one in quarters.values())
    assert any(one[last] + one[last - 1] == 0 and one[first] > 3 for one in quarters.values())
    assert len({max(one, key=one.__getitem__) % 4 for one in quarters.values()}) > 2


def test_some_work_on_a_saturday_for_the_premium(session: Session) -> None:
    paid = session.scalars(
        select(Visit).join(VisitResult, VisitResult.visit_id == Visit.id).where(VisitResult.premium_cents > 0)
    ).all()
    assert 5 < len(paid) < 0.02 * (session.scalar(select(func.count(Visit.id))) or 0)
    holidays = {*session.scalars(select(CalendarDay.date).where(CalendarDay.kind == "holiday"))}
    for visit in paid:
        days = [date_of(slot) for slot in range(visit.first_slot, visit.last_slot + 1)]
        assert any(day.weekday() >= 5 or day in holidays for day in days)


def test_some_announcements_were_taken_back(session: Session) -> None:
    changes = session.scalars(select(AnnouncedChange)).all()
    visits = session.scalar(select(func.count(Visit.id))) or 0
    assert len(changes) / visits == pytest.approx(0.06, abs=0.02)
    assert {change.kind for change in changes} == {"day", "people", "both", "dropped"}
    plans = {plan.id: plan for plan in session.scalars(select(Plan))}
    for change in changes:
        plan = plans[change.plan_id or 0]
        assert plan.published_at is not None
        assert plan.published_at < change.at
        assert change.cents > 0
        assert (change.new_slot is None) == (change.kind == "dropped")
        assert change.kind != "day" or change.old_slot != change.new_slot


def test_who_came_in_vain_is_paid_for_by_whoever_caused_it(session: Session) -> None:
    aborted = session.scalars(select(VisitResult).where(VisitResult.outcome == "aborted")).all()
    assert aborted
    assert all((result.charged_cents > 0) == (result.abort_reason != "other") for result in aborted)
    assert not session.scalar(select(func.sum(VisitResult.charged_cents)).where(VisitResult.outcome != "aborted"))


def test_what_nobody_served_has_its_reasons(session: Session) -> None:
    left = session.scalars(select(Unassigned)).all()
    given_up = set(session.scalars(select(Request.id).where(Request.status == "cancelled")))
    assert {row.request_id for row in left} == given_up
    assert all(row.reasons[0]["text"] for row in left)


def test_currencies_are_worth_something_each_month(session: Session) -> None:
    rates = session.scalars(select(ExchangeRate)).all()
    assert Counter(rate.currency for rate in rates) == dict.fromkeys(("EUR", "CNY", "VND"), 24)
    assert min(rate.date for rate in rates) <= MONDAY - dt.timedelta(days=7 * 104)
