"""Fetches requests for the page: those that are waited for first, then the past, then what changes."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.clock import Clock
from desktop.jobs.db_runner import DbRunner
from desktop.services.changes import ChangeSet
from desktop.services.requests.book import RequestBook
from desktop.services.requests.listing import RequestIndex


class RequestLoader(QObject):
    """Keeps an index of all requests fresh. All reading happens in the database's own thread, in the order asked.

    Attributes:
        index: the requests as known now.
        ready: the open requests have been read at least once.
        complete: all requests are in the index.
        changed: there is a new index.
    """

    changed = Signal()

    def __init__(self, runner: DbRunner, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._clock = clock
        self._book = RequestBook(clock)
        self.index = RequestIndex()
        self.ready = False
        self.complete = False

    def start(self) -> None:
        """Read everything anew: what is to be planned, what is published, then the past in slices."""
        book = self._book = RequestBook(self._clock)
        self.complete = False
        self._runner.read(self, lambda store: book.load(store, "new", "ready"), self._on_first)
        self._runner.read(self, lambda store: book.load(store, "published"), self._on_published, background=True)

    def follow(self, changes: ChangeSet) -> None:
        """Read again what a change concerns."""
        book = self._book
        self._runner.read(self, lambda store: book.refresh(store, changes), self._take)

    def _on_first(self, index: RequestIndex) -> None:
        self.ready = True
        self._take(index)

    def _on_published(self, index: RequestIndex) -> None:
        self._take(index)
        self._read_more()

    def _read_more(self) -> None:
        self._runner.read(self, self._book.load_more, self._on_more, background=True)

    def _on_more(self, index: RequestIndex) -> None:
        self.complete = self._book.complete
        self._take(index)
        if not self.complete:
            self._read_more()

    def _take(self, index: RequestIndex) -> None:
        if index is not self.index:
            self.index = index
            self.changed.emit()
