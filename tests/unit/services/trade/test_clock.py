"""The on-site clock: when hours end, over midnight, weekends, holidays, make-up days and changes of the clocks."""

from __future__ import annotations

import datetime as dt
import zoneinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.services.calendars import calendar_days
from desktop.services.trade.clock import (
    Attainment,
    Booked,
    ClockSettings,
    Counting,
    OnSite,
    attained,
    on_site_clock,
    wall_time,
)

SHANGHAI = zoneinfo.ZoneInfo("Asia/Shanghai")
BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")
CHINA = {entry.date: entry.kind for entry in calendar_days("CN", 2026)}


def works(day: dt.date) -> bool:
    kind = CHINA.get(day)
    return kind == "make-up" or (kind != "holiday" and day.weekday() < 5)


def at(month: int, day: int, hour: int = 0, minute: int = 0, zone: dt.tzinfo = SHANGHAI) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, minute, tzinfo=zone)


ALWAYS = Counting(SHANGHAI)
OFFICE = Counting(SHANGHAI, works)
WHOLE_DAYS = Counting(SHANGHAI, works, ClockSettings(opens=0, closes=24))


def test_calendar_hours_pass_day_and_night() -> None:
    clock = on_site_clock(Booked(at(11, 6, 17, 30)), ALWAYS, 48)

    assert (clock.begins, clock.target, clock.limit) == (at(11, 6, 17, 30), at(11, 8, 17, 30), at(11, 9, 17, 30))
    assert clock.hours_left(at(11, 8, 18)) == -0.5


def test_a_window_that_opens_later_begins_the_hours_at_its_midnight() -> None:
    clock = on_site_clock(Booked(at(11, 6, 17), dt.date(2026, 11, 16)), ALWAYS, 48)

    assert (clock.begins, clock.target) == (at(11, 16), at(11, 18))
    assert clock.target is not None
    assert ALWAYS.last_day(clock.target) == dt.date(2026, 11, 17)  # at midnight nobody begins a visit
    assert ALWAYS.last_day(at(11, 18, 9)) == dt.date(2026, 11, 18)
    assert on_site_clock(Booked(at(11, 16, 8), dt.date(2026, 11, 16)), ALWAYS, 48).begins == at(11, 16, 8)


def test_midnight_ends_a_day_or_begins_one() -> None:
    assert wall_time(at(11, 18), SHANGHAI) == (dt.date(2026, 11, 17), "24:00")
    assert wall_time(at(11, 18), SHANGHAI, is_end=False) == (dt.date(2026, 11, 18), "00:00")


def test_nothing_runs_while_something_is_missing() -> None:
    clock = on_site_clock(Booked(None, missing=("address",)), ALWAYS, 48)

    assert clock == OnSite(None, None, None, ("address",))
    assert (clock.is_running, clock.hours_left(at(11, 6)), attained(clock, at(11, 6))) == (False, None, None)
    agreed = on_site_clock(Booked(None, agreed=dt.date(2026, 11, 9), missing=("address",)), ALWAYS, 48)
    assert (agreed.is_running, agreed.target) == (False, at(11, 10))


def test_an_agreed_day_lasts_until_its_midnight_and_the_limit_is_not_before_it() -> None:
    clock = on_site_clock(Booked(at(11, 6, 10), agreed=dt.date(2026, 11, 20)), ALWAYS, 48)

    assert (clock.target, clock.limit) == (at(11, 21), at(11, 21))
    early = on_site_clock(Booked(at(11, 6, 10), agreed=dt.date(2026, 11, 7)), ALWAYS, 48)
    assert (early.target, early.limit) == (at(11, 8), at(11, 9, 10))


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        (at(11, 5, 16), 3, at(11, 6, 10)),  # over a night
        (at(11, 6, 17), 2, at(11, 9, 10)),  # over a weekend
        (at(11, 6, 9), 9, at(11, 6, 18)),  # ends when the office closes, not when it opens again
        (at(11, 7, 12), 1, at(11, 9, 10)),  # begins on a Saturday
        (at(9, 30, 17), 2, at(10, 8, 10)),  # over the National Day: 1 to 7 October
        (at(10, 9, 17), 2, at(10, 10, 10)),  # the Saturday that is worked for it
        (at(9, 18, 17), 2, at(9, 20, 10)),  # a Sunday that is worked, after a Saturday that is not
        (at(2, 13, 17), 11, at(2, 24, 10)),  # Saturday 14 February is worked, then the Spring Festival until the 23rd
    ],
)
def test_working_hours_skip_nights_weekends_and_holidays_and_count_make_up_days(
    start: dt.datetime, hours: float, end: dt.datetime
) -> None:
    assert OFFICE.after(start, hours) == end
    assert OFFICE.between(start, end) == pytest.approx(hours)


def test_with_an_office_that_never_closes_a_working_day_has_24_hours() -> None:
    assert WHOLE_DAYS.after(at(11, 6, 15), 48) == at(11, 10, 15)
    assert WHOLE_DAYS.after(at(11, 5), 48) == at(11, 7)


def test_hours_are_real_where_the_clocks_are_changed() -> None:
    before = at(10, 24, 12, zone=BERLIN)
    assert Counting(BERLIN).after(before, 48) == at(10, 26, 11, zone=BERLIN)
    every_day = Counting(BERLIN, lambda _: True, ClockSettings(opens=0, closes=24))
    assert every_day.between(at(10, 25, zone=BERLIN), at(10, 26, zone=BERLIN)) == 25


def test_a_calendar_without_working_days_is_refused() -> None:
    with pytest.raises(ValueError, match="no working day in the 100 days"):
        Counting(SHANGHAI, lambda _: False).after(at(11, 6), 1)


def test_a_promise_is_kept_within_the_target_or_the_limit_or_not() -> None:
    clock = on_site_clock(Booked(at(11, 6, 10)), ALWAYS, 48)

    assert attained(clock, at(11, 8, 10)) is Attainment.TARGET
    assert attained(clock, at(11, 8, 10, 1)) is Attainment.LIMIT
    assert attained(clock, at(11, 9, 10)) is Attainment.LIMIT
    assert attained(clock, at(11, 9, 10, 1)) is Attainment.MISSED


@given(
    st.integers(0, 333 * 1440),
    st.floats(0.01, 200),
    st.floats(0.01, 100),
    st.sampled_from([ALWAYS, OFFICE, WHOLE_DAYS]),
)
def test_hours_add_up(minute: int, hours: float, more: float, counting: Counting) -> None:
    begins = at(1, 1) + dt.timedelta(minutes=minute)
    once = counting.after(begins, hours)

    assert once > begins
    assert counting.between(begins, once) == pytest.approx(hours, abs=1e-6)
    assert abs(counting.after(once, more) - counting.after(begins, hours + more)) <= dt.timedelta(milliseconds=1)
