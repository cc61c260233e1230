"""A year of a country on one sheet: months below one another, days side by side; a day can be chosen."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.services.house_settings import CalendarDayRow
from desktop.services.words import MONTHS, spell_day
from desktop.views.bar_painting import CENTRE, Ink, paint_cell, painting, shade, write
from desktop.views.look import Look

LABEL, HEAD, CELL, ROW = 34.0, 16.0, 22.0, 25.0
DAY = dt.timedelta(days=1)
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -31, Qt.Key.Key_Down: 31}


class YearGrid(QWidget):
    """The days of a year by kind.

    Attributes:
        chosen: a day was chosen (date).
    """

    chosen = Signal(object)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._rows: Mapping[dt.date, CalendarDayRow] = {}
        self.year = 2026
        self.day: dt.date | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Days of the year"))
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Twelve months of up to 31 days."""
        return QSize(int(LABEL + 31 * CELL + 2), int(HEAD + 12 * ROW + 2))

    def show_year(self, year: int, rows: Sequence[CalendarDayRow]) -> None:
        """Show the days that differ in a year."""
        self.year = year
        self._rows = {row.date: row for row in rows}
        if self.day is None or self.day.year != year:
            self.day = None
        self.update()

    def choose(self, day: dt.date) -> None:
        """Choose a day of the year that is shown."""
        if day.year != self.year:
            return
        self.day = day
        self.update()
        self.chosen.emit(day)

    def box_of(self, day: dt.date) -> QRectF:
        """Where a day is painted."""
        return QRectF(LABEL + (day.day - 1) * CELL, HEAD + (day.month - 1) * ROW, CELL - 1, ROW - 1)

    def said(self, day: dt.date) -> str:
        """A day in words."""
        row = self._rows.get(day)
        if row is None:
            return spell_day(day)
        kind = self.tr("holiday") if row.kind == "holiday" else self.tr("make-up working day")
        marks = [row.name] if row.name else []
        marks += [self.tr("provisional")] if row.provisional else []
        marks += [self.tr("changed here")] if row.own else []
        return f"{spell_day(day)}: {', '.join([kind, *marks])}"

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the day under the mouse."""
        day = self._day_at(event.position().toPoint())
        if day is not None:
            self.choose(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go on by a day or to the same place of another month."""
        step = STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        day = self.day or dt.date(self.year, 1, 1)
        if abs(step) == 1:
            self.choose(day + step * DAY)
            return
        month = day.month + (1 if step > 0 else -1)
        if 1 <= month <= 12:
            self.choose(dt.date(self.year, month, min(day.day, calendar.monthrange(self.year, month)[1])))

    def event(self, event: QEvent) -> bool:
        """What a day is stands in its tooltip."""
        if isinstance(event, QHelpEvent):
            day = self._day_at(event.pos())
            if day is not None:
                QToolTip.showText(event.globalPos(), self.said(day), self)
                return True
        return super().event(event)

    def _day_at(self, point: QPoint) -> dt.date | None:
        month, number = int((point.y() - HEAD) // ROW) + 1, int((point.x() - LABEL) // CELL) + 1
        if not 1 <= month <= 12 or not 1 <= number <= calendar.monthrange(self.year, month)[1]:
            return None
        return dt.date(self.year, month, number)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Every day by its kind; what is not fixed yet with a dashed edge."""
        theme = self._look.theme
        with painting(self) as painter:
            for number in range(1, 32):
                box = QRectF(LABEL + (number - 1) * CELL, 0, CELL - 1, HEAD)
                write(painter, box, str(number), Ink(theme.faint, 9, where=CENTRE))
            for month in range(1, 13):
                box = QRectF(0, HEAD + (month - 1) * ROW, LABEL - 4, ROW - 1)
                write(painter, box, MONTHS[month - 1], Ink(theme.muted, 10))
            day = dt.date(self.year, 1, 1)
            while day.year == self.year:
                self._paint_day(painter, day)
                day += DAY

    def _paint_day(self, painter: QPainter, day: dt.date) -> None:
        theme, box, row = self._look.theme, self.box_of(day), self._rows.get(day)
        painter.fillRect(box, shade(theme.surface))
        if row is not None:
            paint_cell(painter, theme, box, "holiday" if row.kind == "holiday" else "make-up")
        elif day.weekday() >= 5:
            paint_cell(painter, theme, box, "off")
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(shade(theme.line), 1))
        painter.drawRect(box)
        if row is not None:
            write(painter, box, "H" if row.kind == "holiday" else "W", Ink(theme.text, 9, where=CENTRE))
            if row.provisional:
                painter.setPen(QPen(shade(theme.warn), 1, Qt.PenStyle.DashLine))
                painter.drawRect(box.adjusted(1, 1, -1, -1))
            if row.own:
                painter.fillRect(QRectF(box.right() - 5, box.top() + 1, 5, 5), shade(theme.accent))
        if day == self.day:
            painter.setPen(QPen(shade(theme.accent), 2))
            painter.drawRect(box)
