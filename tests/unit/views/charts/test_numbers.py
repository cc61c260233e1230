"""Figures of every unit, written the same on screen and on paper."""

from __future__ import annotations

import datetime as dt
import math

import pandas as pd
import pytest

from desktop.services.reports.report import Unit
from desktop.services.reports.scope import Scope
from desktop.services.reports.vocabulary import LANGUAGES, Language, words
from desktop.views.charts.numbers import Writer, write_money, write_one, write_period, write_week

WEEK = dt.date(2026, 10, 5)


@pytest.mark.parametrize(
    ("unit", "values", "written"),
    [
        ("money", (8407, 120), ("$84.07", "$1.20")),
        ("money", (8400, -20_000), ("$84", "\N{MINUS SIGN}$200")),
        ("money", (123_456_789, 5), ("$1,234,568", "$0")),
        ("share", (0.961, 1.0), ("96.1 %", "100.0 %")),
        ("man_days", (1234.0, 2.0), ("1,234", "2")),
        ("man_days", (1234.5, 2.0), ("1,234.5", "2.0")),
        ("hours", (1.25, 3.0), ("1.25", "3.00")),
        ("hours", (31.25, 3.0), ("31.2", "3.0")),
        ("count", (-3, math.nan), ("\N{MINUS SIGN}3", "\N{EN DASH}")),
        ("text", ("虎门镇", None), ("虎门镇", "\N{EN DASH}")),
        ("week", (WEEK, pd.NaT), ("W41 2026", "\N{EN DASH}")),
        ("date", (WEEK, None), ("Mon 5 Oct", "\N{EN DASH}")),
        ("time", (dt.datetime(2026, 10, 5, 14, 5, tzinfo=dt.UTC), dt.time(7, 30)), ("Mon 5 Oct 14:05", "07:30")),
    ],
)
def test_a_column_is_written_with_as_many_decimals_as_it_needs(
    unit: Unit, values: tuple[object, ...], written: tuple[str, ...]
) -> None:
    writer = Writer.of(unit, "en", "USD", values)
    assert tuple(writer.cell(value) for value in values) == written


@pytest.mark.parametrize(
    ("value", "unit", "language", "written"),
    [
        (2916, "man_days", "en", "2,916 md"),
        (1, "nights", "en", "1 night"),
        (3, "nights", "zh", "3 晚"),
        (2.5, "hours", "vi", "2.5 giờ"),
        (0.5, "share", "vi", "50.0 %"),
        (None, "man_days", "en", "\N{EN DASH}"),
        (WEEK, "date", "zh", "10月5日 周一"),
    ],
)
def test_a_figure_that_stands_alone_says_its_unit(value: object, unit: Unit, language: Language, written: str) -> None:
    assert write_one(value, unit, language) == written


def test_differences_have_their_sign() -> None:
    writer = Writer.of("count", "en", "USD", (3, -3, 0))
    assert [writer.signed(value) for value in (3, -3, 0, None)] == ["+3", "\N{MINUS SIGN}3", "0", "\N{EN DASH}"]


def test_nothing_is_never_less_than_nothing() -> None:
    assert write_money(-30) == "$0"
    assert Writer("share", "en", decimals=1).cell(-0.0001) == "0.0 %"


def test_money_has_the_sign_of_its_currency() -> None:
    assert [write_money(790_000_000, currency) for currency in ("EUR", "CNY", "VND")] == [
        "€7,900,000",
        "¥7,900,000",
        "₫7,900,000",
    ]


def test_a_week_has_the_year_of_its_thursday() -> None:
    assert write_week(dt.date(2026, 12, 28), "en") == "W53"
    assert write_period(Scope(dt.date(2026, 12, 28), 1), "en") == (
        "W53 2026, Mon 28 Dec 2026 \N{EN DASH} Sun 3 Jan 2027"
    )


def test_words_of_charts_and_papers_are_there_in_three_languages() -> None:
    keys = [key for key in words("en") if key.split(".")[0] in ("chart", "unit", "write", "paper")]
    assert len(keys) > 40
    for language in LANGUAGES:
        assert all(words(language)[key].strip() for key in keys)
