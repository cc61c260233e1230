"""The end of a window's work: what was asked for is finished, within a limit, and nobody waits in a frozen window."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.jobs.db_runner import DbRunner
from desktop.jobs.plan_run import PlanRuns

LOOK_EVERY_MS = 20


class Closing(QObject):
    """Ends the worker and the solver, looking now and then whether they have ended.

    Attributes:
        ended: whether all has ended (bool); False: the limit was reached, and something had to be left behind.
    """

    ended = Signal(bool)

    def __init__(self, runner: DbRunner, plan_runs: PlanRuns, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._plan_runs = plan_runs
        self._until = 0.0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)

    def begin(self, seconds: float) -> None:
        """Begin, and wait at most so long."""
        self._until = time.monotonic() + seconds
        self._timer.start(LOOK_EVERY_MS)
        self._look()

    def hurry(self) -> None:
        """Wait no longer."""
        self._until = 0.0

    def _look(self) -> None:
        done = self._plan_runs.close(0.0)
        done = self._runner.close(0.0) and done
        if done or time.monotonic() >= self._until:
            self._timer.stop()
            self.ended.emit(done)
