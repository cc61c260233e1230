"""What a disruption would hit, before it is stored: announced visits by their half-days; rules are asked after it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from desktop.models import Assignment, Client, Factory, Inspector, Request, Visit
from desktop.services.lookup import inspector_by_code, request_by_code
from desktop.services.planning.reading import Source, reading


@dataclass(frozen=True, slots=True)
class Struck:
    """An announced visit that would be hit. Slots are absolute half-days, inclusive."""

    request: str
    service: str
    factory_name: str
    client_name: str
    names: tuple[str, ...]
    first_slot: int
    last_slot: int


@dataclass(frozen=True, slots=True)
class Crewed:
    """The announced visit of a request and its crew, codes with names; None where nothing is announced."""

    request: str
    factory_name: str
    first_slot: int
    last_slot: int
    crew: tuple[tuple[str, str], ...]


def hit_by_absence(source: Source, inspector: str, first_slot: int, last_slot: int) -> tuple[Struck, ...]:
    """The announced visits that somebody could not make, were he away in some half-days.

    Raises:
        NotFoundError: there is nobody of that code.
    """
    with reading(source) as session:
        person = inspector_by_code(session, inspector).id
        mine = select(Assignment.visit_id).where(Assignment.inspector_id == person, Assignment.published)
        during = (Visit.first_slot <= last_slot) & (Visit.last_slot >= first_slot)
        return _struck(session, Visit.id.in_(mine) & during)


def hit_by_overrun(source: Source, request: str, half_days: int) -> tuple[Struck, ...]:
    """The announced visits whose people would still be at another one, were that to take so many half-days more.

    Raises:
        NotFoundError: there is no such request.
    """
    with reading(source) as session:
        key = request_by_code(session, request).id
        visit = session.scalars(select(Visit).where(Visit.request_id == key, Visit.published)).one_or_none()
        if visit is None:
            return ()
        people = [entry.inspector_id for entry in visit.assignments]
        theirs = select(Assignment.visit_id).where(Assignment.inspector_id.in_(people), Assignment.published)
        during = (Visit.first_slot <= visit.last_slot + half_days) & (Visit.first_slot > visit.last_slot)
        return _struck(session, Visit.id.in_(theirs) & during)


def announced_of(source: Source, request: str) -> Crewed | None:
    """The announced visit of a request, with its crew.

    Raises:
        NotFoundError: there is no such request.
    """
    with reading(source) as session:
        record = request_by_code(session, request)
        visit = session.scalars(select(Visit).where(Visit.request_id == record.id, Visit.published)).one_or_none()
        if visit is None:
            return None
        crew = (
            select(Inspector.code, Inspector.name)
            .join(Assignment, Assignment.inspector_id == Inspector.id)
            .where(Assignment.visit_id == visit.id)
            .order_by(Inspector.code)
        )
        people = tuple((code, name) for code, name in session.execute(crew))
        return Crewed(
            record.code, session.get_one(Factory, record.factory_id).name, visit.first_slot, visit.last_slot, people
        )


def _struck(session: Session, condition: ColumnElement[bool]) -> tuple[Struck, ...]:
    query = (
        select(Visit.id, Request.code, Request.service, Factory.name, Client.name, Visit.first_slot, Visit.last_slot)
        .join(Request, Visit.request_id == Request.id)
        .join(Factory, Request.factory_id == Factory.id)
        .join(Client, Request.client_id == Client.id)
        .where(Visit.published, Visit.status == "planned", condition)
        .order_by(Visit.first_slot, Request.code)
    )
    found = []
    for key, code, service, factory, client, first, last in session.execute(query).all():
        names = select(Inspector.name).join(Assignment, Assignment.inspector_id == Inspector.id)
        crew = tuple(session.scalars(names.where(Assignment.visit_id == key).order_by(Inspector.code)))
        found.append(Struck(code, service, factory, client, crew, first, last))
    return tuple(found)


def people_for(source: Source, request: str | None = None, inspector: str | None = None) -> tuple[tuple[str, str], ...]:
    """Everybody who works here, codes with names: somebody named first, then the crew announced, then by name."""
    with reading(source) as session:
        everybody = {code: name for code, name in session.execute(_EVERYBODY)}
        first = [inspector] if inspector in everybody else []
        if request is not None and session.scalar(select(Request.id).where(Request.code == request)) is not None:
            visit = announced_of(session, request)
            first += [code for code, _ in visit.crew] if visit is not None else []
        order = dict.fromkeys([*first, *everybody])
        return tuple((code, everybody[code]) for code in order if code is not None and code in everybody)


_EVERYBODY = select(Inspector.code, Inspector.name).where(Inspector.active).order_by(Inspector.name, Inspector.code)
