"""Everything that the mouse does on the board, done with the keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.services.verdicts import Offer
from desktop.views.board.marks import Cell
from desktop.views.board.panel import CANDIDATES, WHY, WHY_NOT
from tests.qt.board.conftest import WAIT_MS, Hands
from tests.qt.board.test_dragging import stored

KEY = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


def cursor(hands: Hands) -> Cell:
    found = hands.page.canvas.overlay.marks.cursor
    assert found is not None
    return found


def carry_to(hands: Hands, offer: Offer) -> None:
    """Press arrows until the cursor stands where an offer is."""
    axis = hands.page.canvas.axis
    for _ in range(100):
        at = cursor(hands)
        here, there = axis.index_of(at.inspector), axis.index_of(offer.inspector)
        assert here is not None
        assert there is not None
        if here != there:
            hands.key(KEY.Key_Down if here < there else KEY.Key_Up)
        elif at.slot // 2 != offer.first_slot // 2 or at.slot != offer.first_slot:
            hands.key(KEY.Key_Right if at.slot < offer.first_slot else KEY.Key_Left, SHIFT)
        else:
            return
    raise AssertionError("the cursor does not get there")


def test_arrows_move_the_cursor_and_say_what_is_there(hands: Hands) -> None:
    people = hands.page.canvas.axis.people()
    hands.key(KEY.Key_Down)
    assert cursor(hands) == Cell(people[0].inspector, 0)
    hands.key(KEY.Key_Down)
    hands.key(KEY.Key_Right)
    assert cursor(hands) == Cell(people[1].inspector, 2)
    hands.key(KEY.Key_Right, SHIFT)
    assert cursor(hands).slot == 3
    hands.key(KEY.Key_End)
    assert cursor(hands).slot == 12
    hands.key(KEY.Key_Home)
    assert cursor(hands).slot == 0
    hands.key(KEY.Key_PageDown)
    assert cursor(hands).inspector == people[-1].inspector
    assert hands.page.canvas.accessibleDescription().startswith(people[-1].name)


def test_space_selects_and_escape_lets_go(hands: Hands) -> None:
    row, bar, _ = hands.movable()
    hands.page.doing.go_to(row.inspector, bar.first_slot)
    hands.key(KEY.Key_Space)
    assert (hands.page.selected.code or "") == bar.request
    hands.key(KEY.Key_Escape)
    assert hands.page.selected.code is None
    assert not hands.page.panel.isVisible()


def test_m_carries_with_the_arrows_and_enter_puts_down(hands: Hands) -> None:
    row, bar, offer = hands.movable()
    hands.select(bar.request)
    hands.page.canvas.setFocus()
    hands.key(KEY.Key_M)
    assert hands.page.stage.gesture is not None
    assert cursor(hands) == Cell(row.inspector, bar.first_slot)
    carry_to(hands, offer)
    card = hands.page.card.card
    assert card is not None
    assert card.state == "ok"
    hands.key(KEY.Key_Return)
    hands.settle()
    assert stored(hands, bar.request) == ((offer.inspector,), offer.first_slot)


def test_escape_while_carrying_changes_nothing(hands: Hands) -> None:
    row, bar, _ = hands.movable()
    hands.select(bar.request)
    hands.page.canvas.setFocus()
    hands.key(KEY.Key_M)
    hands.key(KEY.Key_Down)
    hands.key(KEY.Key_Escape)
    assert hands.page.stage.gesture is None
    assert hands.page.selected.code == bar.request
    assert stored(hands, bar.request) == ((row.inspector,), bar.first_slot)


def test_f2_moves_to_a_person_found_by_name(hands: Hands) -> None:
    _, bar, offer = hands.movable()
    hands.select(bar.request)
    hands.page.canvas.setFocus()
    hands.key(KEY.Key_F2)
    sheet = hands.page.doing.move_sheet
    assert sheet.isVisible()
    sheet.person.setCurrentIndex(sheet.person.findData(offer.inspector))
    sheet.date.setFocus()
    hands.key(KEY.Key_Home)
    for _ in range(offer.first_slot // 2):
        hands.key(KEY.Key_Down)
    sheet.half.setCurrentIndex(offer.first_slot % 2)
    assert sheet.lines.lines, "the verdict is told before"
    sheet.setFocus()
    hands.qtbot.keyClick(sheet, KEY.Key_Return)
    assert not sheet.isVisible()
    hands.settle()
    assert stored(hands, bar.request) == ((offer.inspector,), offer.first_slot)


def test_f2_does_not_move_where_it_cannot_be(hands: Hands) -> None:
    row, bar, other = hands.forbidden()
    hands.select(bar.request)
    hands.page.canvas.setFocus()
    hands.key(KEY.Key_F2)
    sheet = hands.page.doing.move_sheet
    sheet.person.setCurrentIndex(sheet.person.findData(other))
    hands.qtbot.keyClick(sheet, KEY.Key_Return)
    assert sheet.isVisible()
    hands.qtbot.keyClick(sheet, KEY.Key_Escape)
    assert stored(hands, bar.request) == ((row.inspector,), bar.first_slot)


def test_keys_typed_into_a_sheet_do_nothing_to_the_board(hands: Hands) -> None:
    row, bar, _ = hands.movable()
    hands.select(bar.request)
    hands.page.canvas.setFocus()
    hands.key(KEY.Key_F2)
    sheet = hands.page.doing.move_sheet
    sheet.date.setFocus()
    for key in (KEY.Key_U, KEY.Key_P, KEY.Key_M, KEY.Key_Delete):
        hands.key(key)
    assert sheet.isVisible()
    assert hands.page.stage.gesture is None
    hands.settle()
    assert stored(hands, bar.request) == ((row.inspector,), bar.first_slot)


def test_p_pins_and_unpins(hands: Hands) -> None:
    bar = next(entry for _, entry in hands.bars() if not entry.pinned)
    hands.select(bar.request)
    hands.page.canvas.setFocus()
    hands.key(KEY.Key_P)
    hands.qtbot.waitUntil(lambda: hands.plan.card(bar.request).pinned, timeout=WAIT_MS)
    shown = hands.bar(bar.request)
    assert shown is not None
    assert shown[1].pinned
    hands.settle()
    hands.key(KEY.Key_P)
    hands.qtbot.waitUntil(lambda: not hands.plan.card(bar.request).pinned, timeout=WAIT_MS)


def test_u_takes_out_and_the_cheapest_candidate_places_again(hands: Hands) -> None:
    _, bar, _ = hands.movable()
    hands.select(bar.request)
    hands.page.canvas.setFocus()
    hands.key(KEY.Key_U)
    hands.settle()
    assert stored(hands, bar.request) is None
    hands.qtbot.waitUntil(lambda: hands.page.selected.has_offers, timeout=WAIT_MS)
    offer = hands.page.selected.offers[0]
    hands.key(KEY.Key_C)
    assert hands.page.panel.tab == CANDIDATES
    assert QApplication.focusWidget() is hands.page.panel.table
    hands.key(KEY.Key_Return)
    hands.settle()
    assert stored(hands, bar.request) == (offer.inspectors, offer.first_slot)


def test_enter_takes_the_offer_under_the_cursor(hands: Hands) -> None:
    _, bar, offer = hands.movable()
    hands.select(bar.request)
    hands.page.canvas.setFocus()
    hands.page.doing.go_to(offer.inspector, offer.first_slot)
    hands.key(KEY.Key_Return)
    hands.settle()
    assert stored(hands, bar.request) == ((offer.inspector,), offer.first_slot)


def test_w_tells_why(hands: Hands) -> None:
    _, bar, _ = hands.movable()
    hands.select(bar.request)
    hands.page.panel.show_tab(CANDIDATES)
    hands.page.canvas.setFocus()
    hands.key(KEY.Key_W)
    assert hands.page.panel.tab == WHY


def test_n_tells_what_keeps_the_others_from_it(hands: Hands) -> None:
    row, bar, other = hands.forbidden_in_team()
    hands.select(bar.request)
    hands.page.canvas.setFocus()
    hands.key(KEY.Key_N)
    assert hands.page.panel.tab == WHY_NOT
    lines = hands.page.panel.not_lines
    hands.qtbot.waitUntil(lambda: bool(lines.lines), timeout=WAIT_MS)
    name = next(entry.name for entry in hands.plan.board.rows if entry.inspector == other)
    verdict = hands.plan.verdict(bar.request, (other,), bar.first_slot)
    said = next(line for line in lines.lines if line.text.startswith(f"{name}: "))
    assert said.state == verdict.state != "ok"
    assert said.text.removeprefix(f"{name}: ") in {line.text for line in verdict.lines}
    assert not any(line.text.startswith(f"{row.name}: ") for line in lines.lines)


def test_brackets_and_t_go_through_the_weeks(hands: Hands) -> None:
    code, first = hands.plan.code, hands.plan.board.first_day
    hands.key(KEY.Key_BracketRight)
    hands.qtbot.waitUntil(lambda: hands.plan.board.first_day > first, timeout=WAIT_MS)
    assert hands.plan.code == ""
    hands.key(KEY.Key_BracketLeft)
    hands.qtbot.waitUntil(lambda: hands.plan.code == code, timeout=WAIT_MS)
    hands.key(KEY.Key_T)
    hands.qtbot.waitUntil(lambda: hands.plan.board.first_day < first, timeout=WAIT_MS)
    assert hands.plan.board.first_day.weekday() == 0


def test_a_week_without_a_plan_gets_a_draft_with_the_first_drop(hands: Hands) -> None:
    first = hands.plan.board.first_day
    hands.key(KEY.Key_BracketRight)
    hands.qtbot.waitUntil(lambda: hands.plan.board.first_day > first, timeout=WAIT_MS)
    hands.settle()
    request = next(entry.request for entry in hands.plan.board.unassigned if hands.plan.offers(entry.request))
    offer = hands.select(request)[0]
    hands.page.canvas.setFocus()
    hands.page.doing.go_to(offer.inspector, offer.first_slot)
    hands.key(KEY.Key_Return)
    hands.qtbot.waitUntil(lambda: hands.plan.code != "" and hands.page.shown.is_settled, timeout=WAIT_MS)
    assert stored(hands, request) == (offer.inspectors, offer.first_slot)


def test_slash_searches_and_what_does_not_match_fades(hands: Hands) -> None:
    row, bar = hands.bars()[0]
    hands.key(KEY.Key_Slash)
    assert QApplication.focusWidget() is hands.page.toolbar.search
    hands.qtbot.keyClicks(hands.page.toolbar.search, bar.request)
    canvas = hands.page.canvas
    assert (canvas.lit or frozenset()) == {bar.request}
    assert row.inspector not in canvas.dim
    assert len(canvas.dim) == len(hands.plan.board.rows) - len(bar.crew)
    hands.key(KEY.Key_Escape)
    assert (canvas.lit, canvas.dim) == (None, frozenset())
    assert QApplication.focusWidget() is canvas
