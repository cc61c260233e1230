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
NEAR_DAYS = np.arange(-16, 24)  # days from the lunar new year whose worth is learned one by one
USUAL_NEAR = np.where((NEAR_DAYS >= -1) & (NEAR_DAYS <= 6), 0.1, 1.0)
DOUBT_OF_NEAR = 0.2  # plain days
NEIGHBOURS = 0.25
LEVEL_WEEKS = 8
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

    What a Saturday, a holiday, a make-up day and each day near the lunar new year is worth is learned from the visits
    of the weeks before.

    Args:
        ledger: of what was visited when.
        weeks: that are looked from and at.
        country: whose calendar counts.
        cells: which of the ledger's are of the country.

    Returns:
        a row for each week looked from, a column for each week looked at; a plain Monday to Friday is about 5.
    """
    special = ledger.special.get(country, {})
    days = np.arange(weeks.first, weeks.first + 7 * weeks.count)
    near = _days_from_new_year(days, country) - NEAR_DAYS[0]
    is_near = (near >= 0) & (near < NEAR_DAYS.size)
    kinds = (days - 1) % 7
    for place, day in enumerate(days.tolist()):
        if day in special and not (is_near[place] and not special[day]):
            kinds[place] = MAKE_UP if special[day] else HOLIDAY
    week = np.arange(days.size) // 7

    seen = (
        np.isin(ledger.cell, cells) & (ledger.visited >= weeks.first) & (ledger.visited < weeks.first + 7 * weeks.now)
    )
    of_day = np.bincount(ledger.visited[seen] - weeks.first, ledger.man_days[seen], minlength=days.size)
    there, made = np.zeros((weeks.count, DAY_KINDS)), np.zeros((weeks.count, DAY_KINDS))
    np.add.at(there, (week[~is_near], kinds[~is_near]), 1.0)
    np.add.at(made, (week[~is_near], kinds[~is_near]), of_day[~is_near])
    done, passed = _before(made), _before(there)
    plain = done[:, :5].sum(axis=1, keepdims=True) / np.maximum(passed[:, :5].sum(axis=1, keepdims=True), 1.0)
    worth = (done / np.where(plain > 0, plain, 1.0) + DOUBT_DAYS * USUAL) / (passed + DOUBT_DAYS)

    # the level of the weeks before a new year says what its days would have been without it
    level = np.array([made[max(0, w - LEVEL_WEEKS) : w, :5].sum() for w in range(weeks.count)])
    level /= np.maximum([there[max(0, w - LEVEL_WEEKS) : w, :5].sum() for w in range(weeks.count)], 1.0)
    usual, came = np.zeros((weeks.count, NEAR_DAYS.size)), np.zeros((weeks.count, NEAR_DAYS.size))
    over = np.flatnonzero(is_near & (week < weeks.now))
    # the days themselves are no measure: the level is that of the last weeks wholly before them
    begun = np.maximum(week[over] - (near[over] + 7) // 7, 0)
    np.add.at(usual, (week[over], near[over]), level[begun] * worth[week[over], kinds[over]])
    np.add.at(came, (week[over], near[over]), of_day[over])
    usual, came = _with_neighbours(_before(usual)), _with_neighbours(_before(came))
    doubt = np.where(level > 0, level, 1.0)[:, None] * DOUBT_OF_NEAR
    share = (came + doubt * USUAL_NEAR) / (usual + doubt)

    worked = worth[:, kinds]
    worked[:, is_near] *= share[:, near[is_near]]
    return np.asarray(worked.reshape(weeks.count, weeks.count, 7).sum(axis=2))


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


def _days_from_new_year(days: Ints, country: str) -> Ints:
    """How many days each day is after the nearest lunar new year; far away in a country that has none."""
    far = np.full(days.size, 999)
    if country not in COUNTRIES or not days.size:
        return far
    for year in range(dt.date.fromordinal(int(days[0])).year, dt.date.fromordinal(int(days[-1])).year + 2):
        away = days - lunar_new_year(year).toordinal()
        far = np.where(np.abs(away) < np.abs(far), away, far)
    return far


def _with_neighbours(of_day: Floats) -> Floats:
    """Each day with some of those beside it: one that was a Sunday in every year has shown little of itself."""
    found = of_day.copy()
    found[:, 1:] += NEIGHBOURS * of_day[:, :-1]
    found[:, :-1] += NEIGHBOURS * of_day[:, 1:]
    return found


def _before(of_week: Floats) -> Floats:
    """Sums of everything before each week."""
    return np.vstack([np.zeros((1, of_week.shape[1])), np.cumsum(of_week, axis=0)[:-1]])
