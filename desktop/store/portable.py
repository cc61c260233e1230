"""Rows carried between engines: from a server into a SQLite file, and back.

Tables are read from the database itself, not from the records, so that a database of any revision can be carried. Every
table is read back and compared by the hash of its rows; JSON is carried as the text that it is.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Connection,
    Date,
    DateTime,
    LargeBinary,
    MetaData,
    Table,
    Text,
    cast,
    func,
    select,
    text,
    type_coerce,
)
from sqlalchemy.sql.elements import ColumnElement

from desktop.errors import StoreError
from desktop.models.types import UtcTime
from desktop.store.schema import OWN_TABLES

CHUNK = 5000
CHUNK_OF_FILES = 8
"""Rows at once of a table that holds contents of files, each of some megabytes."""

Row = tuple[Any, ...]
Progress = Callable[[str], None]


def carry(source: Connection, target: Connection) -> None:
    """Fill the empty tables of one database with the rows of another of the same revision, keys and all.

    Both connections are in transactions of the caller, who commits. Raises StoreError where what arrives is not what
    was sent.
    """
    theirs, ours = tables_of(source), {table.name: table for table in tables_of(target)}
    for table in theirs:
        sent = hashlib.sha256()
        rows = 0
        into = ours[table.name]
        for chunk in _chunks(source, table):
            rows += len(chunk)
            _add(sent, chunk)
            _insert(target, into, table.columns.keys(), chunk)
        _continue_keys(source, target, table.name)
        arrived = hashlib.sha256()
        for chunk in _chunks(target, into, table.columns.keys()):
            _add(arrived, chunk)
        if sent.digest() != arrived.digest():
            raise StoreError(
                f"The copy of the database is not equal to it: the {rows} rows of {table.name} differ.",
                "Check the disk that it was written to, and try again.",
            )


def tables_of(connection: Connection) -> Sequence[Table]:
    """The tables of a database in an order in which each refers to earlier ones only."""
    metadata = MetaData()
    with warnings.catch_warnings():
        # an index of expressions cannot be read of SQLite, and is not needed: rows are copied
        warnings.filterwarnings("ignore", "Skipped unsupported reflection of expression-based index")
        metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name not in OWN_TABLES]


def row_counts(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    return {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in tables_of(connection)
    }


def _chunks(connection: Connection, table: Table, columns: Sequence[str] | None = None) -> Iterator[Sequence[Row]]:
    """The rows of a table in the order of their keys."""
    names = columns or table.columns.keys()
    query = select(*(_readable(table.c[name]) for name in names)).order_by(table.c.id)
    has_files = any(isinstance(column.type, LargeBinary) for column in table.columns)
    result = connection.execute(query, execution_options={"yield_per": CHUNK_OF_FILES if has_files else CHUNK})
    for chunk in result.partitions():
        yield [tuple(row) for row in chunk]


def _readable(column: ColumnElement[Any]) -> ColumnElement[Any]:
    match column.type:
        case DateTime():
            return type_coerce(column, UtcTime)
        case JSON():
            return cast(column, Text)
    return column


def _add(checksum: Any, rows: Sequence[Row]) -> None:  # noqa: ANN401 -- hashlib names no type for it
    for row in rows:
        checksum.update(repr(row).encode())


def _insert(connection: Connection, table: Table, names: Sequence[str], rows: Sequence[Row]) -> None:
    driver = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        writers = [_writer(table.c[name].type) for name in names]
        columns = ", ".join(f'"{name}"' for name in names)
        marks = ", ".join("?" * len(names))
        statement = f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})'  # noqa: S608 -- names of our schema
        connection.exec_driver_sql(
            statement, [tuple(write(v) for write, v in zip(writers, row, strict=True)) for row in rows]
        )
    elif driver is not None:
        from psycopg import sql  # noqa: PLC0415 -- whoever works with a file need not wait for it

        into = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(table.name), sql.SQL(", ").join(map(sql.Identifier, names))
        )
        with driver.cursor() as cursor, cursor.copy(into) as copy:
            for row in rows:
                copy.write_row(row)


def _writer(kind: object) -> Callable[[Any], Any]:
    """How SQLite keeps values of a type, as SQLAlchemy writes them."""
    match kind:
        case DateTime():
            return lambda v: v and v.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
        case Date():
            return lambda v: v and v.isoformat()
        case Boolean():
            return lambda v: None if v is None else int(v)
    return lambda v: v


def _continue_keys(source: Connection, target: Connection, table: str) -> None:
    """Have a table go on with its keys where it left off: one of a deleted row is not given away again."""
    last = _last_key(source, table)
    if target.dialect.name == "sqlite":
        target.execute(text("DELETE FROM sqlite_sequence WHERE name = :table"), {"table": table})
        target.execute(
            text("INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :last)"), {"table": table, "last": last}
        )
    else:
        target.execute(
            text("SELECT setval(pg_get_serial_sequence(:table, 'id'), :next, false)"),
            {"table": f'"{table}"', "next": last + 1},
        )


def _last_key(connection: Connection, table: str) -> int:
    if connection.dialect.name == "sqlite":
        query = text("SELECT max(seq) FROM sqlite_sequence WHERE name = :table")
        return int(connection.execute(query, {"table": table}).scalar() or 0)
    sequence = connection.execute(
        text("SELECT pg_get_serial_sequence(:table, 'id')"), {"table": f'"{table}"'}
    ).scalar_one()
    query = text(f"SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM {sequence}")  # noqa: S608
    return int(connection.execute(query).scalar_one())
