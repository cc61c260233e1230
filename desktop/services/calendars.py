"""Public holidays and make-up working days of China and Vietnam, and how they get into the database.

Two packages know them. `chinesecalendar` has the State Council's yearly notice whole: every day off, weekends
included, and every weekend day that is worked for it. `holidays` leaves out days off that are weekend days anyway and
has no make-up days of years to come, but looks far ahead. So: China's notice where there is one, `holidays` elsewhere.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import BadInputError
from desktop.models import CalendarDay

COUNTRIES = ("CN", "VN")

# The last year that a notice has fixed: the swaps are announced every year, late in the year before.
VIETNAM_FIXED_THROUGH = 2026

# Swaps decided after the package was made, as the press reported them: on 2025-12-25 state bodies were given Friday
# 2 January 2026 off for Saturday 10 January. Private employers may follow or not, so both days stay provisional.
VIETNAM_REPORTED = {
    dt.date(2026, 1, 2): ("holiday", "Day off for Saturday 10 January, state sector"),
    dt.date(2026, 1, 10): ("make-up", "Working day for Friday 2 January, state sector"),
}

# No year of either country has fewer holidays; fewer rows are corrections made before the year was filled in.
FEWEST_DAYS = 6


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A day that differs from the plain week.

    Attributes:
        kind: "holiday", or "make-up": a weekend day that is worked.
        provisional: no official notice has fixed this year yet; days may move, make-up days are still missing.
    """

    date: dt.date
    kind: str
    name: str
    provisional: bool


def calendar_days(country: str, year: int) -> tuple[CalendarEntry, ...]:
    """The days of a year that differ from the plain week, by date. Countries: "CN", "VN"."""
    if country == "CN":
        free, _ = _china_notices()
        if min(free).year <= year <= max(free).year:
            return _by_date(_of_china_notice(year))
        return _by_date(_of_package(country, year, provisional=year > max(free).year))
    if country == "VN":
        reported = [
            CalendarEntry(date, kind, name, provisional=True)
            for date, (kind, name) in VIETNAM_REPORTED.items()
            if date.year == year
        ]
        return _by_date([*_of_package(country, year, provisional=year > VIETNAM_FIXED_THROUGH), *reported])
    raise BadInputError(f"No calendar is known for country {country!r}.", f"Known are {' and '.join(COUNTRIES)}.")


@functools.lru_cache(maxsize=64)
def lunar_new_year(year: int) -> dt.date:
    """The first day of the lunar year that begins in a year: Spring Festival and Tet."""
    import holidays  # noqa: PLC0415 -- see `_china_notices`

    known = holidays.country_holidays("VN", years=year, language="en_US")
    return next(date for date, name in known.items() if name == "Lunar New Year")


def keep_published(session: Session, country: str, date: dt.date) -> None:
    """Store the year of a day that is only published so far: what is not in the records cannot be taken out of them."""
    if country in COUNTRIES and any(entry.date == date for entry in calendar_days(country, date.year)):
        _fill(session, country, date.year)


def seed_calendars(session: Session, years: Iterable[int]) -> int:
    """Add the calendar of China and Vietnam for the years that a country lacks; returns the number of days added.

    A year with a handful of days is taken as entered, and stays as it is; single days entered before are kept.
    """
    return sum(_fill(session, country, year) for year in sorted(set(years)) for country in COUNTRIES)


def _fill(session: Session, country: str, year: int) -> int:
    span = CalendarDay.date.between(dt.date(year, 1, 1), dt.date(year, 12, 31))
    known = set(session.scalars(select(CalendarDay.date).where(span, CalendarDay.country == country)))
    if len(known) >= FEWEST_DAYS:
        return 0
    missing = [entry for entry in calendar_days(country, year) if entry.date not in known]
    session.add_all(
        CalendarDay(
            country=country,
            date=entry.date,
            kind=entry.kind,
            name=entry.name,
            provisional=entry.provisional,
        )
        for entry in missing
    )
    session.flush()
    return len(missing)


def _china_notices() -> tuple[Mapping[dt.date, str], Mapping[dt.date, str]]:
    """Days off and days worked for them, by notice. Loaded when asked: most days are in the records already."""
    from chinese_calendar import constants  # noqa: PLC0415

    return constants.holidays, constants.workdays


def _of_china_notice(year: int) -> Iterable[CalendarEntry]:
    free, worked = _china_notices()
    for date, name in free.items():
        if date.year == year:
            yield CalendarEntry(date, "holiday", name, provisional=False)
    for date, name in worked.items():
        if date.year == year:
            yield CalendarEntry(date, "make-up", f"Working day for {name}", provisional=False)


def _of_package(country: str, year: int, *, provisional: bool) -> Iterable[CalendarEntry]:
    import holidays  # noqa: PLC0415 -- see `_china_notices`

    known = holidays.country_holidays(country, years=year, language="en_US")
    for date, name in known.items():
        yield CalendarEntry(date, "holiday", name, provisional)
    for date in known.weekend_workdays:
        if date.year == year:
            yield CalendarEntry(date, "make-up", "Working day for a day off", provisional)


def _by_date(entries: Iterable[CalendarEntry]) -> tuple[CalendarEntry, ...]:
    return tuple(sorted(entries, key=lambda entry: entry.date))
