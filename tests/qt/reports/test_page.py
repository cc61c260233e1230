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
from desktop.services.reports.capacity import holding
from desktop.services.reports.catalogue import CATALOGUE
from desktop.services.reports.report import Report
from desktop.views.reports.card import TableCard
from desktop.views.reports.export_sheet import ExportSheet
from desktop.views.reports.filter_sheet import FilterSheet
from desktop.views.reports.means import AllMeans, MeansSheet
from desktop.views.reports.page import ReportsPage
from desktop.views.reports.table_view import ReportTableView
from desktop.views.reports.weeks import WeeksSheet
from tests.helpers.windows import bring_forward, click, press, settle, type_text, work

LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def rows_of(office: Office, page: ReportsPage, table: str) -> ReportTableView:
    """The rows of a table of the report of cost, turned to by the card's menu."""
    page.show_tab("cost")
    settle(office)
    card = page.tab.card(table)
    if not card.shows_rows:
        choose(card, "Show as table")
    work(0)
    assert card.rows is not None
    return card.rows


def choose(card: TableCard, text: str) -> None:
    next(action for action in card.make_menu().actions() if text in action.text()).trigger()


def click_cell(rows: ReportTableView, row: int, key: str) -> str:
    """Click on a figure; gives what stands there."""
    column = [one.key for one in rows.rows.columns].index(key)
    index = rows.rows.index(row, column)
    rows.scrollTo(index)
    QTest.mouseClick(rows.viewport(), LEFT, PLAIN, rows.visualRect(index).center())
    return rows.rows.text(row, column)


def save_as(page: ReportsPage, office: Office, file: Path) -> None:
    """Answer the question for a place, and wait for the file."""
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(file))
    dialog.close()
    while page.filing.run.is_running:
        work(0.005)


def test_every_report_has_a_tab_and_is_made_when_it_is_looked_at(office: Office, page: ReportsPage) -> None:
    assert set(page.tabs) == set(CATALOGUE)
    first = page.shown
    for _ in page.tabs:
        assert page.tab.report is not None, page.tab.message.text
        assert page.tab.report.name == page.shown
        assert page.tab.report.scope == page.scope(page.shown)
        assert not page.tab.message.text
        assert [card.table for card in page.tab.cards] == list(page.tab.report.tables)
        press("]")
        settle(office)
    assert page.shown == first
    click(page.bar.tabs["clients"])
    settle(office)
    assert page.shown == "clients"
    office.window.refresh()
    page.show_tab("cost")  # before the other one has come
    page.show_tab("clients")
    page.show_tab("cost")
    settle(office)
    assert page.tab.report is not None
    assert page.tab.report.name == "cost"
    assert not page.tab.is_reading
    before = page.tab.report
    office.window.refresh()
    settle(office)
    assert page.tab.report is not before


