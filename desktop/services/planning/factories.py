"""Factories as sites of a problem: where they are, and on which days they are open."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from desktop.models import Factory, FactoryClosure
from desktop.services.planning.daybook import HOLIDAY, MAKE_UP, Daybook
from scheduler.problem import Horizon, Site

_Habits = tuple[str, bool, tuple[int, ...]]
"""Country, whether it closes on holidays, its weekly closing days."""


class Factories:
    """Some factories of the database, by key, with their days."""

    def __init__(self, session: Session, daybook: Daybook, wanted: Select[int]) -> None:
        self._daybook = daybook
        self.by_id = {row.id: row for row in session.scalars(select(Factory).where(Factory.id.in_(wanted)))}
        self._closures: dict[int, list[tuple[dt.date, dt.date]]] = defaultdict(list)
        closures = select(FactoryClosure.factory_id, FactoryClosure.first_date, FactoryClosure.last_date)
        for factory_id, first, last in session.execute(closures.where(FactoryClosure.factory_id.in_(wanted))):
            self._closures[factory_id].append((first, last))
        self._open: dict[tuple[int, dt.date], bool] = {}
        # factories that keep the same days are many, and asking a record is slow
        self._habits: dict[int, _Habits] = {
            key: (row.country, row.closes_on_holidays, row.closed_weekdays) for key, row in self.by_id.items()
        }
        self._usual: dict[tuple[_Habits, dt.date], bool] = {}

    def is_open(self, factory_id: int, date: dt.date) -> bool:
        """Whether a factory works on a day: no closure, no holiday that it keeps, no weekly closing day.

        A make-up day is worked whatever day of the week it is.
        """
        key = (factory_id, date)
        found = self._open.get(key)
        if found is None:
            found = self._open[key] = self._works(factory_id, date)
        return found

    def _works(self, factory_id: int, date: dt.date) -> bool:
        if any(first <= date <= last for first, last in self._closures.get(factory_id, ())):
            return False
        key = (self._habits[factory_id], date)
        found = self._usual.get(key)
        if found is None:
            found = self._usual[key] = self._usually_works(*key)
        return found

    def _usually_works(self, habits: _Habits, date: dt.date) -> bool:
        country, closes_on_holidays, closed_weekdays = habits
        kind = self._daybook.kind(country, date)
        if kind == MAKE_UP:
            return True
        if kind == HOLIDAY and closes_on_holidays:
            return False
        return date.weekday() not in closed_weekdays

    def sites(self, ids: Iterable[int], horizon: Horizon) -> tuple[Site, ...]:
        """Placed factories as sites, by code; closed days are those of the horizon."""
        dates = [horizon.date(day) for day in range(horizon.days)]
        found = []
        for factory in sorted((self.by_id[n] for n in ids), key=lambda entry: entry.code):
            if factory.lat is not None and factory.lon is not None:
                closed = frozenset(date for date in dates if not self.is_open(factory.id, date))
                found.append(Site(factory.code, factory.lat, factory.lon, factory.country, factory.area, closed))
        return tuple(found)
