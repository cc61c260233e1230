"""How a person's calendar is painted: the days as planning sees them, and the visits on them."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen

from desktop.services.roster.card import BookedVisit, CalendarDate, PersonCalendar
from desktop.services.roster.listing import AbsenceSpan
from desktop.services.slots import slot_of
from desktop.services.words import DAYS, MONTHS
from desktop.views.bar_painting import CENTRE, RIGHT, Ink, paint_alert, paint_cap, paint_cell, shade, write
from desktop.views.roster.calendar_grid import HEAD, LABELS, CalendarGrid
from desktop.views.theme import Theme

NUMBER_WIDTH = 30.0
BAR_TOP = 13.0
CAP_WIDTH = 14.0


def paint_calendar(
    painter: QPainter, theme: Theme, grid: CalendarGrid, calendar: PersonCalendar, today: dt.date
) -> None:
    """Everything but what is selected."""
    _paint_head(painter, theme, grid)
    for number, day in enumerate(calendar.dates):
        if number % 7 == 0:
            _paint_week_name(painter, theme, grid, number // 7, day.date)
        _paint_day(painter, theme, grid, day, today)
    _paint_lines(painter, theme, grid)
    for absence in calendar.absences:
        _paint_kind(painter, theme, grid, absence)
    for visit in calendar.visits:
        collides = any(a.first_slot <= visit.last_slot and a.last_slot >= visit.first_slot for a in calendar.absences)
        _paint_visit(painter, theme, grid, visit, collides=collides)


def paint_selection(painter: QPainter, theme: Theme, grid: CalendarGrid, first_slot: int, last_slot: int) -> None:
    """The half-days that are selected."""
    for box in grid.spans(first_slot, last_slot):
        painter.fillRect(box, shade(theme.accent, 0.16))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(shade(theme.accent), 2))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 2, 2)


def paint_cursor(painter: QPainter, theme: Theme, grid: CalendarGrid, slot: int) -> None:
    """The half-day that the keyboard is at."""
    pen = QPen(shade(theme.ruler), 1.5)
    pen.setDashPattern([2, 2])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(grid.cell(slot).adjusted(2.5, 2.5, -2.5, -2.5))


def _paint_head(painter: QPainter, theme: Theme, grid: CalendarGrid) -> None:
    painter.fillRect(QRectF(0, 0, grid.width, HEAD), shade(theme.raised))
    for weekday, name in enumerate(DAYS):
        box = QRectF(LABELS + 2 * weekday * grid.half_width, 0, 2 * grid.half_width, HEAD)
        write(painter, box, name, Ink(theme.muted, 11, QFont.Weight.Normal, CENTRE))


def _paint_week_name(painter: QPainter, theme: Theme, grid: CalendarGrid, week: int, monday: dt.date) -> None:
    box = grid.label(week)
    painter.fillRect(box, shade(theme.raised))
    upper = QRectF(box.left() + 6, box.top() + box.height() / 2 - 12, box.width() - 10, 13)
    write(painter, upper, f"W{monday.isocalendar().week:02d}", Ink(theme.text, 11, QFont.Weight.DemiBold))
    lower = upper.translated(0, 12)
    write(painter, lower, f"{monday.day} {MONTHS[monday.month - 1]}", Ink(theme.faint, 10))


def _paint_day(painter: QPainter, theme: Theme, grid: CalendarGrid, day: CalendarDate, today: dt.date) -> None:
    early = slot_of(day.date)
    for half, kind in enumerate(day.cells):
        paint_cell(painter, theme, grid.cell(early + half), kind)
    box = grid.day(day.date)
    is_today = day.date == today
    token = theme.bad if is_today else theme.muted if day.holiday else theme.faint
    weight = QFont.Weight.Bold if is_today else QFont.Weight.Normal
    text = f"{day.date.day} {MONTHS[day.date.month - 1]}" if day.date.day == 1 else str(day.date.day)
    write(painter, QRectF(box.left() + 3, box.top() + 1, NUMBER_WIDTH, 12), text, Ink(token, 10, weight))
    if day.own is not None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade(theme.accent))
        painter.drawEllipse(QPointF(box.right() - 5, box.top() + 6), 2.5, 2.5)
    elif day.holiday and day.cells[0] == "holiday":
        begin = 34 if day.date.day == 1 else 18
        room = QRectF(box.left() + begin, box.top() + 1, box.width() - begin - 2, 12)
        write(painter, room, day.holiday, Ink(theme.muted, 10, QFont.Weight.Normal, RIGHT))


def _paint_lines(painter: QPainter, theme: Theme, grid: CalendarGrid) -> None:
    bottom = HEAD + grid.weeks * grid.row_height
    painter.setPen(QPen(shade(theme.line), 1))
    for week in range(grid.weeks + 1):
        y = HEAD + week * grid.row_height
        painter.drawLine(QPointF(0, y), QPointF(grid.width, y))
    for weekday in range(8):
        x = LABELS + 2 * weekday * grid.half_width
        painter.drawLine(QPointF(x, 0), QPointF(x, bottom))


def _paint_kind(painter: QPainter, theme: Theme, grid: CalendarGrid, absence: AbsenceSpan) -> None:
    """The word for an absence on a plate in each of its weeks, where there is room."""
    kind = absence.kind
    ink = Ink(theme.text, 10)
    for box in grid.spans(absence.first_slot, absence.last_slot):
        width = min(ink.width_of(kind) + 8, box.width() - 4)
        if width < 16:
            continue
        plate = QRectF(box.left() + 2, box.bottom() - 15, width, 13)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade(theme.surface))
        painter.drawRoundedRect(plate, 3, 3)
        write(painter, plate.adjusted(4, 0, -2, 0), kind, ink)


def _paint_visit(painter: QPainter, theme: Theme, grid: CalendarGrid, visit: BookedVisit, *, collides: bool) -> None:
    """A visit as the board has it: dashed in a draft, marked where an absence forbids it."""
    look = theme.service(visit.service)
    for box in grid.spans(visit.first_slot, visit.last_slot):
        bar = QRectF(box.left() + 1.5, box.top() + BAR_TOP, box.width() - 3, box.height() - BAR_TOP - 2)
        pen = QPen(shade(theme.warn), 2) if collides else QPen(shade(look.edge), 1)
        if not visit.published:
            pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.setBrush(shade(look.tint))
        painter.drawRoundedRect(bar.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        cap = QRectF(bar.left(), bar.top(), min(CAP_WIDTH, bar.width()), bar.height())
        paint_cap(painter, theme, cap, visit.service)
        rest = bar.adjusted(CAP_WIDTH + 3, 0, -2, 0)
        if collides:
            paint_alert(painter, theme.warn, theme.on_cap, QPointF(box.right() - 9, box.top() + 7))
        ink = Ink(theme.text, 10, QFont.Weight.DemiBold)
        write(painter, rest, _last_of(visit.request, ink, rest.width()), ink)


def _last_of(code: str, ink: Ink, width: float) -> str:
    """A code, or as much of its end as there is room for: by its last figures it is told from the others."""
    if ink.width_of(code) <= width:
        return code
    return next((code[cut:] for cut in range(1, len(code)) if ink.width_of(code[cut:]) <= width), "")
