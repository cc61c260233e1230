"""Whether a file can be opened as this program's database; if not, a sentence that says why. Alters nothing."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from desktop.config import APP_NAME, APP_VERSION
from desktop.errors import StoreError
from desktop.store.copying import opened
from desktop.store.faults import DamagedError, file_errors
from desktop.store.integrity import DAMAGED_HINT, FULL_CHECK_BYTES, check_schema, check_values, check_whole
from desktop.store.schema import Migrations, number_of
from desktop.store.sqlite import APPLICATION_ID, DRIVER

_MAGIC = b"SQLite format 3\x00"
_HEADER_BYTES = 100  # https://sqlite.org/fileformat2.html#the_database_header
_NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "afs", "ncpfs", "davfs", "fuse.sshfs", "9p"})


@dataclass(frozen=True, slots=True)
class Condition:
    """What a sound file says of itself."""

    revision: str
    is_older: bool


def examine(path: Path, migrations: Migrations, *, thorough: bool = False) -> Condition:
    """Look whether a file can be used.

    A small one is checked whole. A big one is only when whoever had it last did not close it: to read three years of
    700 inspectors takes seconds, and every backup of it is checked.

    Args:
        path: the file.
        migrations: what this program knows.
        thorough: look at all indexes and values however big the file is.

    Raises:
        StoreError: it is missing, empty, no database, of another program, of a newer version, damaged or locked.
    """
    with file_errors(path):
        number = _check_header(path)
        if number > migrations.number:
            raise newer(path, number, migrations, _last_writer(path))
        closed_cleanly = not any(path.with_name(path.name + suffix).exists() for suffix in ("-wal", "-journal"))
        with opened(path) as connection:
            number = connection.execute("PRAGMA user_version").fetchone()[0]
            revision = _revision(connection)
            if revision is not None and (number > migrations.number or not migrations.knows(revision)):
                raise newer(path, max(number, number_of(revision)), migrations, _writer(connection))
            check_schema(connection, path)
            closely = thorough or path.stat().st_size <= FULL_CHECK_BYTES
            if closely or not closed_cleanly:
                check_whole(connection, path, indexes=closely)
            if closely:
                check_values(connection, path)
    if revision is None or number_of(revision) != number:
        raise DamagedError(f"The database {path} is damaged: it does not say which version it has.", DAMAGED_HINT)
    return Condition(revision, is_older=revision != migrations.head)


def newer(name: Path | str, number: int, migrations: Migrations, writer: str | None) -> StoreError:
    """The error of a database that a newer version has written."""
    by = f"version {writer}" if writer and writer != APP_VERSION else "a newer version"
    return StoreError(
        f"The database {name} was written by {by} of {APP_NAME}: its schema is {number}, and this version, "
        f"{APP_VERSION}, knows schemas up to {migrations.number}. It was left as it is.",
        f"Update {APP_NAME}, or restore a backup that this version made.",
    )


def check_place(path: Path, mounts: str | None = None) -> None:
    """Raise StoreError where a file would lie in a folder of the network.

    There SQLite's locks do not hold between machines, and its write-ahead log cannot be shared
    (https://sqlite.org/wal.html). `mounts` is the text of /proc/mounts; systems without it are not looked at.
    """
    if mounts is None:
        table = Path("/proc/mounts")
        mounts = table.read_text(encoding="utf-8", errors="replace") if table.exists() else ""
    place = path.resolve()
    kinds: dict[Path, str] = {}
    for line in mounts.splitlines():
        _, folder, kind, *_ = line.split(" ")
        kinds[Path(folder.replace("\\040", " "))] = kind
    kind = next((kinds[folder] for folder in (place, *place.parents) if folder in kinds), "")
    if kind in _NETWORK or str(path).startswith("\\\\"):
        raise StoreError(
            f"The database {path} would lie in a folder of the network ({kind or 'a share'}), where it can be damaged.",
            "Keep it on a disk of this machine; for several machines use a PostgreSQL server: postgresql://...",
        )


def _check_header(path: Path) -> int:
    """The schema's number according to the first bytes. These alone say whether SQLite may touch the file at all."""
    if not path.exists():
        raise StoreError(f"There is no database {path}.", "Check the name, or make one with `dupro-desk demo`.")
    if path.is_dir():
        raise StoreError(f"{path} is a folder, not a database.", "Give the name of a file in it.")
    with path.open("rb") as stream:
        header = stream.read(_HEADER_BYTES)
    if not header:
        raise DamagedError(
            f"The file {path} is empty.", "If it held a database, restore a backup; if not, remove it and try again."
        )
    if len(header) < _HEADER_BYTES or not header.startswith(_MAGIC):
        raise DamagedError(
            f"The file {path} is not a database.", "Check the name; if it used to be a database, restore a backup."
        )
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise StoreError(
            f"The file {path} is a database of another program. It was left as it is.",
            "Give another name: a new database is made there.",
        )
    return int.from_bytes(header[60:64], "big")


def _revision(connection: sqlite3.Connection) -> str | None:
    known = connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'alembic_version'").fetchone()
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if known else None
    return None if row is None else str(row[0])


def _last_writer(path: Path) -> str | None:
    """The version that wrote the last step of a file, read without a lock, which would leave files beside it."""
    with opened(path, "ro&immutable=1") as connection:
        return _writer(connection)


def _writer(connection: sqlite3.Connection) -> str | None:
    try:
        row = connection.execute('SELECT app_version FROM "change" ORDER BY id DESC LIMIT 1').fetchone()
    except DRIVER.Error:
        return None
    return None if row is None else str(row[0])
