"""Whether a file is whole: what SQLite's own checks say, how many rows each table has, what its bytes add up to."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from pathlib import Path

from desktop.store.faults import DamagedError

FULL_CHECK_BYTES = 64 * 2**20
"""Up to this size a file is checked with its indexes at every opening: 0.1 s for 25 MB on two slow cores."""

DAMAGED_HINT = "Restore the latest backup with `dupro-desk restore`; the damaged file is kept aside."


def check_whole(connection: sqlite3.Connection, path: Path, *, indexes: bool = True) -> None:
    """Raise DamagedError where SQLite finds a fault in a file. `indexes`: compare them with the rows too."""
    pragma = "integrity_check" if indexes else "quick_check"
    found = [str(row[0]) for row in connection.execute(f"PRAGMA {pragma}(5)")]
    if found != ["ok"]:
        raise DamagedError(f"The database {path} is damaged: {found[0].splitlines()[0]}.", DAMAGED_HINT)


def check_references(connection: sqlite3.Connection, path: Path) -> None:
    """Raise DamagedError where a row refers to one that is not there."""
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        raise DamagedError(
            f"The database {path} is damaged: row {row} of {table} refers to a row of {parent} that is not there.",
            DAMAGED_HINT,
        )


def row_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """How many rows each table has; those that SQLite or the migrations keep for themselves are not counted."""
    names = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'alembic_version'"
    ).fetchall()
    counts = {}
    for (name,) in names:
        quoted = name.replace('"', '""')
        counts[name] = connection.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()[0]  # noqa: S608 -- quoted
    return counts


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def settle(path: Path) -> None:
    """Have the disk keep a file, and its name in its folder."""
    places = (path, path.parent) if os.name == "posix" else (path,)
    for place in places:
        handle = os.open(place, os.O_RDONLY if place.is_dir() else os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
