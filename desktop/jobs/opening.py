"""Ways to an open database, each a work for a thread of its own."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from desktop.clock import Clock
from desktop.errors import RefusedError
from desktop.jobs.background import Tell
from desktop.services.sample_badge import is_sample
from desktop.store.engine import Store, open_store

SAMPLE_INSPECTORS, SAMPLE_REQUESTS, SAMPLE_WEEKS = 60, 200, 3


def open_database(database: str, _tell: Tell) -> Store:
    """Open what is there. Raises StoreError."""
    return open_store(database, create=False)


def make_database(path: str, _tell: Tell) -> Store:
    """Make an empty database in a new file. Raises RefusedError where there is a file, StoreError."""
    if Path(path).exists():
        raise RefusedError(f"{path} is there already.", "Give another name, or open it.")
    return open_store(path, create=True)


def make_sample_database(path: str, clock: Clock, tell: Tell) -> Store:
    """Open the sample company, made where there is none; given up half-way, nothing of it is left."""
    if Path(path).exists():
        store = open_store(path, create=False)
        if is_sample(store):
            return store
        store.dispose()
        raise RefusedError(
            f"{path} is there already and is not the sample company.", "Move that file elsewhere, or open it."
        )
    from desktop.services.demo.sample import make_sample  # noqa: PLC0415 -- much to load that few starts need

    store = open_store(path, create=True)
    try:
        make_sample(
            store,
            inspectors=SAMPLE_INSPECTORS,
            requests=SAMPLE_REQUESTS,
            weeks=SAMPLE_WEEKS,
            seed=1,
            clock=clock,
            on_progress=tell,
        )
    except BaseException:
        store.dispose()
        for suffix in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):
                Path(path + suffix).unlink(missing_ok=True)
        raise
    return store


def restore_database(backup: str, database: str, _tell: Tell) -> Store:
    """Put a backup in the place of a database and open it. What was there is kept aside. Raises StoreError."""
    from desktop.store.backup import restore  # noqa: PLC0415 -- rarely wanted

    restore(Path(backup), database)
    return open_store(database, create=False)
