"""An import at work: a file read by a process of its own, then planned and tried out, with progress and cancel."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from desktop.errors import DomainError, FaultError
from desktop.jobs.background import Advance, BackgroundJob, GivenUpError, Tell
from desktop.jobs.db_runner import DbRunner, Fault, Job
from desktop.services.bus import Desk
from desktop.services.exchange.foreign.planning import FilePlan, plan_file
from desktop.services.exchange.foreign.profiles import read_profiles
from desktop.services.exchange.foreign.reader import read_paste, read_tables
from desktop.services.exchange.foreign.tables import FileTables
from desktop.services.exchange.foreign.trial import Corrections, Trial, Work, try_out

EVERY = 200  # rows between two words of how far it is
CLOSING_SECONDS = 2.0  # a process that reads is killed within a tenth of one


class ImportRun(QObject):
    """What an import panel has done for it. One thing at a time: a new one gives up the one before.

    Attributes:
        advanced: how much is done (int), of how much (int); rows where the latter is not known (0).
        planned: a FilePlan: the file is read, and how its columns are understood.
        tried: a Trial.
        failed: a DomainError.
        given_up: what was going on was cancelled; what a new one has replaced says nothing any more.
    """

    advanced = Signal(int, int)
    planned = Signal(object)
    tried = Signal(object)
    failed = Signal(object)
    given_up = Signal()
    _tried_rows = Signal(object, int, int)

    def __init__(self, runner: DbRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._reading: BackgroundJob | None = None
        self._ending: set[BackgroundJob] = set()  # readings that nobody waits for and that have not ended yet
        self._asked: Job[object] | None = None
        self._stop = threading.Event()
        self._tried_rows.connect(self._on_tried_rows, Qt.ConnectionType.QueuedConnection)
        runner.closing.connect(self._on_closing)

    @property
    def is_busy(self) -> bool:
        """Whether something is going on."""
        return self._reading is not None or self._asked is not None

    def read_file(self, path: Path, encoding: str | None = None) -> None:
        """Read a file, then see how it is to be understood."""
        self._read(lambda tell: read_tables(path, encoding, tell))

    def read_paste(self, name: str, html: str, text: str) -> None:
        """The same with what was copied."""
        self._read(lambda tell: read_paste(name, html, text, tell))

    def plan(self, file: FileTables, sheet: str = "", layout: str = "") -> None:
        """See how a file is to be understood, of which a sheet or a shape is given."""

        def work(desk: Desk) -> FilePlan:
            with desk.store.session() as session:
                known = read_profiles(session)
            return plan_file(file, known, sheet=sheet, layout=layout)

        self._ask(work, self.planned.emit)

    def try_out(self, name: str, work: Work, corrections: Corrections) -> None:
        """See what storing the rows would do."""
        stop = threading.Event()

        def tell(done: int, total: int) -> None:
            if stop.is_set():
                raise GivenUpError
            if done % EVERY == 0:
                self._tried_rows.emit(stop, done, total)

        def ask(desk: Desk) -> Trial | None:
            try:
                with desk.store.session() as session:
                    return try_out(session, name, work, corrections, tell)
            except GivenUpError:
                return None  # nobody is told

        self._ask(ask, self.tried.emit)
        self._stop = stop

    def cancel(self) -> None:
        """Give up what is going on, and say so; a reading says so once the process that reads has ended."""
        if self._asked is not None:
            self.drop()
            self.given_up.emit()
        elif self._reading is not None:
            self._reading.cancel()

    def drop(self) -> None:
        """Give up what is going on without a word."""
        self._stop.set()
        if self._asked is not None:
            self._asked.cancel()
            self._asked = None
        if self._reading is not None:
            self._reading.cancel()
            self._ending.add(self._reading)
            self._reading = None

    def close(self, seconds: float) -> bool:
        """Give up what is going on and wait; False where a process that reads goes on longer than allowed."""
        self.drop()
        return all([job.close(seconds) for job in tuple(self._ending)])

    def _on_closing(self) -> None:
        self.close(CLOSING_SECONDS)

    def _read(self, task: Callable[[Tell], FileTables]) -> None:
        self.drop()
        job = self._reading = BackgroundJob("reading a file", task, self)
        job.advanced.connect(self._on_advanced)
        job.finished.connect(partial(self._on_read, job))
        job.failed.connect(partial(self._on_not_read, job))
        job.faulted.connect(partial(self._on_fault, job))
        job.given_up.connect(partial(self._on_given_up, job))
        job.start()

    def _ask(self, work: Callable[[Desk], object], then: Callable[[object], object]) -> None:
        self.drop()

        def done(result: object) -> None:
            self._asked = None
            then(result)

        self._asked = self._runner.work(self, work, done, self._on_refused)

    def _on_refused(self, error: DomainError) -> None:
        self._asked = None
        self.failed.emit(error)

    def _on_advanced(self, advance: Advance) -> None:
        if self.sender() is self._reading:
            self.advanced.emit(advance.done, advance.total)

    def _on_tried_rows(self, stop: threading.Event, done: int, total: int) -> None:
        if stop is self._stop and not stop.is_set():
            self.advanced.emit(done, total)

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
        self._ending.discard(job)
        if job is not self._reading:
            return False
        self._reading = None
        return True
