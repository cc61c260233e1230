"""Reports, read and written by threads of their own: what managers look at holds up nobody who plans."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar, cast

from PySide6.QtCore import QObject, Signal

from desktop.clock import Clock
from desktop.errors import DomainError, FaultError
from desktop.jobs.background import BackgroundJob, Tell
from desktop.jobs.db_runner import DbRunner, Fault
from desktop.jobs.in_turn import InTurn, Say
from desktop.store.engine import Store
from scheduler.stop import Stop

T = TypeVar("T")
CLOSING_SECONDS = 2.0


class Readings(QObject):
    """Asks the database on connections that only read, beside the worker's, one question of a name at a time.

    A later question of the same name takes the place of the one before, of which nothing is told any more.
    """

    def __init__(self, store: Store, runner: DbRunner, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._runner = runner
        self._clock = clock
        self._lines: dict[str, InTurn] = {}

    @property
    def is_busy(self) -> bool:
        """Whether an answer is to come."""
        return any(line.is_busy for line in self._lines.values())

    def ask(
        self,
        name: str,
        query: Callable[[Store, Clock], T],
        then: Callable[[T], object],
        otherwise: Callable[[DomainError], object],
    ) -> None:
        """Ask a question. What is called back has to live as long as the asker says nothing else."""
        line = self._lines.get(name)
        if line is None:
            line = self._lines[name] = InTurn(name, self._runner, self)

        def work(_stop: Stop, say: Say) -> None:
            self._store.check_presence()
            say(query(self._store, self._clock))

        line.ask(work, lambda found: then(cast("T", found)), otherwise)

    def drop(self, name: str) -> None:
        """What was asked under a name is not wanted any more."""
        if name in self._lines:
            self._lines[name].drop()


class Filing(QObject):
    """Writes one file at a time in a thread of its own.

    Attributes:
        running_changed: whether one is being written (bool).
        advanced: an Advance.
        finished: what the writing gave.
        failed: a DomainError.
        given_up: it was cancelled.
    """

    running_changed = Signal(bool)
    advanced = Signal(object)
    finished = Signal(object)
    failed = Signal(object)
    given_up = Signal()

    def __init__(self, runner: DbRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._job: BackgroundJob | None = None
        runner.closing.connect(self._on_closing)

    @property
    def is_running(self) -> bool:
        """Whether something is being written."""
        return self._job is not None

    def start(self, task: Callable[[Tell], object]) -> bool:
        """Begin; False where another one is being written."""
        if self._job is not None:
            return False
        job = self._job = BackgroundJob("report file", task, self)
        job.advanced.connect(self.advanced)
        job.finished.connect(partial(self._end, self.finished.emit))
        job.failed.connect(partial(self._end, self.failed.emit))
        job.given_up.connect(partial(self._end, lambda _: self.given_up.emit(), None))
        job.faulted.connect(self._on_fault)
        self.running_changed.emit(True)
        job.start()
        return True

    def cancel(self) -> None:
        """End the one in hand at its next step."""
        if self._job is not None:
            self._job.cancel()

    def _end(self, tell: Callable[[object], object], found: object) -> None:
        if self._job is not None:
            self._job.deleteLater()
            self._job = None
        self.running_changed.emit(False)
        tell(found)

    def _on_fault(self, fault: Fault) -> None:
        self._runner.faulted.emit(fault)
        self._end(self.failed.emit, FaultError("The file was not written: the program has a fault.", "Try it again."))

    def _on_closing(self) -> None:
        if self._job is not None:
            self._job.close(CLOSING_SECONDS)
