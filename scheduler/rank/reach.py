"""Legs from one place to many, all at once and to the cent.

The arithmetic is that of `travel.offers` on arrays. Where a figure lies so close to an edge (a mode's range, a whole
minute, half a cent) that the last bit of a sine could decide, `Instance.legs` is asked instead.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scheduler.instance import Instance
from scheduler.problem import TravelMode
from scheduler.travel import EARTH_RADIUS_KM, SAME_PLACE_KM, Limit

NO_WAY = 1 << 40  # cents; dearer than any plan, and small enough that some of them add up
NEAR_EDGE = 1e-6  # km, minutes or cents
LIMITS: tuple[Limit, ...] = ("midday", "morning", "evening", "relocate", "free_day")
Cents = NDArray[np.int64]


class Reach:
    """Cents of the cheapest leg from a place to every place of an instance, by limit; `NO_WAY` where there is none."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._narrow: Reach | None = None
        places = [instance.legs.place(number) for number in range(instance.legs.count)]
        self._lat = np.radians(np.array([place.lat for place in places], dtype=np.float64))
        self._lon = np.radians(np.array([place.lon for place in places], dtype=np.float64))
        self._cos = np.cos(self._lat)
        travel = instance.problem.travel
        self._detour, self._hour = travel.detour, travel.time_cost_per_hour
        self._allows = [
            np.array([mode.countries is None or place.country in mode.countries for place in places], dtype=np.bool_)
            for mode in travel.modes
        ]
        self._most = {limit: instance.legs.minutes_allowed(limit) for limit in LIMITS}
        self._found: dict[int, dict[Limit, Cents]] = {}

    def from_place(self, place: int) -> dict[Limit, Cents]:
        """By limit: cents to every place, by its number."""
        found = self._found.get(place)
        if found is None:
            narrow = self._narrow
            is_known = narrow is not None and place < len(narrow._lat)  # noqa: SLF001 -- another of its kind
            found = self._widened(narrow, place) if narrow is not None and is_known else self._work_out(place)
            self._found[place] = found
        return found

    def with_site(self, instance: Instance) -> Reach:
        """The same where the problem has a site more (`Instance.with_site`); what was worked out stays."""
        twin = copy.copy(self)
        place = instance.legs.place(instance.legs.count - 1)
        twin._instance, twin._narrow, twin._found = instance, self, {}  # noqa: SLF001 -- its own
        twin._lat = np.append(self._lat, np.radians(np.float64(place.lat)))  # noqa: SLF001
        twin._lon = np.append(self._lon, np.radians(np.float64(place.lon)))  # noqa: SLF001
        twin._cos = np.append(self._cos, np.cos(twin._lat[-1]))  # noqa: SLF001
        twin._allows = [  # noqa: SLF001
            np.append(allows, mode.countries is None or place.country in mode.countries)
            for mode, allows in zip(instance.problem.travel.modes, self._allows, strict=True)
        ]
        return twin

    def _widened(self, narrow: Reach, place: int) -> dict[Limit, Cents]:
        """From a place that was there before, with the new one last: a leg costs the same both ways."""
        there = self.from_place(len(self._lat) - 1)
        return {limit: np.append(cents, there[limit][place]) for limit, cents in narrow.from_place(place).items()}

    def _work_out(self, place: int) -> dict[Limit, Cents]:
        b, c = np.sin((self._lat - self._lat[place]) / 2), np.sin((self._lon - self._lon[place]) / 2)
        h = b * b + self._cos[place] * self._cos * c * c
        km = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1.0, np.sqrt(h))) * self._detour
        best = {limit: np.full(len(km), NO_WAY, dtype=np.float64) for limit in LIMITS}
        unsure = np.abs(km - SAME_PLACE_KM) < NEAR_EDGE
        for mode, allows in zip(self._instance.problem.travel.modes, self._allows, strict=True):
            if not allows[place]:
                continue
            reached = np.flatnonzero(
                allows & (km >= mode.min_km - NEAR_EDGE) & (km <= self._farthest(mode) + NEAR_EDGE)
            )
            way = km[reached]
            doubt = np.abs(way - mode.min_km) < NEAR_EDGE
            if mode.max_km is not None:
                doubt |= np.abs(way - mode.max_km) < NEAR_EDGE
            exact_minutes = mode.fixed_minutes + 60 * way / mode.kmh
            doubt |= np.abs(exact_minutes - np.rint(exact_minutes)) < NEAR_EDGE
            minutes = np.ceil(exact_minutes)
            exact_cents = mode.fixed_cost + mode.cost_per_km * way + self._hour * minutes / 60
            cents = np.rint(exact_cents)
            doubt |= np.abs(np.abs(exact_cents - cents) - 0.5) < NEAR_EDGE
            unsure[reached[doubt]] = True
            for limit, known in best.items():
                within = minutes <= self._most[limit]
                kept = reached[within]
                known[kept] = np.minimum(known[kept], cents[within])
        found = {limit: known.astype(np.int64) for limit, known in best.items()}
        same = km < SAME_PLACE_KM
        for known_cents in found.values():
            known_cents[same] = 0
        self._settle(place, found, np.flatnonzero(unsure & (km > 0)))
        return found

    def _farthest(self, mode: TravelMode) -> float:
        """How far a mode goes: no farther than it gets within the longest of the limits."""
        within = (max(self._most.values()) + 1 - mode.fixed_minutes) * mode.kmh / 60
        return within if mode.max_km is None else min(within, mode.max_km)

    def _settle(self, place: int, best: dict[Limit, Cents], unsure: Sequence[int] | NDArray[np.intp]) -> None:
        legs = self._instance.legs
        for other in map(int, unsure):
            for limit, known in best.items():
                leg = legs.leg(place, other, limit)
                known[other] = NO_WAY if leg is None else leg.cents
