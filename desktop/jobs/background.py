"""Work in a thread of its own that no database worker has to wait for: opening, copying, making a sample."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from desktop.errors import DomainError
from desktop.jobs.db_runner import Fault

Tell = Callable[[int, int, str], None]
"""Says how far the work is: steps done, steps in all (0: not known), what is being done."""


@dataclass(frozen=True, slots=True)
class Advance:
    """How far a work is. `total` 0: not known."""

    done: int
    total: int
    text: str


class GivenUpError(Exception):
    """Raised within a work where it next tells of itself, once it has been cancelled."""


class BackgroundJob(QObject):
    """One work in a thread of its own. Exactly one of the last four signals is emitted, on the owner's thread.

    Attributes:
        advanced: an Advance.
        finished: what the work gave.
        failed: a DomainError.
        given_up: it was cancelled.
        faulted: a Fault of the program.
    """

    advanced = Signal(object)
    finished = Signal(object)
    failed = Signal(object)
    given_up = Signal()
    faulted = Signal(object)
    _ended = Signal(object)

    def __init__(self, name: str, task: Callable[[Tell], Any], parent: QObject) -> None:
        """Prepare; `start` begins.

        Args:
            name: of the thread.
            task: the work, given what it tells its progress to. It ends early by the exception that this raises.
            parent: whose window waits for it.
        """
        super().__init__(parent)
        self._task = task
        self._cancelled = threading.Event()
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def cancel(self) -> None:
        """End it at the next step that it tells of."""
        self._cancelled.set()

    def close(self, seconds: float) -> bool:
        """Cancel and wait; False where it goes on longer than allowed."""
        self._cancelled.set()
        if self._thread.ident is not None:
            self._thread.join(seconds)
        return not self._thread.is_alive()

    def _tell(self, done: int, total: int, text: str) -> None:
        if self._cancelled.is_set():
            raise GivenUpError
        self.advanced.emit(Advance(done, total, text))

    def _work(self) -> None:
        result: object
        try:
            result = self._task(self._tell)
        except (GivenUpError, DomainError) as error:
            result = error
        except BaseException as error:  # noqa: BLE001 -- told on the window's thread, which reports it
            result = Fault(error)
        try:
            self._ended.emit((result,))
        except RuntimeError:  # the window is gone
            return

    def _deliver(self, ended: tuple[object]) -> None:
        (result,) = ended
        self._thread.join()
        if isinstance(result, GivenUpError):
            self.given_up.emit()
        elif isinstance(result, DomainError):
            self.failed.emit(result)
        elif isinstance(result, Fault):
            self.faulted.emit(result)
        else:
            self.finished.emit(result)
