"""Studies of a firm that is short of people: what one more saves, what rules and the promise cost, what-ifs."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import pytest

from desktop.errors import BadInputError, DomainError, NotFoundError
from desktop.services.worth.asking import CeilingsAsked, Hire, PromiseAsked, RulesAsked, Train, WhatIfAsked
from desktop.services.worth.ceilings import study_ceilings
from desktop.services.worth.near import near
from desktop.services.worth.promise import study_promise
from desktop.services.worth.rules import LIFT, study_rules
from desktop.services.worth.steps import Steps
from desktop.services.worth.subject import Subject, with_due
from desktop.services.worth.sums import Found, saving, sum_of
from desktop.services.worth.views import CeilingRow, Ceilings
from desktop.services.worth.what_if import changed_problem, study_what_if
from desktop.services.worth.words import label_of
from scheduler.evaluate import evaluate
from scheduler.validate import check_problem
from tests.helpers.planning_firm import day
from tests.unit.services.worth.conftest import PLAN, Here

LEFT_OUT = 2  # requests, 38,000 cents each


@pytest.fixture(scope="module")
def ceilings(subject: Subject) -> Ceilings:
    here = Here(1)
    found, bound = study_ceilings(subject, CeilingsAsked(exact=3, units=3, seconds=1.0), here)
    assert bound is not None
    assert bound <= subject.cost
    assert here.solved == here.runs - 1 == 6, "with nothing more only once, as all rows are of the whole plan"
    return found


def hand(ceilings: Ceilings) -> CeilingRow:
    return next(row for row in ceilings.rows if row.kind == "hand")


def test_an_inspector_day_more_saves_no_more_than_its_ceiling_and_each_further_one_less(ceilings: Ceilings) -> None:
    row = hand(ceilings)
    assert (row.region, row.skill) == ("广东省", "garment")
    assert row.exact == row.units[0] > 25_000, "a request that was left out is served"
    assert len(row.units) == 3
    assert row.units[0] >= row.units[1] >= row.units[2] >= 0
    assert all(own.exact <= own.at_most for own in ceilings.rows if own.exact is not None)
    assert sum(own.exact is not None for own in ceilings.rows) == 3
    assert [own.at_most for own in ceilings.rows] == sorted((own.at_most for own in ceilings.rows), reverse=True)


@pytest.mark.parametrize("solved", [0, 2])
def test_ceilings_that_are_proven_stay_where_solving_anew_is_stopped(
    subject: Subject, ceilings: Ceilings, solved: int
) -> None:
    found, _ = study_ceilings(subject, CeilingsAsked(exact=3, units=1, seconds=1.0), Here(1, most=solved))
    assert [row.at_most for row in found.rows] == [row.at_most for row in ceilings.rows]
    assert sum(row.exact is not None for row in found.rows) == max(0, solved - 1)
    assert (found.without is None) == (solved == 0)


def test_a_hand_tells_who_could_go_and_what_to_do_next(ceilings: Ceilings) -> None:
    row = hand(ceilings)
    assert [one.code for one in row.who] == ["I1"], "I2 knows too little of it"
    assert row.who[0].name == "Mai"
    assert (row.step, row.step_number) == ("hire", 0)


def test_who_is_free_there_is_named_before_anybody_is_hired_unless_his_week_is_full(
    subject: Subject, ceilings: Ceilings
) -> None:
    friday = next(row for row in ceilings.rows if row.kind == "hand" and row.day == day(4))
    less = dataclasses.replace(subject, plan=dataclasses.replace(subject.plan, assignments=PLAN[:4]))
    told = Steps(less).with_step(friday)
    assert (told.step, told.step_number, told.who[0].is_free) == ("local", 1, True)
    people = tuple(dataclasses.replace(one, day_costs=one.day_costs[:4]) for one in subject.problem.inspectors)
    full = dataclasses.replace(less, problem=dataclasses.replace(subject.problem, inspectors=people))
    told = Steps(full).with_step(friday)
    assert (told.step, told.who[0].is_free) == ("hire", False)


def test_training_and_certificates_name_the_person(ceilings: Ceilings) -> None:
    learns = next(row for row in ceilings.rows if row.kind == "level")
    assert (learns.person, learns.name, learns.what, learns.day) == ("I2", "Bo", "garment", None)


def test_the_promise_moves_every_day_due_and_a_looser_one_never_costs_more(subject: Subject, here: Here) -> None:
    looser = with_due(subject.problem, subject.due[96])
    moved = {own.id: (looser.requests[n].due - own.due).days for n, own in enumerate(subject.problem.requests)}
    assert set(moved.values()) == {2}, "48 hours more, agreed days too"
    found = study_promise(subject, PromiseAsked((96, 60)), here)
    assert [row.hours for row in found.rows] == [48, 60, 96]
    assert [row.is_own for row in found.rows] == [True, False, False]
    costs = [row.run.cost for row in found.rows]
    assert costs == sorted(costs, reverse=True)
    assert all(row.run.money + row.run.penalties == row.run.cost for row in found.rows)


def test_a_rule_that_binds_is_counted_and_its_lifting_saves_what_two_plans_differ(subject: Subject, here: Here) -> None:
    found = study_rules(subject, RulesAsked(("week", "rotation", "changes")), here)
    rows = {row.rule: row for row in found.rows}
    assert rows["week"].at_limit == 1, "I1 works his five days"
    assert (rows["rotation"].limit, rows["rotation"].at_limit) == (3, 3), "three visits to F1"
    assert rows["changes"].at_limit == rows["changes"].saved == 0, "nothing is announced"
    for row in found.rows:
        assert row.saved == found.base.cost - row.run.cost >= 0
        assert row.most is None or row.most >= row.saved


@pytest.mark.parametrize("rule", LIFT)
def test_without_a_rule_the_plan_is_still_one_and_no_dearer(subject: Subject, rule: str) -> None:
    lifted = LIFT[rule](subject).problem
    assert not check_problem(lifted)
    judged = evaluate(lifted, subject.plan.assignments)
    assert not judged.broken
    assert judged.cost.total <= subject.cost


def test_who_is_hired_serves_what_was_left_out(subject: Subject, here: Here) -> None:
    found = study_what_if(subject, WhatIfAsked((Hire(1, "garment", "广东省"),)), here)
    assert (found.without.unserved, found.with_it.unserved) == (LEFT_OUT, 0)
    assert found.people == ("like I1",)
    assert found.saved == found.without.cost - found.with_it.cost > 50_000
    assert found.with_it.on_hand == found.without.on_hand + 5
    assert found.verdict in ("proven", "found")
    assert found.moved >= LEFT_OUT


def test_people_who_learn_or_are_ill_and_clients_who_go_change_the_problem(subject: Subject) -> None:
    problem, people, price = changed_problem(
        subject,
        WhatIfAsked(train=(Train("I2", "garment", 2), Train("I2", "audit"), Train("I2", "zh")), ill_number=1, hours=96),
    )
    known = {one.id: one for one in problem.inspectors}
    assert known["I2"].skills == {"toys": 3, "garment": 2}
    assert known["I2"].certificates["audit"] == subject.problem.horizon.end
    assert people == ("I1",), "the one who has visits"
    assert not any(known["I1"].available)
    assert price == 0
    assert not check_problem(problem)
    problem, _, price = changed_problem(subject, WhatIfAsked(drop_clients=("C1",)))
    assert not problem.requests
    assert price == 7 * 28_000


@pytest.mark.parametrize(
    ("asked", "error", "words"),
    [
        (WhatIfAsked(), BadInputError, "Nothing would be otherwise"),
        (WhatIfAsked(hours=48), BadInputError, "Nothing would be otherwise"),
        (WhatIfAsked((Hire(1, "garment", "Mars"),)), NotFoundError, "no factory in Mars"),
        (WhatIfAsked((Hire(1, "shoes", "广东省"),)), NotFoundError, "skill shoes"),
        (WhatIfAsked((Hire(1, "toys", "广东省", "freelancer"),)), NotFoundError, "freelancer"),
        (WhatIfAsked((Hire(99, "garment", "广东省"),)), BadInputError, "at once"),
        (WhatIfAsked(train=(Train("I9", "garment", 2),)), NotFoundError, "no inspector I9"),
        (WhatIfAsked(train=(Train("I2", "garment", 9),)), BadInputError, "no level 9"),
        (WhatIfAsked(train=(Train("I2", "magic"),)), NotFoundError, "magic"),
        (WhatIfAsked(drop_clients=("C9",)), NotFoundError, "no client C9"),
        (WhatIfAsked(hours=96, hours_client="C9"), NotFoundError, "no client C9"),
        (WhatIfAsked(ill_number=2), BadInputError, "1 have visits"),
    ],
)
def test_what_cannot_be_asked_is_said(
    subject: Subject, asked: WhatIfAsked, error: type[DomainError], words: str
) -> None:
    with pytest.raises(error, match=words):
        changed_problem(subject, asked)


@pytest.mark.parametrize(
    ("bounds", "verdict", "least", "most"),
    [
        ((None, None), "found", None, None),
        ((95, 60), "proven", 15, 40),
        ((70, 60), "found", None, 40),
        ((70, 110), "proven worse", None, -10),
    ],
)
def test_only_bounds_prove(
    subject: Subject, bounds: Sequence[int | None], verdict: str, least: int | None, most: int | None
) -> None:
    without, with_it = (Found(subject.problem, (), cost, bound) for cost, bound in zip((100, 80), bounds, strict=True))
    found = saving(without, with_it)
    assert (found.saved, found.verdict, found.least, found.most) == (20, verdict, least, most)


def test_a_plan_in_figures(subject: Subject) -> None:
    found = sum_of(Found(subject.problem, PLAN, subject.cost, None))
    assert (found.visits, found.unserved, found.late, found.nights) == (5, LEFT_OUT, 0, 0)
    assert (found.man_days, found.on_hand, found.utilisation) == (5.0, 10.0, 0.5)
    assert found.cost == subject.cost
    assert found.penalties == LEFT_OUT * 38_000


def test_what_is_far_away_is_fixed_and_a_plan_of_the_part_is_one_of_the_whole(subject: Subject, here: Here) -> None:
    part, plan = near(subject.problem, subject.plan, "广东省", most=2)
    pinned = [request.id for request in part.requests if request.pin is not None]
    assert len(part.requests) == len(pinned) + 2, "who is far away and left out stays out"
    found = here.solve(part, plan, 1.0, "the part")
    whole = evaluate(subject.problem, found.assignments)
    assert not whole.broken
    assert whole.cost.total - subject.cost == found.cost - plan.cost.total
    assert near(subject.problem, subject.plan, "广东省") == (subject.problem, subject.plan)


def test_a_study_is_called_by_what_was_asked() -> None:
    asked = WhatIfAsked((Hire(2, "garment", "广东省"),), (Train("I2", "zh"),), ("C1",), 60, "C2", ("I1",), 3)
    assert label_of(asked) == (
        "what if 2 more garment in 广东省 (freelancer), I2 learns zh, without client C1, on site within 60 hours for "
        "C2, I1 ill and 3 people ill"
    )
    assert label_of(dataclasses.replace(PromiseAsked(), hours=(72, 48))) == "the promise at 48 and 72 hours"


def test_days_due_follow_the_clock_where_none_is_agreed(subject: Subject) -> None:
    own = next(request for request in subject.problem.requests if request.id == "R7")
    assert subject.due[96]["R7"] == day(own.due.toordinal() - day(0).toordinal() + 2)
