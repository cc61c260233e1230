"""The outlines under every map: coasts, borders, provinces, projected onto the plane."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPolygonF

import resources
from desktop.views.maps.projection import MapPlace, project

STEPS = 200  # to a degree; see resources/map/README.md
UNIT = (
    1_000_000.0  # the side of the plane in the units of the polygons: painted as it is, its numbers would be too small
)


ROUGH = 0.08  # degrees: as near as two points of the rough outlines come to each other
FINE_FROM = 16_000.0  # scale; on smaller maps nobody sees the difference
PIECE = 60  # points of a line that are painted together or not at all


@dataclass(frozen=True, slots=True)
class Shape:
    """A closed line, or a piece of one. `bounds` on the plane of side 1; the polygon is UNIT times as large."""

    bounds: QRectF
    polygon: QPolygonF


@dataclass(frozen=True, slots=True)
class Outlines:
    """Shapes by what they are of: land to be filled, and lines in pieces, as only those in sight are painted.

    `land` has the gaps too that two sources leave between neighbours.
    """

    land: tuple[Shape, ...]
    borders: tuple[Shape, ...]
    provinces: tuple[Shape, ...]


def read_outlines(*, is_fine: bool) -> Outlines:
    """The outlines that are shipped: all their points, or as few as maps of continents need."""
    rings: dict[str, list[list[QPointF]]] = {"land": [], "province": [], "gap": []}
    for kind, places in _read():
        points = [project(lat, lon) for lon, lat in (places if is_fine else _thinned(places))]
        rings[kind].append([QPointF(point.x() * UNIT, point.y() * UNIT) for point in points])
    return Outlines(
        tuple(_shape(ring) for kind in rings.values() for ring in kind),
        tuple(piece for ring in rings["land"] for piece in _pieces(ring)),
        tuple(piece for ring in rings["province"] for piece in _pieces(ring)),
    )


def rough_rings() -> Mapping[str, list[list[MapPlace]]]:
    """The rings of each kind, with as few points as maps of continents need."""
    rings: dict[str, list[list[MapPlace]]] = {}
    for kind, places in _read():
        if kind != "gap":
            rings.setdefault(kind, []).append([MapPlace(lat, lon) for lon, lat in _thinned(places)])
    return rings


def _read() -> tuple[tuple[str, list[tuple[float, float]]], ...]:
    """Every ring that is shipped: what it is of, and its points as longitudes and latitudes."""
    text = (Path(resources.__file__).parent / "map" / "outlines.txt").read_text("utf-8")
    found = []
    for line in text.splitlines():
        kind, *figures = line.split()
        steps = [int(figure) for figure in figures]
        lons, lats = itertools.accumulate(steps[::2]), itertools.accumulate(steps[1::2])
        found.append((kind, [(lon / STEPS, lat / STEPS) for lon, lat in zip(lons, lats, strict=True)]))
    return tuple(found)


def _thinned(places: list[tuple[float, float]]) -> list[tuple[float, float]]:
    kept = places[:1]
    for place in places[1:-1]:
        if max(abs(place[0] - kept[-1][0]), abs(place[1] - kept[-1][1])) >= ROUGH:
            kept.append(place)
    return [*kept, places[-1]]


def _pieces(ring: list[QPointF]) -> list[Shape]:
    closed = [*ring, ring[0]]
    return [_shape(closed[at : at + PIECE + 1]) for at in range(0, len(closed) - 1, PIECE)]


def _shape(points: list[QPointF]) -> Shape:
    polygon = QPolygonF(points)
    box = polygon.boundingRect()
    return Shape(QRectF(box.x() / UNIT, box.y() / UNIT, box.width() / UNIT, box.height() / UNIT), polygon)
