"""What rows of a day are made of: announced visits that are near, who goes there, what each knows; read at once."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import (
    Assignment,
    Change,
    ChangedRow,
    Client,
    Factory,
    Inspector,
    Notice,
    Plan,
    Request,
    Visit,
)
from desktop.models.halfday import date_of, morning
from desktop.services.planning.bookings import zone_of
from desktop.services.requests.references import PORTION
from desktop.services.today.rows import About, Answer, Person
from desktop.services.trade.clock import STARTS

T = TypeVar("T")

DAY = dt.timedelta(days=1)
AHEAD = 2
"""Days after today whose visits are looked at: the time in which telling and asking still help."""


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody was told of a visit last, and what he answered.

    Attributes:
        person: key of the inspector; None: the factory.
        is_sent: a message has gone out and was not taken back.
    """

    person: int | None
    first_slot: int
    last_slot: int
    is_sent: bool
    answer: str


@dataclass(frozen=True, slots=True)
class Near:
    """An announced visit that has not begun, with all that is asked of it.

    Attributes:
        key: of its request.
        starts_at: when it begins (UTC): the usual hour of its half-day at the factory.
        crew: people by key.
        told: what its inspectors and its factory were told, those among them who do not go any more.
    """

    key: int
    about: About
    plan: str
    first_slot: int
    last_slot: int
    starts_at: dt.datetime
    crew: Mapping[int, Person]
    told: tuple[Told, ...]

    @property
    def people(self) -> tuple[Person, ...]:
        """The crew, by code."""
        return tuple(sorted(self.crew.values(), key=lambda person: person.code))

    @property
    def factory_answer(self) -> Answer:
        """What the factory knows and says."""
        told = next((told for told in self.told if told.person is None), None)
        return answer_of(told, (self.first_slot, self.last_slot))


def answer_of(told: Told | None, times: tuple[int, int]) -> Answer:
    """What somebody says to a visit from one half-day to another. An answer to another time is none."""
    if told is None or not told.is_sent:
        return "untold"
    if (told.first_slot, told.last_slot) != times:
        return "told"
    answers: Mapping[str, Answer] = {"confirmed": "confirmed", "declined": "declined"}
    return answers.get(told.answer, "told")


def begins(slot: int, zone: dt.tzinfo) -> dt.datetime:
    """The moment (UTC) at which a visit that starts in a half-day begins at a factory."""
    return dt.datetime.combine(date_of(slot), dt.time(STARTS[slot % 2]), zone).astimezone(dt.UTC)


def read_about(session: Session, keys: Collection[int]) -> Mapping[int, About]:
    """What some requests are about, by key."""
    found: dict[int, About] = {}
    columns = (
        Request.id, Request.code, Request.service, Client.code, Client.name, Factory.code, Factory.name,
        Factory.local_name, Factory.contact, Factory.phone, Factory.area, Factory.time_zone,
    )  # fmt: skip
    query = select(*columns).join(Client, Request.client_id == Client.id)
    query = query.join(Factory, Request.factory_id == Factory.id)
    for portion in lots(sorted(keys)):
        for row in session.execute(query.where(Request.id.in_(portion))):
            found[row[0]] = About(
                request=row[1], service=row[2], client=row[3], client_name=row[4], factory=row[5],
                factory_name=row[6], factory_local_name=row[7], contact=row[8], phone=row[9], area=row[10],
                zone=zone_of(row[11]),
            )  # fmt: skip
    return found


def read_near(session: Session, now: dt.datetime) -> tuple[Near, ...]:
    """The announced visits of today and the next days that have not begun, by the clocks of their factories."""
    first, after = morning(now.date() - DAY), morning(now.date() + (AHEAD + 2) * DAY)
    query = (
        select(Visit.id, Visit.request_id, Plan.code, Visit.first_slot, Visit.last_slot)
        .join(Plan, Visit.plan_id == Plan.id)
        .where(Visit.published, Visit.status == "planned", Visit.first_slot >= first, Visit.first_slot < after)
        .order_by(Visit.first_slot, Visit.id)
    )
    visits = session.execute(query).all()
    about = read_about(session, {request for _, request, *_ in visits})
    crews = _crews(session, first, after)
    told = read_told(session, now, about.keys())
    found = []
    for visit, request, plan, begin, end in visits:
        of = about[request]
        today = now.astimezone(of.zone).date()
        if not today <= date_of(begin) <= today + AHEAD * DAY:
            continue
        known = tuple(told.get(request, ()))
        near = Near(request, of, plan, begin, end, begins(begin, of.zone), crews.get(visit, {}), known)
        answers = {entry.person: answer_of(entry, (begin, end)) for entry in known}
        crew = {key: replace(person, answer=answers.get(key, "untold")) for key, person in near.crew.items()}
        found.append(replace(near, crew=crew))
    return tuple(found)


