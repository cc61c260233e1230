"""The rows with faults as a workbook: reasons beside them, and importable once corrected."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from desktop.errors import BadInputError
from desktop.services.exchange import check_file, import_file, write_fault_workbook
from desktop.store.engine import Store
from tests.helpers.company import desk_of, found_company
from tests.unit.services.exchange.tables import GOOD, check_rows


def test_faulty_rows_can_be_corrected_and_imported(sqlite_store: Store, tmp_path: Path) -> None:
    found_company(sqlite_store)
    book = xlsxwriter.Workbook(str(tmp_path / "in.xlsx"), {"strings_to_formulas": False})
    page = book.add_worksheet("Bookings, week 49")
    row = GOOD["Bookings"] | {"Note": "=cmd()", "Due": ""}
    page.write_row(0, 0, row.keys())
    page.write_row(1, 0, (row | {"Code": "R98"}).values())
    page.write_row(2, 0, (row | {"Level": "9", "Factory": "F404"}).values())
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    page.write_datetime(2, len(row) - 1, dt.datetime(2026, 12, 3), day)  # noqa: DTZ001 -- a workbook keeps no zone
    book.close()
    report = check_file(desk_of(sqlite_store), tmp_path / "in.xlsx")
    assert write_fault_workbook(report, tmp_path / "faults.xlsx") == 1

    faults = openpyxl.load_workbook(tmp_path / "faults.xlsx")
    page = faults["Bookings, week 49"]
    cells = {str(cell.value): page.cell(2, place) for place, cell in enumerate(page[1], 1)}
    assert cells["# row"].value == 3
    assert 'Factory "F404" is the code of no factory' in str(cells["# reason"].value)
    assert cells["Note"].value == "=cmd()"
    assert cells["Note"].data_type == "s"
    assert cells["Factory"].fill.fgColor.rgb != cells["Client"].fill.fgColor.rgb
    assert cells["Due"].value == dt.datetime(2026, 12, 3)  # noqa: DTZ001 -- as openpyxl gives it
    cells["Factory"].value = "F1"
    faults.save(tmp_path / "corrected.xlsx")
    outcome = import_file(desk_of(sqlite_store), tmp_path / "corrected.xlsx")
    assert outcome.label == "Import corrected.xlsx: 1 booking"


def test_a_csv_file_and_one_without_faults(sqlite_store: Store, tmp_path: Path) -> None:
    report = check_rows(sqlite_store, tmp_path, "Clients", {"Code": "C1", "Name": ""})
    write_fault_workbook(report, tmp_path / "faults.xlsx")
    assert openpyxl.load_workbook(tmp_path / "faults.xlsx").sheetnames == ["Clients"]
    report = check_rows(sqlite_store, tmp_path, "Clients", GOOD["Clients"])
    assert write_fault_workbook(report, tmp_path / "none.xlsx") == 0


def test_a_folder_that_is_not_there_is_named(sqlite_store: Store, tmp_path: Path) -> None:
    report = check_rows(sqlite_store, tmp_path, "Clients", {"Code": "C1", "Name": ""})
    with pytest.raises(BadInputError, match="cannot be written"):
        write_fault_workbook(report, tmp_path / "nowhere" / "faults.xlsx")
    with pytest.raises(BadInputError, match="is a folder"):
        write_fault_workbook(report, tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []
