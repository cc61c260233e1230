"""Parts of a plan, set free and put together anew: faithful slices, legal changes that gain what they say."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pytest

from scheduler.columns import neighbourhood
from scheduler.columns.chosen import columns_of
from scheduler.columns.generate import Generation
from scheduler.columns.master import Column
from scheduler.columns.neighbourhood import Neighbourhoods
from scheduler.columns.part import Part, part_of
from scheduler.columns.parts import Parts
from scheduler.columns.whole import cheapest
from scheduler.compiled import Ints
from scheduler.search.search import Service, Week
from scheduler.stop import StopFlag
from scheduler.tables import Tables
from scheduler.tables.pairs import Pairs
from tests.helpers.searching import Case
from tests.helpers.soak import scaled

pytestmark = pytest.mark.soak
HOT = 50_000.0  # cents
FEW_PEOPLE = 4  # of a part in these small problems, so that others stay
ROUNDS = 60  # of column generation; a few suffice for most
REACHED = 0.8  # share of small problems


def cases(count: int, steps: int) -> Iterator[tuple[int, Case]]:
    """Drawn problems with a plan that could be better."""
    for seed in range(count):
        case = Case(seed, inspectors=8, requests=20, demands=0.0 if seed % 2 else None)
        case.search.fill()
        case.search.run(steps, HOT, HOT)
        case.search.restart()
        yield seed, case


def beside(tables: Tables, services: Sequence[Service | None], requests: Sequence[int]) -> int:
    """Cents of some requests that hang on no inspector."""
    options = tables.options
    served = [(request, services[request]) for request in requests]
    return sum(int(options.unserved[n] if entry is None else options.fixed[entry.option]) for n, entry in served)


def drawn_people(case: Case, rng: random.Random) -> Ints:
    count = len(case.tables.idle)
    return np.array(sorted(rng.sample(range(count), rng.randint(1, min(FEW_PEOPLE, count)))), dtype=np.int32)


def possible(case: Case, people: Ints) -> list[int]:
    """The pairs of some people that a plan leaves possible, said once more from the definition."""
    options, pairs = case.tables.options, case.tables.pairs
    free = set(people.tolist())
    leads = {(int(o), int(p)) for o, p, may in zip(pairs.option, pairs.person, pairs.leads, strict=True) if may}
    found = []
    for pair, (option, person) in enumerate(zip(pairs.option.tolist(), pairs.person.tolist(), strict=True)):
        if person not in free:
            continue
        service = case.search.best[options.request[option]]
        outside = () if service is None else tuple(sorted(set(service.crew) - free))
        if outside and service is not None:
            wanted = bool(options.wants_lead[option]) and all((option, other) not in leads for other in outside)
            is_last = len(service.crew) - len(outside) == 1
            if service.option != option or len(outside) == len(service.crew):
                continue
            if wanted and is_last and (option, person) not in leads:
                continue
        found.append(pair)
    return found


def test_a_part_is_a_faithful_slice() -> None:
    shared = 0
    for seed, case in cases(scaled(290), steps=100):
        rng, tables, services = random.Random(f"part {seed}"), case.tables, case.search.best
        people = drawn_people(case, rng)
        part = part_of(tables, services, people)
        own, whole = part.tables, case.tables
        what = f"seed {seed}, people {people.tolist()}"

        assert part.pairs.tolist() == possible(case, people), what
        assert part.people[own.pairs.person].tolist() == whole.pairs.person[part.pairs].tolist(), what
        assert part.options[own.pairs.option].tolist() == whole.pairs.option[part.pairs].tolist(), what
        assert part.requests[own.options.request].tolist() == whole.options.request[part.options].tolist(), what
        for column in ("node", "leads", "out", "out_days", "back", "back_days", "room"):
            assert getattr(own.pairs, column).tolist() == getattr(whole.pairs, column)[part.pairs].tolist(), what
        for column in ("mode", "first", "last", "site", "fixed", "rotates"):
            assert getattr(own.options, column).tolist() == getattr(whole.options, column)[part.options].tolist(), what
        assert own.options.unserved.tolist() == whole.options.unserved[part.requests].tolist(), what
        assert own.pairs.of.tolist() == np.searchsorted(own.pairs.person, np.arange(len(people) + 1)).tolist(), what
        numbers = np.arange(len(part.requests) + 1)
        assert own.options.of.tolist() == np.searchsorted(own.options.request, numbers).tolist(), what
        shared += check_shared(case, part, what)
    assert shared


def check_shared(case: Case, part: Part, what: str) -> int:
    """A visit whose crew is partly outside keeps its option, and wants what the others do not bring."""
    own, whole = part.tables.options, case.tables
    shared = 0
    for number, request in enumerate(part.requests.tolist()):
        low, high = int(own.of[number]), int(own.of[number + 1])
        if not part.staying[number]:
            assert bool(own.pinned[number]) == bool(whole.options.pinned[request]), what
            assert (own.crew[low:high] == whole.options.crew[part.options[low:high]]).all(), what
            continue
        service = case.search.best[request]
        assert service is not None
        leads = [
            bool(whole.pairs.leads[pair])
            for other in part.staying[number]
            for pair in range(whole.pairs.of[other], whole.pairs.of[other + 1])
            if whole.pairs.option[pair] == service.option
        ]
        assert part.options[low:high].tolist() == [service.option], what
        assert set(part.staying[number]) == set(service.crew) - set(part.people.tolist()), what
        assert int(own.crew[low]) == len(service.crew) - len(leads) > 0, what
        assert bool(own.wants_lead[low]) == (bool(whole.options.wants_lead[service.option]) and not any(leads)), what
        assert bool(own.pinned[number]), what
        shared += 1
    return shared


def test_a_part_and_what_stays_cost_what_the_plan_costs() -> None:
    for seed, case in cases(scaled(290), steps=100):
        people = drawn_people(case, random.Random(f"cost {seed}"))
        services = case.search.best
        part = part_of(case.tables, services, people)
        everyone = case.weeks_in(case.search.best_weeks())

        own = part.weeks_of([everyone[person] for person in people.tolist()])

        assert [week.person for week in own] == list(range(len(people))), f"seed {seed}"
        served = {number for week in own for number in part.tables.options.request[list(week.options)].tolist()}
        left = set(range(len(part.requests))) - served
        fixed = {int(option) for week in own for option in week.options}
        inside = sum(week.cents for week in own) + int(part.tables.options.unserved[list(left)].sum())
        inside += sum(int(part.tables.options.fixed[option]) for option in fixed)
        staying = set(range(len(services))) - set(part.requests.tolist())
        outside = sum(week.cents for week in everyone if week.person not in people)
        assert inside + outside + beside(case.tables, services, sorted(staying)) == case.search.best_cost, (
            f"seed {seed}"
        )


def changes(case: Case, seed: int, times: int) -> tuple[list[Service | None], int, int]:
    """A plan changed so many times, its cost, and how often it did change; every change is checked."""
    finder = Neighbourhoods(case.tables, case.cents_of, seed)
    finder.remember(case.search.harvest())
    services, cost, changed = case.search.best, case.search.best_cost, 0
    for _ in range(times):
        change = finder.change(services)
        if change is None:
            continue
        assert change.gain > 0
        for request, service in enumerate(services):
            if service is not None and request not in change.services:
                assert change.people.isdisjoint(service.crew), f"seed {seed}"
        services = [change.services.get(request, service) for request, service in enumerate(services)]
        cost -= change.gain
        case.check_services(services, cost, f"seed {seed}")
        changed += 1
    return services, cost, changed


@pytest.mark.parametrize("people", [FEW_PEOPLE, neighbourhood.PEOPLE])
def test_a_change_keeps_the_rules_and_gains_what_it_says(people: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neighbourhood, "PEOPLE", people)
    changed = 0
    for seed, case in cases(scaled(90), steps=20):
        changed += changes(case, seed, times=4)[2]
    assert changed


def test_changes_made_with_prices_keep_the_rules_and_gain_what_they_say(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is known of the whole says where to look, and where column generation begins."""
    monkeypatch.setattr(neighbourhood, "PEOPLE", FEW_PEOPLE)
    changed = 0
    for seed, case in cases(scaled(90), steps=20):
        finder = Neighbourhoods(case.tables, case.cents_of, seed)
        generation = Generation(case.tables)
        services, cost = case.search.best, case.search.best_cost
        for _ in range(6):
            if not generation.is_done:
                generation.round()
            finder.look(generation.outlook)
            change = finder.change(services)
            if change is not None:
                services = [change.services.get(request, service) for request, service in enumerate(services)]
                cost -= change.gain
                case.check_services(services, cost, f"seed {seed}")
                changed += 1
    assert changed


