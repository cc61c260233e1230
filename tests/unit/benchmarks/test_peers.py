"""The peers that the solver is compared with: whatever they plan keeps every rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.evaluate import evaluate
from scheduler.plan import Plan
from scheduler.problem import Problem
from scheduler.wire import load_plan, read_problem, save_json
from tests.benchmarks.peers.__main__ import PEERS, is_installed, main, plan_with
from tests.helpers.drawn import draw_problem
from tests.helpers.soak import scaled

SECONDS = 0.5  # for a routing library, modelling included
needs_pyvrp = pytest.mark.skipif(not is_installed("pyvrp"), reason="pyvrp comes with the optional extra `peers`")
routing_peers = pytest.mark.parametrize("peer", ["routing", pytest.param("pyvrp", marks=needs_pyvrp)])


def judged(problem: Problem, plan: Plan) -> None:
    """See that a plan keeps the rules, decides on every request and states its cost."""
    found = evaluate(problem, plan.assignments)
    assert found.broken == ()
    assert found.cost == plan.cost
    decided = [entry.request for entry in plan.assignments] + [entry.request for entry in plan.unassigned]
    assert sorted(decided) == sorted(request.id for request in problem.requests)


def test_the_coordinator_breaks_no_rule() -> None:
    served = 0
    for seed in range(scaled(300)):
        problem = read_problem(draw_problem(seed))

        plan = plan_with("greedy", problem, SECONDS, seed)

        judged(problem, plan)
        served += len(plan.assignments)
    assert served


@routing_peers
def test_a_routing_library_breaks_no_rule_and_is_no_dearer_than_the_coordinator(peer: str) -> None:
    cheaper = 0
    for seed in range(max(10, scaled(100))):
        problem = read_problem(draw_problem(seed, days=5, inspectors=5, requests=14))

        plan = plan_with(peer, problem, SECONDS, seed)

        judged(problem, plan)
        coordinator = plan_with("greedy", problem, SECONDS, seed).cost.total
        assert plan.cost.total <= coordinator, f"seed {seed}"
        cheaper += plan.cost.total < coordinator
    assert cheaper


@pytest.mark.parametrize("peer", PEERS)
def test_the_command_writes_the_plan_or_says_what_is_not_installed(
    peer: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drawn = draw_problem(4, days=5)
    problem, out = tmp_path / "problem.json", tmp_path / "plan.json"
    save_json(problem, drawn)

    status = main([peer, str(problem), "--out", str(out), "--time-limit", f"{SECONDS}"])

    if is_installed(peer):
        assert status == 0
        judged(read_problem(drawn), load_plan(out))
    else:
        assert status == 3
        assert "extra `peers`" in capsys.readouterr().err
        assert not out.exists()
