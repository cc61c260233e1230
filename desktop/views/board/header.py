"""The head of the board: what the frozen columns are called, and the days with their holidays."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF, QRectF
from PySide6.QtGui import QFont, QPainter, QPen

from desktop.services.board import WeekBoard
from desktop.services.words import DAYS, MONTHS
from desktop.views.bar_painting import CENTRE, LEFT, RIGHT, Ink, paint_cell, shade, write
from desktop.views.board.capacity import Capacity
from desktop.views.board.columns import PAD, Column
from desktop.views.board.time_grid import TimeGrid
from desktop.views.theme import Theme
from desktop.views.words import DASH, man_days

DAYS_HEIGHT, LANE_HEIGHT = 38, 20
HEIGHT = DAYS_HEIGHT + LANE_HEIGHT
FOOT_HEIGHT = 22
DEMIBOLD = QFont.Weight.DemiBold


@dataclass(frozen=True, slots=True)
class Sorting:
    """By which column people are sorted; column "" is the order of the board."""

    column: str = ""
    descending: bool = False


def paint_column_heads(
    painter: QPainter, theme: Theme, columns: tuple[Column, ...], sorting: Sorting, remark: str
) -> None:
    """The heads of the frozen columns from x 0 and y 0, and a remark below them: "60 people"."""
    left = float(PAD)
    for column in columns:
        title = QCoreApplication.translate("board", column.title)
        is_sorted = column.id == sorting.column
        ink = Ink(theme.text if is_sorted else theme.muted, 11, DEMIBOLD if is_sorted else QFont.Weight.Normal)
        where = RIGHT if column.is_number and column.id != "load" else LEFT
        ink = ink._replace(where=where)
        box = QRectF(left, 4, column.width - 8, DAYS_HEIGHT - 8)
        write(painter, box, title, ink)
        if is_sorted:
            x = box.right() - ink.width_of(title) - 8 if where == RIGHT else left + ink.width_of(title) + 8
            _arrow(painter, theme, QPointF(x, box.center().y()), down=sorting.descending)
        left += column.width
    write(painter, QRectF(PAD, DAYS_HEIGHT - 2, left - PAD - 8, LANE_HEIGHT), remark, Ink(theme.faint, 11))


def _arrow(painter: QPainter, theme: Theme, at: QPointF, *, down: bool) -> None:
    sign = 1 if down else -1
    painter.setPen(QPen(shade(theme.text), 1.4))
    tip = QPointF(at.x(), at.y() + 2 * sign)
    painter.drawPolyline([QPointF(at.x() - 3, at.y() - 1.5 * sign), tip, QPointF(at.x() + 3, at.y() - 1.5 * sign)])


def paint_days(painter: QPainter, theme: Theme, grid: TimeGrid, board: WeekBoard, capacity: Capacity) -> None:
    """The days from x 0 and y 0: weekday, date, what is special; below, what of all people is booked."""
    for day in range(grid.days):
        _day(painter, theme, grid, board, day)
        left = grid.x(2 * day)
        if day:
            painter.fillRect(QRectF(left, 0, 1, HEIGHT), shade(theme.line))
        taken, free = capacity.taken[day], capacity.open[day]
        text = f"{man_days(taken / 2)} / {man_days(free / 2)}" if free or taken else DASH
        if grid.day_width < 70:
            text = man_days(taken / 2)
        box = QRectF(left + 4, DAYS_HEIGHT, grid.day_width - 10, LANE_HEIGHT - 1)
        write(painter, box, text, Ink(theme.bad if taken > free else theme.faint, 11, where=RIGHT))


def special_of(board: WeekBoard, day: int) -> str:
    """What a day is beside its name: "Holiday CN", "Make-up day CN"; several countries with the same are one."""
    names: dict[str, list[str]] = {}
    for at, country, name in board.holidays:
        if at == day:
            names.setdefault(name, []).append(country)
    return ", ".join(f"{name[:1].upper()}{name[1:]} {' '.join(countries)}" for name, countries in names.items())


def _kind_of(board: WeekBoard, day: int) -> str:
    """What most people's calendars say of a day that is special; else work, or off where nobody works."""
    kinds = {kind for row in board.rows for kind in row.cells[2 * day : 2 * day + 2]}
    for kind in ("make-up", "holiday"):
        if kind in kinds:
            return kind
    return "off" if kinds and kinds <= {"off", "leave"} else "work"


def _day(painter: QPainter, theme: Theme, grid: TimeGrid, board: WeekBoard, day: int) -> None:
    left, width, date = grid.x(2 * day), grid.day_width, grid.date(day)
    special, kind = special_of(board, day), _kind_of(board, day)
    if kind == "make-up":
        paint_cell(painter, theme, QRectF(left, 0, width, HEIGHT), "make-up")
    elif kind == "holiday" and special:
        paint_cell(painter, theme, QRectF(left, 0, width, HEIGHT), "holiday")
    weekday, month = DAYS[date.weekday()], MONTHS[date.month - 1]
    is_off = kind == "off"
    bold = Ink(theme.muted if is_off else theme.text, 13, DEMIBOLD)
    if width < 60:
        write(painter, QRectF(left + 2, 3, width - 4, 16), weekday, bold._replace(pixels=11, where=CENTRE))
        plain = Ink(theme.muted, 11, where=CENTRE)
        write(painter, QRectF(left + 2, 19, width - 4, 15), str(date.day), plain)
        return
    box = QRectF(left + 8, 3, width - 12, 18)
    write(painter, box, weekday, bold)
    used = bold.width_of(weekday) + 5
    plain = Ink(theme.muted if is_off else theme.text, 13)
    write(painter, box.adjusted(used, 0, 0, 0), f"{date.day} {month}", plain)
    remark = special or (QCoreApplication.translate("board", "Off") if is_off else "")
    token = theme.ok if kind == "make-up" else theme.warn if special else theme.muted
    write(painter, QRectF(left + 8, 20, width - 12, 16), remark, Ink(token, 11))


def paint_foot(
    painter: QPainter, theme: Theme, grid: TimeGrid, sums: tuple[float, ...], place: tuple[float, float]
) -> None:
    """The foot: man-days left out, by day. `place`: how wide the frozen columns are, and how far days are scrolled."""
    left_width, offset = place
    painter.save()
    painter.setClipRect(QRectF(left_width, 0, 1e5, FOOT_HEIGHT))
    for day, number in enumerate(sums):
        box = QRectF(left_width - offset + grid.x(2 * day) + 4, 0, grid.day_width - 10, FOOT_HEIGHT)
        weight = DEMIBOLD if number else QFont.Weight.Normal
        write(painter, box, man_days(number), Ink(theme.text if number else theme.faint, 12, weight, RIGHT))
    painter.restore()
    title = QCoreApplication.translate("board", "Unassigned man-days")
    write(painter, QRectF(PAD, 0, left_width - PAD, FOOT_HEIGHT), title, Ink(theme.text, 12, DEMIBOLD))
    total = QCoreApplication.translate("board", "{number} in view").format(number=man_days(sum(sums)))
    write(
        painter, QRectF(left_width / 2, 0, left_width / 2 - 10, FOOT_HEIGHT), total, Ink(theme.muted, 11, where=RIGHT)
    )
