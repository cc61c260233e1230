"""Changes between two plans that keep the rules: any union of the groups that hang together gives one that does."""

from __future__ import annotations

import random

import pytest

from desktop.services.repair.links import changes_between, linked
from scheduler.evaluate import evaluate
from scheduler.instance import Instance
from scheduler.plan import Assignment
from scheduler.standing import Standing
from scheduler.wire import read_problem
from tests.helpers.drawn import draw_problem
from tests.helpers.drawn_plans import legal_plan
from tests.helpers.soak import scaled

CASES = scaled(300)
UNIONS = 6


def drawn(seed: int) -> tuple[Instance, dict[str, Assignment], dict[str, Assignment]]:
    """A problem and two plans that keep its rules, by request."""
    rng = random.Random(seed)
    data = draw_problem(seed)
    plans = [
        {e["request"]: Assignment(e["request"], e["mode"], e["start_slot"], tuple(e["inspectors"])) for e in entries}
        for entries in (legal_plan(data, rng)["assignments"] for _ in range(2))
    ]
    return Instance(read_problem(data)), plans[0], plans[1]


@pytest.mark.soak
def test_any_union_of_whole_groups_keeps_every_rule() -> None:
    parted = 0
    for seed in range(CASES):
        instance, before, after = drawn(seed)
        if evaluate(instance.problem, tuple(before.values()), instance).broken:
            continue
        if evaluate(instance.problem, tuple(after.values()), instance).broken:
            continue
        changes = changes_between(before, after)
        groups = linked(Standing.of(instance, before.values()), changes)
        assert sorted(code for group in groups for code in group) == sorted(changes), seed
        parted += len(groups) > 1
        rng = random.Random(seed)
        for _ in range(UNIONS):
            chosen = {code for group in groups if rng.random() < 0.5 for code in group}
            plan = {code: entry for code, entry in before.items() if code not in chosen}
            plan |= {code: to for code in chosen if (to := changes[code]) is not None}
            assert evaluate(instance.problem, tuple(plan.values()), instance).broken == (), (seed, chosen)
    assert parted > CASES // 5  # what does not clash is not taken together
