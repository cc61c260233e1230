"""Places that are kept for a client are marked on the board."""

from __future__ import annotations

import datetime as dt

from desktop.models.halfday import morning
from desktop.services.commands import BookUrgent, HoldSlot, ReleaseHold, UnassignVisit
from tests.helpers.office import NOW
from tests.helpers.windows import settle
from tests.qt.board.conftest import WAIT_MS, Hands


def test_a_held_place_has_an_hourglass_while_it_is_held(hands: Hands) -> None:
    row, bar = next((row, bar) for row, bar in hands.bars() if len(bar.crew) == 1 and not bar.pinned)
    slot = morning(hands.plan.board.first_day) + bar.first_slot
    booking = BookUrgent(hands.plan.code, bar.request, (row.inspector,), slot, bar.mode)
    hands.colleague().handle(UnassignVisit(hands.plan.code, bar.request))
    hands.colleague().handle(HoldSlot(booking, NOW + dt.timedelta(minutes=40)))
    hands.office.watch.look()
    marks = hands.page.canvas.overlay
    hands.qtbot.waitUntil(lambda: bar.request in marks.marks.held, timeout=WAIT_MS)
    assert "by Tran Bich Ngoc" in marks.marks.held[bar.request]
    hands.page.show_request(bar.request)  # the mark stays, whatever else is marked
    hands.settle()
    assert bar.request in marks.marks.held
    hands.colleague().handle(ReleaseHold(bar.request))
    hands.office.watch.look()
    hands.qtbot.waitUntil(lambda: not marks.marks.held, timeout=WAIT_MS)
    settle(hands.office)
