"""The arrays that the kernels read say what the rules say, on drawn problems and on one of the generator's."""

from __future__ import annotations

import itertools
import json
import random
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

import pytest

from scheduler.instance import Instance, Visit
from scheduler.pins import PinSearch
from scheduler.rules.catalogue import Broken
from scheduler.rules.visits import eligibility, horizon, lead, site, window
from scheduler.rules.weeks import availability, rotation, start
from scheduler.tables import NO_LEG, Tables, tables_of
from scheduler.tables.pairs import NO_LIMIT
from scheduler.travel import Limit
from scheduler.weeks import Weeks, person_cost, request_cost, unserved_cost
from scheduler.wire import read_problem
from tests.helpers.drawn import draw_problem
from tests.helpers.shared import SHARED, needs_shared
from tests.helpers.soak import scaled

Json = dict[str, Any]
pytestmark = [needs_shared, pytest.mark.soak]


def cases(full: int) -> list[tuple[str, Json]]:
    """Drawn problems with what to call them, and one of the generator's."""
    drawn = [(f"seed {seed}", draw_problem(seed)) for seed in range(scaled(full))]
    command = (str(SHARED / "tools/make_problem.py"), "--inspectors", "20", "--requests", "50", "--pins", "0.2")
    made = subprocess.run((sys.executable, *command), check=True, capture_output=True)
    return [*drawn, ("the generator's", json.loads(made.stdout))]


def compiled(problem: Json) -> tuple[Weeks, Tables]:
    weeks = Weeks(Instance(read_problem(problem)))
    return weeks, tables_of(weeks)


def visits_of(tables: Tables) -> list[Visit]:
    options = tables.options
    columns = (options.request, options.mode, options.first, options.last)
    return [Visit(*map(int, row)) for row in zip(*columns, strict=True)]


def pairs_of_each(tables: Tables) -> list[list[int]]:
    """The numbers of each inspector's pairs."""
    bounds = tables.pairs.of.tolist()
    return [list(range(low, high)) for low, high in itertools.pairwise(bounds)]


def is_free_for(instance: Instance, person: int, visit: Visit) -> bool:
    """Whether no rule of the visit, the inspector and their pin forbids a visit, whatever travel and weeks say."""
    pin = instance.requests[visit.request].pin
    name = instance.inspectors[person].id
    if pin is not None and pin.inspectors is not None and name not in pin.inspectors:
        return False
    broken = [*horizon(instance, visit), *window(instance, visit), *site(instance, visit)]
    broken += eligibility(instance, person, visit)
    broken += [*availability(instance, person, [visit]), *start(instance, person, [visit])]
    broken += rotation(instance, person, [visit])
    if instance.requests[visit.request].modes[visit.mode].crew == 1:
        broken += lead(instance, visit, [person])
    return not broken


def test_options_are_the_visits_that_a_visit_s_rules_and_its_pin_allow() -> None:
    for name, problem in cases(600):
        weeks, tables = compiled(problem)
        instance, options = weeks.instance, tables.options
        search, visits = PinSearch(weeks), visits_of(tables)

        for number, request in enumerate(instance.requests):
            own = visits[options.of[number] : options.of[number + 1]]
            assert own == search.allowed_visits(number), f"{name}: {request.id}"
            assert options.unserved[number] == unserved_cost(instance, number).total, f"{name}: {request.id}"
            assert options.pinned[number] == (request.pin is not None), f"{name}: {request.id}"
        for number, visit in enumerate(visits):
            request = instance.requests[visit.request]
            waived = instance.waived[visit.request]
            assert options.fixed[number] == request_cost(instance, visit).total, f"{name}: {visit}"
            assert options.site[number] == instance.site_of[visit.request], f"{name}: {visit}"
            assert options.crew[number] == request.modes[visit.mode].crew, f"{name}: {visit}"
            assert options.rotates[number] == ("rotation" not in waived), f"{name}: {visit}"
            assert options.wants_lead[number] == (request.lead is not None and "eligibility" not in waived), name


def test_a_pair_is_there_exactly_where_no_rule_of_visit_and_inspector_forbids_it() -> None:
    for name, problem in cases(600):
        weeks, tables = compiled(problem)
        instance, pairs, visits = weeks.instance, tables.pairs, visits_of(tables)

        for person, numbers in enumerate(pairs_of_each(tables)):
            found = [int(pairs.option[number]) for number in numbers]
            wanted = [option for option, visit in enumerate(visits) if is_free_for(instance, person, visit)]
            case = f"{name}: {instance.inspectors[person].id}"
            assert sorted(found) == wanted, case
            assert found == sorted(found, key=lambda o: (visits[o].first, visits[o].last, o)), case
            assert all(pairs.person[number] == person for number in numbers), case


