"""Clients' lists: revision by revision, undone like any other step, read from whatever a client sends."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from desktop.errors import BadInputError, NotFoundError
from desktop.jobs.background import GivenUpError
from desktop.services.checklists import Revision, lists_that_hold, read_revisions
from desktop.services.commands import EditRecord, StoreChecklist
from desktop.services.exchange.checklist_file import read_checklist, write_checklist_template
from desktop.services.lookup import client_by_code, plan_by_code
from desktop.services.planning.problems import problems_of, stamp_of
from desktop.services.trade.protocols import OWN_SECTION, ClientItem, Text, standard_protocol
from desktop.store.engine import Store
from tests.helpers.company import desk_of
from tests.unit.services.exchange.hostile import sheet, text_cell, write_parts

ZIP = ClientItem("function", Text("Zip", "拉链", "Dây kéo"), "20 times", "major", "garment.closures")
TAG = ClientItem("packing", Text("Tag"))


def held(store: Store, client: str = "C1") -> dict[tuple[str, str], tuple[int, tuple[ClientItem, ...]]]:
    with store.session() as session:
        lists = lists_that_hold(session, client_by_code(session, client).id)
    return {(found.product_group, found.service): (found.revision, found.items) for found in lists}


def numbers(found: tuple[Revision, ...]) -> list[tuple[int, int, bool]]:
    return [(row.revision, row.items, row.holds) for row in found]


def test_a_list_that_says_something_new_is_a_revision_and_undo_takes_it_back(company: Store) -> None:
    desk = desk_of(company)
    first = desk.handle(StoreChecklist("C1", (ZIP, TAG), source="list.xlsx"))
    assert first.label == "Store checklist of C1, revision 1"
    again = desk.handle(StoreChecklist("C1", (ZIP, TAG), source="other.xlsx"))
    assert (again.change_id, again.messages) == (None, ("Revision 1 says the same already.",))
    desk.handle(StoreChecklist("C1", (TAG, ZIP)))
    desk.handle(StoreChecklist("C1", (TAG,), "garment", "DUPRO"))
    assert held(company) == {("", ""): (2, (TAG, ZIP)), ("garment", "DUPRO"): (1, (TAG,))}
    assert numbers(read_revisions(company, "C1")) == [(2, 2, True), (1, 2, False), (1, 1, True)]
    desk.undo()
    desk.undo()
    assert held(company) == {("", ""): (1, (ZIP, TAG))}
    desk.redo()
    assert held(company)["", ""] == (2, (TAG, ZIP))
    assert desk.undo_label() == "Store checklist of C1, revision 2"


def test_a_list_is_given_up_by_an_empty_one(company: Store) -> None:
    desk = desk_of(company)
    assert desk.handle(StoreChecklist("C1", ())).change_id is None
    desk.handle(StoreChecklist("C1", (ZIP,)))
    assert desk.handle(StoreChecklist("C1", ())).label == "Empty checklist of C1, revision 2"
    assert held(company) == {("", ""): (2, ())}


def test_what_stands_on_paper_leaves_plans_that_are_held_as_they_are(company: Store) -> None:
    desk, problems = desk_of(company), problems_of(company)

    def is_held() -> bool:
        with company.session() as session:
            return problems.known(plan_by_code(session, "P1").id, stamp_of(session)) is not None

    with company.session() as session:
        problems.opened(session, plan_by_code(session, "P1"))
    desk.handle(StoreChecklist("C1", (ZIP,)))
    desk.handle(EditRecord("order", "O1", {"golden_sample": "Seal 12"}))
    assert is_held()
    desk.handle(EditRecord("order", "O1", {"golden_sample": "", "daily_rate": 50.0}))
    assert not is_held()


def test_what_no_list_can_hold_is_refused_by_item(company: Store) -> None:
    bad = ClientItem("", Text(""), "x" * 3000, "awful", "no.key")  # type: ignore[arg-type]
    with pytest.raises(BadInputError) as refused:
        desk_of(company).handle(StoreChecklist("C1", (TAG, bad), "gold", "AUDIT"))
    assert [text.split(" ")[0] for text in refused.value.faults] == ["product_group", "service"] + ["item"] * 5
    assert all(text.startswith("item 2: ") for text in refused.value.faults[2:])
    with pytest.raises(NotFoundError, match="C9"):
        desk_of(company).handle(StoreChecklist("C9", (TAG,)))
    with pytest.raises(BadInputError, match="at most 500"):
        desk_of(company).handle(StoreChecklist("C1", (TAG,) * 501))
    assert held(company) == {}


def test_a_file_with_other_words_headings_and_merged_cells_is_understood(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in (
        ("Hoa Binh Trading", None, None, None, None),
        (None, None, None, None, None),
        ("Category", "Inspection point", "越南文", "Severity", "house key"),
        ("Visual", None, None, None, None),
        (None, "No stains", "Không bẩn", "MAJ", None),
        (None, "=1+1", None, None, None),
        ("功能", "Zip", None, "次要", "GARMENT.Closures"),
        ("Social", "No child at work", None, None, None),
        ("# remark", "not read", None, None, None),
    ):
        page.append(row)
    page["B6"] = "'=1+1"
    book.save(tmp_path / "list.xlsx")
    read = read_checklist(tmp_path / "list.xlsx")
    assert [(item.section, item.title.en, item.title.vi, item.defect, item.replaces) for item in read.items] == [
        ("workmanship", "No stains", "Không bẩn", "major", ""),
        ("workmanship", "=1+1", "", "", ""),
        ("function", "Zip", "", "minor", "garment.closures"),
        ("Social", "No child at work", "", "", ""),
    ]
    assert read.warnings == ()


def test_faults_are_named_by_row_and_column_and_nothing_is_read(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Check,Defect class,Replaces,Bogus\nA,awful,garment.closurs,\n,major,,\n", "utf-8")
    with pytest.raises(BadInputError) as refused:
        read_checklist(path)
    assert list(refused.value.faults) == [
        'list.csv row 2: Defect class "awful" is none of critical, major, minor. Choose one of them.',
        'list.csv row 2: Replaces "garment.closurs" is the key of no item of the house. Maybe garment.closures?',
        "list.csv row 3: Check says in no language what is checked. Write it, or empty the row.",
    ]
    path.write_text("Check\nA\n", "gb18030")
    assert [item.section for item in read_checklist(path).items] == [OWN_SECTION]


def test_hostile_and_empty_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    header = f"<row r='1'>{text_cell('A1', 'Section')}{text_cell('B1', 'Check')}</row>"
    entity = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>'
    far = f"<row r='1048576'>{text_cell('XFD1048576', 'far out')}</row>"
    for rows, prologue in ((header, entity), (header + far, ""), (header, "")):
        write_parts(path, {"xl/worksheets/sheet1.xml": sheet(rows, prologue)})
        with pytest.raises(BadInputError, match=r"list\.xlsx"):
            read_checklist(path)
    many = tmp_path / "many.csv"
    many.write_text("Check\n" + "A\n" * 501, "utf-8")
    with pytest.raises(BadInputError, match="more rows than the 500 items"):
        read_checklist(many)

    def unwilling(_done: int, _total: int, _text: str) -> None:
        raise GivenUpError

    with pytest.raises(GivenUpError):
        read_checklist(many, unwilling)


def test_the_template_is_read_back_and_shows_the_houses_keys(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    assert write_checklist_template(path, "garment", "DUPRO") == len(standard_protocol("garment", "DUPRO").items)
    with pytest.raises(BadInputError, match="no item below its header"):
        read_checklist(path)
    book = openpyxl.load_workbook(path)
    keys = [row[0].value for row in book["House items"].iter_rows(min_row=2)]
    assert "garment.closures" in keys
    book["Checklist"].append(("function", "Zip", "拉链", "Dây kéo", "20 times", "major", "garment.closures"))
    book.save(path)
    read = read_checklist(path)
    assert (read.items, read.warnings) == ((ZIP,), ())
    with pytest.raises(BadInputError, match="There are garment"):
        write_checklist_template(path, "gold")
