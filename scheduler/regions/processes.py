"""Processes of this machine as workers. They end with the process that started them, however it ends."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

Result = TypeVar("Result")
LOOK_SECONDS = 0.1  # between two looks of a worker at whether it is still wanted


@dataclass(frozen=True, slots=True)
class FileStop:
    """A stop that says yes once a file exists, or the folder that it would be in is gone."""

    folder: str

    def __call__(self) -> bool:
        """Whether to stop now."""
        return not os.path.isdir(self.folder) or os.path.exists(self.path)

    @property
    def path(self) -> str:
        """The file."""
        return f"{self.folder}/stop"


class Processes:
    """Some processes, each of which does a task at a time."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._folder = tempfile.mkdtemp(prefix="scheduler-")
        self.stop = FileStop(self._folder)
        self._pool = self._started()

    def submit(self, function: Callable[..., Result], *arguments: Any) -> Future[Result]:  # noqa: ANN401
        """Have a function called by a process."""
        try:
            return self._pool.submit(function, *arguments)
        except BrokenExecutor as error:
            failed: Future[Result] = Future()
            failed.set_exception(error)
            return failed

    def is_loss(self, error: BaseException) -> bool:
        """Whether a process went away with its task."""
        return isinstance(error, BrokenExecutor)

    def renew(self) -> None:
        """Start new processes; a pool that has lost one does nothing any more."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = self._started()

    def end_tasks(self) -> None:
        """Tell all tasks to end with what they have."""
        Path(self.stop.path).touch()

    def close(self) -> None:
        """Let the processes end, in the midst of their tasks too; it is not waited for."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _started(self) -> ProcessPoolExecutor:
        # a new interpreter: copies of a process with threads may hang, those of compiled code too
        spawn = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self.count, spawn, initializer=_begin, initargs=(self._folder,))


def _begin(folder: str) -> None:
    """What a worker does first: leave interrupts to its parent, and see to it that it does not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_watch, args=(folder,), name="watch", daemon=True).start()


def _watch(folder: str) -> None:
    """End this process once its parent has ended, or the folder that says that it is wanted is gone."""
    parent = multiprocessing.parent_process()
    while parent is not None and parent.is_alive() and os.path.isdir(folder):
        parent.join(LOOK_SECONDS)
    with contextlib.suppress(OSError):
        shutil.rmtree(folder)
    os._exit(0)
