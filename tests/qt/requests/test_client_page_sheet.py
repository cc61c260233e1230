"""A client's page saved from the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from desktop.app import Office
from desktop.views.requests.client_dialog import ClientDialog
from desktop.views.requests.client_page_sheet import ClientPageSheet
from desktop.views.requests.page import RequestsPage
from tests.helpers.windows import button, click, said, settle
from tests.qt.requests.test_list import click_row


@pytest.fixture
def sheet(page: RequestsPage, office: Office) -> ClientPageSheet:
    click_row(page, "N1")
    settle(office)
    office.window.context.actions.action("requests.client_page").trigger()
    settle(office)
    (found,) = office.window.findChildren(ClientPageSheet)
    found.opens.setChecked(False)
    return found


def test_a_page_is_saved_for_the_days_chosen(
    sheet: ClientPageSheet, page: RequestsPage, office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    row = next(row for row in page.list.loader.index.open_ones() if row.code == "N1")
    shown = [label.text() for label in sheet.findChildren(QLabel)]
    assert "Fri 4 Sep 2026 to Fri 25 Dec 2026" in shown
    sheet.period.setFocus()
    qtbot.keyClick(sheet.period, Qt.Key.Key_Down)
    assert "Thu 1 Oct 2026 to Thu 31 Dec 2026" in [label.text() for label in sheet.findChildren(QLabel)]
    click(button(sheet, "Save as HTML…"))
    dialog = sheet.findChildren(QFileDialog)[-1]
    dialog.done(0)
    with qtbot.waitSignal(sheet.accepted):
        sheet.write(str(tmp_path / "page.html"))
    assert "page.html is written." in said(office.window)
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert row.client_name.split()[0] in text
    assert row.code in text


def test_a_file_that_cannot_be_is_said_in_the_sheet(
    page: RequestsPage, office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    click_row(page, "N1")
    settle(office)
    click(button(page.panel, "Client…"))
    settle(office)
    (client,) = office.window.findChildren(ClientDialog)
    click(button(client, "Page…"))
    (sheet,) = client.findChildren(ClientPageSheet)
    sheet.opens.setChecked(False)
    sheet.write(str(tmp_path / "missing" / "page.pdf"))
    qtbot.waitUntil(lambda: "cannot be written" in sheet.message.text)
    assert sheet.pdf.isEnabled()
    with qtbot.waitSignal(sheet.accepted):
        sheet.write(str(tmp_path / "page.pdf"))
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF-")
