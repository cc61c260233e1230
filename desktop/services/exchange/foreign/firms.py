"""Whom the names of a booking list mean: clients, factories and bookings on record, and codes for new ones."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Client, Factory, FactoryAlias, Order, Request
from desktop.services.exchange.codes import chunks
from desktop.services.exchange.headers import folded
from desktop.services.places.duplicates import FactoryIndex, read_entries
from desktop.services.places.resemblance import FactoryEntry
from desktop.services.requests.cards import next_code
from desktop.store.engine import Store

TAKEN = 0.85
"""From which likelihood on a name is taken for a record's without asking; below, it is offered and a new one made."""

NEW = ""
"""Stands for the code of a record that does not exist yet."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a name in a file was taken for.

    Attributes:
        kind: "factory" or "client".
        name: as the file writes it.
        code: of the record, or the one that a new record gets.
        is_new: whether it is one.
        score: 0 to 1, how likely the record is meant; 1 for a new one.
        why: in words.
        offers: codes and names of records that may be meant, the likeliest first.
    """

    kind: str
    name: str
    code: str
    is_new: bool
    score: float
    why: str
    offers: tuple[tuple[str, str], ...] = ()


def read_clients(session: Session) -> Mapping[str, str]:
    """The names of all clients by code, in the order of the names."""
    return {row.code: row.name for row in session.execute(select(Client.code, Client.name).order_by(Client.name))}


def client_names(store: Store) -> Mapping[str, str]:
    """The same of a database."""
    with store.session() as session:
        return read_clients(session)


class Firms:
    """The records that rows of a booking list may mean.

    Attributes:
        named: what was found, by kind and folded name.
    """

    def __init__(self, session: Session, chosen: Mapping[tuple[str, str], str]) -> None:
        """Read what is on record. `chosen`: codes by kind and folded name that somebody has said; NEW for a new one."""
        self._session = session
        self._chosen = chosen
        self.named: dict[tuple[str, str], Named] = {}
        self._clients = read_clients(session)
        self._client_codes = {folded(text): code for code, told in self._clients.items() for text in (told, code)}
        self._entries = {entry.code: entry for entry in read_entries(session)}
        self._index = FactoryIndex(self._entries.values())
        self._factories: dict[str, str] = {}
        for entry in self._entries.values():
            for text in (entry.name, entry.local_name, entry.code):
                self._factories.setdefault(folded(text), entry.code)
        aliases = select(FactoryAlias.code, FactoryAlias.name, FactoryAlias.local_name, Factory.code.label("ours"))
        for row in session.execute(aliases.join(Factory, Factory.id == FactoryAlias.factory_id)):
            for text in (row.code, row.name, row.local_name):
                self._factories.setdefault(folded(text), row.ours)
        self._factories.pop("", None)
        self._new_clients = _codes_after(self._clients, "C001")
        self._new_factories = _codes_after(self._entries, "F001")
        self._new_bookings = _counted(next_code(session) or "R00001")
        self._bookings: dict[tuple[str, str], list[str]] = {}

    def fetch_bookings(self, orders: Iterable[str]) -> None:
        """Read which bookings stand for some orders."""
        for portion in chunks(sorted(set(orders))):
            query = (
                select(Order.code, Request.service, Request.code)
                .join(Request, Request.order_id == Order.id)
                .where(Order.code.in_(portion), Request.status != "cancelled")
                .order_by(Request.id)
            )
            for order, service, code in self._session.execute(query):
                self._bookings.setdefault((order, service), []).append(code)

    def knows_order(self, code: str) -> bool:
        """Whether an order is on record."""
        return self._session.scalars(select(Order.id).where(Order.code == code)).first() is not None

    def booking(self, order: str, service: str, nth: int) -> str:
        """The code for a row that names none: of the nth booking on record of its order and service, or a new one."""
        standing = self._bookings.get((order, service), [])
        return standing[nth] if nth < len(standing) else next(self._new_bookings)

    def client(self, name: str) -> Named:
        """Whom a client's name or code means."""
        key = ("client", folded(name))
        if key not in self.named:
            self.named[key] = self._find_client(name, key)
        return self.named[key]

    def factory(self, given: FactoryEntry) -> Named:
        """Which factory is meant by what a row says of one."""
        name = given.name or given.local_name or given.code or given.address
        key = ("factory", folded(name))
        if key not in self.named:
            self.named[key] = self._find_factory(name, given, key)
        return self.named[key]

    def _find_client(self, name: str, key: tuple[str, str]) -> Named:
        near = process.extract(
            name, self._clients, scorer=fuzz.token_set_ratio, processor=str.casefold, limit=3, score_cutoff=60
        )
        offers = tuple((code, self._clients[code]) for _, _, code in near)
        if (said := self._chosen.get(key)) is not None:
            return self._as_said(key[0], name, said, self._new_clients, offers)
        if (code := self._client_codes.get(key[1])) is not None:
            return Named("client", name, code, False, 1.0, "the same name or code")
        if near and near[0][1] / 100 >= TAKEN:
            return Named("client", name, near[0][2], False, near[0][1] / 100, "a name much like it", offers)
        return Named("client", name, next(self._new_clients), True, 1.0, "no such client", offers)

    def _find_factory(self, name: str, given: FactoryEntry, key: tuple[str, str]) -> Named:
        countries = (given.country,) if given.country else ("CN", "VN")
        like = [
            found
            for country in countries
            for found in self._index.like(
                FactoryEntry("", given.name, given.local_name, given.address, given.phone, country)
            )
        ]
        like.sort(key=lambda found: -found.score)
        offers = tuple((found.kept.code, found.kept.name) for found in like)
        if (said := self._chosen.get(key)) is not None:
            return self._as_said(key[0], name, said, self._new_factories, offers)
        for text in (given.code, given.name, given.local_name):
            if (code := self._factories.get(folded(text))) is not None:
                return Named("factory", name, code, False, 1.0, "the same name or code")
        if like and like[0].score >= TAKEN:
            return Named("factory", name, like[0].kept.code, False, like[0].score, like[0].why, offers)
        code = given.code or next(self._new_factories)
        why = f"maybe {like[0].kept.code}, {like[0].kept.name}: {like[0].why}" if like else "no factory is like it"
        return Named("factory", name, code, True, 1.0 - (like[0].score if like else 0.0), why, offers)

    def _as_said(
        self, kind: str, name: str, code: str, new: Iterator[str], offers: tuple[tuple[str, str], ...]
    ) -> Named:
        if code == NEW:
            return Named(kind, name, next(new), True, 1.0, "as you said", offers)
        return Named(kind, name, code, False, 1.0, "as you said", offers)


def _codes_after(codes: Iterable[str], first: str) -> Iterator[str]:
    """Codes that follow the highest of those that end in a number; `first` and on where there is none."""
    numbered = [found for code in codes if (found := re.fullmatch(r"(.*?)(\d+)", code))]
    if not numbered:
        return _counted(first)
    last = max(numbered, key=lambda found: int(found[2]))
    return _counted(f"{last[1]}{int(last[2]) + 1:0{len(last[2])}}")


def _counted(first: str) -> Iterator[str]:
    found = re.fullmatch(r"(.*?)(\d+)", first)
    prefix, figures = (found[1], found[2]) if found else (f"{first}-", "2")
    return (f"{prefix}{number:0{len(figures)}}" for number in itertools.count(int(figures)))
