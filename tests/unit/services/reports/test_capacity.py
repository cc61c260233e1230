"""Capacity is what plain loops over plain rows say, on both engines; its parts and the lists behind it add up."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

import pandas as pd
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from desktop.clock import FixedClock
from desktop.models import Absence, DayException, Inspector
from desktop.services.planning.daybook import Daybook
from desktop.services.planning.roster import Roster
from desktop.services.reports.behind import behind
from desktop.services.reports.capacity import holding
from desktop.services.reports.capacity.on_hand import half_days_by_day
from desktop.services.reports.capacity.people import build_people
from desktop.services.reports.capacity.telling import build_capacity, build_capacity_at_once
from desktop.services.reports.report import Report, Table
from desktop.services.reports.scope import Scope
from desktop.services.settings import PlanSettings
from desktop.store.engine import Store
from desktop.views.reports.behind import query_behind
from scheduler.problem import Horizon, Mode
from tests.helpers.planning_firm import MONDAY, NEAR, NOW, Firm, day, slot
from tests.unit.services.reports.conftest import CLOCK, FIRST_MONDAY
from tests.unit.services.reports.plain_people import half_days_on_hand, rows_of, value_of

WEEK = dt.timedelta(days=7)
SCOPE = Scope(FIRST_MONDAY, 9)
PARTS = ("on_hand", "booked", "drafted", "open", "expected", "required")
CELLS = ("capacity_skill", "capacity_service", "capacity_language", "capacity_country", "capacity_week")

BOOKED = """
SELECT f.area, r.skill, v.first_slot, r.modes, v.mode,
       (SELECT count(*) FROM assignment a WHERE a.visit_id = v.id) AS crew
