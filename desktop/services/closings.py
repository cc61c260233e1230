"""Closing days of factories for those who show and change them, and the long stops that are proposed to be entered."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from desktop.models import Factory, FactoryClosure, Request
from desktop.services.calendars import lunar_new_year
from desktop.services.commands import CloseFactory
from desktop.services.house_settings import CalendarDayRow, calendar_rows
from desktop.services.planning.reading import Source, reading
from desktop.services.trade.long_stops import LongStop, proposed_stop


@dataclass(frozen=True, slots=True)
class Closing:
    """Days on which a factory is closed beside its weekly day and the holidays."""

    factory: str
    name: str
    country: str
    first: dt.date
    last: dt.date
    reason: str


@dataclass(frozen=True, slots=True)
class ProposedClosing:
    """A long stop that a factory has not announced, as far as the records know. `open_requests` are booked there."""

    factory: str
    name: str
    country: str
    stop: LongStop
    open_requests: int

    @property
    def why(self) -> str:
        """Where it comes from, in words."""
        if self.stop.like_year is not None:
            return f"as in {self.stop.like_year}"
        return "usual length, ask the factory"


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """All about a country's year: days that differ from the plain week, closings of factories, stops proposed."""

    country: str
    year: int
    days: tuple[CalendarDayRow, ...]
    closings: tuple[Closing, ...]
    proposals: tuple[ProposedClosing, ...]


def closings(source: Source, year: int, factory: str | None = None) -> tuple[Closing, ...]:
    """The closings that reach into a year, by first day and factory."""
    query = (
        select(
            Factory.code,
            Factory.name,
            Factory.country,
            FactoryClosure.first_date,
            FactoryClosure.last_date,
            FactoryClosure.reason,
        )
        .join(Factory, Factory.id == FactoryClosure.factory_id)
        .where(FactoryClosure.first_date <= dt.date(year, 12, 31), FactoryClosure.last_date >= dt.date(year, 1, 1))
        .order_by(FactoryClosure.first_date, Factory.code)
    )
    if factory is not None:
        query = query.where(Factory.code == factory)
    with reading(source) as session:
        return tuple(Closing(*row) for row in session.execute(query))


def proposed_closings(source: Source, year: int, country: str | None = None) -> tuple[ProposedClosing, ...]:
    """The stop at the lunar new year for each factory that has none on record, those with open requests first."""
    with reading(source) as session:
        spans: dict[int, list[tuple[dt.date, dt.date]]] = defaultdict(list)
        for key, first, last in session.execute(
            select(FactoryClosure.factory_id, FactoryClosure.first_date, FactoryClosure.last_date)
        ):
            spans[key].append((first, last))
        booked: dict[int, int] = defaultdict(int)
        for key in session.scalars(select(Request.factory_id).where(Request.status.in_(("new", "ready", "published")))):
            booked[key] += 1
        rows = session.execute(select(Factory.id, Factory.code, Factory.name, Factory.country).order_by(Factory.code))
        found = [
            ProposedClosing(code, name, land, stop, booked[key])
            for key, code, name, land in rows
            if country in (None, land)
            if (stop := proposed_stop(land, year, spans[key], lunar_new_year)) is not None
        ]
    return tuple(sorted(found, key=lambda entry: (-entry.open_requests, entry.factory)))


def read_year(source: Source, country: str, year: int) -> CalendarYear:
    """The calendar of a country and year, and of its factories."""
    with reading(source) as session:
        closed = tuple(entry for entry in closings(session, year) if entry.country == country)
        return CalendarYear(
            country, year, calendar_rows(session, country, year), closed, proposed_closings(session, year, country)
        )


def closing_commands(proposals: Sequence[ProposedClosing]) -> tuple[CloseFactory, ...]:
    """The commands that enter proposals."""
    return tuple(
        CloseFactory(entry.factory, entry.stop.first, entry.stop.last, f"{entry.stop.name}, {entry.why}")
        for entry in proposals
    )
