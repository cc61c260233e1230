"""Rows written in bulk, with keys handed out beforehand so that rows can refer to each other before they are stored."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from desktop.models import Base
from desktop.models.base import Versioned

CHUNK = 5_000


class RowWriter:
    """Collects rows and inserts them, parents before children. Bypasses the session: nothing of it is in the history.

    All rows of a table added between two flushes name the same columns.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._rows: dict[type[Base], list[dict[str, object]]] = defaultdict(list)
        self._last: dict[type[Base], int] = {}
        self._order = {table: n for n, table in enumerate(Base.metadata.sorted_tables)}

    def add(self, record: type[Base], **values: object) -> int:
        """Add a row, under an `id` reserved before or the next one; returns its key."""
        key = values.get("id")
        if not isinstance(key, int):
            key = values["id"] = self.reserve(record)
        if issubclass(record, Versioned):
            values["version"] = 1
        self._rows[record].append(values)
        return key

    def reserve(self, record: type[Base]) -> int:
        """A key for a row that is added later."""
        if record not in self._last:
            self._last[record] = self._session.scalar(select(func.max(record.id))) or 0
        self._last[record] += 1
        return self._last[record]

    def count(self, record: type[Base]) -> int:
        """Rows of a table so far."""
        return self._last.get(record, 0)

    def flush(self) -> None:
        """Insert what has been collected."""
        connection = self._session.connection()
        for record in sorted(self._rows, key=lambda record: self._order[record.metadata.tables[record.__tablename__]]):
            rows = self._rows[record]
            for first in range(0, len(rows), CHUNK):
                connection.execute(insert(record.__table__), rows[first : first + CHUNK])  # type: ignore[arg-type]
        self._rows.clear()

    def finish(self) -> None:
        """Flush, and tell a PostgreSQL server which keys are taken. SQLite notices by itself."""
        self.flush()
        if self._session.get_bind().dialect.name != "postgresql":
            return
        for record, last in self._last.items():
            statement = text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)")
            self._session.execute(statement, {"name": f'"{record.__tablename__}"', "last": last})
