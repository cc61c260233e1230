"""Provinces by name: the outlines of each, for maps that are coloured by a figure."""

from __future__ import annotations

import functools
from collections.abc import Mapping
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


@dataclass(frozen=True, slots=True)
class Regions:
    """All that a map of provinces is painted from.

    Attributes:
        by_name: every province of China and Vietnam, the larger ones first.
        neighbours: the land of other countries.
    """

    by_name: Mapping[str, Region]
    neighbours: tuple[Ring, ...]


@functools.cache
def read_regions() -> Regions:
    """Read all of it: a tenth of a second or two."""
    rings = rough_rings()
    text = (Path(resources.__file__).parent / "map" / "provinces.txt").read_text("utf-8")
    owned: dict[str, list[tuple[Ring, list[MapPlace]]]] = {}
    for area, places in zip(text.splitlines(), rings["province"], strict=True):
        owned.setdefault(area, []).append((_ring(places), places))
    middles = {place.area: MapPlace(place.lat, place.lon) for place in read_places() if place.kind == "province"}
    found = [_region(area, parts, middles[area]) for area, parts in owned.items()]
    found.sort(key=lambda region: -region.rings[0].size)
    return Regions({region.name: region for region in found}, tuple(map(_ring, rings["land"])))


def _region(area: str, parts: list[tuple[Ring, list[MapPlace]]], middle: MapPlace) -> Region:
    parts.sort(key=lambda one: -one[0].size)
    places = parts[0][1]
    lats, lons = [place.lat for place in places], [place.lon for place in places]
    corners = (MapPlace(min(lats), min(lons)), MapPlace(max(lats), max(lons)))
    return Region(area, tuple(ring for ring, _ in parts), middle, corners)


def _ring(places: list[MapPlace]) -> Ring:
    polygon = QPolygonF([project(place.lat, place.lon) * UNIT for place in places])
    box = polygon.boundingRect()
    return Ring(QRectF(box.x() / UNIT, box.y() / UNIT, box.width() / UNIT, box.height() / UNIT), polygon)
