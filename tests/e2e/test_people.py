"""People and single records from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers.program import Program, within

MONDAY = "2026-11-30"


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a small sample company."""
    folder = tmp_path_factory.mktemp("founded")
    within(Program(folder, str(folder / "firm.db")), "demo", "--inspectors", "6", "--requests", "8", "--from", MONDAY)
    return folder / "firm.db"


@pytest.fixture
def program(tmp_path: Path, founded: Path) -> Program:
    path = tmp_path / "firm.db"
    path.write_bytes(founded.read_bytes())
    return Program(tmp_path, str(path))


def people(program: Program, *options: str) -> dict[str, dict[str, object]]:
    return {row["code"]: row for row in json.loads(within(program, "roster", *options, "--json").out)}


def test_people_are_listed_found_and_left_out(program: Program) -> None:
    assert len(people(program)) == 6
    name = str(people(program)["I0003"]["name"])
    assert "I0003" in people(program, name)
    text = within(program, "roster", name).out
    assert name in text
    within(program, "edit", "inspector", "I0003", "active=false", "team=North")
    assert "I0003" not in people(program)
    assert people(program, "--all", "--team", "North")["I0003"]["active"] is False


def test_an_absence_is_recorded_listed_removed_and_undone(program: Program) -> None:
    said = within(
        program,
        "absence",
        "add",
        "I0002",
        "--from",
        "2027-03-01",
        "--to",
        "2027-03-02",
        "--until-noon",
        "--kind",
        "training",
        "--note",
        "forklift",
    )
    assert "Mon 1 Mar 2027 morning to Tue 2 Mar 2027 morning" in said.out
    assert said.changes
    listed = json.loads(within(program, "absence", "list", "I0002", "--from", "2027-03-01", "--json").out)
    (found,) = listed
    assert (found["kind"], found["last_day"], found["until_noon"], found["from_noon"]) == (
        "training",
        "2027-03-02",
        True,
        False,
    )
    assert "forklift" in within(program, "absence", "list", "--from", "2027-03-02", "--to", "2027-03-02").out
    within(program, "absence", "remove", str(found["number"]))
    assert json.loads(within(program, "absence", "list", "I0002", "--from", "2027-03-01", "--json").out) == []
    within(program, "undo")
    assert len(json.loads(within(program, "absence", "list", "I0002", "--from", "2027-03-01", "--json").out)) == 1


def test_an_absence_of_nobody_is_refused(program: Program) -> None:
    assert "I0003" in within(program, "absence", "add", "I003", "--from", "2027-03-01", code=1).err
    assert "no absence" in within(program, "absence", "remove", "99999", code=1).err


def test_permits(program: Program) -> None:
    within(program, "permit", "add", "I0002", "湖北省", "--until", "2027-06-30")
    assert people(program)["I0002"]["permits"]["湖北省"] == "2027-06-30"  # type: ignore[index]
    within(program, "permit", "remove", "I0002", "湖北省")
    assert "湖北省" not in people(program)["I0002"]["permits"]  # type: ignore[operator]


def test_fields_of_a_record(program: Program) -> None:
    within(program, "edit", "inspector", "I0002", 'skills={"toys": 5}', "night_cost_cents=4100")
    assert people(program)["I0002"]["skills"] == {"toys": 5}
    assert "night_cost_cents" in within(program, "edit", "inspector", "I0002", "night_cost_cents=much", code=2).err
    assert "sets no field" in within(program, "edit", "inspector", "I0002", "team", code=2).err
    assert "no JSON" in within(program, "edit", "inspector", "I0002", "skills={", code=2).err


def test_a_factory_closed_and_an_orders_progress(program: Program) -> None:
    factory = "F0001"
    said = within(program, "close", factory, "--from", "2027-03-01", "--to", "2027-03-05", "--reason", "flood")
    assert said.changes
    assert within(program, "open-again", factory, "--from", "2027-03-03").changes
    history = within(program, "history", "--record", factory).out
    assert "Open F0001" in history
    assert "no order" in within(program, "progress", "O9", "40", code=1).err
