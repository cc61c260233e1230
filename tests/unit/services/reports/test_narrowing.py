"""What somebody writes of a scope, understood."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.errors import BadInputError, NotFoundError
from desktop.services.reports.choices import Choice
from desktop.services.reports.narrowing import AskedWeeks, values_meant

TODAY = dt.date(2026, 11, 24)  # a Tuesday
THIS = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("asked", "first", "weeks"),
    [
        (AskedWeeks(), THIS - dt.timedelta(weeks=12), 13),
        (AskedWeeks(weeks=4), THIS - dt.timedelta(weeks=3), 4),
        (AskedWeeks(last=4), THIS - dt.timedelta(weeks=4), 4),
        (AskedWeeks(first_day=dt.date(2026, 10, 7), weeks=2), dt.date(2026, 10, 5), 2),
        (AskedWeeks(first_day=dt.date(2026, 10, 5)), dt.date(2026, 10, 5), 13),
        (AskedWeeks(weeks=8, ahead=4), THIS - dt.timedelta(weeks=3), 8),
        (AskedWeeks(ahead=2), THIS - dt.timedelta(weeks=12), 15),
        (AskedWeeks(quarter="2026-Q3"), dt.date(2026, 7, 6), 13),
    ],
)
def test_weeks_are_counted_from_this_one(asked: AskedWeeks, first: dt.date, weeks: int) -> None:
    assert asked.resolved(TODAY, 13, 0) == (first, weeks)


def test_a_report_of_weeks_to_come_begins_with_this_one() -> None:
    assert AskedWeeks().resolved(TODAY, 13, 12) == (THIS, 13)
    assert AskedWeeks(ahead=4).resolved(TODAY, 13, 12) == (THIS, 5)
    assert AskedWeeks(weeks=5).resolved(TODAY, 13, 12) == (THIS, 5)
    assert AskedWeeks(weeks=5, ahead=0).resolved(TODAY, 13, 12) == (THIS - dt.timedelta(weeks=4), 5)


@pytest.mark.parametrize(
    "asked",
    [
        AskedWeeks(first_day=TODAY, last=3),
        AskedWeeks(last=3, weeks=4),
        AskedWeeks(quarter="2026-Q3", weeks=4),
        AskedWeeks(first_day=TODAY, ahead=2),
        AskedWeeks(weeks=2, ahead=3),
        AskedWeeks(quarter="2026-Q5"),
    ],
)
def test_what_contradicts_itself_is_said(asked: AskedWeeks) -> None:
    with pytest.raises(BadInputError):
        asked.resolved(TODAY, 13, 0)


REGIONS = ("广东省", "浙江省", "江苏省", "Tỉnh Đồng Nai", "Tỉnh Bình Dương", "Thành phố Hồ Chí Minh")
ON_RECORD = {
    "region": tuple(Choice(name, name) for name in REGIONS),
    "client": tuple(Choice(f"C{n:03}", f"Harrow {n} Ltd. (C{n:03})") for n in range(20)),
}


def test_values_are_known_by_code_name_and_other_spellings() -> None:
    given = {"region": ["Guangdong", "tinh dong nai"], "client": ["c003", "harrow 4 ltd."], "skill": [], "team": ["T1"]}
    assert values_meant(ON_RECORD, given) == (
        ("client", frozenset({"C003", "C004"})),
        ("region", frozenset({"广东省", "Tỉnh Đồng Nai"})),
        ("team", frozenset({"T1"})),
    )


@pytest.mark.parametrize(
    ("dimension", "text", "hint"),
    [
        ("client", "harow 7", "Harrow 7 Ltd. (C007)"),
        ("region", "Shandong", "There are 广东省"),
        ("client", "###", "20 are"),
    ],
)
def test_what_is_not_on_record_is_said_with_the_nearest(dimension: str, text: str, hint: str) -> None:
    with pytest.raises(NotFoundError, match=f"no {dimension}") as refused:
        values_meant(ON_RECORD, {dimension: [text]})
    assert hint in refused.value.hint
