"""Where the invented firm works: industrial regions of the gazetteer, and real districts and towns in them."""

from __future__ import annotations

import csv
import importlib.resources
import math
import random
from dataclasses import dataclass

from desktop.services.gazetteer import Place

# Product skills, with the share of each in the trade (percent).
SKILLS = {
    "garment": 24,
    "electronics": 24,
    "footwear": 9,
    "textile": 8,
    "toys": 8,
    "furniture": 7,
    "bags": 6,
    "hardware": 6,
    "packaging": 5,
    "food-contact": 3,
}

INSPECTORS_PER_REGION = 6
REGION_KM = 28.0
NEIGHBOUR_DEGREES = {"CN": 1.3, "VN": 0.6}


@dataclass(frozen=True, slots=True)
class Region:
    """An industrial region.

    Attributes:
        centre: the place it is named after.
        towns: districts and towns within REGION_KM of it.
        around: those a little farther too, which tell where a province ends.
        areas: the provinces that lie in it or close by, its own first.
    """

    centre: Place
    team: str
    weight: int
    trades: tuple[str, ...]
    towns: tuple[Place, ...]
    around: tuple[Place, ...]
    areas: tuple[str, ...]


def rough_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Distance on a flat map: good to a percent within a few hundred km."""
    east = (lon1 - lon2) * math.cos(math.radians((lat1 + lat2) / 2))
    return 111.2 * math.hypot(lat1 - lat2, east)


def choose_regions(places: tuple[Place, ...], inspectors: int) -> tuple[Region, ...]:
    """The regions that a firm of so many inspectors works in, in the order in which a growing firm opens them."""
    source = importlib.resources.files("resources") / "demo" / "regions.csv"
    rows = list(csv.DictReader(source.read_text(encoding="utf-8").splitlines()))
    by_name = {(place.area, place.local_name): place for place in places}
    regions = []
    for row in rows[: max(1, round(inspectors / INSPECTORS_PER_REGION))]:
        centre = by_name[row["area"], row["place"]]
        near = [place for place in places if place.country == centre.country and place.kind != "province"]
        reached = {p: rough_km(p.lat, p.lon, centre.lat, centre.lon) for p in near}
        towns = tuple(p for p, km in reached.items() if km <= REGION_KM)
        around = tuple(p for p, km in reached.items() if km <= 2 * REGION_KM)
        close = {
            p.area
            for p in near
            if max(abs(p.lat - centre.lat), abs(p.lon - centre.lon)) < NEIGHBOUR_DEGREES[centre.country]
        }
        areas = (centre.area, *sorted(close - {centre.area}))
        trades = tuple(row["trades"].split())
        regions.append(Region(centre, row["team"], int(row["weight"]), trades, towns, around, areas))
    return tuple(regions)


def share_out(regions: tuple[Region, ...], inspectors: int) -> list[int]:
    """How many inspectors each region has: by weight, and two at least while there are enough."""
    total = sum(region.weight for region in regions)
    least = min(2, inspectors // len(regions))
    spare = inspectors - least * len(regions)
    exact = [spare * region.weight / total for region in regions]
    counts = [least + int(value) for value in exact]
    by_rest = sorted(range(len(regions)), key=lambda n: (int(exact[n]) - exact[n], n))
    for n in by_rest[: inspectors - sum(counts)]:
        counts[n] += 1
    return counts


def draw_spot(rng: random.Random, region: Region, spread: float = 0.025) -> tuple[Place, float, float]:
    """A town of a region, and a point near it that no other province's town is closer to."""
    while True:
        town = rng.choice(region.towns)
        lat, lon = (
            round(middle + max(-2 * spread, min(2 * spread, rng.gauss(0, spread))), 5)
            for middle in (town.lat, town.lon)
        )
        nearest = min(region.around, key=lambda p: rough_km(lat, lon, p.lat, p.lon))
        if nearest.area == town.area:
            return town, lat, lon
