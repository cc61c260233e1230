"""Commands that the whole way does not come by: lists, settings, dry runs, drafts given up, the default database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers.program import Program, within

MONDAY = "2026-11-30"


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a small sample company and a draft of its week."""
    folder = tmp_path_factory.mktemp("planned")
    program = Program(folder, str(folder / "planned.db"))
    within(program, "demo", "--inspectors", "6", "--requests", "14", "--from", MONDAY)
    within(program, "plan", "--from", MONDAY, "--time-limit", "0.5")
    return folder / "planned.db"


@pytest.fixture
def program(tmp_path: Path, planned: Path) -> Program:
    path = tmp_path / "plans.db"
    path.write_bytes(planned.read_bytes())
    return Program(tmp_path, str(path))


def test_a_setting_is_listed_set_and_undone(program: Program) -> None:
    before = json.loads(within(program, "settings", "--json").out)
    assert before["late_cost_cents"] == 12000
    assert within(program, "set", "late_cost_cents", "15000").changes
    lines = within(program, "settings").out.splitlines()
    assert ["late_cost_cents", "15000", "12000"] in [line.split() for line in lines]
    assert within(program, "set", "late_cost_cents").changes
    assert json.loads(within(program, "settings", "--json").out) == before
    within(program, "undo")
    assert json.loads(within(program, "settings", "--json").out)["late_cost_cents"] == 15000


def test_a_setting_that_cannot_be_is_refused(program: Program) -> None:
    assert "late_cost_cents" in within(program, "set", "late_cost_cents", "soon", code=2).err


def test_the_plan_of_a_setting_costs_by_it(program: Program) -> None:
    within(program, "set", "days", "3")
    made = json.loads(within(program, "plan", "--from", MONDAY, "--time-limit", "0.5", "--json").out)
    assert made["days"] == 3
    assert made["change"] == 4


def test_a_list_of_another_firm_is_imported_in_words_and_known_again(program: Program) -> None:
    path = program.folder / "list.csv"
    rows = ("PO No.,品名 Item,Anzahl,工厂名称,Address,Insp. date,Type", *(
        f"HP-{n},Shirt,{900 if n else 'many'},东莞市示例制衣有限公司,广东省东莞市虎门镇示例路8号,0{4 + n}/12/2026,DUPRO"
        for n in range(3)
    ))  # fmt: skip
    path.write_bytes("\r\n".join(rows).encode("gb18030"))
    told: tuple[str, ...] = ("--constant", "client=C001", "--map", "Anzahl=quantity")
    assert "--date-order dmy" in within(program, "import", "list.csv", *told, code=2).err
    told = (*told, "--date-order", "dmy", "--encoding", "GBK")
    said = within(program, "import", "list.csv", *told, "--dry-run", code=2).out
    assert "Anzahl: Order: Quantity (100 %)" in said
    assert "2 new, 0 changed, 0 as they were, 1 with faults" in said
    done = within(
        program, "import", "list.csv", *told, "--skip-bad", "--refused", "bad.xlsx", "--save-profile", "Harrow"
    )
    assert "2 orders, 2 bookings" in done.out
    assert (program.folder / "bad.xlsx").exists()
    again = within(program, "import", "list.csv", "--dry-run", code=2).out
    assert "as the profile Harrow says" in again
    assert "2 as they were, 1 with faults" in again
    assert 'There is no column "Colour"' in within(program, "import", "list.csv", "--map", "Colour=note", code=2).err


def test_a_draft_given_up_is_no_longer_the_draft(program: Program) -> None:
    code = json.loads(within(program, "plans", "--json").out)[0]["code"]
    assert code in within(program, "plans").out
    assert within(program, "discard").changes
    assert json.loads(within(program, "plans", "--json").out)[0]["status"] == "discarded"
    within(program, "publish", code=1)
    within(program, "undo")
    assert within(program, "publish").changes


