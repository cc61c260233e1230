"""Ceilings on what one more can save, against the exact optimum with one more and against solving anew."""

from __future__ import annotations

import dataclasses
import random
from typing import Any

import pytest

from scheduler.params import Params
from scheduler.plan import CostParts, Plan
from scheduler.prices import More, changed, everything_more, find_ceilings, solve_exactly
from scheduler.problem import Problem
from scheduler.validate import check_problem
from scheduler.wire import problem_to_json, read_problem
from tests.helpers.drawn import draw_problem
from tests.helpers.oracle import Oracle
from tests.helpers.shared import needs_shared
from tests.helpers.soak import scaled
from tests.helpers.solving import solved

Json = dict[str, Any]
pytestmark = pytest.mark.soak
STEPS, ROUNDS = 200, 60
ROWS = 6  # of each problem that are tried


def tiny(seed: int) -> Json:
    """At most 3 people, 5 requests and 4 days."""
    rng = random.Random(f"prices {seed}")
    return draw_problem(
        seed,
        days=rng.choice((2, 3, 4)),
        inspectors=rng.choice((2, 2, 3)),
        requests=rng.choice((3, 4, 5)),
        demands=rng.choice((None, 0.0, 0.2)),
    )


def optimum_with(problem: Problem, more: More) -> int:
    """The cost of the best plan there is of a problem with one more, in cents."""
    if more.kind == "hand" and more.inspector is not None:  # the judge's sentences are read by its usual ids
        more = dataclasses.replace(more, inspector=dataclasses.replace(more.inspector, id="I99"))
    other = changed(problem, more)
    assert not check_problem(other)
    optimum = Oracle(problem_to_json(other)).optimum()
    assert optimum is not None
    return optimum


@needs_shared
def test_with_one_more_of_each_kind_an_optimal_plan_saves_no_more_than_the_ceiling() -> None:
    kinds = dict.fromkeys(("day", "level", "language", "certificate", "hand", "later", "earlier"), 0)
    saving = missed = 0
    for seed in range(93_023, 93_023 + scaled(100)):
        problem = read_problem(tiny(seed))
        optimum = Oracle(problem_to_json(problem)).optimum()
        plan = solved(tiny(seed), seed=1, steps=STEPS)
        if plan.cost.total != optimum:
            plan = solved(tiny(seed), seed=2, steps=20 * STEPS)
        if plan.cost.total != optimum:
            missed += 1
            continue
        found = find_ceilings(problem, plan, seconds=None, rounds=ROUNDS)
        assert found.gap is not None
        ceiling = {row.more.text: row.cents for row in found.rows}
        looked_at: dict[str, More] = {}
        for more in [*(row.more for row in found.rows), *everything_more(problem)]:
            looked_at.setdefault(more.kind, more)
        for kind, more in looked_at.items():
            saved = plan.cost.total - optimum_with(problem, more)
            assert 0 <= saved <= ceiling.get(more.text, found.gap), (seed, more.text)
            kinds[kind] += 1
            saving += saved > 0
    assert all(kinds.values()), kinds
    assert saving
    assert missed <= scaled(100) / 20


@needs_shared
def test_with_one_more_the_optimum_is_never_below_the_ceiling() -> None:
    tried, tight, kinds = 0, 0, set()
    for seed in range(90_000, 90_000 + scaled(300)):
        made = tiny(seed)
        problem, plan = read_problem(made), solved(made, seed=1, steps=STEPS)
        found = find_ceilings(problem, plan, seconds=None, rounds=ROUNDS)
        assert found.bound is not None, seed
        assert found.bound <= plan.cost.total
        assert found.unproven == 0
        made_up = list(everything_more(problem))
        assert len(found.rows) + found.nothing == len(made_up) == len({more.text for more in made_up})
        ceiling = {row.more.text: row.cents for row in found.rows}
        rng = random.Random(seed)
        looked_at = [row.more for row in found.rows[:ROWS]]
        looked_at += rng.sample(made_up, min(ROWS // 2, len(made_up)))
        for more in looked_at:
            optimum = optimum_with(problem, more)
            most = ceiling.get(more.text, plan.cost.total - found.bound)
            saving = plan.cost.total - optimum
            assert saving <= most, (seed, more.text, saving, most)
            tried += 1
            kinds.add(more.kind)
            tight += saving == most and more.text in ceiling
    assert tried
    assert tight > tried / 10
    assert kinds >= {"day", "hand", "level", "later", "earlier"}


def test_solving_anew_never_saves_more_than_the_ceiling() -> None:
    tried = 0
    for seed in range(91_000, 91_000 + scaled(100)):
        made = draw_problem(seed, days=5, inspectors=5, requests=10, demands=0.1)
        problem, plan = read_problem(made), solved(made, seed=1, steps=STEPS)
        found = find_ceilings(problem, plan, seconds=None, rounds=ROUNDS)
        rows = {row.more.text: row.cents for row in found.rows[:3]}
        limits = Params(seed=1, time_limit=None, iteration_limit=STEPS)
        for exact in solve_exactly(problem, plan, [row.more for row in found.rows[:3]], limits):
            assert exact.saving <= rows[exact.more.text], (seed, exact.more.text)
            assert found.gap is not None
            assert 0 <= exact.without <= found.gap
            assert exact.saving >= 0
            tried += 1
    assert tried


def test_a_plan_of_any_origin_has_its_whole_gap_in_every_ceiling() -> None:
    problem = read_problem(draw_problem(92_000, days=4, inspectors=3, requests=5, demands=0.0))
    left = sum(request.unserved_cost for request in problem.requests)
    nothing = Plan((), (), "feasible", CostParts(unserved=left), None, 0.0, 0)
    found = find_ceilings(problem, nothing, seconds=None, rounds=ROUNDS)
    assert found.gap is not None
    assert all(row.cents >= found.gap for row in found.rows)
    assert all(abs(row.cents - found.gap - row.beyond) <= 1 for row in found.rows)
