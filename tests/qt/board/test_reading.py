"""What the board shows is what is stored, whenever that changes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from desktop.errors import StoreError
from desktop.services.bus import Desk
from desktop.services.planning.open_plan import open_plan
from desktop.services.planning.reading import list_plans
from desktop.services.verdicts import Verdict
from desktop.views.board.page import BoardPage
from tests.qt.board.conftest import WAIT_MS, Hands


def ignore(_told: object) -> None:
    """Nobody listens."""


def fail(*_asked: object, **_more: object) -> None:
    msg = "The database cannot be reached."
    raise StoreError(msg)


def places(hands: Hands, number: int) -> list[Verdict]:
    """Places elsewhere for some requests, of people who are all different."""
    found: dict[str, Verdict] = {}
    wanted = [bar.request for _, bar in hands.bars() if not bar.elsewhere] or [
        entry.request for entry in hands.plan.board.unassigned
    ]
    for request in dict.fromkeys(wanted):
        for offer in hands.plan.offers(request):
            verdict = hands.plan.verdict(request, offer.inspectors, offer.first_slot, offer.mode)
            if verdict.state == "ok" and not found.keys() & set(offer.inspectors):
                found |= dict.fromkeys(offer.inspectors, verdict)
                break
        if len(set(map(id, found.values()))) == number:
            return list({verdict.request: verdict for verdict in found.values()}.values())
    raise AssertionError("there are not so many places")


def to_a_week_without_a_plan(hands: Hands) -> None:
    hands.page.go_by(1)
    hands.qtbot.waitUntil(lambda: hands.page.shown.is_settled and hands.plan.code == "", timeout=WAIT_MS)


def test_what_becomes_old_while_it_is_read_is_read_again(hands: Hands) -> None:
    shown = hands.page.shown
    shown.refresh()
    shown.mark_stale()
    shown.freshen()
    hands.settle()


def test_until_a_plan_is_read_nothing_is_said_of_its_people(hands: Hands) -> None:
    page = BoardPage(hands.page.context)
    page.resize(1280, 800)
    page.restore({**hands.page.state(), "filters": {}, "tray_folded": True})
    page.viewing.changed.emit()
    assert page._waiting.text() == "Reading the plan…"
    page.show()
    hands.qtbot.addWidget(page)
    page.upright.setSizes([700, 100])
    QApplication.processEvents()
    assert page._waiting.width() > page.canvas.viewport().width() * 0.9
    assert abs(page._waiting.geometry().center().y() - page.canvas.viewport().rect().center().y()) <= 2


def test_quick_moves_in_a_week_without_a_plan_begin_one_draft(hands: Hands) -> None:
    to_a_week_without_a_plan(hands)
    before = len(list_plans(hands.store))
    one, other = places(hands, 2)
    for verdict in (one, other):
        hands.page.shown.place(verdict, "", ignore, hands.office.runner.refused.emit)
    hands.settle()
    assert len(list_plans(hands.store)) == before + 1
    stored = open_plan(hands.store, hands.plan.code)
    for verdict in (one, other):
        place = stored.card(verdict.request).place
        assert place is not None
        assert place.inspectors == verdict.inspectors


def test_a_change_taken_back_at_once_in_a_week_without_a_plan_is_taken_back(hands: Hands) -> None:
    to_a_week_without_a_plan(hands)
    (verdict,) = places(hands, 1)
    refused: list[object] = []
    hands.page.shown.place(verdict, "", ignore, refused.append)
    hands.page.shown.unassign(verdict.request, ignore, refused.append)
    hands.settle()
    assert not refused
    assert hands.plan.code
    assert hands.plan.card(verdict.request).place is None


def test_where_one_has_gone_meanwhile_one_stays(hands: Hands) -> None:
    code = hands.plan.code
    to_a_week_without_a_plan(hands)
    (verdict,) = places(hands, 1)
    hands.page.shown.place(verdict, "", ignore, ignore)
    hands.office.window.context.selection.show_plan(code, page="board")
    hands.settle()
    assert hands.plan.code == code


def test_nothing_that_could_not_be_stored_stays_on_the_board(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    before = hands.plan
    one, other = places(hands, 2)
    refused: list[object] = []
    monkeypatch.setattr(Desk, "handle", fail)
    monkeypatch.setattr("desktop.views.board.shown_plan.open_board", fail)
    hands.page.shown.place(one, "", ignore, refused.append)
    hands.page.shown.place(other, "", ignore, refused.append)
    with hands.qtbot.waitSignal(hands.page.shown.failed, timeout=WAIT_MS):
        assert hands.plan.board != before.board
    assert len(refused) == 2
    assert hands.plan.board == before.board


def test_a_fault_in_a_change_puts_it_back(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    before = hands.plan.board
    (verdict,) = places(hands, 1)
    hands.office.runner.faulted.disconnect()
    with monkeypatch.context() as patch:
        patch.setattr(Desk, "handle", lambda _desk, command: len(command))
        hands.page.shown.place(verdict, "", ignore, ignore)
        hands.settle()
    assert hands.plan.board == before


def test_what_is_carried_is_let_go_where_somebody_else_has_moved_it(hands: Hands) -> None:
    row, bar, offer = hands.movable()
    view, stage = hands.page.canvas.viewport(), hands.page.stage
    verdict = hands.plan.verdict(bar.request, offer.inspectors, offer.first_slot, offer.mode)
    hands.page.shown.place(verdict, "", ignore, ignore)
    hands.settle()
    start = hands.at(offer.inspector, offer.first_slot)
    hands.press(view, start)
    hands.move(view, start + QPoint(14, 0))
    assert stage.gesture is not None, "it is carried"
    over: list[bool] = []
    stage.over.connect(lambda: over.append(True))
    hands.colleague().undo(hands.office.runner.actor)
    hands.page.shown.refresh()
    hands.settle()
    assert over
    hands.release(view, hands.at(offer.inspector, offer.first_slot))
    assert hands.page.shown.is_settled
    now = hands.bar(bar.request)
    assert now is not None
    assert now[0].inspector == row.inspector


def test_a_place_asked_about_is_not_taken_in_another_week(hands: Hands) -> None:
    row, bar, other = hands.waivable()
    hands.drag(hands.at(row.inspector, bar.first_slot), hands.at(other, bar.first_slot))
    sheet = hands.page.doing.reason_sheet
    assert sheet.isVisible()
    to_a_week_without_a_plan(hands)
    assert not sheet.isVisible()
