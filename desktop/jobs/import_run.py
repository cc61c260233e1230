"""An import at work: a file read by a process of its own, then planned and tried out, with progress and cancel."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from desktop.errors import DomainError, FaultError
from desktop.jobs.background import Advance, BackgroundJob, GivenUpError, Tell
from desktop.jobs.db_runner import DbRunner, Fault
from desktop.services.bus import Desk
from desktop.services.exchange.foreign.planning import FilePlan, plan_file
from desktop.services.exchange.foreign.profiles import read_profiles
from desktop.services.exchange.foreign.reader import read_paste, read_tables
from desktop.services.exchange.foreign.tables import FileTables
from desktop.services.exchange.foreign.trial import Corrections, Trial, Work, try_out

EVERY = 200  # rows between two words of how far it is
CLOSING_SECONDS = 5.0


class ImportRun(QObject):
    """What an import panel has done for it. One thing at a time: a new one gives up the one before.

    Attributes:
        advanced: how much is done (int), of how much (int); rows where the latter is not known (0).
        planned: a FilePlan: the file is read, and how its columns are understood.
        tried: a Trial.
        failed: a DomainError.
        given_up: what was going on was cancelled.
    """

    advanced = Signal(int, int)
    planned = Signal(object)
    tried = Signal(object)
    failed = Signal(object)
    given_up = Signal()
    _tried_rows = Signal(int, int)

    def __init__(self, runner: DbRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._reading: BackgroundJob | None = None
        self._stop = threading.Event()
        self._is_asking = False
        self._tried_rows.connect(self.advanced, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether something is going on."""
        return self._reading is not None or self._is_asking

    def read_file(self, path: Path, encoding: str | None = None) -> None:
        """Read a file, then see how it is to be understood."""
        self._read(lambda tell: read_tables(path, encoding, tell))

    def read_paste(self, name: str, html: str, text: str) -> None:
        """The same with what was copied."""
        self._read(lambda _tell: read_paste(name, html, text))

    def plan(self, file: FileTables, sheet: str = "", layout: str = "") -> None:
        """See how a file is to be understood, of which a sheet or a shape is given."""

        def work(desk: Desk) -> FilePlan:
            with desk.store.session() as session:
                known = read_profiles(session)
            return plan_file(file, known, sheet=sheet, layout=layout)

        self._ask(work, self.planned.emit)

    def try_out(self, name: str, work: Work, corrections: Corrections) -> None:
        """See what storing the rows would do."""
        stop = self._stop = threading.Event()

        def tell(done: int, total: int) -> None:
            if stop.is_set():
                raise GivenUpError
            if done % EVERY == 0:
                self._tried_rows.emit(done, total)

        def ask(desk: Desk) -> Trial | None:
            try:
                with desk.store.session() as session:
                    return try_out(session, name, work, corrections, tell)
            except GivenUpError:
                return None

        self._ask(ask, self._on_tried)

    def cancel(self) -> None:
        """Give up what is going on; the process that reads is ended."""
        self._stop.set()
        if self._reading is not None:
            self._reading.cancel()

    def close(self) -> None:
        """Give up what is going on, and wait until it is."""
        self.cancel()
        if self._reading is not None:
            self._reading.close(CLOSING_SECONDS)

    def _read(self, task: Callable[[Tell], FileTables]) -> None:
        self.cancel()
        job = self._reading = BackgroundJob("reading a file", task, self)
        job.advanced.connect(self._on_advanced)
        job.finished.connect(partial(self._on_read, job))
        job.failed.connect(partial(self._on_not_read, job))
        job.faulted.connect(partial(self._on_fault, job))
        job.given_up.connect(partial(self._on_given_up, job))
        job.start()

    def _ask(self, work: Callable[[Desk], object], then: Callable[[object], object]) -> None:
        self._is_asking = True

        def done(result: object) -> None:
            self._is_asking = False
            then(result)

        self._runner.work(self, work, done, self._on_refused)

    def _on_refused(self, error: DomainError) -> None:
        self._is_asking = False
        self.failed.emit(error)

    def _on_advanced(self, advance: Advance) -> None:
        self.advanced.emit(advance.done, advance.total)

    def _on_read(self, job: BackgroundJob, file: FileTables) -> None:
        if self._is_over(job):
            self.plan(file)

    def _on_not_read(self, job: BackgroundJob, error: DomainError) -> None:
        if self._is_over(job):
            self.failed.emit(error)

    def _on_fault(self, job: BackgroundJob, fault: Fault) -> None:
        if self._is_over(job):
            self._runner.faulted.emit(fault)
            self.failed.emit(FaultError("The file could not be read: the program has a fault.", "Try it again."))

    def _on_given_up(self, job: BackgroundJob) -> None:
        if self._is_over(job):
            self.given_up.emit()

    def _is_over(self, job: BackgroundJob) -> bool:
        """Note the end of a reading; False where another has begun meanwhile."""
        job.deleteLater()
        if job is not self._reading:
            return False
        self._reading = None
        return True

    def _on_tried(self, trial: object) -> None:
        if trial is None:
            self.given_up.emit()
        else:
            self.tried.emit(trial)
