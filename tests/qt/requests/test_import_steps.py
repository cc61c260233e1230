"""The steps of an import by themselves: what a column means, and what is wrong with many rows."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.services.exchange.foreign.firms import Named
from desktop.services.exchange.foreign.sheet_plan import Match, SheetPlan
from desktop.services.exchange.foreign.trial import CellNote, Trial, TriedRow
from desktop.services.exchange.report import ImportReport
from desktop.views.look import Look
from desktop.views.requests.import_check_step import ImportCheckStep
from desktop.views.requests.import_columns_step import ImportColumnsStep
from tests.helpers.windows import bring_forward, click, press, type_text, work

PLAN = SheetPlan(
    matches=(
        Match(0, "PO No.", "order.code", 95, samples=("HP-1",)),
        Match(1, "Style", "order.product", 60, samples=("Shirt",)),
        Match(2, "Remark", "", 0, samples=("by mail",)),
    )
)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(520, 700)
    QVBoxLayout(made)
    return made


def show(window: QWidget, step: QWidget) -> None:
    layout = window.layout()
    assert layout is not None
    layout.addWidget(step)
    window.show()
    bring_forward(window)


@pytest.fixture
def columns(window: QWidget, look: Look) -> ImportColumnsStep:
    step = ImportColumnsStep(look, window)
    step.show_plan(PLAN, {"C1": "Harrow Example"}, "")
    show(window, step)
    return step


def pick(box: QComboBox, name: str) -> None:
    """Open a box with the mouse, and click on one of its lines."""
    click(box)
    view = box.view()
    index = box.model().index(box.findData(name), 0)
    view.scrollTo(index)
    work(0.01)
    QTest.mouseMove(view.viewport(), view.visualRect(index).center())
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center(), delay=250)
    work(0.01)


def test_what_a_column_means_is_changed_with_a_key(columns: ImportColumnsStep) -> None:
    told: list[SheetPlan] = []
    columns.changed.connect(told.append)
    columns.boxes[2].setFocus()
    press("Down")
    work(0)
    first = columns.boxes[2].itemData(1)
    assert first
    assert columns.plan.targets[first] == 2
    assert columns.boxes[2].currentData() == first
    press("Down")
    work(0)
    assert [plan.matches[2].target for plan in told] == [first, columns.boxes[2].itemData(2)], (
        "the keys stay in the box"
    )
    assert columns.boxes[2].hasFocus()


def test_one_more_field_is_chosen_with_the_mouse(columns: ImportColumnsStep) -> None:
    pick(columns.further, "request.note")
    box = columns.constants["request.note"]
    assert isinstance(box.lineEdit(), QLineEdit)
    assert box.hasFocus()
    type_text("by mail")
    assert columns.plan.constants == {"request.note": "by mail"}
    pick(columns.boxes[1], "order.quantity")
    assert columns.plan.targets["order.quantity"] == 1
    assert columns.constants["request.note"].currentText() == "by mail", "what was typed stands in the new box"


def trial_of(wrong: int, names: int = 0) -> Trial:
    note = CellNote(
        "order.quantity", "Qty", "many", reason="is not a quantity that can be read", remedy="Write a figure."
    )
    rows = tuple(TriedRow("list", number, "wrong", f"HP-{number}", (note,)) for number in range(2, wrong + 2))
    named = tuple(Named("factory", f"Example {n} Garment", f"F{n}", is_new=True, score=1, why="") for n in range(names))
    return Trial(ImportReport(Path("list.csv"), ()), rows, named)


@pytest.fixture
def check(window: QWidget) -> ImportCheckStep:
    step = ImportCheckStep(window)
    show(window, step)
    return step


def test_thousands_of_faults_do_not_hold_the_window_up(check: ImportCheckStep) -> None:
    check.show_trial(trial_of(3), "")
    work(0)
    fitted = check.table.rowHeight(0)
    begun = time.monotonic()
    check.show_trial(trial_of(10_000), "")
    work(0)
    assert time.monotonic() - begun < 1
    assert check.rows.rowCount() == 10_000
    assert check.table.rowHeight(0) == check.table.verticalHeader().defaultSectionSize()
    assert "is not a quantity" in check.rows.index(9_999, 0).data(Qt.ItemDataRole.ToolTipRole)
    check.show_trial(trial_of(3), "")
    work(0)
    assert check.table.rowHeight(0) == fitted, "few lines are as high as their text"


def test_many_names_are_shown_when_they_are_wanted(check: ImportCheckStep) -> None:
    check.show_trial(trial_of(1, names=60), "")
    assert not check.boxes
    click(check.chips["names"])
    assert len(check.boxes) == 50
    more = check.more_names
    assert more is not None
    check.names.ensureWidgetVisible(more)
    work(0)
    click(more)
    assert len(check.boxes) == 60
    assert check.more_names is None
    assert check.boxes["factory", "Example 50 Garment"].hasFocus()
