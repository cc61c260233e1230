"""What a plan costs, part by part and by hand, and whether what it says of itself is true."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from scheduler.evaluate import evaluate, evaluate_plan
from scheduler.plan import Assignment, CostParts, Plan, Reason, Unassigned
from scheduler.problem import Announcement, Horizon, Mode, Problem, Start, WorkedBefore
from tests.helpers.small import MONDAY, at, day, inspector, problem, request, served, site


def cost(made: Problem, *plan: Assignment) -> CostParts:
    judged = evaluate(made, plan)
    assert judged.broken == ()
    return judged.cost


def test_one_day_next_door() -> None:
    # 1000 for the day, 295 there and 295 back
    assert cost(problem((request(),)), served()) == CostParts(work=1000, travel=590)


def test_nothing_served() -> None:
    made = problem((request(),), published={"R1": Announcement(("I1",), 0, 100, 200, 400)})
    assert cost(made) == CostParts(unserved=50_000, change=400)


def test_two_half_days_on_one_day_cost_one_day() -> None:
    made = problem((request("R1", modes=(Mode(1, 1),)), request("R2", modes=(Mode(1, 1),))))
    assert cost(made, served("R1", 0), served("R2", 1)) == CostParts(work=1000, travel=590)


def test_day_costs_count_by_calendar_week_from_what_was_worked() -> None:
    # Thursday to Wednesday; two days of the first week are worked: its Thursday and Friday cost the 3rd and 4th price,
    # the Monday after it the 1st. Nights at home: 590 each against 500 away, so away but over the weekend (3 nights).
    made = problem(
        tuple(request(f"R{n}", days=7, earliest=MONDAY, latest=day(20), due=day(20)) for n in (1, 2, 3)),
        (inspector(days=7, worked_before=WorkedBefore(days_this_week=2)),),
        horizon=Horizon(day(3), 7),
    )
    # travel: out 295, home over the weekend 590, back 295; one night between Thursday and Friday
    expected = CostParts(work=1200 + 1300 + 1000, travel=1180, nights=500)
    assert cost(made, served("R1", 0), served("R2", 2), served("R3", 8)) == expected


def test_guaranteed_days_are_free() -> None:
    made = problem((request("R1"), request("R2")), (inspector(day_costs=(0, 1100)),))
    assert cost(made, served("R1", 0), served("R2", 2)).work == 1100


def test_a_premium_is_paid_once_a_day() -> None:
    halves = (Mode(1, 1),)
    made = problem(
        (request("R1", modes=halves), request("R2", modes=halves)),
        (inspector(day_premiums=(0, 700, 0, 0, 0)),),
    )
    assert cost(made, served("R1", 2), served("R2", 3)).premium == 700


def test_late_counts_from_the_first_day() -> None:
    made = problem((request(due=day(1), modes=(Mode(1, 4),)),))
    assert cost(made, served(slot=2)).late == 0
    assert cost(made, served(slot=4)).late == 3000
    assert cost(made, served(slot=6)).late == 6000


def test_affinity_is_that_of_each_of_the_crew() -> None:
    made = problem(
        (request(modes=(Mode(2, 2),), affinity={"I1": -300, "I2": 1000, "I3": 7}),),
        tuple(inspector(name) for name in ("I1", "I2", "I3")),
    )
    assert cost(made, served(people=("I1", "I2"))).affinity == 700


@pytest.mark.parametrize(
    ("people", "slot", "change"),
    [
        (("I1", "I2"), 0, 0),
        (("I1", "I3"), 0, 100),
        (("I3", "I4"), 0, 200),
        (("I1", "I2"), 2, 50),
        (("I3", "I2"), 2, 150),
    ],
)
def test_change_is_paid_by_person_not_announced_and_once_for_the_day(
    people: tuple[str, ...],
    slot: int,
    change: int,
) -> None:
    made = problem(
        (request(modes=(Mode(2, 2),)),),
        tuple(inspector(name) for name in ("I1", "I2", "I3", "I4")),
        published={"R1": Announcement(("I1", "I2"), 0, 100, 50, 400)},
    )
    assert cost(made, served(slot=slot, people=people)).change == change


def test_another_half_of_the_announced_day_is_no_change() -> None:
    made = problem((request(modes=(Mode(1, 1),)),), published={"R1": Announcement(("I1",), 0, 100, 50, 400)})
    assert cost(made, served(slot=1)).change == 0


def test_nights_inside_a_visit_are_away_or_at_home() -> None:
    # three days next door: two nights, each 500 away against 590 home and back
    made = problem((request(modes=(Mode(1, 6),)),))
    assert cost(made, served()) == CostParts(work=1000 + 1100 + 1200, travel=590, nights=1000)
    dear = problem((request(modes=(Mode(1, 6),)),), (inspector(night_cost=600),))
    assert cost(dear, served()) == CostParts(work=3300, travel=590 + 2 * 590)


def test_an_inspector_on_the_road_pays_the_way_home_without_any_visit() -> None:
    # 199.5 km are 200 minutes: too many for the evening, so a travel day and a night
    started = inspector(start=Start(slot=2, lat=at(199.5), lon=0.0, country="CN", worked_days=(0,)))
    made = problem((request(),), (started,))
    assert cost(made) == CostParts(travel=1995 + 200, nights=500, unserved=50_000)


def test_days_worked_before_the_start_cost_nothing_but_count() -> None:
    # on the day of the slot: no day cost, its premium; on Tuesday the 2nd day's price
    started = inspector(
        day_premiums=(70, 0, 0, 0, 0),
        start=Start(slot=1, lat=at(0), lon=0.0, country="CN", worked_days=(0,)),
    )
    made = problem((request("R1", modes=(Mode(1, 1),)), request("R2")), (started,))
    part = cost(made, served("R1", 1), served("R2", 2))
    assert (part.work, part.premium) == (1100, 70)


def test_the_order_of_assignments_means_nothing() -> None:
    made = problem(tuple(request(f"R{n}") for n in (1, 2, 3)))
    plan = [served(f"R{n}", 2 * n) for n in (1, 2, 3)]
    assert evaluate(made, plan) == evaluate(made, plan[::-1])


def stated(**values: Any) -> Plan:  # noqa: ANN401 - any field of the plan
    """A plan of `problem((request(),))` that serves it and says the truth, but for `values`."""
    plan = Plan((served(),), (), "feasible", CostParts(work=1000, travel=590), None, 1.0, 0)
    return dataclasses.replace(plan, **values)


SAID = [
    ("true", stated(), []),
    ("four cents off", stated(cost=CostParts(work=1004, travel=590)), []),
    ("five cents off", stated(cost=CostParts(work=1005, travel=590)), ["cost", "cost"]),
    ("in the wrong part", stated(cost=CostParts(work=990, travel=600)), ["cost", "cost"]),
    ("a bound above its cost", stated(bound=1600), ["bound"]),
    ("a bound at its cost, and so optimal", stated(bound=1590, status="optimal"), []),
    ("optimal without a bound", stated(status="optimal"), ["optimal"]),
    ("optimal far from its bound", stated(bound=1000, status="optimal"), ["optimal"]),
    ("listed as unassigned too", stated(unassigned=(Unassigned("R1", (Reason("a", "b"),)),)), ["unassigned"]),
]


@pytest.mark.parametrize(("name", "plan", "codes"), SAID, ids=[name for name, _, _ in SAID])
def test_what_a_plan_says_of_itself(name: str, plan: Plan, codes: list[str]) -> None:
    assert [fault.code for fault in evaluate_plan(problem((request(),)), plan).broken] == codes, name


@pytest.mark.parametrize(
    ("reasons", "codes"),
    [((Reason("busy", "all are busy"),), []), ((), ["reason"]), ((Reason("busy", ""),), ["reason_text"])],
)
def test_what_is_left_out_needs_a_reason(reasons: tuple[Reason, ...], codes: list[str]) -> None:
    plan = stated(assignments=(), unassigned=(Unassigned("R1", reasons),), cost=CostParts(unserved=50_000))
    assert [fault.code for fault in evaluate_plan(problem((request(),), sites=(site(),)), plan).broken] == codes
