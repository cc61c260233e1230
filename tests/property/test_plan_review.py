"""Any two plans of any problem, compared: what is said of people and requests adds up to what is said of the plans."""

from __future__ import annotations

import random

import pytest

from desktop.services.board import CellKind
from desktop.services.plan_review import PlanReview
from desktop.services.planning.differences import Label, Names, Pair, known_to, review_of
from desktop.services.planning.views import PersonView
from scheduler.evaluate import evaluate
from scheduler.plan import Assignment, CostParts, Reason
from scheduler.problem import Problem
from scheduler.wire import read_problem
from tests.helpers.drawn import draw_problem
from tests.helpers.drawn_plans import legal_plan, wild_plan
from tests.helpers.soak import scaled

CASES = scaled(1500)


def names_of(problem: Problem) -> Names:
    day: tuple[CellKind, CellKind] = ("work", "work")
    people = tuple(
        PersonView(entry.id, f"Inspector {entry.id}", "", "", "", entry.country, (), day * problem.horizon.days)
        for entry in problem.inspectors
    )
    return Names({request.id: (request.service, "A client", request.site) for request in problem.requests}, people, ())


def drawn(seed: int) -> tuple[Problem, tuple[Assignment, ...], tuple[Assignment, ...]]:
    """A problem and two plans, each request placed once at most."""
    rng = random.Random(seed)
    data = draw_problem(seed)
    problem = read_problem(data)
    plans = []
    for _ in range(2):
        made = rng.choice((legal_plan, wild_plan))(data, rng)
        entries = {
            entry["request"]: Assignment(
                entry["request"], entry["mode"], entry["start_slot"], tuple(entry["inspectors"])
            )
            for entry in made["assignments"]
        }
        plans.append(known_to(problem, entries.values()))
    return problem, plans[0], plans[1]


def reviewed(problem: Problem, now: tuple[Assignment, ...], new: tuple[Assignment, ...]) -> PlanReview:
    served = {entry.request for entry in new}
    left = {request.id: (Reason("test", "full"),) for request in problem.requests if request.id not in served}
    return review_of(Pair(problem, now, new, Label("old"), Label(), left), names_of(problem))


@pytest.mark.soak
def test_the_differences_of_people_add_up_to_that_of_the_plans() -> None:
    for seed in range(CASES):
        problem, now, new = drawn(seed)
        review = reviewed(problem, now, new)
        assert review.now is not None
        assert (review.now.cost, review.new.cost) == (evaluate(problem, now).cost, evaluate(problem, new).cost), seed
        total = sum((person.cost for person in review.people), CostParts())
        assert total == review.new.cost - review.now.cost, seed


@pytest.mark.soak
def test_every_bar_is_told_once_and_truly() -> None:
    for seed in range(CASES // 3):
        problem, now, new = drawn(seed)
        review = reviewed(problem, now, new)
        rows = (*review.people, *review.unchanged)
        told_now = sorted((bar.request, row.code, bar.first_slot) for row in rows for bar in row.now)
        told_new = sorted((bar.request, row.code, bar.first_slot) for row in rows for bar in row.new)
        assert told_now == sorted((e.request, p, e.start_slot) for e in now for p in e.inspectors), seed
        assert told_new == sorted((e.request, p, e.start_slot) for e in new for p in e.inspectors), seed
        for row in rows:
            stays = [[bar for bar in bars if bar.state == "stays"] for bars in (row.now, row.new)]
            assert [bar.request for bar in stays[0]] == [bar.request for bar in stays[1]], seed
            assert bool(row.facts) == bool(row.changes), seed


@pytest.mark.soak
def test_the_tally_counts_each_request_once() -> None:
    for seed in range(CASES // 3):
        problem, now, new = drawn(seed)
        tally = reviewed(problem, now, new).tally
        both = tally.kept + tally.moved_day + tally.changed_person + tally.split
        assert both + tally.placed + tally.dropped + tally.left_out == len(problem.requests), seed
        assert both + tally.placed == len(new), seed


def test_a_plan_beside_itself_changes_nothing() -> None:
    problem, now, _ = drawn(4)
    review = reviewed(problem, now, now)
    assert (review.people, review.placed, review.dropped) == ((), (), ())
    assert review.tally.kept == len(now) > 0
