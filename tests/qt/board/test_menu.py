"""The menu of the board, and the table of its actions."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.views.actions.board import BOARD
from desktop.views.board.doing import OF_BAR, OF_CELL
from tests.qt.board.conftest import Hands


def ask_for_menu(widget: QWidget, at: QPoint, reason: QContextMenuEvent.Reason) -> None:
    QApplication.sendEvent(widget, QContextMenuEvent(reason, at, widget.mapToGlobal(at)))


def names(hands: Hands) -> list[str]:
    return [action.objectName().removeprefix("board.") for action in hands.page.doing.menu.actions()]


def test_a_bar_offers_what_can_be_done_with_it(hands: Hands) -> None:
    row, bar = hands.bars()[0]
    at = hands.at(row.inspector, bar.first_slot)
    ask_for_menu(hands.page.canvas.viewport(), at, QContextMenuEvent.Reason.Mouse)
    menu = hands.page.doing.menu
    assert menu.isVisible()
    assert hands.page.selected.code == bar.request
    assert names(hands) == list(OF_BAR)
    assert all(action.isEnabled() for action in menu.actions())
    menu.close()


def test_the_menu_key_asks_for_the_cell_under_the_cursor(hands: Hands) -> None:
    row, free = next(
        (row, slot)
        for row in hands.plan.board.rows
        for slot in range(10)
        if not any(bar.first_slot <= slot <= bar.last_slot for bar in row.bars)
    )
    hands.page.doing.go_to(row.inspector, free)
    ask_for_menu(hands.page.canvas, QPoint(5, 5), QContextMenuEvent.Reason.Keyboard)
    assert names(hands) == list(OF_CELL)
    hands.page.doing.menu.close()


def test_what_needs_a_request_is_off_without_one(hands: Hands) -> None:
    actions = hands.office.window.context.actions
    assert hands.page.selected.code is None
    for name in ("move", "carry", "pin", "unassign", "candidates", "why"):
        assert not actions.action(f"board.{name}").isEnabled()
    left = hands.plan.board.unassigned[0].request
    hands.page.show_request(left)
    assert actions.action("board.move").isEnabled()
    assert not actions.action("board.unassign").isEnabled(), "it is unassigned already"


def test_every_action_of_the_board_is_done_by_somebody(hands: Hands) -> None:
    actions = hands.office.window.context.actions
    for spec in BOARD:
        assert actions.action(spec.id).isSignalConnected(
            actions.action(spec.id)
            .metaObject()
            .method(actions.action(spec.id).metaObject().indexOfSignal("triggered(bool)"))
        ), spec.id
