"""The inspector's work sheet of a request: what is checked of which goods, on how many pieces, where and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Assignment, Client, Factory, Inspector, Order, Request, Visit
from desktop.models.halfday import date_of
from desktop.services.checklists import Revision, lists_that_hold, revisions_of
from desktop.services.lookup import request_by_code
from desktop.services.requests.references import draft_in_hand
from desktop.services.requests.sampling import SampleSheet, sample_of, samples_of
from desktop.services.trade.protocols import (
    ONCE,
    WHOLE_SAMPLE,
    ClientList,
    Defect,
    Item,
    Language,
    Section,
    merged,
    read_words,
    standard_protocol,
)
from desktop.services.trade.sampling import SamplingPlan
from desktop.services.trade.work import NO_SAMPLE, Plans
from desktop.store.engine import Store

PAPERS = ("golden_sample", "specifications", "packing")
"""Fields of an order that say where to find what its goods are held against."""
WITHOUT_SAMPLE = ("PPI", "LOADING")
"""Services that draw no sample of finished goods."""
EVERY_DAY = "MONITORING"
"""The service that draws one of every day's output."""
CARTONS = ("packing", "loading")
"""Sections whose fixed numbers are of cartons."""
LANGUAGE_OF_COUNTRY: dict[str, Language] = {"CN": "zh", "VN": "vi"}


@dataclass(frozen=True, slots=True)
class Party:
    """A client or a factory as the head of the sheet names it."""

    code: str
    name: str
    local_name: str = ""
    address: str = ""
    contact: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Goods:
    """The order. `version` is for a change that checks it; `notes` are its texts by field of PAPERS."""

    code: str
    version: int
    product: str
    description: str
    quantity: int
    standards: tuple[str, ...]
    notes: dict[str, str]


@dataclass(frozen=True, slots=True)
class ClassPlan:
    """What is drawn for a class of defects. `aql` is "" for critical ones: none is accepted."""

    defect: Defect
    aql: str
    plan: SamplingPlan


