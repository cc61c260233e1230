"""Beginning from any plan: what breaks a rule is taken out and said, the rest is kept, and nothing becomes dearer."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator

import pytest

from scheduler.evaluate import evaluate, evaluate_plan
from scheduler.instance import Instance
from scheduler.mend import mend
from scheduler.params import Params
from scheduler.plan import Assignment, Plan
from scheduler.problem import Problem
from scheduler.solve import solve
from scheduler.wire import plan_to_json, read_plan, read_problem
from tests.helpers.drawn import draw_problem
from tests.helpers.drawn_plans import legal_plan, mutated_plan, wild_plan
from tests.helpers.soak import scaled

DRAWERS = (wild_plan, legal_plan, mutated_plan)


def cases(count: int) -> Iterator[tuple[str, Problem, Plan]]:
    for seed in range(count):
        problem = draw_problem(seed)
        drawn = DRAWERS[seed % len(DRAWERS)](problem, random.Random(seed))
        drawn = drawn | {"gap": None, "bound": None}
        drawn["cost"]["total"] = sum(drawn["cost"]["parts"].values())
        yield f"seed {seed}", read_problem(problem), read_plan(drawn)


def key(entry: Assignment) -> tuple[str, int, int, tuple[str, ...]]:
    return entry.request, entry.mode, entry.start_slot, tuple(sorted(entry.inspectors))


@pytest.mark.soak
def test_what_is_left_of_a_plan_keeps_the_rules_and_what_is_gone_is_said() -> None:
    whole = mended_some = 0
    for case, problem, plan in cases(scaled(600)):
        instance = Instance(problem)
        before = [fault for fault in evaluate(problem, plan.assignments, instance).broken if fault.code != "unassigned"]
        kept, mended = mend(instance, plan.assignments)
        after = evaluate(problem, kept, instance).broken
        assert {fault.code for fault in after} <= {"unassigned"}, case  # a pin that nobody serves yet
        given = sorted(map(key, plan.assignments))
        gone = sorted(entry.request for entry in mended)
        assert sorted([*(entry[0] for entry in given if entry not in set(map(key, kept))), *_twice(given)]) == gone, (
            case
        )
        assert all(entry.rule and entry.text for entry in mended), case
        assert bool(before) == bool(mended), case
        whole += not mended
        mended_some += bool(mended)
    assert whole
    assert mended_some


def _twice(given: list[tuple[str, int, int, tuple[str, ...]]]) -> list[str]:
    """Requests that are given again exactly as before: the first is kept, and each other is gone."""
    return [one[0] for n, one in enumerate(given) if one in given[:n] and given.count(one) > 1]


@pytest.mark.soak
def test_no_run_is_dearer_than_the_legal_plan_that_it_begins_with() -> None:
    begun = 0
    for case, problem, given in cases(scaled(300)):
        plan = solve(problem, Params(time_limit=None, iteration_limit=20), initial=given)
        assert evaluate_plan(problem, plan).broken == (), case
        judged = evaluate(problem, given.assignments)
        if not judged.broken:
            begun += 1
            assert plan.cost.total <= judged.cost.total, case
            assert plan.log["mended"] == [], case
    assert begun


def test_what_was_mended_stands_in_the_plan_file() -> None:
    for case, problem, given in cases(12):
        plan = solve(problem, Params(time_limit=None, iteration_limit=0), initial=given)
        told = read_plan(json.loads(json.dumps(plan_to_json(plan)))).log["mended"]
        assert [sorted(entry) for entry in told] == [["request", "rule", "text"]] * len(told), case
