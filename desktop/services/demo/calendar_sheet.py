"""Which days people work and factories are open, for as many years as the sample reaches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from desktop.services.calendars import COUNTRIES, calendar_days, lunar_new_year

LONGEST_BREAK = 21  # days before or after the new year
ORDINARY, HOLIDAY, MAKE_UP = 0, 1, 2
SATURDAY = 5


class CalendarSheet:
    """The calendars of both countries, by ordinal of the day."""

    def __init__(self, years: Iterable[int]) -> None:
        self.years = tuple(sorted(set(years)))
        self._days: dict[str, dict[int, int]] = {
            country: {
                entry.date.toordinal(): HOLIDAY if entry.kind == "holiday" else MAKE_UP
                for year in self.years
                for entry in calendar_days(country, year)
            }
            for country in COUNTRIES
        }
        self.new_years = {year: lunar_new_year(year).toordinal() for year in self.years}
        self.break_season = frozenset(
            day + n for day in self.new_years.values() for n in range(-LONGEST_BREAK, LONGEST_BREAK + 1)
        )
        """The days about a lunar new year, outside of which no factory is on its yearly break."""

    def is_holiday(self, country: str, day: int) -> bool:
        """Whether a day is a public holiday."""
        return self._days[country].get(day, ORDINARY) == HOLIDAY

    def is_weekend(self, country: str, day: int) -> bool:
        """Whether a day is a Saturday or Sunday that nobody has turned into a working day."""
        return (day - 1) % 7 >= SATURDAY and self._days[country].get(day, ORDINARY) == ORDINARY

    def is_worked(self, country: str, day: int, weekdays: Sequence[int], *, on_holidays: bool) -> bool:
        """Whether somebody with these weekdays works on a day."""
        kind = self._days[country].get(day, ORDINARY)
        if kind == ORDINARY:
            return (day - 1) % 7 in weekdays
        return kind == MAKE_UP or (on_holidays and (day - 1) % 7 in weekdays)


def monday_of(date: dt.date) -> dt.date:
    """The Monday of a date's week."""
    return date - dt.timedelta(days=date.weekday())
