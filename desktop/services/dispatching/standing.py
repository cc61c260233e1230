"""Where telling stands: who is concerned by the visits in force, and what each of them knows."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, defer

from desktop.models import Client, Factory, Inspector, Notice, Request, Sending, Visit
from desktop.models.halfday import date_of, morning
from desktop.services.commands.dispatching import Addressee, Party
from desktop.services.dispatching.facts import DAY, Person, VisitNow, differing, person_of, visits_in_force
from desktop.services.dispatching.house import DispatchSettings
from desktop.services.planning.bookings import zone_of
from desktop.services.trade.house import read_trade_settings
from desktop.services.trade.protocols import Language
from desktop.services.worksheets import LANGUAGE_OF_COUNTRY

PARTIES: tuple[Party, ...] = ("inspector", "factory", "client")


@dataclass(frozen=True, slots=True)
class Tried:
    """The messages of a notice in brief.

    Attributes:
        highest: SEQUENCE of the last message that went out or may have; -1: none.
        last: the last message of all; None: there was none.
        last_sent: the last that went out.
    """

    highest: int = -1
    last: Sending | None = None
    last_sent: Sending | None = None


NOTHING_TRIED = Tried()


@dataclass(frozen=True, slots=True)
class Concerned:
    """Somebody who is told of a visit, or was.

    Attributes:
        visit: in force and not over; None: there is none any more for him.
        notice: what he knows; None: nothing was ever sent.
        tried: its messages.
        told: what he would be told now; empty without a visit.
        changed: keys of what is otherwise than he was told.
    """

    to: Addressee
    visit: VisitNow | None
    person: Person | None
    notice: Notice | None
    tried: Tried
    told: Mapping[str, str]
    changed: tuple[str, ...]

    @property
    def knows(self) -> bool:
        """Whether he expects the visit, as far as is known."""
        return self.notice is not None and self.notice.state == "sent"

    @property
    def may_know(self) -> bool:
        """Whether something may have gone out to him, though nothing for certain."""
        return self.notice is not None and self.notice.state == "new" and self.tried.highest >= 0

    @property
    def is_new_version(self) -> bool:
        """Whether the next message says something that none before it has said."""
        if self.is_unknown:
            return True
        if self.visit is None:
            return self.knows or self.may_know
        return not self.knows or bool(self.changed)

    @property
    def is_unknown(self) -> bool:
        """Whether nobody knows what became of the last message."""
        return self.tried.last is not None and self.tried.last.state == "begun"

    @property
    def next_sequence(self) -> int:
        """SEQUENCE of the next message: that of the last one, where it only says the same once more."""
        if self.notice is not None and not self.is_new_version:
            return self.notice.sequence
        return self.tried.highest + 1


class Telling:
    """Everybody who is concerned by the visits in force, or was by what was told. Read once.

    Attributes:
        settings: of the house.
        mail: its mail server.
        gone: what requests are about that have no visit ahead any more, by their keys.
    """

    def __init__(self, session: Session, now: dt.datetime, requests: Select[int] | None = None) -> None:
        house = read_trade_settings(session)
        self.settings: DispatchSettings = house.dispatch
        self.mail = house.mail
        self._now = now
        self._session = session
        self._visits = visits_in_force(session, now, requests)
        self._notices = _notices(session, now, requests)
        self._tried = _tried(session, [notice.id for notices in self._notices.values() for notice in notices])
        self.gone = _gone(session, self._notices.keys() - self._visits.keys())
        keys = {notice.inspector_id for notices in self._notices.values() for notice in notices} - {None}
        self._people = {
            row.id: person_of(row) for row in session.scalars(select(Inspector).where(Inspector.id.in_(keys)))
        }

    def everybody(self) -> Iterator[Concerned]:
        """Each of them; of what is over nobody."""
        for key, visit in self._visits.items():
            yield from self._of_visit(visit, self._notices.get(key, []))
        for key in self.gone:
            for notice in self._notices[key]:
                yield self._left(notice, self.gone[key].request)

    def _of_visit(self, visit: VisitNow, notices: list[Notice]) -> Iterator[Concerned]:
        left = {(notice.party, notice.inspector_id): notice for notice in notices}
        for person in visit.crew:
            notice = left.pop(("inspector", person.key), None)
            yield self._concerned(Addressee(visit.request, "inspector", person.code), visit, person, notice)
        is_told: dict[Party, bool] = {"factory": self.settings.tell_factories, "client": self.settings.tell_clients}
        for party, wanted in is_told.items():
            notice = left.pop((party, None), None)
            if wanted or notice is not None:
                yield self._concerned(Addressee(visit.request, party), visit, None, notice)
        for notice in left.values():
            yield self._left(notice, visit.request)

    def _concerned(self, to: Addressee, visit: VisitNow, person: Person | None, notice: Notice | None) -> Concerned:
        told = visit.told(to.party, self.settings, self._now)
        changed = () if notice is None or notice.state != "sent" else differing(notice.told, told)
        return Concerned(to, visit, person, notice, self._tries(notice), told, changed)

    def _left(self, notice: Notice, request: str) -> Concerned:
        """Somebody who was told, and has nothing to do with the visit any more."""
        person = None if notice.inspector_id is None else self._people[notice.inspector_id]
        to = Addressee(request, party_of(notice), "" if person is None else person.code)
        return Concerned(to, None, person, notice, self._tries(notice), {}, ())

    def _tries(self, notice: Notice | None) -> Tried:
        return NOTHING_TRIED if notice is None else self._tried.get(notice.id, NOTHING_TRIED)

    def head(self, concerned: Concerned) -> Head:
        """What a visit was, or is, about."""
        if concerned.visit is not None:
            return head_of(concerned.visit)
        assert concerned.notice is not None
        visit = self._visits.get(concerned.notice.request_id)
        return head_of(visit) if visit is not None else self.gone[concerned.notice.request_id]


@dataclass(frozen=True, slots=True)
class Head:
    """What is said of a request in every list."""

    request: str
    service: str
    factory: str
    factory_name: str
    factory_local_name: str
    factory_contact: str
    factory_phone: str
    factory_email: str
    factory_country: str
    zone_name: str
    client: str
    client_name: str
    client_email: str

    @property
    def zone(self) -> dt.tzinfo:
        """The factory's time zone."""
        return zone_of(self.zone_name)