def test_equal_seeds_give_equal_changes() -> None:
    case = Case(5, inspectors=8, requests=20, days=7, demands=0.0)
    case.search.fill()
    first, second = changes(case, 1, times=6), changes(case, 1, times=6)
    assert first == second
    assert first[2]


def test_a_plan_that_is_proven_best_is_not_changed() -> None:
    proven = 0
    for seed in range(scaled(220)):
        case = Case(seed, inspectors=3, requests=5, demands=0.0)
        case.search.fill()
        case.search.run(200, HOT, 500.0)
        generation = Generation(case.tables)
        while not generation.is_done and generation.rounds < ROUNDS:
            generation.round()
        if generation.bound == case.search.best_cost:
            finder = Neighbourhoods(case.tables, case.cents_of, seed)
            finder.look(generation.outlook)
            assert [finder.change(case.search.best) for _ in range(2)] == [None, None], f"seed {seed}"
            proven += 1
    assert proven


def test_nobody_is_asked_where_nobody_can_serve_anything() -> None:
    case = Case(5, inspectors=2, requests=4, demands=0.0)
    nothing: list[Any] = [np.zeros_like(case.tables.pairs.of), *(column[:0] for column in case.tables.pairs[1:])]
    empty = case.tables._replace(pairs=Pairs._make(nothing))
    finder = Neighbourhoods(empty, case.cents_of, 1)
    assert finder.change([None] * len(empty.options.unserved)) is None


