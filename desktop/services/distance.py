"""How far two places are from each other as the crow flies, by the formula that the scheduler's ways are made of."""

from __future__ import annotations

from typing import NamedTuple

from scheduler.travel import distance_km


class _Spot(NamedTuple):
    lat: float
    lon: float
    country: str = ""


def km_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres between two places, each in degrees north and east, along a great circle."""
    return distance_km(_Spot(*one), _Spot(*other), 1.0)
