"""The exact optimum of tiny drawn problems against what the product says and finds."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from scheduler.columns import generate
from scheduler.columns.duals import Duals
from scheduler.columns.generate import Generation
from scheduler.compiled import Floats, Ints
from scheduler.instance import Instance
from scheduler.tables import Tables, tables_of
from scheduler.validate import check_problem
from scheduler.weeks import Weeks
from scheduler.wire import plan_to_json, read_problem
from tests.helpers.drawn import WAIVERS, draw_problem
from tests.helpers.drawn_plans import legal_plan
from tests.helpers.judge import judge_of, verdict
from tests.helpers.oracle import Oracle, tiny_problem
from tests.helpers.shared import needs_shared
from tests.helpers.soak import scaled
from tests.helpers.solving import solved
from tests.helpers.whole_problem import booking, person, whole_problem

Json = dict[str, Any]
pytestmark = [needs_shared, pytest.mark.soak]
STEPS = 200
WITHIN = 0.005  # of the optimum counts as reached
ROUNDS = 80  # of column generation; a few suffice for most
TIGHT = 0.9  # share of tiny problems whose bound is the optimum itself; 97 % of 200 when this was written
REACHED = 0.95  # share of tiny problems; 99.6 % of 1,000 when this was written


def every_plan(problem: Json) -> Iterator[list[Json]]:
    """Each set of assignments there is, allowed or not."""
    slots = range(2 * problem["horizon"]["days"])
    names = [person["id"] for person in problem["inspectors"]]
    choices = []
    for request in problem["requests"]:
        visits = [
            {"request": request["id"], "mode": index, "start_slot": slot, "inspectors": list(crew)}
            for index, mode in enumerate(request["modes"])
            for slot in slots
            for crew in itertools.combinations(names, mode["crew"])
        ]
        choices.append([None, *visits])
    for chosen in itertools.product(*choices):
        yield [visit for visit in chosen if visit is not None]


def test_the_oracle_finds_what_trying_every_plan_finds() -> None:
    tried = 0
    for seed in range(scaled(300)):
        problem = draw_problem(seed, days=1 + seed % 2, inspectors=2, requests=2, demands=0.0)
        judge = judge_of(problem)
        costs = []
        for assignments in every_plan(problem):
            served = {visit["request"] for visit in assignments}
            left = [r["id"] for r in problem["requests"] if r["id"] not in served]
            plan = {
                "format": "inspection-plan/1",
                "assignments": assignments,
                "unassigned": [{"request": name, "reasons": [{"code": "a", "text": "b"}]} for name in left],
            }
            broken, cost = judge.judge(plan)
            if not broken:
                costs.append(sum(cost.values()))
            tried += 1

        assert Oracle(problem).optimum() == min(costs), f"seed {seed}"
    assert tried


def test_no_legal_plan_is_cheaper_than_the_oracle_s() -> None:
    reached = 0
    for seed in range(scaled(500)):
        problem, rng = tiny_problem(seed), random.Random(seed)

        cheapest = min(legal_plan(problem, rng)["cost"]["total"] for _ in range(10))

        optimum = Oracle(problem).optimum()
        assert optimum is not None
        assert cheapest >= optimum, f"seed {seed}"
        reached += cheapest == optimum
    assert reached


def test_pins_are_refused_exactly_where_no_plan_keeps_them() -> None:
    refused = accepted = 0
    for seed in range(scaled(3_000)):
        problem = tiny_problem(seed)
        pin_at_random(problem, random.Random(f"pins {seed}"))

        faults = check_problem(read_problem(problem))

        can_be_kept = Oracle(problem).optimum() is not None
        assert (faults == ()) == can_be_kept, f"seed {seed}: {[str(fault) for fault in faults]}"
        refused += not can_be_kept
        accepted += can_be_kept
    assert min(refused, accepted) > 0.1 * (refused + accepted)


def test_the_solver_reaches_the_optimum_of_nearly_every_tiny_problem() -> None:
    seeds = range(scaled(300))
    reached = 0
    for seed in seeds:
        problem = tiny_problem(seed)
        optimum = Oracle(problem).optimum()
        assert optimum is not None

        told = verdict(problem, plan_to_json(solved(problem, seed, STEPS)))

        assert told.texts == (), f"seed {seed}"
        assert told.total >= optimum, f"seed {seed}"
        reached += told.total - optimum <= WITHIN * max(1, abs(optimum))
    assert reached >= REACHED * len(seeds)


@pytest.mark.parametrize(("rows", "within"), [(generate.FEW_ROWS, 0.0), (0, 0.001)], ids=["exact", "approximate"])
def test_a_bound_is_never_above_the_optimum_and_mostly_reaches_it(
    rows: int, within: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The master solved exactly, and nearly."""
    monkeypatch.setattr(generate, "FEW_ROWS", rows)
    seeds = range(scaled(300))
    reached = 0
    for seed in seeds:
        problem = tiny_problem(seed)
        optimum = Oracle(problem).optimum()
        generation = Generation(tables_of(Weeks(Instance(read_problem(problem)))))
        while not generation.is_done and generation.rounds < ROUNDS:
            generation.round()
            assert optimum is not None
            assert generation.bound is None or generation.bound <= optimum, f"seed {seed}"
        assert generation.bound is not None
        assert optimum is not None
        reached += generation.bound >= optimum - within * abs(optimum)
    assert reached >= TIGHT * len(seeds)


