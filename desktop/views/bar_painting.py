"""The signs of the board: a bar with its cap, the calendar behind it, a night, a way, a lock, a warning."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QPaintDevice,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
    QStaticText,
    QTransform,
)

from desktop.services.board import BoardBar, CellKind
from desktop.views.theme import Theme, font
from desktop.views.words import DASH

CAP = 15.0
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
STUB = 15.0
"""Width of the hatched leg before a bar."""

CHINESE = "\u2e80"  # from here on signs come out of another font
ONE_LINE = 26.0  # rows lower than this have no room for the factory under the code
NARROW, NARROW_CAP = 56.0, 11.0
CODE_WIDTH = 34.0  # narrower bars show their cap and nothing else
WIDE = 110.0  # from here signs stand beside the code, else beside the factory: the code is what people say


@lru_cache(maxsize=64)
def _font(pixels: int, weight: QFont.Weight) -> QFont:
    return font(pixels, weight)


@lru_cache(maxsize=64)
def _metrics(pixels: int, weight: QFont.Weight) -> QFontMetricsF:
    return QFontMetricsF(_font(pixels, weight))


@lru_cache(maxsize=20_000)
def _fitted(text: str, pixels: int, weight: QFont.Weight, width: int) -> tuple[str, float]:
    """A text cut to a width, and how wide it is then: measuring costs more than writing."""
    metrics = _metrics(pixels, weight)
    whole = metrics.horizontalAdvance(text)
    if whole <= width:
        return text, whole
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
    return shown, metrics.horizontalAdvance(shown)


@lru_cache(maxsize=20_000)
def _shaped(text: str, pixels: int, weight: QFont.Weight) -> QStaticText:
    """A text whose glyphs are found already: writing it takes half as long."""
    made = QStaticText(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    made.prepare(QTransform(), _font(pixels, weight))
    return made


@lru_cache(maxsize=256)
def shade(token: str, share: float = 1.0) -> QColor:
    """A colour with a share of its strength; not to be changed."""
    made = QColor(token)
    made.setAlphaF(share)
    return made


@contextmanager
def painting(device: QPaintDevice) -> Iterator[QPainter]:
    """A painter with smooth edges and texts, ended whatever happens: one left active takes the program down."""
    with QPainter(device) as painter:
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        yield painter


class Ink(NamedTuple):
    """How a text is written: colour, size, weight, and where in its box."""

    token: str
    pixels: int
    weight: QFont.Weight = QFont.Weight.Normal
    where: Qt.AlignmentFlag = LEFT

    def width_of(self, text: str) -> float:
        """How wide a text is when written."""
        return _fitted(text, self.pixels, self.weight, 1 << 20)[1]


def write(painter: QPainter, box: QRectF, text: str, ink: Ink) -> None:
    """Write one line into a box, shortened with an ellipsis where it is too long."""
    width = box.width()
    if width < 4 or not text:
        return
    shown, taken = _fitted(text, ink.pixels, ink.weight, int(width))
    if not shown:
        return
    x = box.left()
    if ink.where == RIGHT:
        x += width - taken
    elif ink.where == CENTRE:
        x += (width - taken) / 2
    metrics = _metrics(ink.pixels, ink.weight)
    y = box.top() + (box.height() - metrics.ascent() - metrics.descent()) / 2
    painter.setFont(_font(ink.pixels, ink.weight))
    painter.setPen(shade(ink.token))
    if max(shown) < CHINESE:
        painter.drawStaticText(QPointF(x, y), _shaped(shown, ink.pixels, ink.weight))
    else:
        # laid out from its top it would hang lower, as the font that has the signs is higher
        painter.drawText(QPointF(x, y + metrics.ascent()), shown)


def paint_cell(painter: QPainter, theme: Theme, box: QRectF, kind: CellKind) -> None:
    """The calendar behind a half-day."""
    if kind == "work":
        return
    if kind == "make-up":
        painter.fillRect(box, shade(theme.cell_make_up))
        stripe = box.left() + 4
        while stripe < box.right():
            painter.fillRect(
                QRectF(stripe, box.top(), min(4.0, box.right() - stripe), box.height()),
                shade(theme.cell_make_up_stripe),
            )
            stripe += 8
        return
    painter.fillRect(box, shade(theme.cell_holiday if kind == "holiday" else theme.cell_off))
    if kind == "leave":
        hatch(painter, box, theme.leave_hatch, 6)


def hatch(painter: QPainter, box: QRectF, token: str, step: float) -> None:
    """Lines at 45 degrees."""
    painter.save()
    painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(shade(token), 1.5))
    lines = []
    at = box.left() - box.height()
    while at < box.right():
        lines.append(QLineF(at, box.bottom(), at + box.height(), box.top()))
        at += step
    painter.drawLines(lines)
    painter.restore()


def paint_cap(painter: QPainter, theme: Theme, box: QRectF, service: str) -> None:
    """The letter of a service on its colour."""
    look = theme.service(service)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shade(look.cap))
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


def edge_of(theme: Theme, bar: BoardBar) -> str:
    """The colour that frames a bar: what is to act on before the colour of its service."""
    if bar.late_days:
        return theme.bad
    return theme.warn if bar.broken else theme.service(bar.service).edge


def paint_bar(painter: QPainter, theme: Theme, box: QRectF, bar: BoardBar) -> None:
    """A visit: cap, code, man-days and factory; dashed while it is a proposal."""
    look = theme.service(bar.service)
    marked = bool(bar.late_days or bar.broken)
    pen = QPen(shade(edge_of(theme, bar)), 2 if marked else 1)
    if not bar.published:
        pen.setDashPattern([3, 2])
    inner = box.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(pen)
    painter.setBrush(shade(look.edge if bar.started else look.tint))
    painter.drawRoundedRect(inner, 3, 3)
    is_narrow = box.width() < NARROW
    cap = QRectF(box.left(), box.top(), min(NARROW_CAP if is_narrow else CAP, box.width() / 2), box.height())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shade(look.cap))
    painter.drawPath(_cap_shape(cap))
    write(painter, cap, look.letter, Ink(theme.on_cap, 10 if is_narrow else 11, QFont.Weight.Bold, CENTRE))
    if box.width() < CODE_WIDTH:
        return
    left = cap.right() + (2 if is_narrow else 4)
    text = QRectF(left, box.top(), box.right() - (1 if is_narrow else 3) - left, box.height())
    if box.height() < ONE_LINE - 5:
        _one_line(painter, theme, text, bar)
    else:
        _two_lines(painter, theme, text, bar, wide=box.width() > WIDE)


def _cap_shape(cap: QRectF) -> QPainterPath:
    """The cap: round at the left, straight where the bar goes on."""
    shape = QPainterPath()
    shape.moveTo(cap.right(), cap.top())
    shape.lineTo(cap.left() + 3, cap.top())
    shape.quadTo(cap.left(), cap.top(), cap.left(), cap.top() + 3)
    shape.lineTo(cap.left(), cap.bottom() - 3)
    shape.quadTo(cap.left(), cap.bottom(), cap.left() + 3, cap.bottom())
    shape.lineTo(cap.right(), cap.bottom())
    shape.closeSubpath()
    return shape


def _two_lines(painter: QPainter, theme: Theme, box: QRectF, bar: BoardBar, *, wide: bool) -> None:
    top = box.top() + max(0.0, (box.height() - 26) / 2)
    taken = _signs(painter, theme, QPointF(box.right(), top + (1 if wide else 13)), bar)
    code = QRectF(box.left(), top, box.width() - taken * wide, 13)
    _code(painter, theme, code, bar)
    below = QRectF(box.left(), top + 12.5, box.width() - taken * (not wide), 12)
    write(painter, below, bar.factory, Ink(theme.text, 10))


def _one_line(painter: QPainter, theme: Theme, box: QRectF, bar: BoardBar) -> None:
    taken = _signs(painter, theme, QPointF(box.right(), box.center().y() - 5.5), bar)
    room = box.adjusted(0, 0, -taken, 0)
    used = _code(painter, theme, room, bar)
    write(painter, room.adjusted(used + 6, 0, 0, 0), bar.factory, Ink(theme.text, 10))


def _code(painter: QPainter, theme: Theme, box: QRectF, bar: BoardBar) -> float:
    """The code and, where there is room, the man-days; says how much was written."""
    bold = Ink(theme.text, 11, QFont.Weight.DemiBold)
    code = bar.request
    if bold.width_of(code) > box.width():
        code = code.lstrip("R").lstrip("0") or code
    if bold.width_of(code) > box.width():
        return 0.0  # half a code is another code
    write(painter, box, code, bold)
    used = bold.width_of(code)
    if used < box.width() - 16:
        light = Ink(theme.muted, 10)
        write(painter, box.adjusted(used + 4, 0, 0, 0), part_of(bar), light)
        used += 4 + light.width_of(part_of(bar))
    return min(used, box.width())


def _signs(painter: QPainter, theme: Theme, corner: QPointF, bar: BoardBar) -> float:
    """What is to be known of a bar, from its right corner leftwards; says how much room that takes."""
    x = corner.x()
    if bar.late_days or bar.broken:
        paint_alert(painter, edge_of(theme, bar), theme.on_cap, QPointF(x - 6, corner.y() + 5.5))
        x -= 14
    if bar.pinned:
        paint_lock(painter, theme, QPointF(x - 9, corner.y() + 1))
        x -= 12
    if len(bar.crew) > 1:
        paint_crew(painter, theme.muted, QPointF(x - 12, corner.y() + 1))
        x -= 15
    return corner.x() - x


def paint_way(painter: QPainter, theme: Theme, box: QRectF, *, car: bool = False) -> None:
    """A leg travelled: a hatched stub, with a car where one fits."""
    hatch(painter, box, theme.line_strong, 4)
    if car and box.width() >= 12:
        centre = box.center()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade(theme.surface))
        painter.drawRoundedRect(QRectF(centre.x() - 6.5, centre.y() - 6, 13, 12), 3, 3)
        painter.setBrush(shade(theme.faint))
        x, y = centre.x(), centre.y()
        roof = QPolygonF(
            [QPointF(x - 3.2, y - 3.6), QPointF(x + 3.2, y - 3.6), QPointF(x + 4.6, y), QPointF(x - 4.6, y)]
        )
        painter.drawPolygon(roof)
        painter.drawRoundedRect(QRectF(x - 5, y - 0.4, 10, 3.4), 1, 1)
        painter.drawRect(QRectF(x - 4.2, y + 2.6, 2, 1.8))
        painter.drawRect(QRectF(x + 2.2, y + 2.6, 2, 1.8))


def paint_night(painter: QPainter, theme: Theme, centre: QPointF) -> None:
    """A night away from home: a bed on a dark badge."""
    painter.setPen(QPen(shade(theme.surface), 1))
    painter.setBrush(shade(theme.ruler))
    painter.drawEllipse(centre, 7.5, 7.5)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shade(theme.surface))
    x, y = centre.x(), centre.y()
    for part in (QRectF(x - 4.5, y - 3.5, 1, 7), QRectF(x - 4.5, y + 0.8, 9, 1.4), QRectF(x + 3.5, y - 0.5, 1, 4)):
        painter.drawRect(part)
    painter.drawEllipse(QPointF(x - 2.1, y - 0.8), 1.2, 1.2)
    painter.drawRoundedRect(QRectF(x - 0.6, y - 1.8, 4.6, 2.6), 1, 1)


def paint_lock(painter: QPainter, theme: Theme, corner: QPointF) -> None:
    """What the planner has fixed: a padlock, eight by nine."""
    x, y = corner.x(), corner.y()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(shade(theme.muted), 1.3))
    bow = QPainterPath(QPointF(x + 2, y + 4))
    bow.arcTo(QRectF(x + 2, y, 4, 5), 180, -180)
    bow.lineTo(x + 6, y + 4)
    painter.drawPath(bow)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shade(theme.muted))
    painter.drawRoundedRect(QRectF(x + 0.6, y + 4, 6.8, 5), 1, 1)


def paint_crew(painter: QPainter, token: str, corner: QPointF) -> None:
    """Several people: two heads and shoulders, twelve by nine."""
    x, y = corner.x(), corner.y()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shade(token))
    for left, size in ((6.0, 0.85), (0.0, 1.0)):
        painter.drawEllipse(QPointF(x + left + 3, y + 2.4), 2 * size, 2 * size)
        body = QPainterPath(QPointF(x + left, y + 9))
        body.arcTo(QRectF(x + left, y + 5, 6 * size + 0.3, 8), 180, -180)
        body.closeSubpath()
        painter.drawPath(body)


def paint_alert(painter: QPainter, token: str, on: str, centre: QPointF) -> None:
    """Something to act on: a triangle with an exclamation mark."""
    x, y = centre.x(), centre.y()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shade(token))
    painter.drawPolygon(QPolygonF([QPointF(x, y - 5.5), QPointF(x + 6, y + 5), QPointF(x - 6, y + 5)]))
    painter.setBrush(QBrush(shade(on)))
    painter.drawRect(QRectF(x - 0.6, y - 1.8, 1.2, 3.6))
    painter.drawRect(QRectF(x - 0.6, y + 2.7, 1.2, 1.2))


def paint_hourglass(painter: QPainter, token: str, centre: QPointF) -> None:
    """Kept for a while."""
    x, y = centre.x(), centre.y()
    painter.setPen(QPen(shade(token), 1.1))
    painter.drawLines([QLineF(x - 3.4, y - 4, x + 3.4, y - 4), QLineF(x - 3.4, y + 4, x + 3.4, y + 4)])
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shade(token))
    for side in (-1, 1):
        corners = (QPointF(x - 2.8, y + 3.6 * side), QPointF(x + 2.8, y + 3.6 * side), QPointF(x, y))
        painter.drawPolygon(QPolygonF(corners))


def paint_tick(painter: QPainter, token: str, centre: QPointF) -> None:
    """Kept."""
    x, y = centre.x(), centre.y()
    painter.setPen(QPen(shade(token), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawPolyline(QPolygonF([QPointF(x - 4, y), QPointF(x - 1.2, y + 3), QPointF(x + 4.4, y - 3.4)]))


def paint_cross(painter: QPainter, token: str, centre: QPointF) -> None:
    """Broken, and not to be waived."""
    x, y = centre.x(), centre.y()
    painter.setPen(QPen(shade(token), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLines([QLineF(x - 3.4, y - 3.4, x + 3.4, y + 3.4), QLineF(x - 3.4, y + 3.4, x + 3.4, y - 3.4)])
