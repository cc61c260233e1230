"""Factories as sites of a problem: where they are, and on which days they are open."""

from __future__ import annotations

import copy
import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from desktop.models import Factory, FactoryClosure
from desktop.services.planning.daybook import HOLIDAY, MAKE_UP, Daybook
from scheduler.problem import Horizon, Site

_Habits = tuple[str, bool, tuple[int, ...]]
"""Country, whether it closes on holidays, its weekly closing days."""


class _Days(dict[dt.date, bool]):
    """Whether some factories work, by day; worked out when first asked."""

    def __init__(self, works: Callable[[dt.date], bool]) -> None:
        super().__init__()
        self._works = works

    def __missing__(self, date: dt.date) -> bool:
        """Work a day out and remember it."""
        found = self[date] = self._works(date)
        return found


class Factories:
    """Some factories of the database, by key, with their days."""

    def __init__(self, session: Session, daybook: Daybook, wanted: Select[int]) -> None:
        self._daybook = daybook
        self.by_id = {row.id: row for row in session.scalars(select(Factory).where(Factory.id.in_(wanted)))}
        self._closures: dict[int, list[tuple[dt.date, dt.date]]] = defaultdict(list)
        closures = select(FactoryClosure.factory_id, FactoryClosure.first_date, FactoryClosure.last_date)
        for factory_id, first, last in session.execute(closures.where(FactoryClosure.factory_id.in_(wanted))):
            self._closures[factory_id].append((first, last))
        self._openings: dict[int, Callable[[dt.date], bool]] = {}
        # factories that keep the same days are many, and asking a record is slow
        self._habits: dict[int, _Habits] = {
            key: (row.country, row.closes_on_holidays, row.closed_weekdays) for key, row in self.by_id.items()
        }
        self._usual: dict[_Habits, _Days] = {}

    def with_others(self, other: Factories) -> Factories:
        """These and some more."""
        twin = copy.copy(self)
        twin.by_id = self.by_id | other.by_id
        twin._closures = defaultdict(list, {**self._closures, **other._closures})  # noqa: SLF001 -- its own
        twin._habits = self._habits | other._habits  # noqa: SLF001
        return twin

    def is_open(self, factory_id: int, date: dt.date) -> bool:
        """Whether a factory works on a day: no closure, no holiday that it keeps, no weekly closing day.

        A make-up day is worked whatever day of the week it is.
        """
        return self.opening(factory_id)(date)

    def opening(self, factory_id: int) -> Callable[[dt.date], bool]:
        """`is_open` of one factory: a window asks it for a hundred days."""
        found = self._openings.get(factory_id)
        if found is None:
            habits = self._habits[factory_id]
            usual = self._usual.setdefault(habits, _Days(partial(self._usually_works, habits)))
            found = self._openings[factory_id] = _opening(usual, self._closures.get(factory_id, ()))
        return found

    def working_days(self, factory_id: int) -> Callable[[dt.date], bool]:
        """Whether a day is a working day of a factory's country, whatever the factory itself does."""
        return partial(self._daybook.works, self.by_id[factory_id].country)

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


def _opening(usual: _Days, closures: Sequence[tuple[dt.date, dt.date]]) -> Callable[[dt.date], bool]:
    if not closures:
        return usual.__getitem__

    def is_open(date: dt.date) -> bool:
        for first, last in closures:
            if first <= date <= last:
                return False
        return usual[date]

    return is_open
