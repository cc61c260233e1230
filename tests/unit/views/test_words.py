"""The short words of tables and pictures."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.views.words import day, days, gap, man_days, money


def test_a_day_is_named_in_english_without_its_year() -> None:
    assert day(dt.date(2026, 10, 9)) == "Fri 9 Oct"


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (dt.date(2026, 10, 9), dt.date(2026, 10, 9), "Fri 9 Oct"),
        (dt.date(2026, 10, 5), dt.date(2026, 10, 9), "Mon 5 \N{EN DASH} Fri 9 Oct"),
        (dt.date(2026, 9, 28), dt.date(2026, 10, 9), "Mon 28 Sep \N{EN DASH} Fri 9 Oct"),
        (dt.date(2026, 10, 5), dt.date(2027, 10, 9), "Mon 5 Oct \N{EN DASH} Sat 9 Oct"),
    ],
)
def test_a_span_says_the_month_once_where_it_is_one(first: dt.date, last: dt.date, text: str) -> None:
    assert days(first, last) == text


@pytest.mark.parametrize(
    ("cents", "text"),
    [(0, "$0"), (2545678, "$25,457"), (-12100, "\N{MINUS SIGN}$121"), (49, "$0"), (100_000_000_00, "$100,000,000")],
)
def test_money_is_whole_dollars_with_separators(cents: int, text: str) -> None:
    assert money(cents) == text


def test_without_a_bound_there_is_no_gap() -> None:
    assert gap(None) == "no bound yet"
    assert gap(0.0) == "gap 0.0 %"
    assert gap(0.0073) == "gap 0.7 %"


def test_man_days_show_halves_only() -> None:
    assert (man_days(2.0), man_days(1.5)) == ("2", "1.5")
