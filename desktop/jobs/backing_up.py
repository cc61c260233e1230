"""Backups, written by a thread of their own while the window works on."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.clock import Clock
from desktop.jobs.background import BackgroundJob, Tell
from desktop.services.backing_up import suggested_name, write_backup
from desktop.store.engine import Store


class Backups(QObject):
    """Writes backups of one database, one at a time.

    Attributes:
        running_changed: whether one is being written (bool).
        finished: its file (Path): it has been read back whole.
        failed: a DomainError: nothing was written.
        faulted: a Fault.
    """

    running_changed = Signal(bool)
    finished = Signal(object)
    failed = Signal(object)
    faulted = Signal(object)

    def __init__(self, store: Store, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._clock = clock
        self._job: BackgroundJob | None = None

    @property
    def is_running(self) -> bool:
        """Whether one is being written."""
        return self._job is not None

    @property
    def folder(self) -> Path:
        """Where a backup is suggested."""
        folder = self._store.backups
        return folder if folder.is_dir() else folder.parent

    def suggest(self) -> str:
        """The name of a file for one made now."""
        return suggested_name(self._store, self._clock)

    def write(self, path: str) -> None:
        """Begin one."""
        if self._job is not None:
            return
        job = BackgroundJob("backup", partial(_write, self._store, Path(path)), self)
        self._job = job
        job.finished.connect(self._on_finished)
        job.failed.connect(self._on_failed)
        job.faulted.connect(self._on_faulted)
        self.running_changed.emit(True)
        job.start()

    def close(self, seconds: float) -> bool:
        """Wait for the one that is being written; False where that takes longer than allowed."""
        return self._job is None or self._job.close(seconds)

    def _on_finished(self, path: object) -> None:
        self._end()
        self.finished.emit(path)

    def _on_failed(self, error: object) -> None:
        self._end()
        self.failed.emit(error)

    def _on_faulted(self, fault: object) -> None:
        self._end()
        self.faulted.emit(fault)

    def _end(self) -> None:
        if self._job is not None:
            self._job.deleteLater()
            self._job = None
        self.running_changed.emit(False)


def _write(store: Store, path: Path, _tell: Tell) -> Path:
    return write_backup(store, path)