def test_column_generation_without_proof_comes_down_to_the_bound() -> None:
    """And the horizons of its fractional plan are among those that a plan as cheap could have."""
    seeds = range(scaled(145))
    reached = 0
    for seed in seeds:
        case = Case(seed, inspectors=4, requests=8, demands=0.0)
        proving, other = Generation(case.tables), Generation(case.tables, proves=False)
        for generation in (proving, other):
            generation.give(case.weeks_in(case.search.best_weeks()))
            while not generation.is_done and generation.rounds < ROUNDS:
                generation.round()
        if other.cost is None or proving.bound is None or other.outlook is None:
            continue
        assert other.cost >= proving.bound - 1.0, f"seed {seed}"
        reached += other.is_done and other.cost <= proving.bound + 1.0
        if other.is_done:
            near = other.near(other.cost + 1.0, len(other.outlook.shares) + other.columns)
            assert {column for column, _ in other.outlook.shares} <= set(near), f"seed {seed}"
    assert reached >= REACHED * len(seeds)


def cents_of_columns(case: Case, columns: Sequence[Column]) -> tuple[list[Service | None], int]:
    """The plan that columns make, and its cost."""
    crews: dict[int, list[int]] = {}
    for column in columns:
        for option in case.tables.pairs.option[list(column.pairs)].tolist():
            crews.setdefault(option, []).append(column.person)
    services: list[Service | None] = [None] * len(case.tables.options.unserved)
    for option, crew in crews.items():
        request = int(case.tables.options.request[option])
        assert services[request] is None, f"request {request} is served twice"
        services[request] = Service(option, tuple(sorted(crew)))
    cents = int(case.tables.idle.sum()) + sum(column.cents for column in columns)
    return services, cents + beside(case.tables, services, range(len(services)))


