"""The steps of an import by themselves: what a column means, and what is wrong with many rows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.services.exchange.foreign.sheet_plan import Match, SheetPlan
from desktop.views.look import Look
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
