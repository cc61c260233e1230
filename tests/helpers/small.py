"""Small problems whose sums can be done by hand.

Everything lies on one meridian, so `at(km)` north of the first home is that many km away. The only mode of travel is a
car at 60 km/h and 10 cents a km, without detour or price of time: 29.5 km are 30 minutes and 295 cents. Limits are 60
minutes within a day, 120 from and to home, 180 from one visit to the next, 600 on a travel day, and 3 nights.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from scheduler.plan import Assignment
from scheduler.problem import (
    Horizon,
    Inspector,
    Limits,
    Mode,
    Problem,
    Request,
    Rotation,
    Site,
    Travel,
    TravelMode,
)

MONDAY = dt.date(2026, 11, 30)
KM_OF_DEGREE = 111.195080  # of a meridian: 6371.0088 km x pi / 180
CAR = TravelMode("car", None, 0.0, None, 0.0, 60.0, 0.0, 10.0)
LIMITS = Limits(midday=60, morning=120, evening=120, relocate=180, free_day=600, away_nights=3)


def at(km: float) -> float:
    """The latitude of a place some km north."""
    return km / KM_OF_DEGREE


def day(number: int) -> dt.date:
    """The date of a day of the horizon."""
    return MONDAY + dt.timedelta(days=number)


def site(name: str = "S1", km: float = 29.5, **values: Any) -> Site:  # noqa: ANN401 - any field of the record
    """A site some km north of home, in the area A."""
    usual: dict[str, Any] = {"id": name, "lat": at(km), "lon": 0.0, "country": "CN", "area": "A"}
    return Site(**usual | values)


def inspector(name: str = "I1", km: float = 0.0, days: int = 5, **values: Any) -> Inspector:  # noqa: ANN401 - any field of the record
    """Someone who may do everything there is here; a day costs 1000, 1100, ..., a night 500, a travel day 200."""
    usual: dict[str, Any] = {
        "id": name,
        "lat": at(km),
        "lon": 0.0,
        "country": "CN",
        "works_in": {"A": None},
        "services": ("PSI",),
        "skills": {"toys": 3},
        "languages": ("zh",),
        "certificates": {},
        "available": (True,) * (2 * days),
        "may_travel": (True,) * (days + 2),
        "day_costs": (1000, 1100, 1200, 1300, 1400),
        "day_premiums": (0,) * days,
        "night_cost": 500,
        "travel_day_cost": 200,
        "max_consecutive_days": 6,
    }
    return Inspector(**usual | values)


def request(name: str = "R1", where: str = "S1", days: int = 5, **values: Any) -> Request:  # noqa: ANN401 - any field of the record
    """A day of one inspector, on any day of the horizon, worth 50,000 cents."""
    usual: dict[str, Any] = {
        "id": name,
        "site": where,
        "service": "PSI",
        "skill": "toys",
        "level": 2,
        "modes": (Mode(1, 2),),
        "earliest": day(0),
        "latest": day(days - 1),
        "due": day(days - 1),
        "late_cost": 3000,
        "unserved_cost": 50_000,
    }
    return Request(**usual | values)


def problem(
    requests: tuple[Request, ...],
    inspectors: tuple[Inspector, ...] | None = None,
    sites: tuple[Site, ...] | None = None,
    days: int = 5,
    **values: Any,  # noqa: ANN401 - any field of the record
) -> Problem:
    """A problem from Monday on; one inspector at home and one site 29.5 km north unless given."""
    usual: dict[str, Any] = {
        "horizon": Horizon(MONDAY, days),
        "travel": Travel(1.0, 0.0, (CAR,)),
        "limits": LIMITS,
        "rotation": Rotation(max_visits=3, within_days=90),
        "sites": (site(),) if sites is None else sites,
        "inspectors": (inspector(days=days),) if inspectors is None else inspectors,
        "requests": requests,
    }
    return Problem(**usual | values)


def served(name: str = "R1", slot: int = 0, people: tuple[str, ...] = ("I1",), mode: int = 0) -> Assignment:
    """An assignment."""
    return Assignment(name, mode, slot, people)
