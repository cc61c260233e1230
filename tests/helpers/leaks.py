"""What a test has left alive: windows, threads, timers, processes, each by name and by where it was started."""

from __future__ import annotations

import gc
import threading
import traceback
import weakref
from collections.abc import Callable
from typing import Any

import psutil
import shiboken6
from PySide6.QtCore import QEvent, QObject, QThread, QTimer
from PySide6.QtWidgets import QApplication

PATIENCE_SECONDS = 5.0  # how long a thread or process that has been told to end may take for it
_Start = Callable[..., Any]


class LeakWatch:
    """Notes what is alive when it is made, and who starts timers and threads of Qt until `close`."""

    def __init__(self, application: QApplication) -> None:
        self._application = application
        self._threads = set(threading.enumerate())
        self._widgets = {id(widget) for widget in application.topLevelWidgets()}
        self._children = {child.pid for child in psutil.Process().children(recursive=True)}
        self._started: dict[int, tuple[weakref.ref[QObject], str]] = {}
        self._starts: dict[type[QObject], _Start] = {kind: kind.start for kind in (QTimer, QThread)}
        for kind, start in self._starts.items():
            kind.start = self._noting(start)  # type: ignore[attr-defined]

    def close(self) -> None:
        """Note nothing more."""
        for kind, start in self._starts.items():
            kind.start = start  # type: ignore[attr-defined]

    def left(self) -> list[str]:
        """A line for everything that is still alive now, after what was told to end had its time."""
        self._bury()
        return [*self._windows(), *self._objects(), *self._running(), *self._processes()]

    def _noting(self, start: _Start) -> _Start:
        def noted(started: QObject, *arguments: Any) -> Any:  # noqa: ANN401 - whatever Qt takes and gives
            self._started[id(started)] = (weakref.ref(started), _who_called())
            return start(started, *arguments)

        return noted

    def _bury(self) -> None:
        for _ in range(2):
            self._application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            gc.collect()
        self._application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def _windows(self) -> list[str]:
        return [
            f"window {type(widget).__name__} {widget.objectName()!r} {widget.windowTitle()!r}"
            for widget in self._application.topLevelWidgets()
            if id(widget) not in self._widgets and widget.parent() is None
        ]

    def _objects(self) -> list[str]:
        lines = []
        for reference, where in self._started.values():
            thing = reference()
            if thing is None or not shiboken6.isValid(thing):
                continue
            if isinstance(thing, QTimer) and thing.isActive():
                owner = thing.parent()
                of = f"of {type(owner).__name__}" if owner else "without a parent"
                lines.append(f"timer {of}, every {thing.interval()} ms, started at {where}")
            if isinstance(thing, QThread) and thing.isRunning():
                lines.append(f"QThread {thing.objectName()!r}, started at {where}")
        return lines

    def _running(self) -> list[str]:
        lines = []
        for thread in set(threading.enumerate()) - self._threads:
            if not isinstance(thread, threading._DummyThread):
                thread.join(PATIENCE_SECONDS)
                if thread.is_alive():
                    lines.append(f"thread {thread.name!r}")
        return lines

    def _processes(self) -> list[str]:
        children = [child for child in psutil.Process().children(recursive=True) if child.pid not in self._children]
        _, alive = psutil.wait_procs(children, PATIENCE_SECONDS)
        return [f"process {child.pid}: {_command_line(child)}" for child in alive]


def _who_called() -> str:
    """The line of ours that started something."""
    frames = [frame for frame in traceback.extract_stack() if frame.filename != __file__]
    frame = frames[-1]
    return f"{frame.filename}:{frame.lineno} in {frame.name}"


def _command_line(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())[:160] or process.name()
    except psutil.Error:
        return "ended"
