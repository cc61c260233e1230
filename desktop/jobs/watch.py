"""Looks every other second what others have done, and whether the database can be reached at all.

What time does is looked after here too: places are free again that were held until now.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.errors import DomainError, StoreError
from desktop.jobs.db_runner import Committed, DbRunner, Job
from desktop.services.news import Follower, News
from desktop.services.urgent.expiry import release_expired
from desktop.store.engine import Store

EVERY_MS = 2000
LONGEST_MS = 30_000
FAULT_MS = 30_000  # after a fault of the program, which looking again is not likely to heal


@dataclass(frozen=True, slots=True)
class Link:
    """Whether the database can be reached.

    Attributes:
        error: why not; None where it can.
        was_lost: it could not, the last time.
    """

    error: StoreError | None = None
    was_lost: bool = False

    @property
    def is_live(self) -> bool:
        """Whether it can be reached."""
        return self.error is None


class Watch(QObject):
    """Follows one database through its runner.

    Attributes:
        link_changed: a Link: the database was lost, is lost for another reason, or is back.
        link: the present one.
    """

    link_changed = Signal(object)

    def __init__(self, runner: DbRunner, parent: QObject, every_ms: int = EVERY_MS) -> None:
        """Begin to look; what was changed before is known."""
        super().__init__(parent)
        self._runner = runner
        self._follower = Follower(runner.own_changes)
        self._every = every_ms
        self._job: Job[tuple[News, ...]] | None = None
        self.link = Link()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look_if_idle)
        runner.store_failed.connect(self._on_failure)
        self.look()

    def look(self) -> None:
        """Look now."""
        self._timer.stop()
        if self._job is None:
            self._job = self._runner.read(self, self._read, self._on_news, self._on_error)

    def _read(self, store: Store) -> tuple[News, ...]:
        """On the worker: what others have done. What time does now is seen as theirs by the next look."""
        found = self._follower.look(store)
        # where it cannot be done the next look or another program does it: what is found is told all the same
        with suppress(DomainError):
            release_expired(store, self._runner.clock)
        return found

    def _look_if_idle(self) -> None:
        if self._runner.is_busy and self.link.is_live:
            self._timer.start(self._every)
        else:
            self.look()

    def _on_news(self, found: tuple[News, ...]) -> None:
        self._job = None
        if not self.link.is_live:
            self._become(Link(None, was_lost=True))
        for news in found:
            self._runner.tell_of_others(
                Committed(news.changes, news.label, own=False, actor=news.actor, codes=news.codes)
            )
        self._timer.start(self._every)

    def _on_error(self, error: DomainError) -> None:
        self._job = None
        if not isinstance(error, StoreError):
            self._timer.start(FAULT_MS)
            return
        waited = self._timer.interval() if not self.link.is_live else self._every // 2
        if self.link.error is None or self.link.error.text != error.text:
            self._become(Link(error))
        self._timer.start(min(2 * waited, LONGEST_MS))

    def _on_failure(self, _error: StoreError) -> None:
        """Some work could not use the database: see at once whether it is gone, or only this could not be done."""
        if self.link.is_live and self._job is None:
            self.look()

    def _become(self, link: Link) -> None:
        self.link = link
        self.link_changed.emit(link)
