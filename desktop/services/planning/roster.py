"""The roster as the inspectors of a problem: who may do what, when they can, and where they are."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from desktop.models import (
    Inspector,
    InspectorCertificate,
    InspectorPosition,
    InspectorSkill,
    Permit,
)
from desktop.models.halfday import morning
from desktop.services.board import CellKind
from desktop.services.planning.commitments import Commitments
from desktop.services.planning.daybook import Daybook
from desktop.services.planning.whereabouts import Whereabouts, has_leg, whereabouts
from desktop.services.planning.working_days import Day, WorkingDays
from desktop.services.settings import PlanSettings
from scheduler import problem as given
from scheduler.problem import Horizon, Start, WorkedBefore
from scheduler.travel import Place


class Spot(NamedTuple):
    """A place on the map and its country."""

    lat: float
    lon: float
    country: str


class Roster:
    """The active inspectors of a plan's countries, by code, with what the records say of them round a horizon."""

    def __init__(self, session: Session, settings: PlanSettings, horizon: Horizon, daybook: Daybook) -> None:
        self._horizon = horizon
        self._settings = settings
        query = select(Inspector).where(Inspector.active).order_by(Inspector.code)
        if settings.countries:
            query = query.where(Inspector.country.in_(settings.countries))
        self.people = list(session.scalars(query))
        self.codes = {person.id: person.code for person in self.people}
        self._skills = _pairs(session, select(InspectorSkill.inspector_id, InspectorSkill.skill, InspectorSkill.level))
        self._certificates = _pairs(
            session,
            select(
                InspectorCertificate.inspector_id, InspectorCertificate.certificate, InspectorCertificate.valid_until
            ),
        )
        self._permits = _pairs(session, select(Permit.inspector_id, Permit.area, Permit.valid_until))
        self._days = WorkingDays(session, daybook, horizon.date(-1), horizon.date(horizon.days))
        stated = select(InspectorPosition).where(InspectorPosition.as_of == horizon.start)
        self._stated = {row.inspector_id: row for row in session.scalars(stated)}

    def day(self, person: Inspector, date: dt.date) -> Day:
        """What the records say of a person's day (see WorkingDays), from the eve of the horizon to the day after."""
        return self._days.day(person, date)

    def cells(self, person: Inspector, date: dt.date) -> tuple[CellKind, CellKind]:
        """The two half-days of a person's day as a board shows them."""
        return self._days.cells(person, date)

    def skills(self, person: Inspector) -> tuple[str, ...]:
        """A person's skills with their levels, best first: "garment 4"."""
        own = self._skills.get(person.id, {})
        return tuple(
            f"{skill} {level}" for skill, level in sorted(own.items(), key=lambda entry: (-entry[1], entry[0]))
        )

    def inspectors(
        self, commitments: Commitments, places: Mapping[int, Place], note: Callable[[str], None]
    ) -> tuple[given.Inspector, ...]:
        """Everybody as the problem sees them.

        Args:
            commitments: the visits that stand.
            places: the factories of those visits, by key.
            note: told of what had to be assumed.
        """
        return tuple(self._inspector(person, commitments, places, note) for person in self.people)

    def _inspector(
        self, person: Inspector, commitments: Commitments, places: Mapping[int, Place], note: Callable[[str], None]
    ) -> given.Inspector:
        horizon = self._horizon
        home = Spot(person.lat, person.lon, person.country)
        standing = commitments.standing.get(person.id, [])
        days = [self.day(person, horizon.date(n)) for n in range(-1, horizon.days + 1)]
        coming = commitments.coming.get(person.id) if days[1].morning or days[1].afternoon else None
        found = whereabouts(standing, home, places, self._settings, coming) if standing else Whereabouts()
        may_travel = [day.may_travel and n - 1 not in found.busy for n, day in enumerate(days)]
        available = []
        for n, day in enumerate(days[1:-1]):
            free = n not in found.busy
            available += [day.morning and free, day.afternoon and free]
        before, start = found.worked_before, found.start
        stated = self._stated.get(person.id)
        if stated is not None:
            before, start = _stated(stated, horizon)
        elif start is not None:
            start = self._with_way_home(person, home, start, may_travel, note)
        return given.Inspector(
            id=person.code,
            lat=person.lat,
            lon=person.lon,
            country=person.country,
            works_in=self._permits.get(person.id, {}),
            services=person.services,
            skills=self._skills.get(person.id, {}),
            languages=person.languages,
            certificates=self._certificates.get(person.id, {}),
            available=tuple(available),
            may_travel=tuple(may_travel),
            day_costs=person.day_costs_cents[_busiest_week(found, horizon) :],
            day_premiums=tuple(day.premium for day in days[1:-1]),
            night_cost=person.night_cost_cents,
            travel_day_cost=person.travel_day_cost_cents,
            max_consecutive_days=person.max_consecutive_days,
            worked_before=before,
            start=start,
        )

    def _with_way_home(
        self, person: Inspector, home: Spot, start: Start, may_travel: list[bool], note: Callable[[str], None]
    ) -> Start:
        """A start from which he can get home, as the problem demands: whoever was sent there will be let home."""
        day = (start.slot - 1) // 2
        travel, limits = self._settings.travel, self._settings.limits
        if has_leg(travel, start, home, limits.evening) or (
            may_travel[day + 2] and has_leg(travel, start, home, limits.free_day)
        ):
            return start
        if has_leg(travel, start, home, limits.free_day):
            may_travel[day + 2] = True
            note(
                f"{person.code} is away after a published visit and needs {self._horizon.date(day + 1)} to travel "
                "home: it is taken as a day on which he may travel."
            )
            return start
        note(
            f"{person.code} is after a published visit at a place from which no leg home keeps the limit of "
            f"{limits.free_day} minutes: he is taken as at home from then on."
        )
        return replace(start, lat=home.lat, lon=home.lon, country=home.country)


def _pairs(session: Session, query: Select[*tuple[Any, ...]]) -> Mapping[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    for person, name, value in session.execute(query):
        found[person][name] = value
    return found


def _stated(row: InspectorPosition, horizon: Horizon) -> tuple[WorkedBefore, Start | None]:
    before = WorkedBefore(row.days_this_week, row.consecutive_days)
    if row.start_slot is None or row.lat is None or row.lon is None:
        return before, None
    worked = tuple(sorted(horizon.day(dt.date.fromisoformat(date)) for date in row.worked_dates))
    return before, Start(row.start_slot - morning(horizon.start), row.lat, row.lon, row.country or "", worked)


def _busiest_week(found: Whereabouts, horizon: Horizon) -> int:
    """Days of a calendar week that standing visits take within the horizon, in the week in which they take most.

    The format can say that a day is taken, not that it counts for the week: so the week's costs begin that much
    further on, which keeps its limit.
    """
    weeks: dict[int, int] = defaultdict(int)
    for day in found.busy:
        if 0 <= day < horizon.days:
            weeks[(horizon.start.weekday() + day) // 7] += 1
    return max(weeks.values(), default=0)
