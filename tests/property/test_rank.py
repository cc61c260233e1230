"""The places that rank finds are exactly those that judging every one of them finds, and the judge agrees."""

from __future__ import annotations

import dataclasses
import random
from typing import Any

import pytest

from scheduler.plan import Assignment, CostParts
from scheduler.rank import Candidate, Ranking
from scheduler.rank.ranking import is_same
from scheduler.standing import Standing
from scheduler.wire.plans import PLAN_FORMAT
from tests.helpers.held_plans import drawn_pair, every_assignment, held, places_tried
from tests.helpers.judge import quick_judge_of
from tests.helpers.shared import needs_shared
from tests.helpers.soak import scaled

SEED = 70_000


def check_direct(standing: Standing, code: str) -> list[Candidate]:
    """Hold the direct insertions of a request against all there are."""
    expected = places_tried(standing, code)
    found = Ranking(standing).direct(code)
    assert {entry.to: entry.cost for entry in found} == expected
    assert len(found) == len(expected), "each place once"
    assert [entry.cost.total for entry in found] == sorted(entry.cost.total for entry in found)
    return found


@pytest.mark.soak
def test_direct_insertions_are_all_there_are() -> None:
    seen = crews = 0
    for seed in range(SEED, SEED + scaled(300)):
        standing = held(*drawn_pair(seed, legal=seed % 3 > 0))
        for request in standing.instance.requests:
            found = check_direct(standing, request.id)
            seen += len(found)
            crews += any(len(entry.to.inspectors) > 1 for entry in found)
    assert seen
    assert crews


def plan_with(standing: Standing, changes: dict[str, Assignment]) -> dict[str, Any]:
    """A plan with some requests elsewhere, as the judge reads it; what it says of itself is not looked at."""
    placed = {**standing.placed, **changes}
    left = [request.id for request in standing.instance.requests if request.id not in placed]
    return {
        "format": PLAN_FORMAT,
        "assignments": [dataclasses.asdict(entry) for entry in placed.values()],
        "unassigned": [{"request": code, "reasons": [{"code": "drawn", "text": "drawn"}]} for code in left],
    }


@needs_shared
@pytest.mark.soak
def test_the_judge_allows_what_is_ranked_and_nothing_else() -> None:
    for seed in range(SEED + 1000, SEED + 1000 + scaled(100)):
        rng = random.Random(seed)
        problem, plan = drawn_pair(seed, legal=True)
        standing, judge = held(problem, plan), quick_judge_of(problem)
        ranking = Ranking(standing)
        before = CostParts(**judge.judge(plan_with(standing, {}))[1])
        for request in rng.sample(standing.instance.requests, 2):
            found = {entry.to: entry for entry in ranking.direct(request.id)}
            every = list(every_assignment(standing.instance, request.id))
            for to in {
                *rng.sample(every, min(40, len(every))),
                *rng.sample(sorted(found, key=str), min(20, len(found))),
            }:
                broken, cost = judge.judge(plan_with(standing, {request.id: to}))
                present = standing.placed.get(request.id)
                is_present = present is not None and is_same(present, to)
                assert (not broken) == (to in found or is_present), (seed, to, broken)
                if to in found:
                    assert abs((CostParts(**cost) - before - found[to].cost).total) <= 4
