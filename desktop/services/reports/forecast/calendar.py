"""How much of a week is worked in a country, and how far it is from the lunar new year."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from desktop.services.calendars import COUNTRIES, lunar_new_year
from desktop.services.reports.forecast.ledger import Floats, Ints, Ledger

HORIZONS = 12  # weeks that are looked ahead
HOLIDAY, MAKE_UP = 7, 8
DAY_KINDS = 9  # Monday to Sunday, then these two
USUAL = np.array([1, 1, 1, 1, 1, 0.5, 0.1, 0.1, 0.9])
"""How much is done on a day of each kind, in plain working days, before anything was seen of it."""
DOUBT_DAYS = 3.0  # so many days have to be seen before what was seen counts more than `USUAL`
FROM_NEW_YEAR = tuple(range(-4, 6))
"""The weeks before and after that of the lunar new year which have a level of their own, in every year the same."""


@dataclass(frozen=True, slots=True)
class Weeks:
    """Weeks counted from the first whole one that has visits.

    Attributes:
        first: the ordinal of its Monday.
        now: the number of the current week; those before it are over.
        weekday: which day of the current week it is, Monday 0: earlier weeks are looked back from on the same day.
        count: weeks in all, with those to come.
    """

    first: int
    now: int
    weekday: int
    count: int

    @classmethod
    def of(cls, ledger: Ledger, today: dt.date, ahead: int) -> Weeks:
        """From the first whole week with visits, to so many weeks after the current one."""
        monday = today.toordinal() - today.weekday()
        begun = ledger.visited[ledger.visited < monday]
        first = min(monday, int(begun.min()) + (1 - int(begun.min())) % 7) if begun.size else monday
        now = (monday - first) // 7
        return cls(first, now, today.weekday(), now + ahead + 1)

    def of_day(self, day: Ints) -> Ints:
        """The week that a day lies in."""
        return (day - self.first) // 7

    def known_from(self, day: Ints) -> Ints:
        """The first week on whose `weekday` something of a day is on record."""
        return -((self.first + self.weekday - day) // 7)

    def monday(self, week: int) -> dt.date:
        """The first day of a week."""
        return dt.date.fromordinal(self.first + 7 * week)


def worked_days(ledger: Ledger, weeks: Weeks, country: str, cells: Ints) -> Floats:
    """Working days of every week as they could be reckoned in every week.

    What a Saturday, a holiday or a make-up day is worth is learned from the visits of the weeks before.

    Args:
        cells: which of the ledger's are of the country.

    Returns:
        a row for each week looked from, a column for each week looked at; a plain Monday to Friday is about 5.
    """
    special = ledger.special.get(country, {})
    days = np.arange(weeks.first, weeks.first + 7 * weeks.count)
    kinds = (days - 1) % 7
    for place, day in enumerate(days.tolist()):
        if day in special:
            kinds[place] = MAKE_UP if special[day] else HOLIDAY
    there = np.zeros((weeks.count, DAY_KINDS))
    np.add.at(there, (np.arange(days.size) // 7, kinds), 1.0)

    made = np.zeros((weeks.count, DAY_KINDS))
    seen = (
        np.isin(ledger.cell, cells) & (ledger.visited >= weeks.first) & (ledger.visited < weeks.first + 7 * weeks.now)
    )
    at = ledger.visited[seen] - weeks.first
    np.add.at(made, (at // 7, kinds[at]), ledger.man_days[seen])

    done, passed = _before(made), _before(there)
    plain = done[:, :5].sum(axis=1, keepdims=True) / np.maximum(passed[:, :5].sum(axis=1, keepdims=True), 1.0)
    plain = np.where(plain > 0, plain, 1.0)
    worth = (done / plain + DOUBT_DAYS * USUAL) / (passed + DOUBT_DAYS)
    return np.asarray(worth @ there.T)


def weeks_from_new_year(weeks: Weeks, country: str) -> Ints:
    """How many weeks each week is after that of the lunar new year, before it below 0; far away where none is near."""
    far = np.full(weeks.count, 99)
    if country not in COUNTRIES:
        return far
    first, last = weeks.monday(0), weeks.monday(weeks.count)
    for year in range(first.year, last.year + 2):
        week = (lunar_new_year(year).toordinal() - weeks.first) // 7
        away = np.arange(weeks.count) - week
        far = np.where(np.abs(away) < np.abs(far), away, far)
    return far


def same_week_last_year(weeks: Weeks, country: str) -> Ints:
    """The week a year ago that each one is like: by weeks from the lunar new year near it, else 52 weeks before."""
    away = weeks_from_new_year(weeks, country)
    like = np.arange(weeks.count) - 52
    for week in np.flatnonzero(np.isin(away, FROM_NEW_YEAR)).tolist():
        ago = np.flatnonzero(away[:week] == away[week])
        if ago.size:
            like[week] = ago[-1]
    return like


def _before(of_week: Floats) -> Floats:
    """Sums of everything before each week."""
    return np.vstack([np.zeros((1, of_week.shape[1])), np.cumsum(of_week, axis=0)[:-1]])
