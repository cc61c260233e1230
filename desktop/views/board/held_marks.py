"""The places that are kept for a client, marked on the board while they are."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer

from desktop.jobs.db_runner import Committed, Job
from desktop.services.urgent.holding import HoldView, holds
from desktop.views.board.canvas import BoardCanvas
from desktop.views.context import PageContext

LOOK_MS = 60_000
TABLES = ("slot_hold", "visit")


class HeldMarks(QObject):
    """Reads what is held when the plan shown changes or somebody holds, and again while time goes by."""

    def __init__(self, context: PageContext, canvas: BoardCanvas) -> None:
        super().__init__(canvas)
        self._context = context
        self._canvas = canvas
        self._job: Job[tuple[HoldView, ...]] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.read)
        context.runner.committed.connect(self._on_committed)

    def read(self) -> None:
        """Ask what is held now."""
        if self._job is not None:
            self._job.cancel()
        now = self._context.clock.now()
        self._job = self._context.runner.read(self, lambda store: holds(store, now), self._show, background=True)

    def _on_committed(self, committed: Committed) -> None:
        if any(committed.changes.touches(table) for table in TABLES):
            self.read()

    def _show(self, found: tuple[HoldView, ...]) -> None:
        if found:
            self._timer.start()
        else:
            self._timer.stop()
        overlay = self._canvas.overlay
        overlay.show_marks(replace(overlay.marks, held={hold.request: self._words(hold) for hold in found}))

    def _words(self, hold: HoldView) -> str:
        until = f"{hold.until.astimezone():%H:%M}"
        if hold.state == "offered":
            return self.tr("offered to the client, held until {time} by {who}").format(time=until, who=hold.by)
        return self.tr("held until {time} by {who}").format(time=until, who=hold.by)
