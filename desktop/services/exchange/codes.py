"""The codes of records and their keys, fetched in bulk and kept for one import."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from desktop.models import Client, Factory, Inspector, Order, Request

T = TypeVar("T")

MODELS: dict[str, Any] = {
    "client": Client,
    "factory": Factory,
    "order": Order,
    "inspector": Inspector,
    "request": Request,
}
"""The records that have a code, by kind of sheet."""

# Engines limit the values of one statement; SQLite to 32,766.
CHUNK = 1000


def chunks(values: Iterable[T]) -> Iterator[Sequence[T]]:
    """Values in portions that fit into one statement."""
    rest = iter(values)
    while portion := list(itertools.islice(rest, CHUNK)):
        yield portion


class Codes:
    """Codes and keys of records; what was not fetched is unknown."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._ids: dict[str, dict[str, int]] = {kind: {} for kind in MODELS}
        self._codes: dict[str, dict[int, str]] = {kind: {} for kind in MODELS}

    def fetch(self, kind: str, codes: Iterable[str]) -> None:
        """Look these codes up."""
        model = MODELS[kind]
        for portion in chunks(set(codes) - self._ids[kind].keys()):
            self._note(kind, select(model.code, model.id).where(model.code.in_(portion)))

    def fetch_ids(self, kind: str, ids: Iterable[int]) -> None:
        """Look up the codes of these keys."""
        model = MODELS[kind]
        for portion in chunks(set(ids) - self._codes[kind].keys()):
            self._note(kind, select(model.code, model.id).where(model.id.in_(portion)))

    def add(self, kind: str, code: str, row_id: int) -> None:
        """Note a record that has just been stored."""
        self._ids[kind][code] = row_id
        self._codes[kind][row_id] = code

    def id_of(self, kind: str, code: str) -> int | None:
        """The key of a code that was fetched; None where there is no such record."""
        return self._ids[kind].get(code)

    def code_of(self, kind: str, row_id: int) -> str:
        """The code of a key that was fetched."""
        return self._codes[kind][row_id]

    def known(self, kind: str) -> frozenset[str]:
        """The codes that were fetched and exist."""
        return frozenset(self._ids[kind])

    def _note(self, kind: str, query: Select[str, int]) -> None:
        for code, row_id in self._session.execute(query):
            self.add(kind, code, row_id)
