"""The one study that a window may have in hand: read by the database's worker, solved apart, kept as one step.

The window's thread is told how far it is, and when it is kept. Nothing waits for it.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from desktop.errors import DomainError, FaultError
from desktop.jobs.db_runner import DbRunner, Fault
from desktop.services.solver_process import COMMAND, RunGivenUpError

if TYPE_CHECKING:
    from desktop.services.changes import Outcome
    from desktop.services.planning.reading import Source
    from desktop.services.worth.asking import StudyAsked
    from desktop.services.worth.keeping import Made
    from desktop.services.worth.solving import StudyProgress
    from desktop.services.worth.subject import Subject

LEAST_SECONDS = 0.2  # between two reports to the window


@dataclass(frozen=True, slots=True)
class StudyState:
    """A study at a moment.

    Attributes:
        asked: what was asked.
        plan: of which plan, by code; "" as long as that is being read.
        seconds: since it was asked for.
        progress: how far the solver is; None before its first word.
        is_stopping: it was told to end.
    """

    asked: StudyAsked
    plan: str
    seconds: float
    progress: StudyProgress | None = None
    is_stopping: bool = False


@dataclass(frozen=True, slots=True)
class _Job:
    number: int
    asked: StudyAsked
    began: float
    stop: threading.Event


class StudyRuns(QObject):
    """Makes studies, one at a time, and keeps each.

    Attributes:
        progressed: a StudyState, at most about five times a second.
        finished: the Outcome of keeping it: read `worth_view` again.
        failed: a DomainError: nothing was kept.
        running_changed: a StudyState when one begins, None when it has ended, however it ended.
    """

    progressed = Signal(object)
    finished = Signal(object)
    failed = Signal(object)
    running_changed = Signal(object)
    _arrived = Signal(object)

    def __init__(self, runner: DbRunner, parent: QObject | None = None, *, command: Sequence[str] = COMMAND) -> None:
        """Prepare; nothing is started before `start`. What is in hand is given up when the runner's window closes."""
        super().__init__(parent)
        self._runner = runner
        self._command = tuple(command)
        self._numbers = itertools.count()
        self._job: _Job | None = None
        self._state: StudyState | None = None
        self._threads: list[threading.Thread] = []
        self._arrived.connect(self._take, Qt.ConnectionType.QueuedConnection)
        runner.closing.connect(self.stop)

    @property
    def is_running(self) -> bool:
        """Whether a study is in hand."""
        return self._job is not None

    @property
    def state(self) -> StudyState | None:
        """The study in hand, or as the last one was when it ended; None before the first."""
        return self._state

    def start(self, asked: StudyAsked, plan: str | None = None) -> None:
        """Begin a study. Raises ValueError while another is in hand.

        Args:
            asked: what is to be found out.
            plan: of which plan, by code; None: of the latest days, the published one, else the draft.
        """
        if self._job is not None:
            msg = "a study is in hand: stop it first"
            raise ValueError(msg)
        job = self._job = _Job(next(self._numbers), asked, time.monotonic(), threading.Event())
        self._state = StudyState(asked, plan or "", 0.0)
        self.running_changed.emit(self._state)
        self._runner.read(
            self, partial(_prepared, plan=plan, asked=asked), partial(self._solve, job), partial(self._fail, job)
        )

    def stop(self) -> None:
        """End the study in hand; ceilings that are proven by then are kept, of any other study nothing."""
        if self._job is not None and self._state is not None:
            self._job.stop.set()
            self._state = StudyState(
                self._state.asked, self._state.plan, self._state.seconds, self._state.progress, True
            )
            self.progressed.emit(self._state)

    def close(self, seconds: float) -> bool:
        """Give up what is in hand; False where its process takes longer to end than allowed."""
        self.stop()
        self._job = None
        until = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    # -- on the window's thread ------------------------------------------------------------------------------------

    def _solve(self, job: _Job, subject: Subject) -> None:
        if self._job is job:
            self._state = StudyState(job.asked, subject.code, time.monotonic() - job.began)
            thread = threading.Thread(target=self._work, args=(job, subject), name="study", daemon=True)
            self._threads = [*(one for one in self._threads if one.is_alive()), thread]
            thread.start()

    def _take(self, arrived: tuple[_Job, StudyProgress | Made | DomainError | Fault]) -> None:
        from desktop.services.worth.keeping import Made  # noqa: PLC0415 -- only who studies loads it

        job, news = arrived
        if self._job is not job or self._state is None:
            return
        if isinstance(news, DomainError):
            self._fail(job, news)
        elif isinstance(news, Fault):
            self._runner.faulted.emit(news)
            self._fail(job, FaultError("No study was made: the program has a fault.", "Try it again."))
        elif isinstance(news, Made):
            self._runner.handle(self, news.command(), partial(self._succeed, job), partial(self._fail, job))
        else:
            seconds = time.monotonic() - job.began
            self._state = StudyState(job.asked, self._state.plan, seconds, news, job.stop.is_set())
            self.progressed.emit(self._state)

    def _succeed(self, job: _Job, outcome: Outcome) -> None:
        if self._job is job:
            self._end()
            self.finished.emit(outcome)

    def _fail(self, job: _Job, error: DomainError) -> None:
        if self._job is job:
            self._end()
            if not isinstance(error, RunGivenUpError):
                self.failed.emit(error)

    def _end(self) -> None:
        self._job = None
        self.running_changed.emit(None)

    # -- in a thread of its own ------------------------------------------------------------------------------------

    def _work(self, job: _Job, subject: Subject) -> None:
        from desktop.services.worth.running import run_study  # noqa: PLC0415 -- as above

        last_told = 0.0

        def tell(news: StudyProgress | Made | DomainError | Fault) -> None:
            try:
                self._arrived.emit((job, news))
            except RuntimeError:  # the window is gone
                job.stop.set()

        def on_progress(progress: StudyProgress) -> None:
            nonlocal last_told
            now = time.monotonic()
            if now - last_told >= LEAST_SECONDS:
                last_told = now
                tell(progress)

        try:
            tell(run_study(subject, job.asked, on_progress, job.stop.is_set, command=self._command))
        except DomainError as error:
            tell(error)
        except Exception as error:  # noqa: BLE001 -- told on the window's thread, which reports it
            tell(Fault(error))


def _prepared(source: Source, plan: str | None, asked: StudyAsked) -> Subject:
    from desktop.services.worth.running import prepare_study  # noqa: PLC0415 -- as above

    return prepare_study(source, plan, asked)
