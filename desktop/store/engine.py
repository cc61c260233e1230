"""A database of this program: found, made or brought up to date, and ready for sessions."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Engine, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.orm import Session

from desktop.config import data_folder
from desktop.errors import StoreError
from desktop.store import servers, sqlite
from desktop.store.faults import tell_of_store_errors, translate
from desktop.store.files import create_file, synced_by, upgrade_file
from desktop.store.health import check_place, examine
from desktop.store.schema import Migrations
from desktop.store.upkeep import Listener, Upkeep


class Store:
    """An open database at the newest revision. Use as a context manager, or call `dispose`.

    Attributes:
        engine: the SQLAlchemy engine.
        url: where it is, without a password.
        name: what to call it in a sentence.
        path: its file, where it has one.
        backups: where automatic backups go.
    """

    def __init__(self, url: URL, engine: Engine, backups: Path) -> None:
        self.engine = engine
        self.backups = backups
        self.url = url.render_as_string(hide_password=True)
        self.is_sqlite = url.get_backend_name() == "sqlite"
        self.path = Path(str(url.database)) if self.is_sqlite else None
        self.name = (
            str(self.path) if self.path else f"{url.database} on {url.host or url.query.get('host', 'this machine')}"
        )
        self.writing = engine.execution_options(writes=True)
        # one snapshot for all that is read, as SQLite gives anyhow
        tell_of_store_errors(engine, self.name)
        self.reading = engine if self.is_sqlite else engine.execution_options(isolation_level="REPEATABLE READ")
        self._identity = None if self.path is None else _identity(self.path)

    def session(self, *, write: bool = False) -> Session:
        """A session. Without `write` everything it reads is of one moment.

        A session that is to change what others may change at the same time is opened with `write` (a UnitOfWork
        does): on SQLite it waits for its turn at its first statement instead of failing at its first change.
        """
        return Session(self.writing if write else self.reading, autoflush=True, expire_on_commit=False)

    def check_presence(self) -> None:
        """Raise StoreError where the file has been moved, removed or replaced since it was opened.

        An open connection would go on with a file that nobody finds any more. A server is not asked.
        """
        if self.path is None or (now := _identity(self.path)) == self._identity:
            return
        if now is None:
            raise StoreError(
                f"The database {self.path} is no longer there: it was moved, renamed or removed.",
                "Put it back where it was. Nothing that was stored is lost, and nothing is stored meanwhile.",
            )
        raise StoreError(
            f"Another file has taken the place of the database {self.path}.", "Open it again to work with that one."
        )

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
    url: str,
    *,
    create: bool = True,
    on_message: Listener | None = None,
    migrations: Migrations | None = None,
    backups: Path | None = None,
) -> Store:
    """Open a database, made where there is none, backed up and brought to the newest schema where it is older.

    Args:
        url: a SQLAlchemy URL (sqlite or postgresql), or the path of a SQLite file.
        create: make it where there is none; else that is an error.
        on_message: told what was done beside opening, in sentences.
        migrations: the schemas that this program knows.
        backups: where automatic backups go; else beside the file, or for a server into the user's data folder.

    Raises:
        StoreError: it is missing, of a newer version or of another program, damaged, locked, or cannot be reached.
    """
    parsed = parse_url(url)
    migrations = migrations or Migrations()
    say = on_message or _nobody
    if parsed.get_backend_name() == "sqlite":
        path = Path(str(parsed.database))
        backups = backups or path.absolute().parent / "backups"
        _open_file(path, Upkeep(migrations, backups, say), create=create)
        return Store(parsed, sqlite.make_engine(path, migrations.number), backups)
    store = Store(parsed, servers.make_engine(parsed), backups or data_folder() / "backups")
    try:
        servers.bring_up_to_date(store.engine, store.name, Upkeep(migrations, store.backups, say), create=create)
    except BaseException as error:
        store.dispose()
        if isinstance(error, SQLAlchemyError):
            raise translate(error, store.name) from error
        raise
    return store


def _open_file(path: Path, upkeep: Upkeep, *, create: bool) -> None:
    check_place(path)
    if create and not path.exists():
        create_file(path, upkeep.migrations)
        if service := synced_by(path):
            upkeep.say(
                f"The folder {service} seems to be copied to other machines by a service: that can damage a database "
                "in use. Keep it elsewhere, and backups there."
            )
    if examine(path, upkeep.migrations).is_older:
        upgrade_file(path, upkeep)


def _nobody(_message: str) -> None:
    """Stands where nobody listens."""


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells a file from another of the same name; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
