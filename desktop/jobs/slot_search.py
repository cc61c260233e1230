"""The search for the cheapest place of one request: the database worker reads, a thread of its own seeks."""

from __future__ import annotations

import datetime as dt
from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.errors import DomainError, FaultError
from desktop.jobs.background import BackgroundJob, Tell
from desktop.jobs.db_runner import DbRunner, Fault, Job
from desktop.services.requests.slot import Search, Slot, read_search, search_slot


class SlotSearch(QObject):
    """Seeks for one request at a time; a new search ends the one before, of which nothing is told any more.

    Attributes:
        found: (code of the request, its Slot, or why there is none).
        failed: (code of the request, a DomainError).
    """

    found = Signal(str, object)
    failed = Signal(str, object)

    def __init__(self, runner: DbRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._reading: Job[Search | str] | None = None
        self._job: BackgroundJob | None = None

    @property
    def is_seeking(self) -> bool:
        """Whether an answer is to come."""
        return self._reading is not None or self._job is not None

    def start(self, now: dt.datetime, code: str) -> None:
        """Seek for a request."""
        self.cancel()
        self._read(now, code, beside=False)

    def cancel(self) -> None:
        """Give the search up, if there is one."""
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _read(self, now: dt.datetime, code: str, *, beside: bool) -> None:
        self._reading = self._runner.read(
            self,
            lambda store: read_search(store, now, code, beside=beside),
            partial(self._seek, now, code),
            partial(self._fail, code),
            background=True,
        )

    def _seek(self, now: dt.datetime, code: str, search: Search | str) -> None:
        self._reading = None
        if isinstance(search, str):
            self.found.emit(code, search)
            return

        def seek(tell: Tell) -> Slot | str:
            return search_slot(search, lambda: tell(0, 0, ""))

        job = self._job = BackgroundJob("cheapest slot", seek, self)
        job.finished.connect(partial(self._on_sought, job, now, search))
        job.failed.connect(partial(self._on_failed, job, code))
        job.faulted.connect(partial(self._on_fault, job, code))
        job.given_up.connect(job.deleteLater)
        job.start()

    def _on_sought(self, job: BackgroundJob, now: dt.datetime, search: Search, found: Slot | str) -> None:
        if not self._is_over(job):
            return
        if isinstance(found, str) and not search.is_beside:
            self._read(now, search.request, beside=True)
        else:
            self.found.emit(search.request, found)

    def _on_failed(self, job: BackgroundJob, code: str, error: DomainError) -> None:
        if self._is_over(job):
            self._fail(code, error)

    def _on_fault(self, job: BackgroundJob, code: str, fault: Fault) -> None:
        if self._is_over(job):
            self._runner.faulted.emit(fault)
            self._fail(code, FaultError("No slot was found: the program has a fault.", "Try it again."))

    def _fail(self, code: str, error: DomainError) -> None:
        self._reading = None
        self.failed.emit(code, error)

    def _is_over(self, job: BackgroundJob) -> bool:
        """Note the end of a search; False where it has been given up meanwhile."""
        job.deleteLater()
        if job is not self._job:
            return False
        self._job = None
        return True
