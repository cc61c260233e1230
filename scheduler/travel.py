"""Legs: what it takes to get from one place to another.

Distance is the great circle times the detour factor. Below 50 m a leg takes nothing. Otherwise each mode whose range
of km holds the distance, and whose countries hold both ends, offers minutes and cents; of the offers that keep a limit
the cheapest is taken, the quicker of equals.
"""

from __future__ import annotations

import copy
import math
from typing import Literal, NamedTuple, Protocol

from scheduler.problem import Limits, Travel

EARTH_RADIUS_KM = 6371.0088
SAME_PLACE_KM = 0.05
Limit = Literal["midday", "morning", "evening", "relocate", "free_day"]


class Place(Protocol):
    """Anything that stands somewhere: a site, a home, a start."""

    @property
    def lat(self) -> float:
        """Degrees north."""
        ...

    @property
    def lon(self) -> float:
        """Degrees east."""
        ...

    @property
    def country(self) -> str:
        """Which country, for the modes of travel."""
        ...


class Leg(NamedTuple):
    """A way from one place to another: cents, minutes and the name of the mode ("" where there is no way to go)."""

    cents: int
    minutes: int
    mode: str


NO_WAY_TO_GO = Leg(0, 0, "")


def distance_km(a: Place, b: Place, detour: float) -> float:
    """Great-circle distance of two places in km, times the detour factor."""
    lat1, lon1, lat2, lon2 = map(math.radians, (a.lat, a.lon, b.lat, b.lon))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(h))) * detour


def offers(travel: Travel, a: Place, b: Place) -> tuple[Leg, ...]:
    """What the modes offer between two places, cheapest first, the quicker of equals before the slower."""
    km = distance_km(a, b, travel.detour)
    if km < SAME_PLACE_KM:
        return (NO_WAY_TO_GO,)
    found = []
    for mode in travel.modes:
        if km < mode.min_km or (mode.max_km is not None and km > mode.max_km):
            continue
        if mode.countries is not None and not (a.country in mode.countries and b.country in mode.countries):
            continue
        minutes = math.ceil(mode.fixed_minutes + 60 * km / mode.kmh)
        hours_cost = travel.time_cost_per_hour * minutes / 60
        found.append(Leg(round(mode.fixed_cost + mode.cost_per_km * km + hours_cost), minutes, mode.name))
    return tuple(sorted(found))


def _minutes_of(limits: Limits) -> dict[Limit, int]:
    return {
        "midday": limits.midday,
        "morning": limits.morning,
        "evening": limits.evening,
        "relocate": limits.relocate,
        "free_day": limits.free_day,
    }


class Legs:
    """The legs between numbered places, each worked out once."""

    def __init__(self, travel: Travel, limits: Limits, places: tuple[Place, ...]) -> None:
        self._travel = travel
        self._places = places
        self._minutes = _minutes_of(limits)
        self._offers: dict[tuple[int, int], tuple[Leg, ...]] = {}

    def with_limits(self, limits: Limits) -> Legs:
        """The legs between the same places within other limits."""
        twin = copy.copy(self)
        twin._minutes = _minutes_of(limits)  # noqa: SLF001 -- its own
        return twin

    def with_place(self, place: Place) -> Legs:
        """The legs with a place more, of the number `count`."""
        twin = copy.copy(self)
        twin._places = (*self._places, place)  # noqa: SLF001 -- its own
        twin._offers = self._offers.copy()  # noqa: SLF001 -- another twin may have another place of this number
        return twin

    @property
    def count(self) -> int:
        """How many places there are."""
        return len(self._places)

    def place(self, number: int) -> Place:
        """A place by its number."""
        return self._places[number]

    def offers(self, a: int, b: int) -> tuple[Leg, ...]:
        """All offers between two places, cheapest first; the same in both directions."""
        pair = (a, b) if a < b else (b, a)
        found = self._offers.get(pair)
        if found is None:
            found = self._offers[pair] = offers(self._travel, self._places[pair[0]], self._places[pair[1]])
        return found

    def leg(self, a: int, b: int, limit: Limit) -> Leg | None:
        """The cheapest leg between two places that keeps a limit, or None."""
        most = self._minutes[limit]
        for offer in self.offers(a, b):
            if offer.minutes <= most:
                return offer
        return None

    def quickest(self, a: int, b: int) -> Leg | None:
        """The quickest leg between two places whatever the limit, or None where no mode goes."""
        return min(self.offers(a, b), key=lambda leg: (leg.minutes, leg.cents), default=None)

    def minutes_allowed(self, limit: Limit) -> int:
        """How many minutes a limit allows."""
        return self._minutes[limit]
