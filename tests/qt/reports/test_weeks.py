"""Which weeks a choice means on a day."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.views.reports.weeks import LAST, NAMED, NEXT, WeekChoice, quarter

TUESDAY = dt.date(2026, 11, 24)
MONDAY = dt.date(2026, 11, 23)
WEEK = dt.timedelta(days=7)


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (WeekChoice(), (MONDAY - 8 * WEEK, 13)),
        (WeekChoice(LAST, 4), (MONDAY - 3 * WEEK, 4)),
        (WeekChoice(NEXT, 12), (MONDAY + WEEK, 12)),
        (WeekChoice(NAMED, 2, MONDAY - 30 * WEEK), (MONDAY - 30 * WEEK, 2)),
    ],
)
def test_weeks_are_counted_from_this_one(choice: WeekChoice, expected: tuple[dt.date, int]) -> None:
    assert choice.of(TUESDAY, usual=13, ahead=4) == expected


def test_a_quarter_is_the_weeks_that_begin_in_it() -> None:
    assert quarter(TUESDAY).of(TUESDAY, 13, 0) == (dt.date(2026, 10, 5), 13)
    assert quarter(dt.date(2026, 2, 1), 1).of(TUESDAY, 13, 0) == (dt.date(2025, 10, 6), 13)


@given(day=st.dates(dt.date(2020, 1, 1), dt.date(2035, 1, 1)))
@settings(max_examples=40)
def test_quarters_follow_each_other_without_a_gap(day: dt.date) -> None:
    before, this = quarter(day, 1), quarter(day)
    assert before.first_day is not None
    assert before.first_day + before.weeks * WEEK == this.first_day


@pytest.mark.parametrize("choice", [WeekChoice(), WeekChoice(LAST, 52), WeekChoice(NAMED, 3, MONDAY)])
def test_a_choice_is_kept_from_run_to_run(choice: WeekChoice) -> None:
    assert WeekChoice.from_json(choice.to_json()) == choice


@pytest.mark.parametrize("state", [None, [], ["last", 0, ""], ["named", 4, ""], ["named", 4, "soon"], ["x", 4, ""]])
def test_what_does_not_fit_is_the_usual_weeks(state: object) -> None:
    assert WeekChoice.from_json(state) == WeekChoice()
