"""The solver on drawn problems of every kind: no rule broken, everything left out explained, nothing overlooked."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scheduler.params import Params
from scheduler.solve import solve
from scheduler.wire import plan_to_json, read_problem
from tests.helpers.drawn import draw_problem
from tests.helpers.judge import Judge, quick_judge_of, verdict
from tests.helpers.shared import needs_shared
from tests.helpers.soak import scaled
from tests.helpers.solving import solved

Json = dict[str, Any]
pytestmark = [needs_shared, pytest.mark.soak]


def test_a_small_plan_breaks_no_rule_and_states_what_is_true() -> None:
    for seed in range(scaled(2_000)):
        problem = draw_problem(seed)

        assert verdict(problem, plan_to_json(solved(problem, seed, steps=25))).texts == (), f"seed {seed}"


def test_a_larger_plan_breaks_no_rule_and_states_what_is_true() -> None:
    for seed in range(scaled(100)):
        rng = random.Random(seed)
        problem = draw_problem(seed, inspectors=rng.randint(10, 25), requests=rng.randint(30, 60))

        assert verdict(problem, plan_to_json(solved(problem, seed, steps=200))).texts == (), f"seed {seed}"


def test_a_run_that_is_stopped_gives_its_best_plan_so_far() -> None:
    stopped = 0
    for seed in range(scaled(300)):
        problem, stop = draw_problem(seed), StopAfter(seed % 20)

        plan = solve(read_problem(problem), Params(seed=seed, time_limit=None), stop=stop)

        # where nobody can serve anything the run is over by itself; what is proven is proven though stopped
        assert plan.status in (("stopped", "optimal") if stop.said else ("feasible", "optimal")), f"seed {seed}"
        assert verdict(problem, plan_to_json(plan)).texts == (), f"seed {seed}"
        stopped += stop.said
    assert stopped


class StopAfter:
    """A stop that says yes once it has been asked a number of times."""

    def __init__(self, times: int) -> None:
        self.left = times
        self.said = False

    def __call__(self) -> bool:
        """Whether to stop now."""
        self.said = self.left <= 0
        self.left -= 1
        return self.said


def test_a_plan_goes_on_from_a_plan_given_and_is_no_dearer() -> None:
    for seed in range(scaled(300)):
        problem = draw_problem(seed)
        first = solved(problem, seed, steps=100)

        second = solve(read_problem(problem), Params(seed=seed + 1, time_limit=None, iteration_limit=5), initial=first)

        assert second.cost.total <= first.cost.total, f"seed {seed}"
        assert verdict(problem, plan_to_json(second)).texts == (), f"seed {seed}"


def test_the_plan_does_not_depend_on_the_order_in_which_a_process_hashes_text(tmp_path: Path) -> None:
    problem = tmp_path / "problem.json"
    problem.write_text(json.dumps(draw_problem(3, days=7, inspectors=20, requests=50)), encoding="utf-8")
    plans = []
    for hash_seed in ("1", "2"):
        out = tmp_path / f"plan-{hash_seed}.json"
        command = [
            "-m",
            "scheduler",
            "solve",
            str(problem),
            "--out",
            str(out),
            "--seed",
            "5",
            "--iterations",
            "200",
        ]
        subprocess.run([sys.executable, *command], check=True, env=os.environ | {"PYTHONHASHSEED": hash_seed})
        plan = json.loads(out.read_text(encoding="utf-8"))
        plans.append({key: plan[key] for key in ("assignments", "unassigned", "cost", "status")})

    assert plans[0]["assignments"]
    assert plans[0] == plans[1]


def test_nothing_is_left_out_that_one_person_could_add_at_less_than_it_costs_to_leave() -> None:
    for seed in range(scaled(300)):
        problem = draw_problem(seed, days=7)
        judge, plan = quick_judge_of(problem), plan_to_json(solved(problem, seed, steps=25))
        for entry in plan["unassigned"]:
            cheapest = cheapest_addition(judge, plan, judge.requests[entry["request"]])

            assert cheapest is None or cheapest >= plan["cost"]["total"], f"seed {seed}: {entry['request']}"


def cheapest_addition(judge: Judge, plan: Json, request: Json) -> int | None:
    """The total of the plan with a request added, where it is cheapest of all that one person can do; None: nowhere."""
    left = [entry for entry in plan["unassigned"] if entry["request"] != request["id"]]
    best = None
    for index, mode in enumerate(request["modes"]):
        for slot in range(2 * judge.days) if mode["crew"] == 1 else ():
            for name in judge.inspectors:
                visit = {"request": request["id"], "mode": index, "start_slot": slot, "inspectors": [name]}
                texts: list[str] = []
                judge.check_visit(request, mode, visit, slot, slot + mode["half_days"] - 1, texts)
                if texts:
                    continue
                broken, parts = judge.judge(plan | {"assignments": [*plan["assignments"], visit], "unassigned": left})
                if not broken:
                    total = sum(parts.values())
                    best = total if best is None else min(best, total)
    return best


def test_the_reasons_that_name_a_lack_are_true() -> None:
    """What the judge says of each start by itself bears them out, whatever else is planned."""
    named = dict.fromkeys(("no_start", "nobody_eligible", "crew_too_small", "nobody_leads"), 0)
    for seed in range(scaled(1_000)):
        problem = draw_problem(seed)
        judge = quick_judge_of(problem)
        for entry in solved(problem, seed, steps=0).unassigned:
            for reason in entry.reasons:
                if reason.code in named:
                    named[reason.code] += 1
                    able = able_by_start(judge, judge.requests[entry.request])
                    case = f"seed {seed}, {entry.request}: {reason.text}"
                    assert CLAIMS[reason.code](able), case
    assert all(named.values()), named


# start (crew, mode, slot) to the people who may serve it then, and whether one of them could lead
Able = dict[tuple[int, int, int], tuple[list[str], bool]]
CLAIMS: dict[str, Callable[[Able], bool]] = {
    "no_start": lambda able: not able,
    "nobody_eligible": lambda able: bool(able) and not any(people for people, _ in able.values()),
    "crew_too_small": lambda able: len({name for people, _ in able.values() for name in people}) < min(able)[0],
    "nobody_leads": lambda able: bool(able) and not any(leads for _, leads in able.values()),
}


def able_by_start(judge: Judge, request: Json) -> Able:
    """For every start that window, site and horizon allow, who is eligible then, whatever else is planned."""
    found: Able = {}
    for index, mode in enumerate(request["modes"]):
        for slot in range(2 * judge.days):
            last = slot + mode["half_days"] - 1
            texts: list[str] = []
            judge.check_visit(request | {"lead": None}, mode, {"inspectors": [], "mode": index}, slot, last, texts)
            if any("needs" not in text for text in texts):
                continue
            people, leads = [], False
            for name in judge.inspectors:
                texts = []
                judge.check_visit(request, mode, {"inspectors": [name], "mode": index}, slot, last, texts)
                if not any("not eligible" in text for text in texts):
                    people.append(name)
                    leads = leads or not any("can lead" in text for text in texts)
            found[mode["crew"], index, slot] = people, leads
    return found
