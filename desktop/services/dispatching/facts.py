"""The visits in force, and what of each is told to whom.

What is told is a mapping of short texts by the keys of LABELS, in English whatever the message's language, so that
what was told once can be compared with what would be told now, and both be shown.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from desktop.models import Assignment, Checklist, ChecklistItem, Client, Factory, Inspector, Order, Request, Visit
from desktop.models.halfday import date_of, morning
from desktop.services.commands.dispatching import Party
from desktop.services.dispatching.house import DispatchSettings
from desktop.services.planning.bookings import zone_of
from desktop.services.requests.sampling import Drawn, drawn_on
from desktop.services.trade.groups import group_of
from desktop.services.trade.protocols import ClientList, Language, Origin, house_version
from desktop.services.trade.work import Plans
from desktop.services.words import spell_slots
from desktop.services.worksheets import LANGUAGE_OF_COUNTRY

LABELS = {
    "visit": "When",
    "service": "Service",
    "factory": "Factory",
    "address": "Address",
    "place": "Coordinates",
    "contact": "Contact",
    "client": "Client",
    "goods": "Goods",
    "people": "Inspectors",
    "names": "Names",
    "aql": "Level and AQL",
    "sample": "Sample",
    "checklist": "Checklist",
    "remark": "Remark",
}
"""What can be told, in the order in which it is shown."""
NAMES = "names"
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Person:
    """One of a visit's crew."""

    key: int
    code: str
    name: str
    local_name: str
    phone: str
    email: str
    language: Language


@dataclass(frozen=True, slots=True)
class Site:
    """The factory."""

    code: str
    name: str
    local_name: str
    address: str
    contact: str
    phone: str
    email: str
    lat: float | None
    lon: float | None
    country: str
    zone_name: str

    @property
    def zone(self) -> dt.tzinfo:
        """Its time zone."""
        return zone_of(self.zone_name)

    @property
    def language(self) -> Language:
        """That is spoken there."""
        return LANGUAGE_OF_COUNTRY.get(self.country, "en")


@dataclass(frozen=True, slots=True)
class Buyer:
    """The client."""

    code: str
    name: str
    contact: str
    email: str


@dataclass(frozen=True, slots=True)
class Goods:
    """The order."""

    code: str
    product: str
    quantity: int


@dataclass(frozen=True, slots=True)
class VisitNow:
    """A visit in force with all that is told of it.

    Attributes:
        plan: key of its plan.
        first_slot, last_slot: absolute, inclusive.
        crew: in the order of their codes.
        sample: what is drawn; None: no sample, or the lot is not known.
        from_percent: of the order made, from which a DUPRO may visit.
        lists: the client's checklists that hold for it.
    """

    request: str
    key: int
    plan: int
    service: str
    status: str
    first_slot: int
    last_slot: int
    factory: Site
    client: Buyer
    goods: Goods | None
    crew: tuple[Person, ...]
    level: str
    aql_major: str
    aql_minor: str
    sample: Plans | None
    from_percent: float
    containers: int | None
    lists: tuple[Origin, ...]
    remark: str

    @property
    def is_ahead(self) -> bool:
        """Whether nobody has set out for it yet."""
        return self.status == "planned"

    def told(self, party: Party, settings: DispatchSettings, now: dt.datetime) -> dict[str, str]:
        """What a party is told of it now, what is empty left out."""
        goods = self.goods
        found = {
            "visit": spell_slots(self.first_slot, self.last_slot),
            "service": self.service,
            "factory": _both(self.factory.name, self.factory.local_name),
            "client": self.client.name,
            "goods": "" if goods is None else _joined(goods.code, goods.product, f"{goods.quantity:,} pcs"),
            "people": str(len(self.crew)),
        }
        if party != "client":
            found["address"] = self.factory.address
        if party == "factory" and may_name(settings, self, now):
            found[NAMES] = self._crew_names()
        if party == "inspector":
            found |= self._for_inspectors()
        return {key: found[key] for key in LABELS if found.get(key)}

    def _for_inspectors(self) -> dict[str, str]:
        factory, sample = self.factory, self.sample
        return {
            "place": "" if factory.lat is None else f"{factory.lat:.5f}, {factory.lon:.5f}",
            "contact": _joined(factory.contact, factory.phone),
            "people": self._crew_names(),
            "aql": f"{self.level}, {self.aql_major} / {self.aql_minor}",
            "sample": "" if sample is None else sample_numbers(sample),
            "checklist": self.checklist("en"),
            "remark": " ".join(self.remark.split()),
        }

    def checklist(self, language: Language) -> str:
        """Whose points are checked, and by which version."""
        return "; ".join(origin.said(language) for origin in (Origin("house", house_version()), *self.lists))

    def _crew_names(self) -> str:
        return ", ".join(_both(person.name, person.local_name) for person in self.crew)


def may_name(settings: DispatchSettings, visit: VisitNow, now: dt.datetime) -> bool:
    """Whether the factory may learn by now who comes."""
    if settings.names_to_factories == "day before":
        return now.astimezone(visit.factory.zone).date() >= date_of(visit.first_slot) - DAY
    return settings.names_to_factories == "always"


def sample_numbers(plans: Plans) -> str:
    """Sample sizes and accept numbers: "critical 125 (0/1), major 125 (7/8), minor 125 (10/11)"."""
    classes = (("critical", plans.critical), ("major", plans.major), ("minor", plans.minor))
    return ", ".join(f"{name} {plan.size:,} ({plan.accept}/{plan.reject})" for name, plan in classes)


def digest_of(told: Mapping[str, str]) -> str:
    """Names what was told."""
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=True).encode()).hexdigest()[:32]


