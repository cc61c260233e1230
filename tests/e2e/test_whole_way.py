"""A planner's morning in the real program: from an empty folder to a published week."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.program import Program
from tests.helpers.shared import SHARED, needs_shared

MONDAY = "2026-11-30"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The records of a small sample company as an import workbook."""
    folder = tmp_path_factory.mktemp("sample")
    program = Program(folder, str(folder / "sample.db"))
    program.run("demo", "--inspectors", "12", "--requests", "30", "--seed", "4", "--from", MONDAY)
    program.run("export", "--records", "--out", "company.xlsx")
    return folder / "company.xlsx"


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path, str(tmp_path / "plans.db"))


def test_a_week_from_workbooks_to_published(program: Program, sample: Path) -> None:
    program.run("template", "template.xlsx")
    assert (program.folder / "template.xlsx").stat().st_size > 0

    imported = program.run("import", sample)
    assert imported.changes == (1,)

    planned = program.run("plan", "--from", MONDAY, "--time-limit", "3", "--seed", "1")
    assert planned.changes == (2,)
    code = json.loads(program.run("plans", "--json").out)[0]["code"]
    assert code in planned.out

    shown = json.loads(program.run("show", "--json").out)
    assert shown["code"] == code
    assert shown["visits"]
    visit = shown["visits"][0]
    assert visit["request"] in program.run("show").out

    moved = program.run("unassign", visit["request"])
    assert moved.changes == (3,)
    undone = program.run("undo")
    assert undone.changes == (4,)
    assert program.run("redo").changes == (5,)
    program.run("undo")
    again = json.loads(program.run("show", "--json").out)
    assert again["visits"] == shown["visits"]
    assert again["cost"] == shown["cost"]

    assert program.run("pin", visit["request"]).changes == (7,)
    assert json.loads(program.run("check", "--json").out)["broken"] == []
    assert program.run("publish").changes == (8,)
    refused = program.run("undo", code=1)
    assert "publi" in refused.err
    assert not refused.changes

    history = json.loads(program.run("history", "--json").out)
    assert [entry["change_id"] for entry in history] == [8, 7, 6, 5, 4, 3, 2, 1]
    assert {entry["actor"] for entry in history} == {"mei"}


@needs_shared
def test_the_exported_pair_keeps_all_rules_by_the_independent_judge(program: Program, sample: Path) -> None:
    program.run("import", sample)
    program.run("plan", "--from", MONDAY, "--time-limit", "3")
    for stage in ("draft", "published"):
        program.run("export", "--out", stage)
        folder = program.folder / stage
        assert {path.name for path in folder.iterdir()} >= {"plan.json", "problem.json", "plan.xlsx", "board.png"}
        judged = subprocess.run(
            (
                sys.executable,
                str(SHARED / "tools/check_plan.py"),
                str(folder / "problem.json"),
                str(folder / "plan.json"),
            ),
            capture_output=True,
            text=True,
            check=False,
        )
        assert judged.returncode == 0, judged.stdout + judged.stderr
        program.run("publish", code=0 if stage == "draft" else 1)
