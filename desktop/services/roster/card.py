"""One person of the roster, whole: who, what they may do, when they can work, what they cost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import (
    Assignment,
    CalendarDay,
    DayException,
    Factory,
    Inspector,
    Plan,
    Request,
    Visit,
)
from desktop.models.halfday import morning
from desktop.services.board import CellKind
from desktop.services.lookup import inspector_by_code
from desktop.services.planning.daybook import Daybook
from desktop.services.planning.reading import Source, reading
from desktop.services.planning.working_days import WorkingDays
from desktop.services.roster.listing import (
    AbsenceSpan,
    Credential,
    Skill,
    absence_span,
    booked_between,
    credentials_of,
    plan_shown,
    skills_of,
)

WEEKS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach a person, in full: shown only when somebody asks for it."""

    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class InspectorCard:
    """One person. Money in cents, `weekdays` with Monday 0.

    Attributes:
        sheet_language: of messages and work sheets; "": that of the country.
        phone: masked, as `email` is: "138****1234".
        day_costs_cents: of the 1st, 2nd, ... day worked in a calendar week; its length is the most days of one.
        absences: all that end on or after the day of the card, then those before, the latest first.
        version: of the record, for a change that checks it.
    """

    code: str
    name: str
    local_name: str
    phone: str
    email: str
    team: str
    home_address: str
    lat: float
    lon: float
    country: str
    services: tuple[str, ...]
    languages: tuple[str, ...]
    sheet_language: str
    skills: tuple[Skill, ...]
    certificates: tuple[Credential, ...]
    permits: tuple[Credential, ...]
    weekdays: tuple[int, ...]
    works_on_holidays: bool
    travels_on_rest_days: bool
    day_costs_cents: tuple[int, ...]
    weekend_premium_cents: int
    holiday_premium_cents: int
    night_cost_cents: int
    travel_day_cost_cents: int
    max_consecutive_days: int
    absences: tuple[AbsenceSpan, ...]
    active: bool
    version: int


@dataclass(frozen=True, slots=True)
class BookedVisit:
    """A visit in a person's calendar. Slots are absolute half-days, both ends inclusive.

    Attributes:
        plan: code of the plan that has it.
    """

    request: str
    service: str
    factory: str
    plan: str
    first_slot: int
    last_slot: int
    published: bool


@dataclass(frozen=True, slots=True)
class DayTerms:
    """What was said of one day in particular; None: as usual."""

    morning: bool | None
    afternoon: bool | None
    may_travel: bool | None
    premium_cents: int | None


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """One day of one person.

    Attributes:
        cells: the morning and the afternoon.
        premium_cents: paid on top for working on it.
        holiday: the name of the country's holiday or make-up day, or "".
        own: what was said of this day in particular, or None.
    """

    date: dt.date
    cells: tuple[CellKind, CellKind]
    may_travel: bool
    premium_cents: int
    holiday: str
    own: DayTerms | None


@dataclass(frozen=True, slots=True)
class PersonCalendar:
    """A person's days, Monday to Sunday, in weeks one after another.

    Attributes:
        absences: those that reach into these days, by their first half-day.
        plan: code of the draft whose visits are shown beside the published ones, or "".
    """

    inspector: str
    first_day: dt.date
    dates: tuple[CalendarDate, ...]
    visits: tuple[BookedVisit, ...]
    absences: tuple[AbsenceSpan, ...]
    plan: str

    @property
    def weeks(self) -> int:
        """How many weeks there are."""
        return len(self.dates) // 7

    def visits_between(self, first_slot: int, last_slot: int) -> tuple[BookedVisit, ...]:
        """Visits that touch some half-days."""
        return tuple(v for v in self.visits if v.first_slot <= last_slot and v.last_slot >= first_slot)

    def absence_at(self, slot: int) -> AbsenceSpan | None:
        """The absence that covers a half-day, or None."""
        return next((a for a in self.absences if a.first_slot <= slot <= a.last_slot), None)


def inspector_card(source: Source, code: str, today: dt.date) -> InspectorCard:
    """Everything about a person but their calendar and history.

    Raises:
        NotFoundError: there is nobody of that code.
    """
    with reading(source) as session:
        person = inspector_by_code(session, code)
        spans = [absence_span(row) for row in person.absences]
        coming = sorted((s for s in spans if s.last_day >= today), key=lambda s: s.first_slot)
        past = sorted((s for s in spans if s.last_day < today), key=lambda s: -s.first_slot)
        permits = credentials_of([(row.area, row.valid_until) for row in person.permits], today)
        return InspectorCard(
            code=person.code,
            name=person.name,
            local_name=person.local_name,
            phone=masked_phone(person.phone),
            email=masked_email(person.email),
            team=person.team,
            home_address=person.home_address,
            lat=person.lat,
            lon=person.lon,
            country=person.country,
            services=person.services,
            languages=person.languages,
            sheet_language=person.sheet_language,
            skills=skills_of([(row.skill, row.level) for row in person.skills]),
            certificates=credentials_of([(row.certificate, row.valid_until) for row in person.certificates], today),
            permits=tuple(sorted(permits, key=lambda permit: permit.name)),
            weekdays=person.weekdays,
            works_on_holidays=person.works_on_holidays,
            travels_on_rest_days=person.travels_on_rest_days,
            day_costs_cents=person.day_costs_cents,
            weekend_premium_cents=person.weekend_premium_cents,
            holiday_premium_cents=person.holiday_premium_cents,
            night_cost_cents=person.night_cost_cents,
            travel_day_cost_cents=person.travel_day_cost_cents,
            max_consecutive_days=person.max_consecutive_days,
            absences=(*coming, *past),
            active=person.active,
            version=person.version,
        )


