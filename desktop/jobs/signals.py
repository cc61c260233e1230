"""Ctrl+C and a request to terminate, told on the window's thread: Python alone hears them only when it runs."""

from __future__ import annotations

import contextlib
import signal
import socket
from types import FrameType, TracebackType
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, Signal

NUMBERS = (signal.SIGINT, signal.SIGTERM)


class Signals(QObject):
    """Hears them within a `with` block.

    Attributes:
        asked_to_end: the program is to end.
    """

    asked_to_end = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._ours, self._theirs = socket.socketpair()
        for end in (self._ours, self._theirs):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Signals:
        """Hear from now on."""
        signal.set_wakeup_fd(self._theirs.fileno())
        for number in NUMBERS:
            self._before[number] = signal.signal(number, _heard)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        signal.set_wakeup_fd(-1)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._notifier.setEnabled(False)
        self._ours.close()
        self._theirs.close()

    def _hear(self) -> None:
        with contextlib.suppress(BlockingIOError):
            self._ours.recv(64)
        self.asked_to_end.emit()


def _heard(_number: int, _frame: FrameType | None) -> None:
    """The socket has told it already."""
