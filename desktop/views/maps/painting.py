"""What is painted on a map: ground, names of places, pins, a scale."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

from desktop.views.bar_painting import CENTRE, LEFT, RIGHT, Ink, shade, write
from desktop.views.maps.outlines import UNIT, Outlines, Shape
from desktop.views.maps.projection import MapView, project
from desktop.views.theme import Theme

PIN = 22.0  # pixels across
SMALL = 10
ROOM = 4.0  # round a name in which no other may stand
SCALE_WIDTH = 90.0  # the longest


class MapLabel(NamedTuple):
    """A name on the map.

    Attributes:
        least_scale: from which scale on it is shown.
        x: of its place, on the plane of side 1.
        y: likewise.
        most_scale: up to which scale it is shown: provinces make room for their cities.
    """

    least_scale: float
    text: str
    x: float
    y: float
    most_scale: float


@dataclass(frozen=True, slots=True)
class MapPin:
    """A mark with a short text.

    Attributes:
        text: one or two characters.
        token: the colour of the theme that it has, by name.
        told: what it stands for, in words.
    """

    lat: float
    lon: float
    text: str
    token: str = "accent"
    told: str = ""


def paint_ground(painter: QPainter, theme: Theme, outlines: Outlines, view: MapView, size: QSizeF) -> None:
    """Sea, land, and the borders on it."""
    painter.fillRect(QRectF(QPointF(0, 0), size), shade(theme.sea))
    shown = view.shown(size)
    painter.save()
    painter.translate(size.width() / 2, size.height() / 2)
    painter.scale(view.scale / UNIT, view.scale / UNIT)
    painter.translate(-view.x * UNIT, -view.y * UNIT)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shade(theme.land))
    for shape in _in_sight(outlines.land, shown):
        painter.drawPolygon(shape.polygon)
    _paint_lines(painter, _in_sight(outlines.provinces, shown), theme.border, 1.0)
    _paint_lines(painter, _in_sight(outlines.borders, shown), theme.line_strong, 1.2)
    painter.restore()


def _in_sight(shapes: Iterable[Shape], shown: QRectF) -> Iterator[Shape]:
    # a straight line has a box without height, which Qt takes for none
    return (shape for shape in shapes if shape.bounds.adjusted(-1e-7, -1e-7, 1e-7, 1e-7).intersects(shown))


def _paint_lines(painter: QPainter, shapes: Iterable[Shape], token: str, width: float) -> None:
    pen = QPen(QColor(token), width)
    pen.setCosmetic(True)
    painter.setPen(pen)
    for shape in shapes:
        painter.drawPolyline(shape.polygon)


class Room(NamedTuple):
    """Where names may stand: in a widget of a size, but not in what is taken there."""

    size: QSizeF
    taken: Sequence[QRectF] = ()


def paint_labels(painter: QPainter, theme: Theme, labels: Iterable[MapLabel], view: MapView, room: Room) -> None:
    """Names of places, as many as have room. They are in the order of their scales: the more important ones first."""
    size = room.size
    ink = Ink(theme.muted, SMALL, QFont.Weight.Normal, LEFT)
    shown = view.shown(size)
    left, top, right, bottom = shown.left(), shown.top(), shown.right(), shown.bottom()
    whole = QRectF(QPointF(0, 0), size)
    boxes = [scale_box(size), *room.taken]
    for least_scale, text, x, y, most_scale in labels:
        if view.scale < least_scale:
            return
        if view.scale > most_scale or not (left < x < right and top < y < bottom):
            continue
        at = view.to_screen(QPointF(x, y), size)
        box = QRectF(at.x() + 4, at.y() - 7, ink.width_of(text) + 2, 14)
        if not whole.contains(box) or any(box.intersects(other) for other in boxes):
            continue
        boxes.append(box.adjusted(-ROOM - 6, -ROOM, ROOM, ROOM))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade(theme.faint))
        painter.drawEllipse(at, 1.8, 1.8)
        write(painter, box, text, ink)


def pin_box(pin: MapPin, view: MapView, size: QSizeF) -> QRectF:
    """Where a pin's head is painted: over its place, which its tip touches."""
    at = view.to_screen(project(pin.lat, pin.lon), size)
    return QRectF(at.x() - PIN / 2, at.y() - PIN - 5, PIN, PIN)


def paint_pin(painter: QPainter, theme: Theme, pin: MapPin, box: QRectF, *, is_chosen: bool) -> None:
    """A round head with a text, and a tip that touches its place. The chosen one is framed."""
    colour = getattr(theme, pin.token)
    tip = QPointF(box.center().x(), box.bottom() + 5)
    shape = QPainterPath()
    shape.addEllipse(box)
    wedge = QPainterPath(tip)
    wedge.lineTo(box.center().x() - 5, box.bottom() - 3)
    wedge.lineTo(box.center().x() + 5, box.bottom() - 3)
    wedge.closeSubpath()
    painter.setPen(QPen(shade(theme.ruler if is_chosen else theme.surface), 2.0 if is_chosen else 1.2))
    painter.setBrush(shade(colour if is_chosen else theme.surface))
    if not is_chosen:
        painter.setPen(QPen(shade(colour), 1.6))
    painter.drawPath(shape.united(wedge))
    ink = Ink(theme.on_accent if is_chosen else colour, 11, QFont.Weight.DemiBold, CENTRE)
    write(painter, box, pin.text, ink)


def scale_box(size: QSizeF) -> QRectF:
    """The corner in which the scale stands."""
    return QRectF(size.width() - SCALE_WIDTH - 20, size.height() - 30, SCALE_WIDTH + 20, 30)


def paint_scale(painter: QPainter, theme: Theme, view: MapView, size: QSizeF) -> None:
    """How long a round number of kilometres is."""
    per_pixel = view.km_per_pixel()
    km = _round_below(SCALE_WIDTH * per_pixel)
    width = km / per_pixel
    right, bottom = size.width() - 10, size.height() - 8
    painter.setPen(QPen(shade(theme.muted), 1.2))
    painter.drawPolyline([
        QPointF(right - width, bottom - 4), QPointF(right - width, bottom), QPointF(right, bottom),
        QPointF(right, bottom - 4),
    ])  # fmt: skip
    text = f"{km:g} km" if km < 1000 else f"{km:,.0f} km"
    write(painter, QRectF(right - 90, bottom - 19, 90, 14), text, Ink(theme.muted, SMALL, where=RIGHT))


def _round_below(number: float) -> float:
    """The largest of 1, 2, 5, 10, 20, ... that is no more than a number."""
    ten = 10.0 ** math.floor(math.log10(max(number, 1e-6)))
    return next(ten * factor for factor in (5, 2, 1) if ten * factor <= number)
