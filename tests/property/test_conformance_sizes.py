"""The solver on problems of all sizes up to 40 inspectors, and on those in which little or nothing can be done."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

import pytest

from scheduler.plan import Plan
from scheduler.wire import plan_to_json
from tests.helpers.drawn import draw_problem
from tests.helpers.judge import verdict
from tests.helpers.shared import needs_shared
from tests.helpers.soak import scaled
from tests.helpers.solving import solved

Json = dict[str, Any]
pytestmark = [needs_shared, pytest.mark.soak]
OPTIMAL = 0.0001  # gap below which a plan may call itself optimal
STEPS = 60


def checked(problem: Json, seed: int, steps: int = STEPS) -> Plan:
    """The solver's plan, once it breaks no rule, states what is true and proves no more than it may."""
    plan = solved(problem, seed, steps)
    assert verdict(problem, plan_to_json(plan)).texts == (), f"seed {seed}"
    assert plan.gap is None or plan.gap >= 0, f"seed {seed}"
    if plan.status == "optimal":
        assert plan.gap is not None, f"seed {seed}"
        assert plan.gap <= OPTIMAL, f"seed {seed}"
    return plan


def test_no_rule_is_broken_at_any_size() -> None:
    served = 0
    for seed in range(scaled(200)):
        rng = random.Random(f"size {seed}")
        people = 1 + seed % 40
        days = rng.choice((1, 3, 7, 7, 10, 14))
        problem = draw_problem(seed, days=days, inspectors=people, requests=rng.randint(1, 2 + 2 * people))

        served += len(checked(problem, seed).assignments)
    assert served


def no_requests(problem: Json) -> None:
    problem["requests"], problem["published"] = [], {}


def no_inspectors(problem: Json) -> None:
    problem["inspectors"], problem["history"], problem["published"] = [], [], {}
    for request in problem["requests"]:
        request["affinity"], request["excluded"] = {}, []


def nobody_eligible(problem: Json) -> None:
    for person in problem["inspectors"]:
        person["services"] = []


def all_closed(problem: Json) -> None:
    first = dt.date.fromisoformat(problem["horizon"]["start"])
    for site in problem["sites"]:
        site["closed"] = [(first + dt.timedelta(day)).isoformat() for day in range(problem["horizon"]["days"])]


def nobody_available(problem: Json) -> None:
    for person in problem["inspectors"]:
        person["available"] = [False] * len(person["available"])


IMPOSSIBLE = (no_requests, no_inspectors, nobody_eligible, all_closed, nobody_available)


@pytest.mark.parametrize("spoil", IMPOSSIBLE, ids=lambda spoil: spoil.__name__)
def test_where_nothing_can_be_done_everything_is_left_with_its_reasons(spoil: Callable[[Json], None]) -> None:
    for seed in range(scaled(40)):
        problem = draw_problem(seed)
        for request in problem["requests"]:
            request["pin"] = None
        for person in problem["inspectors"]:
            person["start"] = None
        spoil(problem)

        plan = checked(problem, seed)

        assert plan.assignments == (), f"seed {seed}"
        assert {entry.request for entry in plan.unassigned} == {request["id"] for request in problem["requests"]}
        assert all(entry.reasons for entry in plan.unassigned), f"seed {seed}"
