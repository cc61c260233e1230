"""Names of places for maps: provinces from afar, then cities, districts, towns."""

from __future__ import annotations

import math
from collections.abc import Mapping

from desktop.services.gazetteer import Place, read_places
from desktop.views.maps.painting import MapLabel
from desktop.views.maps.projection import project

LEAST_SCALES: Mapping[str, float] = {"province": 2_000.0, "city": 7_000.0, "district": 45_000.0, "town": 110_000.0}
PROVINCES_UNTIL = 14_000.0
VIETNAMESE_KINDS = ("Thành phố ", "Thị xã ", "Tỉnh ", "Quận ", "Huyện ", "Thị trấn ", "Phường ", "Xã ")


def place_labels() -> tuple[MapLabel, ...]:
    """A label for each place of the gazetteer. Reads it: not for the window's thread."""
    found = []
    for place in read_places():
        point = project(place.lat, place.lon)
        most = PROVINCES_UNTIL if place.kind == "province" else math.inf
        found.append(MapLabel(LEAST_SCALES[place.kind], _name(place), point.x(), point.y(), most))
    return tuple(found)


def _name(place: Place) -> str:
    """Short, in letters that everybody in the office can read."""
    if place.country == "CN":
        return place.name
    kind = next((kind for kind in VIETNAMESE_KINDS if place.local_name.startswith(kind)), "")
    return place.local_name.removeprefix(kind)
