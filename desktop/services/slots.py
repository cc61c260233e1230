"""Half-days for those who do not see the records."""

from __future__ import annotations

import datetime as dt

from desktop.models.halfday import date_of, morning


def slot_of(date: dt.date, *, afternoon: bool = False) -> int:
    """The half-day that commands take: absolute, as the records number them."""
    return morning(date) + afternoon


def day_of(slot: int) -> dt.date:
    """The day that an absolute half-day lies in."""
    return date_of(slot)