@dataclass(frozen=True, slots=True)
class Sampling:
    """The sample: code letter, size and numbers for each class, from critical on.

    Attributes:
        lot: pieces that the sample is drawn of.
        quantity: of the order.
        day: for which the lot was forecast; None where the whole order is the lot.
        in_work: pieces that are in work on that day; 0 where none are looked at.
        in_work_classes: what is drawn of those.
    """

    lot: int
    quantity: int
    day: dt.date | None
    classes: tuple[ClassPlan, ...]
    in_work: int = 0
    in_work_classes: tuple[ClassPlan, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """One of the crew."""

    name: str
    local_name: str


@dataclass(frozen=True, slots=True)
class WorkSheet:
    """All that is printed.

    Attributes:
        product_group: "" where it is not known; then only what is common to all goods is checked.
        group_given: the order names it; else it follows from the product or the skill.
        goods: None where the request names no order.
        first_day, last_day: of the visit; None where none is planned.
        level, aql_major, aql_minor: as the request has them.
        sampling: None where the service draws no sample of one lot, or the lot is not known.
        lot_missing: why that is not known, or "".
        sections: the house's protocol merged with the client's lists.
        lists: the client's lists that are in it.
        revisions: of all lists of the client.
        containers: of a loading; 0 for other services.
        remark: of the booking.
        language: that is spoken at the factory.
        when: the visit's half-days and hours in words; "" for a sheet that is not sent out.
        place: the factory's coordinates and where to see them on a map; "" for a sheet that is not sent out.
        going: how the inspector goes there, a line each.
    """

    request: str
    service: str
    product_group: str
    group_given: bool
    client: Party
    factory: Party
    goods: Goods | None
    first_day: dt.date | None
    last_day: dt.date | None
    people: tuple[Person, ...]
    level: str
    aql_major: str
    aql_minor: str
    sampling: Sampling | None
    lot_missing: str
    sections: tuple[Section, ...]
    protocol_version: int
    lists: tuple[ClientList, ...]
    revisions: tuple[Revision, ...]
    containers: int
    remark: str
    language: Language
    when: str = ""
    place: str = ""
    going: tuple[str, ...] = ()

    def on(self, item: Item, language: Language) -> str:
        """On how many an item is checked, in words: "once", "5 pcs", the sample's size where it is known."""
        words = read_words()
        if item.sample == ONCE:
            return words.said("on_once", language)
        if item.sample == WHOLE_SAMPLE:
            sizes = {} if self.sampling is None else {line.defect: line.plan.size for line in self.sampling.classes}
            size = sizes.get(item.defect)
            return words.said("on_aql", language) if size is None else f"{size:,}"
        key = "on_cartons" if item.section in CARTONS else "on_pieces"
        return words.said(key, language).format(number=item.sample)

    @property
    def items(self) -> tuple[Item, ...]:
        """All items, in order."""
        return tuple(item for section in self.sections for item in section.items)


def read_worksheet(store: Store, now: dt.datetime, code: str) -> WorkSheet:
    """The work sheet of a request, as things are now. Raises NotFoundError."""
    with store.session() as session:
        request = request_by_code(session, code)
        return _Sheets(session).sheet(request, sample_of(session, request, now), _visit(session, request.id))


def sheets_in_force(session: Session, now: dt.datetime, keys: Collection[int]) -> dict[int, WorkSheet]:
    """The work sheets of requests for their visits in force, whatever a draft has of them; by key, some hundreds."""
    query = select(Visit).where(Visit.request_id.in_(keys), Visit.published, Visit.status != "cancelled")
    visits = {visit.request_id: visit for visit in session.scalars(query)}
    requests = {row.code: row for row in session.scalars(select(Request).where(Request.id.in_(visits)))}
    days = {key: date_of(visit.first_slot) for key, visit in visits.items()}
    sheets = _Sheets(session)
    return {
        request.id: sheets.sheet(request, sample, visits[request.id])
        for sample in samples_of(session, visits.keys(), now, days)
        for request in (requests[sample.code],)
    }


class _Sheets:
    """Sheets put together; what clients want checked is read once for each."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._checked: dict[int, tuple[tuple[ClientList, ...], tuple[Revision, ...]]] = {}

    def _lists(self, client: int) -> tuple[tuple[ClientList, ...], tuple[Revision, ...]]:
        """The lists of a client that hold, and the revisions of all."""
        found = self._checked.get(client)
        if found is None:
            session = self._session
            found = self._checked[client] = lists_that_hold(session, client), revisions_of(session, client)
        return found

    def sheet(self, request: Request, sample: SampleSheet, visit: Visit | None) -> WorkSheet:
        """The sheet of a request for one of its visits."""
        session = self._session
        client, factory = session.get_one(Client, request.client_id), session.get_one(Factory, request.factory_id)
        order = None if request.order_id is None else session.get_one(Order, request.order_id)
        goods = None if order is None else _goods(order)
        protocol = standard_protocol(sample.group, request.service)
        held, revisions = self._lists(client.id)
        lists = tuple(given for given in held if given.is_for(sample.group, request.service))
        sampling = _sampling(sample)
        draws_sample = request.service not in NO_SAMPLE
        return WorkSheet(
            request=request.code,
            service=request.service,
            product_group=sample.group,
            group_given=bool(sample.group_given),
            client=Party(client.code, client.name, contact=client.contact),
            factory=Party(
                factory.code, factory.name, factory.local_name, factory.address, factory.contact, factory.phone
            ),
            goods=goods,
            first_day=None if visit is None else date_of(visit.first_slot),
            last_day=None if visit is None else date_of(visit.last_slot),
            people=() if visit is None else _people(session, visit.id),
            level=request.inspection_level,
            aql_major=request.aql_major,
            aql_minor=request.aql_minor,
            sampling=sampling,
            lot_missing=sample.lot_words if draws_sample and sampling is None else "",
            sections=merged(protocol, lists, {} if goods is None else goods.notes),
            protocol_version=protocol.version,
            lists=tuple(given for given in lists if given.items),
            revisions=revisions,
            containers=request.containers or 0 if request.service == "LOADING" else 0,
            remark=request.note,
            language=LANGUAGE_OF_COUNTRY.get(factory.country, "en"),
        )


def _sampling(sample: SampleSheet) -> Sampling | None:
    finished, in_work = sample.finished, sample.in_work
    if finished is None or sample.quantity is None:
        return None
    return Sampling(
        finished.lot,
        sample.quantity,
        sample.day,
        _classes(sample, finished),
        0 if in_work is None else in_work.lot,
        () if in_work is None else _classes(sample, in_work),
    )


def _classes(sample: SampleSheet, plans: Plans) -> tuple[ClassPlan, ...]:
    return (
        ClassPlan("critical", "", plans.critical),
        ClassPlan("major", sample.aql_major, plans.major),
        ClassPlan("minor", sample.aql_minor, plans.minor),
    )


def _visit(session: Session, request_id: int) -> Visit | None:
    """The visit of the draft in hand, else the published one."""
    found = session.scalars(
        select(Visit).where(
            Visit.request_id == request_id,
            Visit.status != "cancelled",
            Visit.published | (Visit.plan_id == draft_in_hand(session)),
        )
    ).all()
    return min(found, key=lambda visit: visit.published, default=None)


def _goods(order: Order) -> Goods:
    notes = {field: str(getattr(order, field)) for field in PAPERS}
    return Goods(order.code, order.version, order.product, order.description, order.quantity, order.standards, notes)


def _people(session: Session, visit_id: int) -> tuple[Person, ...]:
    found = session.execute(
        select(Inspector.name, Inspector.local_name)
        .join(Assignment, Assignment.inspector_id == Inspector.id)
        .where(Assignment.visit_id == visit_id)
        .order_by(Assignment.id)
    )
    return tuple(Person(name, local_name) for name, local_name in found)