def contact_of(source: Source, code: str) -> Contact:
    """A person's phone number and address in full.

    Raises:
        NotFoundError: there is nobody of that code.
    """
    with reading(source) as session:
        person = inspector_by_code(session, code)
        return Contact(person.phone, person.email)


def person_calendar(
    source: Source, code: str, first_day: dt.date, weeks: int = WEEKS_SHOWN, plan: str | None = None
) -> PersonCalendar:
    """A person's days as planning sees them, with what is published and what a draft plans.

    Args:
        source: where the records are.
        code: of the person.
        first_day: the calendar begins with the Monday of its week.
        weeks: how many.
        plan: the draft whose visits are shown; None: the one made last.

    Raises:
        NotFoundError: there is nobody of that code.
    """
    monday = first_day - dt.timedelta(days=first_day.weekday())
    last = monday + dt.timedelta(days=7 * weeks - 1)
    begin, end = morning(monday), morning(last) + 1
    with reading(source) as session:
        person = inspector_by_code(session, code)
        shown = plan_shown(session, plan)
        days = WorkingDays(session, Daybook(session), monday, last, (person.id,))
        names = _holiday_names(session, person.country, monday, last)
        own = _own_terms(session, person, monday, last)
        dates = (monday + dt.timedelta(days=number) for number in range(7 * weeks))
        return PersonCalendar(
            inspector=person.code,
            first_day=monday,
            dates=tuple(_date(person, date, days, names, own.get(date)) for date in dates),
            visits=_visits(session, person, begin, end, shown),
            absences=tuple(
                absence_span(row) for row in person.absences if row.first_slot <= end and row.last_slot >= begin
            ),
            plan=shown.code if shown is not None and shown.status == "draft" else "",
        )


def masked_phone(phone: str) -> str:
    """A number of which only three digits at the start of the line's own and the last four are seen: "138****1234".

    A country's code in front ("+86") stays. A short number is hidden whole.
    """
    prefix, rest = "", phone.strip()
    if rest.startswith("+"):
        prefix, _, rest = rest.partition(" ")
        if not rest:
            prefix, rest = "", prefix
    digits = "".join(char for char in rest if char.isdigit())
    if not digits:
        return ""
    shown = f"{digits[:3]}****{digits[-4:]}" if len(digits) >= 9 else "****"
    return f"{prefix} {shown}".strip()


def masked_email(email: str) -> str:
    """An address of which the first letter and the domain are seen: "l****@example.com"."""
    name, found, domain = email.partition("@")
    return f"{name[:1]}****@{domain}" if found else ""


def _date(
    person: Inspector, date: dt.date, days: WorkingDays, names: Mapping[dt.date, str], own: DayTerms | None
) -> CalendarDate:
    day = days.day(person, date)
    return CalendarDate(date, days.cells(person, date), day.may_travel, day.premium, names.get(date, ""), own)


def _own_terms(session: Session, person: Inspector, first: dt.date, last: dt.date) -> Mapping[dt.date, DayTerms]:
    query = select(
        DayException.date,
        DayException.morning,
        DayException.afternoon,
        DayException.may_travel,
        DayException.premium_cents,
    ).where(DayException.inspector_id == person.id, DayException.date.between(first, last))
    return {
        date: DayTerms(early, late, may_travel, premium)
        for date, early, late, may_travel, premium in session.execute(query)
    }


def _holiday_names(session: Session, country: str, first: dt.date, last: dt.date) -> Mapping[dt.date, str]:
    query = select(CalendarDay.date, CalendarDay.name).where(
        CalendarDay.country == country, CalendarDay.date.between(first, last)
    )
    return {date: name for date, name in session.execute(query)}


def _visits(session: Session, person: Inspector, begin: int, end: int, plan: Plan | None) -> tuple[BookedVisit, ...]:
    query = (
        booked_between(begin, end, plan)
        .join(Request, Visit.request_id == Request.id)
        .join(Factory, Request.factory_id == Factory.id)
        .join(Plan, Visit.plan_id == Plan.id)
        .where(Assignment.inspector_id == person.id)
        .with_only_columns(
            Request.code,
            Request.service,
            Factory.name,
            Plan.code,
            Assignment.first_slot,
            Assignment.last_slot,
            Assignment.published,
        )
        .order_by(Assignment.first_slot)
    )
    return tuple(BookedVisit(*row) for row in session.execute(query))
