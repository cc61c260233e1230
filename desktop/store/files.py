"""SQLite files: made whole or not at all, and brought to the newest schema without risk to what they hold."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sqlite3
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from desktop.clock import SystemClock
from desktop.errors import DomainError, StoreError
from desktop.store import sqlite
from desktop.store.copying import copy_pages, copy_verified, opened, unfinished
from desktop.store.faults import file_errors, reason_of, translate
from desktop.store.health import examine
from desktop.store.integrity import check_references, check_whole, row_counts, settle
from desktop.store.retention import backup_name
from desktop.store.schema import Migrations
from desktop.store.upkeep import Upkeep

_SYNCED = ("onedrive", "dropbox", "google drive", "icloud", "nextcloud", "坚果云")


def synced_by(path: Path) -> str | None:
    """The folder above a file that a service seems to copy to other machines, if any."""
    parts = path.resolve().parent.parts
    return next((part for part in parts if any(word in part.casefold() for word in _SYNCED)), None)


def create_file(path: Path, migrations: Migrations) -> None:
    """Make an empty database. It has its name only when it is complete; if another program was quicker, its stays."""
    with file_errors(path), unfinished(path) as draft:
        with opened(draft) as connection:
            connection.execute(f"PRAGMA application_id={sqlite.APPLICATION_ID}")
        migrate(draft, migrations)
        with contextlib.suppress(FileExistsError):
            give_name(draft, path)


def give_name(draft: Path, path: Path) -> None:
    """Give a finished file its name. Raises FileExistsError where there is a file of that name by now."""
    settle(draft)
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:  # a disk that knows no links
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        draft.rename(path)
    settle(path)


def migrate(path: Path, migrations: Migrations, revision: str = "head") -> None:
    """Bring a file that nobody else uses to a schema, in one transaction."""
    engine = sqlite.make_engine(path)
    try:
        with engine.connect() as connection:
            # batch mode rebuilds tables: dropping the old one would count as deleting the rows that others refer to
            driver = connection.connection.driver_connection
            if driver is not None:
                driver.execute("PRAGMA foreign_keys=OFF")
            migrations.upgrade(connection, revision)
            connection.commit()
    except SQLAlchemyError as error:
        raise translate(error, str(path)) from error
    finally:
        engine.dispose()


def lock(connection: sqlite3.Connection) -> None:
    """Keep a file for one connection until it is closed: nobody else may even read it, nor have it open."""
    connection.execute("PRAGMA locking_mode=EXCLUSIVE").fetchall()
    connection.execute("BEGIN EXCLUSIVE")
    connection.execute("COMMIT")


def upgrade_file(path: Path, upkeep: Upkeep) -> None:
    """Bring an older file to the newest schema.

    The file is locked and backed up, a copy of it is migrated and checked, and only then takes its place, in one
    transaction of the file: whatever fails before, the file stays as it was.
    """
    migrations, backups = upkeep.migrations, upkeep.backups
    with file_errors(path), opened(path) as original:
        lock(original)
        before = original.execute("PRAGMA user_version").fetchone()[0]
        if before == migrations.number:
            return  # somebody else was quicker
        check_space(path, backups)
        name = backup_name(path.stem, SystemClock().now(), f"before-schema-{migrations.number}")
        kept = copy_verified(original, backups / name)
        upkeep.say(f"Backed up {path} to {kept}.")
        with unfinished(path) as draft, opened(draft) as copy:
            copy_pages(original, copy)
            migrate_copy(draft, migrations, kept)
            check_copy(copy, draft, row_counts(original), kept)
            copy_pages(copy, original)
    examine(path, migrations)
    upkeep.say(f"Updated {path} from schema {before} to {migrations.number}.")


def migrate_copy(draft: Path, migrations: Migrations, kept: Path) -> None:
    """Migrate a copy; an error of any kind leaves as a StoreError that says what to do."""
    try:
        migrate(draft, migrations)
    except (DomainError, SQLAlchemyError) as error:
        raise StoreError(
            f"The database cannot be updated to schema {migrations.number} ({reason_of(error)}). "
            "It was left as it was.",
            f"Report this; a copy is in {kept}. The earlier version of the program still opens it.",
        ) from error


def check_copy(copy: sqlite3.Connection, draft: Path, counts: dict[str, int], kept: Path) -> None:
    """Raise StoreError where a migrated copy is not whole, or has lost rows of a table that it still has."""
    check_whole(copy, draft)
    check_references(copy, draft)
    found = row_counts(copy)
    for table in counts.keys() & found.keys():
        if counts[table] != found[table]:
            raise StoreError(
                f"The update would change the number of rows of {table} from {counts[table]} to {found[table]}. "
                "The database was left as it was.",
                f"Report this; a copy is in {kept}.",
            )


def check_space(path: Path, backups: Path) -> None:
    """Raise StoreError unless there is room for a backup, a copy, and the log of writing it back."""
    size = path.stat().st_size
    backups.mkdir(parents=True, exist_ok=True, mode=0o700)
    for folder, needed in ((path.parent, 3 * size), (backups, 2 * size)):
        free = shutil.disk_usage(folder).free
        if free < needed:
            raise StoreError(
                f"To update the database {path} {_megabytes(needed)} must be free in {folder}; {_megabytes(free)} are.",
                "Free some space and try again. The database was left as it was.",
            )


def _megabytes(size: int) -> str:
    return f"{size / 2**20:,.1f} MB"
