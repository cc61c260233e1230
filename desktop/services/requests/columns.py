"""Requests as columns: numbers and texts by position, in arrays, so that a hundred thousand are seen at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop.services.requests.packing import Rows
from desktop.services.requests.rows import RISKS, STATUSES, RequestRow, fold, fold_once

Numbers = NDArray[np.float64]
Mask = NDArray[np.bool_]
Positions = NDArray[np.int64]

NOTHING = float("nan")
FEW = 8  # where fewer than one in so many rows are still in question, they are looked at one by one


@dataclass(slots=True)
class Names:
    """The distinct values of a column, each with its label, the text that is searched, and its number."""

    number: dict[str, int] = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    _ranks: Numbers | None = None

    def with_values(self, values: Mapping[str, tuple[str, str]]) -> Names:
        """These names and some more, or this very object where all are known as they are."""
        fresh = {value: said for value, said in values.items() if self._said(value) != said}
        if not fresh:
            return self
        made = Names(dict(self.number), list(self.labels), list(self.texts))
        for value, (label, text) in fresh.items():
            number = made.number.setdefault(value, len(made.labels))
            if number == len(made.labels):
                made.labels.append(label)
                made.texts.append(text)
            made.labels[number], made.texts[number] = label, text
        return made

    def _said(self, value: str) -> tuple[str, str] | None:
        number = self.number.get(value)
        return None if number is None else (self.labels[number], self.texts[number])

    def ranks(self) -> Numbers:
        """By number, the place of each value in the order of labels."""
        if self._ranks is None:
            order = sorted(range(len(self.labels)), key=lambda n: (fold(self.labels[n]), self.labels[n]))
            self._ranks = np.zeros(len(order))
            self._ranks[order] = np.arange(len(order))
        return self._ranks

    def having(self, word: str) -> Mask:
        """By number, whether a word occurs in the text."""
        return np.fromiter((word in text for text in self.texts), np.bool_, len(self.texts))

    def among(self, values: Collection[str]) -> Mask:
        """By number, whether it is one of some values."""
        mask = np.zeros(len(self.labels), np.bool_)
        mask[[self.number[value] for value in values if value in self.number]] = True
        return mask


NAMED: Mapping[str, Callable[[RequestRow], tuple[str, str, str]]] = {
    "client": lambda row: (row.client, row.client_name, f"{row.client} {row.client_name}"),
    "factory": lambda row: (
        row.factory.code,
        row.factory.name,
        f"{row.factory.code} {row.factory.name} {row.factory.local_name}",
    ),
    "area": lambda row: (row.factory.area, row.factory.area, row.factory.area),
    "country": lambda row: (row.factory.country, row.factory.country, row.factory.country),
    "service": lambda row: (row.service, row.service, row.service),
}
"""Columns of few distinct values: value, label and what is searched, before folding."""

NUMBERS: Mapping[str, Callable[[RequestRow], float]] = {
    "received": lambda row: row.received.timestamp(),
    "target": lambda row: NOTHING if row.target is None else row.target.timestamp(),
    "made": lambda row: NOTHING if row.made is None else row.made.now,
    "man_days": lambda row: row.man_days,
    "sample": lambda row: NOTHING if row.sample is None else row.sample.pieces,
    "price": lambda row: row.price_cents,
    "status": lambda row: STATUSES.index(row.status),
    "earliest": lambda row: NOTHING if row.earliest is None else row.earliest.toordinal(),
    "latest": lambda row: NOTHING if row.latest is None else row.latest.toordinal(),
    "visit": lambda row: NOTHING if row.place is None else row.place.first_slot,
    "pinned": lambda row: row.pinned,
}


class Columns:
    """All of it by position. `put` is for one that nobody else holds yet; everybody else only reads.

    Attributes:
        rows: the requests.
        codes: of the requests.
        keys: of the requests.
        place: position by key.
        names: distinct values by column of NAMED.
        coded: their numbers, by position.
        numbers: by column of NUMBERS, and "risk": the number of the worst risk.
        risks: a bit for each risk of RISKS.
        texts: what of each is searched beside its names.
    """

    def __init__(self) -> None:
        self.rows = Rows([], {})
        self.codes: list[str] = []
        self.keys: Positions = np.empty(0, np.int64)
        self.place: dict[int, int] = {}
        self.names: dict[str, Names] = {name: Names() for name in NAMED}
        self.coded: dict[str, NDArray[np.int64]] = {name: np.empty(0, np.int64) for name in NAMED}
        self.numbers: dict[str, Numbers] = {name: np.empty(0) for name in (*NUMBERS, "risk")}
        self.risks: NDArray[np.int64] = np.empty(0, np.int64)
        self.texts: list[str] = []
        self._blob: tuple[str, Positions] | None = None
        self._by_code: dict[str, int] | None = None

    def copy(self) -> Columns:
        """The same to put more into."""
        made = self._with(lambda column: column.copy())
        made.rows, made.codes, made.place = self.rows.taken(), list(self.codes), dict(self.place)
        made.texts = list(self.texts)
        return made

    def taken(self, positions: Positions) -> Columns:
        """Some of it."""
        made = self._with(lambda column: column[positions])
        places = positions.tolist()
        made.rows, made.codes = self.rows.taken(places), [self.codes[n] for n in places]
        made.place = {key: n for n, key in enumerate(made.keys.tolist())}
        made.texts = [self.texts[n] for n in places]
        return made

    def _with(self, take: Callable[[NDArray[Any]], NDArray[Any]]) -> Columns:
        made = Columns()
        made.names = dict(self.names)
        made.coded = {name: take(column) for name, column in self.coded.items()}
        made.numbers = {name: take(column) for name, column in self.numbers.items()}
        made.risks, made.keys = take(self.risks), take(self.keys)
        return made

    def put(self, rows: Sequence[RequestRow], now: dt.datetime) -> None:
        """Add rows, or replace those of the same keys. Risks are those of a moment."""
        at = np.fromiter((self._put_row(row) for row in rows), np.int64, len(rows))
        size = len(self.rows)
        self.keys = _grown(self.keys, size)
        self.keys[at] = [row.id for row in rows]
        for name, read in NAMED.items():
            read_rows = [read(row) for row in rows]
            values = {value: (label, fold(text)) for value, label, text in set(read_rows)}
            names = self.names[name] = self.names[name].with_values(values)
            self.coded[name] = _grown(self.coded[name], size)
            self.coded[name][at] = [names.number[value] for value, _, _ in read_rows]
        for name, number_of in NUMBERS.items():
            self.numbers[name] = _grown(self.numbers[name], size)
            self.numbers[name][at] = np.fromiter(map(number_of, rows), np.float64, len(rows))
        found = [[RISKS.index(risk.kind) for risk in row.risks(now)] if row.is_open else [] for row in rows]
        self.risks = _grown(self.risks, size)
        self.risks[at] = [sum(1 << kind for kind in kinds) for kinds in found]
        self.numbers["risk"] = _grown(self.numbers["risk"], size)
        self.numbers["risk"][at] = [min(kinds, default=len(RISKS)) for kinds in found]
        self._blob = None
        self._by_code = None

    def _put_row(self, row: RequestRow) -> int:
        place = self.place.setdefault(row.id, len(self.rows))
        if place == len(self.rows):
            self.codes.append("")
            self.texts.append("")
        self.rows.put(place, row)
        self.codes[place] = row.code
        self.texts[place] = _own_text(row)
        return place

    def having(self, word: str, among: Mask) -> Mask:
        """Which rows have a word somewhere; those that are not among some need not be told."""
        mask = np.zeros(len(self.rows), np.bool_)
        for name, names in self.names.items():
            if names.texts:
                mask |= names.having(word)[self.coded[name]]
        rest = among & ~mask
        if rest.sum() * FEW < len(self.rows):
            mask[[n for n in np.flatnonzero(rest).tolist() if word in self.texts[n]]] = True
        else:
            mask[self._found(word)] = True
        return mask

    def position_of_code(self, code: str) -> int | None:
        """The position of the request of a code."""
        if self._by_code is None:
            self._by_code = {code: n for n, code in enumerate(self.codes)}
        return self._by_code.get(code)

    def prepare(self) -> None:
        """Make now what the first search and the first order by names would have to make."""
        for names in self.names.values():
            names.ranks()
        self.position_of_code("")
        if self._blob is None:
            ends = np.cumsum([len(text) + 1 for text in self.texts], dtype=np.int64)
            self._blob = "\n".join((*self.texts, "")), ends

    def _found(self, word: str) -> Positions:
        """Positions of rows whose own text has a word: one search through all texts as one, line by line."""
        if self._blob is None:
            self.prepare()
        blob, ends = self._blob or ("", np.empty(0, np.int64))
        hits = []
        at = blob.find(word)
        while at >= 0:
            hits.append(at)
            at = blob.find(word, blob.find("\n", at))
        return np.searchsorted(ends, hits, side="right").astype(np.int64)


def _own_text(row: RequestRow) -> str:
    """What of a request is searched beside the names that it shares with others. A single line."""
    people = row.place.people if row.place is not None else ()
    return " ".join(fold_once(" ".join((row.code, row.order, row.skill, *people, row.note))).split())


def _grown(column: NDArray[Any], size: int) -> NDArray[Any]:
    if len(column) == size:
        return column
    grown = np.zeros(size, column.dtype)
    grown[: len(column)] = column
    return grown
