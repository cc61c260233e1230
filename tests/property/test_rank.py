"""The places that rank finds are exactly those that judging every one of them finds, and the judge agrees."""

from __future__ import annotations

import dataclasses
import random
from typing import Any

import pytest

from scheduler.plan import Assignment, CostParts
from scheduler.rank import Candidate, Ranking
from scheduler.rank.moving import Moving
from scheduler.rank.ranking import is_same
from scheduler.standing import Standing
from scheduler.wire.plans import PLAN_FORMAT
from tests.helpers.held_plans import drawn_pair, every_assignment, held, legal_alone, places_tried
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


def with_one_moved(standing: Standing, code: str) -> int | None:
    """Cents of the best place of a request for which one visit of the same week moves, found by trying them all.

    The request and what moves have one inspector each, the week is legal while the visit is out of it, and whoever
    cannot do without the request keeps it.
    """
    instance, best = standing.instance, None
    stuck = {entry.inspector for entry in standing.weigh_all({code: None}).broken if entry.inspector is not None}
    for other in standing.placed.values():
        pin = instance.requests[instance.request_number[other.request]].pin
        is_fixed = pin is not None and pin.start_slot is not None and pin.inspectors is not None
        if other.request == code or len(other.inspectors) != 1 or is_fixed:
            continue
        out = standing.weigh_all({code: None, other.request: None})
        if any(entry.inspector in other.inspectors for entry in out.broken):
            continue
        for to in every_assignment(instance, code):
            if to.inspectors != other.inspectors or not stuck <= {*to.inspectors} or not legal_alone(instance, to):
                continue
            present = standing.placed.get(code)
            if present is not None and is_same(present, to):
                continue
            between = standing.weigh_all({code: to, other.request: None})
            if any(entry.inspector in other.inspectors for entry in between.broken):
                continue
            for after in every_assignment(instance, other.request):
                if len(after.inspectors) != 1 or not legal_alone(instance, after):
                    continue
                weighed = standing.weigh_all({code: to, other.request: after})
                if not weighed.broken and not is_same(after, other) and (best is None or weighed.cost.total < best):
                    best = weighed.cost.total
    return best


@pytest.mark.soak
def test_the_best_place_with_one_visit_moved_is_found() -> None:
    seen = 0
    for seed in range(SEED + 2000, SEED + 2000 + scaled(100)):
        standing = held(*drawn_pair(seed, legal=True, days=3))
        if standing.broken:
            continue
        for request in standing.instance.requests[:4]:
            if any(mode.crew != 1 for mode in request.modes):
                continue
            if len(standing.placed.get(request.id, Assignment("", 0, 0, ("",))).inspectors) != 1:
                continue
            expected = with_one_moved(standing, request.id)
            moving = Moving(Ranking(standing), request.id)
            found = [entry for entry in moving.candidates() if len(entry.moves) == 1]
            assert (min(entry.cost.total for entry in found) if found else None) == expected, (seed, request.id)
            seen += expected is not None
    assert seen


@pytest.mark.soak
def test_whatever_moves_the_plan_stays_whole_and_costs_what_is_said() -> None:
    seen = set()
    for seed in range(SEED + 3000, SEED + 3000 + scaled(200)):
        standing = held(*drawn_pair(seed, legal=True))
        if standing.broken:
            continue
        for request in standing.instance.requests:
            for entry in Moving(Ranking(standing), request.id).candidates():
                changes = {shift.after.request: shift.after for shift in entry.moves} | {request.id: entry.to}
                after = standing.moved_all(changes)
                assert not after.broken
                assert after.cost - standing.cost == entry.cost
                assert all(shift.before == standing.placed[shift.after.request] for shift in entry.moves)
                seen.add(len(entry.moves))
    assert seen == {1, 2}