def differing(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """Keys of what would be told otherwise. That names may be told by now, or may not, is no news by itself."""
    return tuple(
        key
        for key in LABELS
        if before.get(key, "") != now.get(key, "") and (key != NAMES or (NAMES in before and NAMES in now))
    )


def visits_in_force(session: Session, now: dt.datetime, requests: Select[int] | None = None) -> dict[int, VisitNow]:
    """The visits that people act on and that are not over, by the key of the request.

    Args:
        session: to read with.
        now: the time.
        requests: selects the keys of requests that are asked for; None: all.
    """
    from_slot = morning((now - DAY).date())
    condition = Visit.published & (Visit.status != "cancelled") & (Visit.last_slot >= from_slot)
    if requests is not None:
        condition &= Visit.request_id.in_(requests)
    wanted = select(Visit.request_id).where(condition)
    rows = session.scalars(select(Request).where(Request.id.in_(wanted), Request.status != "cancelled")).all()
    records = {row.id: row for row in rows}
    visits = [row for row in session.scalars(select(Visit).where(condition)) if row.request_id in records]
    days = {visit.request_id: date_of(visit.first_slot) for visit in visits}
    reader = _Reader(session, wanted, condition, drawn_on(session, wanted, days, now))
    found = {}
    for visit in visits:
        site = reader.sites[records[visit.request_id].factory_id]
        if date_of(visit.last_slot) >= now.astimezone(site.zone).date():
            found[visit.request_id] = reader.visit(visit, records[visit.request_id])
    return found


class _Reader:
    """What visits refer to, read once for all of them."""

    def __init__(
        self, session: Session, wanted: Select[int], condition: ColumnElement[bool], drawn: Mapping[int, Drawn]
    ) -> None:
        self._drawn = drawn
        factories = select(Request.factory_id).where(Request.id.in_(wanted))
        self.sites = {row.id: site_of(row) for row in session.scalars(select(Factory).where(Factory.id.in_(factories)))}
        clients = select(Request.client_id).where(Request.id.in_(wanted))
        self._clients = {
            row.id: Buyer(row.code, row.name, row.contact, row.email)
            for row in session.scalars(select(Client).where(Client.id.in_(clients)))
        }
        orders = select(Request.order_id).where(Request.id.in_(wanted))
        self._orders = {row.id: row for row in session.scalars(select(Order).where(Order.id.in_(orders)))}
        self._lists = _lists(session)
        self._crews: dict[int, list[Person]] = defaultdict(list)
        crews = (
            select(Assignment.visit_id, Inspector)
            .join(Inspector, Assignment.inspector_id == Inspector.id)
            .join(Visit, Assignment.visit_id == Visit.id)
            .where(condition)
            .order_by(Inspector.code)
        )
        for visit, person in session.execute(crews):
            self._crews[visit].append(person_of(person))

    def visit(self, visit: Visit, request: Request) -> VisitNow:
        """One of them."""
        order = None if request.order_id is None else self._orders[request.order_id]
        drawn = self._drawn.get(request.id)
        given, product = ("", "") if order is None else (order.product_group, order.product)
        group = group_of(given, product, request.skill)
        lists = [entry for entry in self._lists.get(request.client_id, ()) if entry.is_for(group, request.service)]
        return VisitNow(
            request=request.code,
            key=request.id,
            plan=visit.plan_id,
            service=request.service,
            status=visit.status,
            first_slot=visit.first_slot,
            last_slot=visit.last_slot,
            factory=self.sites[request.factory_id],
            client=self._clients[request.client_id],
            goods=None if order is None else Goods(order.code, order.product, order.quantity),
            crew=tuple(self._crews[visit.id]),
            level=request.inspection_level,
            aql_major=request.aql_major,
            aql_minor=request.aql_minor,
            sample=None if drawn is None else drawn.finished,
            from_percent=0.0 if drawn is None else drawn.from_percent,
            containers=request.containers,
            lists=tuple(entry.origin for entry in lists),
            remark=request.note,
        )


def site_of(row: Factory) -> Site:
    """A factory as messages name it."""
    return Site(
        row.code,
        row.name,
        row.local_name,
        row.address,
        row.contact,
        row.phone,
        row.email,
        row.lat,
        row.lon,
        row.country,
        row.time_zone,
    )


def person_of(row: Inspector) -> Person:
    """An inspector as messages name him, with the language in which he is written to."""
    language = _known(row.sheet_language) or LANGUAGE_OF_COUNTRY.get(row.country, "en")
    return Person(row.id, row.code, row.name, row.local_name, row.phone, row.email, language)


def _known(language: str) -> Language | None:
    return language if language in ("en", "zh", "vi") else None  # type: ignore[return-value]


def _lists(session: Session) -> Mapping[int, list[ClientList]]:
    """Of each client the highest revisions of its lists that have any item, without the items."""
    held = set(session.scalars(select(ChecklistItem.checklist_id).distinct()))
    newest: dict[tuple[int, str, str], Checklist] = {}
    for row in session.scalars(select(Checklist).order_by(Checklist.revision)):
        newest[row.client_id, row.product_group, row.service] = row
    found: dict[int, list[ClientList]] = defaultdict(list)
    for (client, group, service), row in sorted(newest.items(), key=lambda entry: entry[0]):
        if row.id in held:
            found[client].append(ClientList(group, service, row.revision, ()))
    return found


def _both(name: str, local_name: str) -> str:
    return f"{name} ({local_name})" if local_name and local_name != name else name


def _joined(*texts: str) -> str:
    return ", ".join(filter(None, texts))