def _crews(session: Session, first: int, after: int) -> Mapping[int, dict[int, Person]]:
    found: dict[int, dict[int, Person]] = defaultdict(dict)
    query = (
        select(Assignment.visit_id, Inspector.id, Inspector.code, Inspector.name, Inspector.phone)
        .join(Inspector, Assignment.inspector_id == Inspector.id)
        .where(Assignment.published, Assignment.first_slot >= first, Assignment.first_slot < after)
    )
    for visit, key, code, name, phone in session.execute(query):
        found[visit][key] = Person(code, name, phone)
    return found


def read_crews(session: Session, codes: Collection[str]) -> Mapping[str, tuple[int, Person]]:
    """Some people by code, with their keys."""
    query = select(Inspector.id, Inspector.code, Inspector.name, Inspector.phone)
    found: dict[str, tuple[int, Person]] = {}
    for portion in lots(sorted(codes)):
        for key, code, name, phone in session.execute(query.where(Inspector.code.in_(portion))):
            found[code] = (key, Person(code, name, phone))
    return found


def read_crew_of(session: Session, requests: Collection[int]) -> Mapping[int, tuple[Person, ...]]:
    """Who makes, or made, the announced visits of some requests (by key)."""
    found: dict[int, list[Person]] = defaultdict(list)
    query = (
        select(Visit.request_id, Inspector.code, Inspector.name, Inspector.phone)
        .join(Assignment, Assignment.visit_id == Visit.id)
        .join(Inspector, Assignment.inspector_id == Inspector.id)
        .where(Visit.published)
        .order_by(Inspector.code)
    )
    for portion in lots(sorted(requests)):
        for request, code, name, phone in session.execute(query.where(Visit.request_id.in_(portion))):
            found[request].append(Person(code, name, phone))
    return {request: tuple(people) for request, people in found.items()}


def read_told(session: Session, now: dt.datetime, requests: Collection[int]) -> Mapping[int, list[Told]]:
    """What inspectors and factories were told of some requests (by key) for days that are not long past."""
    first = morning(now.date() - (AHEAD + 1) * DAY)
    found: dict[int, list[Told]] = defaultdict(list)
    columns = (Notice.request_id, Notice.inspector_id, Notice.first_slot, Notice.last_slot, Notice.state, Notice.answer)
    query = select(*columns).where(Notice.party.in_(("inspector", "factory")), Notice.last_slot >= first)
    for request, person, begin, end, state, answer in session.execute(query):
        if request in requests:
            found[request].append(Told(person, begin, end, state == "sent", answer))
    return found


def read_keys(session: Session, codes: Iterable[str]) -> Mapping[str, int]:
    """The keys of some requests, by code."""
    found: dict[str, int] = {}
    for portion in lots(sorted(set(codes))):
        query = select(Request.code, Request.id).where(Request.code.in_(portion))
        found.update({code: key for code, key in session.execute(query)})
    return found


def read_mine(session: Session, codes: Iterable[str], actor: str) -> frozenset[str]:
    """Which of some requests somebody has entered or changed himself; a publication is nobody's own change."""
    found: set[str] = set()
    for portion in lots(sorted(set(codes))):
        query = (
            select(Request.code)
            .join(ChangedRow, (ChangedRow.row_id == Request.id) & (ChangedRow.table_name == "request"))
            .join(Change, ChangedRow.change_id == Change.id)
            .where(Request.code.in_(portion), Change.actor == actor, Change.kind != "barrier")
        )
        found.update(session.scalars(query))
    return frozenset(found)


def lots(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """Values in lots that one statement can name."""
    for first in range(0, len(values), PORTION):
        yield values[first : first + PORTION]
