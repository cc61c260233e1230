"""The command line, in a process as the desktop runs it and directly."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scheduler.cli import main
from scheduler.evaluate import evaluate_plan
from scheduler.plan import CostParts, Plan
from scheduler.problem import Problem
from scheduler.wire import load_plan, plan_to_json, problem_to_json, read_problem, save_json
from tests.helpers.drawn import draw_problem
from tests.helpers.small import inspector, problem, request, served

MADE = problem(tuple(request(f"R{n}") for n in range(8)), (inspector("I1"), inspector("I2", 10.0)))
SECONDS = 60  # that a run has, unless it is told to stop
LONG = read_problem(draw_problem(3, days=14, inspectors=30, requests=120, judged=False))  # not proven within a minute


@pytest.fixture
def problem_file(tmp_path: Path) -> Path:
    save_json(tmp_path / "problem.json", problem_to_json(MADE))
    return tmp_path / "problem.json"


def save_plan(folder: Path, plan: Plan) -> str:
    save_json(folder / "plan.json", plan_to_json(plan))
    return str(folder / "plan.json")


def start(problem_file: Path, *more: str) -> subprocess.Popen[str]:
    command = [
        sys.executable,
        "-m",
        "scheduler",
        "solve",
        str(problem_file),
        "--time-limit",
        str(SECONDS),
        "--progress",
        "jsonl",
    ]
    command += ["--out", str(problem_file.parent / "plan.json"), *more]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def events(lines: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.splitlines()]


def wait_for_improvement(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if json.loads(line).get("phase") == "improve":
            return
    pytest.fail(f"ended without improving: {process.stderr.read() if process.stderr else ''}")


def test_a_solve_writes_a_plan_that_keeps_the_rules(problem_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = problem_file.parent / "plan.json"
    assert main(["solve", str(problem_file), "--out", str(out), "--iterations", "200", "--seed", "7"]) == 0
    plan = load_plan(out)
    assert evaluate_plan(MADE, plan).broken == ()
    assert (plan.status, plan.bound, plan.seed) == ("optimal", plan.cost.total, 7)
    assert capsys.readouterr().out.startswith("optimal: 6 assigned, 2 left out, USD ")


def test_events_tell_phases_and_the_result(
    problem_file: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reader, writer = os.pipe()
    os.write(writer, b"what is not known is ignored\n")
    out = problem_file.parent / "plan.json"
    with os.fdopen(reader) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        status = main(["solve", str(problem_file), "--out", str(out), "--iterations", "200", "--progress", "jsonl"])
        os.close(writer)
    assert status == 0
    told = events(capsys.readouterr().out)
    assert [entry["phase"] for entry in told[:1]] == ["construct"]
    assert told[-1] == {
        "event": "result",
        "out": str(out),
        "status": "optimal",
        "cost": load_plan(out).cost.total,
        "bound": load_plan(out).bound,
    }


@pytest.mark.parametrize("how", ["line", "end of input", "interrupt", "terminate"])
def test_a_run_that_is_told_to_stop_leaves_its_best_plan(problem_file: Path, how: str) -> None:
    save_json(problem_file, problem_to_json(LONG))
    with start(problem_file) as process:
        wait_for_improvement(process)
        if how == "line":
            out, errors = process.communicate("stop\n", timeout=50)
        elif how == "end of input":
            out, errors = process.communicate(timeout=50)
        else:
            process.send_signal(signal.SIGINT if how == "interrupt" else signal.SIGTERM)
            out, errors = process.communicate(timeout=50)
    assert (process.returncode, errors) == (0, "")
    assert events(out)[-1]["status"] == "stopped"
    plan = load_plan(problem_file.parent / "plan.json")
    assert plan.status == "stopped"
    assert evaluate_plan(LONG, plan).broken == ()
    assert plan.seconds < SECONDS / 2


def test_bad_input_is_told_fault_by_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = problem_to_json(MADE)
    data["inspectors"][0]["available"] = [True]
    data["requests"][0]["site"] = "S9"
    save_json(tmp_path / "problem.json", data)
    arguments = ["solve", str(tmp_path / "problem.json"), "--out", str(tmp_path / "plan.json")]
    assert main(arguments) == 2
    assert capsys.readouterr().err.splitlines() == [
        "inspector I1: available: has 1 entries, not 10 (the horizon has 5 days)",
        "request R0: site: is not the id of a site (is S9)",
    ]
    assert not (tmp_path / "plan.json").exists()


def test_a_folder_that_is_not_there_is_told(problem_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["solve", str(problem_file), "--out", str(problem_file.parent / "absent" / "plan.json")]
    assert main([*arguments, "--iterations", "1"]) == 2
    assert "absent" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--time-limit", "0"], ["--time-limit", "nan"], ["--iterations", "-1"]])
def test_limits_that_make_no_sense_are_refused(problem_file: Path, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["solve", str(problem_file), "--out", "plan.json", *arguments])
    assert ended.value.code == 2


def checked(made: Problem, plan: Plan, folder: Path, *more: str) -> int:
    save_json(folder / "problem.json", problem_to_json(made))
    return main(["check", str(folder / "problem.json"), save_plan(folder, plan), *more])


def test_check_tells_a_plan_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = problem((request(),))
    plan = Plan((served(),), (), "feasible", CostParts(work=1000, travel=590), None, 0.1, 0)
    assert checked(made, plan, tmp_path) == 0
    assert capsys.readouterr().out == "1/1 assigned, USD 15.90, 0 broken\n"


def test_check_tells_what_is_broken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = problem((request(level=4),))
    plan = Plan((served(),), (), "feasible", CostParts(work=1000, travel=590), None, 0.1, 0)
    assert checked(made, plan, tmp_path) == 1
    assert "eligibility: I1 may not serve R1" in capsys.readouterr().out
    assert checked(made, plan, tmp_path, "--json") == 1
    judged = json.loads(capsys.readouterr().out)
    assert [fault["code"] for fault in judged["broken"]] == ["skill"]
    assert judged["cost"]["total"] == 1590
