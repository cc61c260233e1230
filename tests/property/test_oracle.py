"""The exact optimum of tiny drawn problems against what the product says and finds."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from typing import Any

import pytest

from scheduler.validate import check_problem
from scheduler.wire import read_problem
from tests.helpers.drawn import WAIVERS, draw_problem
from tests.helpers.drawn_plans import legal_plan
from tests.helpers.judge import judge_of
from tests.helpers.oracle import Oracle
from tests.helpers.shared import needs_shared
from tests.helpers.soak import scaled

Json = dict[str, Any]
pytestmark = [needs_shared, pytest.mark.soak]


def tiny_problem(seed: int) -> Json:
    """At most 3 people, 5 requests and 4 days; every other one asks for little, so that much can be served."""
    rng = random.Random(f"tiny {seed}")
    return draw_problem(
        seed,
        days=rng.choice((1, 2, 3, 4)),
        inspectors=rng.choice((2, 3, 3)),
        requests=rng.choice((3, 4, 5)),
        demands=None if seed % 2 else 0.0,
    )


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
