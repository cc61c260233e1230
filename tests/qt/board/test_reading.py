"""What the board shows is what is stored, whenever that changes."""

from __future__ import annotations

from tests.qt.board.conftest import Hands


def test_what_becomes_old_while_it_is_read_is_read_again(hands: Hands) -> None:
    shown = hands.page.shown
    shown.refresh()
    shown.mark_stale()
    shown.freshen()
    hands.settle()
