"""Reports in time, steps of actions, times in order, and what a visit in vain costs."""

from __future__ import annotations

import datetime as dt
import zoneinfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.services.trade.results import (
    HOUSE_RESULTS,
    TIMES,
    ResultSettings,
    charge_in_vain,
    out_of_order,
    report_due,
    step_due,
)
from desktop.services.trade.work import lot_of, percent_of

SHANGHAI = zoneinfo.ZoneInfo("Asia/Shanghai")
FRIDAY = dt.datetime(2026, 12, 4, 16, 40, tzinfo=SHANGHAI)


def test_a_report_is_due_a_day_after_or_a_working_day_after() -> None:
    def works(day: dt.date) -> bool:
        return day.weekday() < 5

    assert report_due(FRIDAY, SHANGHAI, works, HOUSE_RESULTS) == FRIDAY + dt.timedelta(days=1)
    counted = ResultSettings(report_working_days=True)
    assert report_due(FRIDAY, SHANGHAI, works, counted) == FRIDAY + dt.timedelta(days=3)


def test_steps_are_due_sooner_the_worse_a_defect_is() -> None:
    day = dt.date(2026, 12, 1)
    for step in range(4):
        dues = [step_due(severity, step, day, HOUSE_RESULTS) for severity in ("critical", "major", "minor")]
        assert dues == sorted(dues)
    assert step_due("critical", 3, day, HOUSE_RESULTS) == dt.date(2026, 12, 8)


@pytest.mark.parametrize(
    ("reason", "crew", "cents"),
    [("not ready", 1, 28_000), ("refused entry", 2, 56_000), ("wrong address", 3, 56_000), ("other", 2, 0)],
)
def test_a_visit_in_vain_costs_a_man_day_each_and_never_more_than_the_visit(reason: str, crew: int, cents: int) -> None:
    assert charge_in_vain(reason, 56_000, 2.0, crew, HOUSE_RESULTS) == cents


@settings(max_examples=100)
@given(st.data())
def test_pieces_that_were_counted_are_the_lot(data: st.DataObject) -> None:
    quantity = data.draw(st.integers(1, 2_000_000))
    pieces = data.draw(st.integers(0, quantity))
    assert lot_of(quantity, percent_of(quantity, pieces)) == pieces
    assert percent_of(quantity, quantity) == 100.0


moments = st.none() | st.integers(0, 6).map(lambda hours: FRIDAY + dt.timedelta(hours=hours))


@settings(max_examples=50)
@given(st.fixed_dictionaries(dict.fromkeys(TIMES, moments)))
def test_times_are_in_order_exactly_where_their_sequence_is_sorted(times: dict[str, dt.datetime | None]) -> None:
    known = [time for name in TIMES if (time := times[name]) is not None]
    assert (not out_of_order(times)) == (known == sorted(known))
