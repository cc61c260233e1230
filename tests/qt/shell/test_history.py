"""The history by keys and mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.app import Office
from desktop.itemmodels.history_table import HistoryTable
from desktop.services.commands import CancelRequest, EditRecord
from desktop.services.history import history
from desktop.services.lookup import request_by_code
from desktop.store.engine import Store
from desktop.views.history.dialog import HistoryDialog


@pytest.fixture
def dialog(office: Office, qtbot: QtBot) -> HistoryDialog:
    """Opened by its key after two steps."""
    for command in (EditRecord("request", "R00002", {"note": "call first"}), CancelRequest("R00001")):
        with qtbot.waitSignal(office.runner.committed):
            office.runner.handle(office.window, command)
    qtbot.keyClick(office.window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    found = office.window.findChild(HistoryDialog)
    assert found is not None
    qtbot.waitUntil(lambda: found.model.rowCount() > 2)
    return found


def steps(dialog: HistoryDialog) -> list[str]:
    return [dialog.model.index(row, 2).data() for row in range(dialog.model.rowCount())]


def test_the_model_keeps_to_the_rules(company_store: Store, qtmodeltester: ModelTester) -> None:
    model = HistoryTable()
    model.show(history(company_store))
    qtmodeltester.check(model)


def test_the_newest_step_stands_first_with_what_it_changed(dialog: HistoryDialog) -> None:
    assert "R00001" in steps(dialog)[0]
    assert dialog.details.topLevelItemCount() > 0
    head = dialog.details.topLevelItem(0)
    assert head is not None
    assert head.childCount() > 0


def test_an_older_step_is_taken_back_from_here(
    office: Office, dialog: HistoryDialog, company_store: Store, qtbot: QtBot
) -> None:
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    assert dialog.undo.isEnabled()
    with qtbot.waitSignal(office.runner.committed):
        qtbot.mouseClick(dialog.undo, Qt.MouseButton.LeftButton)
    with company_store.session() as session:
        assert request_by_code(session, "R00002").note == ""
        assert request_by_code(session, "R00001").status == "cancelled"
    qtbot.waitUntil(lambda: steps(dialog)[0].startswith("Undone: "))


def test_only_what_concerns_a_record(dialog: HistoryDialog, qtbot: QtBot) -> None:
    qtbot.keyClicks(dialog.record, "r00002")
    qtbot.waitUntil(lambda: "R00002" in steps(dialog)[0])
    assert not any("R00001" in step for step in steps(dialog))


def test_a_code_that_nobody_has_is_said(dialog: HistoryDialog, qtbot: QtBot) -> None:
    qtbot.keyClicks(dialog.record, "R99999")
    qtbot.waitUntil(lambda: "R99999" in dialog.message.text)
    assert dialog.model.rowCount() == 0


def test_what_cannot_be_undone_says_why(
    office: Office, dialog: HistoryDialog, company_store: Store, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(office.runner.committed):
        office.runner.handle(office.window, EditRecord("request", "R00002", {"note": "call twice"}))
    qtbot.waitUntil(lambda: dialog.model.rowCount() >= 3 and "R00002" in steps(dialog)[0])
    dialog.table.selectRow(2)
    qtbot.mouseClick(dialog.undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(dialog.message.text))
    with company_store.session() as session:
        assert request_by_code(session, "R00002").note == "call twice"
