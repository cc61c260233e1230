"""What rows are judged by: codes known to the database or to the file, and facts of the records they refer to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Base, Factory, Inspector, Order, Plan, Request, Visit
from desktop.services.exchange.codes import MODELS, Codes, chunks
from desktop.services.exchange.columns import Sheet, Values
from desktop.services.exchange.kinds import SERVICE_WORDS
from desktop.services.exchange.records import Key
from desktop.services.lookup import near_codes
from scheduler.problem import Mode

# Near matches are looked up for so many mistyped codes of a file.
MOST_GUESSES = 200


class Context:
    """The facts that judging needs, fetched in bulk before each kind of row.

    Attributes:
        zones: time zone by code of factory.
        orders: client and factory by code of order.
        services: those that somebody offers or has asked for.
        booked: codes of stored orders that have bookings.
        planned: the modes in which stored bookings stand in plans that are not over, by code.
        warnings: what judging found odd.
    """

    def __init__(self, session: Session, codes: Codes) -> None:
        self.zones: dict[str, str] = {}
        self.orders: dict[str, tuple[str, str]] = {}
        self.services: set[str] = set(SERVICE_WORDS)
        self.booked: set[str] = set()
        self.planned: dict[str, set[Mode]] = {}
        self.warnings: list[str] = []
        self._session = session
        self._codes = codes
        self._in_file: dict[str, set[str]] = {}
        self._faulty: dict[str, set[str]] = {}
        self._guesses: dict[tuple[str, str], str] = {}

    def knows(self, kind: str, code: str) -> bool:
        """Whether a record of that code is stored, or would be by this file."""
        return self._codes.id_of(kind, code) is not None or code in self._in_file.get(kind, ())

    def is_faulty(self, kind: str, code: str) -> bool:
        """Whether the file has a row of that code that cannot be stored."""
        return code in self._faulty.get(kind, ())

    def guess(self, kind: str, code: str) -> str:
        """What may have been meant by an unknown code: "Maybe F0012?", or ""."""
        if (kind, code) not in self._guesses:
            near = near_codes(self._session, MODELS[kind], code) if len(self._guesses) < MOST_GUESSES else []
            self._guesses[kind, code] = f"Maybe {' or '.join(near)}?" if near else ""
        return self._guesses[kind, code]

    def note_file_codes(self, kind: str, good: Iterable[str], faulty: Iterable[str]) -> None:
        """Note which records the file stores, and which it would but for their faults."""
        self._in_file.setdefault(kind, set()).update(good)
        self._faulty.setdefault(kind, set()).update(faulty)

    def note(self, sheet: Sheet, values: Values) -> None:
        """Note what a row without fault says, for rows that refer to it."""
        if sheet.kind == "factory":
            self.zones[values["code"]] = values["time_zone"]
        elif sheet.kind == "order":
            self.orders[values["code"]] = (values["client"], values["factory"])
        elif sheet.kind == "inspector":
            self.services.update(values["services"])

    def prepare(self, sheet: Sheet, rows: Sequence[Values], existing: Mapping[Key, Sequence[Base]]) -> None:
        """Fetch what rows of a kind are judged by."""
        stored: list[Any] = [record for records in existing.values() for record in records]
        if sheet.kind == "order":
            self._fetch_booked(stored)
        elif sheet.kind == "request":
            self._fetch_services()
            self._fetch_orders({row["order"] for row in rows if row.get("order")} | self._orders_of(stored))
            self._fetch_zones()
            self._fetch_planned(stored)

    def _orders_of(self, requests: Sequence[Request]) -> set[str]:
        return {self._codes.code_of("order", row.order_id) for row in requests if row.order_id is not None}

    def _fetch_booked(self, orders: Sequence[Order]) -> None:
        for portion in chunks(order.id for order in orders):
            query = select(Order.code).join(Request, Request.order_id == Order.id).where(Order.id.in_(portion))
            self.booked.update(self._session.scalars(query.distinct()))

    def _fetch_services(self) -> None:
        for services in self._session.scalars(select(Inspector.services)):
            self.services.update(services)
        self.services.update(self._session.scalars(select(Request.service).distinct()))

    def _fetch_orders(self, codes: set[str]) -> None:
        found: list[Any] = []
        for portion in chunks(codes - self.orders.keys()):
            query = select(Order.code, Order.client_id, Order.factory_id).where(Order.code.in_(portion))
            found.extend(self._session.execute(query).all())
        self._codes.fetch_ids("client", {row.client_id for row in found})
        self._codes.fetch_ids("factory", {row.factory_id for row in found})
        for code, client, factory in found:
            self.orders[code] = (self._codes.code_of("client", client), self._codes.code_of("factory", factory))

    def _fetch_zones(self) -> None:
        stored = {row.code: row.time_zone for row in self._session.execute(select(Factory.code, Factory.time_zone))}
        self.zones = stored | self.zones

    def _fetch_planned(self, requests: Sequence[Request]) -> None:
        by_id = {request.id: request for request in requests}
        for portion in chunks(by_id):
            query = (
                select(Visit.request_id, Visit.mode)
                .join(Plan, Plan.id == Visit.plan_id)
                .where(
                    Visit.request_id.in_(portion),
                    Plan.status.in_(("draft", "published")),
                    Visit.status != "cancelled",
                )
            )
            for request_id, mode in self._session.execute(query):
                request = by_id[request_id]
                self.planned.setdefault(request.code, set()).add(request.modes[mode])
