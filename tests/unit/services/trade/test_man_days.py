"""Man-days from samples: the trade's examples, and that more work never takes less time."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.services.trade.man_days import HOUSE_PACE, Task, loading_half_days, man_days, modes_of
from desktop.services.trade.sampling import AQLS, Level
from scheduler.problem import Mode

tasks = st.builds(
    Task,
    group=st.sampled_from(("garment", "electronics", "hardware", "")),
    lot=st.integers(1, 1_000_000),
    level=st.sampled_from(Level),
    major=st.sampled_from(AQLS),
    minor=st.sampled_from(AQLS),
    variants=st.integers(1, 60),
    test_minutes=st.integers(0, 900),
    travel_minutes=st.integers(0, 2000),
)


@pytest.mark.parametrize(
    ("group", "lot", "variants", "minutes", "days"),
    [
        ("garment", 3_200, 1, 0, 1.0),  # 125 pieces
        ("garment", 3_201, 1, 0, 2.0),  # 200 pieces: 1.6 days
        ("electronics", 10_000, 1, 0, 1.0),  # 200 pieces
        ("hardware", 35_000, 1, 0, 1.0),  # 315 pieces
        ("hardware", 35_001, 1, 0, 2.0),  # 500 pieces: 1.59 days
        ("garment", 3_200, 5, 0, 1.0),  # one style, five sizes
        ("garment", 3_200, 25, 0, 2.0),  # five styles, five colours
        ("hardware", 500, 1, 0, 1.0),  # one day at least
        ("hardware", 35_000, 1, 200, 1.5),
    ],
)
def test_what_the_trade_says_fits_in_a_day(group: str, lot: int, variants: int, minutes: int, days: float) -> None:
    found = man_days(Task(group, lot, variants=variants, test_minutes=minutes))
    assert found.days == days
    assert sum(part.days for part in found.parts) <= days


@pytest.mark.parametrize(
    ("hours", "days"),
    [(0, 1.0), (8, 1.0), (9, 1.5), (18, 1.5), (19, 2.0)],  # 400 minutes of work and half the way: 11 h, 16 h
)
def test_a_far_factory_takes_longer_by_the_bands_of_the_trade(hours: int, days: float) -> None:
    far = man_days(Task("garment", 3_200, travel_minutes=60 * hours))
    assert far.days == days
    assert any("travel" in part.text for part in far.parts) == (days > 1)
    # half a day's work leaves more room for the way
    assert man_days(Task("garment", 280, travel_minutes=60 * 12)).days == 1.0


def test_each_part_says_what_it_counts() -> None:
    found = man_days(Task("garment", 3_200, variants=15, test_minutes=100))
    assert [part.text for part in found.parts] == [
        "125 pieces drawn, 125 of garment fit in a day",
        "15 styles and colours, 10 more than fit in a day; 20 take another",
        "100 minutes of tests, a day has 400 on site",
    ]
    assert [part.days for part in found.parts] == [1.0, 0.5, 0.25]
    assert found.half_days == 4


def test_the_larger_sample_counts_where_an_arrow_leads_major_and_minor_apart() -> None:
    found = man_days(Task("garment", 150_000, major="2.5", minor="4.0"))
    assert (found.major.size, found.minor.size, found.critical.size) == (500, 315, 500)
    assert found.parts[0].days == 4.0


@given(tasks)
def test_a_larger_lot_or_more_to_do_takes_no_less_time(task: Task) -> None:
    found = man_days(task)
    assert found.half_days >= 2
    way = sum(part.days for part in found.parts if "travel" in part.text)
    work = sum(part.days for part in found.parts) - way
    assert found.half_days - 1 < 2 * (max(1.0, work) + way) + 0.02
    for more in (
        replace(task, variants=task.variants + 7),
        replace(task, test_minutes=task.test_minutes + 60),
        replace(task, travel_minutes=2100),
    ):
        assert man_days(more).half_days >= found.half_days


@given(st.integers(1, 40))
def test_every_way_has_all_the_half_days(half_days: int) -> None:
    modes = modes_of(half_days)
    assert modes
    assert {mode.crew * mode.half_days for mode in modes} == {half_days}
    assert len(set(modes)) == len(modes)


def test_two_days_are_two_of_one_or_one_of_two_and_long_stays_are_shared() -> None:
    assert modes_of(2) == (Mode(1, 2),)
    assert modes_of(3) == (Mode(1, 3),)
    assert modes_of(4) == (Mode(1, 4), Mode(2, 2))
    assert modes_of(6) == (Mode(1, 6), Mode(2, 3), Mode(3, 2))
    assert modes_of(8) == (Mode(2, 4), Mode(4, 2))
    assert modes_of(10) == (Mode(2, 5),)
    assert modes_of(14) == (Mode(2, 7),)
    assert modes_of(1) == (Mode(1, 1),)


def test_containers() -> None:
    assert [loading_half_days(count) for count in (1, 2, 3, 4)] == [1, 2, 3, 4]


def test_nothing_to_do_is_refused() -> None:
    with pytest.raises(ValueError, match="0 variants"):
        man_days(Task("garment", 100, variants=0))
    with pytest.raises(ValueError, match="-5 minutes"):
        man_days(Task("garment", 100, test_minutes=-5))
    with pytest.raises(ValueError, match="at least one container"):
        loading_half_days(0, HOUSE_PACE)
    with pytest.raises(ValueError, match="not 0"):
        modes_of(0)
