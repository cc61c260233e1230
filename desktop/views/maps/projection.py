"""From degrees to pixels: Mercator's projection on a plane of side 1, and the part of it that a widget shows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSizeF

EARTH_KM = 40_075.0  # round the equator
MOST_NORTH = 85.0  # degrees: the plane ends there


@dataclass(frozen=True, slots=True)
class MapPlace:
    """A place in degrees."""

    lat: float
    lon: float


def project(lat: float, lon: float) -> QPointF:
    """A place on the plane: x to the east and y to the south, both from 0 to 1."""
    lat = max(-MOST_NORTH, min(MOST_NORTH, lat))
    return QPointF((lon + 180) / 360, (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2)


def unproject(point: QPointF) -> MapPlace:
    """The place of a point of the plane."""
    return MapPlace(math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * point.y())))), point.x() * 360 - 180)


@dataclass(frozen=True, slots=True)
class MapView:
    """What a widget shows of the plane.

    Attributes:
        x: of the middle, on the plane.
        y: likewise.
        scale: pixels that the side of the plane would have.
    """

    x: float
    y: float
    scale: float

    def to_screen(self, point: QPointF, size: QSizeF) -> QPointF:
        """Where a point of the plane is painted."""
        return QPointF(
            (point.x() - self.x) * self.scale + size.width() / 2, (point.y() - self.y) * self.scale + size.height() / 2
        )

    def to_plane(self, at: QPointF, size: QSizeF) -> QPointF:
        """The point of the plane under a pixel."""
        return QPointF(
            (at.x() - size.width() / 2) / self.scale + self.x, (at.y() - size.height() / 2) / self.scale + self.y
        )

    def shown(self, size: QSizeF) -> QRectF:
        """The part of the plane that is shown."""
        return QRectF(self.to_plane(QPointF(0, 0), size), QSizeF(size.width() / self.scale, size.height() / self.scale))

    def panned(self, dx: float, dy: float) -> MapView:
        """Moved by pixels, as a sheet of paper under the hand."""
        return replace(self, x=self.x - dx / self.scale, y=self.y - dy / self.scale)

    def zoomed(self, factor: float, at: QPointF, size: QSizeF, least: float, most: float) -> MapView:
        """Larger or smaller; what is under a pixel stays there. `least` and `most`: bounds of the scale."""
        scale = max(least, min(most, self.scale * factor))
        held = self.to_plane(at, size)
        moved = replace(self, scale=scale)
        now = moved.to_plane(at, size)
        return replace(moved, x=self.x + held.x() - now.x(), y=self.y + held.y() - now.y())

    def km_per_pixel(self) -> float:
        """Kilometres that a pixel in the middle stands for."""
        lat = unproject(QPointF(self.x, self.y)).lat
        return EARTH_KM * math.cos(math.radians(lat)) / self.scale


def fitted(places: Sequence[MapPlace], size: QSizeF, margin: float, most: float) -> MapView:
    """The view that shows some places with a margin in pixels round them; `most`: bound of the scale."""
    points = [project(place.lat, place.lon) for place in places]
    left, right = min(p.x() for p in points), max(p.x() for p in points)
    top, bottom = min(p.y() for p in points), max(p.y() for p in points)
    width, height = max(1.0, size.width() - 2 * margin), max(1.0, size.height() - 2 * margin)
    scale = min(width / max(right - left, 1e-9), height / max(bottom - top, 1e-9), most)
    return MapView((left + right) / 2, (top + bottom) / 2, scale)
