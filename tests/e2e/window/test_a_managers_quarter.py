"""A manager's quarter: one client's cost, the list behind a figure, a workbook and pages that say the same."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from desktop.clock import FixedClock
from desktop.preferences import Preferences
from desktop.services.demo.sample import make_sample
from desktop.services.reports.files.page import HEAD
from desktop.services.reports.report import Report
from desktop.views.look import Look
from desktop.views.reports.card import TableCard
from desktop.views.reports.filing import FOLDER
from desktop.views.reports.filter_sheet import FilterSheet
from desktop.views.reports.page import ReportsPage
from desktop.views.reports.table_view import ReportTableView
from tests.helpers.morning import Morning
from tests.helpers.office import MONDAY, NOW, office_on
from tests.helpers.stores import SqliteTemplate
from tests.helpers.windows import bring_forward, button, click, open_up, press, settle, type_text, work

LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
TABLE = "cost_services"
WRITTEN = {"money": 100, "count": 1, "man_days": 1, "nights": 1}
"""What figures of a unit are divided by in a workbook."""


def keep_first_client(morning: Morning, page: ReportsPage) -> str:
    """Tick the first client in the filters; gives its code."""
    press("F", page)
    settle(morning.office)
    sheet = page.findChild(FilterSheet)
    assert sheet is not None
    names = [sheet.dimensions.item(row).data(Qt.ItemDataRole.UserRole) for row in range(sheet.dimensions.count())]
    clients = sheet.dimensions.item(names.index("client"))
    QTest.mouseClick(sheet.dimensions.viewport(), LEFT, PLAIN, sheet.dimensions.visualItemRect(clients).center())
    first = sheet.values.item(0)
    box = sheet.values.visualItemRect(first)
    QTest.mouseClick(sheet.values.viewport(), LEFT, PLAIN, QPoint(box.left() + 10, box.center().y()))
    assert first.checkState() == Qt.CheckState.Checked
    kept = str(first.data(Qt.ItemDataRole.UserRole))
    press("Esc", sheet)
    settle(morning.office)
    bring_forward(morning.window)
    return kept


def rows_of(card: TableCard) -> ReportTableView:
    """The rows of a card, by its menu."""
    click(card.more)
    menu = next(found for found in card.findChildren(QMenu) if found.isVisible())
    wanted = next(action for action in menu.actions() if action.text() == "Show as table")
    QTest.mouseClick(menu, LEFT, PLAIN, menu.actionGeometry(wanted).center())
    work(0)
    assert card.rows is not None
    return card.rows


def read_behind(morning: Morning, page: ReportsPage) -> None:
    """Click on the largest cost: the visits behind it add up to it."""
    card = page.tab.card(TABLE)
    page.tab.area.ensureWidgetVisible(card)
    rows = rows_of(card)
    table = rows.rows.table
    assert table is not None
    index = rows.rows.index(0, [one.key for one in rows.rows.columns].index("cost"))
    rows.scrollTo(index)
    QTest.mouseClick(rows.viewport(), LEFT, PLAIN, rows.visualRect(index).center())
    settle(morning.office)
    side = page.tab.side
    assert side.report is not None
    listed = side.report.tables[0].frame
    assert len(listed)
    assert listed["cost"].sum() == table.frame["cost"].iloc[rows.rows.place(0)] > 0
    assert rows.rows.text(0, index.column()) in side.figure.text()
    assert rows.rows.text(0, index.column()) in side.sums.text()
    click(side.close_button)


def save(page: ReportsPage, kind: str, file: Path, qtbot: QtBot) -> None:
    """Save the report by the button of a kind of file."""
    click(button(page, kind))
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    entry = dialog.findChild(QLineEdit, "fileNameEdit")
    assert entry is not None
    entry.selectAll()
    type_text(file.name, entry)
    press("Return", entry)
    qtbot.waitUntil(lambda: file.name in page.tab.message.text, timeout=4000)
    bring_forward(page.window())


def workbook_says(report: Report, file: Path) -> None:
    """The sheet of the table has its figures, and nothing is a formula."""
    book = openpyxl.load_workbook(file)
    table = report.table(TABLE)
    sheet = next(one for one in book.worksheets if one.cell(1, 1).value == "Cost and price by service")
    figures = [(place, column) for place, column in enumerate(table.columns, 1) if column.unit in WRITTEN]
    assert {"man_days_sold", "cost"} <= {column.key for _, column in figures}
    for place, column in figures:
        shown = [sheet.cell(HEAD + 2 + row, place).value for row in range(len(table.frame))]
        assert shown == pytest.approx((table.frame[column.key] / WRITTEN[column.unit]).tolist()), column.key
    book.close()


def test_a_managers_quarter(
    sqlite_template: SqliteTemplate, qapp: QApplication, look: Look, qtbot: QtBot, tmp_path: Path
) -> None:
    with sqlite_template.new_store(tmp_path) as store:
        make_sample(store, inspectors=4, requests=4, seed=1, weeks=3, first_day=MONDAY, clock=FixedClock(NOW))
        preferences = Preferences()
        preferences.put(FOLDER, str(tmp_path))  # where something was saved last
        with office_on(store, qapp, look, preferences=preferences) as office:
            office.window.resize(1600, 1000)
            open_up(office)
            morning = Morning(office, qtbot)
            page = morning.go_to("Ctrl+8", ReportsPage)
            click(page.bar.tabs["cost"])
            settle(office)
            whole = page.tab.report
            assert whole is not None
            client = keep_first_client(morning, page)
            report = page.tab.report
            assert report is not None
            assert report.scope.only == (("client", frozenset({client})),)
            assert 0 < report.table(TABLE).frame["cost"].sum() < whole.table(TABLE).frame["cost"].sum()
            read_behind(morning, page)
            save(page, "Excel", tmp_path / "quarter.xlsx", qtbot)
            workbook_says(report, tmp_path / "quarter.xlsx")
            save(page, "PDF", tmp_path / "quarter.pdf", qtbot)
            shown = [tile.value.text() for tile in page.tab.headlines.tiles]
    file = tmp_path / "quarter.pdf"
    assert file.read_bytes().startswith(b"%PDF")
    if shutil.which("pdftotext"):
        done = subprocess.run(("pdftotext", str(file), "-"), capture_output=True, text=True, check=True, timeout=60)
        said = re.sub(r"\s+", " ", done.stdout)
        assert f"Client: {client}" in said
        assert len(shown) > 3
        assert all(figure in said for figure in shown), (shown, said)
