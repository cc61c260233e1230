"""Work in a thread of which only the last that was asked for is wanted: what somebody types is answered like that."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal

from desktop.errors import DomainError, FaultError
from desktop.jobs.background import BackgroundJob, Tell
from desktop.jobs.db_runner import DbRunner, Fault
from scheduler.stop import Stop

Say = Callable[[object], None]
"""Gives a part of the answer; there may be several."""
Work = Callable[[Stop, Say], None]
"""What is done: asks `stop` now and then whether it is still wanted, and says its answer."""


@dataclass(frozen=True, slots=True)
class _Asked:
    work: Work
    then: Callable[[object], object]
    otherwise: Callable[[DomainError], object]
    stop: threading.Event


class InTurn(QObject):
    """Does one work at a time. A new one stops that in hand, of which nothing is told any more, and follows it.

    Attributes:
        rested: nothing is at work any more.
    """

    rested = Signal()
    _said = Signal(object)

    def __init__(self, name: str, runner: DbRunner, parent: QObject) -> None:
        """`name`: of the thread. Everything is given up when the runner's window closes."""
        super().__init__(parent)
        self._name = name
        self._runner = runner
        self._job: BackgroundJob | None = None
        self._at_work: _Asked | None = None
        self._asked: _Asked | None = None
        self._is_closing = False
        self._said.connect(self._on_said, Qt.ConnectionType.QueuedConnection)
        runner.closing.connect(self._on_closing)

    @property
    def is_busy(self) -> bool:
        """Whether an answer is to come."""
        return self._asked is not None

    def ask(self, work: Work, then: Callable[[object], object], otherwise: Callable[[DomainError], object]) -> None:
        """Have something done; `then` is called with every part of the answer, on this thread."""
        self.drop()
        self._asked = _Asked(work, then, otherwise, threading.Event())
        if self._job is None and not self._is_closing:
            self._begin(self._asked)

    def drop(self) -> None:
        """What is at work is not wanted any more."""
        if self._asked is not None:
            self._asked.stop.set()
            self._asked = None

    def _begin(self, asked: _Asked) -> None:
        def run(_tell: Tell) -> None:
            asked.work(asked.stop.is_set, lambda part: self._said.emit((asked, part)))

        self._at_work = asked
        job = self._job = BackgroundJob(self._name, run, self)
        job.finished.connect(self._on_finished)
        job.failed.connect(self._on_end)
        job.faulted.connect(self._on_fault)
        job.start()

    def _on_said(self, said: tuple[_Asked, object]) -> None:
        asked, part = said
        if asked is self._asked:
            asked.then(part)

    def _on_finished(self, _: object) -> None:
        self._on_end(None)

    def _on_fault(self, fault: Fault) -> None:
        self._runner.faulted.emit(fault)
        self._on_end(FaultError("This could not be answered: the program has a fault.", "Try it again."))

    def _on_end(self, error: DomainError | None) -> None:
        ended, self._at_work = self._at_work, None
        if self._job is not None:
            self._job.deleteLater()
            self._job = None
        if ended is not None and self._asked is ended:
            self._asked = None
            if error is not None:
                ended.otherwise(error)
        if self._job is None and self._asked is not None and not self._is_closing:
            self._begin(self._asked)
        elif self._asked is None:
            self.rested.emit()

    def _on_closing(self) -> None:
        """The window goes, and waits for no answer; what is at work ends within a step."""
        self._is_closing = True
        self.drop()
        if self._job is not None:
            self._job.close(1.0)
