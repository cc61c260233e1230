"""The product's evaluation against the independent judge, on thousands of drawn problems and plans."""

from __future__ import annotations

import random
from typing import Any

import pytest

from scheduler.errors import BadProblemError
from scheduler.evaluate import Evaluation, evaluate_plan
from scheduler.instance import Instance
from scheduler.problem import Problem
from scheduler.validate import check_problem
from scheduler.wire import read_plan, read_problem
from tests.helpers.drawn import draw_problem
from tests.helpers.drawn_plans import draw_plan
from tests.helpers.judge import PARTS, Verdict, product_facts, verdict
from tests.helpers.shared import needs_shared
from tests.helpers.soak import scaled

Json = dict[str, Any]
pytestmark = needs_shared

CHUNKS = 10  # a campaign is cut up, so that cores share it and a fault names where it stands
PLANS = 4  # drawn for each problem
# what a file says against itself: reading refuses it, where the judge reads on and calls it broken
CONTRADICTIONS = frozenset({"said.parts", "said.gap"})


def seeds(chunk: int, full: int) -> range:
    """The seeds of one chunk of a campaign of `full` problems in all."""
    return range(chunk * 1_000_000, chunk * 1_000_000 + max(1, scaled(full) // CHUNKS))


@pytest.mark.soak
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_the_same_rules_are_broken_and_every_part_costs_the_same_to_the_cent(chunk: int) -> None:
    for seed in seeds(chunk, 20_000 // PLANS):
        data = draw_problem(seed)
        problem, rng = read_problem(data), random.Random(seed)
        instance = Instance(problem)
        for number in range(PLANS):
            plan, case = draw_plan(data, rng), f"seed {seed}, plan {number}"
            told = verdict(data, plan)

            found = judged(problem, instance, plan, told)

            expected = frozenset(fact for fact in told.broken if fact.rule not in CONTRADICTIONS)
            assert product_facts(found.broken) == expected, f"{case}: the judge says {told.texts}"
            # the law allows two cents an assignment; the same formula in the same order needs none
            assert {part: getattr(found.cost, part) for part in PARTS} == told.cost, case


def judged(problem: Problem, instance: Instance, plan: Json, told: Verdict) -> Evaluation:
    """The product's evaluation of a plan file; one that contradicts itself has to be refused, and is read mended."""
    try:
        read = read_plan(plan)
    except BadProblemError as error:
        if not any(fact.rule.startswith("said.") for fact in told.broken):
            raise AssertionError(f"refused, though the judge finds nothing wrong in what it says: {error}") from error
        read = read_plan(mended(plan))
    return evaluate_plan(problem, read, instance)


def mended(plan: Json) -> Json:
    """The plan with a total that is the sum of its parts and a gap that follows from its cost and bound."""
    total = sum(plan["cost"]["parts"].values())
    gap = None if plan["bound"] is None else (total - plan["bound"]) / max(1, abs(total))
    return plan | {"cost": plan["cost"] | {"total": total}, "gap": gap}


def test_a_plan_that_contradicts_itself_is_refused() -> None:
    refused = 0
    for seed in range(200):
        data, rng = draw_problem(seed), random.Random(seed)
        plan = draw_plan(data, rng)
        broken = {fact.rule for fact in verdict(data, plan).broken}
        # where the cost is misstated too, the gap may follow from what is stated
        if broken & CONTRADICTIONS and "said.cost" not in broken:
            refused += 1
            with pytest.raises(BadProblemError, match=r"plan: (cost\.total|gap)"):
                read_plan(plan)
    assert refused


@pytest.mark.soak
def test_a_drawn_problem_is_accepted_with_its_pins_and_starts() -> None:
    for seed in range(scaled(5_000)):
        assert check_problem(read_problem(draw_problem(seed))) == (), f"seed {seed}"
