"""The use of people and how evenly it lies, against plain loops over plain rows, on both engines."""

from __future__ import annotations

import datetime as dt
import math
import statistics
from collections import defaultdict
from typing import Any

import numpy as np
import pytest
from sqlalchemy import text

from desktop.services.reports.behind import behind
from desktop.services.reports.capacity.evenness import gini, spread, top_tenth
from desktop.services.reports.capacity.people import build_people
from desktop.services.reports.cost.cost_report import cost_report
from desktop.services.reports.report import Report
from desktop.services.reports.scope import Scope
from desktop.store.engine import Store
from tests.unit.services.reports.conftest import CLOCK, FIRST_MONDAY, WEEKS
from tests.unit.services.reports.plain_people import half_days_on_hand, kinds_of_days, rows_of, value_of

SCOPE = Scope(FIRST_MONDAY, WEEKS)
FIGURES = ("visits_joined", "man_days", "on_hand", "weekend_days", "holiday_days", "longest_run", "busiest_week")


@pytest.fixture(scope="module")
def people(past_firm: Store) -> Report:
    return build_people(past_firm, SCOPE, CLOCK)


def told(store: Store) -> dict[str, tuple[float, ...]]:
    """FIGURES of each person."""
    with store.session() as session:
        kinds = kinds_of_days(session)
        inspectors = {row["id"]: row for row in rows_of(session, "inspector")}
        visits = {row["id"]: row for row in rows_of(session, "visit") if row["published"]}
        modes = {row["id"]: value_of(row["modes"]) for row in rows_of(session, "request")}
        hours = half_days_on_hand(session, SCOPE.mondays)
        joined: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for row in rows_of(session, "assignment"):
            if row["visit_id"] in visits and visits[row["visit_id"]]["status"] != "cancelled":
                joined[row["inspector_id"]].append(visits[row["visit_id"]])
    found: dict[str, tuple[float, ...]] = {}
    for key, person in inspectors.items():
        own = joined[key]
        days = sorted({n // 2 for visit in own for n in range(visit["first_slot"], visit["last_slot"] + 1)})
        dates = [dt.date.fromordinal(day) for day in days]
        kind = {date: kinds.get((person["country"], date)) for date in dates}
        weeks = [sum((date - monday).days in range(7) for date in dates) for monday in SCOPE.mondays]
        run = longest = 0
        for number, day in enumerate(days):
            run = run + 1 if number and days[number - 1] == day - 1 else 1
            longest = max(longest, run)
        found[person["code"]] = (
            len(own),
            sum(modes[visit["request_id"]][visit["mode"]][1] / 2 for visit in own),
            sum(hours.get((person["code"], monday), 0) for monday in SCOPE.mondays) / 2,
            sum(date.weekday() >= 5 and kind[date] != "make-up" for date in dates),
            sum(kind[date] == "holiday" for date in dates),
            longest,
            max(weeks),
        )
    return found


def test_every_person_is_what_plain_loops_say(past_firm: Store, people: Report) -> None:
    frame = people.table("people_person").frame.set_index("person")
    found = {code: tuple(float(value) for value in row) for code, row in frame[list(FIGURES)].T.items()}
    expected = told(past_firm)
    assert found == expected
    assert sum(row[0] for row in expected.values()) > 50


def test_teams_have_the_median_of_their_people(past_firm: Store, people: Report) -> None:
    with past_firm.session() as session:
        team = {row["code"]: row["team"] for row in rows_of(session, "inspector")}
    use: dict[str, list[float]] = defaultdict(list)
    for code, (_, man_days, on_hand, *_) in told(past_firm).items():
        use[team[code]].append(man_days / on_hand)
    frame = people.table("people_team").frame.set_index("team")
    assert frame["use_median"].to_dict() == pytest.approx({name: statistics.median(own) for name, own in use.items()})
    assert frame["use_high"].to_dict() == pytest.approx({name: max(own) for name, own in use.items()})
    assert frame["people"].sum() == len(team)


def test_sums_of_teams_and_ways_of_pay_are_the_firm(people: Report) -> None:
    persons = people.table("people_person")
    for name in ("people_team", "people_pay"):
        table = people.table(name)
        for column in table.columns:
            if column.is_additive and column.key in persons.frame.columns:
                assert table.frame[column.key].sum() == pytest.approx(persons.frame[column.key].sum()), column.key
                assert table.total[column.key] == pytest.approx(persons.frame[column.key].sum()), column.key


def test_a_man_day_costs_what_the_report_of_cost_says(past_firm: Store, people: Report) -> None:
    told = {line.key: line.value for line in cost_report(past_firm, SCOPE, CLOCK).headlines}
    assert people.table("people_pay").total["cost_per_man_day"] == told["cost_per_man_day"]
    with past_firm.session() as session:
        noted = text(
            "SELECT sum(x.work_cents + x.premium_cents + x.travel_cents + x.night_cents), sum(x.nights)"
            " FROM visit v JOIN visit_result x ON x.visit_id = v.id WHERE v.published AND v.status = 'done'"
        )
        cost, nights = session.execute(noted).one()
    assert people.table("people_pay").total["cost"] == cost
    assert people.table("people_pay").total["nights"] == nights


def test_the_visits_behind_a_person_add_up_to_him(past_firm: Store, people: Report) -> None:
    row = people.table("people_person").frame.iloc[0]
    scope = SCOPE.narrowed(person=row["person"], region=row["region"])
    listed = behind(past_firm, "visits_joined", scope, CLOCK).tables[0]
    assert len(listed.frame) == row["visits_joined"]
    assert listed.total["man_days"] == pytest.approx(row["man_days"])


def test_unevenness_is_gini_s_measure() -> None:
    drawn = np.random.default_rng(5).integers(0, 9, 23).astype(float)
    apart = sum(abs(one - other) for one in drawn for other in drawn)
    assert gini(drawn) == pytest.approx(apart / (2 * len(drawn) ** 2 * drawn.mean()))
    assert gini(np.full(4, 3.0)) == pytest.approx(0)
    assert math.isnan(gini(np.zeros(3)))


def test_the_top_tenth_is_rounded_up() -> None:
    assert top_tenth(np.array([5.0, 3.0, 1.0, 1.0])) == pytest.approx(0.5)
    assert top_tenth(np.arange(1.0, 12.0)) == pytest.approx(21 / 66), "two of eleven"
    assert math.isnan(top_tenth(np.zeros(5)))


def test_missing_uses_do_not_count_in_a_spread() -> None:
    found = spread(np.array([0.5, np.nan, 1.0]))
    assert (found["use_low"], found["use_median"], found["use_mean"], found["use_high"]) == (0.5, 0.75, 0.75, 1.0)
    assert math.isnan(spread(np.array([np.nan]))["use_median"])
