"""The end of a window's work: what was asked for is finished, within a limit, and nobody waits in a frozen window."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

LOOK_EVERY_MS = 20


class Closes(Protocol):
    """Has threads or processes to end."""

    def close(self, seconds: float) -> bool:
        """Have them end and wait so long; False where they have not ended by then. May be asked again."""
        ...


class Closing(QObject):
    """Ends what is at work, looking now and then whether they have ended.

    Attributes:
        ended: whether all has ended (bool); False: the limit was reached, and something had to be left behind.
    """

    ended = Signal(bool)

    def __init__(self, parts: Sequence[Closes], parent: QObject) -> None:
        super().__init__(parent)
        self._parts = tuple(parts)
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
        done = all([part.close(0.0) for part in self._parts])
        if done or time.monotonic() >= self._until:
            self._timer.stop()
            self.ended.emit(done)
