"""Half-days as absolute numbers, so that a booking is a range of integers on every engine.

Slot `2n` is the morning, `2n + 1` the afternoon of the day whose proleptic Gregorian ordinal is `n`. The scheduler
numbers slots from its horizon's first morning instead: subtract `morning(horizon.start)`.
"""

from __future__ import annotations

import datetime as dt


def morning(date: dt.date) -> int:
    """The slot of a day's morning; its afternoon is one more."""
    return 2 * date.toordinal()


def date_of(slot: int) -> dt.date:
    """The day that a slot lies in."""
    return dt.date.fromordinal(slot // 2)
