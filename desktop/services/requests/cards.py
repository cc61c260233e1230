"""One request with every field that can be entered, and what its fields may refer to."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from desktop.models import (
    Client,
    Factory,
    FactoryAlias,
    Inspector,
    InspectorCertificate,
    InspectorSkill,
    Order,
    Request,
)
from desktop.services.editing.fields import FIELDS
from desktop.services.exchange.kinds import SERVICE_WORDS
from desktop.services.lookup import request_by_code
from desktop.services.requests.rows import fold
from desktop.store.engine import Store

MOST_ORDERS = 40


@dataclass(frozen=True, slots=True)
class RequestCard:
    """A request to be looked at and changed.

    Attributes:
        version: for a change that checks it.
        values: every field that can be entered, by name; references are codes.
    """

    code: str
    version: int
    values: Mapping[str, Any]

    @property
    def status(self) -> str:
        """The status of its record."""
        return str(self.values["status"])


@dataclass(frozen=True, slots=True)
class Named:
    """A client or factory to choose: code, name, and what is searched (folded). `detail` tells it from others."""

    code: str
    name: str
    detail: str
    text: str


@dataclass(frozen=True, slots=True)
class OrderChoice:
    """An order to choose."""

    code: str
    client: str
    factory: str
    product: str
    quantity: int
    production_start: dt.date | None
    daily_rate: float | None
    ready_date: dt.date | None


@dataclass(frozen=True, slots=True)
class FormChoices:
    """What the fields of a request may refer to.

    Attributes:
        next_code: a code that is free, following the ones in use; "" before the first request.
        clients: by code.
        factories: by code.
        merged: codes of factories by those that they had before a merger.
    """

    next_code: str
    clients: Mapping[str, Named]
    factories: Mapping[str, Named]
    services: tuple[str, ...]
    skills: tuple[str, ...]
    languages: tuple[str, ...]
    certificates: tuple[str, ...]
    merged: Mapping[str, str] = field(default_factory=dict)

    def named(self, field: str) -> Mapping[str, Named]:
        """What a field refers to: "client" or "factory"."""
        return self.clients if field == "client" else self.factories

    def matching(self, field: str, text: str, most: int = 30) -> tuple[Named, ...]:
        """Clients or factories in whose code or names all words occur, those that begin with the text first."""
        wanted = fold(text).strip()
        words = wanted.split()
        found = [entry for entry in self.named(field).values() if all(word in entry.text for word in words)]
        found.sort(key=lambda entry: (not entry.text.startswith(wanted), fold(entry.name).find(wanted), entry.name))
        return tuple(found[:most])

    def near(self, field: str, text: str) -> tuple[str, ...]:
        """Codes that somebody who wrote this may have meant."""
        known = self.named(field)
        found = [entry.code for entry in self.matching(field, text, 3)]
        return tuple(dict.fromkeys((*found, *difflib.get_close_matches(text.upper(), known, n=3))))[:3]


def read_card(store: Store, code: str) -> RequestCard:
    """A request by its code. Raises NotFoundError."""
    with store.session() as session:
        request = request_by_code(session, code)
        values = {field: getattr(request, field) for field in FIELDS["request"] if hasattr(request, field)}
        values["client"] = session.get_one(Client, request.client_id).code
        values["factory"] = session.get_one(Factory, request.factory_id).code
        values["order"] = None if request.order_id is None else session.get_one(Order, request.order_id).code
        return RequestCard(request.code, request.version, values)


def read_choices(store: Store) -> FormChoices:
    """What the fields of a request may refer to now."""
    with store.session() as session:
        clients = session.execute(select(Client.code, Client.name, Client.country).order_by(Client.name))
        factories = session.execute(
            select(Factory.code, Factory.name, Factory.local_name, Factory.area).order_by(Factory.name)
        )
        aliases = session.execute(
            select(Factory.code, FactoryAlias).join(FactoryAlias, FactoryAlias.factory_id == Factory.id)
        ).all()
        also: dict[str, str] = {}
        for kept, alias in aliases:
            also[kept] = f"{also.get(kept, '')} {alias.code} {alias.name} {alias.local_name}"
        people = session.execute(select(Inspector.services, Inspector.languages)).all()
        offered = {service for services, _ in people for service in services}
        return FormChoices(
            next_code=next_code(session),
            clients={code: _named(code, name, country) for code, name, country in clients},
            factories={
                code: _named(code, name, area, local, also.get(code, "")) for code, name, local, area in factories
            },
            services=(*SERVICE_WORDS, *sorted(offered - SERVICE_WORDS.keys())),
            skills=_words(session, select(InspectorSkill.skill), select(Request.skill)),
            languages=tuple(sorted({language for _, languages in people for language in languages})),
            certificates=_words(session, select(InspectorCertificate.certificate)),
            merged={alias.code: kept for kept, alias in aliases},
        )


def find_orders(
    store: Store, text: str = "", client: str | None = None, factory: str | None = None, most: int = MOST_ORDERS
) -> tuple[OrderChoice, ...]:
    """The newest orders of a client or factory whose code or product has a text in it."""
    query = _ORDERS.order_by(Order.id.desc()).limit(most)
    if client is not None:
        query = query.where(Client.code == client)
    if factory is not None:
        query = query.where(Factory.code == factory)
    if text:
        wanted = f"%{text.lower()}%"
        query = query.where(or_(func.lower(Order.code).like(wanted), func.lower(Order.product).like(wanted)))
    with store.session() as session:
        return tuple(OrderChoice(*row) for row in session.execute(query))


def find_order(store: Store, code: str) -> OrderChoice | None:
    """The order of a code; None where there is none."""
    with store.session() as session:
        row = session.execute(_ORDERS.where(Order.code == code)).one_or_none()
        return None if row is None else OrderChoice(*row)


def next_code(session: Session) -> str:
    """The code after the last one of the kind that requests were given last: R00013 after R00012; "" before any."""
    last = session.scalars(select(Request.code).order_by(Request.id.desc()).limit(1)).first()
    found = None if last is None else re.fullmatch(r"(.*?)(\d+)", last)
    if found is None:
        return "" if last is None else f"{last}-2"
    prefix, figures = found.groups()
    alike = Request.code.like(prefix.replace("%", "") + "%")
    query = select(Request.code).where(alike).order_by(func.length(Request.code).desc(), Request.code.desc()).limit(50)
    numbers = [
        int(code.removeprefix(prefix))
        for code in session.scalars(query)
        if re.fullmatch(r"\d+", code.removeprefix(prefix))
    ]
    return f"{prefix}{max([int(figures), *numbers]) + 1:0{len(figures)}}"


def _named(code: str, name: str, detail: str, local: str = "", also: str = "") -> Named:
    said = " ".join(part for part in (local, detail) if part)
    return Named(code, name, said, fold(f"{code} {name} {local} {also}"))


def _words(session: Session, *queries: Any) -> tuple[str, ...]:  # noqa: ANN401 -- selects of one text column
    return tuple(sorted({word for query in queries for word in session.scalars(query.distinct()) if word}))


_ORDERS = (
    select(
        Order.code,
        Client.code,
        Factory.code,
        Order.product,
        Order.quantity,
        Order.production_start,
        Order.daily_rate,
        Order.ready_date,
    )
    .join(Client, Client.id == Order.client_id)
    .join(Factory, Factory.id == Order.factory_id)
)
