"""Which city factories and homes lie in: that of the nearest place of the gazetteer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from desktop.services.gazetteer import Place, read_places

Vectors = npt.NDArray[np.float32]
Degrees = npt.NDArray[np.float64]

AT_ONCE = 2048  # spots compared with every place at once: 35 MB


def cities_of(lat: Degrees, lon: Degrees, areas: Sequence[str]) -> list[str]:
    """The cities of spots; "" of a spot that is nowhere (NaN).

    Args:
        lat: degrees, one a spot.
        lon: the same.
        areas: what each spot's area is known to be: its city lies in it, where the gazetteer has the area; "": any.
    """
    found = [""] * len(lat)
    by_area: dict[str, list[int]] = {}
    for position, area in enumerate(areas):
        by_area.setdefault(area if area in _by_area() else "", []).append(position)
    for area, positions in by_area.items():
        places = _by_area()[area] if area else read_places()
        for position, near in zip(positions, _nearest(lat[positions], lon[positions], places), strict=True):
            found[position] = "" if near is None else _city_of(near)
    return found


def areas_of(lat: Degrees, lon: Degrees) -> list[str]:
    """The areas (province or municipality) of spots; "" of a spot that is nowhere (NaN)."""
    return ["" if near is None else near.area for near in _nearest(lat, lon, read_places())]


def _city_of(place: Place) -> str:
    """The city that a place is or lies in; a municipality is its own, and so is a county that none rules."""
    if place.kind == "city":
        return place.local_name
    return place.city or (place.local_name if place.kind in ("district", "town") else place.area)


@cache
def _by_area() -> Mapping[str, tuple[Place, ...]]:
    found: dict[str, list[Place]] = {}
    for place in read_places():
        found.setdefault(place.area, []).append(place)
    # a province's own middle lies in none of its cities, so that it names one only where there is nothing else
    return {
        area: tuple(place for place in places if place.kind != "province") or tuple(places)
        for area, places in found.items()
    }


def _nearest(lat: Degrees, lon: Degrees, places: Sequence[Place]) -> list[Place | None]:
    targets = _vectors(np.array([place.lat for place in places]), np.array([place.lon for place in places]))
    found: list[Place | None] = []
    for start in range(0, len(lat), AT_ONCE):
        some = slice(start, start + AT_ONCE)
        near = np.argmax(_vectors(lat[some], lon[some]) @ targets.T, axis=1)
        found += [
            places[index] if is_known else None
            for index, is_known in zip(near.tolist(), np.isfinite(lat[some]).tolist(), strict=True)
        ]
    return found


def _vectors(lat: Degrees, lon: Degrees) -> Vectors:
    """Points of the unit ball, shape (n, 3): the nearest two have the largest product."""
    up, east = np.radians(np.nan_to_num(lat)), np.radians(np.nan_to_num(lon))
    flat = np.cos(up)
    return np.stack([flat * np.cos(east), flat * np.sin(east), np.sin(up)], axis=1).astype(np.float32)
