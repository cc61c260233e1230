"""Half-days for those who do not see the records."""

from __future__ import annotations

import datetime as dt

from desktop.models.halfday import morning


def slot_of(date: dt.date, *, afternoon: bool = False) -> int:
    """The half-day that commands take: absolute, as the records number them."""
    return morning(date) + afternoon
