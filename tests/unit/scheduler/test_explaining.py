"""The commands that explain and weigh: explain, prices and stability."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scheduler.cli import main
from scheduler.plan import Assignment, CostParts, Plan, Reason, Unassigned
from scheduler.problem import Announcement, Mode, Pin, Problem
from scheduler.wire import plan_to_json, problem_to_json, save_json
from tests.helpers.small import day, inspector, problem, request, served

LEFT = (Unassigned("R2", (Reason("drawn", "drawn"),)),)
# Monday alone is in the window of R2, and I1 is taken on Monday; I2 lacks a level
MADE = problem(
    (request("R1"), request("R2", level=3, latest=day(0), due=day(0))),
    (inspector("I1"), inspector("I2", 10.0, skills={"toys": 2})),
)


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def files(folder: Path, made: Problem, *assignments: Assignment) -> list[str]:
    """A problem and a plan on disk."""
    save_json(folder / "problem.json", problem_to_json(made))
    served_ids = {entry.request for entry in assignments}
    left = tuple(entry for entry in LEFT if entry.request not in served_ids)
    save_json(folder / "plan.json", plan_to_json(Plan(assignments, left, "feasible", CostParts(), 1000, 0.1, 0)))
    return [str(folder / "problem.json"), str(folder / "plan.json")]


def test_a_request_left_out_is_explained_rule_by_rule(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", *files(tmp_path, MADE, served("R1", 0)), "R2"]) == 0
    found = told(capsys)
    assert (found["assigned"], found["starts"]) == (False, 1)
    assert found["inspectors"] == {"all": 2, "eligible": 1, "able": 0}
    assert found["leaving"]["total"] == 50_000
    failing = {(entry["code"], entry["inspectors"], entry["least"], entry["unit"]) for entry in found["failing"]}
    assert failing == {("skill", 1, 1, "levels"), ("twice", 1, 2, "half-days")}
    (near, other) = found["nearest"]
    assert (near["inspector"], near["broken"][0]["amount"]) == ("I1", 2)
    assert (other["inspector"], other["broken"][0]["amount"]) == ("I2", 1)


def test_the_cheapest_change_comes_first_and_costs_what_it_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", *files(tmp_path, MADE, served("R1", 0)), "R2"]) == 0
    found = told(capsys)
    kinds = {entry["kind"]: entry for entry in found["changes"]}
    # I2 from 19.5 km away: 1000 for the day and 390 of travel
    assert kinds["level"]["cost"]["total"] == kinds["training"]["cost"]["total"] == 1390 - 50_000
    # I1's second day, a day late, and a night there, which is cheaper than both ways once more
    assert kinds["later"]["cost"]["total"] == 1100 + 500 + 3000 - 50_000
    assert found["changes"][0]["cost"]["total"] == 1390 - 50_000
    assert all(entry["lets_in"] for entry in found["changes"])
    assert found["reasons"][0]["lift"] == "toys at level 2 instead of 3: I2 from 2026-11-30 morning adds USD 13.90"
    # R1 moves to I2 for it, or is left out
    assert found["candidates"][0]["moves"][0]["after"]["inspectors"] == ["I2"]
    assert found["candidates"][0]["cost"]["total"] == 1390 - 50_000
    assert found["instead"][0]["gone"]["request"] == "R1"
    assert found["instead"][0]["cost"]["total"] == 0


def test_a_pinned_visit_in_the_way_is_freed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = problem(
        (request("R1", pin=Pin(("I1",), 0, 0)), request("R2", latest=day(0), due=day(0))),
    )
    assert main(["explain", *files(tmp_path, made, served("R1", 0)), "R2"]) == 0
    found = told(capsys)
    assert [entry for entry in found["candidates"] if entry["moves"]] == []
    (freed,) = (entry for entry in found["changes"] if entry["kind"] == "freed")
    assert freed["text"] == "R1 freed from its pin"
    assert freed["moves"][0]["after"] == {"inspectors": ["I1"], "mode": 0, "start_slot": 2}
    assert freed["cost"]["total"] == 1100 + 500 - 50_000


def test_a_longer_visit_of_fewer_people_is_offered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = problem((request("R1"), request("R2", modes=(Mode(2, 2),))))
    assert main(["explain", *files(tmp_path, made, served("R1", 0)), "R2"]) == 0
    (split,) = (entry for entry in told(capsys)["changes"] if entry["kind"] == "split")
    assert (split["text"], split["to"]["mode"]) == ("1 for 4 half-days instead of 2 for 2", 1)


def test_a_request_served_is_compared_with_its_other_places(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", *files(tmp_path, MADE, served("R1", 0), served("R2", 0, ("I2",))), "R1"]) == 0
    found = told(capsys)
    assert (found["assigned"], found["pinned"], found["as_announced"]) == (True, False, None)
    assert found["added"]["total"] == 1000 + 590
    (other,) = found["others"]
    # I2's second day is dearer by 100, and home is nearer by 200
    assert (other["inspector"], other["best"]["start_slot"], other["broken"]) == ("I2", 2, [])
    assert [entry["cost"]["total"] for entry in found["candidates"][:2]] == [-100, -100]
    assert {entry["cost"]["total"] for entry in found["candidates"]} >= {-100, 0}


def test_a_plan_is_told_in_short(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", *files(tmp_path, MADE, served("R1", 0))]) == 0
    found = told(capsys)
    assert (found["requests"], found["assigned"], found["bound"], found["broken"]) == (2, 1, 1000, [])
    assert found["codes"] == {"nobody_free": 1}
    assert found["unassigned"][0]["leaving"]["total"] == 50_000
    assert found["gap"] == pytest.approx(1 - 1000 / (50_000 + 1590))


def test_what_is_not_known_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = files(tmp_path, MADE, served("R1", 0))
    assert main(["explain", *made, "R9"]) == 2
    assert "is not the id of one of the problem's requests (is R9)" in capsys.readouterr().err
    assert main(["stability", made[0]]) == 2
    assert "nothing was announced" in capsys.readouterr().err
    with pytest.raises(SystemExit) as ended:
        main(["stability", made[0], "--prices", "1,-1"])
    assert ended.value.code == 2


def test_prices_are_ceilings_and_some_are_tried(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = files(tmp_path, MADE, served("R1", 0))
    assert main(["prices", *made, "--time-limit", "20", "--exact", "1", "--top", "3"]) == 0
    found = told(capsys)
    assert found["gap"] == found["cost"] - found["bound"]
    assert found["rows"] >= len(found["ceilings"])
    assert found["unproven"] == 0
    for row in found["ceilings"]:
        assert row["ceiling"] >= row["beyond_gap"]
    if found["ceilings"]:
        first = found["ceilings"][0]
        assert 0 <= first["exact"]["saving"] <= first["ceiling"]


def test_the_curve_of_stability_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    announced = {"R1": Announcement(("I1",), 2, 400, 100, 900)}
    made = problem((request("R1"),), (inspector("I1"), inspector("I2", 29.5)), published=announced)
    save_json(tmp_path / "problem.json", problem_to_json(made))
    assert main(["stability", str(tmp_path / "problem.json"), "--prices", "0,2", "--iterations", "20"]) == 0
    found = told(capsys)
    assert found["announced"] == 1
    assert [(point["price"], point["share"]) for point in found["points"]] == [(0.0, 0.0), (2.0, 1.0)]
    assert [point["without_changes"] for point in found["points"]] == [1000, 1590]
