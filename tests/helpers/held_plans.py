"""Drawn plans held for questions, and every place of a request tried one by one."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from typing import Any

from scheduler.instance import Instance
from scheduler.plan import Assignment, CostParts
from scheduler.problem import Problem
from scheduler.rules.visits import visit_rules
from scheduler.standing import Standing
from scheduler.wire import read_problem
from tests.helpers.drawn import draw_problem
from tests.helpers.drawn_plans import legal_plan, mutated_plan, wild_plan

Json = dict[str, Any]


def drawn_pair(seed: int, *, legal: bool, days: int | None = None) -> tuple[Json, Json]:
    """A small drawn problem and a plan of it, legal or any, in their JSON form."""
    rng = random.Random(seed)
    problem = draw_problem(
        seed,
        days=days or rng.choice((2, 3, 5, 7)),
        inspectors=rng.randint(2, 5),
        requests=rng.randint(3, 8),
        demands=rng.choice((0.0, 0.1, 0.3)),
    )
    draw = legal_plan if legal else rng.choice((mutated_plan, wild_plan))
    return problem, draw(problem, rng)


def held(problem: Json, plan: Json) -> Standing:
    """A plan held; what of it the problem does not know is left out."""
    read: Problem = read_problem(problem)
    known = {person.id for person in read.inspectors}
    modes = {request.id: len(request.modes) for request in read.requests}
    entries = [
        Assignment(entry["request"], entry["mode"], entry["start_slot"], tuple(entry["inspectors"]))
        for entry in plan["assignments"]
        if known.issuperset(entry["inspectors"]) and 0 <= entry["mode"] < modes.get(entry["request"], 0)
    ]
    return Standing.of(Instance(read), entries)


def every_assignment(instance: Instance, code: str) -> Iterator[Assignment]:
    """All modes, starts and crews of a request, whether or not the rules allow them."""
    names = sorted(instance.inspector_number)
    for mode, shape in enumerate(instance.requests[instance.request_number[code]].modes):
        for first in range(instance.slots):
            for crew in itertools.combinations(names, shape.crew):
                yield Assignment(code, mode, first, crew)


def legal_alone(instance: Instance, to: Assignment) -> bool:
    """Whether a place breaks no rule of its request."""
    visit = instance.visit(instance.request_number[to.request], to.mode, to.start_slot)
    return not any(visit_rules(instance, visit, to.inspectors))


def places_tried(standing: Standing, code: str) -> dict[Assignment, CostParts]:
    """Every legal place of a request but its present one, found by judging all there are.

    It breaks nothing that is not broken already, with the request and without it.
    """
    instance, without = standing.instance, standing.moved_all({code: None})
    found = {}
    for to in every_assignment(instance, code):
        present = standing.placed.get(code)
        if present is not None and (present.mode, present.start_slot, {*present.inspectors}) == (
            to.mode,
            to.start_slot,
            {*to.inspectors},
        ):
            continue
        if legal_alone(instance, to):
            weighed = standing.weigh_all({code: to})
            if not weighed.broken and not without.weigh_all({code: to}).broken:
                found[to] = weighed.cost
    return found
