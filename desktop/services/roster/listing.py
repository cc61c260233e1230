"""The roster as a list: everybody in a line, with what they may do, what runs out, and how full their week is."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from desktop.models import (
    Absence,
    Assignment,
    Inspector,
    InspectorCertificate,
    InspectorSkill,
    Permit,
    Plan,
    Visit,
)
from desktop.models.halfday import date_of, morning
from desktop.services.planning.board_rows import home_town
from desktop.services.planning.daybook import Daybook
from desktop.services.planning.reading import Source, reading
from desktop.services.planning.working_days import OPEN, WorkingDays
from scheduler.problem import Horizon

SOON_DAYS = 30
"""A certificate or permit that ends within so many days is worth a look."""


@dataclass(frozen=True, slots=True)
class Skill:
    """A product skill and its level, 1 to 5."""

    name: str
    level: int


@dataclass(frozen=True, slots=True)
class Credential:
    """A certificate, or the permit for an area, and its last valid day (None: no end).

    `days_left` counts from the day of the list: 0 is the last day, below it has ended; None without an end.
    """

    name: str
    valid_until: dt.date | None
    days_left: int | None

    @property
    def has_ended(self) -> bool:
        """Whether it is not valid any more."""
        return self.days_left is not None and self.days_left < 0

    @property
    def ends_soon(self) -> bool:
        """Whether it is valid, but ends within SOON_DAYS."""
        return self.days_left is not None and 0 <= self.days_left < SOON_DAYS


@dataclass(frozen=True, slots=True)
class AbsenceSpan:
    """An absence. Slots are absolute half-days, both ends inclusive; days are its first and last."""

    absence_id: int
    version: int
    first_slot: int
    last_slot: int
    kind: str
    note: str

    @property
    def first_day(self) -> dt.date:
        """The day on which it begins."""
        return date_of(self.first_slot)

    @property
    def last_day(self) -> dt.date:
        """The day on which it ends."""
        return date_of(self.last_slot)


@dataclass(frozen=True, slots=True)
class InspectorRow:
    """One person of the roster.

    Attributes:
        home_town: what of the home address fits into a column.
        skills: best first.
        certificates: what ends first, first; permits by area.
        worked: half-days of the week shown that a plan takes of him.
        available: half-days of it that he could give.
        absences: those that reach into the week shown.
        absent_today: the absence that covers some of the day of the list, or None.
        version: of the record, for a change that checks it.
    """

    code: str
    name: str
    local_name: str
    team: str
    home_town: str
    home_address: str
    country: str
    services: tuple[str, ...]
    skills: tuple[Skill, ...]
    languages: tuple[str, ...]
    certificates: tuple[Credential, ...]
    permits: tuple[Credential, ...]
    worked: int
    available: int
    absences: tuple[AbsenceSpan, ...]
    absent_today: AbsenceSpan | None
    active: bool
    version: int

    @property
    def load(self) -> float | None:
        """The share of the week that is taken; None where there is nothing to give."""
        return self.worked / self.available if self.available else None


@dataclass(frozen=True, slots=True)
class RosterList:
    """Everybody, by code, and the week that their load is of.

    Attributes:
        plan: code of the plan that the load follows, or "" where there is none for the week.
        today: the day from which what ends is counted.
    """

    rows: tuple[InspectorRow, ...]
    plan: str
    first_day: dt.date
    days: int
    today: dt.date

    @property
    def last_day(self) -> dt.date:
        """The last day of the week."""
        return self.first_day + dt.timedelta(days=self.days - 1)


def roster_list(source: Source, today: dt.date, plan: str | None = None) -> RosterList:
    """Everybody of the roster, those who have left included.

    Args:
        source: where the records are.
        today: the day on which the list is looked at.
        plan: whose week and visits make the load; where it is None, or gone, the latest draft's, else the week of
            today with what is published.
    """
    with reading(source) as session:
        return _Listing(session, today, plan_shown(session, plan)).read()


def plan_shown(session: Session, wanted: str | None) -> Plan | None:
    """The plan of a code; without one the draft made last, else the plan published last; None where there is none."""
    plans = select(Plan).order_by(Plan.id.desc()).limit(1)
    for query in (
        plans.where(Plan.code == wanted),
        plans.where(Plan.status == "draft"),
        plans.where(Plan.status == "published"),
    ):
        found = session.scalars(query).first()
        if found is not None:
            return found
    return None


class _Listing:
    """One list being read: a query for each kind of record, whoever many people there are."""

    def __init__(self, session: Session, today: dt.date, plan: Plan | None) -> None:
        self._session = session
        self._today = today
        self._plan = plan
        monday = today - dt.timedelta(days=today.weekday())
        self._week = Horizon(monday, 7) if plan is None else Horizon(plan.first_day, plan.days)

    def read(self) -> RosterList:
        session, week = self._session, self._week
        self._skills = _by_person(
            session, select(InspectorSkill.inspector_id, InspectorSkill.skill, InspectorSkill.level)
        )
        self._certificates = _by_person(
            session,
            select(
                InspectorCertificate.inspector_id, InspectorCertificate.certificate, InspectorCertificate.valid_until
            ),
        )
        self._permits = _by_person(session, select(Permit.inspector_id, Permit.area, Permit.valid_until))
        self._absences = self._absences_round()
        self._worked = self._half_days_worked()
        self._days = WorkingDays(session, Daybook(session), week.start, week.end)
        people = session.scalars(select(Inspector).order_by(Inspector.code))
        return RosterList(
            rows=tuple(self._row(person) for person in people),
            plan="" if self._plan is None else self._plan.code,
            first_day=week.start,
            days=week.days,
            today=self._today,
        )

    def _row(self, person: Inspector) -> InspectorRow:
        begin, end = morning(self._week.start), morning(self._week.end) + 1
        now = morning(self._today)
        absences = self._absences.get(person.id, [])
        dates = [self._week.date(number) for number in range(self._week.days)]
        open_halves = sum(kind in OPEN for date in dates for kind in self._days.cells(person, date))
        return InspectorRow(
            code=person.code,
            name=person.name,
            local_name=person.local_name,
            team=person.team,
            home_town=home_town(person.home_address),
            home_address=person.home_address,
            country=person.country,
            services=person.services,
            skills=skills_of(self._skills.get(person.id, [])),
            languages=person.languages,
            certificates=credentials_of(self._certificates.get(person.id, []), self._today),
            permits=tuple(
                sorted(credentials_of(self._permits.get(person.id, []), self._today), key=lambda permit: permit.name)
            ),
            worked=self._worked.get(person.id, 0),
            available=open_halves if person.active else 0,
            absences=tuple(entry for entry in absences if entry.first_slot <= end and entry.last_slot >= begin),
            absent_today=next((a for a in absences if a.first_slot <= now + 1 and a.last_slot >= now), None),
            active=person.active,
            version=person.version,
        )

    def _absences_round(self) -> Mapping[int, list[AbsenceSpan]]:
        """Absences that reach into the week, or hold today."""
        days = (self._week.start, self._week.end, self._today)
        query = (
            select(Absence)
            .where(Absence.last_slot >= morning(min(days)), Absence.first_slot <= morning(max(days)) + 1)
            .order_by(Absence.first_slot)
        )
        found: dict[int, list[AbsenceSpan]] = defaultdict(list)
        for row in self._session.scalars(query):
            found[row.inspector_id].append(absence_span(row))
        return found

    def _half_days_worked(self) -> Mapping[int, int]:
        """Half-days that visits take of people within the week: those of the plan, and others that are published."""
        begin, end = morning(self._week.start), morning(self._week.end) + 1
        worked: dict[int, int] = defaultdict(int)
        for person, first, last in self._session.execute(
            booked_between(begin, end, self._plan).with_only_columns(
                Assignment.inspector_id, Assignment.first_slot, Assignment.last_slot
            )
        ):
            worked[person] += min(last, end) - max(first, begin) + 1
        return worked


def booked_between(first_slot: int, last_slot: int, plan: Plan | None) -> Select[*tuple[Any, ...]]:
    """Assignments and their visits that touch some half-days: of a draft what it plans, else what is published.

    A published visit whose request the draft decides anew is left out: it would count twice.
    """
    query = (
        select(Assignment, Visit)
        .join(Visit, Assignment.visit_id == Visit.id)
        .where(Assignment.first_slot <= last_slot, Assignment.last_slot >= first_slot, Visit.status != "cancelled")
    )
    if plan is None or plan.status != "draft":
        return query.where(Visit.published)
    decided = select(Visit.request_id).where(Visit.plan_id == plan.id)
    return query.where((Visit.plan_id == plan.id) | (Visit.published & Visit.request_id.not_in(decided)))


def skills_of(pairs: Iterable[tuple[str, int]]) -> tuple[Skill, ...]:
    """Skills with their levels, best first."""
    return tuple(Skill(name, level) for name, level in sorted(pairs, key=lambda pair: (-pair[1], pair[0])))


def credentials_of(pairs: Iterable[tuple[str, dt.date | None]], today: dt.date) -> tuple[Credential, ...]:
    """Certificates or permits as of a day, what ends first, first."""
    found = [Credential(name, until, None if until is None else (until - today).days) for name, until in pairs]
    return tuple(sorted(found, key=lambda entry: (entry.valid_until or dt.date.max, entry.name)))


def absence_span(row: Absence) -> AbsenceSpan:
    """An absence for those who do not see the records."""
    return AbsenceSpan(row.id, row.version, row.first_slot, row.last_slot, row.kind, row.note)


def _by_person(session: Session, query: Select[*tuple[Any, ...]]) -> Mapping[int, Sequence[tuple[str, Any]]]:
    found: dict[int, list[tuple[str, Any]]] = defaultdict(list)
    for person, name, value in session.execute(query):
        found[person].append((name, value))
    return found
