"""A chart in a window, with mouse and keys: what is pointed at is framed and told, what is clicked is opened."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.services.reports.report import Table
from desktop.views.charts.strokes import Hit
from desktop.views.charts.widget import ChartWidget
from desktop.views.look import Look
from tests.helpers import reports_made as made


@pytest.fixture
def chart(look: Look, qtbot: QtBot) -> Iterator[ChartWidget]:
    widget = ChartWidget(look)
    show(widget, made.heat())
    with qtbot.waitExposed(widget):
        widget.show()
    yield widget
    widget.close()
    widget.deleteLater()
    QApplication.sendPostedEvents(widget, QEvent.Type.DeferredDelete.value)


def show(widget: ChartWidget, table: Table) -> None:
    widget.show_table(table, made.made_report(table), "en")
    widget.resize(800, widget.heightForWidth(800))


def middle(widget: ChartWidget, place: int) -> QPoint:
    return widget.marks()[place].box.center().toPoint()


def marked(widget: ChartWidget) -> Hit | None:
    return widget.mark


def picture(widget: ChartWidget) -> QImage:
    return widget.grab().toImage()


def test_a_mark_under_the_mouse_is_framed_and_tells_itself(chart: ChartWidget, qtbot: QtBot) -> None:
    before = picture(chart)
    qtbot.mouseMove(chart, middle(chart, 9))
    assert marked(chart) == chart.marks()[9]
    assert picture(chart) != before
    assert chart.card.isHidden()  # until the mouse has rested
    qtbot.waitUntil(chart.card.isVisible)
    assert chart.card.told is not None
    assert chart.card.told.title == "广东省, garment, W40 2026"
    assert ("Load", chart.card.told.lines[0][1]) == chart.card.told.lines[0]
    qtbot.mouseMove(chart, QPoint(3, 3))
    assert marked(chart) is None
    assert chart.card.isHidden()
    assert picture(chart) == before


def test_a_click_and_enter_open_what_is_behind_and_arrows_walk(chart: ChartWidget, qtbot: QtBot) -> None:
    opened: list[tuple[int, str]] = []
    chart.opened.connect(lambda row, column: opened.append((row, column)))
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=middle(chart, 10))
    assert opened == [(10, "load")]
    qtbot.mousePress(chart, Qt.MouseButton.LeftButton, pos=middle(chart, 10))
    qtbot.mouseRelease(chart, Qt.MouseButton.LeftButton, pos=middle(chart, 12))
    qtbot.mouseClick(chart, Qt.MouseButton.RightButton, pos=middle(chart, 10))
    assert opened == [(10, "load")]
    opened.clear()
    qtbot.keyClick(chart, Qt.Key.Key_Escape)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left):
        qtbot.keyClick(chart, key)
    assert marked(chart) == chart.marks()[8 + 1]  # eight weeks a line
    assert chart.card.isVisible()
    assert "Load: " in chart.accessibleDescription()
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert opened == [(9, "load")]
    qtbot.keyClick(chart, Qt.Key.Key_Up)
    qtbot.keyClick(chart, Qt.Key.Key_Up)  # there is none above
    assert marked(chart) == chart.marks()[1]
    qtbot.keyClick(chart, Qt.Key.Key_End)
    assert marked(chart) == chart.marks()[-1]
    qtbot.keyClick(chart, Qt.Key.Key_Escape)
    assert marked(chart) is None
    assert chart.card.isHidden()


def test_another_size_theme_and_table_are_painted_anew_and_said(chart: ChartWidget, look: Look, qtbot: QtBot) -> None:
    light = picture(chart)
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    last = chart.marks()[-1].box
    chart.resize(1000, chart.height())
    assert marked(chart) is None
    assert chart.marks()[-1].box.right() > last.right()
    chart.resize(800, chart.height())
    look.choose("dark")
    try:
        assert picture(chart) != light
    finally:
        look.choose("light")
    assert picture(chart) == light
    show(chart, made.heat())
    assert chart.accessibleName() == "Capacity against demand"
    assert "per cent" in chart.accessibleDescription()
    assert "112 marks" in chart.accessibleDescription()
    show(chart, made.bars_by_name([]))
    assert chart.marks() == []
    assert chart.heightForWidth(800) < 150
