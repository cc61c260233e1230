"""The part of a plan round what it leaves open: whatever is planned there, the whole keeps its rules."""

from __future__ import annotations

import random

import pytest

from desktop.services.repair import near as nearness
from scheduler.evaluate import evaluate
from scheduler.params import Params
from scheduler.plan import Assignment, CostParts, Plan
from scheduler.solve import solve
from scheduler.wire import read_problem
from tests.helpers.drawn import draw_problem
from tests.helpers.drawn_plans import legal_plan
from tests.helpers.soak import scaled

CASES = scaled(100)


@pytest.mark.soak
def test_a_plan_of_the_part_and_the_rest_keep_the_rules_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearness, "WHOLE", 0)
    parts = 0
    for seed in range(CASES):
        rng = random.Random(seed)
        data = draw_problem(seed)
        problem = read_problem(data)
        pinned = {request.id for request in problem.requests if request.pin is not None}
        made = legal_plan(data, rng)["assignments"]
        base = tuple(
            Assignment(entry["request"], entry["mode"], entry["start_slot"], tuple(entry["inspectors"]))
            for entry in made
            if entry["request"] in pinned or rng.random() < 0.8
        )
        if evaluate(problem, base).broken:
            continue
        found = nearness.near(problem, base, nearest=2)
        assert found.joined(base, found.begun) == tuple(sorted(base, key=lambda entry: entry.request)), seed
        begun = Plan(found.begun, (), "feasible", CostParts(), None, 0.0, 0)
        solved = solve(found.problem, Params(seed=seed, time_limit=None, iteration_limit=60), initial=begun)
        whole = found.joined(base, solved.assignments)
        assert evaluate(problem, whole).broken == (), seed
        saved = evaluate(problem, base).cost.total - evaluate(problem, whole).cost.total
        assert saved == evaluate(found.problem, found.begun).cost.total - solved.cost.total >= 0, seed
        parts += bool(found.rest)
    assert parts
