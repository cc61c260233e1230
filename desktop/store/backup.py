"""Verified copies of a database, and the way back from one.

A backup is one SQLite file, whatever the database is: it can be restored to a file or to a server, so it is also the
way from one to the other.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from desktop.clock import Clock, SystemClock
from desktop.errors import StoreError
from desktop.store import servers, sqlite
from desktop.store.copying import check_copy, check_seal, copy_pages, copy_verified, opened, unfinished
from desktop.store.engine import Store, open_store, parse_url
from desktop.store.faults import DamagedError, file_errors, translate
from desktop.store.files import give_name, lock, migrate
from desktop.store.health import check_place, examine
from desktop.store.integrity import check_references, check_whole, row_counts
from desktop.store.portable import carry, tables_of
from desktop.store.retention import backup_name, thin_out, unused
from desktop.store.schema import Migrations, revision_of


def back_up(database: Store | str, destination: Path, *, clock: Clock | None = None) -> Path:
    """Copy a database into one file, while others go on working with it.

    Args:
        database: an open one, or where one is.
        destination: a file to be made, or a folder for one named by the time.
        clock: tells the time.

    Returns:
        The file. It was read back whole, with all rows; its checksum stands in a file beside it.

    Raises:
        StoreError: the database cannot be read, or the copy cannot be written.
        RefusedError: a file of that name is there already.
    """
    if isinstance(database, str):
        with open_store(database, create=False) as store:
            return back_up(store, destination, clock=clock)
    if destination.is_dir():
        destination = unused(destination / backup_name(_stem(database), (clock or SystemClock()).now(), "backup"))
    return _write(database, destination)


def automatic_backup(store: Store, reason: str, *, clock: Clock | None = None) -> Path:
    """Back up before something that touches much, and thin the older automatic backups out.

    `reason` goes into the file's name: "import".
    """
    now = (clock or SystemClock()).now()
    path = _write(store, unused(store.backups / backup_name(_stem(store), now, f"before-{reason}")))
    thin_out(store.backups, _stem(store), now.date())
    return path


def restore(source: Path, url: str, *, backups: Path | None = None, clock: Clock | None = None) -> Path | None:
    """Put a backup in the place of a database.

    Args:
        source: the backup; it is checked first, against its checksum too where that stands beside it.
        url: the database, which nobody else may have open; made where there is none.
        backups: where what is replaced is kept; else where automatic backups go.
        clock: tells the time.

    Returns:
        The file in which what was replaced is kept; None where there was nothing.

    Raises:
        StoreError: the backup is damaged, or of a newer version; the database is in use or cannot be written. It is
            as it was then.
    """
    clock = clock or SystemClock()
    migrations = Migrations()
    check_seal(source)
    examine(source, migrations, thorough=True)
    with file_errors(source), opened(source) as connection:
        check_references(connection, source)
    parsed = parse_url(url)
    if parsed.get_backend_name() == "sqlite":
        path = Path(str(parsed.database))
        check_place(path)
        if path.exists() and path.samefile(source):
            raise StoreError(f"{source} is the database itself.", "Name a backup of it.")
        return _restore_file(source, path, backups or path.absolute().parent / "backups", clock)
    with open_store(url, backups=backups) as store:
        return _restore_server(source, store, migrations, clock)


def _stem(store: Store) -> str:
    return store.path.stem if store.path else servers.stem_of(store.engine)


def _write(store: Store, path: Path) -> Path:
    if store.path is not None:
        with file_errors(store.path), opened(store.path) as connection:
            return copy_verified(connection, path)
    try:
        with store.reading.connect() as connection:
            return servers.write_file(connection, path, Migrations(), str(revision_of(connection)))
    except SQLAlchemyError as error:
        raise translate(error, store.name) from error


# -- into a file -------------------------------------------------------------------------------------------------------


def _restore_file(source: Path, path: Path, backups: Path, clock: Clock) -> Path | None:
    if not path.exists():
        _put_in_place(source, path)
        return None
    aside = unused(backups / backup_name(path.stem, clock.now(), "replaced"))
    try:
        _replace_content(source, path, aside)
    except DamagedError:
        _set_aside(path, aside)
        _put_in_place(source, path)
    return aside


def _replace_content(source: Path, path: Path, aside: Path) -> None:
    """Keep what a file holds, then give it the backup's content in one transaction of its own."""
    with file_errors(path), opened(path) as target:
        if not path.stat().st_size:
            raise DamagedError(f"The file {path} is empty.")
        lock(target)
        check_whole(target, path)
        if target.execute("PRAGMA application_id").fetchone()[0] != sqlite.APPLICATION_ID:
            raise StoreError(f"The file {path} is a database of another program.", "Name the database to be replaced.")
        copy_verified(target, aside)
        with opened(source) as backup:
            copy_pages(backup, target)


def _set_aside(path: Path, aside: Path) -> None:
    """Move a damaged file away, with the two that SQLite may have left beside it."""
    with file_errors(path):
        aside.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        for suffix in ("", "-wal", "-shm", "-journal"):
            part = path.with_name(path.name + suffix)
            if part.exists():
                part.rename(aside.with_name(aside.name + suffix))


def _put_in_place(source: Path, path: Path) -> None:
    with file_errors(path), unfinished(path) as draft, opened(source) as backup:
        with opened(draft) as copy:
            copy_pages(backup, copy)
        check_copy(draft, row_counts(backup))
        give_name(draft, path)


# -- into a server -----------------------------------------------------------------------------------------------------


def _restore_server(source: Path, store: Store, migrations: Migrations, clock: Clock) -> Path:
    aside = automatic_backup(store, "restore", clock=clock)
    with file_errors(source), unfinished(aside.with_suffix(".new")) as draft:
        with opened(source) as backup, opened(draft) as copy:
            copy_pages(backup, copy)
        if examine(draft, migrations).is_older:
            migrate(draft, migrations)
        engine = sqlite.make_engine(draft)
        try:
            with engine.connect() as newest, store.writing.begin() as target:
                servers.take_turn(target)
                _empty(target)
                carry(newest, target)
                target.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
                _guard(target, "ENABLE")
        except SQLAlchemyError as error:
            raise translate(error, store.name) from error
        finally:
            engine.dispose()
    return aside


def _empty(target: Connection) -> None:
    """Take all rows out, history too: it is the backup's from now on."""
    _guard(target, "DISABLE")
    names = ", ".join(f'"{table.name}"' for table in tables_of(target))
    target.execute(text(f"TRUNCATE {names}"))


def _guard(target: Connection, word: str) -> None:
    for table in ("change", "changed_row"):
        target.execute(text(f'ALTER TABLE "{table}" {word} TRIGGER USER'))
