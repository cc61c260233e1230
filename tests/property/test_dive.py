"""Plans from fractional ones: legal, at what they are said to cost, never below the bound."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from scheduler.columns import dive
from scheduler.columns.dive import Dive
from scheduler.columns.generate import Generation, Outlook
from scheduler.columns.market import Market
from scheduler.columns.neighbourhood import NEAR, Neighbourhoods
from scheduler.columns.parts import Parts
from scheduler.plan import CostParts
from scheduler.search.search import Service, Week
from scheduler.stop import StopFlag
from tests.helpers.searching import Case
from tests.helpers.soak import scaled

pytestmark = pytest.mark.soak
ROUNDS = 60  # of column generation; a few suffice for most
FOUND = 0.8  # share of small problems whose fractional plan leads to a plan
CLOSE = 1.05  # costs, in the bound's, that most of these stay within


def looked_at(case: Case, rounds: int = ROUNDS) -> tuple[Generation, Outlook]:
    """Column generation on a problem, as far as it came."""
    generation = Generation(case.tables)
    while not generation.is_done and (generation.rounds < rounds or generation.outlook is None):
        generation.round()
    assert generation.outlook is not None
    return generation, generation.outlook


def finder_of(case: Case, seed: int, outlook: Outlook) -> Neighbourhoods:
    finder = Neighbourhoods(case.tables, case.cents_of, seed)
    finder.look(outlook)
    return finder


@pytest.mark.parametrize("few", [1, dive.FEW])
def test_a_dive_ends_in_a_legal_plan_near_the_bound(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """With pins and crews, and with as good as all of it fixed before whole numbers are looked for."""
    monkeypatch.setattr(dive, "FEW", few)
    seeds = range(scaled(80))
    found = close = 0
    for seed in seeds:
        case = Case(seed, inspectors=8, requests=20, demands=0.0 if seed % 2 else None)
        generation, outlook = looked_at(case)
        finder = finder_of(case, seed, outlook)
        services = finder.dive()
        if services is None:
            continue
        cost = finder.cost_of(services)
        case.check_services(services, cost, f"seed {seed}")
        assert generation.bound is not None
        assert cost >= generation.bound, f"seed {seed}"
        found += 1
        close += cost <= CLOSE * generation.bound
    assert found >= FOUND * len(seeds)
    assert close >= found / 2


def test_a_dive_from_prices_far_off_is_legal_too() -> None:
    for seed in range(scaled(60)):
        case = Case(seed, inspectors=8, requests=20)
        finder = finder_of(case, seed, looked_at(case, rounds=1)[1])
        services = finder.dive()
        if services is not None:
            case.check_services(services, finder.cost_of(services), f"seed {seed}")


def test_equal_dice_give_equal_plans_and_who_is_told_to_stop_gives_none() -> None:
    case = Case(5, inspectors=8, requests=20, days=7, demands=0.0)
    outlook = looked_at(case)[1]
    assert finder_of(case, 1, outlook).dive() == finder_of(case, 1, outlook).dive()
    assert finder_of(case, 1, outlook).dive(lambda: True) is None


def shares_of(case: Case, weeks: Sequence[tuple[int, ...]], share: float) -> list[tuple[Week, float]]:
    return [(week, share) for week in case.weeks_in(weeks)]


def test_a_plan_that_is_whole_already_comes_out_as_it_is() -> None:
    for seed in range(scaled(60)):
        case = Case(seed, inspectors=8, requests=20)
        case.search.fill()
        way = Dive(case.tables, Market(case.tables), np.random.default_rng(seed))
        assert way.plan(shares_of(case, case.search.best_weeks(), 1.0), lambda: False) == case.search.best, f"{seed}"


def test_a_crew_that_stays_incomplete_leaves_the_plan() -> None:
    """Nobody is free to join, so whoever was fixed goes, with all that he would have done."""
    dissolved = 0
    for seed in range(scaled(100)):
        case = Case(seed, inspectors=8, requests=20, demands=0.0)
        case.search.fill()
        crews = [service for service in case.search.best if service is not None and len(service.crew) > 1]
        if not crews:
            continue
        weeks = case.search.best_weeks()
        weeks[crews[0].crew[0]] = ()
        way = Dive(case.tables, Market(case.tables), np.random.default_rng(seed))
        services = way.plan(shares_of(case, weeks, 1.0), lambda: False)
        if services is None:  # a pinned request went with them
            continue
        cost = finder_of(case, seed, looked_at(case)[1]).cost_of(services)
        case.check_services(services, cost, f"seed {seed}")
        dissolved += 1
    assert dissolved


def test_a_finder_dives_once_and_again_when_the_fractions_are_as_good_as_proven() -> None:
    case = Case(5, inspectors=8, requests=20, days=7, demands=0.0)
    outlook = looked_at(case)[1]
    finder = Neighbourhoods(case.tables, case.cents_of, 1)
    asked = []
    for gap in (None, 20 * NEAR, 10 * NEAR, NEAR / 2, NEAR / 4):
        finder.look(None if gap is None else outlook._replace(gap=gap))
        asked.append(finder.may_dive())
        if finder.may_dive():
            finder.dive()
    assert asked == [False, True, False, True, False]


def test_nobody_dives_from_far_off_or_without_the_time() -> None:
    case = Case(5, inspectors=8, requests=20, days=7, demands=0.0)
    outlook = looked_at(case)[1]
    finder = finder_of(case, 1, outlook._replace(gap=2 * dive.RIPE))
    assert not finder.may_dive()
    finder.look(outlook)
    assert not finder.may_dive(lambda: 0.01)
    assert finder.may_dive(lambda: 60.0)


def test_a_crew_that_wants_a_lead_is_not_filled_without_one() -> None:
    """Two who cannot lead have the larger shares; the last place is kept for one who can."""
    filled = 0
    for seed in range(scaled(300)):
        case = Case(seed, inspectors=8, requests=20)
        options, pairs = case.tables.options, case.tables.pairs
        for option in np.flatnonzero((options.crew == 2) & options.wants_lead).tolist():
            followers = pairs.person[(pairs.option == option) & ~pairs.leads].tolist()[:2]
            shares = []
            for person in followers:
                price = case.weeks.price(person, (case.visit(option),))
                if isinstance(price, CostParts):
                    shares.append((Week(person, (option,), price.total), 0.9))
            if len(shares) < len(followers) or len(followers) == 1:
                continue
            services = Dive(case.tables, Market(case.tables), np.random.default_rng(seed)).plan(shares, lambda: False)
            if services is not None:
                case.check_services(services, finder_of(case, seed, looked_at(case, 1)[1]).cost_of(services), f"{seed}")
                filled += bool(followers)
    assert filled


def test_parts_take_over_a_dive_that_is_cheaper_and_say_what_it_gained() -> None:
    gained = 0
    for seed in range(scaled(40)):
        case = Case(seed, inspectors=8, requests=20, demands=0.0)
        case.search.fill()
        parts = Parts(case.tables, case.cents_of, seed, None)
        before: list[Service | None] = case.search.best
        parts.begin(before, ())
        changed = parts.step(StopFlag(), looked_at(case)[1])
        assert changed == (parts.services != before) == (parts.gained > 0), f"seed {seed}"
        case.check_services(parts.services, case.search.best_cost - parts.gained, f"seed {seed}")
        gained += parts.gained
    assert gained
