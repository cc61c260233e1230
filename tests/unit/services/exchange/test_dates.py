"""Days, half-days and times in cells: many forms, never one that may mean two days."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.halfday import morning
from desktop.services.exchange import dates
from desktop.services.exchange.cells import Cell, CellFault

DAY = dt.date(2026, 12, 31)
DATES = st.dates(dt.date(dates.FIRST_YEAR, 1, 1))


@pytest.mark.parametrize(
    "cell",
    [
        DAY,
        dt.datetime(2026, 12, 31),  # noqa: DTZ001 -- as a workbook gives it
        "2026-12-31",
        "2026/12/31",
        "2026.12.31",
        "2026年12月31日",
        "31.12.2026",
        "31/12/2026",
        "12/31/2026",
        "31 Dec 2026",
        "31st December 2026",
        "Dec 31, 2026",
        "Thu 31 Dec 2026",
        "Thursday, 31 December 2026",
        "ngày 31 tháng 12 năm 2026",
        "\uff12\uff10\uff12\uff16-\uff11\uff12-\uff13\uff11",
    ],
)
def test_forms_of_one_day(cell: Cell) -> None:
    assert dates.read_date(cell) == DAY


def test_a_day_whose_two_readings_are_the_same_is_read() -> None:
    assert dates.read_date("04/04/2026") == dt.date(2026, 4, 4)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("03/04/2026", "can be read as day 3 of month 4 or day 4 of month 3"),
        ("3-4-2026", "can be read as day 3 of month 4"),
        ("31.12.26", "has a year of two figures"),
        ("2026-02-30", "is a day that no calendar has"),
        ("13/13/2026", "is a day that no calendar has"),
        ("31 Foo 2026", "names no month"),
        ("tomorrow", "is not a day"),
        (46387.0, "is a number where a day belongs"),
        (True, "is a number where a day belongs"),
        (dt.datetime(2026, 12, 31, 9, 30), "has a time of day"),  # noqa: DTZ001 -- as a workbook gives it
        (dt.time(9, 30), "is a number where a day belongs"),
        (dt.date(1926, 12, 31), "lies before 2000"),
    ],
)
def test_what_is_no_day(cell: Cell, reason: str) -> None:
    with pytest.raises(CellFault) as caught:
        dates.read_date(cell)
    assert reason in caught.value.reason
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        (DAY, 0, 1),
        ("2026-12-31", 0, 1),
        ("2026-12-31 morning", 0, 0),
        ("31.12.2026 AM", 0, 0),
        ("2026-12-31 afternoon", 1, 1),
        ("2026年12月31日下午", 1, 1),
        ("31/12/2026 chiều", 1, 1),
    ],
)
def test_half_days(cell: Cell, first: int, last: int) -> None:
    assert dates.read_first_half(cell) == morning(DAY) + first
    assert dates.read_last_half(cell) == morning(DAY) + last


@pytest.mark.parametrize(
    ("cell", "time"),
    [
        ("2026-12-31 14:05", (14, 5, None)),
        ("2026-12-31T14:05:00", (14, 5, None)),
        ("31.12.2026 14:05 UTC", (14, 5, 0)),
        ("2026-12-31 14:05Z", (14, 5, 0)),
        ("2026-12-31 14:05 +08:00", (14, 5, 8)),
        ("2026-12-31 14:05 UTC+8", (14, 5, 8)),
        ("2026-12-31 14:05 -0330", (14, 5, -3.5)),
        ("2026-12-31", (0, 0, None)),
        (DAY, (0, 0, None)),
    ],
)
def test_times(cell: Cell, time: tuple[int, int, float | None]) -> None:
    hour, minute, offset = time
    zone = None if offset is None else dt.timezone(dt.timedelta(hours=offset))
    assert dates.read_moment(cell) == dt.datetime(2026, 12, 31, hour, minute, tzinfo=zone)


@pytest.mark.parametrize("cell", ["2026-12-31 25:00", "2026-12-31 14:05 +31:00"])
def test_a_time_that_no_clock_shows(cell: str) -> None:
    with pytest.raises(CellFault, match="no clock shows"):
        dates.read_moment(cell)


def test_time_zones_are_those_of_the_zone_database() -> None:
    assert dates.read_time_zone("Asia/Shanghai") == "Asia/Shanghai"
    for name in ("Asia/Atlantis", "../../etc/passwd", ""):
        with pytest.raises(CellFault, match="is not a time zone"):
            dates.read_time_zone(name)


@given(DATES)
def test_written_days_read_as_they_were(day: dt.date) -> None:
    assert dates.read_date(dates.write_date(day)) == dates.read_date(str(day)) == day


@given(DATES, st.integers(0, 1))
def test_written_half_days_read_as_they_were(day: dt.date, half: int) -> None:
    slot = morning(day) + half
    assert dates.read_first_half(dates.write_first_half(slot)) == slot
    assert dates.read_last_half(dates.write_last_half(slot)) == slot


@given(st.datetimes(dt.datetime(2000, 1, 2), timezones=st.timezones()))  # noqa: DTZ001 -- hypothesis adds zones
def test_written_times_read_as_they_were(time: dt.datetime) -> None:
    if time > dt.datetime(9999, 12, 30, tzinfo=dt.UTC):
        return
    assert dates.read_moment(dates.write_moment(time)) == time.astimezone(dt.UTC)
