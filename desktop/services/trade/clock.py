"""The on-site clock: within how many hours of a complete booking somebody has to be at the factory.

Inspection firms promise an inspector on site within 48 hours and never later than 72. The hours begin when nothing of
the booking is missing any more, as without a contact, an address and the goods nobody can be sent; or, where the goods
can be seen only later, when that window opens. They are counted at the factory: all hours, or for clients who have it
so in their contract the house's office hours on working days of the factory's country. With office hours from 0 to 24
a working day has 24 of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
STARTS = (8, 13)  # o'clock at the factory: when a morning and an afternoon on site begin
ENDS = (12, 17)  # and when they end
LONGEST_STOP = 100  # days in a row without a working day; no country has so many


@dataclass(frozen=True, slots=True)
class ClockSettings:
    """What the house promises, and when its office is open.

    Attributes:
        limit_hours: within which somebody is on site at the very latest; the target is a setting of every plan.
        opens: whole hour of the day at the factory, 0 to 23, from which working hours count.
        closes: the hour until which they do, 1 to 24.
    """

    limit_hours: int = 72
    opens: int = 9
    closes: int = 18


HOUSE_CLOCK = ClockSettings()


@dataclass(frozen=True, slots=True)
class Counting:
    """How hours pass at a factory.

    Attributes:
        zone: its time zone.
        works: whether a date is a working day of its country; None where all hours count, day and night.
        settings: for the office hours.
    """

    zone: dt.tzinfo
    works: Callable[[dt.date], bool] | None = None
    settings: ClockSettings = HOUSE_CLOCK

    def after(self, start: dt.datetime, hours: float) -> dt.datetime:
        """The moment (UTC) at which so many hours have passed since another.

        Hours that end when the office closes end then, not when it opens again.

        Raises:
            ValueError: where no working day comes: a calendar like that is wrong.
        """
        start, left = start.astimezone(dt.UTC), hours * HOUR
        if self.works is None:
            return start + left
        day, idle = start.astimezone(self.zone).date(), 0
        while idle < LONGEST_STOP:
            begins, ends = self._office(day)
            begins = max(begins, start)
            if not self.works(day):
                idle += 1
            elif begins < ends:
                if left <= ends - begins:
                    return begins + left
                left -= ends - begins
                idle = 0
            day += DAY
        msg = f"there is no working day in the {LONGEST_STOP} days before {day}"
        raise ValueError(msg)

    def between(self, start: dt.datetime, end: dt.datetime) -> float:
        """The hours that pass from one moment to a later one; negative where it is earlier."""
        if end < start:
            return -self.between(end, start)
        if self.works is None:
            return (end - start) / HOUR
        day, last = start.astimezone(self.zone).date(), end.astimezone(self.zone).date()
        passed = dt.timedelta()
        while day <= last:
            if self.works(day):
                begins, ends = self._office(day)
                passed += max(dt.timedelta(), min(ends, end) - max(begins, start))
            day += DAY
        return passed / HOUR

    def midnight(self, day: dt.date) -> dt.datetime:
        """The moment (UTC) at which a day begins there."""
        return dt.datetime.combine(day, dt.time(), self.zone).astimezone(dt.UTC)

    def last_day(self, target: dt.datetime) -> dt.date:
        """The last day on which a visit begins before a moment: that day, or, if it ends too early, the one before."""
        there = target.astimezone(self.zone)
        return there.date() if there.hour >= STARTS[0] else there.date() - DAY

    def _office(self, day: dt.date) -> tuple[dt.datetime, dt.datetime]:
        """When the office opens and closes on a day (UTC)."""
        return self._moment(day, self.settings.opens), self._moment(day, self.settings.closes)

    def _moment(self, day: dt.date, hour: int) -> dt.datetime:
        """An hour of a day by the clocks there, which may have been changed since midnight; the 24th is midnight."""
        if hour == 24:
            return self.midnight(day + DAY)
        return dt.datetime.combine(day, dt.time(hour), self.zone).astimezone(dt.UTC)


class WallTime(NamedTuple):
    """A moment as the clocks of a place show it."""

    day: dt.date
    time: str


def wall_time(when: dt.datetime, zone: dt.tzinfo, *, is_end: bool = True) -> WallTime:
    """A moment by the clocks of a place. `is_end`: midnight is the 24th hour of the day that ends then."""
    there = when.astimezone(zone)
    if is_end and there.time() == dt.time():
        return WallTime(there.date() - DAY, "24:00")
    return WallTime(there.date(), f"{there:%H:%M}")


@dataclass(frozen=True, slots=True)
class OnSite:
    """The clock of one booking. Times are UTC.

    Attributes:
        begins: when the hours begin; None: the clock does not run.
        target: until when somebody should be on site; None where the clock does not run and no day is agreed.
        limit: until when at the very latest.
        missing: what keeps the clock from running, in words.
    """

    begins: dt.datetime | None
    target: dt.datetime | None
    limit: dt.datetime | None
    missing: tuple[str, ...] = ()

    @property
    def is_running(self) -> bool:
        """Whether its hours have a beginning; that may lie ahead, where the window opens later."""
        return self.begins is not None

    def hours_left(self, now: dt.datetime) -> float | None:
        """Hours until the target, whatever hours the clock counts, so that bookings compare; negative after it."""
        return None if self.target is None else (self.target - now) / HOUR


@dataclass(frozen=True, slots=True)
class Booked:
    """What of a booking its clock depends on.

    Attributes:
        complete_at: when nothing of it was missing any more; None: something is.
        window_opens: the first day on which the goods can be seen, where that is known; it begins at midnight there.
        agreed: the day to be on site that was agreed instead of the hours; it lasts until its midnight.
        missing: what is, in words.
    """

    complete_at: dt.datetime | None
    window_opens: dt.date | None = None
    agreed: dt.date | None = None
    missing: tuple[str, ...] = ()


def on_site_clock(booked: Booked, counting: Counting, target_hours: float) -> OnSite:
    """The clock of a booking, with the hours that the house promises."""
    agreed_end = None if booked.agreed is None else counting.midnight(booked.agreed + DAY)
    if booked.complete_at is None:
        return OnSite(None, agreed_end, agreed_end, booked.missing)
    begins = booked.complete_at.astimezone(dt.UTC)
    if booked.window_opens is not None:
        begins = max(begins, counting.midnight(booked.window_opens))
    target = agreed_end or counting.after(begins, target_hours)
    limit = counting.after(begins, max(target_hours, counting.settings.limit_hours))
    return OnSite(begins, target, max(target, limit), booked.missing)


class Attainment(StrEnum):
    """How well a promise was kept."""

    TARGET = "target"
    LIMIT = "limit"
    MISSED = "missed"


def attained(clock: OnSite, arrived_at: dt.datetime) -> Attainment | None:
    """Whether somebody was on site within the target, at least within the limit, or too late; None without a clock."""
    if clock.target is None or clock.limit is None:
        return None
    if arrived_at <= clock.target:
        return Attainment.TARGET
    return Attainment.LIMIT if arrived_at <= clock.limit else Attainment.MISSED