def test_no_prices_prove_more_than_the_optimum() -> None:
    """Rounds that look at few visits lie between those that prove, and the first is asked at prices drawn."""
    proven = 0
    for seed in range(scaled(200)):
        problem, rng = tiny_problem(seed), random.Random(f"prices {seed}")
        optimum = Oracle(problem).optimum()
        tables = tables_of(Weeks(Instance(read_problem(problem))))
        generation = Generation(tables)
        generation.begin(*drawn_prices(tables, rng))
        for _ in range(3):
            if not generation.is_done:
                generation.round()
            assert optimum is not None
            assert generation.bound is None or generation.bound <= optimum, f"seed {seed}"
        proven += generation.bound is not None
    assert proven


def drawn_prices(tables: Tables, rng: random.Random) -> tuple[Duals, Ints]:
    """Prices of any kind that the signs allow, and the pairs of their tolls."""

    def drawn(size: int, low: int, high: int) -> Floats:
        return np.array([rng.choice((0, 1)) * rng.randint(low, high) for _ in range(size)], dtype=np.float64)

    options, pairs = tables.options, tables.pairs
    joint = np.flatnonzero(options.crew[pairs.option] > 1).tolist()
    tolled = np.array(rng.sample(joint, min(3, len(joint))), dtype=np.int32)
    count = len(options.crew)
    prices = Duals(
        drawn(len(options.unserved), 0, 60_000),
        np.where(options.crew > 1, drawn(count, -5_000, 30_000), 0.0),
        np.where((options.crew > 1) & options.wants_lead, drawn(count, 0, 9_000), 0.0),
        drawn(len(tolled), 0, 9_000),
        drawn(len(tables.idle), -30_000, 0),
    )
    return prices, tolled


def test_pins_that_can_be_kept_are_kept() -> None:
    kept = 0
    for seed in range(scaled(1_000)):
        problem = tiny_problem(seed)
        pin_at_random(problem, random.Random(f"pins {seed}"))
        if Oracle(problem).optimum() is None:
            continue
        kept += 1

        plan = plan_to_json(solved(problem, seed, steps=20))

        assert verdict(problem, plan).texts == (), f"seed {seed}"
    assert kept


def test_the_same_seed_and_steps_give_the_same_plan() -> None:
    for seed in range(scaled(200)):
        problem = draw_problem(seed)

        first, second = solved(problem, seed, steps=50), solved(problem, seed, steps=50)

        assert first.assignments == second.assignments, f"seed {seed}"
        assert first.unassigned == second.unassigned, f"seed {seed}"
        assert first.cost == second.cost, f"seed {seed}"


def test_visits_that_pay_only_together_are_served() -> None:
    """A half-day 100 km of road off costs 68.00, more than the 50.00 of leaving it; two on the same day cost no more.

    A leg takes 10 + 60 x 100 / 50 = 130 minutes and costs 130 / 60 x 6.00 + 100 x 0.11 = 24.00. There and back and the
    day's pay are 2 x 24.00 + 20.00.
    """
    problem = whole_problem()
    problem["limits"] |= {"morning": 150, "evening": 150}
    # 0.6917 degrees of a meridian are 76.91 km, times the detour of 1.3 just short of 100 km
    problem["sites"] = [{"id": "S1", "lat": 23.6917, "lon": 113.0, "country": "CN", "area": "south", "closed": []}]
    problem["inspectors"] = [person("I1", day_costs=[2000] * 5, day_premiums=[0] * 7)]
    half = {"modes": [{"crew": 1, "half_days": 1}], "unserved_cost": 5000, "due": "2026-12-06"}
    problem["requests"] = [booking("R1", **half), booking("R2", **half)]
    problem["history"], problem["published"] = [], {}
    assert Oracle(problem).optimum() == 2 * 2400 + 2000

    plan = solved(problem, seed=1, steps=STEPS)

    assert plan.cost.total == 6800
    assert len({visit.start_slot // 2 for visit in plan.assignments}) == 1


def pin_at_random(problem: Json, rng: random.Random) -> None:
    """Pin one to three requests to crews, starts and modes that may or may not be kept, in place of their own pins."""
    names = [person["id"] for person in problem["inspectors"]]
    for request in problem["requests"]:
        request["pin"] = None
    for request in rng.sample(problem["requests"], rng.choice((1, 2, 3))):
        index = rng.randrange(len(request["modes"]))
        mode = request["modes"][index]
        starts = range(0, 2 * problem["horizon"]["days"] - mode["half_days"] + 1, 2 if mode["half_days"] > 1 else 1)
        pin: Json = {
            "inspectors": rng.sample(names, mode["crew"]),
            "start_slot": rng.choice(starts),
            "mode": index,
            "waive": [],
        }
        if rng.random() < 0.5:
            pin["waive"] = list(rng.choice((WAIVERS, WAIVERS[:2], WAIVERS[2:4])))
        else:
            for key in rng.sample(("inspectors", "start_slot", "mode"), rng.choice((1, 2, 3))):
                pin[key] = None
        request["pin"] = pin
