"""All work on the database, done by one thread, in the order asked; results come back on the thread of the window."""

from __future__ import annotations

import itertools
import queue
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from desktop.clock import Clock
from desktop.errors import DomainError, FaultError, StoreError
from desktop.services.bus import Desk
from desktop.services.changes import ChangeSet, Outcome
from desktop.services.commands import Command
from desktop.store.engine import Store

T = TypeVar("T")

SOON, LATER, LAST = 0, 1, 2
"""Turns: what a person waits for goes before what is fetched ahead."""


@dataclass(frozen=True, slots=True)
class Committed:
    """Something has changed in the database, and stays so.

    Attributes:
        changes: the rows.
        label: the name of the step.
        own: by this window; else by somebody else on the same database.
        actor: who did it, where it was somebody else.
        codes: of the records concerned, where it was somebody else.
    """

    changes: ChangeSet
    label: str
    own: bool = True
    actor: str = ""
    codes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class UndoState:
    """The steps that undo would take back and redo do again, by name; None where there is none."""

    undo: str | None
    redo: str | None


@dataclass(frozen=True, slots=True)
class Fault:
    """An unexpected error in the worker: a fault of the program."""

    error: BaseException


class Job(Generic[T]):
    """Work that was asked for.

    Attributes:
        task: what to do on the worker.
        may_drop: it is a question, which nobody misses once its asker is gone or the window closes.
    """

    def __init__(
        self,
        owner: QObject,
        task: Callable[[Desk], T],
        then: Callable[[T], object] | None,
        otherwise: Callable[[DomainError], object] | None,
        *,
        may_drop: bool = False,
    ) -> None:
        self._owner = owner
        self.task = task
        self.may_drop = may_drop
        self._then = then
        self._otherwise = otherwise
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Nothing is called back any more; what has not begun is not begun. A change once begun is finished."""
        self._cancelled.set()

    @property
    def is_needed(self) -> bool:
        """Whether it is to be done: a change also where whoever asked for it is gone."""
        return not self._cancelled.is_set() and (not self.may_drop or shiboken6.isValid(self._owner))

    def deliver(self, result: T | DomainError) -> bool:
        """Call back, on the window's thread. False where an error found nobody to take it."""
        if not self.is_needed:
            return True
        if not shiboken6.isValid(self._owner):
            return not isinstance(result, DomainError)
        if isinstance(result, DomainError):
            if self._otherwise is None:
                return False
            self._otherwise(result)
        elif self._then is not None:
            self._then(result)
        return True


_Result = tuple["Job[Any]", Any]


