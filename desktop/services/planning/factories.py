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

    def is_open(self, factory_id: int, date: dt.date) -> bool:
        """Whether a factory works on a day: no closure, no holiday that it keeps, no weekly closing day.

        A make-up day is worked whatever day of the week it is.
        """
        key = (factory_id, date)
        found = self._open.get(key)
        if found is None:
            found = self._open[key] = self._works(self.by_id[factory_id], date)
        return found

    def _works(self, factory: Factory, date: dt.date) -> bool:
        if any(first <= date <= last for first, last in self._closures.get(factory.id, ())):
            return False
        kind = self._daybook.kind(factory.country, date)
        if kind == MAKE_UP:
            return True
        if kind == HOLIDAY and factory.closes_on_holidays:
            return False
        return date.weekday() not in factory.closed_weekdays

    def sites(self, ids: Iterable[int], horizon: Horizon) -> tuple[Site, ...]:
        """Placed factories as sites, by code; closed days are those of the horizon."""
        dates = [horizon.date(day) for day in range(horizon.days)]
        found = []
        for factory in sorted((self.by_id[n] for n in ids), key=lambda entry: entry.code):
            if factory.lat is not None and factory.lon is not None:
                closed = frozenset(date for date in dates if not self.is_open(factory.id, date))
                found.append(Site(factory.code, factory.lat, factory.lon, factory.country, factory.area, closed))
        return tuple(found)
