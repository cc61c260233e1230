"""Provinces by name: the outlines of each, for maps that are coloured by a figure."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPolygonF

import resources
from desktop.services.gazetteer import read_places
from desktop.views.maps.outlines import UNIT, rough_rings
from desktop.views.maps.projection import MapPlace, project


@dataclass(frozen=True, slots=True)
class Ring:
    """A closed line. `bounds` on the plane of side 1; the polygon is UNIT times as large, as those of outlines are."""

    bounds: QRectF
    polygon: QPolygonF

    @property
    def size(self) -> float:
        """Of the box round it."""
        return self.bounds.width() * self.bounds.height()


@dataclass(frozen=True, slots=True)
class Region:
    """A province.

    Attributes:
        name: as in records.
        rings: its outlines, the largest first.
        middle: where its name stands.
        corners: of the box round the largest outline.
    """

    name: str
    rings: tuple[Ring, ...]
    middle: MapPlace
    corners: tuple[MapPlace, MapPlace]


@functools.cache
def read_regions() -> dict[str, Region]:
    """Every province of China and Vietnam by its name on record, the larger ones first."""
    text = (Path(resources.__file__).parent / "map" / "provinces.txt").read_text("utf-8")
    rings: dict[str, list[tuple[Ring, list[MapPlace]]]] = {}
    for area, places in zip(text.splitlines(), rough_rings("province"), strict=True):
        rings.setdefault(area, []).append((_ring(places), places))
    middles = {place.area: MapPlace(place.lat, place.lon) for place in read_places() if place.kind == "province"}
    found = []
    for area, owned in rings.items():
        owned.sort(key=lambda one: -one[0].size)
        places = owned[0][1]
        lats, lons = [place.lat for place in places], [place.lon for place in places]
        corners = (MapPlace(min(lats), min(lons)), MapPlace(max(lats), max(lons)))
        found.append(Region(area, tuple(ring for ring, _ in owned), middles[area], corners))
    found.sort(key=lambda region: -region.rings[0].size)
    return {region.name: region for region in found}


@functools.cache
def read_neighbours() -> tuple[Ring, ...]:
    """The land of other countries."""
    return tuple(_ring(places) for places in rough_rings("land"))


def _ring(places: list[MapPlace]) -> Ring:
    polygon = QPolygonF([project(place.lat, place.lon) * UNIT for place in places])
    box = polygon.boundingRect()
    return Ring(QRectF(box.x() / UNIT, box.y() / UNIT, box.width() / UNIT, box.height() / UNIT), polygon)
