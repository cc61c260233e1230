"""Requests dragged on the board with a real mouse: allowed, forbidden, for a reason, into the tray and out of it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt

from desktop.services.commands import EditRecord, MoveVisit, PinRequest, UnassignVisit
from desktop.services.planning.open_plan import open_plan
from desktop.services.slots import slot_of
from desktop.views.board.gestures import ResizeGesture
from desktop.views.board.page import BoardPage
from desktop.views.board.stage import Dropped, grab_of, grab_of_request
from scheduler.problem import Mode
from tests.qt.board.conftest import WAIT_MS, Hands


def stored(hands: Hands, request: str) -> tuple[tuple[str, ...], int] | None:
    """Where the database has a request."""
    place = open_plan(hands.store, hands.plan.code).card(request).place
    return None if place is None else (place.inspectors, place.first_slot)


def test_a_press_selects_and_shows_where_it_could_go(hands: Hands) -> None:
    row, bar, _ = hands.movable()
    hands.qtbot.mouseClick(
        hands.page.canvas.viewport(), Qt.MouseButton.LeftButton, pos=hands.at(row.inspector, bar.first_slot)
    )
    assert hands.page.selected.code == bar.request
    hands.qtbot.waitUntil(lambda: hands.page.selected.has_offers)
    marks = hands.page.canvas.overlay.marks
    assert marks.selected == bar.request
    assert set(marks.offers) == {offer.inspector for offer in hands.page.selected.offers}
    assert hands.page.panel.isVisible()
    assert hands.page.panel.request == bar.request


def test_a_legal_drop_moves_pins_and_says_the_price(hands: Hands) -> None:
    row, bar, offer = hands.movable()
    start, end = hands.at(row.inspector, bar.first_slot), hands.at(offer.inspector, offer.first_slot)
    start = hands.page.canvas.box_of(row.inspector, bar.first_slot, bar.first_slot).center().toPoint()  # type: ignore[union-attr]
    cost = hands.plan.board.cost
    hands.drag(start, end)
    moved = hands.bar(bar.request)
    assert moved is not None, "the bar is there at once"
    assert (moved[0].inspector, moved[1].first_slot) == (offer.inspector, offer.first_slot)
    hands.settle()
    assert stored(hands, bar.request) == ((offer.inspector,), offer.first_slot)
    moved = hands.bar(bar.request)
    assert moved is not None
    assert moved[1].pinned
    assert hands.plan.board.cost == cost + offer.cost_cents
    assert any(text.startswith(f"{bar.request} moved to {moved[0].name}") for text in hands.toasts())


def test_what_was_dropped_is_undone_by_the_toast(hands: Hands) -> None:
    row, bar, offer = hands.movable()
    start, end = hands.at(row.inspector, bar.first_slot), hands.at(offer.inspector, offer.first_slot)
    hands.drag(start, end)
    hands.settle()
    undo = hands.office.window.context.actions.action("edit.undo")
    hands.qtbot.waitUntil(undo.isEnabled, timeout=WAIT_MS)
    undo.trigger()
    hands.qtbot.waitUntil(lambda: not hands.plan.card(bar.request).pinned, timeout=WAIT_MS)
    again = hands.bar(bar.request)
    assert again is not None
    assert (again[0].inspector, again[1].first_slot, again[1].pinned) == (row.inspector, bar.first_slot, False)
    assert stored(hands, bar.request) == ((row.inspector,), bar.first_slot)


def test_the_verdict_stands_beside_the_mouse_before_the_drop(hands: Hands) -> None:
    row, bar, offer = hands.movable()
    view = hands.page.canvas.viewport()
    start, end = hands.at(row.inspector, bar.first_slot), hands.at(offer.inspector, offer.first_slot)
    hands.press(view, start)
    hands.move(view, start + QPoint(14, 0))
    hands.move(view, end)
    card = hands.page.card.card
    assert card is not None
    assert card.state == "ok"
    assert card.head.startswith("Fits.")
    assert {"Skill", "Window", "Travel"} <= {line.title for line in card.lines}
    ghost = hands.page.canvas.overlay.marks.ghost
    assert ghost is not None
    assert ghost.inspectors == (offer.inspector,)
    hands.release(view, end)
    assert hands.page.card.card is None
    assert hands.page.canvas.overlay.marks.ghost is None
    hands.settle()


def test_escape_lets_go_and_nothing_has_happened(hands: Hands) -> None:
    row, bar, offer = hands.movable()
    view = hands.page.canvas.viewport()
    start, end = hands.at(row.inspector, bar.first_slot), hands.at(offer.inspector, offer.first_slot)
    hands.press(view, start)
    hands.move(view, start + QPoint(14, 0))
    hands.move(view, end)
    hands.key(Qt.Key.Key_Escape)
    assert hands.page.stage.gesture is None
    assert hands.page.card.card is None
    hands.release(view, end)
    hands.settle()
    assert stored(hands, bar.request) == ((row.inspector,), bar.first_slot)
    assert hands.toasts() == []


def test_a_hard_rule_refuses_the_drop_and_says_which(hands: Hands) -> None:
    row, bar, other = hands.forbidden()
    view, board = hands.page.canvas.viewport(), hands.plan.board
    start, end = hands.at(row.inspector, bar.first_slot), hands.at(other, bar.first_slot)
    hands.press(view, start)
    hands.move(view, start + QPoint(14, 0))
    hands.move(view, end)
    card = hands.page.card.card
    assert card is not None
    assert card.state == "bad"
    assert view.cursor().shape() == Qt.CursorShape.ForbiddenCursor
    with hands.qtbot.waitSignal(hands.page.stage.refused) as refused:
        hands.release(view, end)
    dropped = refused.args[0]
    assert isinstance(dropped, Dropped)
    assert dropped.verdict is not None
    assert hands.plan.board is board, "nothing was changed, not even for a moment"
    assert stored(hands, bar.request) == ((row.inspector,), bar.first_slot)
    cause = next(line.text for line in dropped.verdict.lines if line.state == "bad")
    assert any(cause in text for text in hands.toasts())


def test_a_rule_that_can_be_waived_asks_for_a_reason(hands: Hands) -> None:
    row, bar, other = hands.waivable()
    start, end = hands.at(row.inspector, bar.first_slot), hands.at(other, bar.first_slot)
    hands.drag(start, end)
    sheet = hands.page.doing.reason_sheet
    assert sheet.isVisible()
    assert stored(hands, bar.request) == ((row.inspector,), bar.first_slot)
    hands.key(Qt.Key.Key_Return)
    assert sheet.isVisible(), "no reason was given"
    hands.qtbot.keyClicks(sheet.reason, "the client asked for him")
    hands.key(Qt.Key.Key_Return)
    assert not sheet.isVisible()
    hands.settle()
    assert stored(hands, bar.request) == ((other,), bar.first_slot)
    card = hands.plan.card(bar.request)
    assert card.waived


def test_a_reason_not_given_leaves_all_as_it_is(hands: Hands) -> None:
    row, bar, other = hands.waivable()
    hands.drag(hands.at(row.inspector, bar.first_slot), hands.at(other, bar.first_slot))
    hands.key(Qt.Key.Key_Escape)
    assert not hands.page.doing.reason_sheet.isVisible()
    assert stored(hands, bar.request) == ((row.inspector,), bar.first_slot)


def test_into_the_tray_and_out_of_it(hands: Hands) -> None:
    row, bar, _ = hands.movable()
    page, view = hands.page, hands.page.canvas.viewport()
    tray = view.mapFromGlobal(page.tray.table.viewport().mapToGlobal(QPoint(60, 10)))
    hands.drag(hands.at(row.inspector, bar.first_slot), tray)
    assert hands.bar(bar.request) is None
    hands.settle()
    assert stored(hands, bar.request) is None
    line = page.tray.model.row_of(bar.request)
    assert line is not None
    offers = hands.select(bar.request)
    offer = next(entry for entry in offers if len(entry.inspectors) == 1)
    source = page.tray.table.viewport()
    page.tray.table.scrollTo(page.tray.model.index(line, 0))
    start = page.tray.table.visualRect(page.tray.model.index(line, 1)).center()
    end = source.mapFromGlobal(view.mapToGlobal(hands.at(offer.inspector, offer.first_slot)))
    hands.drag(start, end, source)
    hands.settle()
    assert stored(hands, bar.request) == ((offer.inspector,), offer.first_slot)


def test_what_a_colleague_has_moved_goes_back_to_where_he_put_it(hands: Hands) -> None:
    row, bar, offer = hands.movable()
    other = next(entry for entry in hands.plan.offers(bar.request) if entry.inspector != offer.inspector)
    hands.page.deactivate()  # the page does not hear of the colleague's change
    first = slot_of(hands.plan.board.first_day) + other.first_slot
    hands.colleague().handle(MoveVisit(hands.plan.code, bar.request, other.inspectors, first, other.mode))
    hands.drag(hands.at(row.inspector, bar.first_slot), hands.at(offer.inspector, offer.first_slot))
    hands.page.activate()
    hands.settle()
    assert stored(hands, bar.request) == (other.inspectors, other.first_slot)
    shown = hands.bar(bar.request)
    assert shown is not None
    assert shown[0].inspector in other.inspectors
    assert any("Tran Bich Ngoc" in text for text in hands.toasts())


def test_quick_moves_one_after_the_other_all_arrive(hands: Hands) -> None:
    row, bar, offer = hands.movable()
    hands.drag(hands.at(row.inspector, bar.first_slot), hands.at(offer.inspector, offer.first_slot))
    hands.drag(hands.at(offer.inspector, offer.first_slot), hands.at(row.inspector, bar.first_slot))
    shown = hands.bar(bar.request)
    assert shown is not None
    assert shown[0].inspector == row.inspector
    hands.settle()
    assert stored(hands, bar.request) == ((row.inspector,), bar.first_slot)


def test_the_place_is_kept_when_data_change(hands: Hands) -> None:
    page = hands.page
    row, bar = hands.bars()[-1]
    hands.page.show_request(bar.request)
    page.canvas.verticalScrollBar().setValue(40)
    page.canvas.fold_wanted.emit(hands.plan.board.rows[0].team)
    before = (page.canvas.verticalScrollBar().value(), page.canvas.overlay.marks.cursor, page.selected.code)
    other = next(entry for _, entry in hands.bars() if entry.request != bar.request and not entry.pinned)
    hands.office.runner.handle(page, PinRequest(hands.plan.code, other.request))
    hands.qtbot.waitUntil(lambda: hands.plan.card(other.request).pinned)
    assert (page.canvas.verticalScrollBar().value(), page.canvas.overlay.marks.cursor, page.selected.code) == before
    assert row.team


def test_the_page_is_named_for_the_shell(hands: Hands) -> None:
    assert (BoardPage.NAME, hands.page.title()) == ("board", "Board")


def test_the_end_of_a_bar_is_pulled_where_its_man_days_can_be_split_otherwise(hands: Hands) -> None:
    row, bar = next(
        (row, bar)
        for row, bar in hands.bars()
        if len(bar.crew) == 1 and bar.last_slot - bar.first_slot == 1 and bar.first_slot < 8
    )
    longer = (Mode(1, 2), Mode(1, 4))
    hands.colleague().handle(EditRecord("request", bar.request, {"modes": longer}))
    hands.page.refresh()
    hands.qtbot.waitUntil(lambda: len(hands.plan.card(bar.request).modes) == 2, timeout=WAIT_MS)
    hands.settle()
    hands.at(row.inspector, bar.first_slot)
    box = hands.page.canvas.box_of(row.inspector, bar.first_slot, bar.last_slot)
    end = hands.page.canvas.box_of(row.inspector, bar.first_slot + 3, bar.first_slot + 3)
    assert box is not None
    assert end is not None
    view = hands.page.canvas.viewport()
    start = QPoint(round(box.right()) - 4, round(box.center().y()))
    hands.press(view, start)
    hands.move(view, start + QPoint(14, 0))
    hands.move(view, end.center().toPoint())
    gesture = hands.page.stage.gesture
    assert isinstance(gesture, ResizeGesture)
    verdict = gesture.verdict
    assert verdict is not None
    assert (verdict.mode, verdict.last_slot) == (1, bar.first_slot + 3)
    hands.key(Qt.Key.Key_Escape)
    hands.release(view, end.center().toPoint())
    assert stored(hands, bar.request) == ((row.inspector,), bar.first_slot)


def test_out_of_a_crew_the_one_in_whose_line_it_was_taken_is_exchanged(hands: Hands) -> None:
    row, bar, _ = hands.movable()
    others = [entry.inspector for entry in hands.plan.board.rows if entry.inspector != row.inspector]
    grab = grab_of(replace(bar, crew=(row.inspector, others[0])), row.inspector, bar.first_slot)
    stage = hands.page.stage
    assert stage.crew_for(grab, others[1], bar.first_slot) == tuple(sorted((others[0], others[1])))
    assert stage.crew_for(grab, others[0], bar.first_slot) == (row.inspector, others[0])
    alone = replace(grab, inspectors=(row.inspector,))
    assert stage.crew_for(alone, others[1], bar.first_slot) == (others[1],)


def test_a_crew_is_offered_whole_out_of_the_tray(hands: Hands) -> None:
    _, bar, _ = hands.movable()
    hands.colleague().handle(UnassignVisit(hands.plan.code, bar.request))
    hands.colleague().handle(EditRecord("request", bar.request, {"modes": (Mode(2, 2),)}))
    hands.page.refresh()
    hands.qtbot.waitUntil(lambda: hands.plan.card(bar.request).modes == (Mode(2, 2),), timeout=WAIT_MS)
    hands.settle()
    offers = hands.select(bar.request)
    grab = grab_of_request(hands.plan.board, hands.plan.card(bar.request))
    assert (grab.inspectors, grab.first_slot, grab.half_days) == ((), None, 2)
    for offer in offers:
        assert len(offer.inspectors) == 2
        assert hands.page.stage.crew_for(grab, offer.inspector, offer.first_slot) in {
            entry.inspectors
            for entry in offers
            if (entry.inspector, entry.first_slot) == (offer.inspector, offer.first_slot)
        }
