"""What was announced for the next days stays, unless a rule forbids it by now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from sqlalchemy import select

from desktop.models import Inspector
from desktop.services.commands import AdoptPlan, MoveVisit, PinRequest, PublishPlan, RecordAbsence
from desktop.services.planning import BuiltProblem, build_problem, check_plan, list_plans, plan_view
from desktop.services.planning.week import ready_problem
from desktop.store.engine import Store
from scheduler.params import Params
from scheduler.plan import Assignment
from scheduler.problem import Mode, Pin
from scheduler.solve import solve
from tests.helpers.planning_firm import NEAR, WEEK, Firm, adopted, desk_of, slot

MON, TUE, WED = Assignment("R1", 0, 0, ("I1",)), Assignment("R2", 1, 2, ("I1", "I2")), Assignment("R3", 0, 4, ("I2",))
FROZEN = replace(WEEK, freeze_days=2)


@pytest.fixture
def each_store(any_store: Store) -> Store:
    """Three requests announced for Monday, Tuesday (a crew of two, the second way to split it) and Wednesday."""
    with any_store.session(write=True) as session:
        firm = Firm(session)
        for code in ("I1", "I2", "I3"):
            firm.inspector(code)
        near = firm.factory("F1", at=NEAR)
        firm.request("R1", near)
        firm.request("R2", near, modes=(Mode(1, 4), Mode(2, 2)))
        firm.request("R3", near)
        session.commit()
    code = adopted(any_store, MON, TUE, WED)
    desk_of(any_store).handle(PublishPlan(code))
    return any_store


def built(store: Store) -> BuiltProblem:
    with store.session() as session:
        return build_problem(session, FROZEN)


def pins(problem: BuiltProblem) -> Mapping[str, Pin | None]:
    return {request.id: request.pin for request in problem.problem.requests}


def test_the_first_days_are_pinned_as_announced(each_store: Store) -> None:
    problem = built(each_store)
    assert pins(problem) == {"R1": Pin(("I1",), 0, 0), "R2": Pin(("I1", "I2"), 2, 1), "R3": None}
    assert problem.notes == ()
    with each_store.session() as session:
        free = build_problem(session, WEEK)
    assert set(pins(free).values()) == {None}
    assert free.digest != problem.digest


def test_what_a_rule_forbids_by_now_is_left_free_with_a_note(each_store: Store) -> None:
    desk_of(each_store).handle(RecordAbsence("I1", slot(0), slot(0, afternoon=True)))
    problem = ready_problem(each_store, FROZEN)
    assert pins(problem) == {"R1": None, "R2": Pin(("I1", "I2"), 2, 1), "R3": None}
    (note,) = problem.notes
    assert note.startswith("R1 was announced for Mon 30 Nov 2026 and is not frozen: it cannot be kept: ")


def test_of_two_that_clash_the_later_is_left_free(each_store: Store) -> None:
    with each_store.session(write=True) as session:
        person = session.scalars(select(Inspector).where(Inspector.code == "I1")).one()
        person.day_costs_cents = (5000,)  # one day a week
        session.commit()
    problem = ready_problem(each_store, FROZEN)
    assert pins(problem) == {"R1": Pin(("I1",), 0, 0), "R2": None, "R3": None}
    (note,) = problem.notes
    assert note.startswith("R2 was announced for Tue 1 Dec 2026 and is not frozen: it cannot be kept together")


def test_whoever_has_left_is_not_waited_for(each_store: Store) -> None:
    with each_store.session(write=True) as session:
        session.scalars(select(Inspector).where(Inspector.code == "I1")).one().active = False
        session.commit()
    problem = ready_problem(each_store, FROZEN)
    assert set(pins(problem).values()) == {None}
    assert len(problem.notes) == 2


def test_the_planner_s_own_pin_goes_before_the_freeze(each_store: Store) -> None:
    desk_of(each_store).handle(PinRequest("2026-W49-1", "R1", people=True, start=False))
    assert pins(built(each_store))["R1"] == Pin(("I1",), None, None)


def test_a_plan_made_under_a_freeze_is_kept_and_may_be_moved_by_hand(each_store: Store) -> None:
    desk = desk_of(each_store)
    problem = ready_problem(each_store, FROZEN)
    made = solve(problem.problem, Params(seed=1, time_limit=None, iteration_limit=30))
    desk.handle(AdoptPlan(made, FROZEN.to_json(), problem.digest))
    code = list_plans(each_store)[0].code
    places = {v.request: (v.first_slot, [m.code for m in v.inspectors]) for v in plan_view(each_store, code).visits}
    assert (places["R1"], places["R2"]) == ((slot(0), ["I1"]), (slot(1), ["I1", "I2"]))
    desk.handle(MoveVisit(code, "R1", ("I3",)))
    assert check_plan(each_store, code).judged.broken == ()
    desk.handle(PublishPlan(code))
