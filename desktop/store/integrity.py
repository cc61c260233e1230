"""Whether a file is whole: what SQLite's own checks say, how many rows each table has, what its bytes add up to."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from pathlib import Path

from desktop.config import APP_NAME
from desktop.store.faults import DamagedError
from desktop.store.schema import OWN_TABLES, SCHEMA_TEXTS, SEAL, schema_digest

FULL_CHECK_BYTES = 64 * 2**20
"""Up to this size a file is checked at every opening, its indexes and values too: 1.5 s for 64 MB on a slow core."""

DAMAGED_HINT = "Restore the latest backup with `dupro-desk restore`; the damaged file is kept aside."

_SOUND = {
    "DATE": '("{name}" IS NULL OR (typeof("{name}") = \'text\' AND ifnull(date("{name}") = "{name}", 0)))',
    "DATETIME": '("{name}" IS NULL OR (typeof("{name}") = \'text\' AND datetime("{name}") IS NOT NULL))',
    "JSON": '("{name}" IS NULL OR json_valid("{name}"))',
}


def check_whole(connection: sqlite3.Connection, path: Path, *, indexes: bool = True) -> None:
    """Raise DamagedError where SQLite finds a fault in a file. `indexes`: compare them with the rows too."""
    pragma = "integrity_check" if indexes else "quick_check"
    found = [str(row[0]) for row in connection.execute(f"PRAGMA {pragma}(5)")]
    if found != ["ok"]:
        raise DamagedError(f"The database {path} is damaged: {found[0].splitlines()[0]}.", DAMAGED_HINT)


def check_schema(connection: sqlite3.Connection, path: Path) -> None:
    """Raise DamagedError where the tables, indexes and triggers are not those that the migrations have made."""
    sealed = connection.execute(f"SELECT digest FROM {SEAL}").fetchall()  # noqa: S608 -- a name of our own
    if sealed != [(schema_digest(connection.execute(SCHEMA_TEXTS)),)]:
        raise DamagedError(
            f"The database {path} is damaged: its tables are not as {APP_NAME} has made them.", DAMAGED_HINT
        )


def check_values(connection: sqlite3.Connection, path: Path) -> None:
    """Raise DamagedError where a date or a JSON value is not one: SQLite keeps both as text and looks no closer."""
    for table in row_counts(connection):
        columns = connection.execute("SELECT name, type FROM pragma_table_info(?)", (table,)).fetchall()
        sound = [_SOUND[kind].format(name=name) for name, kind in columns if kind in _SOUND]
        # a literal of the names that this schema has
        query = f'SELECT id FROM "{table}" WHERE NOT ({" AND ".join(sound)}) LIMIT 1'  # noqa: S608
        if sound and (row := connection.execute(query).fetchone()):
            raise DamagedError(
                f"The database {path} is damaged: row {row[0]} of {table} has a value that cannot be read.",
                DAMAGED_HINT,
            )


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
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    ).fetchall()
    counts = {}
    for (name,) in names:
        if name in OWN_TABLES:
            continue
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
