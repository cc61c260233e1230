"""Fetches what the window of places shows, none of it on the window's thread."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from desktop.errors import DomainError
from desktop.jobs.background import BackgroundJob, Tell
from desktop.jobs.db_runner import DbRunner, Fault, Job
from desktop.services.places.duplicates import Duplicate, duplicates_among
from desktop.services.places.located import Located
from desktop.services.places.resemblance import FactoryEntry
from desktop.services.places.worklist import Worklist, candidates_for, read_worklist
from desktop.views.maps.atlas import Atlas, read_atlas

if TYPE_CHECKING:
    from desktop.store.engine import Store


class Answer(NamedTuple):
    """Where a factory may be."""

    code: str
    located: Located


class PlaceFinder(QObject):
    """Keeps the worklist fresh.

    Attributes:
        listed: what there is to ask (Worklist).
        compared: the pairs that may be one factory (tuple of Duplicate).
        located: where a factory may be (Answer).
        drawn: what the map is painted from (Atlas).
        failed: a DomainError.
        is_comparing: the pairs shown are not those of the records as they are.
    """

    listed = Signal(object)
    compared = Signal(object)
    located = Signal(object)
    drawn = Signal(object)
    failed = Signal(object)

    def __init__(self, runner: DbRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._search: Job[Answer] | None = None
        self._reading: Job[Worklist] | None = None
        self._comparison: BackgroundJob | None = None
        self._entries: tuple[FactoryEntry, ...] | None = None
        self._is_drawn = False
        self.is_comparing = True

    def start(self) -> None:
        """Read everything anew."""
        if self._reading is not None:
            self._reading.cancel()
        self.is_comparing = True
        self._reading = self._runner.read(self, read_worklist, self._on_listed, self.failed.emit)

    def fetch_atlas(self) -> None:
        """Read what the map is painted from."""
        self._runner.read(self, _atlas, self._on_atlas)

    def locate(self, entry: FactoryEntry, text: str = "") -> None:
        """Look where a factory may be, or a place that somebody types."""
        if self._search is not None:
            self._search.cancel()

        def find(_store: Store) -> Answer:
            return Answer(entry.code, candidates_for(entry, text))

        self._search = self._runner.read(self, find, self.located.emit, self.failed.emit)

    def close(self) -> None:
        """End what is going on, at its next step."""
        if self._comparison is not None:
            self._comparison.cancel()
            self._comparison = None

    def _on_listed(self, worklist: Worklist) -> None:
        self._reading = None
        self.listed.emit(worklist)
        self._entries = worklist.entries
        if self._is_drawn:
            self._compare()

    def _on_atlas(self, atlas: Atlas) -> None:
        # comparing waits for the map: two threads that compute take the window its turns
        self._is_drawn = True
        self.drawn.emit(atlas)
        if self._entries is not None:
            self._compare()

    def _compare(self) -> None:
        self.close()
        entries, self._entries = self._entries or (), None

        def compare(tell: Tell) -> tuple[Duplicate, ...]:
            return duplicates_among(entries, lambda: tell(0, 0, ""))

        job = self._comparison = BackgroundJob("duplicates", compare, self)
        job.finished.connect(partial(self._on_compared, job))
        job.failed.connect(partial(self._on_failed, job))
        job.faulted.connect(partial(self._on_fault, job))
        job.given_up.connect(partial(self._is_over, job))
        job.start()

    def _is_over(self, job: BackgroundJob) -> bool:
        """Note the end of a comparison; False where another has begun meanwhile, or nobody waits any more."""
        job.deleteLater()
        if job is not self._comparison:
            return False
        # what has been read since is compared yet
        self._comparison, self.is_comparing = None, self._reading is not None
        return True

    def _on_compared(self, job: BackgroundJob, pairs: tuple[Duplicate, ...]) -> None:
        if self._is_over(job):
            self.compared.emit(pairs)

    def _on_failed(self, job: BackgroundJob, error: DomainError) -> None:
        if self._is_over(job):
            self.failed.emit(error)

    def _on_fault(self, job: BackgroundJob, fault: Fault) -> None:
        self._is_over(job)
        self._runner.faulted.emit(fault)


def _atlas(_store: Store) -> Atlas:
    return read_atlas()
