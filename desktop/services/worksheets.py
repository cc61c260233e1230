"""The inspector's work sheet of a request: what is checked of which goods, on how many pieces, where and when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Assignment, Client, Factory, Inspector, Order, Request
from desktop.models.halfday import date_of
from desktop.services.checklists import Revision, lists_that_hold, revisions_of
from desktop.services.lookup import request_by_code
from desktop.services.requests.reading import read_some
from desktop.services.requests.rows import Made, RequestRow
from desktop.services.trade.groups import group_of
from desktop.services.trade.protocols import (
    DEFECTS,
    ClientList,
    Defect,
    Item,
    Language,
    Section,
    merged,
    standard_protocol,
)
from desktop.services.trade.sampling import Level, SamplingPlan, critical_plan, sampling_plan
from desktop.store.engine import Store

PAPERS = ("golden_sample", "specifications", "packing")
"""Fields of an order that say where to find what its goods are held against."""
WHILE_MADE = ("DUPRO", "MONITORING")
"""Services whose lot is what is made when the inspector comes."""
WITHOUT_SAMPLE = ("PPI", "LOADING")
"""Services that draw no sample of finished goods."""
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
class Lot:
    """The pieces that the sample is drawn of.

    Attributes:
        quantity: of the order.
        percent: made when the inspector comes, by the forecast; None where the whole order is the lot.
        by: what the percent is of: the planned visit, or while none is planned the middle of the window.
    """

    pieces: int
    quantity: int
    percent: float | None = None
    by: Literal["order", "visit", "window"] = "order"


@dataclass(frozen=True, slots=True)
class ClassPlan:
    """What is drawn for a class of defects. `aql` is "" for critical ones: none is accepted."""

    defect: Defect
    aql: str
    plan: SamplingPlan


@dataclass(frozen=True, slots=True)
class Sampling:
    """The sample: code letter, size and numbers for each class, from critical on."""

    level: str
    lot: Lot
    classes: tuple[ClassPlan, ...]


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
        sampling: None where the service draws no sample, or the lot is not known.
        sections: the house's protocol merged with the client's lists.
        lists: the client's lists that are in it.
        revisions: of all lists of the client.
        remark: of the booking.
        language: that is spoken at the factory.
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
    sampling: Sampling | None
    sections: tuple[Section, ...]
    protocol_version: int
    lists: tuple[ClientList, ...]
    revisions: tuple[Revision, ...]
    remark: str
    language: Language

    @property
    def draws_sample(self) -> bool:
        """Whether the service draws a sample by AQL."""
        return self.service not in WITHOUT_SAMPLE

    @property
    def items(self) -> tuple[Item, ...]:
        """All items, in order."""
        return tuple(item for section in self.sections for item in section.items)


def read_worksheet(store: Store, now: dt.datetime, code: str) -> WorkSheet:
    """The work sheet of a request, as things are now. Raises NotFoundError."""
    with store.session() as session:
        request = request_by_code(session, code)
        found = read_some(store, now, (request.id,))
        return _sheet(session, request, found[0] if found else None)


def _sheet(session: Session, request: Request, row: RequestRow | None) -> WorkSheet:
    client, factory = session.get_one(Client, request.client_id), session.get_one(Factory, request.factory_id)
    order = None if request.order_id is None else session.get_one(Order, request.order_id)
    goods = None if order is None else _goods(order)
    group = group_of(order.product_group, order.product, request.skill) if order else group_of("", "", request.skill)
    protocol = standard_protocol(group, request.service)
    lists = tuple(given for given in lists_that_hold(session, client.id) if given.is_for(group, request.service))
    place = None if row is None else row.place
    lot = None if goods is None else lot_of(request.service, goods.quantity, None if row is None else row.made)
    has_sample = lot is not None and request.service not in WITHOUT_SAMPLE
    return WorkSheet(
        request=request.code,
        service=request.service,
        product_group=group,
        group_given=bool(order and order.product_group),
        client=Party(client.code, client.name, contact=client.contact),
        factory=Party(factory.code, factory.name, factory.local_name, factory.address, factory.contact, factory.phone),
        goods=goods,
        first_day=None if place is None else place.first_day,
        last_day=None if place is None else date_of(place.last_slot),
        people=() if place is None else _people(session, place.visit_id),
        sampling=sampling_of(lot, request) if lot is not None and has_sample else None,
        sections=merged(protocol, lists, {} if goods is None else goods.notes),
        protocol_version=protocol.version,
        lists=tuple(given for given in lists if given.items),
        revisions=revisions_of(session, client.id),
        remark=request.note,
        language=LANGUAGE_OF_COUNTRY.get(factory.country, "en"),
    )


def lot_of(service: str, quantity: int, made: Made | None) -> Lot:
    """The lot of a service: the order, or for one during production what the forecast says is made by then.

    Without a planned visit it is the middle of the window that counts; without a forecast the whole order, whose
    sample is never smaller.
    """
    if service not in WHILE_MADE or made is None:
        return Lot(quantity, quantity)
    by: Literal["visit", "window"] = "window" if made.at_visit is None else "visit"
    percent = (made.low + made.high) / 2 if made.at_visit is None else made.at_visit
    return Lot(max(1, round(quantity * percent / 100)), quantity, percent, by)


def sampling_of(lot: Lot, request: Request) -> Sampling:
    """What is drawn of a lot at a request's inspection level and limits."""
    level = Level(request.inspection_level)
    limits: dict[Defect, str] = {"major": request.aql_major, "minor": request.aql_minor}
    classes = (
        ClassPlan(
            defect,
            limits.get(defect, ""),
            sampling_plan(lot.pieces, level, limits[defect]) if defect in limits else critical_plan(lot.pieces, level),
        )
        for defect in DEFECTS
    )
    return Sampling(level.value, lot, tuple(classes))


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
