"""The roster as the inspectors of a problem: who may do what, when they can, and where they are."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from desktop.models import (
    Absence,
    DayException,
    Inspector,
    InspectorCertificate,
    InspectorPosition,
    InspectorSkill,
    Permit,
)
from desktop.models.halfday import morning
from desktop.services.planning.commitments import Commitments
from desktop.services.planning.daybook import HOLIDAY, MAKE_UP, Daybook
from desktop.services.planning.whereabouts import Whereabouts, has_leg, whereabouts
from desktop.services.settings import PlanSettings
from scheduler import problem as given
from scheduler.problem import Horizon, Start, WorkedBefore
from scheduler.travel import Place

SATURDAY = 5


class Spot(NamedTuple):
    """A place on the map and its country."""

    lat: float
    lon: float
    country: str


@dataclass(frozen=True, slots=True)
class Day:
    """One day of one person: free in the morning, in the afternoon, for travel; cents on top for working on it."""

    morning: bool
    afternoon: bool
    may_travel: bool
    premium: int


class _Own(NamedTuple):
    """What differs on a day: each part None as usual."""

    morning: bool | None
    afternoon: bool | None
    may_travel: bool | None
    premium: int | None


AS_USUAL = _Own(None, None, None, None)


class Roster:
    """The active inspectors of a plan's countries, by code, with what the records say of them round a horizon."""

    def __init__(self, session: Session, settings: PlanSettings, horizon: Horizon, daybook: Daybook) -> None:
        self._horizon = horizon
        self._settings = settings
        self._daybook = daybook
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
        self._absent = self._absences(session)
        self._own = self._exceptions(session)
        stated = select(InspectorPosition).where(InspectorPosition.as_of == horizon.start)
        self._stated = {row.inspector_id: row for row in session.scalars(stated)}

    def _absences(self, session: Session) -> Mapping[int, set[int]]:
        """Absent half-days (absolute) from the eve to the day after."""
        first, last = morning(self._horizon.date(-1)), morning(self._horizon.date(self._horizon.days)) + 1
        absent: dict[int, set[int]] = defaultdict(set)
        query = select(Absence.inspector_id, Absence.first_slot, Absence.last_slot)
        for person, begin, end in session.execute(query.where(Absence.last_slot >= first, Absence.first_slot <= last)):
            absent[person].update(range(max(begin, first), min(end, last) + 1))
        return absent

    def _exceptions(self, session: Session) -> Mapping[tuple[int, dt.date], _Own]:
        query = select(
            DayException.inspector_id,
            DayException.date,
            DayException.morning,
            DayException.afternoon,
            DayException.may_travel,
            DayException.premium_cents,
        ).where(DayException.date.between(self._horizon.date(-1), self._horizon.date(self._horizon.days)))
        return {
            (person, date): _Own(early, late, may_travel, premium)
            for person, date, early, late, may_travel, premium in session.execute(query)
        }

    def day(self, person: Inspector, date: dt.date) -> Day:
        """What the records say of a person's day, but for visits that stand.

        Holidays are off, and paid more, for those who do not work on them; a make-up day is a working day like any
        other. What a day exception states goes before that; an absence before everything.
        """
        kind = self._daybook.kind(person.country, date)
        works = date.weekday() in person.weekdays
        if kind == MAKE_UP:
            works = True
        elif kind == HOLIDAY:
            works = works and person.works_on_holidays
        own = self._own.get((person.id, date), AS_USUAL)
        absent = self._absent.get(person.id, ())
        slot = morning(date)
        early = (works if own.morning is None else own.morning) and slot not in absent
        late = (works if own.afternoon is None else own.afternoon) and slot + 1 not in absent
        travels = own.may_travel
        if travels is None:
            travels = early or late or (not works and person.travels_on_rest_days)
        # a leg of a travel day can take ten hours: half a day off forbids it
        travels = travels and slot not in absent and slot + 1 not in absent
        premium = own.premium
        if premium is None:
            premium = _premium(person, date, kind)
        return Day(early, late, travels, premium)

    def is_absent(self, person: Inspector, slot: int) -> bool:
        """Whether an absence covers a half-day (absolute)."""
        return slot in self._absent.get(person.id, ())

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
        found = whereabouts(standing, home, places, self._settings) if standing else Whereabouts()
        days = [self.day(person, horizon.date(n)) for n in range(-1, horizon.days + 1)]
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


def _premium(person: Inspector, date: dt.date, kind: str | None) -> int:
    if kind == HOLIDAY:
        return person.holiday_premium_cents
    if date.weekday() >= SATURDAY and kind != MAKE_UP:
        return person.weekend_premium_cents
    return 0


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
