"""The cheapest horizon that pricing finds, against all horizons there are."""

from __future__ import annotations

import random

import numpy as np
import pytest

from scheduler.columns.labels import Legs, pool_of
from scheduler.columns.memory import memory_of
from scheduler.columns.multipliers import Prices, ask_of, relax
from scheduler.columns.nodes import person_of
from scheduler.columns.pricing import price
from scheduler.columns.relaxed import visits_of
from scheduler.compiled import Floats
from scheduler.instance import Instance
from scheduler.rules.catalogue import Broken
from scheduler.tables import Tables, tables_of
from scheduler.weeks import Weeks
from scheduler.wire import read_problem
from tests.helpers.drawn import draw_problem
from tests.helpers.horizons import MOST_VISITS, horizons, visit_of
from tests.helpers.soak import scaled

pytestmark = pytest.mark.soak


def cheapest(weeks: Weeks, tables: Tables, person: int, worth: dict[int, float]) -> float:
    """The least cost less gains of all horizons of a person with few visits."""
    return min(cost - sum(worth[pair] for pair in chosen) for chosen, cost in horizons(weeks, tables, person))


def floors(tables: Tables, person: int, gain: Floats, prices: Prices) -> tuple[float, dict[int, float]]:
    """What the relaxation says of a person at some prices: a floor, and one under the horizons with each pair."""
    alone = person_of(
        tables.people, person, tables.week_of, tables.days, tables.start_midday, tables.start_relocate,
        tables.start_free, tables.start_back, tables.start_back_days,
    )  # fmt: skip
    legs = Legs(tables.midday, tables.relocate, tables.free_day, tables.away_nights, tables.week_of)
    low, high = int(tables.pairs.of[person]), int(tables.pairs.of[person + 1])
    visits = visits_of(tables.pairs, tables.options, gain, low, high)
    ask = ask_of(tables.people, person, tables.week_of, tables.days)
    floor, through, _ = relax(visits, alone, legs, ask, prices, tables.days, float(tables.idle[person]), np.inf)
    return floor, dict(zip(range(low, high), through.tolist(), strict=True))


def test_no_horizon_is_cheaper_than_the_relaxation_says() -> None:
    compared = 0
    for seed in range(scaled(80)):
        rng = random.Random(f"relaxed {seed}")
        problem = read_problem(draw_problem(seed, inspectors=2, requests=MOST_VISITS, days=rng.choice((2, 3, 4, 7))))
        weeks = Weeks(Instance(problem))
        tables = tables_of(weeks)
        if np.diff(tables.pairs.of).max(initial=0) > 40:
            continue
        worth = np.array([rng.choice((0.0, 1.0)) * rng.randrange(1, 60_000) for _ in tables.pairs.node])
        sizes = len(tables.options.unserved), tables.people.done.shape[1], tables.days
        for person in range(len(problem.inspectors)):
            drawn = [np.array([rng.choice((0.0, 1.0)) * rng.randrange(9_000) for _ in range(n)]) for n in sizes]
            floor, through = floors(tables, person, worth - tables.pairs.node, Prices(*drawn))
            for chosen, cost in horizons(weeks, tables, person):
                cents = cost - worth[list(chosen)].sum()
                assert cents >= floor - 0.01, f"seed {seed}, inspector {person}"
                assert all(cents >= through[pair] - 0.01 for pair in chosen), f"seed {seed}, inspector {person}"
                compared += 1
    assert compared


def test_pricing_finds_the_cheapest_horizon_of_everyone() -> None:
    compared = busy = 0
    for seed in range(scaled(300)):
        rng = random.Random(f"pricing {seed}")
        problem = read_problem(draw_problem(seed, inspectors=2, requests=MOST_VISITS, days=rng.choice((2, 3, 4, 7))))
        weeks = Weeks(Instance(problem))
        tables = tables_of(weeks)
        node = tables.pairs.node
        if np.diff(tables.pairs.of).max(initial=0) > 40:
            continue
        worth = {pair: rng.choice((0.0, 1.0, 0.3)) * rng.randrange(1, 60_000) for pair in range(len(node))}
        gain = np.array([worth[pair] for pair in range(len(node))], dtype=np.float64) - node
        people = np.arange(len(problem.inspectors), dtype=np.int32)

        found = price(
            tables,
            gain,
            tables.idle.astype(np.float64),
            people,
            memory_of(tables),
            pool_of(100_000),
            5,
            True,
            1_000,
            20,
            3,
        )

        for person in people.tolist():
            least = cheapest(weeks, tables, person, worth)
            assert found.least[person] == pytest.approx(least, abs=0.01), f"seed {seed}, inspector {person}"
            compared += 1
            busy += least < tables.idle[person]
        for column, person in enumerate(found.person.tolist()):
            pairs = found.pairs[found.of[column] : found.of[column + 1]].tolist()
            cost = weeks.price(person, tuple(visit_of(tables, pair) for pair in pairs))
            assert not isinstance(cost, Broken), f"seed {seed}: {cost}"
            assert found.cents[column] == pytest.approx(cost.total - sum(worth[pair] for pair in pairs), abs=0.01)
    assert compared
    assert busy > compared / 10
