"""Whom a repaired plan disturbs: who has to be told something else than before, what was told, and what is new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Client, Factory, Inspector, Request
from desktop.models.halfday import morning
from desktop.services.repair.links import is_same
from desktop.services.repair.views import Call, Party, Spot, Told
from scheduler.plan import Assignment
from scheduler.problem import Problem


class Contact(NamedTuple):
    """Somebody to be called; what is not known is ""."""

    code: str
    name: str
    contact: str = ""
    phone: str = ""
    email: str = ""


class OfRequest(NamedTuple):
    """Whose a request is."""

    service: str
    factory: Contact
    client: Contact


@dataclass(frozen=True, slots=True)
class Contacts:
    """How to reach those whom a plan concerns: inspectors by code, factory and client by request."""

    people: Mapping[str, Contact]
    requests: Mapping[str, OfRequest]


def read_contacts(session: Session, problem: Problem) -> Contacts:
    """The contacts of a problem's people and of its requests."""
    people = session.execute(select(Inspector.code, Inspector.name, Inspector.phone))
    rows = session.execute(
        select(
            Request.code,
            Request.service,
            Factory.code,
            Factory.name,
            Factory.contact,
            Factory.phone,
            Factory.email,
            Client.code,
            Client.name,
            Client.contact,
            Client.email,
        )
        .join(Factory, Request.factory_id == Factory.id)
        .join(Client, Request.client_id == Client.id)
        .where(Request.code.in_([request.id for request in problem.requests]))
    )
    return Contacts(
        {code: Contact(code, name, phone=phone) for code, name, phone in people},
        {row[0]: OfRequest(row[1], Contact(*row[2:7]), Contact(row[7], row[8], row[9], email=row[10])) for row in rows},
    )


class Calling:
    """The calls that changing what was announced takes."""

    def __init__(self, problem: Problem, told: Collection[Assignment], contacts: Contacts) -> None:
        self._begin = morning(problem.horizon.start)
        self._modes = {request.id: request.modes for request in problem.requests}
        self._told = {entry.request: entry for entry in told}
        self._contacts = contacts

    def calls(self, placed: Mapping[str, Assignment]) -> tuple[Call, ...]:
        """Those that a plan takes: inspectors first, then factories, then clients; each with most to be told first."""
        found: dict[tuple[Party, Contact], list[Told]] = defaultdict(list)
        for code in sorted(self._told.keys() | placed.keys()):
            before, after = self._told.get(code), placed.get(code)
            if is_same(before, after) or code not in self._contacts.requests:
                continue
            item = self._item(code, before, after)
            crews = [entry.inspectors for entry in (before, after) if entry is not None]
            for person in dict.fromkeys(person for crew in crews for person in crew):
                found["inspector", self._contacts.people.get(person, Contact(person, person))].append(item)
            if before is not None:
                of = self._contacts.requests[code]
                found["factory", of.factory].append(item)
                found["client", of.client].append(item)
        order = ("inspector", "factory", "client")
        ranked = sorted(found.items(), key=lambda call: (order.index(call[0][0]), -len(call[1]), call[0][1]))
        return tuple(Call(party, *contact, tuple(items)) for (party, contact), items in ranked)

    def spot(self, entry: Assignment | None) -> Spot | None:
        """Who comes when."""
        if entry is None:
            return None
        names = tuple(self._contacts.people.get(code, Contact(code, code)).name for code in entry.inspectors)
        first = self._begin + entry.start_slot
        return Spot(entry.inspectors, names, first, first + self._modes[entry.request][entry.mode].half_days - 1)

    def _item(self, code: str, before: Assignment | None, after: Assignment | None) -> Told:
        of = self._contacts.requests[code]
        return Told(code, of.service, of.factory.name, of.client.name, self.spot(before), self.spot(after))
