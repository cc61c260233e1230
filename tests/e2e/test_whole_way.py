"""A planner's morning in the real program: from an empty folder to a published week."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.program import Program, within
from tests.helpers.shared import SHARED, needs_shared

MONDAY = "2026-11-30"


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path, str(tmp_path / "plans.db"))


def shown(program: Program) -> dict[str, Any]:
    """The plan, as a reader sees it."""
    found: dict[str, Any] = json.loads(within(program, "show", "--json").out)
    return found


def test_a_week_from_workbooks_to_published(program: Program, company_workbook: Path) -> None:
    program.run("template", "template.xlsx")
    assert (program.folder / "template.xlsx").stat().st_size > 0

    assert program.run("import", company_workbook).changes == (1,)
    planned = program.run("plan", "--from", MONDAY, "--time-limit", "1", "--seed", "1")
    assert planned.changes == (2,)
    before = shown(program)
    assert before["code"] in planned.out
    assert len(before["visits"]) + len(before["left_out"]) == before["assigned"] + before["unassigned"]
    visit = next(visit for visit in before["visits"] if len(visit["inspectors"]) == 1)
    assert visit["request"] in within(program, "show").out

    # a move to where it is already pins it, whatever the plan looks like
    moved = program.run("move", visit["request"], "--to", visit["inspectors"][0], "--on", visit["first_day"])
    assert moved.changes == (3,)
    assert program.run("undo").changes == (4,)
    assert shown(program) == before
    assert program.run("redo").changes == (5,)
    assert visit["request"] in {entry["request"] for entry in shown(program)["visits"] if entry["pinned"]}
    assert program.run("unpin", visit["request"]).changes == (6,)
    assert program.run("unassign", visit["request"]).changes == (7,)
    assert visit["request"] in {entry["request"] for entry in shown(program)["left_out"]}
    assert program.run("undo").changes == (8,)
    assert program.run("pin", visit["request"]).changes == (9,)
    assert json.loads(within(program, "check", "--json").out)["broken"] == []

    program.run("backup", "backup.db")
    assert program.run("publish").changes == (10,)
    refused = program.run("undo", code=1)
    assert "publi" in refused.err
    assert not refused.changes
    assert all(visit["published"] for visit in shown(program)["visits"])

    history = json.loads(within(program, "history", "--json").out)
    assert [entry["change_id"] for entry in history] == list(range(10, 0, -1))
    assert {entry["actor"] for entry in history} == {"mei"}

    program.run("restore", "backup.db")
    assert shown(program)["status"] == "draft"
    assert len(json.loads(within(program, "history", "--json").out)) == 9


@needs_shared
def test_the_exported_pair_keeps_all_rules_by_the_independent_judge(program: Program, company_workbook: Path) -> None:
    within(program, "import", company_workbook)
    within(program, "plan", "--from", MONDAY, "--time-limit", "1")
    for stage in ("draft", "published"):
        within(program, "export", "--out", stage)
        folder = program.folder / stage
        files = {path.name for path in folder.iterdir()}
        assert files == {"plan.json", "problem.json", "plan.xlsx", "plan.csv", "board.png"}
        judged = subprocess.run(
            (sys.executable, SHARED / "tools/check_plan.py", folder / "problem.json", folder / "plan.json"),
            capture_output=True,
            text=True,
            check=False,
        )
        assert judged.returncode == 0, judged.stdout + judged.stderr
        within(program, "publish", code=0 if stage == "draft" else 1)


def test_the_sample_week_from_one_command(tmp_path: Path) -> None:
    program = Program(tmp_path, "not used")
    for _ in range(2):
        arguments = ("--inspectors", "12", "--requests", "30", "--time-limit", "1", "--out", "out")
        done = program.run("run", *arguments)
        assert re.search(r"published: \$[\d,]+, (gap|no bound yet).*, \d+ assigned, \d+ unassigned$", done.out.strip())
    left = {path.name for path in (tmp_path / "out").iterdir()}
    assert left >= {"plan.json", "problem.json", "plan.xlsx", "board.png"}
    plan = json.loads((tmp_path / "out" / "plan.json").read_text(encoding="utf-8"))
    assert plan["assignments"]
