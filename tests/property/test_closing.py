"""Closing the gap: every horizon below a limit, and the best plan of all out of them, against trying everything."""

from __future__ import annotations

import dataclasses
import random

import numpy as np
import pytest

from scheduler.columns.closing import Closed, close
from scheduler.columns.every import Every, every
from scheduler.columns.generate import Generation
from scheduler.columns.labels import pool_of
from scheduler.columns.memory import memory_of
from scheduler.columns.nodes import BITS
from scheduler.columns.proof import CLOSE, Proof
from scheduler.compiled import Floats
from scheduler.evaluate import evaluate_plan
from scheduler.instance import Instance
from scheduler.params import Params
from scheduler.plan import Plan
from scheduler.rules.catalogue import Broken
from scheduler.solve import solve
from scheduler.stop import Stop, never
from scheduler.tables import Tables, tables_of
from scheduler.weeks import Weeks
from scheduler.wire import read_problem
from tests.helpers.drawn import draw_problem
from tests.helpers.horizons import MOST_VISITS, horizons, visit_of
from tests.helpers.oracle import Oracle, tiny_problem
from tests.helpers.searching import Case, check_services
from tests.helpers.shared import needs_shared
from tests.helpers.soak import scaled

pytestmark = pytest.mark.soak
LABELS, MOST = 100_000, 3_000
MOST_PAIRS = 40  # of an inspector whose horizons are all tried
CENT = 0.01  # by which sums of floats may differ
STEPS = 10_000  # of the search
ROUNDS = 80  # of column generation; a few suffice for most
CLOSED = 0.9  # share of tiny problems that are closed from the best bound


def served(tables: Tables, pairs: tuple[int, ...]) -> frozenset[tuple[str, int]]:
    """What others see of a horizon: its requests, with a crew its visits."""
    options = tables.options
    own = tables.pairs.option[list(pairs)].tolist()
    return frozenset(("r", int(options.request[o])) if options.crew[o] == 1 else ("o", o) for o in own)


def listed(found: Every) -> list[tuple[tuple[int, ...], float]]:
    return [
        (tuple(found.pairs[found.of[at] : found.of[at + 1]].tolist()), float(cents))
        for at, cents in enumerate(found.cents)
    ]


