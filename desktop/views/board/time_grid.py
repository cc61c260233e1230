"""Time along x: half-days from the board's first morning to pixels and back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

LEAST_DAY = 96
"""How wide a day is at least where days fill the window; where they have more room they share it."""

STEPS = (32, 48, 64, 80, 96, 120, 150, 190, 240, 300)
"""Widths of a day that zooming steps through."""


@dataclass(frozen=True, slots=True)
class TimeGrid:
    """The days of a board side by side, each `day_width` wide (an even number of pixels); x 0 is the first morning."""

    first_day: dt.date
    days: int
    day_width: int

    @property
    def width(self) -> int:
        """All days together."""
        return self.days * self.day_width

    @property
    def slots(self) -> int:
        """Half-days in all."""
        return 2 * self.days

    def x(self, slot: float) -> int:
        """Where a half-day begins; fractions of one lie between."""
        return round(slot * self.day_width / 2)

    def slot_at(self, x: float) -> int:
        """The half-day under x, the first or last one beyond the edges."""
        return min(max(int(2 * x // self.day_width), 0), self.slots - 1)

    def date(self, day: int) -> dt.date:
        """The date of a day counted from the first."""
        return self.first_day + dt.timedelta(days=day)


def fitting_width(available: int, days: int) -> int:
    """How wide days are where no zoom is chosen: they fill the room, and scroll where it is too narrow."""
    return max(LEAST_DAY, available // max(1, days) // 2 * 2)


def stepped(width: int, steps: int) -> int:
    """The width some steps of zoom wider (or, negative, narrower)."""
    if steps > 0:
        wider = [step for step in STEPS if step > width]
        return wider[min(steps, len(wider)) - 1] if wider else STEPS[-1]
    narrower = [step for step in STEPS if step < width]
    return narrower[max(steps, -len(narrower))] if narrower else STEPS[0]
