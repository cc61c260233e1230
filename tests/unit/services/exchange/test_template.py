"""Templates: importable as they are, explained, and the same as the documentation."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from desktop.errors import BadInputError
from desktop.services.exchange import check_file, write_template
from desktop.services.exchange.cells import REMARK
from desktop.services.exchange.column_docs import columns_page
from desktop.services.exchange.columns import Sheet
from desktop.services.exchange.headers import folded
from desktop.services.exchange.kinds import Kind
from desktop.services.exchange.sheets import BY_KIND, SHEETS
from desktop.store.engine import Store

REPOSITORY = Path(__file__).parents[4]


def test_the_documentation_says_what_the_tables_say() -> None:
    assert (REPOSITORY / "docs" / "import-columns.md").read_text(encoding="utf-8") == columns_page()


def test_a_template_holds_nothing_to_import(sqlite_store: Store, tmp_path: Path) -> None:
    (path,) = write_template(tmp_path / "template.xlsx")
    with sqlite_store.session() as session:
        report = check_file(session, path)
    assert len(report.sheets) == len(SHEETS)
    assert (report.new, report.bad, report.warnings, report.command) == (0, 0, (), None)


def test_a_template_explains_types_and_offers(tmp_path: Path) -> None:
    write_template(tmp_path / "template.xlsx")
    book = openpyxl.load_workbook(tmp_path / "template.xlsx")
    page = book["Bookings"]
    assert page.freeze_panes == "B2"
    places = {str(cell.value).removesuffix(" *"): cell for cell in page[1] if cell.value}
    assert list(places) == [column.header for column in BY_KIND["request"].columns]
    assert "Must be filled for a new record" in str(places["Factory"].comment)
    assert page.column_dimensions[places["Code"].column_letter].number_format == "@"
    lists = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in page.data_validations.dataValidation}
    assert lists[f"{places['Status'].column_letter}2"] == '"new,ready,published,done,cancelled"'
    assert str(page["A2"].value).startswith(REMARK)
    assert book.sheetnames[0] == "Read me"


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.kind)
def test_examples_are_what_the_columns_take(sheet: Sheet) -> None:
    for column in sheet.columns:
        if column.example:
            column.kind.read(column.example)
        else:
            assert not column.is_needed


def test_a_folder_gets_a_csv_file_of_each_kind(sqlite_store: Store, tmp_path: Path) -> None:
    files = write_template(tmp_path / "templates")
    assert len(files) == len(SHEETS)
    for sheet, path in zip(SHEETS, files, strict=True):
        with sqlite_store.session() as session:
            report = check_file(session, path)
        assert [found.kind for found in report.sheets] == [sheet.kind]
        assert (report.new, report.bad) == (0, 0)


def test_one_kind_alone(tmp_path: Path) -> None:
    (path,) = write_template(tmp_path / "b.csv", "bookings")
    assert path.read_text(encoding="utf-8-sig").startswith("Code,Client,Order")
    (path,) = write_template(tmp_path / "b.xlsx", "bookings")
    assert openpyxl.load_workbook(path).sheetnames == ["Read me", "Bookings"]


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        ("b.csv", None, "one kind of record only"),
        ("b.txt", None, "neither .xlsx nor .csv"),
        ("b.csv", "Cats", "no kind"),
    ],
)
def test_what_cannot_be_written_is_said(tmp_path: Path, name: str, kind: str | None, said: str) -> None:
    with pytest.raises(BadInputError, match=said):
        write_template(tmp_path / name, kind)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.kind)
def test_no_word_for_a_column_means_two(sheet: Sheet) -> None:
    headers = [folded(column.header) for column in sheet.columns]
    assert len(set(headers)) == len(headers)
    aliases = [folded(word) for column in sheet.columns for word in {*column.aliases} - {column.header}]
    assert len(set(aliases)) == len(aliases)


def test_nothing_refers_to_a_later_sheet() -> None:
    seen: set[str] = set()
    for sheet in SHEETS:
        assert {column.refers_to for column in sheet.columns if column.refers_to} <= seen
        assert set(sheet.key) <= set(sheet.by_field)
        seen.add(sheet.kind)


def test_every_kind_of_value_has_a_name() -> None:
    kinds: list[Kind] = [column.kind for sheet in SHEETS for column in sheet.columns]
    assert all(kind.name and kind.width > 0 for kind in kinds)