def test_columns_put_together_are_a_plan_no_dearer_than_the_present_one() -> None:
    better = 0
    for seed, case in cases(scaled(220), steps=150):
        columns = columns_of(case.tables, case.search.harvest())
        case.search.run(50, HOT, HOT)
        hot = columns_of(case.tables, case.weeks_in(case.search.current_weeks()))
        for present in (columns_of(case.tables, case.weeks_in(case.search.best_weeks())), hot):
            _, before = cents_of_columns(case, present)

            chosen, again = (cheapest(case.tables, columns, present) for _ in range(2))
            hurried = cheapest(case.tables, columns, present, seconds=0.001)

            assert chosen == again, f"seed {seed}"
            services, after = cents_of_columns(case, chosen)
            case.check_services(services, after, f"seed {seed}")
            assert after <= before, f"seed {seed}"
            assert cents_of_columns(case, hurried)[1] <= before, f"seed {seed}, hurried"
            better += after < before
    assert better


def test_two_threads_at_once_leave_a_plan_that_costs_what_they_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neighbourhood, "PEOPLE", FEW_PEOPLE)
    gained = 0
    for seed, case in cases(scaled(120), steps=20):
        parts = Parts(case.tables, case.cents_of, seed, lambda: 60.0)
        parts.begin(case.search.best, case.search.harvest())
        flag = StopFlag()
        parts.get_help(flag)
        for _ in range(4):
            parts.step(flag, None)
        flag.set()
        parts.end()
        case.check_services(parts.services, case.search.best_cost - parts.gained, f"seed {seed}")
        gained += parts.gained
    assert gained


def test_one_thread_gives_equal_plans_in_equal_runs() -> None:
    def improved() -> tuple[list[Service | None], int]:
        case = Case(5, inspectors=8, requests=20, days=7, demands=0.0)
        case.search.fill()
        parts = Parts(case.tables, case.cents_of, 3, None)
        parts.begin(case.search.best, case.search.harvest())
        flag = StopFlag()
        for _ in range(6):
            parts.step(flag, None)
        return parts.services, parts.gained

    first = improved()
    assert first == improved()
    assert first[1]


def test_who_is_told_to_stop_changes_nothing() -> None:
    case = Case(5, inspectors=8, requests=20, days=7, demands=0.0)
    parts = Parts(case.tables, case.cents_of, 3, None)
    parts.begin(case.search.best, [])
    assert not parts.step(lambda: True, None)
    assert (parts.services, parts.gained) == (case.search.best, 0)


def test_what_goes_wrong_in_the_other_thread_is_raised_at_the_end() -> None:
    case = Case(5, inspectors=8, requests=20, days=7, demands=0.0)
    crashed = threading.Event()

    def cents_of(person: int, options: tuple[int, ...]) -> int:
        crashed.set()
        raise ZeroDivisionError(f"inspector {person} with {options}")

    parts = Parts(case.tables, cents_of, 1, None)
    parts.begin(case.search.best, [])
    parts.get_help(crashed.is_set)
    assert crashed.wait(60)
    with pytest.raises(ZeroDivisionError, match="inspector 0"):
        parts.end()


def test_the_other_thread_ends_with_the_parts_though_nobody_said_stop() -> None:
    case = Case(5, inspectors=8, requests=20, days=7, demands=0.0)
    parts = Parts(case.tables, case.cents_of, 1, None)
    parts.begin(case.search.best, [])
    before = threading.active_count()
    parts.get_help(lambda: False)
    assert threading.active_count() == before + 1
    parts.end()
    assert threading.active_count() == before


def test_the_horizons_that_a_part_knows_are_those_of_its_people() -> None:
    """Horizons of others, and such as the plan round the part makes impossible, are passed over."""
    passed = 0
    for seed, case in cases(scaled(90), steps=100):
        people = drawn_people(case, random.Random(f"weeks {seed}"))
        part = part_of(case.tables, case.search.best, people)
        weeks = case.search.harvest()

        own = part.weeks_of(weeks)

        back = [Week(int(part.people[w.person]), tuple(part.options[list(w.options)].tolist()), w.cents) for w in own]
        own_pairs = part.tables.pairs
        pairs = {*zip(part.people[own_pairs.person].tolist(), part.options[own_pairs.option].tolist(), strict=True)}
        expected = [w for w in weeks if w.person in people and all((w.person, option) in pairs for option in w.options)]
        assert back == expected, f"seed {seed}"
        passed += len(weeks) - len(own)
    assert passed
