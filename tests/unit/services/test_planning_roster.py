"""What the records say of people's days, and where published visits leave them: every rule by a case made by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from desktop.models import Absence, DayException, InspectorPosition, Visit
from desktop.models import Inspector as Person
from desktop.store.engine import Store
from scheduler.evaluate import evaluate
from scheduler.plan import Assignment
from scheduler.problem import Inspector, Mode, Start, WorkedBefore
from scheduler.validate import check_problem
from tests.helpers.planning_firm import BEYOND, FAR, MONDAY, NEAR, TOWN, WEEK, Firm, built, day, slot

SATURDAY, SUNDAY = 5, 6
REST = (False, False)
WORK = (True, True)


@pytest.fixture
def session(sqlite_store: Store) -> Iterator[Session]:
    with sqlite_store.session(write=True) as session:
        yield session


@pytest.fixture
def firm(session: Session) -> Firm:
    return Firm(session)


def person(session: Session, code: str = "I1") -> Inspector:
    problem = built(session).problem
    assert check_problem(problem) == ()
    return next(entry for entry in problem.inspectors if entry.id == code)


def days(inspector: Inspector) -> list[tuple[bool, bool]]:
    halves = inspector.available
    return [(halves[2 * n], halves[2 * n + 1]) for n in range(len(halves) // 2)]


def test_a_plain_week_is_its_weekdays(firm: Firm, session: Session) -> None:
    firm.inspector("I1", weekend_premium_cents=6000)
    found = person(session)
    assert days(found) == [WORK] * 5 + [REST] * 2
    # Sunday's eve, the week, Monday after it
    assert found.may_travel == (False, *(True,) * 5, False, False, True)
    assert found.day_premiums == (0, 0, 0, 0, 0, 6000, 6000)


def test_a_holiday_is_off_and_paid_more(firm: Firm, session: Session) -> None:
    firm.inspector("I1", holiday_premium_cents=9000)
    firm.inspector("I2", works_on_holidays=True)
    for number in (1, SATURDAY):
        firm.holiday(day(number))
    found = person(session)
    assert days(found)[1] == REST
    assert found.may_travel[2] is False
    assert (found.day_premiums[1], found.day_premiums[SATURDAY]) == (9000, 9000)
    assert days(person(session, "I2"))[1] == WORK
    assert days(person(session, "I2"))[SATURDAY] == REST, "a holiday makes no rest day a working day"


def test_a_make_up_day_is_an_ordinary_working_day(firm: Firm, session: Session) -> None:
    firm.inspector("I1", weekend_premium_cents=6000)
    firm.holiday(day(SATURDAY), "make-up")
    found = person(session)
    assert days(found)[SATURDAY] == WORK
    assert found.may_travel[1 + SATURDAY] is True
    assert found.day_premiums[SATURDAY] == 0


def test_another_country_has_its_own_calendar(firm: Firm, session: Session) -> None:
    firm.inspector("I1")
    firm.holiday(day(1), country="VN")
    assert days(person(session))[1] == WORK


def test_a_year_without_records_is_taken_as_published(firm: Firm, session: Session) -> None:
    # the notice for 2026: National Day 1 to 7 October, Saturday the 10th is worked
    firm.inspector("I1")
    problem = built(session, replace(WEEK, first_day=dt.date(2026, 10, 5))).problem
    assert days(problem.inspectors[0]) == [REST] * 3 + [WORK] * 3 + [REST]


def test_an_absence_takes_its_half_days_and_forbids_travel(firm: Firm, session: Session) -> None:
    record = firm.inspector("I1", travels_on_rest_days=True)
    # from Tuesday's afternoon to Wednesday's evening, and Saturday's morning
    record.absences = [
        Absence(first_slot=slot(1, afternoon=True), last_slot=slot(2, afternoon=True)),
        Absence(first_slot=slot(SATURDAY), last_slot=slot(SATURDAY)),
    ]
    found = person(session)
    assert days(found)[:4] == [WORK, (True, False), REST, WORK]
    assert found.may_travel == (True, True, False, False, True, True, False, True, True)


def test_whoever_travels_on_rest_days_may(firm: Firm, session: Session) -> None:
    firm.inspector("I1", travels_on_rest_days=True)
    assert all(person(session).may_travel)


def test_a_day_exception_goes_before_the_week_and_an_absence_before_it(firm: Firm, session: Session) -> None:
    record = firm.inspector("I1", weekend_premium_cents=6000)
    record.exceptions = [
        DayException(date=day(0), morning=False, afternoon=None, may_travel=False, premium_cents=None),
        DayException(date=day(SATURDAY), morning=True, afternoon=None, may_travel=None, premium_cents=100),
        DayException(date=day(SUNDAY), morning=True, afternoon=True, may_travel=True, premium_cents=None),
        DayException(date=day(-1), morning=None, afternoon=None, may_travel=True, premium_cents=None),
        DayException(date=day(7), morning=None, afternoon=None, may_travel=False, premium_cents=None),
    ]
    record.absences = [Absence(first_slot=slot(SUNDAY), last_slot=slot(SUNDAY))]
    found = person(session)
    assert days(found)[0] == (False, True)
    assert days(found)[SATURDAY:] == [(True, False), (False, True)]
    assert found.may_travel == (True, False, True, True, True, True, True, False, False)
    assert found.day_premiums[SATURDAY:] == (100, 6000)


def test_only_active_people_of_the_countries_asked_for(firm: Firm, session: Session) -> None:
    firm.inspector("I1")
    firm.inspector("I2", active=False)
    firm.inspector("I3", country="VN")
    assert [entry.id for entry in built(session).problem.inspectors] == ["I1", "I3"]
    chinese = built(session, replace(WEEK, countries=("CN",))).problem
    assert [entry.id for entry in chinese.inspectors] == ["I1"]


# -- where they are ----------------------------------------------------------------------------------------------------


def seen(
    firm: Firm,
    who: Person,
    at: tuple[float, float],
    first_slot: int,
    half_days: int = 2,
    *,
    status: str = "planned",
    published: bool = True,
) -> None:
    """A published visit of somebody to a factory of its own."""
    number = len(firm.session.query(Visit).all())
    factory = firm.factory(f"F{number}", at=at)
    request = firm.request(f"R{number}", factory, modes=(Mode(1, half_days),), status="published")
    firm.visit(request, [who], first_slot, status=status, published=published)


def test_days_before_the_week_count_for_the_run_and_not_for_the_week(firm: Firm, session: Session) -> None:
    who = firm.inspector("I1")
    seen(firm, who, NEAR, slot(-3), half_days=6)  # Friday to Sunday
    seen(firm, who, NEAR, slot(-5))  # Wednesday
    found = person(session)
    assert found.worked_before == WorkedBefore(0, 3)
    assert found.start is None, "half an hour from home he sleeps at home"
    assert found.may_travel[0] is False, "he works on the eve"


def test_a_horizon_in_midweek_counts_the_days_of_its_week(firm: Firm, session: Session) -> None:
    who = firm.inspector("I1")
    seen(firm, who, NEAR, slot(0))
    seen(firm, who, NEAR, slot(2), half_days=1)
    settings = replace(WEEK, first_day=day(3), days=4)
    assert built(session, settings).problem.inspectors[0].worked_before == WorkedBefore(2, 1)


def test_unpublished_and_cancelled_visits_are_no_work(firm: Firm, session: Session) -> None:
    who = firm.inspector("I1")
    seen(firm, who, NEAR, slot(-3), published=False)
    seen(firm, who, NEAR, slot(-2), status="cancelled")
    assert person(session).worked_before == WorkedBefore()


def test_a_visit_that_spans_into_the_week_holds_him_until_it_ends(firm: Firm, session: Session) -> None:
    who = firm.inspector("I1")
    seen(firm, who, NEAR, slot(-1), half_days=5)  # Sunday to Tuesday morning
    found = person(session)
    assert found.start == Start(3, *NEAR, "CN", (0, 1))
    assert found.worked_before == WorkedBefore(0, 1)


def test_a_visit_that_spans_the_whole_week_holds_him_for_all_of_it(firm: Firm, session: Session) -> None:
    who = firm.inspector("I1")
    seen(firm, who, NEAR, slot(-1), half_days=20)
    found = person(session)
    assert found.start == Start(14, who.lat, who.lon, "CN", (0, 1, 2, 3, 4, 5, 6)), (
        "the way home is no part of this week"
    )
    assert found.may_travel[-1] is False, "he is still there on the day after"


def test_a_visit_on_the_eve_far_from_home_leaves_him_there(firm: Firm, session: Session) -> None:
    who = firm.inspector("I1")
    seen(firm, who, FAR, slot(-1))
    found = person(session)
    assert found.start == Start(0, *FAR, "CN", ())
    assert found.may_travel[1] is True


def test_whoever_goes_on_from_the_eve_to_what_is_announced_has_not_gone_home(firm: Firm, session: Session) -> None:
    who = firm.inspector("I1")
    over_there = (TOWN[0] + 1.6, TOWN[1])  # from home too far for a morning, not from the eve's factory overnight
    seen(firm, who, (TOWN[0] + 0.8, TOWN[1]), slot(-1))
    assert person(session).start is None
    seen(firm, who, over_there, slot(0))
    assert person(session).start == Start(0, TOWN[0] + 0.8, TOWN[1], "CN", ())
    assert evaluate(built(session).problem, (Assignment("R1", 0, 0, ("I1",)),)).broken == ()
    # whoever is ill on the first day has gone home
    who.absences = [Absence(first_slot=slot(0), last_slot=slot(0) + 1)]
    assert person(session).start is None


def test_an_earlier_visit_far_from_home_lets_him_come_home(firm: Firm, session: Session) -> None:
    who = firm.inspector("I1")
    seen(firm, who, FAR, slot(-3))
    assert person(session).start is None


def test_whoever_is_away_may_travel_home_whatever_his_week_says(firm: Firm, session: Session) -> None:
    who = firm.inspector("I1")
    who.absences = [Absence(first_slot=slot(0), last_slot=slot(0, afternoon=True))]
    seen(firm, who, FAR, slot(-1))
    found = built(session)
    assert found.problem.inspectors[0].may_travel[1] is True
    assert check_problem(found.problem) == ()
    assert any("I1 is away" in note and "needs 2026-11-30" in note for note in found.notes)


def test_whoever_has_no_way_home_is_taken_as_at_home(firm: Firm, session: Session) -> None:
    who = firm.inspector("I1")
    seen(firm, who, BEYOND, slot(-1))
    found = built(session)
    assert found.problem.inspectors[0].start == Start(0, who.lat, who.lon, "CN", ())
    assert check_problem(found.problem) == ()
    assert any("I1" in note and "600 minutes" in note for note in found.notes)


def test_a_visit_begun_within_the_week_holds_him_too(firm: Firm, session: Session) -> None:
    who = firm.inspector("I1")
    seen(firm, who, NEAR, slot(0), status="done")
    seen(firm, who, FAR, slot(2), status="started")
    found = built(session).problem
    assert found.inspectors[0].start == Start(6, *FAR, "CN", (0, 2))
    assert found.requests == (), "what has begun is not planned again"


def test_a_visit_of_another_area_takes_its_day_and_counts_for_the_week(firm: Firm, session: Session) -> None:
    who = firm.inspector("I1")
    seen(firm, who, NEAR, slot(2))
    elsewhere = built(session, replace(WEEK, areas=("福建省",))).problem.inspectors[0]
    assert days(elsewhere) == [WORK, WORK, REST, WORK, WORK, REST, REST]
    assert elsewhere.may_travel[1 + 2] is False
    assert elsewhere.day_costs == (5200, 5400, 5600, 5800), "four days are left of five, at the price of the later ones"


def test_work_on_the_day_after_leaves_no_day_to_travel(firm: Firm, session: Session) -> None:
    who = firm.inspector("I1")
    seen(firm, who, NEAR, slot(7))
    assert person(session).may_travel[-1] is False


def test_what_a_person_has_stated_goes_before_what_follows(firm: Firm, session: Session) -> None:
    who = firm.inspector("I1")
    seen(firm, who, FAR, slot(-1))
    who.positions = [
        InspectorPosition(
            as_of=MONDAY,
            days_this_week=0,
            consecutive_days=4,
            start_slot=slot(1),
            lat=NEAR[0],
            lon=NEAR[1],
            country="CN",
            worked_dates=(day(0).isoformat(),),
        ),
        InspectorPosition(as_of=day(7), consecutive_days=1),
    ]
    found = person(session)
    assert found.worked_before == WorkedBefore(0, 4)
    assert found.start == Start(2, *NEAR, "CN", (0,))
