"""How a run is told to end: a one-method protocol, so that a clock, a counter and a button all look alike."""

from __future__ import annotations

import threading
from typing import Protocol


class Stop(Protocol):
    """Asked often; once it says yes it keeps saying yes, and the run ends with its best plan."""

    def __call__(self) -> bool:
        """Whether to stop now."""
        ...


class StopFlag:
    """A stop that another thread sets."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def set(self) -> None:
        """Ask the run to end with its best plan."""
        self._event.set()

    def __call__(self) -> bool:
        """Whether `set` was called."""
        return self._event.is_set()


def never() -> bool:
    """The stop that never says yes."""
    return False
