"""All that maps are painted from, read once: outlines, and the names of places."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from typing import NamedTuple

from desktop.services.gazetteer import Place, read_places
from desktop.views.maps.outlines import FINE_FROM, Outlines, read_outlines
from desktop.views.maps.painting import MapLabel
from desktop.views.maps.projection import project

LEAST_SCALES: Mapping[str, float] = {"province": 2_000.0, "city": 7_000.0, "district": 45_000.0, "town": 110_000.0}
PROVINCES_UNTIL = 14_000.0
VIETNAMESE_KINDS = ("Thành phố ", "Thị xã ", "Tỉnh ", "Quận ", "Huyện ", "Thị trấn ", "Phường ", "Xã ")


class Atlas(NamedTuple):
    """What maps are painted from.

    Attributes:
        rough: outlines for maps of continents.
        fine: those for maps of provinces.
        labels: names of places, the more important ones first.
    """

    rough: Outlines
    fine: Outlines
    labels: tuple[MapLabel, ...]

    def outlines(self, scale: float) -> Outlines:
        """The outlines for a map on which the side of the plane has so many pixels."""
        return self.fine if scale >= FINE_FROM else self.rough


@functools.cache
def read_atlas() -> Atlas:
    """Read all of it: half a second, and so not for the window's thread."""
    labels = sorted(map(_label, read_places()))
    return Atlas(read_outlines(is_fine=False), read_outlines(is_fine=True), tuple(labels))


def _label(place: Place) -> MapLabel:
    point = project(place.lat, place.lon)
    most = PROVINCES_UNTIL if place.kind == "province" else math.inf
    return MapLabel(LEAST_SCALES[place.kind], _name(place), point.x(), point.y(), most)


def _name(place: Place) -> str:
    """Short, in letters that everybody in the office can read."""
    if place.country == "CN":
        return place.name
    kind = next((kind for kind in VIETNAMESE_KINDS if place.local_name.startswith(kind)), "")
    return place.local_name.removeprefix(kind)