def test_a_pair_costs_and_leads_and_leaves_home_as_the_rules_say() -> None:
    for name, problem in cases(600):
        weeks, tables = compiled(problem)
        instance, journeys, pairs, visits = weeks.instance, weeks.journeys, tables.pairs, visits_of(tables)

        for number, (option, person) in enumerate(zip(pairs.option.tolist(), pairs.person.tolist(), strict=True)):
            visit, case = visits[option], f"{name}: {instance.inspectors[person].id}, {visits[option]}"
            place, first, last = instance.site_of[visit.request], visit.first // 2, visit.last // 2
            inside = (last - first) * journeys.inside(person, place).cents
            assert pairs.node[number] == inside + person_cost(instance, person, visit.request).total, case
            if tables.options.wants_lead[option]:
                assert pairs.leads[number] == (not any(lead(instance, visit, [person]))), case
            out, back = journeys.first(person, place, first), journeys.home(person, place, last)
            there, home = journeys.trip(person, place, "morning"), journeys.trip(person, place, "evening")
            said = (pairs.out_days[number], pairs.out[number])
            assert said == (-1, 0) if out is None or there is None else said == (there.days, out.cents), case
            said = (pairs.back_days[number], pairs.back[number])
            assert said == (-1, 0) if back is None or home is None else said == (home.days, back.cents), case
            past = instance.past.get((person, place), 0)
            most = instance.problem.rotation.max_visits
            rotates = tables.options.rotates[option]
            assert pairs.room[number] == (min(most, NO_LIMIT) - past if rotates else NO_LIMIT), case


def test_legs_between_sites_and_from_starts_are_those_of_the_rules() -> None:
    def cents(instance: Instance, a: int, b: int, limit: Limit) -> int:
        leg = instance.legs.leg(a, b, limit)
        return NO_LEG if leg is None else leg.cents

    for name, problem in cases(600):
        weeks, tables = compiled(problem)
        instance = weeks.instance
        sites = range(len(instance.sites))
        of_limit: dict[Limit, tuple[Any, Any]] = {
            "midday": (tables.midday, tables.start_midday),
            "relocate": (tables.relocate, tables.start_relocate),
            "free_day": (tables.free_day, tables.start_free),
        }

        for limit, (between, from_starts) in of_limit.items():
            assert between.tolist() == [[cents(instance, a, b, limit) for b in sites] for a in sites], (
                f"{name}: {limit}"
            )
            places = [place for place in instance.start_place if place is not None]
            wanted = [[cents(instance, place, b, limit) for b in sites] for place in places]
            assert from_starts.reshape(len(places), len(sites)).tolist() == wanted, f"{name}: {limit}"
        for person in range(len(instance.inspectors)):
            empty = weeks.price(person, ())
            assert not isinstance(empty, Broken)
            assert tables.idle[person] == empty.total, f"{name}: {instance.inspectors[person].id}"


@pytest.mark.parametrize("empty", [{"requests"}, {"inspectors"}, {"requests", "inspectors"}, {"requests", "sites"}])
def test_a_problem_without_people_or_requests_has_tables_without_rows(empty: set[str]) -> None:
    problem = draw_problem(1, judged=False) | {"history": [], "published": {}} | {key: [] for key in empty}
    for request in problem["requests"]:
        request |= {"excluded": [], "affinity": {}, "pin": None}

    _, tables = compiled(problem)

    assert len(tables.pairs.option) == 0
    assert tables.pairs.of.tolist() == [0] * (len(problem["inspectors"]) + 1)
    assert tables.options.of[-1] == len(tables.options.first)


def test_a_week_read_off_the_tables_costs_what_the_rules_say_and_is_forbidden_where_they_forbid_it() -> None:
    allowed = forbidden = 0
    for name, problem in cases(600):
        rng = random.Random(name)
        weeks, tables = compiled(problem)
        visits = visits_of(tables)
        for person, numbers in enumerate(pairs_of_each(tables)):
            for _ in range(12 if numbers else 0):
                week = draw_week(rng, tables, numbers)
                asked = tuple(visits[tables.pairs.option[number]] for number in week)

                price = weeks.price(person, asked)

                case = f"{name}: {weeks.instance.inspectors[person].id}, {asked}"
                if isinstance(price, Broken):
                    assert price_off_tables(tables, person, week) is None, f"{case}: {price.text}"
                    forbidden += 1
                else:
                    assert price_off_tables(tables, person, week) == price.total, case
                    allowed += 1
    assert min(allowed, forbidden) > 0.1 * (allowed + forbidden)


