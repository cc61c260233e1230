"""The signs of the board: a bar with its cap, the calendar behind it, a night, a way, a lock, a warning."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from desktop.services.board import BoardBar, CellKind
from desktop.views.theme import Theme, colour, font
from desktop.views.words import DASH

CAP = 15.0
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


class Ink(NamedTuple):
    """How a text is written: colour, size, weight, and where in its box."""

    token: str
    pixels: int
    weight: QFont.Weight = QFont.Weight.Normal
    where: Qt.AlignmentFlag = LEFT

    def width_of(self, text: str) -> float:
        """How wide a text is when written."""
        return QFontMetricsF(font(self.pixels, self.weight)).horizontalAdvance(text)


def write(painter: QPainter, box: QRectF, text: str, ink: Ink) -> None:
    """Write one line into a box, shortened with an ellipsis where it is too long."""
    of = font(ink.pixels, ink.weight)
    painter.setFont(of)
    painter.setPen(colour(ink.token))
    shown = QFontMetricsF(of).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, ink.where | Qt.TextFlag.TextSingleLine, shown)


def paint_cell(painter: QPainter, theme: Theme, box: QRectF, kind: CellKind) -> None:
    """The calendar behind a half-day."""
    if kind == "work":
        return
    if kind == "make-up":
        painter.fillRect(box, colour(theme.cell_make_up))
        stripe = box.left() + 4
        while stripe < box.right():
            painter.fillRect(
                QRectF(stripe, box.top(), min(4.0, box.right() - stripe), box.height()),
                colour(theme.cell_make_up_stripe),
            )
            stripe += 8
        return
    painter.fillRect(box, colour(theme.cell_holiday if kind == "holiday" else theme.cell_off))
    if kind == "leave":
        hatch(painter, box, theme.leave_hatch, 6)


def hatch(painter: QPainter, box: QRectF, token: str, step: float) -> None:
    """Lines at 45 degrees."""
    painter.save()
    painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(colour(token), 1.5))
    at = box.left() - box.height()
    while at < box.right():
        painter.drawLine(QPointF(at, box.bottom()), QPointF(at + box.height(), box.top()))
        at += step
    painter.restore()


def paint_cap(painter: QPainter, theme: Theme, box: QRectF, service: str) -> None:
    """The letter of a service on its colour."""
    look = theme.service(service)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(look.cap))
    painter.drawRoundedRect(box, 3, 3)
    write(painter, box, look.letter, Ink(theme.on_cap, 10, QFont.Weight.Bold, CENTRE))


def part_of(bar: BoardBar) -> str:
    """Which man-days a bar is: "1-2/2" for one person, "x2" for each of a crew, a half where it is one."""
    half_days = bar.last_slot - bar.first_slot + 1
    if len(bar.crew) > 1:
        return f"\N{MULTIPLICATION SIGN}{len(bar.crew)}"
    if half_days % 2:
        return "½" if half_days == 1 else f"{half_days // 2}½"
    whole = half_days // 2
    return "1/1" if whole == 1 else f"1{DASH}{whole}/{whole}"


def paint_bar(painter: QPainter, theme: Theme, box: QRectF, bar: BoardBar) -> None:
    """A visit: cap, code, man-days and factory; dashed while it is a proposal."""
    look = theme.service(bar.service)
    edge = theme.bad if bar.late_days else look.edge
    pen = QPen(colour(edge), 2 if bar.late_days else 1)
    if not bar.published:
        pen.setDashPattern([3, 2])
    painter.setPen(pen)
    painter.setBrush(colour(look.edge if bar.started else look.tint))
    painter.drawRoundedRect(box, 3, 3)
    cap = QRectF(box.left(), box.top(), min(CAP, box.width() / 2), box.height())
    painter.save()
    painter.setClipRect(cap)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(look.cap))
    painter.drawRoundedRect(box, 3, 3)
    painter.restore()
    write(painter, cap, look.letter, Ink(theme.on_cap, 11, QFont.Weight.Bold, CENTRE))
    left, right = cap.right() + 4, box.right() - 3
    signs = 11.0 * bar.pinned + 14.0 * (bar.late_days > 0)
    # beside the code where there is room, else beside the factory: the code is what people say
    beside_code = box.width() > 110
    line = box.top() + (2 if beside_code else 13)
    if bar.pinned:
        paint_lock(painter, theme, QPointF(right - signs, line + 1))
    if bar.late_days:
        paint_alert(painter, theme.bad, theme.on_cap, QPointF(right - 6, line + 5.5))
    code = QRectF(left, box.top() + 1, max(0.0, right - left - signs * beside_code), 13)
    bold = Ink(theme.text, 11, QFont.Weight.DemiBold)
    write(painter, code, bar.request, bold)
    used = bold.width_of(f"{bar.request} ")
    if used < code.width() - 12:
        write(painter, code.adjusted(used, 0, 0, 0), part_of(bar), Ink(theme.muted, 10))
    below = QRectF(left, box.top() + 13, max(0.0, right - left - signs * (not beside_code)), 12)
    write(painter, below, bar.factory, Ink(theme.text, 10))


def paint_way(painter: QPainter, theme: Theme, box: QRectF) -> None:
    """A leg travelled: a hatched stub."""
    hatch(painter, box, theme.line_strong, 4)


def paint_night(painter: QPainter, theme: Theme, centre: QPointF) -> None:
    """A night away from home: a bed on a dark badge."""
    painter.setPen(QPen(colour(theme.surface), 1))
    painter.setBrush(colour(theme.ruler))
    painter.drawEllipse(centre, 7.5, 7.5)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(theme.surface))
    x, y = centre.x(), centre.y()
    for part in (QRectF(x - 4.5, y - 3.5, 1, 7), QRectF(x - 4.5, y + 0.8, 9, 1.4), QRectF(x + 3.5, y - 0.5, 1, 4)):
        painter.drawRect(part)
    painter.drawEllipse(QPointF(x - 2.1, y - 0.8), 1.2, 1.2)
    painter.drawRoundedRect(QRectF(x - 0.6, y - 1.8, 4.6, 2.6), 1, 1)


def paint_lock(painter: QPainter, theme: Theme, corner: QPointF) -> None:
    """What the planner has fixed: a padlock, eight by nine."""
    x, y = corner.x(), corner.y()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour(theme.muted), 1.3))
    bow = QPainterPath(QPointF(x + 2, y + 4))
    bow.arcTo(QRectF(x + 2, y, 4, 5), 180, -180)
    bow.lineTo(x + 6, y + 4)
    painter.drawPath(bow)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(theme.muted))
    painter.drawRoundedRect(QRectF(x + 0.6, y + 4, 6.8, 5), 1, 1)


def paint_alert(painter: QPainter, token: str, on: str, centre: QPointF) -> None:
    """Something to act on: a triangle with an exclamation mark."""
    x, y = centre.x(), centre.y()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(token))
    painter.drawPolygon(QPolygonF([QPointF(x, y - 5.5), QPointF(x + 6, y + 5), QPointF(x - 6, y + 5)]))
    painter.setBrush(QBrush(colour(on)))
    painter.drawRect(QRectF(x - 0.6, y - 1.8, 1.2, 3.6))
    painter.drawRect(QRectF(x - 0.6, y + 2.7, 1.2, 1.2))
