"""The man-days that people can work, by person and week: from weekdays, calendars, absences and exceptional days."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models import Assignment, Inspector, InspectorSkill, Permit
from desktop.services.planning.daybook import Daybook
from desktop.services.planning.working_days import WorkingDays
from desktop.services.reports.company import read_company
from desktop.services.reports.languages import NO_LANGUAGE
from desktop.services.reports.scope import Scope
from desktop.services.reports.weeks import weeks_of

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

PLACES = ("country", "region", "city")
OF_PEOPLE = ("team", "person", "pay")
"""What people are narrowed by before their days are shared."""
ABLE = ("skill", "service", "language")
"""What people can do, often several of each."""


@dataclass(frozen=True, slots=True, eq=False)
class OnHand:
    """Some people of the roster and what they can work.

    Attributes:
        people: by code `key`, `name`, `local_name`, `team`, `pay`, `country`, `region`, `city` and, as sorted tuples,
            `skill`, `service` and `language`.
        mondays: the weeks.
        half_days: (w, p), what each can work in each week.
        permits: by code and area the last day of the permission, None: no end.
    """

    people: pd.DataFrame
    mondays: tuple[dt.date, ...]
    half_days: Ints
    permits: Mapping[str, Mapping[str, dt.date | None]]

    def may_go(self, regions: Sequence[str]) -> Flags:
        """Whether each may be sent to a region in a week, his own left out: (w, p, r)."""
        place = {region: number for number, region in enumerate(regions)}
        until = np.zeros((len(self.people), len(regions)), dtype=np.int64)
        for person, code in enumerate(self.people.index):
            for area, last in self.permits.get(code, {}).items():
                if area in place:
                    until[person, place[area]] = (last or dt.date.max).toordinal()
        for person, home in enumerate(self.people["region"]):
            if home in place:
                until[person, place[home]] = 0
        sundays = np.array([monday.toordinal() + 6 for monday in self.mondays], dtype=np.int64)
        may: Flags = until[None] >= sundays[:, None, None]
        return may


def needed(name: str, value: str) -> frozenset[str]:
    """What a person must have of a dimension of ABLE for a value of it."""
    if name != "language":
        return frozenset((value,))
    return frozenset() if value == NO_LANGUAGE else frozenset(value.split(" + "))


def read_on_hand(session: Session, scope: Scope, narrowed_by: Sequence[str] = OF_PEOPLE) -> OnHand:
    """What the people of a scope can work; `narrowed_by` are the dimensions of the scope that count.

    Whoever is active counts in all weeks; others up to the last week in which they have a visit, and not at all where
    that is over before the scope begins.
    """
    company = weeks_of(session).made(session, "company", lambda: read_company(session)).people
    records = {row.code: row for row in session.scalars(select(Inspector))}
    kept = company[_kept(company, scope, narrowed_by)]
    last_worked = _last_days(session, [records[code].id for code in kept.index[~kept["active"].astype(bool)]])
    known = [
        code
        for code, active in kept["active"].items()
        if active or last_worked.get(records[code].id, dt.date.min) >= scope.first_day
    ]
    rows = [records[code] for code in known]
    people = kept.loc[known].assign(
        key=[row.id for row in rows],
        skill=_by_person(session, rows),
        service=[tuple(sorted(row.services)) for row in rows],
        language=[tuple(sorted(row.languages)) for row in rows],
    )
    half_days = _half_days(session, rows, scope)
    for place, row in enumerate(rows):
        if not row.active:
            gone = [n for n, monday in enumerate(scope.mondays) if monday > last_worked[row.id]]
            half_days[gone, place] = 0
    return OnHand(people, scope.mondays, half_days, _permits(session, {row.id: row.code for row in rows}))


def _kept(people: pd.DataFrame, scope: Scope, names: Sequence[str]) -> Flags:
    kept = np.ones(len(people), dtype=bool)
    for name in names:
        if (values := scope.kept(name)) is not None:
            kept &= (people.index if name == "person" else people[name]).isin(values)
    return kept


def _last_days(session: Session, keys: Collection[int]) -> Mapping[int, dt.date]:
    """The last day on which some people have a visit in force, for those who have any."""
    query = (
        select(Assignment.inspector_id, func.max(Assignment.last_slot))
        .where(Assignment.published, Assignment.inspector_id.in_(sorted(keys)))
        .group_by(Assignment.inspector_id)
    )
    return {person: dt.date.fromordinal(slot // 2) for person, slot in session.execute(query)} if keys else {}


def _by_person(session: Session, rows: Sequence[Inspector]) -> list[tuple[str, ...]]:
    skills: dict[int, list[str]] = defaultdict(list)
    for person, skill in session.execute(select(InspectorSkill.inspector_id, InspectorSkill.skill)):
        skills[person].append(skill)
    return [tuple(sorted(skills[row.id])) for row in rows]


def _permits(session: Session, codes: Mapping[int, str]) -> Mapping[str, Mapping[str, dt.date | None]]:
    found: dict[str, dict[str, dt.date | None]] = defaultdict(dict)
    for person, area, until in session.execute(select(Permit.inspector_id, Permit.area, Permit.valid_until)):
        if person in codes:
            found[codes[person]][area] = until
    return found


def _half_days(session: Session, rows: Sequence[Inspector], scope: Scope) -> Ints:
    """Half-days that can be worked, by week and person; days of a week no more than are paid for."""
    free = half_days_by_day(session, rows, scope.first_day, scope.last_day)
    weeks = np.sort(free.reshape(len(rows), scope.weeks, 7), axis=2)[:, :, ::-1].cumsum(axis=2)
    most = np.array([min(len(row.day_costs_cents), 7) for row in rows], dtype=np.int64)
    within = np.take_along_axis(weeks, np.maximum(most - 1, 0)[:, None, None], axis=2)[:, :, 0]
    found: Ints = np.where(most[:, None] > 0, within, 0).T.astype(np.int64)
    return found


def half_days_by_day(session: Session, rows: Sequence[Inspector], first: dt.date, last: dt.date) -> Ints:
    """Half-days (0 to 2) that each person can work on each day between two dates: (p, d).

    Whoever keeps the same week and calendar is asked about once, but for the days of which something is said of one
    person alone.
    """
    daybook = Daybook(session)
    usual = WorkingDays(session, daybook, first, last, people=())
    own = WorkingDays(session, daybook, first, last)
    dates = [dt.date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1)]
    patterns: dict[tuple[str, tuple[int, ...], bool], npt.NDArray[np.int8]] = {}
    found = np.zeros((len(rows), len(dates)), dtype=np.int8)
    place = {}
    for number, row in enumerate(rows):
        habits = (row.country, row.weekdays, row.works_on_holidays)
        if habits not in patterns:
            days = [usual.day(row, date) for date in dates]
            patterns[habits] = np.array([day.morning + day.afternoon for day in days], dtype=np.int8)
        found[number] = patterns[habits]
        place[row.id] = number
    for person, date in own.apart():
        if person in place and first <= date <= last:
            day = own.day(rows[place[person]], date)
            found[place[person], (date - first).days] = day.morning + day.afternoon
    return found.astype(np.int64)