class DbRunner(QObject):
    """The one thread that uses the database.

    Callbacks run on the thread that the runner belongs to, and not at all once `owner` has been destroyed: a question
    is not asked then, a change is made all the same. After a fault `otherwise` is called too, with a FaultError.

    Attributes:
        committed: a Committed, after every change of data.
        undo_changed: an UndoState, when it may have changed.
        refused: a DomainError that the asker had no use for, or that came when he was gone.
        faulted: a Fault.
        store_failed: a StoreError, of any work, whoever asked for it.
        closing: it is to end, and with it all that works beside it.
        own_changes: the numbers of the changes made here; for use in the worker only.
    """

    committed = Signal(object)
    undo_changed = Signal(object)
    refused = Signal(object)
    faulted = Signal(object)
    store_failed = Signal(object)
    closing = Signal()
    _arrived = Signal(object)
    _done = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        """Start the thread on a desk, which nobody else uses from now on."""
        super().__init__(parent)
        self._desk = desk
        self._queue: queue.PriorityQueue[tuple[int, int, Job[Any] | None]] = queue.PriorityQueue()
        self._numbers = itertools.count()
        self._closing = threading.Event()
        self._at_work = False
        self.own_changes: set[int] = set()
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._done.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._work, name="database", daemon=True)
        self._thread.start()

    @property
    def database(self) -> str:
        """What to call the database in a sentence."""
        return self._desk.store.name

    @property
    def is_busy(self) -> bool:
        """Whether somebody waits for something."""
        return self._at_work or not self._queue.empty()

    @property
    def clock(self) -> Clock:
        """By which changes are dated."""
        return self._desk.clock

    @property
    def actor(self) -> str:
        """In whose name changes are made."""
        return self._desk.actor

    def read(
        self,
        owner: QObject,
        query: Callable[[Store], T],
        then: Callable[[T], object],
        otherwise: Callable[[DomainError], object] | None = None,
        *,
        background: bool = False,
    ) -> Job[T]:
        """Ask a question. `background`: after everything that somebody waits for."""
        job = Job(owner, lambda desk: query(desk.store), then, otherwise, may_drop=True)
        return self._submit(job, LATER if background else SOON)

    def handle(
        self,
        owner: QObject,
        command: Command,
        then: Callable[[Outcome], object] | None = None,
        otherwise: Callable[[DomainError], object] | None = None,
    ) -> Job[Outcome]:
        """Carry out a command."""
        return self.work(owner, lambda desk: desk.handle(command), then, otherwise)

    def handle_all(
        self,
        owner: QObject,
        commands: Sequence[Command],
        label: str,
        then: Callable[[Outcome], object] | None = None,
        otherwise: Callable[[DomainError], object] | None = None,
    ) -> Job[Outcome]:
        """Carry out several commands as one step."""
        return self.work(owner, lambda desk: desk.handle_all(commands, label), then, otherwise)

    def work(
        self,
        owner: QObject,
        use_case: Callable[[Desk], T],
        then: Callable[[T], object] | None = None,
        otherwise: Callable[[DomainError], object] | None = None,
    ) -> Job[T]:
        """Do anything on the desk. What it commits is told by `committed`."""
        return self._submit(Job(owner, use_case, then, otherwise), SOON)

    def undo(self, owner: QObject, then: Callable[[Outcome], object] | None = None) -> Job[Outcome]:
        """Take back the last step."""
        return self.work(owner, lambda desk: desk.undo(), then)

    def redo(self, owner: QObject, then: Callable[[Outcome], object] | None = None) -> Job[Outcome]:
        """Do the step again that was taken back last."""
        return self.work(owner, lambda desk: desk.redo(), then)

    def refresh_undo(self) -> None:
        """Ask for the names of the steps to undo and redo; `undo_changed` tells them."""
        self._submit(Job(self, _undo_state, self.undo_changed.emit, None, may_drop=True), LATER)

    def close(self, seconds: float) -> bool:
        """Carry out the changes asked for and drop the questions; False where that takes longer than allowed."""
        if not self._closing.is_set():
            self._closing.set()
            self.closing.emit()
        self._queue.put((LAST, next(self._numbers), None))
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _submit(self, job: Job[T], turn: int) -> Job[T]:
        self._queue.put((turn, next(self._numbers), job))
        return job

    def _work(self) -> None:
        self._desk.listen(self._note)
        while (job := self._queue.get()[2]) is not None:
            self._at_work = True
            if self._is_needless(job):
                self._at_work = False
                continue
            try:
                self._desk.store.check_presence()
                result = job.task(self._desk)
            except DomainError as error:
                result = error
            except BaseException as error:  # noqa: BLE001 -- told on the window's thread, which reports it
                result = Fault(error)
            self._at_work = False
            try:
                self._arrived.emit((job, result))
            except RuntimeError:  # the window is gone
                return

    def _is_needless(self, job: Job[Any]) -> bool:
        return not job.is_needed or (job.may_drop and self._closing.is_set())

    def _note(self, outcome: Outcome) -> None:
        if outcome.change_id is not None:
            self.own_changes.add(outcome.change_id)
        with suppress(RuntimeError):  # the window is gone
            self._done.emit(outcome)

    def _deliver(self, arrived: _Result) -> None:
        job, result = arrived
        if isinstance(result, StoreError):
            self.store_failed.emit(result)
        if isinstance(result, Fault):
            self.faulted.emit(result)
            job.deliver(FaultError("This could not be done: the program has a fault.", "Try it again."))
        elif not job.deliver(result):
            self.refused.emit(result)

    def tell_of_others(self, committed: Committed) -> None:
        """Say what somebody else has changed, as if it had been done here."""
        self.committed.emit(committed)
        self.refresh_undo()

    def _tell(self, outcome: Outcome) -> None:
        self.committed.emit(Committed(outcome.changes, outcome.label))
        self.refresh_undo()


def _undo_state(desk: Desk) -> UndoState:
    return UndoState(desk.undo_label(), desk.redo_label())
