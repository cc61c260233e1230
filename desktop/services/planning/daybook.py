"""Which days differ from the plain week in each country, from the calendar records or, lacking those, as published."""

from __future__ import annotations

import datetime as dt
import functools

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import CalendarDay
from desktop.services import calendars

HOLIDAY = "holiday"
MAKE_UP = "make-up"
SATURDAY = 5  # as `weekday` numbers it


@functools.lru_cache(maxsize=64)
def _published(country: str, year: int) -> dict[dt.date, tuple[str, bool]]:
    if country not in calendars.COUNTRIES:
        return {}
    return {entry.date: (entry.kind, entry.provisional) for entry in calendars.calendar_days(country, year)}


class Daybook:
    """The kinds of days by country. A year of which the records hold next to nothing is taken as published."""

    def __init__(self, session: Session) -> None:
        self._days: dict[tuple[str, int], dict[dt.date, tuple[str, bool]]] = {}
        self._filled: set[tuple[str, int]] = set()
        query = select(CalendarDay.country, CalendarDay.date, CalendarDay.kind, CalendarDay.provisional)
        for country, date, kind, provisional in session.execute(query):
            self._days.setdefault((country, date.year), {})[date] = (kind, provisional)

    def kind(self, country: str, date: dt.date) -> str | None:
        """`HOLIDAY`, `MAKE_UP` (a weekend day that is worked), or None for a day like any other."""
        return self._year(country, date.year).get(date, (None, False))[0]

    def works(self, country: str, date: dt.date) -> bool:
        """Whether a date is a working day of a country: Monday to Friday but for holidays, and make-up days."""
        kind = self.kind(country, date)
        return kind == MAKE_UP or (kind != HOLIDAY and date.weekday() < SATURDAY)

    def provisional(self, country: str, first: dt.date, last: dt.date) -> bool:
        """Whether no official notice has fixed the days of a country between two dates."""
        return any(
            provisional
            for year in range(first.year, last.year + 1)
            for date, (_, provisional) in self._year(country, year).items()
            if first <= date <= last
        )

    def _year(self, country: str, year: int) -> dict[dt.date, tuple[str, bool]]:
        key = (country, year)
        if key not in self._filled:
            self._filled.add(key)
            own = self._days.get(key, {})
            if len(own) < calendars.FEWEST_DAYS:
                self._days[key] = _published(country, year) | own
        return self._days[key]
