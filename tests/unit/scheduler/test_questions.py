"""The commands that ask about plans: rank, verdict and diff."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scheduler.cli import main
from scheduler.plan import Assignment, CostParts, Plan, Reason, Unassigned
from scheduler.problem import Problem
from scheduler.wire import plan_to_json, problem_to_json, save_json
from tests.helpers.small import day, inspector, problem, request, served

MADE = problem(
    (request("R1"), request("R2", level=3, latest=day(1), due=day(1))),
    (inspector("I1"), inspector("I2", 10.0, skills={"toys": 2})),
)
NOTHING_ELSE = (Unassigned("R2", (Reason("drawn", "drawn"),)),)


def asked(folder: Path, made: Problem, *assignments: tuple[Assignment, ...]) -> list[str]:
    """A problem and plans on disk: their files."""
    save_json(folder / "problem.json", problem_to_json(made))
    files = [str(folder / "problem.json")]
    for n, entries in enumerate(assignments):
        plan = Plan(entries, NOTHING_ELSE, "feasible", CostParts(), None, 0.1, 0)
        save_json(folder / f"plan{n}.json", plan_to_json(plan))
        files.append(str(folder / f"plan{n}.json"))
    return files


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_rank_gives_the_cheapest_places_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = asked(tmp_path, MADE, (served("R1", 0, ("I1",)),))
    assert main(["rank", *files, "R2", "--top", "1", "--repeat", "3"]) == 0
    found = told(capsys)
    first = found["candidates"][0]
    # Monday is taken: I1's second day, and a night there, cheaper than both ways once more
    assert (first["inspectors"], first["mode"], first["start_slot"]) == (["I1"], 0, 2)
    assert first["moves"] == []
    assert first["added"]["total"] == 1100 + 500
    assert first["cost"]["total"] == 1100 + 500 - 50_000
    assert found["present"] is None
    assert 0 < found["milliseconds"]["p50"] <= found["milliseconds"]["p95"]
    assert 0 < found["moves_milliseconds"]["p50"] <= found["moves_milliseconds"]["p95"]


def test_rank_tells_what_moves(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = problem((request("R1"), request("R2", latest=day(0), due=day(0))))
    files = asked(tmp_path, made, (served("R1", 0),))
    assert main(["rank", *files, "R2", "--top", "1"]) == 0
    (only,) = told(capsys)["candidates"]
    assert only["moves"] == [
        {
            "request": "R1",
            "before": {"inspectors": ["I1"], "mode": 0, "start_slot": 0},
            "after": {"inspectors": ["I1"], "mode": 0, "start_slot": 2},
        }
    ]
    assert only["added"]["total"] == 1100 + 500


def test_a_legal_place_is_told_with_its_cost(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = asked(tmp_path, MADE, (served("R1", 0, ("I1",)),))
    assert main(["verdict", *files, "R2", "--inspector", "I1", "--slot", "2"]) == 0
    found = told(capsys)
    assert (found["legal"], found["broken"], found["mode"]) == (True, [], 0)
    assert found["cost"]["parts"]["work"] == 1100
    assert found["cost"]["total"] == 1100 + 500 - 50_000


def test_a_place_that_breaks_rules_names_them_and_what_would_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = asked(tmp_path, MADE, (served("R1", 0, ("I1",)),))
    assert main(["verdict", *files, "R2", "--inspector", "I2", "--slot", "4"]) == 1
    found = told(capsys)
    assert not found["legal"]
    assert [entry["code"] for entry in found["broken"]] == ["late", "skill"]
    assert "has level 2: toys at level 3 is needed" in found["broken"][1]["text"]
    assert found["waive"] == ["eligibility", "window"]
    assert main(["verdict", *files, "R2", "--inspector", "I1", "--slot", "0"]) == 1
    assert "twice" in {entry["code"] for entry in told(capsys)["broken"]}


def test_what_is_not_known_is_named_all_of_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = asked(tmp_path, MADE, ())
    assert main(["verdict", *files, "R9", "--inspector", "I1", "--inspector", "I8", "--slot", "0"]) == 2
    assert capsys.readouterr().err.splitlines() == [
        "argument: request: is not the id of one of the problem's requests (is R9)",
        "argument: --inspector: is not the id of one of the problem's inspectors (is I8)",
    ]
    assert main(["verdict", *files, "R1", "--inspector", "I1", "--slot", "0", "--mode", "1"]) == 2
    assert "must be 0 to 0" in capsys.readouterr().err
    assert main(["rank", *files, "R9"]) == 2


def test_diff_lists_requests_and_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = asked(tmp_path, MADE, (served("R1", 0, ("I2",)),), (served("R1", 2, ("I1",)), served("R2", 0, ("I1",))))
    assert main(["diff", *files]) == 0
    found = told(capsys)
    assert [(entry["request"], entry["before"] is None) for entry in found["requests"]] == [("R1", False), ("R2", True)]
    assert [(entry["inspector"], entry["gone"], entry["come"]) for entry in found["people"]] == [
        ("I1", [], ["R1", "R2"]),
        ("I2", ["R1"], []),
    ]
    every = [*found["requests"], *found["people"]]
    assert sum(entry["cost"]["total"] for entry in every) == found["cost"]["total"]


def test_diff_tells_another_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = asked(tmp_path, MADE, (served("R1", 0),), (served("R1", 2),))
    assert main(["diff", *files]) == 0
    found = told(capsys)
    assert [(entry["inspector"], entry["moved"]) for entry in found["people"]] == [("I1", ["R1"])]
    assert main(["diff", files[0], files[1], files[1]]) == 0
    assert told(capsys)["requests"] == []


def test_questions_load_no_compiled_code() -> None:
    script = "import sys, scheduler.cli; sys.exit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
