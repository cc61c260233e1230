"""A database of this program: found, made or brought up to date, and ready for sessions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Engine, create_engine, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.orm import Session

from desktop.errors import StoreError
from desktop.store import sqlite
from desktop.store.faults import translate
from desktop.store.schema import Migrations

Listener = Callable[[str], None]


class Store:
    """An open database at the newest revision. Use as a context manager, or call `dispose`.

    Attributes:
        engine: the SQLAlchemy engine.
        url: where it is, without a password.
        name: what to call it in a sentence.
        path: its file, where it has one.
    """

    def __init__(self, url: URL, engine: Engine) -> None:
        self.engine = engine
        self.url = url.render_as_string(hide_password=True)
        self.is_sqlite = url.get_backend_name() == "sqlite"
        self.path = Path(str(url.database)) if self.is_sqlite else None
        self.name = (
            str(self.path) if self.path else f"{url.database} on {url.host or url.query.get('host', 'this machine')}"
        )
        self._writing = engine.execution_options(writes=True)
        # one snapshot for all that is read, as SQLite gives anyhow
        self._reading = engine if self.is_sqlite else engine.execution_options(isolation_level="REPEATABLE READ")

    def session(self, *, write: bool = False) -> Session:
        """A session. Without `write` everything it reads is of one moment.

        A session that is to change what others may change at the same time is opened with `write` (a UnitOfWork
        does): on SQLite it waits for its turn at its first statement instead of failing at its first change.
        """
        return Session(self._writing if write else self._reading, autoflush=True, expire_on_commit=False)

    def dispose(self) -> None:
        """Close all connections. The store is not used any more."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.dispose()


def parse_url(url: str) -> URL:
    """A database URL, or the path of a SQLite file, as a URL with the driver named. Raises StoreError."""
    try:
        parsed = make_url(url if "://" in url else f"sqlite:///{url}")
    except (ArgumentError, ValueError) as error:
        raise StoreError(
            f"{url!r} does not name a database.",
            "Give a file, as in sqlite:///plans.db, or a server, as in postgresql://user@host/plans.",
        ) from error
    backend = parsed.get_backend_name()
    if backend in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise StoreError(f"A database of kind {backend!r} is not supported.", "Use sqlite:/// or postgresql://.")
    if not parsed.database or parsed.database == ":memory:":
        raise StoreError(f"{url!r} names no file.", "Give one, as in sqlite:///plans.db.")
    return parsed


def open_store(
    url: str, *, create: bool = True, on_message: Listener | None = None, migrations: Migrations | None = None
) -> Store:
    """Open a database, made where there is none (with `create`), brought to the newest revision where it is older.

    Raises:
        StoreError: it is missing, of a newer version or of another program, damaged, locked, or cannot be reached.
    """
    parsed = parse_url(url)
    migrations = migrations or Migrations()
    if parsed.get_backend_name() == "sqlite":
        path = Path(str(parsed.database))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        engine = sqlite.make_engine(path)
    else:
        engine = create_engine(parsed, pool_pre_ping=True)
    store = Store(parsed, engine)
    try:
        with store._writing.begin() as connection:  # noqa: SLF001
            migrations.upgrade(connection)
    except SQLAlchemyError as error:
        raise translate(error, store.name) from error
    return store
