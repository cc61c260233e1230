"""What charts are made of: boxes, lines, dots and words in order of painting, and the marks that can be pointed at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple, Protocol

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from desktop.views.bar_painting import CENTRE, RIGHT, Ink, shade, write
from desktop.views.theme import font

Shape = Literal["circle", "diamond", "square", "triangle"]
SHAPES: tuple[Shape, ...] = ("circle", "diamond", "square", "triangle")
DASHES: tuple[tuple[float, ...], ...] = ((), (5, 2), (1, 2), (6, 2, 1, 2))
"""Of the lines of a chart, in order: dots, dashes and colours tell them apart, each alone."""

HATCH_SHARE = 0.6  # of the strength of the surface's colour


class Script:
    """How a chart writes: on a screen with figures of equal width, on paper so that it can be copied and searched."""

    def width_of(self, text: str, ink: Ink) -> float:
        """How wide a text is."""
        return ink.width_of(text)

    def write(self, painter: QPainter, box: QRectF, text: str, ink: Ink) -> None:
        """Write one line into a box, shortened where it is too long."""
        write(painter, box, text, ink)


class PaperScript(Script):
    """Letters without the font's other forms of figures, which are no characters when copied from a PDF.

    It shares nothing, so that a file may be painted beside the window's thread.
    """

    def __init__(self) -> None:
        self._fonts: dict[tuple[int, QFont.Weight], tuple[QFont, QFontMetricsF]] = {}

    def width_of(self, text: str, ink: Ink) -> float:
        """How wide a text is."""
        return self._font(ink)[1].horizontalAdvance(text)

    def write(self, painter: QPainter, box: QRectF, text: str, ink: Ink) -> None:
        """Write one line into a box, shortened where it is too long."""
        letters, metrics = self._font(ink)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width() + 0.5)
        taken = metrics.horizontalAdvance(shown)
        if not shown or taken > box.width() + 1:
            return
        left = box.left() + {RIGHT: box.width() - taken, CENTRE: (box.width() - taken) / 2}.get(ink.where, 0.0)
        base = box.top() + (box.height() + metrics.ascent() - metrics.descent()) / 2
        painter.setFont(letters)
        painter.setPen(shade(ink.token))
        painter.drawText(QPointF(left, base), shown)

    def _font(self, ink: Ink) -> tuple[QFont, QFontMetricsF]:
        key = (ink.pixels, ink.weight)
        if key not in self._fonts:
            made = font(*key)
            for feature in ("tnum", "calt"):
                made.setFeature(QFont.Tag(feature), 0)
            self._fonts[key] = (made, QFontMetricsF(made))
        return self._fonts[key]


class Stroke(Protocol):
    """One thing that is painted."""

    def paint(self, painter: QPainter, script: Script) -> None:
        """Paint it."""


class Box(NamedTuple):
    """A rectangle."""

    rect: QRectF
    fill: str
    edge: str = ""
    width: float = 1.0
    radius: float = 0.0
    share: float = 1.0
    is_dashed: bool = False

    def paint(self, painter: QPainter, script: Script) -> None:
        """Paint it."""
        del script
        if not self.edge and not self.radius:
            painter.fillRect(self.rect, shade(self.fill, self.share))
            return
        painter.setPen(
            _pen(self.edge, self.width, (3, 2) if self.is_dashed else ()) if self.edge else Qt.PenStyle.NoPen
        )
        painter.setBrush(shade(self.fill, self.share) if self.fill else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(self.rect, self.radius, self.radius)


class Boxes(NamedTuple):
    """Many rectangles of one colour, painted at once."""

    rects: Sequence[QRectF]
    fill: str

    def paint(self, painter: QPainter, script: Script) -> None:
        """Paint them."""
        del script
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade(self.fill))
        painter.drawRects(self.rects)


class Line(NamedTuple):
    """Points joined by a line."""

    points: Sequence[QPointF]
    token: str
    width: float = 1.0
    dash: tuple[float, ...] = ()

    def paint(self, painter: QPainter, script: Script) -> None:
        """Paint it."""
        del script
        painter.setPen(_pen(self.token, self.width, self.dash))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(self.points))


class Area(NamedTuple):
    """A filled shape between points."""

    points: Sequence[QPointF]
    fill: str
    share: float = 1.0
    edge: str = ""
    width: float = 1.0

    def paint(self, painter: QPainter, script: Script) -> None:
        """Paint it."""
        del script
        painter.setPen(_pen(self.edge, self.width, ()) if self.edge else Qt.PenStyle.NoPen)
        painter.setBrush(shade(self.fill, self.share))
        painter.drawPolygon(QPolygonF(self.points))


class Dot(NamedTuple):
    """A small mark on a point."""

    centre: QPointF
    radius: float
    shape: Shape
    fill: str
    edge: str = ""

    def paint(self, painter: QPainter, script: Script) -> None:
        """Paint it."""
        del script
        painter.setPen(_pen(self.edge, 1.0, ()) if self.edge else Qt.PenStyle.NoPen)
        painter.setBrush(shade(self.fill))
        x, y, r = self.centre.x(), self.centre.y(), self.radius
        if self.shape == "circle":
            painter.drawEllipse(self.centre, r, r)
            return
        corners = {
            "diamond": ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
            "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
            "triangle": ((0, -1.2), (1.15, 0.95), (-1.15, 0.95)),
        }[self.shape]
        painter.drawPolygon(QPolygonF([QPointF(x + r * dx, y + r * dy) for dx, dy in corners]))


class Hatch(NamedTuple):
    """Fine lines at 45 degrees in a rectangle."""

    rect: QRectF
    token: str
    step: float = 5.0

    def paint(self, painter: QPainter, script: Script) -> None:
        """Paint it."""
        del script
        painter.save()
        painter.setClipRect(self.rect, Qt.ClipOperation.IntersectClip)
        painter.setPen(QPen(shade(self.token, HATCH_SHARE), 1.0))
        height, left, bottom = self.rect.height(), self.rect.left(), self.rect.bottom()
        count = int((self.rect.width() + height) / self.step) + 1
        starts = [left - height + number * self.step for number in range(count + 1)]
        painter.drawLines([QLineF(x, bottom, x + height, bottom - height) for x in starts])
        painter.restore()


class Word(NamedTuple):
    """One line of text in a box, shortened where it is too long."""

    rect: QRectF
    text: str
    ink: Ink

    def paint(self, painter: QPainter, script: Script) -> None:
        """Paint it."""
        script.write(painter, self.rect, self.text, self.ink)


class Hit(NamedTuple):
    """A mark that can be pointed at.

    Attributes:
        row: of the table's frame, by position.
        column: of the figure, by key.
        box: where it is painted.
    """

    row: int
    column: str
    box: QRectF


@dataclass(slots=True)
class Sheet:
    """A chart laid out in a rectangle.

    Attributes:
        strokes: in order of painting.
        marks: that can be pointed at; where they overlap the nearest one is meant.
        remarks: what is said below the chart: rows left out, where an axis begins.
    """

    strokes: list[Stroke] = field(default_factory=list)
    marks: list[Hit] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def add(self, *strokes: Stroke) -> None:
        """Paint these too, over what is there."""
        self.strokes.extend(strokes)

    def at(self, point: QPointF) -> Hit | None:
        """The mark at a point, the one whose middle is nearest."""
        return nearest((mark for mark in self.marks if mark.box.contains(point)), point)


def nearest(marks: Iterable[Hit], point: QPointF) -> Hit | None:
    """The mark whose middle is nearest to a point."""
    return min(marks, key=lambda mark: (mark.box.center() - point).manhattanLength(), default=None)


@lru_cache(maxsize=256)
def _pen(token: str, width: float, dash: tuple[float, ...]) -> QPen:
    made = QPen(shade(token), width)
    if dash:
        made.setDashPattern(list(dash))
        made.setCapStyle(Qt.PenCapStyle.FlatCap)
    return made