def test_capacity_on_record_is_shown_before_the_forecast_has_been_read(
    office: Office, page: ReportsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.show_tab("capacity")
    settle(office)
    tab, shown = page.tab, list[tuple[bool, bool, bool]]()
    show = tab.show_report

    def note(report: Report) -> None:
        show(report)
        page.settle()
        saves = next(one for one in tab.cards[0].make_menu().actions() if "CSV" in one.text())
        shown.append((report.is_partial, page.context.actions.action("reports.excel").isEnabled(), saves.isEnabled()))

    monkeypatch.setattr(tab, "show_report", note)
    for _ in range(2):
        office.window.refresh()
        settle(office)
    assert shown == [(False, True, True)] * 2, "nothing has changed: the forecast is held"
    del shown[:]
    with office.store.session() as session:
        holding.forget(session.get_bind().engine.pool)
    office.window.refresh()
    settle(office)
    assert shown == [(True, False, False), (False, True, True)]
    assert not tab.is_reading


def test_what_is_behind_a_figure_adds_up_to_it(office: Office, page: ReportsPage) -> None:
    rows = rows_of(office, page, "cost_services")
    table = rows.rows.table
    assert table is not None
    figure = click_cell(rows, 0, "cost")
    settle(office)
    side = page.tab.side
    assert not side.isHidden()
    assert figure in side.figure.text()
    assert figure in side.sums.text()
    assert side.report is not None
    assert side.report.tables[0].frame["cost"].sum() == pytest.approx(table.frame["cost"].iloc[0])
    side.table.setFocus()
    press("Down", side.table)
    work(0)
    assert side.code
    wanted: list[object] = []
    office.window.context.selection.request_wanted.connect(wanted.append)
    press("G", side.table)
    assert [getattr(one, "code", "") for one in wanted] == [side.code]
    press("Esc", side.table)
    assert side.isHidden()

    page.show_tab("people")
    settle(office)
    card = next(card for card in page.tab.cards if card.table is not None and card.table.behind == "people")
    card.opened.emit((card.table, 0, card.table.columns[-1].key if card.table else ""))
    settle(office)
    side = page.tab.side
    people = side.sums.text()
    click_cell(side.table, 0, "person")
    settle(office)
    assert side.code or side.sums.text() != people
    click(side.back)
    settle(office)
    assert side.sums.text() == people


def test_heads_sort_and_tables_are_copied_and_saved_alone(office: Office, page: ReportsPage, tmp_path: Path) -> None:
    rows = rows_of(office, page, "cost_services")
    head, model = rows.horizontalHeader(), rows.rows
    number = model.rowCount() - 1
    before = [model.place(row) for row in range(number)]
    at = QPoint(head.sectionViewportPosition(0) + 12, head.height() // 2)
    orders = []
    for _ in range(3):
        QTest.mouseClick(head.viewport(), LEFT, PLAIN, at)
        orders.append([model.text(row, 0).casefold() for row in range(number)])
    assert orders[0] == sorted(orders[0])
    assert orders[1] == orders[0][::-1]
    assert [model.place(row) for row in range(number)] == before

    card = page.tab.card("cost_services")
    choose(card, "Copy")
    assert len(QApplication.clipboard().text().splitlines()) == number + 2
    choose(card, "CSV")
    save_as(page, office, tmp_path / "table.csv")
    with (tmp_path / "table.csv").open(encoding="utf-8-sig", newline="") as lines:
        assert len(list(csv.reader(lines))) >= number
    assert "table.csv" in page.tab.message.text


def test_weeks_and_filters_are_those_of_all_tabs_and_of_the_next_start(office: Office, page: ReportsPage) -> None:
    press("W", page)
    sheet = page.findChild(WeeksSheet)
    assert sheet is not None
    click(sheet.buttons["Last 4 weeks"])
    settle(office)
    assert page.tab.report is not None
    assert page.tab.report.scope.weeks == 4
    bring_forward(office.window)
    press("F", page)
    settle(office)
    filters = page.findChild(FilterSheet)
    assert filters is not None
    item = filters.values.item(0)
    item.setCheckState(Qt.CheckState.Checked)
    kept = item.data(Qt.ItemDataRole.UserRole)
    filters.close()
    settle(office)
    assert [values for _, values in page.tab.report.scope.only] == [frozenset({kept})]
    state = page.state()
    bring_forward(office.window)
    press("Ctrl+Shift+L", page)
    settle(office)
    assert page.tab.report.scope.only == ()
    page.restore(state)
    assert page.scope(page.shown).only
    assert page.scope(page.shown).weeks == 4


def test_a_figure_says_what_it_means_and_the_report_becomes_a_workbook(
    office: Office, page: ReportsPage, tmp_path: Path
) -> None:
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

    bring_forward(office.window)
    press("Ctrl+E", page)
    export = page.findChild(ExportSheet)
    assert export is not None
    click(export.save)
    save_as(page, office, tmp_path / "report.xlsx")
    assert "report.xlsx" in page.tab.message.text
    book = openpyxl.load_workbook(tmp_path / "report.xlsx", read_only=True)
    assert page.tab.report is not None
    assert len(book.sheetnames) > len(page.tab.report.tables)
    book.close()