class Tiny:
    """A problem so small that all horizons can be tried, and drawn worths of its pairs."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(f"every {seed}")
        days = self.rng.choice((2, 3, 4, 7, 7))
        made = draw_problem(seed, inspectors=2, requests=MOST_VISITS, days=days, demands=self.rng.choice((None, 0.0)))
        self.weeks = Weeks(Instance(read_problem(made)))
        self.tables = tables_of(self.weeks)
        options, pairs = self.tables.options, self.tables.pairs
        price = [self.rng.choice((0, 1)) * self.rng.randrange(1, 60_000) for _ in options.unserved]
        part = [self.rng.choice((-1, 0, 1)) * self.rng.randrange(1, 30_000) for _ in options.crew]
        self.worth: Floats = np.array(
            [
                price[options.request[o]] - options.fixed[o] if options.crew[o] == 1 else part[o]
                for o in pairs.option.tolist()
            ],
            dtype=np.float64,
        )
        self.is_small = bool(np.diff(pairs.of).max(initial=0) <= MOST_PAIRS)
        self.people = range(len(self.tables.idle))

    def every(self, person: int, limit: float, labels: int = LABELS, most: int = MOST) -> Every:
        gain = self.worth - self.tables.pairs.node
        return every(self.tables, gain, person, limit, memory_of(self.tables), pool_of(labels), most)

    def all(self, person: int) -> list[tuple[tuple[int, ...], float]]:
        """All horizons of a person with visits, and their costs less gains."""
        found = horizons(self.weeks, self.tables, person)
        return [(pairs, cost - float(self.worth[list(pairs)].sum())) for pairs, cost in found if pairs]


def test_every_horizon_below_a_limit_is_listed() -> None:
    compared = outside = 0
    for seed in range(scaled(400)):
        tiny = Tiny(seed)
        if not tiny.is_small:
            continue
        for person in tiny.people:
            everything = tiny.all(person)
            least = min((cents for _, cents in everything), default=0.0)
            limit = max(least, 0.0) * tiny.rng.random() + least + tiny.rng.choice((1.0, 3_000.0, 20_000.0, 1e6))
            what = f"seed {seed}, inspector {person}, limit {limit}"

            found = tiny.every(person, limit)

            assert found.is_whole, what
            reached: dict[frozenset[tuple[str, int]], float] = {}
            for pairs, cents in listed(found):
                cost = tiny.weeks.price(person, tuple(visit_of(tiny.tables, pair) for pair in pairs))
                assert not isinstance(cost, Broken), f"{what}: {cost}"
                assert cost.total - tiny.worth[list(pairs)].sum() - CENT <= cents < limit, what
                key = served(tiny.tables, pairs)
                reached[key] = min(cents, reached.get(key, cents))
            wanted: dict[frozenset[tuple[str, int]], float] = {}
            for pairs, cents in everything:
                key = served(tiny.tables, pairs)
                wanted[key] = min(cents, wanted.get(key, cents))
            for key, cents in wanted.items():
                if cents < limit - CENT:
                    assert reached.get(key) == pytest.approx(cents, abs=CENT), f"{what}, serving {sorted(key)}"
                    compared += 1
                else:
                    outside += 1
    assert min(compared, outside) > 0


def test_no_list_is_called_whole_that_had_no_room() -> None:
    short = 0
    for seed in range(scaled(200)):
        tiny = Tiny(seed)
        for person in tiny.people:
            whole = tiny.every(person, 1e6)
            count = len(whole.cents)
            if not whole.is_whole or count == 0:
                continue
            assert tiny.every(person, 1e6, most=count).is_whole, f"seed {seed}, inspector {person}"
            for cut in (tiny.every(person, 1e6, most=count - 1), tiny.every(person, 1e6, labels=count)):
                assert not cut.is_whole, f"seed {seed}, inspector {person}"
                assert (len(cut.cents), len(cut.of), len(cut.pairs)) == (0, 1, 0), f"seed {seed}, inspector {person}"
            short += 1
    assert short


def test_no_list_is_called_whole_where_the_bits_do_not_suffice() -> None:
    """Every visit with a crew takes a bit of its own: an inspector with more of them than there are is not listed."""
    crowded = 0
    for seed in range(scaled(100)):
        case = Case(seed, inspectors=3, requests=25, days=28, demands=0.0)
        options, pairs = case.tables.options, case.tables.pairs
        gain = np.full(len(pairs.option), 30_000.0)
        for person in range(len(case.tables.idle)):
            own = slice(int(pairs.of[person]), int(pairs.of[person + 1]))
            there_and_back = (pairs.out_days[own] >= 0) & (pairs.back_days[own] >= 0)
            if (options.crew[pairs.option[own][there_and_back]] > 1).sum() > BITS:
                found = every(case.tables, gain, person, 1e9, memory_of(case.tables), pool_of(1_000), 100)
                assert not found.is_whole, f"seed {seed}, inspector {person}"
                crowded += 1
    assert crowded


class Proven:
    """A tiny problem with its optimum, and a bound after some rounds of column generation."""

    def __init__(self, seed: int, rounds: int) -> None:
        made = tiny_problem(seed)
        optimum = Oracle(made).optimum()
        assert optimum is not None
        self.optimum = optimum
        self.weeks = Weeks(Instance(read_problem(made)))
        self.tables = tables_of(self.weeks)
        self.generation = Generation(self.tables)
        while not self.generation.is_done and self.generation.rounds < rounds:
            self.generation.round()

    @property
    def is_proven(self) -> bool:
        return self.generation.prices is not None

    def close(self, cost: int, below: int = 0, stop: Stop = never) -> Closed | None:
        """Close from the bound, or from so many cents below it."""
        generation = self.generation
        assert generation.prices is not None
        assert generation.least is not None
        assert generation.bound is not None
        return close(self.tables, generation.prices, generation.least, generation.bound - below, cost, stop)

    def check(self, closed: Closed, cost: int, what: str) -> None:
        """The bound is the optimum, and the plan, where one is due, is legal and costs as much."""
        assert closed.bound == self.optimum, what
        assert (closed.services is None) == (cost == self.optimum), what
        if closed.services is not None:
            check_services(self.weeks, self.tables, closed.services, self.optimum, what)


@needs_shared
@pytest.mark.parametrize(("rounds", "share"), [(1, 0.0), (3, 0.2), (ROUNDS, CLOSED)])
def test_closing_gives_the_optimum_from_bounds_and_plans_of_any_quality(rounds: int, share: float) -> None:
    tried = ended = 0
    for seed in range(scaled(200)):
        proven = Proven(seed, rounds)
        if not proven.is_proven:
            continue
        rng = random.Random(f"close {seed}")
        for more in (0, 1, rng.randrange(2, 500), rng.randrange(500, 50_000)):
            cost, below = proven.optimum + more, rng.choice((0, 0, rng.randrange(5_000)))
            closed = proven.close(cost, below)
            tried += 1
            if closed is not None:
                proven.check(closed, cost, f"seed {seed}, {more} above, {below} below")
                ended += 1
    assert tried
    assert ended >= share * tried


@needs_shared
def test_closing_ends_when_it_is_told_to() -> None:
    """Whenever it is told: what it says then, if anything, is true."""
    stopped = 0
    for seed in range(scaled(100)):
        proven = Proven(seed, ROUNDS)
        if not proven.is_proven:
            continue
        cost = proven.optimum + 1_000
        assert proven.close(cost, stop=lambda: True) is None, f"seed {seed}"
        asked = iter(range(1 + seed % 3))
        closed = proven.close(cost, stop=lambda: next(asked, None) is None)  # noqa: B023 -- called at once
        if closed is None:
            stopped += 1
        else:
            assert closed.bound <= proven.optimum, f"seed {seed}"
    assert stopped


@needs_shared
def test_a_plan_that_costs_less_than_nothing_is_proven_best_too() -> None:
    """Where people are wanted so much that the objective falls below 0."""
    closed = 0
    for seed in range(scaled(200)):
        made = tiny_problem(seed)
        for request in made["requests"]:
            request["affinity"] = {person["id"]: -90_000 for person in made["inspectors"]}
        optimum = Oracle(made).optimum()
        assert optimum is not None
        proof = Proof(tables_of(Weeks(Instance(read_problem(made)))))
        proof.prove(ROUNDS)
        cost = optimum + abs(optimum) // 100
        if optimum >= 0 or proof.bound is None or not 0 < cost - proof.bound <= CLOSE * abs(cost):
            continue

        better = proof.close(cost, never)

        assert proof.bound == optimum, f"seed {seed}"
        assert (better is None) == (cost == optimum), f"seed {seed}"
        closed += 1
    assert closed


def without_time(plan: Plan) -> Plan:
    return dataclasses.replace(plan, seconds=0.0)


def test_most_drawn_problems_are_solved_to_the_proven_optimum_and_equally_each_time() -> None:
    seeds = range(10, 10 + max(4, scaled(20)))
    optimal = 0
    for seed in seeds:
        made = read_problem(draw_problem(seed, inspectors=10, requests=20, days=5, demands=0.0))
        params = Params(seed=seed, time_limit=None, iteration_limit=STEPS)

        first, second = solve(made, params), solve(made, params)

        assert evaluate_plan(made, first).broken == (), f"seed {seed}"
        assert first.bound is not None
        assert first.bound <= first.cost.total, f"seed {seed}"
        assert (first.bound == first.cost.total) <= (first.status == "optimal"), f"seed {seed}"
        assert without_time(first) == without_time(second), f"seed {seed}"
        optimal += first.bound == first.cost.total
    assert optimal >= len(seeds) / 2
