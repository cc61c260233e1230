"""Answers of map services, kept in the user's cache folder: the same address is not asked for again."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from desktop.services.places.located import Level

_TABLE = """
    CREATE TABLE IF NOT EXISTS answer (
        service TEXT, question TEXT, lat REAL, lon REAL, title TEXT, level TEXT, PRIMARY KEY (service, question)
    )
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """Where a map service sees an address: degrees in WGS-84, its name for the place, and how near that is."""

    lat: float
    lon: float
    title: str
    level: Level


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer given before; None where the service knew none."""

    answer: Answer | None


@dataclass(frozen=True, slots=True)
class AnswerCache:
    """Answers by service and address. Addresses are kept as digests: the file tells nobody who the factories are.

    A file that cannot be read or written costs a question, never a failure.
    """

    path: Path

    def find(self, service: str, country: str, address: str) -> Kept | None:
        """What was answered before; None where nothing was asked."""
        with suppress(sqlite3.Error, OSError), self._open() as connection:
            row = connection.execute(
                "SELECT lat, lon, title, level FROM answer WHERE service = ? AND question = ?",
                (service, _question(country, address)),
            ).fetchone()
            if row is not None:
                lat, lon, title, level = row
                return Kept(None if lat is None else Answer(lat, lon, title, cast("Level", level)))
        return None

    def keep(self, service: str, country: str, address: str, answer: Answer | None) -> None:
        """Keep an answer, and that there is none, too."""
        told = (answer.lat, answer.lon, answer.title, answer.level) if answer else (None, None, None, None)
        with suppress(sqlite3.Error, OSError), self._open() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?, ?)",
                (service, _question(country, address), *told),
            )

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.path)) as connection, connection:
            connection.execute(_TABLE)
            yield connection


def _question(country: str, address: str) -> str:
    words = " ".join(address.casefold().split())
    return hashlib.sha256(f"{country} {words}".encode()).hexdigest()
