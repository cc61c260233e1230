"""Importing a file: all of it, or a report of what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from desktop.errors import BadInputError
from desktop.models import Change
from desktop.services.changes import ChangeSet, Outcome
from desktop.services.exchange.checking import check_file
from desktop.services.exchange.report import QUOTED_FAULTS, FaultyRowsError, ImportReport
from desktop.services.words import count
from desktop.store.backup import automatic_backup
from desktop.store.engine import Store

if TYPE_CHECKING:
    from desktop.services.bus import Desk


def import_file(desk: Desk, path: str | Path, *, kind: str | None = None, skip_bad: bool = False) -> Outcome:
    """Store the records of a file as one step.

    Args:
        desk: where they are stored, and in whose name.
        path: a .xlsx or .csv file.
        kind: what its rows are ("Bookings"), where names and columns leave it open.
        skip_bad: leave rows with faults out; otherwise one of them keeps the whole file out.

    Raises:
        FaultyRowsError: rows have faults, and `skip_bad` is not set: nothing was stored.
        BadInputError: the file cannot be read.
        ConflictError: a record that the file changes or refers to has gone since it was read.
    """
    return store_report(desk, check_file(desk, path, kind), skip_bad=skip_bad)


def store_report(desk: Desk, report: ImportReport, *, skip_bad: bool = False) -> Outcome:
    """Store what a file was found to hold, after a backup of a database in a file. Raises as `import_file`."""
    if report.bad and not skip_bad:
        raise FaultyRowsError(report)
    if report.command is None:
        if report.bad:
            raise FaultyRowsError(report)
        if not report.unchanged:
            raise BadInputError(f"{report.path.name} has no rows below its headers.", "Add some, and import it again.")
        return Outcome(None, f"Import {report.path.name}", ChangeSet(), None, ("Everything in it is known already.",))
    if desk.store.is_sqlite and _has_history(desk.store):
        # a server has backups of its own, and one before each import would hold its users up
        automatic_backup(desk.store, "import", clock=desk.clock)
    outcome = desk.handle(report.command)
    return replace(outcome, messages=(*outcome.messages, *_remarks(report)))


def _remarks(report: ImportReport) -> Iterator[str]:
    if report.bad:
        yield f"{count(report.bad, 'row')} with faults {'was' if report.bad == 1 else 'were'} left out."
    yield from report.warnings[:QUOTED_FAULTS]
    if len(report.warnings) > QUOTED_FAULTS:
        yield f"{len(report.warnings) - QUOTED_FAULTS:,} more warnings: check the file to see them."


def _has_history(store: Store) -> bool:
    with store.session() as session:
        return session.scalars(select(Change.id).limit(1)).first() is not None
