"""Problems whose optimum is found by hand, with the sums beside it.

Distances and prices are those of `tests.helpers.small`: 10 cents and a minute for a km, 1000, 1100, ... cents for the
1st, 2nd, ... day of a week, 500 for a night, 200 for a travel day, 50,000 for a request left out.
"""

from __future__ import annotations

from scheduler.evaluate import evaluate_plan
from scheduler.params import Params
from scheduler.plan import CostParts, Plan
from scheduler.problem import Lead, Mode, Problem
from scheduler.solve import solve
from tests.helpers.small import day, inspector, problem, request, served, site

STEPS = Params(seed=1, time_limit=None, iteration_limit=600)


def solved(made: Problem) -> Plan:
    plan = solve(made, STEPS)
    assert evaluate_plan(made, plan).broken == ()
    return plan


def test_two_neighbours_are_served_on_one_journey() -> None:
    # Two sites 199.5 and 219.5 km north, 200 and 220 minutes: each a travel day and a night away from home.
    # Together: out 1995 + 200 + 500; one night between them 500 and 20 km 200; back 2195 + 200 + 500;
    # two days 1000 + 1100. Sum 2695 + 700 + 2895 + 2100 = 8390; each alone would be 2 x 2695 + 1000 or more.
    made = problem(
        (request("R1", "north"), request("R2", "further")),
        sites=(site("north", 199.5), site("further", 219.5)),
    )
    plan = solved(made)
    assert plan.cost == CostParts(work=2100, travel=1995 + 200 + 200 + 2195 + 200, nights=1500)
    assert plan.cost.total == 8390


def test_the_pair_for_a_day_beats_the_one_for_two_days() -> None:
    # Two man-days next door to both homes (29.5 km: 295 cents each way).
    # One for two days: 1000 + 1100 for the days, 295 out, a night away 500 (home and back 590), 295 back: 3190.
    # Two for a day: 2 x (1000 + 295 + 295) = 3180. The pair it is, I2 among them, who alone can lead.
    made = problem(
        (request(modes=(Mode(1, 4), Mode(2, 2)), lead=Lead(4)),),
        (inspector("I1"), inspector("I2", skills={"toys": 4}), inspector("I3", 15.0, works_in={})),
    )
    plan = solved(made)
    assert [(entry.mode, entry.inspectors) for entry in plan.assignments] == [(1, ("I1", "I2"))]
    assert plan.cost == CostParts(work=2000, travel=1180)


def test_what_does_not_pay_is_left_and_what_is_late_pays_if_it_can() -> None:
    # One day of work in the week. R1, due on Monday, costs 3000 a day late; R2 is open on Tuesday only.
    # R1 on Monday: 1000 + 590 = 1590, R2 left at 4000: 5590. R2 instead: 1590, R1 left at 6000: 7590.
    # Were R1 away on Monday, R1 on Tuesday would cost 3000 more: 4590 + 4000 = 8590, dearer than R2's 7590.
    early = request("R1", due=day(0), unserved_cost=6000)
    tuesday = request("R2", earliest=day(1), latest=day(1), due=day(1), unserved_cost=4000)
    worker = inspector(day_costs=(1000,))
    plan = solved(problem((early, tuesday), (worker,)))
    assert plan.assignments == (served("R1", 0),)
    assert plan.cost == CostParts(work=1000, travel=590, unserved=4000)
    away = inspector(day_costs=(1000,), available=(False, False) + (True,) * 8)
    plan = solved(problem((early, tuesday), (away,)))
    assert plan.assignments == (served("R2", 2),)
    assert plan.cost == CostParts(work=1000, travel=590, unserved=6000)


def test_load_is_spread_where_day_costs_rise() -> None:
    # Two people next door to four sites of their own, four days of work: 2 + 2 days cost 2 x (1000 + 1100) = 4200,
    # 4 + 0 days 1000 + 1100 + 1200 + 1300 = 4600; travel is nothing, and a night at home costs nothing.
    made = problem(
        tuple(request(f"R{n}") for n in range(4)),
        (inspector("I1"), inspector("I2")),
        (site(km=0.0),),
    )
    assert solved(made).cost == CostParts(work=4200)
