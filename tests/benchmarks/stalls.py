"""How long the event loop of a window was kept from its work, and by what."""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass
from types import FrameType

from PySide6.QtCore import QObject, Qt, QTimer

TICK_MS = 5
LONG_SECONDS = 0.03  # a loop that has not ticked for so long is asked what it does
LEVELS = 4
WAITING = frozenset(
    {"wait", "get", "accept", "_wait_for_tstate_lock", "readinto", "_on_tick", "_overhear", "_listen", "next_event"}
)


@dataclass(frozen=True, slots=True)
class Stall:
    """Time between two ticks beyond the tick itself, and what the threads were seen doing meanwhile."""

    seconds: float
    seen: str


class StallWatch(QObject):
    """Ticks every five milliseconds and keeps every delay; a second thread looks what the window does meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        self._last = time.perf_counter()
        self._delays: list[float] = []
        self._seen: Counter[str] = Counter()
        self._longest = Stall(0.0, "")
        self._window_thread = threading.get_ident()
        self._ended = threading.Event()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_tick)
        self._timer.start(TICK_MS)
        self._looker = threading.Thread(target=self._look, name="looker", daemon=True)
        self._looker.start()

    @property
    def longest(self) -> Stall:
        """The longest stall so far."""
        return self._longest

    def share(self, part: float) -> float:
        """The delay that so many of all ticks stayed below: 0.99 gives the 99th percentile, in seconds."""
        ordered = sorted(self._delays) or [0.0]
        return ordered[min(len(ordered) - 1, int(part * len(ordered)))]

    def restart(self) -> None:
        """Forget what was seen so far."""
        self._delays.clear()
        self._longest = Stall(0.0, "")
        self._seen.clear()
        self._last = time.perf_counter()

    def end(self) -> None:
        """Stop looking."""
        self._timer.stop()
        self._ended.set()
        self._looker.join()

    def _on_tick(self) -> None:
        now = time.perf_counter()
        late = max(0.0, now - self._last - TICK_MS / 1000)
        self._delays.append(late)
        if late > self._longest.seconds:
            self._longest = Stall(late, "; ".join(place for place, _ in self._seen.most_common(3)))
        if late > LONG_SECONDS:
            self._seen.clear()
        self._last = now

    def _look(self) -> None:
        while not self._ended.wait(TICK_MS / 1000):
            if time.perf_counter() - self._last > LONG_SECONDS:
                for thread, place in _places().items():
                    if thread != threading.get_ident() and place:
                        name = "window" if thread == self._window_thread else "worker"
                        self._seen[f"{name}: {place}"] += 1


def _places() -> dict[int, str]:
    """Where of ours each thread is, innermost first; "" where it only waits.

    No frame is held any longer than needed: what it holds, such as a painter, would outlive its time.
    """
    return {thread: _place(frame) for thread, frame in sys._current_frames().items()}


def _place(frame: FrameType | None) -> str:
    names: list[str] = []
    inner = frame
    while inner is not None and inner.f_code.co_name.startswith("<"):
        inner = inner.f_back
    if inner is not None and inner.f_code.co_name in WAITING:
        return ""
    while frame is not None and len(names) < LEVELS:
        if "site-packages" not in frame.f_code.co_filename:
            names.append(f"{frame.f_code.co_name}:{frame.f_lineno}")
        frame = frame.f_back
    return " < ".join(names)
