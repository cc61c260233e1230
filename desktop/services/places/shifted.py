"""Coordinates as Chinese maps give them, and as the rest of the world does.

By law maps of China are shifted: GCJ-02 moves a place by a few hundred metres that change smoothly from place to
place, BD-09 of Baidu moves it once more. Both formulas are public; the constants of GCJ-02 are those of the ellipsoid
of Krassowsky. Outside China GCJ-02 is not shifted.
"""

from __future__ import annotations

import math

AXIS_M = 6378245.0
ECCENTRICITY_SQUARED = 0.00669342162296594323

BAIDU_TURN = math.pi * 3000.0 / 180.0
BAIDU_LON, BAIDU_LAT = 0.0065, 0.006

WEST, EAST, SOUTH, NORTH = 72.004, 137.8347, 0.8293, 55.8271
"""The rectangle in which the formula shifts, in degrees."""

TURNS = 4
"""Rounds until the inverse, which has no formula, is exact to a millimetre."""


def baidu_to_gcj(lat: float, lon: float) -> tuple[float, float]:
    """BD-09 to GCJ-02, in degrees; right to half a metre, as the public formula is."""
    x, y = lon - BAIDU_LON, lat - BAIDU_LAT
    radius = math.hypot(x, y) - 0.00002 * math.sin(y * BAIDU_TURN)
    angle = math.atan2(y, x) - 0.000003 * math.cos(x * BAIDU_TURN)
    return radius * math.sin(angle), radius * math.cos(angle)


def gcj_to_baidu(lat: float, lon: float) -> tuple[float, float]:
    """GCJ-02 to BD-09, in degrees."""
    radius = math.hypot(lon, lat) + 0.00002 * math.sin(lat * BAIDU_TURN)
    angle = math.atan2(lat, lon) + 0.000003 * math.cos(lon * BAIDU_TURN)
    return radius * math.sin(angle) + BAIDU_LAT, radius * math.cos(angle) + BAIDU_LON


def wgs_to_gcj(lat: float, lon: float) -> tuple[float, float]:
    """WGS-84 to GCJ-02, in degrees."""
    if not (WEST <= lon <= EAST and SOUTH <= lat <= NORTH):
        return lat, lon
    x, y = lon - 105.0, lat - 35.0
    waves = 20.0 * math.sin(6.0 * x * math.pi) + 20.0 * math.sin(2.0 * x * math.pi)
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x))
    north += (
        waves + _waves(y, 20.0, 40.0) + 160.0 * math.sin(y / 12 * math.pi) + 320.0 * math.sin(y * math.pi / 30)
    ) * (2.0 / 3.0)
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x))
    east += (
        waves + _waves(x, 20.0, 40.0) + 150.0 * math.sin(x / 12 * math.pi) + 300.0 * math.sin(x / 30 * math.pi)
    ) * (2.0 / 3.0)
    latitude = math.radians(lat)
    bulge = 1 - ECCENTRICITY_SQUARED * math.sin(latitude) ** 2
    metres_north = AXIS_M * (1 - ECCENTRICITY_SQUARED) / (bulge * math.sqrt(bulge))
    metres_east = AXIS_M / math.sqrt(bulge) * math.cos(latitude)
    return lat + math.degrees(north / metres_north), lon + math.degrees(east / metres_east)


def gcj_to_wgs(lat: float, lon: float) -> tuple[float, float]:
    """GCJ-02 to WGS-84, in degrees: the place that is shifted to this one, found by trying."""
    found_lat, found_lon = lat, lon
    for _ in range(TURNS):
        shifted_lat, shifted_lon = wgs_to_gcj(found_lat, found_lon)
        found_lat, found_lon = found_lat - (shifted_lat - lat), found_lon - (shifted_lon - lon)
    return found_lat, found_lon


def baidu_to_wgs(lat: float, lon: float) -> tuple[float, float]:
    """BD-09 to WGS-84, in degrees."""
    return gcj_to_wgs(*baidu_to_gcj(lat, lon))


def _waves(value: float, first: float, second: float) -> float:
    return first * math.sin(value * math.pi) + second * math.sin(value / 3.0 * math.pi)
