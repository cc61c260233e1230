"""All visits as a list, on both engines, against the records themselves."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from desktop.errors import BadInputError, NotFoundError
from desktop.services.exchange.book import writing_workbook
from desktop.services.reports.files import plain_sheet, visit_list
from desktop.services.reports.files.plain_sheet import write_plain_sheet
from desktop.services.reports.files.visit_list import COLUMNS, all_weeks, write_visits
from desktop.services.reports.scope import Scope
from desktop.store.engine import Store
from tests.unit.services.reports.conftest import CLOCK


def test_the_list_has_every_visit_as_it_is_on_record(
    past_firm: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visit_list, "AT_ONCE", 2)  # so that five weeks are read in parts
    first, weeks = all_weeks(past_firm)
    scope = Scope(first, weeks)
    csv_path, sheet_path = tmp_path / "visits.csv", tmp_path / "visits.xlsx"
    written = write_visits(past_firm, scope, CLOCK, csv_path, "zh")
    assert write_visits(past_firm, scope, CLOCK, sheet_path) == written
    with csv_path.open(encoding="utf-8-sig", newline="") as file:
        heads, *rows = csv.reader(file)
    keys = [column.key for column in COLUMNS]
    found = {row[0]: dict(zip(keys, row, strict=True)) for row in rows}
    with past_firm.session() as session:
        wanted = session.execute(text(PLAIN)).all()
    assert written == len(rows) == len(wanted) == len(found)
    for code, slot, people, service, client, cents, outcome in wanted:
        row = found[code]
        assert row["first_day"] == dt.date.fromordinal(slot // 2).isoformat()
        assert row["begins"] == ("下午" if slot % 2 else "上午")
        assert (int(row["crew"]), len(row["inspectors"].split("; "))) == (people, people)
        assert (row["service"], row["client"]) == (service, client)
        assert row["cost"] == ("" if cents is None else f"{cents / 100:.2f}")
        assert bool(row["outcome"]) == bool(outcome)
    assert heads[0] == "申请"
    sheet = load_workbook(sheet_path).worksheets[1]
    assert sheet.auto_filter.ref == f"A1:AH{written + 1}"
    place = {key: number for number, key in enumerate(keys)}
    for given, cells in zip(rows, sheet.iter_rows(min_row=2, values_only=True), strict=True):
        assert cells[0] == given[0]
        day = cells[place["first_day"]]
        assert isinstance(day, dt.datetime)
        assert day.date().isoformat() == given[place["first_day"]]
        cost = cells[place["cost"]]
        assert ("" if cost is None else f"{cost:.2f}") == given[place["cost"]]


PLAIN = """
    SELECT request.code, visit.first_slot, count(assignment.id), request.service, client.code,
           CASE WHEN visit.status = 'done' THEN
                visit_result.work_cents + visit_result.premium_cents
                + visit_result.travel_cents + visit_result.night_cents
           END, visit_result.outcome
    FROM visit
    JOIN request ON request.id = visit.request_id
    JOIN client ON client.id = request.client_id
    JOIN assignment ON assignment.visit_id = visit.id
    LEFT JOIN visit_result ON visit_result.visit_id = visit.id
    WHERE visit.published AND visit.status <> 'cancelled'
    GROUP BY request.code, visit.id, visit.first_slot, request.service, client.code, visit.status,
             visit_result.work_cents, visit_result.premium_cents, visit_result.travel_cents,
             visit_result.night_cents, visit_result.outcome
"""


def test_text_of_a_plain_sheet_is_text_and_the_rows_have_an_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def make(bare: Path) -> None:
        with writing_workbook(bare) as (book, formats):
            book.add_worksheet("About")
            sheet = book.add_worksheet("Rows")
            sheet.write_blank(0, 0, None, formats.get(num_format="@"))
            sheet.write_blank(0, 1, None, formats.get(num_format="0.00"))

    odd = ["=1+1", "<a & b>", "  two  ", "\x07\ud800", "_x0041_", None]
    path = tmp_path / "plain.xlsx"
    assert write_plain_sheet(path, make, [[odd[:4], [1, 2.5, None, 4]], [odd[4:], [5, 6]]], 0) == 6
    sheet = load_workbook(path)["Rows"]
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[0] for row in rows[:3]] == odd[:3]
    assert rows[3][0] in ("\x07?", "_x0007_?")
    assert [row[1] for row in rows] == [1, 2.5, None, 4, 5, 6]
    assert (sheet["A1"].data_type, sheet["B6"].number_format) == ("s", "0.00")
    monkeypatch.setattr(plain_sheet, "MOST_ROWS", 11)
    with pytest.raises(BadInputError, match="holds 11 rows"):
        write_plain_sheet(tmp_path / "long.xlsx", make, ([["x"] * 4, [1] * 4] for _ in range(3)), 0)
    assert not (tmp_path / "long.xlsx").exists()


def test_a_firm_without_visits_has_no_weeks_to_list(sqlite_store: Store, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="No visit"):
        all_weeks(sqlite_store)
    scope = Scope(dt.date(2026, 11, 23), 1)
    assert write_visits(sqlite_store, scope, CLOCK, tmp_path / "none.xlsx") == 0
    with pytest.raises(BadInputError, match=r"none\.txt"):
        write_visits(sqlite_store, scope, CLOCK, tmp_path / "none.txt")
