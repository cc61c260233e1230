"""The compiled search against the rules: every plan costs what `evaluate` says to the cent, and breaks nothing."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from scheduler.plan import CostParts
from scheduler.search.search import Search
from tests.helpers.searching import Case
from tests.helpers.soak import scaled

HOT, COLD = 50_000.0, 500.0  # cents


def sound_cases(count: int) -> Iterator[tuple[int, Case]]:
    for seed in range(count):
        yield seed, Case(seed)


@pytest.mark.soak
def test_costs_are_those_of_the_rules_after_any_steps() -> None:
    served = 0
    for seed, case in sound_cases(scaled(400)):
        case.check(f"seed {seed}, begun")
        case.search.fill()
        case.check(f"seed {seed}, filled")
        for part in range(3):
            case.search.run(100, HOT, COLD)
            case.check(f"seed {seed}, part {part}")
        before = case.search.best_cost
        case.search.restart()
        assert case.search.cost == before, f"seed {seed}, restarted"
        served += sum(service is not None for service in case.search.best)
    assert served


@pytest.mark.soak
def test_weeks_harvested_cost_what_the_rules_say() -> None:
    harvested = 0
    for seed, case in sound_cases(scaled(100)):
        case.search.fill()
        case.search.run(200, HOT, COLD)
        weeks = case.search.harvest()
        assert len({week[:2] for week in weeks}) == len(weeks)
        for week in weeks:
            price = case.weeks.price(week.person, tuple(case.visit(option) for option in week.options))
            assert isinstance(price, CostParts), f"seed {seed}"
            assert price.total == week.cents, f"seed {seed}"
        assert case.search.harvest() == []
        harvested += len(weeks)
    assert harvested


def test_equal_seeds_give_equal_plans_and_others_do_not() -> None:
    case = Case(5, inspectors=8, requests=15, days=7)

    def run(seed: int) -> tuple[list[object], list[object]]:
        search = Search(case.tables, seed)
        search.fill()
        search.run(300, HOT, HOT)
        return list(search.best), list(search.harvest())

    assert run(1) == run(1)
    assert run(1)[1] != run(2)[1]


def test_two_searches_of_the_same_layout_do_not_meet() -> None:
    case = Case(5, inspectors=8, requests=15, days=7)
    alone = Search(case.tables, 3)
    alone.fill()
    alone.run(200, HOT, COLD)
    first = Search(case.tables, 3, alone.layout)
    other = Search(case.tables, 4, alone.layout)
    for search in (first, other):
        search.fill()
    for _ in range(2):
        other.run(100, HOT, COLD)
    first.run(200, HOT, COLD)
    assert first.best == alone.best


@pytest.mark.soak
def test_what_is_frozen_stays() -> None:
    moved = 0
    for seed in range(scaled(100)):
        case = Case(seed, inspectors=12, requests=25, demands=0.0)
        search = case.search
        search.fill()
        search.run(50, HOT, COLD)
        search.restart()
        before, weeks = search.current, search.current_weeks()
        rng = np.random.default_rng(seed)
        requests, people = rng.random(len(before)) < 0.6, rng.random(len(weeks)) < 0.6
        search.run(200, HOT, HOT, requests=requests, people=people)
        after, weeks_after = search.current, search.current_weeks()
        for number, service in enumerate(before):
            if not requests[number] or (service is not None and not people[list(service.crew)].all()):
                assert after[number] == service, f"seed {seed}, request {number}"
        for person, own in enumerate(weeks):
            if not people[person]:
                assert weeks_after[person] == own, f"seed {seed}, inspector {person}"
        moved += after != before
    assert moved


def test_a_plan_that_is_loaded_is_the_plan() -> None:
    case = Case(9, inspectors=8, requests=15, days=7)
    case.search.fill()
    other = Search(case.tables)
    assert other.add(service for service in case.search.best if service is not None) == []
    assert (other.best, other.best_cost) == (case.search.best, case.search.best_cost)
    loaded = Search(case.tables)
    loaded.load(service for service in reversed(case.search.best) if service is not None)
    assert (loaded.best, loaded.cost) == (case.search.best, case.search.best_cost)


def test_what_does_not_fit_beside_the_rest_is_given_back() -> None:
    case = Case(9, inspectors=8, requests=15, days=7)
    case.search.fill()
    service = next(service for service in case.search.best if service is not None)
    cost = case.search.cost
    assert case.search.add([service]) == [service]
    assert case.search.cost == cost
