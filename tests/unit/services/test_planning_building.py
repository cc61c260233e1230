"""Which requests a problem has, and what it says of them: every rule by a case made by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from desktop.models import (
    Announcement,
    AnnouncementInspector,
    FactoryClosure,
    PastVisit,
    ProductionWindow,
    RequestAffinity,
    RequestExclusion,
    Setting,
)
from desktop.services.planning import settings_for
from desktop.store.engine import Store
from scheduler import problem as given
from scheduler.problem import Lead, Mode, Pin
from scheduler.validate import check_problem
from tests.helpers.planning_firm import MONDAY, NEAR, WEEK, Firm, built, day, slot


@pytest.fixture
def session(sqlite_store: Store) -> Iterator[Session]:
    with sqlite_store.session(write=True) as session:
        yield session


@pytest.fixture
def firm(session: Session) -> Firm:
    firm = Firm(session)
    firm.inspector("I1")
    return firm


def only(session: Session) -> given.Request:
    found = built(session)
    assert check_problem(found.problem) == ()
    assert found.impossible == ()
    (request,) = found.problem.requests
    return request


def reasons(session: Session) -> dict[str, str]:
    return {entry.request: entry.reasons[0].code for entry in built(session).impossible}


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


# -- windows and dates due ---------------------------------------------------------------------------------------------


def test_a_window_is_as_entered(firm: Firm, session: Session) -> None:
    firm.request("R1", firm.factory("F1"), earliest=day(-3), latest=day(9))
    assert (only(session).earliest, only(session).latest) == (day(-3), day(9))


def test_a_window_follows_from_production(firm: Firm, session: Session) -> None:
    factory = firm.factory("F1", closed_weekdays=(6,))
    order = firm.order("O1", factory, production_start=day(-1), daily_rate=100.0)
    firm.request("R1", factory, order_id=order.id, earliest=None, latest=None, due=None)
    # Sunday is closed: production starts on Monday, Tuesday begins with 10 %, Saturday with 50 %
    assert (only(session).earliest, only(session).latest) == (day(1), day(5))


def test_a_holiday_of_the_factory_delays_production(firm: Firm, session: Session) -> None:
    factory = firm.factory("F1")
    firm.holiday(day(1))
    order = firm.order("O1", factory, production_start=day(0), daily_rate=100.0)
    firm.request("R1", factory, order_id=order.id, earliest=None, latest=None, due=None)
    assert (only(session).earliest, only(session).latest) == (day(2), day(6))


def test_a_report_moves_the_window(firm: Firm, session: Session) -> None:
    factory = firm.factory("F1")
    reports = [(day(-3), 40.0), (day(-2), 20.0)]
    order = firm.order("O1", factory, reports, production_start=day(-10), daily_rate=100.0)
    firm.request("R1", factory, order_id=order.id, earliest=None, latest=None, due=None)
    # no more than 20 % by Friday, after eight days: 10 % were passed on the fifth. At (20 + 50) / (90 + 50) of
    # the pace six days make the 30 % that are missing after Saturday: the Saturday after begins with 50 %
    assert (only(session).earliest, only(session).latest) == (day(-6), day(5))


@pytest.mark.parametrize(
    ("own", "latest"),
    [
        ((), 5),
        ((("house", 30.0),), 3),
        ((("house", 30.0), ("product", 60.0)), 6),
        ((("house", 30.0), ("product", 60.0), ("client", 20.0)), 2),
        ((("house", 30.0), ("product", 60.0), ("client", 20.0), ("both", 40.0)), 4),
    ],
)
def test_the_most_particular_production_window_counts(
    firm: Firm, session: Session, own: tuple[tuple[str, float], ...], latest: int
) -> None:
    factory = firm.factory("F1")
    order = firm.order("O1", factory, production_start=day(0), daily_rate=100.0)
    firm.request("R1", factory, order_id=order.id, earliest=None, latest=None, due=None)
    for whose, to_percent in own:
        client = firm.client.id if whose in ("client", "both") else None
        product = "jackets" if whose in ("product", "both") else None
        session.add(ProductionWindow(client_id=client, product=product, from_percent=10.0, to_percent=to_percent))
    # n tenths are made by the morning of day n
    assert only(session).latest == day(latest)


def test_due_is_the_last_day_on_which_a_visit_begins_within_48_hours(firm: Firm, session: Session) -> None:
    # 17:00 in London on Sunday is 01:00 on Monday in China: at 01:00 on Wednesday nobody begins
    firm.request("R1", firm.factory("F1"), due=None, requested_at=utc("2026-11-29T17:00"))
    assert only(session).due == day(1)


def test_the_zone_of_the_factory_decides_the_day(firm: Firm, session: Session) -> None:
    firm.request("R1", firm.factory("F1", time_zone="Europe/London"), due=None, requested_at=utc("2026-11-30T09:00"))
    assert only(session).due == day(2)


def test_the_hours_begin_with_a_window_that_opens_later(firm: Firm, session: Session) -> None:
    firm.request("R1", firm.factory("F1"), due=None, earliest=day(2))
    assert only(session).due == day(3)


def test_nothing_is_due_before_the_window_ends_as_long_as_the_clock_stands_still(firm: Firm, session: Session) -> None:
    firm.request("R1", firm.factory("F1"), due=None, complete_at=None)
    assert only(session).due == day(4)


def test_working_hours_are_those_of_the_calendar_that_everything_uses(firm: Firm, session: Session) -> None:
    firm.client.clock_in_working_hours = True
    firm.holiday(day(1))
    firm.holiday(day(5), "make-up")
    # 9 hours each on Monday, Wednesday, Thursday, Friday and the Saturday that is worked, 3 on Monday the 7th
    firm.request("R1", firm.factory("F1"), due=None, latest=day(9), requested_at=utc("2026-11-29T17:00"))
    assert only(session).due == day(7)


def test_a_due_date_as_entered_stays(firm: Firm, session: Session) -> None:
    firm.request("R1", firm.factory("F1"), due=day(-1))
    assert only(session).due == day(-1)


# -- prices ------------------------------------------------------------------------------------------------------------


def test_prices_as_entered(firm: Firm, session: Session) -> None:
    firm.request("R1", firm.factory("F1"), late_cost_cents=0, unserved_cost_cents=7)
    assert (only(session).late_cost, only(session).unserved_cost) == (0, 7)


def test_prices_follow_from_the_booking_and_the_house(firm: Firm, session: Session) -> None:
    firm.request("R1", firm.factory("F1"), price_cents=30000)
    assert (only(session).late_cost, only(session).unserved_cost) == (12000, 30000 + 10000)


def test_without_a_price_the_man_days_are_priced(firm: Firm, session: Session) -> None:
    firm.inspector("I2")
    firm.request("R1", firm.factory("F1"), price_cents=None, modes=(Mode(2, 2), Mode(1, 4)))
    assert only(session).unserved_cost == 2 * 28000 + 10000


@pytest.mark.parametrize(("latest", "share"), [(6, 1.0), (7, 1.0), (8, 0.35)])
def test_what_can_wait_costs_less_to_leave(firm: Firm, session: Session, latest: int, share: float) -> None:
    # two days are needed after the horizon, which ends with day 6
    firm.request("R1", firm.factory("F1"), modes=(Mode(1, 4),), latest=day(latest), price_cents=30000)
    assert only(session).unserved_cost == round(40000 * share)


def test_settings_of_the_house_replace_defaults_and_arguments_replace_them(firm: Firm, session: Session) -> None:
    session.add_all([Setting(name="late_cost_cents", value=500), Setting(name="sample", value={"badge": "x"})])
    session.add(Setting(name="days", value=5))
    session.flush()
    settings = settings_for(session, MONDAY, days=6)
    assert (settings.late_cost_cents, settings.days, settings.first_day) == (500, 6, MONDAY)
    assert settings.unserved_share == WEEK.unserved_share


# -- which requests ----------------------------------------------------------------------------------------------------


def test_requests_of_the_horizon(firm: Firm, session: Session) -> None:
    factory = firm.factory("F1")
    firm.request("R1", factory, earliest=day(6), latest=day(9))
    firm.request("R2", factory, earliest=day(7), latest=day(9))
    for n, status in enumerate(("new", "done", "cancelled")):
        firm.request(f"R{n + 3}", factory, status=status)
    assert [request.id for request in built(session).problem.requests] == ["R1"]
    every = built(session, replace(WEEK, every_open_request=True)).problem
    assert [request.id for request in every.requests] == ["R1", "R2"]


def test_requests_of_an_area_or_country(firm: Firm, session: Session) -> None:
    firm.inspector("I2", permits={"福建省": None, "Đồng Nai": None})
    firm.request("R1", firm.factory("F1"))
    firm.request("R2", firm.factory("F2", area="福建省"))
    firm.request("R3", firm.factory("F3", area="Đồng Nai", country="VN"))
    areas = built(session, replace(WEEK, areas=("福建省", "Đồng Nai"))).problem
    assert [request.id for request in areas.requests] == ["R2", "R3"]
    assert [site.id for site in areas.sites] == ["F2", "F3"]
    both = built(session, replace(WEEK, areas=("福建省", "Đồng Nai"), countries=("CN",))).problem
    assert [request.id for request in both.requests] == ["R2"]


def test_closed_days_of_a_site(firm: Firm, session: Session) -> None:
    factory = firm.factory("F1", closed_weekdays=(5, 6))
    factory.closures = [FactoryClosure(first_date=day(1), last_date=day(2))]
    stays = firm.factory("F2", closes_on_holidays=False)
    firm.holiday(day(3))
    firm.holiday(day(5), "make-up")
    firm.request("R1", factory)
    firm.request("R2", stays)
    closed = {site.id: site.closed for site in built(session).problem.sites}
    assert closed == {"F1": {day(1), day(2), day(3), day(6)}, "F2": frozenset()}


def test_everything_that_a_booking_says(firm: Firm, session: Session) -> None:
    one, other = (firm.inspector(code, certificates={"gb": day(90)}, skills={"garment": 5}) for code in ("I2", "I3"))
    gone = firm.inspector("I4", active=False)
    record = firm.request(
        "R1",
        firm.factory("F1"),
        languages=("zh",),
        certificates=("gb",),
        lead_level=5,
        lead_certificates=("gb",),
        modes=(Mode(2, 2), Mode(1, 4)),
    )
    record.exclusions = [RequestExclusion(inspector_id=person.id) for person in (one, gone)]
    record.affinities = [RequestAffinity(inspector_id=person.id, cents=-500) for person in (other, gone)]
    firm.inspector("I5", certificates={"gb": day(90)})
    found = only(session)
    assert (found.languages, found.certificates, found.lead) == (("zh",), ("gb",), Lead(5, (), ("gb",)))
    assert (set(found.excluded), dict(found.affinity)) == ({"I2"}, {"I3": -500}), "who has left is not mentioned"
    assert found.modes == (Mode(2, 2), Mode(1, 4))


def test_a_pin_becomes_slots_of_the_horizon(firm: Firm, session: Session) -> None:
    record = firm.request("R1", firm.factory("F1"))
    person = firm.inspector("I2")
    firm.pin(record, [person], start_slot=slot(2), mode=0, waive=("site",))
    assert only(session).pin == Pin(("I2",), 4, 0, frozenset({"site"}))


def test_a_pin_outside_the_horizon_leaves_the_request_to_another_plan(firm: Firm, session: Session) -> None:
    record = firm.request("R1", firm.factory("F1"), latest=day(20))
    firm.pin(record, start_slot=slot(7), mode=0)
    assert built(session).problem.requests == ()
    assert built(session).impossible == ()


def test_a_start_that_is_pinned_with_a_waiver_brings_a_request_back(firm: Firm, session: Session) -> None:
    record = firm.request("R1", firm.factory("F1"), earliest=day(-9), latest=day(-2), due=day(-2))
    firm.pin(record, [firm.inspector("I2")], start_slot=slot(1), mode=0, waive=("window",))
    assert only(session).id == "R1"


def test_a_pin_to_somebody_who_left_is_a_fault_that_names_him(firm: Firm, session: Session) -> None:
    record = firm.request("R1", firm.factory("F1"))
    firm.pin(record, [firm.inspector("I9", active=False)])
    (fault,) = check_problem(built(session).problem)
    assert (fault.record, fault.field, fault.value) == ("request R1", "pin.inspectors", "I9")


def test_announcements_without_those_who_left(firm: Firm, session: Session) -> None:
    record = firm.request("R1", firm.factory("F1"), status="published")
    people = [firm.inspector("I2"), firm.inspector("I9", active=False)]
    session.add(
        Announcement(
            request_id=record.id,
            first_slot=slot(1),
            inspector_cost_cents=1,
            day_cost_cents=2,
            drop_cost_cents=3,
            inspectors=[AnnouncementInspector(inspector_id=person.id) for person in people],
        )
    )
    assert built(session).problem.published == {"R1": given.Announcement(("I2",), 2, 1, 2, 3)}


# -- what has been published -------------------------------------------------------------------------------------------


def test_published_visits_of_the_week_are_planned_again(firm: Firm, session: Session) -> None:
    record = firm.request("R1", firm.factory("F1"), status="published")
    firm.visit(record, [firm.inspector("I2")], slot(1))
    found = built(session).problem
    assert [request.id for request in found.requests] == ["R1"]
    assert found.inspectors[1].available == found.inspectors[0].available, "its time is free to be planned"


@pytest.mark.parametrize(("first_slot", "status"), [(slot(-2), "planned"), (slot(7), "planned"), (slot(9), "planned")])
def test_visits_of_other_weeks_are_not(firm: Firm, session: Session, first_slot: int, status: str) -> None:
    record = firm.request("R1", firm.factory("F1"), earliest=day(-5), latest=day(20), status="published")
    firm.visit(record, [firm.inspector("I2")], first_slot, status=status)
    assert built(session).problem.requests == ()


def test_history_counts_what_was_made_and_what_older_records_tell(firm: Firm, session: Session) -> None:
    factory, other = firm.factory("F1"), firm.factory("F2", at=NEAR)
    person = firm.inspector("I2")
    firm.request("R1", factory)
    for n, (first_slot, at) in enumerate(
        ((slot(-10), factory), (slot(-89), factory), (slot(-90), factory), (slot(-9), other))
    ):
        firm.visit(firm.request(f"R{n + 2}", at, status="done"), [person], first_slot, status="done")
    session.add_all(
        PastVisit(inspector_id=person.id, factory_id=factory.id, visited_on=date)
        for date in (day(-20), day(-90), day(0))
    )
    assert built(session).problem.history == (
        given.PastVisit("I2", "F1", day(-89)),
        given.PastVisit("I2", "F1", day(-20)),
        given.PastVisit("I2", "F1", day(-10)),
    )


def test_a_visit_begun_this_week_counts_for_rotation_too(firm: Firm, session: Session) -> None:
    factory, person = firm.factory("F1"), firm.inspector("I2")
    firm.request("R1", factory)
    firm.visit(firm.request("R2", factory, status="published"), [person], slot(0), status="done")
    assert built(session).problem.history == (given.PastVisit("I2", "F1", day(-1)),)


def test_a_provisional_calendar_is_noted_near_its_holidays(firm: Firm, session: Session) -> None:
    firm.holiday(day(9)).provisional = True
    assert any("provisional" in note and "CN" in note for note in built(session).notes)
    assert built(session, replace(WEEK, first_day=day(-21))).notes == ()


def test_equal_records_give_equal_digests_and_a_change_another(firm: Firm, session: Session) -> None:
    record = firm.request("R1", firm.factory("F1"))
    before = built(session).digest
    session.expire_all()
    assert built(session).digest == before
    record.note = "bring samples"
    assert built(session).digest == before, "a note is no part of the problem"
    record.level = 3
    assert built(session).digest != before


# -- what can never be served ------------------------------------------------------------------------------------------


def test_what_has_no_place_or_window_is_listed(firm: Firm, session: Session) -> None:
    placed, nowhere = firm.factory("F1"), firm.factory("F2", at=None, address="nr. the old bridge")
    firm.request("R1", nowhere)
    firm.request("R2", placed, earliest=None, latest=None)
    order = firm.order("O1", placed, production_start=MONDAY)
    firm.request("R3", placed, order_id=order.id, earliest=None, latest=None)
    firm.request("R4", placed, earliest=day(-9), latest=day(-1))
    found = {entry.request: entry.reasons[0] for entry in built(session).impossible}
    assert {code: reason.code for code, reason in found.items()} == {
        "R1": "no_place",
        "R2": "no_window",
        "R3": "no_window",
        "R4": "window_over",
    }
    assert "nr. the old bridge" in found["R1"].text
    assert "O1 has no daily rate" in found["R3"].text
    assert "Sun 29 Nov 2026" in found["R4"].text
    assert all(reason.lift for reason in found.values())


def test_what_a_pin_or_an_announcement_names_stays_in_the_problem(firm: Firm, session: Session) -> None:
    factory = firm.factory("F1")
    pinned = firm.request("R1", factory, skill="toys")
    firm.pin(pinned, mode=0)
    announced = firm.request("R2", factory, skill="toys", status="published")
    session.add(
        Announcement(
            request_id=announced.id, first_slot=slot(1), inspector_cost_cents=1, day_cost_cents=2, drop_cost_cents=3
        )
    )
    firm.request("R3", factory, skill="toys")
    found = built(session)
    assert [request.id for request in found.problem.requests] == ["R1", "R2"]
    assert [entry.request for entry in found.impossible] == ["R3"]
    assert any("R2 has been announced" in note for note in found.notes)


def test_requests_kept_by_name_are_in_whatever_is_known_of_them(firm: Firm, session: Session) -> None:
    factory = firm.factory("F1")
    firm.request("R1", factory, skill="toys")
    firm.request("R2", factory, earliest=day(20), latest=day(25))
    firm.request("R3", factory, earliest=day(-20), latest=day(-15))
    found = built(session, keep=("R1", "R2", "R3"))
    assert [request.id for request in found.problem.requests] == ["R1", "R2", "R3"]
    assert found.impossible == ()
