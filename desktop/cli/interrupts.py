"""Ctrl+C while something works that can be stopped with what it has: once to stop, twice to give it up."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from desktop.cli.output import remark
from scheduler.stop import StopFlag


@contextmanager
def stopping_kindly(text: str) -> Iterator[StopFlag]:
    """A flag that the first Ctrl+C (or a request to terminate) sets, saying `text`; the second raises as usual."""
    flag = StopFlag()
    if threading.current_thread() is not threading.main_thread():
        yield flag
        return

    def interrupted(_number: int, _frame: FrameType | None) -> None:
        if flag():
            raise KeyboardInterrupt
        flag.set()
        remark(text)

    before = {number: signal.signal(number, interrupted) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield flag
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
