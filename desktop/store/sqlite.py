"""The embedded engine: which SQLite is used, and how every connection to it is set up."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from types import ModuleType

from sqlalchemy import URL, Connection, Engine, create_engine, event

from desktop.errors import StoreError

APPLICATION_ID = 0x4450524F
"""Marks a file as this program's in SQLite's header: "DPRO"."""

BUSY_SECONDS = 5

# https://sqlite.org/wal.html#walresetbug: two connections that write at once can corrupt a file in WAL mode
_WAL_SAFE = ((3, 51, 3), (3, 50, 7), (3, 44, 6))


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Whether a version of SQLite is without the fault by which resetting the WAL can corrupt a file."""
    return version >= _WAL_SAFE[0] or any(version[:2] == fixed[:2] and version >= fixed for fixed in _WAL_SAFE[1:])


def driver() -> ModuleType:
    """The DB-API module: the bundled SQLite where there is one for this machine, else the interpreter's."""
    try:
        from pysqlite3 import dbapi2  # noqa: PLC0415 -- has no wheel for some machines
    except ImportError:
        return sqlite3.dbapi2
    return dbapi2  # type: ignore[no-any-return]


DRIVER = driver()
JOURNAL_MODE = "WAL" if wal_is_safe(DRIVER.sqlite_version_info) else "TRUNCATE"


def connect(path: Path, mode: str = "rw") -> sqlite3.Connection:
    """A plain connection to a file that exists, in autocommit, for checks and copies. Changes nothing by itself.

    `mode` is that of SQLite's URIs: "rw", "ro", or "ro&immutable=1" for a look without locks.
    """
    connection: sqlite3.Connection = DRIVER.connect(
        f"{path.resolve().as_uri()}?mode={mode}", uri=True, timeout=BUSY_SECONDS, isolation_level=None
    )
    connection.execute("PRAGMA trusted_schema=OFF")
    return connection


def make_engine(path: Path, number: int | None = None) -> Engine:
    """An engine on a file that exists and is this program's.

    A transaction begins with BEGIN, or, on an engine or connection with the execution option `writes`, with BEGIN
    IMMEDIATE: whoever is to write waits at the beginning, instead of failing in the middle.

    Args:
        path: the file.
        number: its schema's; a connection made when another program has brought it to a newer one is refused.
    """
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        module=DRIVER,
        connect_args={"timeout": BUSY_SECONDS},
    )

    @event.listens_for(engine, "connect")
    def on_connect(connection: sqlite3.Connection, _record: object) -> None:
        _set_up(connection)
        if number is not None and connection.execute("PRAGMA user_version").fetchone()[0] != number:
            raise StoreError(
                f"The database {path} has been replaced or updated while it was open.",
                "Close the program and start it again.",
            )

    event.listen(engine, "begin", _on_begin)
    return engine


def _set_up(connection: sqlite3.Connection) -> None:
    connection.isolation_level = None  # this module says BEGIN itself
    for pragma in (
        f"journal_mode={JOURNAL_MODE}",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "trusted_schema=OFF",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _on_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
