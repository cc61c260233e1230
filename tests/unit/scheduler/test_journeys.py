"""Moves by hand: mornings, travel days, nights, home or away."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from scheduler.instance import Instance
from scheduler.journeys import Journeys, Move
from scheduler.problem import Start
from tests.helpers.small import LIMITS, at, inspector, problem, request, site

NEAR, FAR, FARTHER = 29.5, 199.5, 299.5  # 30 minutes, 200 minutes (a travel day), 300 minutes
SITES = (site("near", NEAR), site("far", FAR), site("farther", FARTHER), site("beyond", 900.5))
PLACE = {"near": 0, "far": 1, "farther": 2, "beyond": 3}


def journeys(**values: Any) -> Journeys:  # noqa: ANN401 - any field of the inspector
    person = inspector(**values)
    return Journeys(Instance(problem((request(where="near"),), (person,), SITES)))


def no_travel_on(*days: int) -> dict[str, Any]:
    """Travel allowed but on these days (-1: the eve)."""
    return {"may_travel": tuple(day not in days for day in range(-1, 6))}


def test_a_near_site_is_reached_in_the_morning() -> None:
    assert journeys().first(0, PLACE["near"], 0) == Move("home", 295, 0)


def test_a_far_site_takes_a_travel_day_and_a_night() -> None:
    # 1995 cents on the way, 200 for the travel day, 500 for the night
    assert journeys().first(0, PLACE["far"], 0) == Move("home", 2195, 500)
    assert journeys().home(0, PLACE["far"], 4) == Move("home", 2195, 500)


def test_the_eve_and_the_day_after_allow_travel_only_where_said() -> None:
    assert journeys(**no_travel_on(-1)).first(0, PLACE["far"], 0) is None
    assert journeys(**no_travel_on(-1)).first(0, PLACE["far"], 1) is not None
    assert journeys(**no_travel_on(5)).home(0, PLACE["far"], 4) is None
    assert journeys(**no_travel_on(5)).home(0, PLACE["far"], 3) is not None


def test_a_site_beyond_every_limit_cannot_be_reached_from_home() -> None:
    assert journeys().first(0, PLACE["beyond"], 2) is None  # 901 minutes, 600 allowed


def test_on_one_day_the_direct_leg_counts_within_midday() -> None:
    assert journeys().gap(0, PLACE["near"], 1, PLACE["near"], 1) == Move("direct", 0, 0)
    assert journeys().gap(0, PLACE["near"], 1, PLACE["far"], 1) is None  # 170 minutes, 60 allowed


def test_between_days_the_cheaper_of_home_and_away() -> None:
    # near to near: home 295 + 295 = 590, away 0 and a night of 500
    assert journeys().gap(0, PLACE["near"], 0, PLACE["near"], 1) == Move("away", 0, 500)
    # two nights: away 1000, home 590
    assert journeys().gap(0, PLACE["near"], 0, PLACE["near"], 2) == Move("home", 590, 0)


def test_on_equal_cost_home() -> None:
    assert journeys(night_cost=590).gap(0, PLACE["near"], 0, PLACE["near"], 1) == Move("home", 590, 0)
    assert journeys(night_cost=589).gap(0, PLACE["near"], 0, PLACE["near"], 1) == Move("away", 0, 589)


def test_home_between_far_sites_needs_two_different_travel_days() -> None:
    # home and out again: 2 x (1995 + 200) cents, and two nights, as each way takes a night
    cheap_home = journeys(night_cost=6000)
    assert cheap_home.gap(0, PLACE["far"], 0, PLACE["far"], 2) == Move("away", 0, 12000)
    assert cheap_home.gap(0, PLACE["far"], 0, PLACE["far"], 3) == Move("home", 4390, 12000)  # away: 18000


def test_a_long_way_between_visits_takes_a_day_that_allows_travel() -> None:
    # near to farther, 270 km: 2700 cents, 270 minutes, more than `relocate` allows
    assert journeys().gap(0, PLACE["near"], 0, PLACE["farther"], 1) is None
    assert journeys(night_cost=100).gap(0, PLACE["near"], 0, PLACE["farther"], 2) == Move("away", 2900, 200)
    # home instead: back 295, out 2995 with a travel day and a night
    assert journeys(night_cost=600).gap(0, PLACE["near"], 0, PLACE["farther"], 2) == Move("home", 3490, 600)
    assert journeys(**no_travel_on(1)).gap(0, PLACE["near"], 0, PLACE["farther"], 2) is None


@pytest.mark.parametrize(("nights", "possible"), [(3, True), (4, False)])
def test_no_gap_has_more_nights_away_than_allowed(nights: int, possible: bool) -> None:
    stuck = journeys(**no_travel_on(-1, 0, 1, 2, 3, 4, 5))
    assert (stuck.gap(0, PLACE["far"], 0, PLACE["far"], nights) is not None) is possible


def test_a_night_inside_a_visit_is_the_cheaper_of_away_and_home() -> None:
    assert journeys().inside(0, PLACE["near"]) == Move("away", 0, 500)
    assert journeys(night_cost=590).inside(0, PLACE["near"]) == Move("home", 590, 0)
    assert journeys(night_cost=9000).inside(0, PLACE["far"]) == Move("away", 0, 9000)  # home is too far for a night


def test_the_limits_of_morning_and_evening_differ() -> None:
    person = inspector()
    limits = dataclasses.replace(LIMITS, evening=29)
    late = Journeys(Instance(problem((request(where="near"),), (person,), SITES, limits=limits)))
    assert late.first(0, PLACE["near"], 1) == Move("home", 295, 0)
    assert late.home(0, PLACE["near"], 1) == Move("home", 495, 500)  # 30 minutes are too many in the evening


def test_a_start_away_is_a_place_like_any_other() -> None:
    started = inspector(start=Start(slot=2, lat=at(FAR), lon=0.0, country="CN", worked_days=(0,)))
    instance = Instance(problem((request(where="near"),), (started,), SITES))
    place = instance.start_place[0]
    assert place is not None
    assert Journeys(instance).home(0, place, 0) == Move("home", 2195, 500)
    assert Journeys(instance).gap(0, place, 0, PLACE["far"], 1) == Move("away", 0, 500)
