"""Regions of drawn problems: they share nothing, their plans add up, and other borders give other regions."""

from __future__ import annotations

import pytest

from scheduler.evaluate import evaluate
from scheduler.instance import Instance
from scheduler.params import Params
from scheduler.plan import Assignment
from scheduler.problem import Problem
from scheduler.regions.part import join, own_visits, part
from scheduler.regions.split import Region, Splitter
from scheduler.regions.work import Task, improve
from scheduler.solve import solve
from scheduler.stop import never
from scheduler.validate import check_problem
from scheduler.wire import read_problem
from tests.helpers.drawn import draw_problem
from tests.helpers.soak import scaled

STEPS = 40


def drawn(seed: int) -> tuple[Problem, tuple[Assignment, ...]]:
    """A problem, and a plan of it that can be bettered."""
    made = read_problem(draw_problem(seed))
    return made, solve(made, Params(seed=seed, time_limit=None, iteration_limit=0)).assignments


def improved(instance: Instance, region: Region, planned: tuple[Assignment, ...], seed: int) -> tuple[Assignment, ...]:
    own = part(instance, region, planned)
    task = Task(own, own_visits(instance, region, planned), seed, 5_000.0, 10.0, STEPS, None, never)
    return improve(task).assignments


@pytest.mark.soak
def test_regions_keep_the_rules_and_what_they_save_is_what_the_whole_saves() -> None:
    for seed in range(scaled(150)):
        made, planned = drawn(seed)
        instance = Instance(made)
        for turn in range(2):
            regions = Splitter(instance).split(planned, 2 + seed % 3, turn)
            before = evaluate(made, planned, instance).cost.total
            saved, plans = 0, []
            for number, region in enumerate(regions):
                own = part(instance, region, planned)
                assert check_problem(own) == (), f"seed {seed}"
                visits = own_visits(instance, region, planned)
                found = improved(instance, region, planned, number)
                saved += evaluate(own, visits).cost.total - evaluate(own, found).cost.total
                plans.append(found)
            planned = join(instance, regions, plans, planned)
            judged = evaluate(made, planned, instance)
            assert judged.broken == (), f"seed {seed}"
            assert before - judged.cost.total == saved, f"seed {seed}"
            assert saved >= 0, f"seed {seed}"


@pytest.mark.soak
def test_every_inspector_and_every_request_is_in_one_region_but_for_parted_visits() -> None:
    for seed in range(scaled(200)):
        made, planned = drawn(seed)
        instance = Instance(made)
        crews = {instance.request_number[entry.request]: entry.inspectors for entry in planned}
        regions = Splitter(instance).split(planned, 3)
        people = [person for region in regions for person in region.people]
        assert sorted(people) == list(range(len(made.inspectors)))
        parted = [number for region in regions for number in region.parted]
        own = [number for region in regions for number in region.requests]
        assert sorted({*own, *parted}) == list(range(len(made.requests)))
        assert len(own) == len(set(own))
        for number in set(parted):
            homes = {
                n
                for n, region in enumerate(regions)
                for person in region.people
                if made.inspectors[person].id in crews[number]
            }
            assert parted.count(number) == len(homes) > 1


def test_equal_splits_are_equal_and_other_turns_cut_elsewhere() -> None:
    made = read_problem(draw_problem(4, inspectors=8, requests=15, days=7))
    instance = Instance(made)
    assert Splitter(instance).split((), 3) == Splitter(Instance(made)).split((), 3)
    assert len({tuple(Splitter(instance).split((), 3, turn)) for turn in range(6)}) > 1


def test_one_region_is_the_whole() -> None:
    made, planned = drawn(3)
    instance = Instance(made)
    (region,) = Splitter(instance).split(planned, 1)
    assert part(instance, region, planned).requests == made.requests
    assert own_visits(instance, region, planned) == planned
