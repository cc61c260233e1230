"""How things are said in sentences."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.models.halfday import morning
from desktop.services import words

TUESDAY = dt.date(2026, 12, 1)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (0, 1, "Tue 1 Dec 2026"),
        (0, 0, "Tue 1 Dec 2026 morning"),
        (1, 1, "Tue 1 Dec 2026 afternoon"),
        (0, 3, "Tue 1 Dec 2026 to Wed 2 Dec 2026"),
        (1, 3, "Tue 1 Dec 2026 afternoon to Wed 2 Dec 2026 afternoon"),
        (0, 2, "Tue 1 Dec 2026 morning to Wed 2 Dec 2026 morning"),
    ],
)
def test_half_days(first: int, last: int, said: str) -> None:
    start = morning(TUESDAY)
    assert words.spell_slots(start + first, start + last) == said


def test_times_are_told_in_utc() -> None:
    time = dt.datetime(2026, 12, 1, 1, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))
    assert words.spell_time(time) == "Mon 30 Nov 2026 at 17:30 UTC"


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ([], ""),
        (["R1"], "R1"),
        (["R1", "R2"], "R1 and R2"),
        (["R1", "R2", "R3"], "R1, R2 and R3"),
        ([f"R{n}" for n in range(1, 8)], "R1, R2, R3, R4, R5 and 2 more"),
    ],
)
def test_lists(items: list[str], said: str) -> None:
    assert words.spell_list(items) == said


def test_money_and_counts() -> None:
    assert words.spell_money(123450) == "USD 1,234.50"
    assert words.spell_money([100, 200]) == "USD 1.00, USD 2.00"
    assert words.spell_money([]) == "none"
    assert words.count(1, "visit") == "1 visit"
    assert words.count(2300, "visit") == "2,300 visits"
    assert words.count(2, "man-day", "man-days") == "2 man-days"
