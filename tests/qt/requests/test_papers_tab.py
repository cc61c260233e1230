"""The Papers tab, by mouse and keys: languages, the order's papers, a client's list, the sheet as PDF."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.app import Office
from desktop.itemmodels.checklist_list import LINE, ChecklistLine
from desktop.services.bus import Desk
from desktop.services.checklists import read_revisions
from desktop.services.commands import EditRecord
from desktop.services.worksheets import read_worksheet
from desktop.store.engine import Store
from desktop.views.paper.preview import PreviewDialog
from desktop.views.requests.page import RequestsPage
from desktop.views.requests.papers_tab import PapersTab
from tests.helpers.office import NOW
from tests.helpers.windows import button, click, press, settle, type_text, work
from tests.qt.requests.test_list import click_row

CODE = "R00003"


@pytest.fixture
def tab(page: RequestsPage, office: Office) -> PapersTab:
    """The tab of a request of toys, opened by mouse."""
    page.list.show_code(CODE)
    settle(office)
    click_row(page, CODE)
    settle(office)
    click(button(page.panel, "Papers"))
    settle(office)
    shown = page.panel.current_tab
    assert isinstance(shown, PapersTab)
    return shown


def lines(tab: PapersTab) -> list[ChecklistLine]:
    found = [tab.model.index(number).data(LINE) for number in range(tab.model.rowCount())]
    return [line for line in found if isinstance(line, ChecklistLine)]


def choose(tab: PapersTab, path: Path) -> None:
    dialog = next(part for part in tab.findChildren(QFileDialog) if part.isVisible())
    dialog.selectFile(str(path))
    dialog.fileSelected.emit(str(path))
    dialog.close()


def test_what_is_checked_is_shown_and_printed_in_a_language(
    tab: PapersTab, office: Office, company_store: Store, tmp_path: Path
) -> None:
    sheet = read_worksheet(company_store, NOW, CODE)
    assert sheet.language == "zh", "a factory in China"
    assert [one.text() for one in tab.languages.buttons() if one.isChecked()] == ["中文"]
    assert next(line.title for line in lines(tab) if line.is_section) == "原材料和零部件"
    assert len(lines(tab)) == len(sheet.items) + len(sheet.sections)
    click(button(tab, "Tiếng Việt"))
    assert lines(tab)[0].title == "Nguyên vật liệu và linh kiện"

    click(tab.save_button)
    choose(tab, tmp_path / "sheet.pdf")
    settle(office)
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF-")
    click(tab.preview_button)
    settle(office)
    (shown,) = tab.findChildren(PreviewDialog)
    assert 3 <= len(shown.pages) <= 6
    press("Esc", shown)
    work(0)

    heights = [tab.list.visualRect(tab.model.index(number)).height() for number in range(4)]
    before = [tab.model.index(number).data() for number in range(4)]
    tab.window().resize(1280, 800)
    settle(office)
    assert [tab.model.index(number).data() for number in range(4)] == before
    for number in range(4):
        place = tab.list.visualRect(tab.model.index(number))
        wanted = tab.list.sizeHintForIndex(tab.model.index(number)).height()
        assert place.height() == wanted, f"line {number} is cut, or was {heights[number]} high"


def test_the_orders_papers_are_typed_where_they_are_read(tab: PapersTab, office: Office, company_store: Store) -> None:
    entry = tab.papers.fields["golden_sample"]
    click(entry)
    type_text("Seal 12, 深圳", entry)
    press("Tab", entry)
    settle(office)
    goods = read_worksheet(company_store, NOW, CODE).goods
    assert goods is not None
    assert goods.notes["golden_sample"] == "Seal 12, 深圳"
    assert any("Seal 12, 深圳" in line.requirement for line in lines(tab))
    second = tab.papers.fields["packing"]
    click(second)
    type_text("12 a carton", second)
    press("Return", second)
    settle(office)
    assert tab.message.text == "", "the version has moved on with the first change"
    click(button(office.window, "Undo"))
    settle(office)
    assert (entry.text(), second.text()) == ("Seal 12, 深圳", "")


def test_a_clients_list_is_read_asked_about_and_stored(
    tab: PapersTab, office: Office, company_store: Store, tmp_path: Path, qtbot: QtBot
) -> None:
    client = read_worksheet(company_store, NOW, CODE).client.code
    path = tmp_path / "list.csv"
    path.write_text("Check,Defect class\nLogo,awful\n", "utf-8")
    click(tab.import_button)
    choose(tab, path)
    qtbot.waitUntil(lambda: 'Defect class "awful"' in tab.message.text, timeout=20_000)
    path.write_text("Section,Check,中文,Replaces\nFunction,Drop twice,跌落两次,toys.drop\nOwn,No child,,\n", "utf-8")
    click(button(tab.message, "Choose another file"))
    choose(tab, path)
    qtbot.waitUntil(tab.card.isVisible, timeout=20_000)
    assert tab.message.text == ""
    press("Down", tab.card.goods)
    assert tab.card.goods.currentText() == "only toys"
    assert read_revisions(company_store, client) == ()
    click(tab.card.store_button)
    settle(office)
    (row,) = read_revisions(company_store, client)
    assert (row.product_group, row.service, row.items, row.source) == ("toys", "", 2, "list.csv")
    mine = [line.title for line in lines(tab) if line.is_clients]
    assert mine == ["跌落两次", "No child"]
    click(tab.revisions_button)
    assert "list.csv" in tab.revisions.text()
    click(button(office.window, "Undo"))
    settle(office)
    assert read_revisions(company_store, client) == ()
    assert not any(line.is_clients for line in lines(tab))


def test_a_refused_paper_stays_with_its_request(
    tab: PapersTab, page: RequestsPage, office: Office, company_store: Store, colleague: Desk
) -> None:
    goods = read_worksheet(company_store, NOW, CODE).goods
    assert goods is not None
    entry = tab.papers.fields["golden_sample"]
    click(entry)
    type_text("Seal 12", entry)
    colleague.handle(EditRecord("order", goods.code, {"golden_sample": "Seal 9"}))
    page.list.show_code("N1")
    settle(office)
    click_row(page, "N1")
    settle(office)
    assert tab.sheet is not None
    assert tab.sheet.request == "N1", "though the line was left by going to N1, and then refused"
    assert (entry.text(), tab.message.text) == ("", "")
    page.list.show_code(CODE)
    settle(office)
    assert tab.sheet.request == CODE
    assert entry.text() == "Seal 12", "what was typed waits with its request"
    click(entry)
    press("Return", entry)
    settle(office)
    changed = read_worksheet(company_store, NOW, CODE).goods
    assert changed is not None
    assert changed.notes["golden_sample"] == "Seal 12"
    assert changed.version > goods.version + 1, "the colleague's was first"
