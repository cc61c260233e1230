"""Where the half-days of a person's calendar lie: a row a week, Monday to Sunday, two cells a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from desktop.services.slots import slot_of

LABELS = 58.0
"""Width of the weeks' names."""

HEAD = 22.0
LEAST_ROW = 26.0
MOST_ROW = 56.0


@dataclass(frozen=True, slots=True)
class CalendarGrid:
    """The geometry of a calendar in a widget of some size. Slots are absolute half-days."""

    first_day: dt.date
    weeks: int
    width: float
    height: float

    @property
    def row_height(self) -> float:
        """Of a week."""
        return min(MOST_ROW, max(LEAST_ROW, (self.height - HEAD) / max(1, self.weeks)))

    @property
    def half_width(self) -> float:
        """Of half a day."""
        return max(1.0, (self.width - LABELS) / 14)

    @property
    def first_slot(self) -> int:
        """The first half-day shown."""
        return slot_of(self.first_day)

    @property
    def last_slot(self) -> int:
        """The last half-day shown."""
        return self.first_slot + 14 * self.weeks - 1

    def cell(self, slot: int) -> QRectF:
        """The cell of a half-day, which has to be shown."""
        week, half = divmod(slot - self.first_slot, 14)
        return QRectF(LABELS + half * self.half_width, HEAD + week * self.row_height, self.half_width, self.row_height)

    def day(self, date: dt.date) -> QRectF:
        """The two cells of a day."""
        early = self.cell(slot_of(date))
        return QRectF(early.left(), early.top(), 2 * early.width(), early.height())

    def label(self, week: int) -> QRectF:
        """Where the name of a week stands."""
        return QRectF(0, HEAD + week * self.row_height, LABELS, self.row_height)

    def spans(self, first_slot: int, last_slot: int) -> Iterator[QRectF]:
        """Half-days one after another as boxes, one for each week that they touch."""
        first, last = max(first_slot, self.first_slot), min(last_slot, self.last_slot)
        while first <= last:
            end_of_week = self.first_slot + ((first - self.first_slot) // 14 + 1) * 14 - 1
            end = min(last, end_of_week)
            left, right = self.cell(first), self.cell(end)
            yield QRectF(left.topLeft(), right.bottomRight())
            first = end + 1

    def slot_at(self, point: QPointF) -> int | None:
        """The half-day under a point; None beside the days."""
        week = int((point.y() - HEAD) // self.row_height)
        half = int((point.x() - LABELS) // self.half_width)
        if 0 <= week < self.weeks and 0 <= half < 14:
            return self.first_slot + 14 * week + half
        return None

    def nearest(self, point: QPointF) -> int:
        """The half-day nearest to a point: a drag may leave the days."""
        week = min(max(int((point.y() - HEAD) // self.row_height), 0), self.weeks - 1)
        half = min(max(int((point.x() - LABELS) // self.half_width), 0), 13)
        return self.first_slot + 14 * week + half
