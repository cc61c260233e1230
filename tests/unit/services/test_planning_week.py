"""A week planned from beginning to end, with the solver in its own process."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.errors import BadInputError, ConflictError, RefusedError, SolverError
from desktop.services.commands import ChangeSetting, RecordAbsence
from desktop.services.demo import make_sample
from desktop.services.planning import (
    build_problem,
    check_plan,
    list_plans,
    plan_view,
    plan_week,
    ready_problem,
    settings_for,
)
from desktop.services.planning.week import PlanSummary
from desktop.store.engine import Store
from scheduler.evaluate import evaluate_plan
from scheduler.params import Params
from scheduler.result import Progress
from scheduler.validate import check_problem
from tests.helpers.planning_firm import MONDAY, WEEK, Firm, day, desk_of, slot

FEW = Params(seed=4, time_limit=None, iteration_limit=50)


@pytest.fixture
def store(sqlite_store: Store) -> Store:
    """Two people and three requests, of which nobody can serve the last."""
    with sqlite_store.session(write=True) as session:
        firm = Firm(session)
        people = [firm.inspector("I1"), firm.inspector("I2")]
        factory = firm.factory("F1")
        requests = [firm.request(code, factory) for code in ("R1", "R2")]
        firm.request("R3", factory, level=5)
        firm.pin(requests[0], [people[1]], start_slot=slot(2), mode=0)
        session.commit()
    return sqlite_store


def test_a_week_becomes_a_draft(store: Store) -> None:
    seen: list[Progress] = []
    made = plan_week(desk_of(store), WEEK, FEW, seen.append)
    view = plan_view(store, made.code)
    assert (made.assigned, made.left_out, made.bound_cents, made.gap) == (2, 1, None, None)
    assert (view.header.cost_cents, view.header.seed) == (made.cost_cents, 4)
    assert [member.code for member in view.visits[0].inspectors] == ["I2"], "as pinned"
    assert seen
    pair = check_plan(store, made.code)
    assert evaluate_plan(pair.problem, pair.plan).broken == ()
    assert desk_of(store).undo_label() == made.outcome.label


def test_a_plan_is_not_kept_where_records_change_meanwhile(store: Store) -> None:
    seen: list[Progress] = []

    def disturb(progress: Progress) -> None:
        if not seen:
            desk_of(store, "hoa").handle(RecordAbsence("I1", slot(0), slot(0)))
        seen.append(progress)

    with pytest.raises(ConflictError, match="have changed since this plan was computed"):
        plan_week(desk_of(store), WEEK, FEW, disturb)
    assert list_plans(store) == ()


def test_a_solver_that_fails_leaves_nothing(store: Store) -> None:
    with pytest.raises(SolverError, match="cannot be started"):
        plan_week(desk_of(store), WEEK, FEW, command=("no-such-program-as-this",))
    assert list_plans(store) == ()


def test_a_run_by_the_settings_of_the_house_can_be_stopped_with_its_best_plan(store: Store) -> None:
    desk_of(store).handle(ChangeSetting("late_cost_cents", 4321))
    made = plan_week(desk_of(store), settings_for(store, MONDAY), Params(time_limit=100), stop=lambda: True)
    assert (made.status, made.assigned) == ("stopped", 2)
    assert plan_view(store, made.code).settings.late_cost_cents == 4321


def test_records_that_contradict_one_another_are_named_before_anything_is_solved(store: Store) -> None:
    desk_of(store).handle(RecordAbsence("I2", slot(2), slot(2)))
    with pytest.raises(BadInputError) as refused:
        ready_problem(store, WEEK)
    assert len(refused.value.faults) == 1
    assert "R1" in refused.value.faults[0]
    assert "I2" in refused.value.faults[0]


def test_days_without_any_request(store: Store) -> None:
    with pytest.raises(RefusedError, match="no open request has a window that reaches into"):
        ready_problem(store, replace(WEEK, first_day=day(-70), areas=("nowhere",)))


def test_a_week_of_which_nothing_can_be_served_is_still_answered(store: Store) -> None:
    made = plan_week(desk_of(store), replace(WEEK, first_day=day(28)), FEW)
    assert (made.assigned, made.left_out) == (0, 2), "R1 is pinned to another week"
    codes = {entry.reasons[0].code for entry in plan_view(store, made.code).unassigned}
    assert codes == {"window_over"}


def test_the_sample_company_has_a_sound_problem(sqlite_store: Store) -> None:
    make_sample(sqlite_store, inspectors=40, requests=120, seed=2, first_day=MONDAY)
    with sqlite_store.session() as session:
        built = build_problem(session, WEEK)
    assert check_problem(built.problem) == ()
    assert len(built.problem.requests) > 90
    assert 0 < len(built.impossible) < 6
    made: PlanSummary = plan_week(desk_of(sqlite_store), WEEK, FEW)
    assert made.assigned >= 0.8 * len(built.problem.requests)
    assert {entry.request for entry in built.impossible} <= {
        e.request for e in plan_view(sqlite_store, made.code).unassigned
    }
