"""Legs by hand: distance, the choice among modes, limits and edges."""

from __future__ import annotations

import dataclasses

import pytest

from scheduler.problem import Site, Travel, TravelMode
from scheduler.travel import Legs, distance_km, offers
from tests.helpers.small import CAR, LIMITS, at, site

HOME = site("home", 0)


def test_a_degree_of_the_meridian_is_its_share_of_the_circumference() -> None:
    # 6371.0088 km x pi / 180 = 111.19508 km; with a detour of 1.3: 144.553604
    a, b = site("a", lat=10.0), site("b", lat=11.0)
    assert distance_km(a, b, 1.0) == pytest.approx(111.19508, abs=1e-5)
    assert distance_km(a, b, 1.3) == pytest.approx(144.553604, abs=1e-5)
    assert distance_km(b, a, 1.3) == distance_km(a, b, 1.3)


def test_a_leg_costs_what_its_km_and_minutes_cost() -> None:
    # 29.5 km: ceil(10 + 29.5 x 60 / 50) = ceil(45.4) = 46 minutes; 100 + 29.5 x 11 + 600 x 46 / 60 = 884.5 -> 884
    mode = TravelMode("car", None, 0.0, None, 10.0, 50.0, 100.0, 11.0)
    (leg,) = offers(Travel(1.0, 600.0, (mode,)), HOME, site("b", 29.5))
    assert (leg.minutes, leg.mode) == (46, "car")
    assert leg.cents in (884, 885)  # the half cent hangs on the last bit of the distance


def test_a_half_cent_goes_to_the_even_side() -> None:
    for fixed, cents in ((0.5, 0), (1.5, 2), (2.5, 2)):
        mode = TravelMode("walk", None, 0.0, None, 1.0, 60.0, fixed, 0.0)
        assert offers(Travel(1.0, 0.0, (mode,)), HOME, site("b", 1.0))[0].cents == cents


@pytest.mark.parametrize(("metres", "free"), [(0, True), (49, True), (51, False)])
def test_below_fifty_metres_there_is_no_way_to_go(metres: int, free: bool) -> None:
    (leg,) = offers(Travel(1.0, 0.0, (CAR,)), HOME, site("b", metres / 1000))
    assert ((leg.cents, leg.minutes) == (0, 0)) is free


def test_next_door_is_free_even_where_no_mode_goes() -> None:
    assert offers(Travel(1.0, 0.0, ()), HOME, site("b", 0.01))[0].cents == 0
    assert offers(Travel(1.0, 0.0, ()), HOME, site("b", 1.0)) == ()


def test_a_mode_is_offered_within_its_range_and_countries_only() -> None:
    rail = TravelMode("rail", ("CN",), 100.0, 200.0, 0.0, 180.0, 0.0, 1.0)
    travel = Travel(1.0, 0.0, (rail,))
    abroad = Site("x", at(150), 0.0, "VN", "A")
    assert offers(travel, HOME, site("b", 99.9)) == ()
    assert offers(travel, HOME, site("b", 200.1)) == ()
    assert offers(travel, HOME, abroad) == ()
    assert [leg.mode for leg in offers(travel, HOME, site("b", 150))] == ["rail"]


def test_the_cheapest_that_keeps_the_limit_is_taken_and_the_quicker_of_equals() -> None:
    # 119.5 km: slow bus 240 minutes, 100 cents; car 120 minutes, 1195 cents; taxi 60 minutes, 1195 cents
    bus = TravelMode("bus", None, 0.0, None, 0.5, 30.0, 100.0, 0.0)
    taxi = TravelMode("taxi", None, 0.0, None, 0.0, 120.0, 0.0, 10.0)
    legs = Legs(Travel(1.0, 0.0, (bus, CAR, taxi)), LIMITS, (HOME, site("b", 119.5)))
    by_limit = {limit: legs.leg(0, 1, limit) for limit in ("free_day", "morning", "midday")}
    assert {limit: leg and leg.mode for limit, leg in by_limit.items()} == {
        "free_day": "bus",  # 600 minutes allowed
        "morning": "taxi",  # 120 allowed: as dear as the car, and quicker
        "midday": "taxi",  # 60 allowed
    }
    assert legs.leg(1, 0, "free_day") == legs.leg(0, 1, "free_day")


def test_a_limit_is_kept_to_the_minute() -> None:
    limits = dataclasses.replace(LIMITS, morning=30)
    legs = Legs(Travel(1.0, 0.0, (CAR,)), limits, (HOME, site("a", 29.5), site("b", 30.5)))
    assert legs.leg(0, 1, "morning") is not None  # 30 minutes
    assert legs.leg(0, 2, "morning") is None  # 31 minutes
