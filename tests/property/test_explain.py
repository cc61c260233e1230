"""Explanations of drawn plans: judging the changed plan anew gives each figure, and no better place is missed."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from scheduler.evaluate import evaluate
from scheduler.explain import explain_left_out, explain_placed
from scheduler.explain.asking import Asking
from scheduler.explain.changes import Changes
from scheduler.instance import Instance
from scheduler.plan import Assignment, CostParts
from scheduler.rank import Ranking
from scheduler.standing import Standing
from tests.helpers.held_plans import drawn_pair, held, places_tried
from tests.helpers.soak import scaled

pytestmark = pytest.mark.soak
SEED = 80_000


def left_out(count: int, first: int) -> Iterator[tuple[Standing, str]]:
    """Plans that keep the rules, each without some of its visits, and requests that they leave out."""
    for seed in range(first, first + count):
        standing = held(*drawn_pair(seed, legal=True))
        rng = random.Random(seed)
        for code in rng.sample(sorted(standing.placed), len(standing.placed) // 3):
            if standing.instance.requests[standing.instance.request_number[code]].pin is None:
                standing = standing.moved_all({code: None})
        if not standing.broken:
            for request in standing.instance.requests:
                if request.id not in standing.placed:
                    yield standing, request.id


def cost_of(instance: Instance, placed: list[Assignment]) -> CostParts:
    return evaluate(instance.problem, placed).cost


def test_each_change_lets_in_what_it_says_at_the_cost_it_says() -> None:
    kinds = set()
    for standing, code in left_out(scaled(300), SEED):
        changes = Changes(Asking(Ranking(standing), code))
        people = range(len(standing.instance.inspectors))
        for tried in [*changes._of_request(), *changes._of_people(people)]:
            change, problem = changes._change(tried), tried.looser.instance.problem
            assert change.cost.total == tried.spot.cents - changes._leaving, (code, change)
            kinds.add(change.kind.split()[0])
            if change.kind == "rotation":
                continue  # only a pin could say that in a problem
            with_it = Standing.of(Instance(problem), [*standing.assignments, change.to])
            concerned = {None, *change.to.inspectors}
            broken = [e for e in with_it.broken if e.inspector in concerned and e.request in {None, code}]
            assert not broken, (code, change, broken)
            if not change.kind.startswith("limit"):  # which hold for everybody in a problem
                assert with_it.cost - standing.cost == change.cost, (code, change)
    assert kinds >= {"later", "earlier", "level", "available", "travel_day", "limit", "run", "permit", "training"}


def test_the_cheapest_place_with_a_looser_request_is_found() -> None:
    seen = 0
    for standing, code in left_out(scaled(100), SEED + 1000):
        changes = Changes(Asking(Ranking(standing), code))
        for tried in changes._of_request():
            anew = Standing.of(Instance(tried.looser.instance.problem), standing.assignments)
            if anew.broken:
                continue
            least = min(cost.total for cost in places_tried(anew, code).values())
            assert tried.spot.cents - changes._leaving == least
            seen += 1
    assert seen


def test_whoever_fails_does_so_as_the_rules_say_and_whoever_is_able_has_a_place() -> None:
    failed = 0
    for standing, code in left_out(scaled(200), SEED + 2000):
        found = explain_left_out(Ranking(standing), code)
        assert found.leaving == standing.of_request(code).cost
        assert [entry.cost.total for entry in found.changes] == sorted(entry.cost.total for entry in found.changes)
        asking = Asking(Ranking(standing), code)
        places = places_tried(standing, code)
        people = {name for to in places for name in to.inspectors}
        instance = standing.instance
        for number, inspector in enumerate(instance.inspectors):
            if all(mode.crew == 1 for mode in instance.requests[asking.number].modes):
                assert (number in asking.able) == (inspector.id in people)
            near = asking.nearest(number)
            if near is None:
                continue
            to = Assignment(code, near.visit.mode, near.visit.first, (inspector.id,))
            weighed = standing.weigh_all({code: to}).broken
            own = {(entry.rule, entry.code) for entry in weighed if entry.code != "crew"}
            if asking.size(near.visit) != 1:
                own.discard(("eligibility", "lead"))
            told = {(entry.rule, entry.code) for entry in near.broken}
            if any(rule == "pin" for rule, _ in own):
                continue
            assert told == own, (code, near)
            failed += bool(told)
        for entry in found.instead:
            assert not standing.weigh_all({code: entry.to, entry.gone.request: None}).broken
            after = standing.moved_all({code: entry.to, entry.gone.request: None})
            assert after.cost - standing.cost == entry.cost
    assert failed


def test_what_is_placed_is_compared_with_every_other_place() -> None:
    seen = 0
    for seed in range(SEED + 3000, SEED + 3000 + scaled(100)):
        standing = held(*drawn_pair(seed, legal=True, days=3))
        if standing.broken:
            continue
        for code, to in standing.placed.items():
            found = explain_placed(Ranking(standing), code)
            rest = standing.weigh_all({code: None}).cost
            assert found.added == found.leaving - rest
            places = places_tried(standing, code)
            asked = {entry.inspector for entry in found.others}
            assert asked.isdisjoint(to.inspectors)
            for entry in found.others:
                own = [cost.total for place, cost in places.items() if entry.inspector in place.inspectors]
                if entry.best is None:
                    assert not own, (seed, code, entry)
                else:
                    assert entry.best.cost.total == min(own), (seed, code, entry)
                    assert not entry.broken
                seen += entry.best is not None
    assert seen


def test_plans_that_break_rules_are_explained_too() -> None:
    explained = 0
    for seed in range(SEED + 4000, SEED + 4000 + scaled(100)):
        standing = held(*drawn_pair(seed, legal=False))
        ranking = Ranking(standing)
        for request in standing.instance.requests:
            if request.id in standing.placed:
                found = explain_placed(ranking, request.id)
                assert found.to == standing.placed[request.id]
                if all(entry in standing.instance.inspector_number for entry in found.to.inspectors):
                    assert found.added.total == found.leaving.total - standing.weigh_all({request.id: None}).cost.total
            else:
                assert explain_left_out(ranking, request.id).reasons
            explained += 1
    assert explained
