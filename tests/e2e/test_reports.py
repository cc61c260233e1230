"""Reports from the command line, as a schedule calls them."""

from __future__ import annotations

import csv
import datetime as dt
import json

import pytest
from openpyxl import load_workbook

from desktop.services.reports.catalogue import CATALOGUE
from desktop.services.reports.files.page import HEAD
from tests.helpers.program import Program, within

FIRST = HEAD + 2  # the first row of figures, as spreadsheet programs count


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A small firm with visits of the last weeks, only read here."""
    folder = tmp_path_factory.mktemp("reported")
    program = Program(folder, str(folder / "firm.db"))
    within(program, "demo", "--inspectors", "2", "--requests", "2", "--weeks", "2")
    return program


def test_reports_are_listed(program: Program) -> None:
    listed = json.loads(within(program, "report", "list", "--json").out)
    assert [one["name"] for one in listed] == list(CATALOGUE)
    assert "客户" in within(program, "report", "list", "--language", "zh").out


def test_workbook_csv_json_and_paper_are_of_one_report(program: Program) -> None:
    """The one run here that is a process of its own: without a display, with nothing loaded before."""
    paths = ("{name}-{week}.xlsx", "tables", "one.csv", "cost.pdf")
    out = [part for path in paths for part in ("--out", path)]
    (program.folder / "one.csv").write_text("old", encoding="utf-8")
    said = program.run("report", "cost", "--last", "4", *out, "--table", "cost_weeks", "--json")
    made = json.loads(said.out)
    monday = dt.date.fromisoformat(made["first_day"])
    year, week, _ = (monday + dt.timedelta(weeks=3)).isocalendar()
    workbook = program.folder / f"cost-{year}-W{week:02}.xlsx"
    assert f"Wrote {workbook.name}." in said.err
    (table,) = made["tables"]
    assert table["rows"]
    with (program.folder / "one.csv").open(encoding="utf-8-sig", newline="") as file:
        heads, *rows = csv.reader(file)
    assert heads == [column["title"] for column in table["columns"]]
    place = [column["key"] for column in table["columns"]].index("cost")
    costs = [row["cost"] for row in table["rows"]]
    assert [float(row[place]) for row in rows] == costs
    sheet = load_workbook(workbook, data_only=True)["Cost by part"]
    assert [sheet.cell(FIRST + row, place + 1).value for row in range(len(rows))] == costs
    assert (program.folder / "tables" / "cost_weeks.csv").read_bytes() == (program.folder / "one.csv").read_bytes()
    assert (program.folder / "cost.pdf").read_bytes().startswith(b"%PDF")


def test_all_visits_are_a_file_and_a_part_of_the_firm_is_named_as_people_write_it(program: Program) -> None:
    said = within(program, "report", "visits", "--out", "visits.csv", "--language", "vi").out
    with (program.folder / "visits.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert f"{len(rows):,} visits" in said
    code, name = rows[0]["Khách hàng"], rows[0]["Tên khách hàng"]
    shown = within(program, "report", "cost", "--table", "cost_clients", "--client", name.lower()).out
    assert f"Client: {code}." in shown
    assert "Cost and price by client (--table cost_clients)" in shown
    assert "Maybe" in within(program, "report", "cost", "--client", f"{name[:-2]}xx", code=1).err


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("cst",), 1, "Maybe cost?"),
        (("cost", "--region", "Atlantis"), 1, 'no region "Atlantis"'),
        (("cost", "--out", "nowhere/cost.xlsx"), 2, "no folder nowhere"),
        (("cost", "--out", "cost.doc"), 2, ".xlsx, .csv, .pdf, .png"),
        (("cost", "--table", "none", "--out", "cost.png"), 2, "no table none"),
        (("cost", "--language", "fr"), 2, "en, zh, vi"),
        (("cost", "--currency", "GBP"), 2, "USD, EUR"),
        (("cost", "--last", "3", "--quarter", "2026-Q3"), 2, "Give one of them"),
        (("visits",), 2, "--out visits.csv"),
        (("visits", "--out", "visits.csv", "--table", "all"), 2, "Leave out --table"),
        (("visits", "--out", "tables"), 2, ".csv or .xlsx"),
    ],
)
def test_what_cannot_be_is_said_with_the_way_out(
    program: Program, arguments: tuple[str, ...], code: int, told: str
) -> None:
    assert told in within(program, "report", *arguments, code=code).err