FROM visit v JOIN request r ON r.id = v.request_id JOIN factory f ON f.id = r.factory_id
WHERE v.published AND v.status <> 'cancelled'
"""


@pytest.fixture(scope="module")
def capacity(past_firm: Store) -> Report:
    return build_capacity(past_firm, SCOPE, CLOCK)


def by(table: Table, figure: str, *keys: str) -> dict[tuple[object, ...], float]:
    """What of a figure there is, without what is nothing."""
    found: dict[tuple[object, ...], float] = defaultdict(float)
    for row in table.frame.to_dict("records"):
        found[tuple(row[key] for key in keys)] += row[figure]
    return {key: round(value, 6) for key, value in found.items() if abs(value) > 1e-9}


def test_booked_is_what_the_visits_say(past_firm: Store, capacity: Report) -> None:
    found: dict[tuple[object, ...], float] = defaultdict(float)
    with past_firm.session() as session:
        for area, skill, first_slot, modes, mode, crew in session.execute(text(BOOKED)):
            date = dt.date.fromordinal(first_slot // 2)
            found[area, skill, date - dt.timedelta(days=date.weekday())] += crew * value_of(modes)[mode][1] / 2
    assert found
    assert by(capacity.table("capacity_skill"), "booked", "region", "skill", "week") == found


def test_on_hand_is_what_people_can_work(past_firm: Store, capacity: Report) -> None:
    found: dict[tuple[object, ...], float] = defaultdict(float)
    with past_firm.session() as session:
        people = {row["code"]: row for row in rows_of(session, "inspector")}
        for (person, monday), half_days in half_days_on_hand(session, SCOPE.mondays).items():
            found[people[person]["country"], monday] += half_days / 2
    assert by(capacity.table("capacity_country"), "on_hand", "country", "week") == found


def test_what_is_on_record_is_told_before_the_forecast_has_been_read(past_firm: Store, capacity: Report) -> None:
    whole = capacity.table("capacity_skill").frame
    holding.forget(past_firm.engine.pool)
    first = build_capacity_at_once(past_firm, SCOPE, CLOCK)
    assert first.is_partial
    assert "capacity_reading" in [note.key for note in first.notes]
    frame = first.table("capacity_week").frame
    assert frame["expected"].sum() == 0
    assert {table.chart.forecast_from for table in first.tables if table.chart} == {None}
    for figure in ("on_hand", "booked", "open"):
        assert first.table("capacity_week").total[figure] == capacity.table("capacity_week").total[figure], figure
    second = build_capacity(past_firm, SCOPE, CLOCK)
    assert not second.is_partial
    pd.testing.assert_frame_equal(second.table("capacity_skill").frame, whole)
    assert not build_capacity_at_once(past_firm, SCOPE, CLOCK).is_partial
    assert not build_capacity_at_once(past_firm, SCOPE.in_weeks(FIRST_MONDAY, 5), CLOCK).is_partial, "nothing to come"


@pytest.mark.parametrize("figure", PARTS)
def test_the_parts_add_up_to_the_whole(capacity: Report, figure: str) -> None:
    weeks = by(capacity.table("capacity_week"), figure, "week")
    names = CELLS if figure in ("on_hand", "booked", "open") else CELLS[:2]
    for name in names:
        assert by(capacity.table(name), figure, "week") == pytest.approx(weeks), name
    assert capacity.table("capacity_week").total[figure] == pytest.approx(sum(weeks.values()))


def test_what_is_short_is_required_beyond_what_is_on_hand(capacity: Report) -> None:
    frame = capacity.table("capacity_skill").frame
    assert (frame["short"] - (frame["on_hand"] - frame["required"]).clip(upper=0)).abs().max() < 1e-6
    assert frame["short"].sum() < 0, "nobody lives where some of the factories are"
    assert (frame["elsewhere"] <= -frame["short"] + 1e-6).all()


def test_a_part_of_the_firm_has_the_same_cells(past_firm: Store, capacity: Report) -> None:
    frame = capacity.table("capacity_skill").frame
    region, skill = frame["region"].iloc[0], frame["skill"].iloc[0]
    narrow = build_capacity(past_firm, SCOPE.narrowed(region=region, skill=skill), CLOCK).table("capacity_skill").frame
    whole = frame[(frame["region"] == region) & (frame["skill"] == skill)].reset_index(drop=True)
    pd.testing.assert_frame_equal(narrow, whole)


def test_parts_of_the_firm_add_up_to_it(past_firm: Store, capacity: Report) -> None:
    whole = capacity.table("capacity_country")
    parts = [
        build_capacity(past_firm, SCOPE.narrowed(country=country), CLOCK).table("capacity_country")
        for country in sorted(set(whole.frame["country"]))
    ]
    for figure in (*PARTS, "short", "elsewhere"):
        assert sum(float(str(part.total[figure])) for part in parts) == pytest.approx(whole.total[figure]), figure


def test_staff_and_freelancers_are_the_people_of_the_firm(past_firm: Store, capacity: Report) -> None:
    parts = [build_capacity(past_firm, SCOPE.narrowed(pay=pay), CLOCK) for pay in ("staff", "freelancer")]
    total = [float(str(part.table("capacity_week").total["on_hand"])) for part in parts]
    assert min(total) > 0
    assert sum(total) == pytest.approx(capacity.table("capacity_week").total["on_hand"])


def test_the_lists_behind_a_cell_add_up_to_it(past_firm: Store, capacity: Report) -> None:
    rows = capacity.table("capacity_skill").frame.sort_values("required", ascending=False).head(2)
    for row in rows.to_dict("records"):
        scope = SCOPE.in_weeks(row["week"], 1).narrowed(region=row["region"], skill=row["skill"])
        asked = behind(past_firm, "requests", scope, CLOCK).tables[0].total["man_days"]
        assert asked == pytest.approx(row["booked"] + row["drafted"] + row["open"])
        at_home = behind(past_firm, "people_home", scope, CLOCK).tables[0].total["on_hand"]
        assert at_home == pytest.approx(row["able"])


@pytest.mark.parametrize("only", [{"pay": "freelancer"}, {"outcome": "pass"}])
def test_the_requests_behind_a_row_are_those_of_the_places_that_are_kept(
    past_sqlite: Store, only: dict[str, str]
) -> None:
    report = build_capacity(past_sqlite, SCOPE.narrowed(**only), CLOCK)
    for name in ("capacity_week", "capacity_country", "capacity_skill"):
        table = report.table(name)
        place = int(table.frame["booked"].to_numpy().argmax())
        row = table.frame.iloc[place]
        listed = query_behind(report, table, place)(past_sqlite, CLOCK).tables[0].total["man_days"]
        assert listed == pytest.approx(row["booked"] + row["drafted"] + row["open"]), name
    assert ("not_by_results" in [note.key for note in report.notes]) == ("outcome" in only)


def test_a_cell_of_people_opens_people_and_the_others_requests(past_firm: Store, capacity: Report) -> None:
    table = capacity.table("capacity_skill")
    found = {
        key: query_behind(capacity, table, 0, key)(past_firm, CLOCK).name
        for key in ("load", "short", "on_hand", "able")
    }
    assert found == dict.fromkeys(("load", "short"), "behind_requests") | dict.fromkeys(
        ("on_hand", "able"), "behind_people_home"
    )


@pytest.fixture
def session(sqlite_store: Store) -> Iterator[Session]:
    with sqlite_store.session(write=True) as session:
        yield session


def small_firm(session: Session) -> None:
    """Two at work in Guangdong, one who has left, one who never came; a request of each kind."""
    firm = Firm(session)
    one = firm.inspector("I1", permits={"浙江省": None})
    two = firm.inspector("I2", skills={"garment": 3, "textile": 2}, permits={})
    left = firm.inspector("I3", active=False)
    firm.inspector("I4", active=False)
    one.absences = [Absence(first_slot=slot(2), last_slot=slot(2))]
    two.exceptions = [DayException(date=day(5), morning=True, afternoon=None, may_travel=None, premium_cents=None)]
    firm.holiday(day(4))
    here, away = firm.factory("F1"), firm.factory("F2", at=NEAR, area="浙江省")
    firm.visit(firm.request("R1", here, status="published"), [one], slot(1))
    firm.visit(firm.request("R2", here, status="done"), [left], slot(-6))
    firm.request("R3", here, due=day(2), modes=(Mode(1, 4),))
    firm.request("R4", here, due=day(-9), earliest=day(-20), latest=day(-9))
    firm.request("R5", here, skill="textile")
    drafted = firm.request("R6", here)
    firm.visit(drafted, [two], slot(3), code="P1", published=False)
    session.flush()
    session.execute(text("UPDATE plan SET status = 'draft' WHERE code = 'P1'"))
    firm.request("R7", here, due=None, earliest=None, latest=None)
    firm.request("R8", here, status="cancelled")
    firm.request("R9", away)
    session.flush()


def test_every_kind_of_demand_has_its_week(session: Session) -> None:
    small_firm(session)
    report = build_capacity(session, Scope(MONDAY - WEEK, 2), FixedClock(NOW))
    weeks = report.table("capacity_week").frame.set_index("week")
    now, then = weeks.loc[MONDAY - WEEK], weeks.loc[MONDAY]
    assert now[["on_hand", "booked", "drafted", "open", "expected"]].tolist() == [15, 1, 0, 1, 0]
    # the holiday takes a day each, the absence half a day, the exceptional Saturday gives one
    assert then[["on_hand", "booked", "drafted", "open", "expected"]].tolist() == [8, 1, 1, 4, 0]
    assert now["holidays"] == ""
    assert then["holidays"] == "CN Rest"
    notes = {note.key: note.values for note in report.notes}
    assert notes["capacity_draft"] == {"plan": "P1"}
    assert notes["capacity_without_week"] == {"number": 1}
    states = behind(session, "requests", Scope(MONDAY, 1), FixedClock(NOW)).tables[0].frame
    assert dict(zip(states["request"], states["request_state"], strict=True)) == {
        "R1": "placed", "R3": "waiting", "R5": "waiting", "R6": "drafted", "R9": "waiting",
    }  # fmt: skip


def test_what_a_draft_had_planned_for_days_that_are_over_waits(session: Session) -> None:
    firm = Firm(session)
    home, place = firm.inspector("I1"), firm.factory("F1")
    for number, planned in enumerate((slot(-8), slot(-7))):  # yesterday and today
        firm.visit(firm.request(f"R{number}", place, due=day(-8)), [home], planned, code="P1", published=False)
    session.flush()
    session.execute(text("UPDATE plan SET status = 'draft' WHERE code = 'P1'"))
    weeks = build_capacity(session, Scope(MONDAY - 2 * WEEK, 2), FixedClock(NOW)).table("capacity_week").frame
    assert weeks[["drafted", "open"]].to_numpy().tolist() == [[0, 0], [1, 1]]


def test_days_across_a_week_s_end_and_people_who_left_count_where_they_were(session: Session) -> None:
    firm = Firm(session)
    one, two, gone = firm.inspector("I1"), firm.inspector("I2"), firm.inspector("I3", active=False)
    place = firm.factory("F1")
    firm.visit(firm.request("R0", place, status="done"), [gone], slot(-70))
    firm.visit(firm.request("R1", place, modes=(Mode(2, 3),)), [one, two], slot(6))  # Sunday and half of Monday
    for number, half_day in enumerate((slot(2), slot(2, afternoon=True))):
        firm.visit(firm.request(f"S{number}", place, modes=(Mode(1, 1),)), [one], half_day)
    session.flush()
    found = build_people(session, Scope(MONDAY, 2), FixedClock(NOW)).table("people_person").frame.set_index("person")
    figures = ["visits_joined", "man_days", "weekend_days", "longest_run", "busiest_week"]
    assert found[figures].T.to_dict("list") == {"I1": [3, 2.5, 1, 2, 2], "I2": [1, 1.5, 1, 2, 1]}
    then = build_people(session, Scope(MONDAY - 10 * WEEK, 1), FixedClock(NOW))
    assert set(then.table("people_person").frame["person"]) == {"I1", "I2", "I3"}


def test_where_nobody_lives_somebody_with_a_permit_can_go(session: Session) -> None:
    small_firm(session)
    cells = build_capacity(session, Scope(MONDAY, 1), FixedClock(NOW)).table("capacity_skill").frame
    away = cells[cells["region"] == "浙江省"].iloc[0]
    assert (away["on_hand"], away["required"], away["short"], away["elsewhere"]) == (0, 1, -1, 1)
    here = cells[cells["region"] == "广东省"].set_index("skill")
    # four days of eight are asked for garments, one for textile, which only one of them knows
    assert here["able"].to_dict() == {"garment": 8, "textile": 4.5}
    assert here["on_hand"].sum() == pytest.approx(8)
    assert here["load"].tolist() == pytest.approx([5 / 8, 5 / 8])


def test_days_are_read_as_the_board_reads_them(session: Session) -> None:
    small_firm(session)
    people = session.query(Inspector).order_by(Inspector.code).all()
    horizon = Horizon(MONDAY - WEEK, 21)
    settings = PlanSettings(first_day=horizon.start, days=horizon.days)
    roster = Roster(session, settings, horizon, Daybook(session))
    found = half_days_by_day(session, people, horizon.start, horizon.end)
    dates = [horizon.date(number) for number in range(horizon.days)]
    for person, own in zip(people, found.tolist(), strict=True):
        cells = [roster.cells(person, date) for date in dates]
        assert own == [sum(cell in ("work", "make-up") for cell in both) for both in cells]
