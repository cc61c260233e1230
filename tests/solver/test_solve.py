"""What a caller of the solver may rely on: rules, pins, determinism, limits, stop, progress, warm starts."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
from pathlib import Path

import pytest

from scheduler.errors import BadProblemError
from scheduler.evaluate import OPTIMAL_GAP, evaluate_plan
from scheduler.params import Params
from scheduler.plan import CostParts, Plan
from scheduler.problem import Announcement, Lead, Mode, Pin, Problem, Rotation, Start
from scheduler.result import Progress
from scheduler.solve import solve
from scheduler.stop import StopFlag
from scheduler.wire import load_plan, plan_to_json, read_problem, save_json
from tests.helpers.drawn import draw_problem
from tests.helpers.small import at, day, inspector, problem, request, served, site
from tests.helpers.soak import scaled

STEPS = Params(seed=1, time_limit=None, iteration_limit=300)


def solved(made: Problem, params: Params = STEPS) -> Plan:
    plan = solve(made, params)
    assert evaluate_plan(made, plan).broken == ()
    return plan


def without_time(plan: Plan) -> dict[str, object]:
    return {key: value for key, value in plan_to_json(plan).items() if key != "seconds"}


@pytest.mark.soak
def test_no_plan_breaks_a_rule_and_every_omission_has_a_reason() -> None:
    for seed in range(scaled(300)):
        made = read_problem(draw_problem(seed))
        plan = solve(made, Params(seed=seed, time_limit=None, iteration_limit=60))
        judged = evaluate_plan(made, plan)
        assert judged.broken == (), f"seed {seed}"
        assert judged.cost == plan.cost, f"seed {seed}"
        assert plan.bound is None or plan.bound <= plan.cost.total, f"seed {seed}"
        assert plan.status == ("feasible" if plan.gap is None or plan.gap > OPTIMAL_GAP else "optimal")


def test_equal_runs_give_equal_plans() -> None:
    made = read_problem(draw_problem(5, inspectors=8, requests=15, days=7))
    assert without_time(solve(made, STEPS)) == without_time(solve(made, STEPS))


def test_equal_runs_of_different_processes_give_equal_plans(tmp_path: Path) -> None:
    save_json(tmp_path / "problem.json", draw_problem(5, inspectors=8, requests=15, days=7))
    plans = []
    for hash_seed in ("1", "2"):
        command = [sys.executable, "-m", "scheduler", "solve", "problem.json", "--out", "plan.json"]
        subprocess.run(
            [*command, "--iterations", "200"],
            check=True,
            cwd=tmp_path,
            env=os.environ | {"PYTHONHASHSEED": hash_seed},
            stdout=subprocess.DEVNULL,
        )
        plans.append(without_time(load_plan(tmp_path / "plan.json")))
    assert plans[0] == plans[1]


def test_a_time_limit_that_does_not_bind_changes_nothing() -> None:
    made = read_problem(draw_problem(6, inspectors=8, requests=15, days=7))
    timed = dataclasses.replace(STEPS, time_limit=600.0)
    assert without_time(solve(made, STEPS)) == without_time(solve(made, timed))


def test_the_time_limit_ends_a_run() -> None:
    made = read_problem(draw_problem(7, inspectors=8, requests=15, days=7))
    plan = solved(made, Params(time_limit=0.05))
    assert plan.status in {"feasible", "optimal"}
    assert plan.seconds < 300


def test_a_run_without_limits_ends_with_the_proof_of_its_plan() -> None:
    plan = solved(problem(tuple(request(f"R{n}") for n in range(6))), Params(time_limit=None))
    assert plan.status == "optimal"
    assert plan.bound == plan.cost.total


@pytest.mark.parametrize("after", [0, 3])
def test_a_run_that_is_stopped_gives_its_best_plan(after: int) -> None:
    made = problem(tuple(request(f"R{n}") for n in range(6)), rotation=Rotation(9, 90))
    asked = 0

    def stop() -> bool:
        nonlocal asked
        asked += 1
        return asked > after

    plan = solve(made, Params(time_limit=None), stop)
    assert plan.status == "stopped"
    assert (plan.log["iterations"] > 0) == (after > 0)
    assert evaluate_plan(made, plan).broken == ()
    assert len(plan.assignments) == 5


def test_a_flag_set_by_a_listener_stops_the_run() -> None:
    flag = StopFlag()
    phases = []

    def listen(progress: Progress) -> None:
        phases.append(progress.phase)
        if progress.phase == "improve":
            flag.set()

    made = problem(tuple(request(f"R{n}") for n in range(6)))
    assert solve(made, Params(time_limit=None), flag, listen).status == "stopped"
    assert phases[0] == "construct"
    assert phases[-1] == "done"


def test_progress_never_rises_in_cost_nor_falls_in_bound() -> None:
    seen: list[Progress] = []
    made = read_problem(draw_problem(7, inspectors=8, requests=15, days=7))
    plan = solve(made, Params(time_limit=2.0), on_progress=seen.append)
    bounds = [entry.bound for entry in seen if entry.bound is not None]
    assert bounds == sorted(bounds)
    assert all(bound <= plan.cost.total for bound in bounds)
    costs = [entry.incumbent for entry in seen if entry.incumbent is not None]
    assert costs == sorted(costs, reverse=True)
    assert costs[-1] == plan.cost.total
    assert seen[-1].unassigned == len(plan.unassigned)


def test_faults_are_told_before_anything_is_solved() -> None:
    with pytest.raises(BadProblemError, match="request R1: site: is not the id of a site"):
        solve(problem((request(where="S9"),)))


def test_pins_come_before_what_pays_better() -> None:
    # the pinned one is worth nothing and takes the only day that there is
    made = problem(
        (request("R1", unserved_cost=0, pin=Pin(("I1",), 0, 0)), request("R2", latest=day(0), due=day(0))),
    )
    assert solved(made).assignments == (served("R1", 0),)


def test_each_kind_of_pin_is_kept() -> None:
    made = problem(
        (
            request("R1", pin=Pin(("I2",))),
            request("R2", pin=Pin(None, 6)),
            request("R3", modes=(Mode(1, 2), Mode(2, 2)), pin=Pin(None, None, 1)),
            request("R4", pin=Pin()),
        ),
        (inspector("I1"), inspector("I2", 300.0)),
        rotation=Rotation(9, 90),
    )
    plan = {entry.request: entry for entry in solved(made).assignments}
    assert plan["R1"].inspectors == ("I2",)
    assert plan["R2"].start_slot == 6
    assert plan["R3"].mode == 1
    assert "R4" in plan


def test_waivers_lift_their_rule_for_their_visit() -> None:
    waived = Pin(("I1",), 0, 0, frozenset({"window", "site", "availability", "eligibility", "rotation"}))
    made = problem(
        (request("R1", level=5, earliest=day(1), pin=waived), request("R2"), request("R3")),
        (inspector(available=(False, False) + (True,) * 8),),
        (site(closed=frozenset({day(0)})),),
        rotation=Rotation(1, 90),
    )
    plan = solved(made)
    assert len(plan.assignments) == 2  # R1, and one of the others: its visit is the one that rotation allows
    assert plan.assignments[0] == served("R1", 0)


def test_a_pinned_visit_in_reach_of_another_only_brings_that_one_along() -> None:
    made = problem(
        (request("R1", "far", pin=Pin(("I1",), 4, 0)), request("R2", "middle"), request("R3", "middle")),
        sites=(site("far", 699.5), site("middle", 519.5)),
    )
    assert [entry.request for entry in solved(made).assignments] == ["R1", "R2", "R3"]


def test_a_crew_works_together_and_one_of_them_leads() -> None:
    made = problem(
        (request("R1", modes=(Mode(3, 2),), lead=Lead(5)), request("R2", modes=(Mode(2, 4),))),
        tuple(inspector(f"I{n}", skills={"toys": 5 if n == 4 else 3}) for n in range(1, 5)),
    )
    plan = {entry.request: entry for entry in solved(made).assignments}
    assert len(plan["R1"].inspectors) == 3
    assert "I4" in plan["R1"].inspectors
    assert len(plan["R2"].inspectors) == 2


def test_someone_on_the_road_is_used_from_there_on() -> None:
    # 199.5 km north already: serving there on Tuesday saves the journey out
    road = inspector("I1", start=Start(2, at(199.5), 0.0, "CN", (0,)))
    made = problem((request(),), (inspector("I2"), road), (site(km=199.5),))
    assert solved(made).assignments == (served("R1", 2, ("I1",)),)


def test_what_is_announced_is_kept_where_nothing_better_pays_for_the_change() -> None:
    people = (inspector("I1"), inspector("I2", 5.0))
    free = solved(problem((request(),), people)).assignments[0]
    assert free.inspectors == ("I2",)  # 24.5 km instead of 29.5: 100 cents less
    told = problem((request(),), people, published={"R1": Announcement(("I1",), 4, 101, 1, 1)})
    assert solved(told).assignments == (served("R1", 4, ("I1",)),)


def test_a_given_plan_is_returned_where_no_step_is_allowed() -> None:
    made = problem((request("R1"), request("R2")))
    given = Plan((served("R1", 8), served("R2", 2)), (), "feasible", CostParts(), None, 0.0, 0)
    plan = solve(made, dataclasses.replace(STEPS, iteration_limit=0), initial=given)
    assert plan.assignments == given.assignments


def test_of_a_given_plan_only_what_keeps_the_rules_is_taken() -> None:
    made = problem((request("R1"), request("R2", level=4)))
    given = Plan((served("R1", 0), served("R2", 2), served("R9", 4)), (), "feasible", CostParts(), None, 0.0, 0)
    plan = solve(made, dataclasses.replace(STEPS, iteration_limit=0), initial=given)
    assert plan.assignments == (served("R1", 0),)


@pytest.mark.parametrize(
    "made",
    [
        problem(()),
        problem((request(),), ()),
        problem((), (), ()),
        problem((request(),), sites=(site(km=5000.0),)),
        problem((request(modes=(Mode(1, 40),)),)),
        problem((request(days=1),), (inspector(days=1),), days=1),
        problem((request(days=28),), (inspector(days=28),), days=28),
    ],
    ids=["no requests", "no inspectors", "nothing", "out of reach", "too long", "one day", "28 days"],
)
def test_edges_are_solved_too(made: Problem) -> None:
    plan = solved(made)
    assert len(plan.assignments) + len(plan.unassigned) == len(made.requests)
