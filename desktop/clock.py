"""The time, passed to whoever needs it, so that a test can name it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> dt.datetime:
        """The time, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> dt.datetime:
        """The time, aware, in UTC."""
        return dt.datetime.now(dt.UTC)  # noqa: TID251 -- the one place that asks the machine


@dataclass(slots=True)
class FixedClock:
    """A clock that stands still until it is set."""

    time: dt.datetime

    def now(self) -> dt.datetime:
        """The time that was set."""
        return self.time


def local_today(clock: Clock) -> dt.date:
    """The day that it is where the machine stands."""
    return clock.now().astimezone().date()
