"""The item models of the page."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.itemmodels import request_words as words
from desktop.itemmodels.import_rows import ImportRowsModel
from desktop.itemmodels.request_table import COLUMNS, PLACE_OF, ROW, ColumnName, RequestTable
from desktop.services.exchange.foreign.trial import CellNote, TriedRow
from desktop.services.requests.filter import RequestFilter
from desktop.services.requests.listing import RequestIndex, Sort
from desktop.services.requests.rows import Made, RequestRow
from scheduler.plan import Reason
from tests.helpers.request_rows import FACTORIES, NOW, TODAY, place, row


def shown(*rows: RequestRow) -> RequestTable:
    table = RequestTable()
    index = RequestIndex.of(rows, NOW)
    table.show_requests(index, index.find(RequestFilter(), Sort("code"), NOW), NOW)
    return table


def said(table: RequestTable, name: ColumnName, number: int = 0, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
    return table.index(number, PLACE_OF[name]).data(role)


def test_the_table_of_requests_is_a_sound_model(qtmodeltester: ModelTester) -> None:
    table = shown(*(row(key) for key in range(1, 12)))
    qtmodeltester.check(table)
    index = RequestIndex.of([row(3)], NOW)
    assert table.show_requests(index, index.find(RequestFilter(), Sort(), NOW), NOW)
    assert table.rowCount() == 1


def test_the_table_of_tried_rows_is_a_sound_model(qtmodeltester: ModelTester) -> None:
    table = ImportRowsModel()
    note = CellNote("request.level", "Level", "9", "", "is more than 5", "Write 1 to 5")
    table.show_rows([TriedRow("Bookings", 1204, "wrong", "R1", (note,)), TriedRow("Bookings", 7, "new", "R2")], "wrong")
    qtmodeltester.check(table)
    assert [table.index(0, n).data() for n in range(6)] == [
        "Bookings", "1,204", "Level", "9", "is more than 5", "Write 1 to 5",
    ]  # fmt: skip
    heard: list[tuple[object, ...]] = []
    table.corrected.connect(lambda *said: heard.append(said))
    assert table.setData(table.index(0, 3), " 4 ")
    assert not table.setData(table.index(0, 4), "fine"), "only the value can be typed anew"
    assert heard == [("Bookings", 1204, "request.level", "4")]


def test_what_a_row_says() -> None:
    table = shown(
        row(1, place=place(TODAY, "Lan Nguyen", "Chen Kai"), made=Made(44.4, 52.0, 10, 50, outside=True)),
        row(2, target=NOW - dt.timedelta(hours=3, minutes=30), made=Made(20, None, 10, 50)),
        row(3, target=NOW + dt.timedelta(days=9), reasons=(Reason("no_skill", "nobody has it"),)),
        row(4, earliest=None, latest=None, window_missing="it names no window", price_entered=False),
    )
    assert [said(table, "target", n) for n in range(4)] == ["60 h", f"{words.MINUS}3 h", "9 d", "60 h"]
    assert [said(table, "made", n) for n in range(4)] == [
        "44 → 52",
        "20 %",
        f"27 Nov {words.DASH} 2 Dec",
        "no window",
    ]
    assert [said(table, "risk", n) for n in range(4)] == ["52 % on Fri", "Overdue", "No slot", "No window"]
    assert said(table, "visit") == "Fri 27 Nov, Lan Nguyen + Chen Kai"
    assert (said(table, "man_days"), said(table, "price"), said(table, "status", 2)) == ("1.0", "$280", "No slot")
    assert said(table, "risk", 2, Qt.ItemDataRole.ToolTipRole) == "Nobody has it."
    assert f"52 % made on Fri 27 Nov, needs 10{words.DASH}50 %" in said(table, "risk", 0, Qt.ItemDataRole.ToolTipRole)
    assert "it names no window" in said(table, "made", 3, Qt.ItemDataRole.ToolTipRole)
    assert "house's price" in said(table, "price", 3, Qt.ItemDataRole.ToolTipRole)


def test_names_are_told_whole_in_every_script() -> None:
    table = shown(row(1), row(2, factory=FACTORIES[1]))
    assert said(table, "factory", 0, Qt.ItemDataRole.ToolTipRole) == "Jasan Socks\n佳山袜业\n广东省"
    assert said(table, "area", 1) == "Đồng Nai"


def test_every_cell_says_something_to_who_hears_it() -> None:
    table = shown(row(1))
    for number, column in enumerate(COLUMNS):
        text = table.index(0, number).data(Qt.ItemDataRole.AccessibleTextRole)
        assert str(text).startswith(str(table.headerData(number, Qt.Orientation.Horizontal))), column.name
    assert isinstance(table.index(0, 0).data(ROW), RequestRow)


def test_the_same_requests_in_the_same_order_are_told_without_a_reset(qtbot: QtBot) -> None:
    table = shown(row(1), row(2))
    index = RequestIndex.of([row(1, note="new"), row(2)], NOW)
    with qtbot.assertNotEmitted(table.modelReset), qtbot.waitSignal(table.dataChanged):
        assert not table.show_requests(index, index.find(RequestFilter(), Sort("code"), NOW), NOW)
    assert table.request(0).note == "new"


def test_time_goes_on_in_the_rows_that_are_seen(qtbot: QtBot) -> None:
    table = shown(*(row(key) for key in range(1, 9)))
    with qtbot.waitSignal(table.dataChanged) as told:
        table.tell_time(NOW + dt.timedelta(hours=40), 2, 99)
    first, last = told.args[:2]
    assert (first.row(), last.row()) == (2, 7)
    assert said(table, "target", 2) == "20 h"
    assert table.row_of(5) == 4
    assert table.row_of(77) is None