def test_a_dry_run_says_what_would_be_and_stores_nothing(program: Program) -> None:
    (program.folder / "clients.csv").write_text("Code,Name\nC9001,Kite & Kettle\n", encoding="utf-8")
    said = json.loads(within(program, "import", "clients.csv", "--dry-run", "--json").out)
    assert (said["new"], said["changed"], said["unchanged"], said["bad"]) == (1, 0, 0, 0)
    assert "1 new" in within(program, "import", "clients.csv", "--dry-run").out
    assert within(program, "import", "clients.csv").changes
    assert "1 as they were" in within(program, "import", "clients.csv", "--dry-run").out


def test_what_is_announced_for_the_first_days_can_be_frozen(program: Program) -> None:
    within(program, "publish")
    shown = json.loads(within(program, "show", "--json").out)["visits"]
    places = {visit["request"]: (visit["first_day"], visit["inspectors"]) for visit in shown}
    soon = {request: place for request, place in places.items() if place[0] <= "2026-12-01"}
    assert soon
    within(program, "plan", "--from", MONDAY, "--time-limit", "0.5", "--freeze", "2", "--seed", "7")
    again = json.loads(within(program, "show", "--json").out)["visits"]
    frozen = {visit["request"]: (visit["first_day"], visit["inspectors"]) for visit in again}
    assert {request: frozen.get(request) for request in soon} == soon
    assert "--freeze" in within(program, "plan", "--freeze", "29", code=2).err


def test_an_exported_problem_is_planned_in_another_database(program: Program) -> None:
    within(program, "export", "--out", "pair", "--format", "json")
    other = Program(program.folder, f"sqlite:///{program.folder / 'other.db'}")
    assert within(other, "import", "pair/problem.json").changes
    problem = json.loads((program.folder / "pair/problem.json").read_text(encoding="utf-8"))
    first_day = problem["horizon"]["start"]
    within(other, "plan", "--from", first_day, "--every-open", "--time-limit", "1")
    judged = json.loads(within(other, "check", "--json").out)
    assert (judged["broken"], judged["assigned"] + judged["unassigned"]) == ([], len(problem["requests"]))
    assert "has records of these codes" in within(other, "import", "pair/problem.json", code=2).err


def test_templates_come_as_a_workbook_or_as_a_folder(program: Program) -> None:
    within(program, "template", "all.xlsx")
    folder = program.folder / "sheets"
    folder.mkdir()
    written = within(program, "template", "sheets").out.splitlines()
    assert len(written) == len(list(folder.glob("*.csv"))) > 5


def test_only_the_formats_asked_for_are_written(program: Program) -> None:
    within(program, "export", "--out", "some", "--format", "csv", "--format", "json")
    assert {path.name for path in (program.folder / "some").iterdir()} == {"plan.csv", "plan.json", "problem.json"}


def test_what_has_changed_since_a_plan_is_found_by_check(program: Program) -> None:
    shown = json.loads(within(program, "show", "--json").out)
    visit = next(visit for visit in shown["visits"] if len(visit["inspectors"]) == 1)
    within(program, "check")
    rows = ("Inspector,From,To,Kind", f"{visit['inspectors'][0]},{MONDAY},2026-12-06,sickness")
    (program.folder / "absences.csv").write_text("\n".join(rows), encoding="utf-8")
    within(program, "import", "absences.csv")
    said = within(program, "check", code=1).out
    assert f"broken: {visit['inspectors'][0]}" in said
    refused = within(program, "publish", code=1)
    assert visit["inspectors"][0] in refused.err
    assert not refused.changes


def test_the_history_says_what_changed_in_each_record(program: Program) -> None:
    within(program, "set", "target_hours", "24")
    said = within(program, "history", "--fields", "--last", "1").out
    assert "Set target_hours to 24" in said
    assert "24" in said.splitlines()[1]
    assert len(within(program, "history", "--last", "2").out.splitlines()) == 3


def test_without_a_database_named_it_is_in_the_data_folder(tmp_path: Path) -> None:
    program = Program(tmp_path, "")
    assert "dupro-desk.db" in within(program, "plans", code=3).err
    within(program, "demo", "--inspectors", "2", "--requests", "2")
    assert (tmp_path / "data" / "dupro-desk" / "dupro-desk.db").is_file()
    assert "There is no plan yet" in within(program, "plans").out
