"""Which automatic backups are kept."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from desktop.store.retention import DAYS, MONTHS, WEEKS, backup_name, to_thin_out

TODAY = dt.date(2026, 11, 23)  # a Monday


def at(days_ago: int, hour: int = 12) -> dt.datetime:
    return dt.datetime(2026, 11, 23, hour, tzinfo=dt.UTC) - dt.timedelta(days=days_ago)


def kept(times: list[dt.datetime]) -> list[dt.datetime]:
    away = to_thin_out(times, TODAY)
    return sorted(set(times) - away, reverse=True)


def test_all_of_today_and_yesterday() -> None:
    times = [at(day, hour) for day in (0, 1) for hour in range(24)]
    assert to_thin_out(times, TODAY) == frozenset()


def test_of_an_older_day_the_last() -> None:
    assert kept([at(3, hour) for hour in range(24)]) == [at(3, 23)]


def test_days_then_weeks_then_months() -> None:
    found = kept([at(day) for day in range(2, 1000)])
    assert found[:DAYS] == [at(day) for day in range(2, 2 + DAYS)]
    weeks = found[DAYS : DAYS + WEEKS]
    assert weeks[0] == at(14)  # the day before the 12, last of what is left of its week
    assert [time.isoweekday() for time in weeks[1:]] == [7] * (WEEKS - 1)
    months = found[DAYS + WEEKS :]
    assert len(months) == MONTHS
    assert [(time + dt.timedelta(days=1)).day for time in months[1:]] == [1] * (MONTHS - 1)


def test_days_without_a_backup_do_not_count() -> None:
    times = [at(day) for day in (10, 200, 400, 800)]
    assert kept(times) == times


def test_a_clock_that_was_wrong_costs_nothing() -> None:
    assert to_thin_out([at(-400)], TODAY) == frozenset()


@given(st.lists(st.integers(min_value=0, max_value=24 * 1500), max_size=80))
def test_thinning_again_or_daily_keeps_the_newest_and_removes_nothing_more(hours: list[int]) -> None:
    times = [at(0, 23) - dt.timedelta(hours=hour) for hour in hours]
    left = kept(times)
    assert kept(left) == left
    if times:
        assert max(times) in left
    assert len([time for time in left if (TODAY - time.date()).days > 1]) <= DAYS + WEEKS + MONTHS


def test_a_name_says_of_what_when_and_why() -> None:
    time = dt.datetime(2026, 11, 23, 9, 5, 7, 12, tzinfo=dt.timezone(dt.timedelta(hours=7)))
    assert backup_name("plans", time, "before Import!") == "plans-20261123-020507000012-before-import.db"
