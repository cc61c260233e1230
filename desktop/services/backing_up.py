"""A checked copy of the database in a file that somebody has named."""

from __future__ import annotations

from pathlib import Path

from desktop.clock import Clock
from desktop.store.engine import Store


def suggested_name(store: Store, clock: Clock) -> str:
    """What to call a backup made now."""
    stem = store.path.stem if store.path is not None else str(store.engine.url.database)
    return f"{stem}-{clock.now():%Y%m%d-%H%M}.db"


def write_backup(store: Store, path: Path) -> Path:
    """Copy a database while others go on working with it; from any thread.

    Raises:
        RefusedError: there is a file of that name.
        StoreError: it cannot be written or read.
    """
    from desktop.store.backup import back_up  # noqa: PLC0415 -- rarely wanted, and much to load

    return back_up(store, path)