@dataclass(frozen=True, slots=True)
class Whom:
    """Name, address and language of an addressee."""

    name: str
    local_name: str
    email: str
    phone: str
    language: Language


def addressed(telling: Telling, concerned: Concerned) -> Whom:
    """Who somebody is, as his record has it now."""
    head, person = telling.head(concerned), concerned.person
    if person is not None:
        return Whom(person.name, person.local_name, person.email, person.phone, person.language)
    if concerned.to.party == "factory":
        language = LANGUAGE_OF_COUNTRY.get(head.factory_country, "en")
        return Whom(head.factory_name, head.factory_local_name, head.factory_email, head.factory_phone, language)
    return Whom(head.client_name, "", head.client_email, "", "en")


def head_of(visit: VisitNow) -> Head:
    """That of a visit in force."""
    site, client = visit.factory, visit.client
    return Head(
        visit.request,
        visit.service,
        site.code,
        site.name,
        site.local_name,
        site.contact,
        site.phone,
        site.email,
        site.country,
        site.zone_name,
        client.code,
        client.name,
        client.email,
    )


def _notices(session: Session, now: dt.datetime, requests: Select[int] | None) -> dict[int, list[Notice]]:
    """Notices of visits that are not over, and all of those in force, by the key of the request."""
    from_slot = morning((now - DAY).date())
    ahead = select(Visit.request_id).where(Visit.published, Visit.last_slot >= from_slot)
    query = select(Notice).where((Notice.last_slot >= from_slot) | Notice.request_id.in_(ahead))
    if requests is not None:
        query = query.where(Notice.request_id.in_(requests))
    found: dict[int, list[Notice]] = defaultdict(list)
    for notice in session.scalars(query.order_by(Notice.id)):
        found[notice.request_id].append(notice)
    return found


def _tried(session: Session, keys: list[int]) -> dict[int, Tried]:
    found: dict[int, Tried] = {}
    for first in range(0, len(keys), 900):
        lot = keys[first : first + 900]
        query = select(Sending).where(Sending.notice_id.in_(lot)).order_by(Sending.id).options(defer(Sending.body))
        for row in session.scalars(query):
            before = found.get(row.notice_id, NOTHING_TRIED)
            counts = row.state != "failed"
            found[row.notice_id] = Tried(
                max(before.highest, row.sequence) if counts else before.highest,
                row,
                row if row.state == "sent" else before.last_sent,
            )
    return found


def _gone(session: Session, requests: set[int]) -> dict[int, Head]:
    """What requests that have no visit any more are about."""
    found = {}
    keys = sorted(requests)
    for first in range(0, len(keys), 900):
        query = (
            select(Request, Factory, Client)
            .join(Factory, Request.factory_id == Factory.id)
            .join(Client, Request.client_id == Client.id)
            .where(Request.id.in_(keys[first : first + 900]))
        )
        for request, factory, client in session.execute(query):
            found[request.id] = Head(
                request.code,
                request.service,
                factory.code,
                factory.name,
                factory.local_name,
                factory.contact,
                factory.phone,
                factory.email,
                factory.country,
                factory.time_zone,
                client.code,
                client.name,
                client.email,
            )
    return found


def party_of(notice: Notice) -> Party:
    """Whom a notice is for; the database holds no other."""
    return notice.party  # type: ignore[return-value]


def is_over(last_slot: int, zone: dt.tzinfo, now: dt.datetime) -> bool:
    """Whether the last day of a visit has passed at the factory."""
    return date_of(last_slot) < now.astimezone(zone).date()
