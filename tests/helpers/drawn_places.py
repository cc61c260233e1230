"""Drawn geography: places at, within and beyond every distance at which the travel rules change their mind."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import random

Json = dict[str, Any]
EARTH_KM = 6371.0088
COUNTRIES = ("CN", "VN")
HUBS = ((23.1, 113.3), (10.8, 106.7), (31.2, 121.5), (0.001, 179.999), (-33.4, -70.6))  # both signs, equator, date line
MODES: tuple[Json, ...] = (
    {"name": "car", "min_km": 0, "max_km": 120, "fixed_minutes": 10, "kmh": 50, "fixed_cost": 0, "cost_per_km": 11},
    {
        "name": "motorway",
        "min_km": 30,
        "max_km": 700,
        "fixed_minutes": 35,
        "kmh": 90,
        "fixed_cost": 0,
        "cost_per_km": 13,
    },
    {
        "name": "rail",
        "min_km": 60,
        "max_km": 2000,
        "fixed_minutes": 80.5,
        "kmh": 180,
        "fixed_cost": 500,
        "cost_per_km": 5.5,
    },
    {
        "name": "air",
        "min_km": 300,
        "max_km": None,
        "fixed_minutes": 200,
        "kmh": 700,
        "fixed_cost": 6000,
        "cost_per_km": 5,
    },
    {
        "name": "scooter",
        "min_km": 0,
        "max_km": 25,
        "fixed_minutes": 0,
        "kmh": 33.3,
        "fixed_cost": 0,
        "cost_per_km": 2.25,
    },
)


def draw_travel(rng: random.Random) -> Json:
    """Travel modes of every kind: open and closed ranges, all countries, some, or one; a single slow one at times."""
    modes = rng.sample(MODES, rng.choice((1, 2, 3, 3, 4, 5)))
    if not any(mode["min_km"] == 0 for mode in modes) and rng.random() < 0.85:
        modes.append(MODES[0])
    return {
        "detour": rng.choice((1, 1.3, 1.3, 1.15)),
        "time_cost_per_hour": rng.choice((0, 600, 600, 750.5)),
        "modes": [mode | {"countries": rng.choice((*(None,) * 7, ["CN", "VN"], ["CN"], ["VN"], []))} for mode in modes],
    }


def draw_limits(rng: random.Random) -> Json:
    """Limits in minutes: a free day is the longest, the others usually grow towards it, now and then not."""
    limits = {
        "midday": rng.choice((0, 30, 60, 60, 90)),
        "morning": rng.choice((30, 60, 90, 120)),
        "evening": rng.choice((30, 60, 120, 150)),
        "relocate": rng.choice((60, 150, 240, 300)),
    }
    if rng.random() < 0.15:
        values = list(limits.values())
        rng.shuffle(values)
        limits = dict(zip(limits, values, strict=True))
    longest = max(limits.values())
    return limits | {
        "free_day": max(longest, rng.choice((longest, 300, 600, 600))),
        "away_nights": rng.choice((0, 1, 2, 3, 3, 5, 28)),
    }


def thresholds(travel: Json, limits: Json) -> list[float]:
    """Great-circle km at which a leg starts or stops being offered by a mode or keeping a limit."""
    km: set[float] = set()
    for mode in travel["modes"]:
        longest = math.inf if mode["max_km"] is None else mode["max_km"]
        km |= {edge for edge in (mode["min_km"], longest) if 0 < edge < math.inf}
        for name in ("midday", "morning", "evening", "relocate", "free_day"):
            edge = (limits[name] - mode["fixed_minutes"]) * mode["kmh"] / 60
            if mode["min_km"] <= edge <= longest and edge > 0:
                km.add(edge)
    return sorted(edge / travel["detour"] for edge in km if edge < 2500)


def reach(travel: Json, minutes: int) -> float:
    """Great-circle km up to which a mode that knows no borders and starts from nothing keeps a limit; 5 without one."""
    km = [
        min((minutes - mode["fixed_minutes"]) * mode["kmh"] / 60, mode["max_km"] or math.inf)
        for mode in travel["modes"]
        if mode["countries"] is None and mode["min_km"] == 0
    ]
    return float(max([5.0, *km]) / travel["detour"])


class Places:
    """Draws places one after another, each at a telling distance from one drawn before."""

    def __init__(self, rng: random.Random, travel: Json, limits: Json) -> None:
        self.rng = rng
        self.thresholds = thresholds(travel, limits)
        self.daily_km = reach(travel, min(limits["morning"], limits["evening"]))
        self.free_day_km = reach(travel, limits["free_day"])
        self.remote = rng.choice((0.0, 0.0, 0.0, 0.3))
        self.bearing = rng.random() * 2 * math.pi
        self.detour = travel["detour"]
        self.compact = rng.choice(
            (0.2, 0.9, 1.3, 1.6)
        )  # the share of places that are simply close, so that whole plans are possible
        self.abroad = rng.choice((0.0, 0.0, 0.1, 0.3))
        lat, lon = rng.choice(HUBS)
        self.drawn: list[Json] = [{"lat": lat, "lon": lon, "country": rng.choice(COUNTRIES)}]

    def draw(self) -> Json:
        """A new place: `lat`, `lon`, `country`."""
        rng = self.rng
        if rng.random() < self.remote:  # half of these are beyond reach of the first place, but not of one another
            anchor = moved(self.drawn[0], self.free_day_km, self.bearing) | {"country": self.drawn[0]["country"]}
            km = rng.uniform(0.001, 0.3) * self.daily_km
        else:
            anchor = rng.choice(self.drawn) if rng.random() < 0.3 else self.drawn[0]
            km = self._km()
        place = moved(anchor, km, rng.random() * 2 * math.pi)
        place["country"] = rng.choice(COUNTRIES) if rng.random() < self.abroad else anchor["country"]
        self.drawn.append(place)
        return dict(place)

    def _km(self) -> float:
        rng = self.rng
        kind = rng.random()
        if kind < 0.12:
            return 0.0
        if kind < 0.2:  # either side of the 50 m below which a leg is nothing
            return float(rng.choice((0.02, 0.03, 0.049, 0.0502, 0.07)) / self.detour)
        if kind < 0.2 + 0.5 * self.compact:
            return float(rng.uniform(0.01, 0.9) * self.daily_km)
        return float(rng.choice(self.thresholds or [30.0]) * rng.choice((0.5, 0.97, 0.9999, 1.0001, 1.03)))


def moved(origin: Json, km: float, bearing: float) -> Json:
    """The place at a great-circle distance from another, with 6 decimals (0.1 m)."""
    if km == 0:
        return {"lat": origin["lat"], "lon": origin["lon"]}
    lat, lon, angle = math.radians(origin["lat"]), math.radians(origin["lon"]), km / EARTH_KM
    to_lat = math.asin(math.sin(lat) * math.cos(angle) + math.cos(lat) * math.sin(angle) * math.cos(bearing))
    to_lon = lon + math.atan2(
        math.sin(bearing) * math.sin(angle) * math.cos(lat), math.cos(angle) - math.sin(lat) * math.sin(to_lat)
    )
    degrees = (math.degrees(to_lon) + 540) % 360 - 180
    return {"lat": round(math.degrees(to_lat), 6), "lon": round(degrees, 6)}
