"""The board on small and large screens: nothing is cut off, what has no room is a sheet or left out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.views.board.columns import NARROW, USUAL, WIDE, width_of
from desktop.views.board.tray import HEAD_HEIGHT
from tests.helpers.screens import beyond_the_edge, clipped
from tests.qt.board.conftest import Hands


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1600, 1000), (2560, 1440)])
def test_every_text_has_its_room(width: int, height: int, hands: Hands) -> None:
    hands.office.window.resize(width, height)
    _, bar, _ = hands.movable()
    hands.select(bar.request)
    hands.page.want_panel(wanted=True)
    hands.page.doing.ask_where()
    QApplication.processEvents()
    assert clipped(hands.page) == []
    assert beyond_the_edge(hands.page) == []


def test_a_small_page_keeps_what_matters_and_lays_the_panel_over_the_board(hands: Hands) -> None:
    page = hands.page
    hands.office.window.resize(1280, 800)
    hands.qtbot.waitUntil(lambda: page.canvas.frozen_width() == width_of(NARROW))
    _, bar, _ = hands.movable()
    hands.select(bar.request)
    assert not page.panel.isVisible()
    page.canvas.setFocus()
    hands.key(Qt.Key.Key_F4)
    assert page.panel.isVisible()
    assert page.panel.geometry().right() == page.rect().right()
    width = page.canvas.width()
    hands.key(Qt.Key.Key_F4)
    assert not page.panel.isVisible()
    assert page.canvas.width() == width, "the board has not moved"
    hands.office.window.resize(2560, 1440)
    hands.qtbot.waitUntil(lambda: page.canvas.frozen_width() == width_of(WIDE))
    assert page.panel.isVisible()
    hands.office.window.resize(1600, 1000)
    hands.qtbot.waitUntil(lambda: page.canvas.frozen_width() == width_of(USUAL))


def test_a_folded_tray_gives_its_room_to_the_board(hands: Hands) -> None:
    page = hands.page
    before = page.canvas.height()
    hands.key(Qt.Key.Key_F6)
    hands.qtbot.waitUntil(lambda: page.canvas.height() > before + 80)
    assert page.tray.height() == HEAD_HEIGHT
    hands.key(Qt.Key.Key_F6)
    hands.qtbot.waitUntil(lambda: abs(page.canvas.height() - before) < 20)
