"""Nights and travel days as the board shows them, held against what the plan's cost counts."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from desktop.services.ways import AT_HOME, Ways, ways_of
from scheduler.evaluate import evaluate
from scheduler.params import Params
from scheduler.plan import Assignment
from scheduler.solve import solve
from scheduler.wire import read_problem
from tests.helpers.drawn import draw_problem
from tests.helpers.soak import scaled

DAYS = 7
# a car at 60 km/h: a minute a km. A degree of latitude is 111.2 km.
CAR = {
    "name": "car",
    "countries": None,
    "min_km": 0,
    "max_km": None,
    "fixed_minutes": 0,
    "kmh": 60,
    "fixed_cost": 0,
    "cost_per_km": 10,
}


def problem(*north: float, **person: object) -> dict[str, Any]:
    """One inspector at home at 30 N 115 E, and a request of one day at each place so many degrees north of it."""
    return {
        "format": "inspection-planning/1",
        "horizon": {"start": "2026-11-30", "days": DAYS},
        "travel": {"detour": 1.0, "time_cost_per_hour": 0, "modes": [CAR]},
        "limits": {
            "midday": 60,
            "morning": 120,
            "evening": 150,
            "relocate": 240,
            "free_day": 600,
            "away_nights": 3,
        },
        "rotation": {"max_visits": 9, "within_days": 30},
        "sites": [
            {"id": f"S{n}", "lat": 30 + degrees, "lon": 115.0, "country": "CN", "area": "A", "closed": []}
            for n, degrees in enumerate(north)
        ],
        "inspectors": [
            {
                "id": "I1",
                "lat": 30.0,
                "lon": 115.0,
                "country": "CN",
                "works_in": {"A": None},
                "services": ["PSI"],
                "skills": {"toys": 3},
                "languages": [],
                "certificates": {},
                "available": [True] * (2 * DAYS),
                "may_travel": [True] * (DAYS + 2),
                "day_costs": [100] * 7,
                "day_premiums": [0] * DAYS,
                "night_cost": 5000,
                "travel_day_cost": 1000,
                "max_consecutive_days": 7,
                "worked_before": {"days_this_week": 0, "consecutive_days": 0},
                "start": None,
            }
            | person
        ],
        "requests": [
            {
                "id": f"R{n}",
                "site": f"S{n}",
                "service": "PSI",
                "skill": "toys",
                "level": 1,
                "languages": [],
                "certificates": [],
                "lead": None,
                "modes": [{"crew": 1, "half_days": 2}, {"crew": 1, "half_days": 4}],
                "earliest": "2026-11-30",
                "latest": "2026-12-06",
                "due": "2026-12-06",
                "late_cost": 0,
                "unserved_cost": 100000,
                "excluded": [],
                "affinity": {},
                "pin": None,
            }
            for n in range(len(north))
        ],
        "history": [],
        "published": {},
    }


def way(data: dict[str, Any], *starts: tuple[str, int, int]) -> Ways:
    """The way of the one inspector when he serves the requests from the days given, in the modes given."""
    assignments = [Assignment(request, mode, 2 * day, ("I1",)) for request, day, mode in starts]
    return ways_of(read_problem(data), assignments).get("I1", AT_HOME)


def test_a_place_in_town_needs_no_way() -> None:
    assert way(problem(0.0), ("R0", 1, 0)) == AT_HOME


def test_a_short_way_is_not_worth_a_sign() -> None:
    # 0.5 degrees: 55.6 km, 56 minutes
    assert way(problem(0.5), ("R0", 1, 0)) == AT_HOME


def test_a_place_two_hours_away_is_reached_in_the_morning_and_left_in_the_evening() -> None:
    # 0.9 degrees: 100.1 km, 101 minutes: within the morning's 120 and the evening's 150
    assert way(problem(0.9), ("R0", 1, 0)) == Ways((), (), frozenset({"R0"}))


def test_a_place_four_hours_away_takes_a_travel_day_and_a_night_on_either_side() -> None:
    # 2.2 degrees: 244.6 km, 245 minutes: only within a free day
    assert way(problem(2.2), ("R0", 0, 0)) == Ways((-1, 0), (-1, 1))


def test_between_two_far_places_he_stays_away_and_drives_on_in_the_morning() -> None:
    # from 2.2 to 3.2 degrees: 111.2 km, 112 minutes, within the 240 of a relocation
    assert way(problem(2.2, 3.2), ("R0", 1, 0), ("R1", 2, 0)) == Ways((0, 1, 2), (0, 3), frozenset({"R1"}))


def test_two_days_at_a_far_place_are_one_night_more() -> None:
    assert way(problem(2.2), ("R0", 1, 1)) == Ways((0, 1, 2), (0, 3))


def test_from_a_far_place_over_the_weekend_he_goes_home() -> None:
    # away for 4 nights is more than away_nights: home on the day after, out again on the eve
    assert way(problem(2.2, 2.2), ("R0", 0, 0), ("R1", 4, 0)) == Ways((-1, 0, 3, 4), (-1, 1, 3, 5))


def test_a_far_way_that_no_morning_holds_takes_the_day_between() -> None:
    # from 2.2 south to 2.2 north: 489.3 km, 490 minutes: within a free day only
    assert way(problem(-2.2, 2.2), ("R0", 1, 0), ("R1", 3, 0)) == Ways((0, 1, 2, 3), (0, 2, 4))


def test_who_starts_away_goes_on_from_there() -> None:
    start = {"slot": 0, "lat": 32.2, "lon": 115.0, "country": "CN", "worked_days": []}
    # he slept there on the eve, which this plan counts and pays as the night of the gap
    assert way(problem(2.2, start=start), ("R0", 0, 0)).travel_days == (1,)


@pytest.mark.parametrize("seed", range(scaled(300)))
def test_the_nights_shown_are_the_nights_paid(seed: int) -> None:
    drawn = read_problem(draw_problem(seed))
    plan = solve(drawn, Params(seed=seed, time_limit=None, iteration_limit=60))
    ways = ways_of(drawn, plan.assignments)
    night_cost = {person.id: person.night_cost for person in drawn.inspectors}
    shown = Counter({person: len(way.nights) for person, way in ways.items()})
    assert (
        sum(night_cost[person] * nights for person, nights in shown.items())
        == evaluate(drawn, plan.assignments).cost.nights
    )
