"""Reports by mouse and keyboard: tabs, weeks, filters, meanings, the list behind a figure, files."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop.app import Office
from desktop.services.reports.catalogue import CATALOGUE
from desktop.views.reports.card import TableCard
from desktop.views.reports.export_sheet import ExportSheet
from desktop.views.reports.filter_sheet import FilterSheet
from desktop.views.reports.means import AllMeans, MeansSheet
from desktop.views.reports.page import ReportsPage
from desktop.views.reports.weeks import WeeksSheet
from tests.helpers.windows import bring_forward, button, click, press, settle, type_text, work
from tests.qt.reports.hands import read_to_the_end


def card_with_rows(page: ReportsPage, behind: str = "visits_done") -> TableCard:
    """A card of the cost by region or the like, turned to its rows."""
    card = next(
        card
        for card in page.tab.cards
        if card.table is not None and card.table.behind == behind and len(card.table.frame) > 1 and card.table.total
    )
    if not card.shows_rows:
        next(action for action in card.make_menu().actions() if action.text() == "Show as table").trigger()
    work(0)
    return card


def click_cell(card: TableCard, row: int, column: int) -> None:
    assert card.rows is not None
    place = card.rows.visualRect(card.rows.rows.index(row, column)).center()
    QTest.mouseClick(card.rows.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def test_every_report_has_a_tab_and_is_made_when_it_is_looked_at(office: Office, page: ReportsPage) -> None:
    assert set(page.tabs) == set(CATALOGUE)
    first = page.shown
    for _ in page.tabs:
        assert page.tab.report is not None
        assert page.tab.report.name == page.shown
        assert page.tab.report.scope == page.scope(page.shown)
        assert not page.tab.message.text
        assert [card.table for card in page.tab.cards] == list(page.tab.report.tables)
        press("]")
        read_to_the_end(office)
    assert page.shown == first
    other = next(name for name in page.tabs if name != first)
    click(page.bar.tabs[other])
    read_to_the_end(office)
    assert page.shown == other


def test_what_is_behind_a_figure_adds_up_to_it(office: Office, page: ReportsPage) -> None:
    page.show_tab("cost")
    read_to_the_end(office)
    card = card_with_rows(page)
    assert card.rows is not None
    assert card.table is not None
    key = "cost"
    model = card.rows.rows
    column = [one.key for one in model.columns].index(key)
    row = model.row_of(0)
    figure = model.text(row, column)
    click_cell(card, row, column)
    read_to_the_end(office)
    side = page.tab.side
    assert not side.isHidden()
    assert figure in side.figure.text()
    assert side.report is not None
    assert side.report.tables[0].total[key] == pytest.approx(card.table.frame[key].iloc[0])
    lists = side.table
    lists.setFocus()
    press("Down", lists)
    work(0)
    assert side.code
    wanted: list[object] = []
    office.window.context.selection.request_wanted.connect(wanted.append)
    press("G", lists)
    assert [getattr(one, "code", "") for one in wanted] == [side.code]
    press("Esc", lists)
    assert side.isHidden()


def test_heads_sort_and_the_place_is_kept(office: Office, page: ReportsPage) -> None:
    page.show_tab("cost")
    read_to_the_end(office)
    card = card_with_rows(page)
    assert card.rows is not None
    head = card.rows.horizontalHeader()
    before = [card.rows.rows.place(row) for row in range(3)]
    at = QPoint(head.sectionViewportPosition(0) + 12, head.height() // 2)
    for _ in range(2):
        QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    names = [card.rows.rows.text(row, 0).casefold() for row in range(card.rows.rows.rowCount() - 1)]
    assert names in (sorted(names), sorted(names, reverse=True))
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert [card.rows.rows.place(row) for row in range(3)] == before


def test_weeks_and_filters_are_those_of_all_tabs_and_of_the_next_start(office: Office, page: ReportsPage) -> None:
    press("W", page)
    sheet = page.findChild(WeeksSheet)
    assert sheet is not None
    click(sheet.buttons["Last 4 weeks"])
    read_to_the_end(office)
    assert page.tab.report is not None
    assert page.tab.report.scope.weeks == 4
    bring_forward(office.window)
    press("F", page)
    read_to_the_end(office)
    filters = page.findChild(FilterSheet)
    assert filters is not None
    item = filters.values.item(0)
    item.setCheckState(Qt.CheckState.Checked)
    kept = item.data(Qt.ItemDataRole.UserRole)
    filters.close()
    read_to_the_end(office)
    assert [values for _, values in page.tab.report.scope.only] == [frozenset({kept})]
    click(button(page, "Export") if page.export_button.isVisible() else page.weeks_button)
    for open_sheet in page.findChildren(WeeksSheet):
        open_sheet.close()
    state = page.state()
    press("Ctrl+Shift+L", page)
    read_to_the_end(office)
    assert page.tab.report.scope.only == ()
    page.restore(state)
    assert page.scope(page.shown).only
    assert page.scope(page.shown).weeks == 4


def test_a_figure_says_what_it_means(office: Office, page: ReportsPage) -> None:
    tile = page.tab.headlines.tiles[0]
    click(tile)
    sheet = page.findChild(MeansSheet)
    assert sheet is not None
    assert tile.title.text() in sheet.text
    click(sheet.every)
    every = page.findChild(AllMeans)
    assert every is not None
    type_text("margin", every.search)
    shown = [head.text() for _, head, _ in every.lines if head.isVisibleTo(every)]
    assert shown
    assert len(shown) < len(every.lines)
    every.close()


def test_the_report_is_saved_as_a_workbook_of_the_same_figures(
    office: Office, page: ReportsPage, tmp_path: Path
) -> None:
    press("Ctrl+E", page)
    sheet = page.findChild(ExportSheet)
    assert sheet is not None
    click(sheet.save)
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    file = tmp_path / "report.xlsx"
    dialog.fileSelected.emit(str(file))
    dialog.close()
    read_to_the_end(office)
    assert str(file) in page.tab.message.text
    book = openpyxl.load_workbook(file, read_only=True)
    assert page.tab.report is not None
    assert len(book.sheetnames) > len(page.tab.report.tables)
    book.close()


def test_a_table_is_copied_and_saved_alone(office: Office, page: ReportsPage, tmp_path: Path) -> None:
    page.show_tab("cost")
    read_to_the_end(office)
    card = card_with_rows(page)
    card.copy()
    assert card.table is not None
    copied = QApplication.clipboard().text().splitlines()
    assert len(copied) == len(card.table.frame) + 2
    next(action for action in card.make_menu().actions() if "CSV" in action.text()).trigger()
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    file = tmp_path / "table.csv"
    dialog.fileSelected.emit(str(file))
    dialog.close()
    read_to_the_end(office)
    with file.open(encoding="utf-8-sig", newline="") as lines:
        assert len(list(csv.reader(lines))) >= len(card.table.frame)


def test_a_change_of_data_has_the_report_read_again(office: Office, page: ReportsPage) -> None:
    before = page.tab.report
    office.window.refresh()
    read_to_the_end(office)
    assert page.tab.report is not before
    settle(office)
