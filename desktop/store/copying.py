"""Copies of SQLite files: taken while others work, read back before they count, and sealed with a checksum."""

from __future__ import annotations

import contextlib
import glob
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from desktop.errors import RefusedError, StoreError
from desktop.store import sqlite
from desktop.store.faults import DamagedError, file_errors
from desktop.store.integrity import check_references, check_whole, digest, row_counts, settle

SEAL = ".sha256"
"""Added to a backup's name: the file that holds its checksum, as `sha256sum` writes it."""

_DRAFT = ".part"
_ABANDONED_SECONDS = 24 * 3600


def copy_pages(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Make a database equal to another, in one transaction of the target.

    SQLite waits for ever where one of the two is locked; this gives up after the usual time.
    """
    deadline = time.monotonic() + sqlite.BUSY_SECONDS

    def give_up(status: int, _remaining: int, _total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > deadline:
            msg = "database is locked"
            raise sqlite.DRIVER.OperationalError(msg)

    source.backup(target, progress=give_up, sleep=0.05)


def copy_verified(source: sqlite3.Connection, path: Path) -> Path:
    """Copy an open database to a new file, checked, on the disk, with its seal. Raises StoreError or RefusedError.

    The file has its name only when all of that is done.
    """
    refuse_to_replace(path)
    with file_errors(path), unfinished(path) as draft:
        with opened(draft) as copy:
            copy_pages(source, copy)
            finish(copy)
        check_copy(draft, row_counts(source))
        publish(draft, path)
    return path


def finish(connection: sqlite3.Connection) -> None:
    """Leave no second file beside a database: a copy is one file that can be sent and stored."""
    connection.execute("PRAGMA journal_mode=DELETE").fetchall()


def check_copy(draft: Path, counts: dict[str, int]) -> None:
    """Raise StoreError unless a copy opens, is whole, and has as many rows as what it was made of."""
    with opened(draft, "ro") as copy:
        check_whole(copy, draft)
        check_references(copy, draft)
        found = row_counts(copy)
    if found != counts:
        table = next(name for name in counts | found if counts.get(name) != found.get(name))
        raise StoreError(
            f"The copy of the database is not complete: {table} has {found.get(table, 0)} rows of "
            f"{counts.get(table, 0)}.",
            "Check the disk that it was written to, and try again.",
        )


def publish(draft: Path, path: Path) -> None:
    """Give a finished copy its seal and its name."""
    settle(draft)
    seal = path.with_name(path.name + SEAL)
    seal.write_text(f"{digest(draft)}  {path.name}\n", encoding="utf-8")
    seal.chmod(0o600)
    draft.replace(path)
    settle(path)


def check_seal(path: Path) -> None:
    """Raise StoreError where a backup is not what its seal says. One without a seal passes."""
    seal = path.with_name(path.name + SEAL)
    if not seal.exists():
        return
    if seal.read_text(encoding="utf-8").partition(" ")[0] != digest(path):
        raise DamagedError(
            f"The backup {path} is damaged: its checksum is not the one in {seal.name}.",
            "Restore another backup.",
        )


def refuse_to_replace(path: Path) -> None:
    """Raise RefusedError where a file of this name is there already."""
    if path.exists():
        raise RefusedError(f"{path} is there already.", "Give another name, or remove that file first.")


@contextlib.contextmanager
def unfinished(path: Path) -> Iterator[Path]:
    """An empty file beside one to be made, readable by its owner only; what is left of it goes at the end."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _remove_abandoned(path)
    draft = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}{_DRAFT}")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    try:
        yield draft
    finally:
        for suffix in ("", "-journal", "-wal", "-shm"):
            draft.with_name(draft.name + suffix).unlink(missing_ok=True)


def _remove_abandoned(path: Path) -> None:
    """Remove what programs that were killed have left of earlier attempts."""
    for draft in path.parent.glob(f".{glob.escape(path.name)}.*{_DRAFT}*"):
        if time.time() - draft.stat().st_mtime > _ABANDONED_SECONDS:
            draft.unlink(missing_ok=True)


@contextlib.contextmanager
def opened(path: Path, mode: str = "rw") -> Iterator[sqlite3.Connection]:
    """A plain connection, closed at the end."""
    with contextlib.closing(sqlite.connect(path, mode)) as connection:
        yield connection
