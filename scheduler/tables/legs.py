"""Legs between many places at once: what `travel.Legs` gives for one pair."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from scheduler.compiled import Floats, Ints, compiled
from scheduler.problem import Travel
from scheduler.travel import EARTH_RADIUS_KM, SAME_PLACE_KM, Place

NO_LEG = 1 << 30  # cents of a leg that is not possible; two of them still fit 32 bits unsigned, sums are made in 64


class Places(NamedTuple):
    """Where places are: radians, and the number of the country among those named."""

    lat: Floats
    lon: Floats
    country: Ints


class Modes(NamedTuple):
    """The modes of travel; `countries[mode, country]` says whether both ends may lie there."""

    detour: float
    hour_cost: float
    min_km: Floats
    max_km: Floats
    fixed_minutes: Floats
    kmh: Floats
    fixed_cost: Floats
    cost_per_km: Floats
    countries: Ints


def places_of(places: Sequence[Place], countries: dict[str, int]) -> Places:
    """Places as arrays."""
    return Places(
        np.array([math.radians(place.lat) for place in places]),
        np.array([math.radians(place.lon) for place in places]),
        np.array([countries.setdefault(place.country, len(countries)) for place in places], dtype=np.int32),
    )


def modes_of(travel: Travel, countries: dict[str, int]) -> Modes:
    """The modes as arrays; `countries` numbers every country that a place names."""
    modes = travel.modes
    allowed = [[mode.countries is None or name in mode.countries for name in countries] or [True] for mode in modes]
    return Modes(
        float(travel.detour),
        float(travel.time_cost_per_hour),
        np.array([float(mode.min_km) for mode in modes]),
        np.array([math.inf if mode.max_km is None else float(mode.max_km) for mode in modes]),
        np.array([float(mode.fixed_minutes) for mode in modes]),
        np.array([float(mode.kmh) for mode in modes]),
        np.array([float(mode.fixed_cost) for mode in modes]),
        np.array([float(mode.cost_per_km) for mode in modes]),
        np.array(allowed, dtype=np.int32).reshape(len(modes), max(1, len(countries))),
    )


@compiled
def cents_within(a: Places, b: Places, modes: Modes, minutes: Ints, same: bool = False) -> Ints:
    """Cents of the cheapest legs, `[limit, from, to]`, that keep each of some limits in minutes; `NO_LEG` for none.

    Where both places are the `same` ones, legs are worked out in one direction: they are equal in both.
    """
    found = np.full((len(minutes), len(a.lat), len(b.lat)), NO_LEG, dtype=np.int32)
    cos_a, cos_b = np.cos(a.lat), np.cos(b.lat)
    for i in range(len(a.lat)):
        for j in range(i if same else 0, len(b.lat)):
            h = (
                math.sin((b.lat[j] - a.lat[i]) / 2) ** 2
                + cos_a[i] * cos_b[j] * math.sin((b.lon[j] - a.lon[i]) / 2) ** 2
            )
            km = 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(h))) * modes.detour
            if km < SAME_PLACE_KM:
                found[:, i, j] = 0
                continue
            for mode in range(len(modes.kmh)):
                if km < modes.min_km[mode] or km > modes.max_km[mode]:
                    continue
                if not (modes.countries[mode, a.country[i]] and modes.countries[mode, b.country[j]]):
                    continue
                taken = math.ceil(modes.fixed_minutes[mode] + 60 * km / modes.kmh[mode])
                hours_cost = modes.hour_cost * taken / 60
                cents = np.rint(modes.fixed_cost[mode] + modes.cost_per_km[mode] * km + hours_cost)
                for limit in range(len(minutes)):
                    if taken <= minutes[limit] and cents < found[limit, i, j]:
                        found[limit, i, j] = np.int32(cents)
    if same:
        for i in range(len(a.lat)):
            for j in range(i):
                found[:, i, j] = found[:, j, i]
    return found
