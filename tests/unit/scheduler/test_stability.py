"""The price of stability: what is kept of what was announced, at several prices of taking it back."""

from __future__ import annotations

import dataclasses

from scheduler.params import Params
from scheduler.problem import Announcement
from scheduler.stability import at_price, find_curve
from tests.helpers.small import inspector, problem, request

STEPS = Params(time_limit=None, iteration_limit=50)
# a day of I1 from 29.5 km away costs 1000 and 590 of travel, one of I2, who lives there, 1000
ANNOUNCED = Announcement(inspectors=("I1",), start_slot=2, inspector_cost=400, day_cost=100, drop_cost=900)
MADE = problem((request("R1"),), (inspector("I1"), inspector("I2", 29.5)), published={"R1": ANNOUNCED})


def test_the_dearer_taking_back_the_more_is_kept() -> None:
    curve = find_curve(MADE, (4.0, 0.0, 1.0, 2.0, 2.0), STEPS)
    assert [point.factor for point in curve] == [0.0, 1.0, 2.0, 4.0]
    assert [point.kept for point in curve] == [0, 0, 1, 1]
    assert [point.without_changes for point in curve] == [1000, 1000, 1590, 1590]
    assert [point.cost.change for point in curve] == [0, 400, 0, 0]
    assert [point.changes for point in curve[1:]] == [400, 0, 0]
    assert curve[-1].share == 1.0
    assert all(point.announced == 1 for point in curve)


def test_prices_are_multiplied_to_whole_cents() -> None:
    odd = dataclasses.replace(MADE, published={"R1": dataclasses.replace(ANNOUNCED, inspector_cost=401)})
    priced = at_price(odd, 0.5).published["R1"]
    assert (priced.inspector_cost, priced.day_cost, priced.drop_cost) == (200, 50, 450)
    assert at_price(odd, 1.0) == odd


def test_a_plan_found_at_one_price_is_taken_where_it_is_cheaper_at_another() -> None:
    curve = find_curve(MADE, (0.0, 10.0), Params(time_limit=None, iteration_limit=0))
    assert all(
        point.cost.total <= min(other.without_changes + point.factor * other.changes for other in curve)
        for point in curve
    )


def test_a_stop_ends_the_curve_after_the_first_point() -> None:
    assert len(find_curve(MADE, (0.0, 1.0, 2.0), STEPS, lambda: True)) == 1