def draw_week(rng: random.Random, tables: Tables, numbers: Sequence[int]) -> list[int]:
    """One to six pairs of an inspector that take different slots, in order of time, mostly of different requests."""
    pairs, options = tables.pairs, tables.options
    week: list[int] = []
    taken: set[int] = set()
    for number in rng.sample(numbers, min(len(numbers), rng.randint(1, 12))):
        option = pairs.option[number]
        slots = set(range(options.first[option], options.last[option] + 1))
        if taken.isdisjoint(slots) and len(week) < 6:
            week.append(number)
            taken |= slots
    return sorted(week)


def price_off_tables(tables: Tables, person: int, week: Sequence[int]) -> int | None:
    """Cents of an inspector's visits, read off the arrays alone; None where they forbid them."""
    options, pairs, people = tables.options, tables.pairs, tables.people
    chosen = [int(pairs.option[number]) for number in week]
    counted = Counter(int(options.site[option]) for option in chosen if options.rotates[option])
    for number, option in zip(week, chosen, strict=True):
        if options.rotates[option] and counted[int(options.site[option])] > pairs.room[number]:
            return None
    days = sorted({day for o in chosen for day in range(options.first[o] // 2, options.last[o] // 2 + 1)})
    work = _work(tables, person, days)
    legs = [_first_move(tables, person, week[0]), _way_home(tables, week[-1])]
    legs += [_gap(tables, before, after) for before, after in itertools.pairwise(week)]
    if work is None or _runs_too_long(tables, person, days):
        return None
    total = work + sum(int(pairs.node[number]) for number in week) + sum(int(people.premium[person, d]) for d in days)
    for leg in legs:
        if leg is None:
            return None
        total += leg
    return total


def _work(tables: Tables, person: int, days: Sequence[int]) -> int | None:
    people = tables.people
    added: dict[int, int] = defaultdict(int)
    cents = 0
    for day in days:
        if not people.sunk[person, day]:
            week = int(tables.week_of[day])
            worked = int(people.done[person, week]) + added[week]
            if worked >= people.most_days[person]:
                return None
            cents += int(people.day_cost[person, worked])
            added[week] += 1
    return cents


def _runs_too_long(tables: Tables, person: int, days: Sequence[int]) -> bool:
    run = int(tables.people.run_before[person])
    for day in range(tables.days):
        run = run + 1 if day in days or tables.people.sunk[person, day] else 0
        if day in days and run > tables.people.most_run[person]:
            return True
    return False


def _first_move(tables: Tables, person: int, number: int) -> int | None:
    people, pairs, options = tables.people, tables.pairs, tables.options
    row, option = people.start_row[person], pairs.option[number]
    if row < 0:
        return None if pairs.out_days[number] < 0 else int(pairs.out[number])
    home_day = (int(people.start_slot[person]) - 1) // 2
    site, first = options.site[option], int(options.first[option]) // 2
    legs = (tables.start_midday[row, site], tables.start_relocate[row, site], tables.start_free[row, site])
    back = (int(tables.start_back[row]), int(tables.start_back_days[row]))
    return _cheapest(tables, (home_day, first), legs, back, number)


def _gap(tables: Tables, before: int, after: int) -> int | None:
    pairs, options = tables.pairs, tables.options
    a, b = pairs.option[before], pairs.option[after]
    days = (int(options.last[a]) // 2, int(options.first[b]) // 2)
    here, there = options.site[a], options.site[b]
    legs = (tables.midday[here, there], tables.relocate[here, there], tables.free_day[here, there])
    back = (int(pairs.back[before]), int(pairs.back_days[before]))
    return _cheapest(tables, days, legs, back, after)


def _cheapest(
    tables: Tables,
    days: tuple[int, int],
    legs: tuple[int, int, int],
    back: tuple[int, int],
    after: int,
) -> int | None:
    """The cheapest way over a gap between two days, with a way back of so many cents and travel days."""
    people, pairs = tables.people, tables.pairs
    person = int(pairs.person[after])
    midday, relocate, free_day = map(int, legs)
    if days[0] == days[1]:
        return midday if midday < NO_LEG else None
    nights = days[1] - days[0]
    ways = []
    if back[1] >= 0 and pairs.out_days[after] >= 0 and nights >= 1 + back[1] + pairs.out_days[after]:
        ways.append(back[0] + int(pairs.out[after]))
    if nights <= tables.away_nights:
        if relocate < NO_LEG:
            ways.append(relocate + nights * int(people.night[person]))
        if free_day < NO_LEG and any(people.may_travel[person, day + 1] for day in range(days[0] + 1, days[1])):
            ways.append(free_day + int(people.travel_day[person]) + nights * int(people.night[person]))
    return min(ways, default=None)


def _way_home(tables: Tables, number: int) -> int | None:
    return None if tables.pairs.back_days[number] < 0 else int(tables.pairs.back[number])
