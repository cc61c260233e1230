"""PostgreSQL databases: their tables made, or brought to the newest schema, in one transaction."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, inspect, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

from desktop.clock import SystemClock
from desktop.config import APP_NAME
from desktop.errors import StoreError
from desktop.store import sqlite
from desktop.store.copying import check_copy, finish, opened, publish, refuse_to_replace, unfinished
from desktop.store.faults import file_errors, reason_of
from desktop.store.files import migrate
from desktop.store.health import newer
from desktop.store.portable import carry, row_counts
from desktop.store.retention import backup_name, unused
from desktop.store.schema import Migrations, number_of, revision_of
from desktop.store.upkeep import Upkeep

CONNECT_SECONDS = 10
_TURN = 0x4450524F
"""The advisory lock of whoever makes, updates or replaces the tables."""


def make_engine(url: URL) -> Engine:
    """An engine on a server. Whoever waits for a lock gives up after as long as on SQLite."""
    options = {"connect_timeout": CONNECT_SECONDS, "application_name": APP_NAME}
    if "options" not in url.query:
        options["options"] = f"-c lock_timeout={sqlite.BUSY_SECONDS}s"
    return create_engine(url, pool_pre_ping=True, connect_args=options)


def bring_up_to_date(engine: Engine, name: str, upkeep: Upkeep, *, create: bool) -> None:
    """Make the tables where there are none (with `create`), or migrate those of an older schema after a backup.

    Raises:
        StoreError: it is of a newer version or another program, has no tables, or the migration failed; in any case
            the database is as it was.
    """
    migrations = upkeep.migrations
    with engine.connect() as connection:
        if _revision(connection, name, migrations) == migrations.head:
            return
    with engine.begin() as connection:
        take_turn(connection)
        revision = _revision(connection, name, migrations)
        if revision is None and not create:
            raise StoreError(f"The database {name} has no tables yet.", "Fill it with `dupro-desk demo` or `restore`.")
        if revision is None:
            migrations.upgrade(connection)
        elif revision != migrations.head:
            kept = unused(
                upkeep.backups / backup_name(stem_of(engine), SystemClock().now(), f"before-schema-{migrations.number}")
            )
            write_file(connection, kept, migrations, revision)
            upkeep.say(f"Backed up {name} to {kept}.")
            _migrate(connection, name, migrations, kept)
            upkeep.say(f"Updated {name} from schema {number_of(revision)} to {migrations.number}.")


def take_turn(connection: Connection) -> None:
    """Wait until nobody else makes, updates or replaces the tables."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})


def stem_of(engine: Engine) -> str:
    """What files that concern the database are called after."""
    return str(engine.url.database)


def write_file(connection: Connection, path: Path, migrations: Migrations, revision: str) -> Path:
    """Copy a database into a new SQLite file of the same revision, checked, on the disk, with its seal."""
    refuse_to_replace(path)
    with file_errors(path), unfinished(path) as draft:
        with opened(draft) as file:
            file.execute(f"PRAGMA application_id={sqlite.APPLICATION_ID}")
        migrate(draft, migrations, revision)
        engine = sqlite.make_engine(draft)
        try:
            with engine.begin() as target:
                carry(connection, target)
        finally:
            engine.dispose()
        with opened(draft) as file:
            finish(file)
        check_copy(draft, row_counts(connection))
        publish(draft, path)
    return path


def _revision(connection: Connection, name: str, migrations: Migrations) -> str | None:
    revision = revision_of(connection)
    if revision is not None and migrations.knows(revision):
        return revision
    tables = inspect(connection).get_table_names()
    if revision is not None and "change" in tables:
        writer = connection.execute(text('SELECT app_version FROM "change" ORDER BY id DESC LIMIT 1')).scalar()
        raise newer(name, number_of(revision), migrations, writer)
    if tables:
        raise StoreError(
            f"The database {name} holds tables of another program ({', '.join(sorted(tables)[:3])}).",
            "Have an empty database created for this program, and name that.",
        )
    return None


def _migrate(connection: Connection, name: str, migrations: Migrations, kept: Path) -> None:
    before = row_counts(connection)
    try:
        migrations.upgrade(connection)
        connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    except SQLAlchemyError as error:
        raise StoreError(
            f"The database {name} cannot be updated to schema {migrations.number} ({reason_of(error)}). "
            "It was left as it was.",
            f"Report this; a copy is in {kept}. The earlier version of the program still opens it.",
        ) from error
    after = row_counts(connection)
    for table in before.keys() & after.keys():
        if before[table] != after[table]:
            raise StoreError(
                f"The update would change the number of rows of {table} from {before[table]} to {after[table]}. "
                "The database was left as it was.",
                f"Report this; a copy is in {kept}.",
            )
