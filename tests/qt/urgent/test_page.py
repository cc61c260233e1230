"""The page of urgent bookings by keys and mouse: ranking, looking, booking, holding, and what others do meanwhile."""

from __future__ import annotations

from desktop.models.halfday import morning
from desktop.services.commands import RecordAbsence, UnassignVisit
from desktop.services.planning import list_plans, plan_view
from desktop.services.planning.views import VisitView
from desktop.services.urgent.answer import MayMove, UrgentCandidate
from desktop.services.urgent.holding import holds
from desktop.views.urgent.hold_sheet import HoldSheet
from tests.helpers.office import NOW
from tests.helpers.windows import button, click, press, said, settle, type_text
from tests.qt.urgent.conftest import WAIT_MS, Caller

FACTORY = "Haishu Patient Lamp"  # where some can go as the plan stands, and others when work moves
DRAFT = "2026-W49-1"


def crew(visit: VisitView) -> set[str]:
    return {person.code for person in visit.inspectors}


def away(person: str, candidate: UrgentCandidate) -> RecordAbsence:
    """Somebody is not there when a candidate would be."""
    return RecordAbsence(person, morning(candidate.first_day), morning(candidate.last_day) + 1)


def test_candidates_follow_the_keys_and_nothing_is_written(caller: Caller) -> None:
    page = caller.page
    assert "Name the factory" in page.pane.nobody.text
    before = plan_view(caller.store, DRAFT)
    caller.ask(FACTORY)
    cards = page.pane.list.cards
    assert [card.rank for card in cards] == list(range(1, len(cards) + 1))
    assert any(card.moves for card in cards)
    assert any(not card.moves for card in cards)
    assert all(card.verdicts and card.parts for card in cards)
    assert page.pane.list.has_weeks(0), "the chosen one is open with its weeks"
    assert "checked" in page.pane.checked.text()
    assert "ranked in" in page.pane.speed.text()
    assert page.map_pane.map.scene.chosen == 1
    # arrows choose, Space keeps one open beside another, a click on the map chooses too
    page.pane.list.setFocus()
    press("Space")
    press("Down")
    caller.answered()
    assert (page.pane.list.current, page.pane.list.compared) == (1, 0)
    assert page.pane.list._beside.startswith("Beside 1: ")
    assert page.panel.book.text() == "Book rank 2"
    shown = page.map_pane.map
    click(shown, shown.box_of(0).center().toPoint())
    assert page.pane.list.current == 0
    # a stricter form has fewer who can
    page.panel.fields.level.setFocus()
    press("End")
    caller.answered()
    assert len(page.pane.list.cards) < len(cards)
    press("Alt+Down", page.panel.fields.level)
    assert page.pane.list.current == 1
    assert plan_view(caller.store, DRAFT) == before
    # Esc goes back: from the comparison, then from the form
    page.pane.list.setFocus()
    press("Esc")
    press("Esc")
    caller.answered()
    assert page.panel.fields.is_empty
    assert page.pane.list.cards == ()


def test_where_nobody_can_the_ways_out_are_shown_and_on_a_small_screen_a_tab(caller: Caller) -> None:
    page = caller.page
    caller.ask("Beilun Whistling")
    assert page.pane.list.cards == ()
    assert page.pane.head.text() == "Nobody can"
    words = said(page.pane.nobody)
    assert "No one can be there" in words
    assert "What would have to give" in words
    click(button(page.pane.nobody, "Locked bars"))
    assert page.panel.fields.may_move().locked
    caller.answered()
    page.pane.nobody.setFocus()
    click(page.pane.why_button)
    caller.answered()
    assert page.pane.stack.currentWidget() is page.pane.reasons
    people = [row for row in page.pane.reasons.rows.rows if not row.is_head]
    assert page.answer is not None
    assert len(people) == page.answer.checked
    assert all(row.detail for row in people)
    press("Esc", page.pane.reasons)
    assert not page.pane.shows_reasons
    assert page.map_pane.isVisible()
    caller.office.window.resize(1280, 800)
    settle(caller.office, rounds=1)
    assert not page.map_pane.isVisible()
    click(button(page.frame, "Map"))
    assert page.map_pane.isVisible()
    assert not page.pane.isVisible()
    page.restore(
        {"widths": "wide", "sort": "soonest", "moves": {"announced": False, "locked": False, "freelancers": 3}}
    )
    assert page.pane.sort == "soonest"
    assert page.panel.fields.may_move() == MayMove(announced=False)


def test_a_booking_is_one_step_that_is_taken_back_and_a_place_can_be_held(caller: Caller) -> None:
    page = caller.page
    caller.ask(FACTORY)
    number = next(n for n, each in enumerate(page.shown) if each.moves)
    page.pane.list.choose(number)
    candidate, code = page.shown[number], page.answer.need.code if page.answer else ""
    caller.answered()
    press("Ctrl+Return", page.pane.list)
    caller.qtbot.waitUntil(lambda: page.panel.fields.is_empty, timeout=WAIT_MS)
    settle(caller.office)
    placed = {visit.request: visit for visit in plan_view(caller.store, DRAFT).visits}
    assert crew(placed[code]) == set(candidate.to.inspectors)
    for move in candidate.moves:
        assert crew(placed[move.request]) == set(move.after.inspectors)
    assert caller.office.window.context.selection.request == code
    (toast,) = [found for found in caller.toasts() if code in found.label.text()]
    assert toast.undo is not None
    click(toast.undo)
    settle(caller.office)
    after = {visit.request: visit for visit in plan_view(caller.store, DRAFT).visits}
    assert code not in after
    for move in candidate.moves:
        assert crew(after[move.request]) == set(move.before.inspectors)
    # the same place is held for a while, offered, and freed
    caller.ask(FACTORY)
    code = page.answer.need.code if page.answer else ""
    press("Ctrl+Shift+H", page.pane.list)
    sheet = page.findChild(HoldSheet)
    assert sheet is not None
    sheet.minutes.selectAll()
    type_text("45", sheet.minutes)
    press("Return", sheet.minutes)
    caller.qtbot.waitUntil(lambda: bool(page.panel.holds.rows), timeout=WAIT_MS)
    (hold,) = holds(caller.store, NOW)
    assert (hold.request, hold.state, hold.minutes_left(NOW)) == (code, "held", 45)
    assert "45 min" in said(page.panel.holds)
    click(button(page.panel.holds, f"Offer {code}"))
    caller.qtbot.waitUntil(lambda: page.panel.holds.rows[0].hold.state == "offered", timeout=WAIT_MS)
    settle(caller.office)
    assert "Offer" not in said(page.panel.holds)
    click(button(page.panel.holds, f"Release {code}"))
    caller.qtbot.waitUntil(lambda: not page.panel.holds.rows, timeout=WAIT_MS)
    assert code not in {visit.request for visit in plan_view(caller.store, DRAFT).visits}


def test_what_others_do_is_ranked_anew_and_a_place_that_has_gone_is_said(caller: Caller) -> None:
    page = caller.page
    caller.ask(FACTORY)
    first = page.shown[0]
    page.pane.list.choose(1)
    caller.answered()
    kept = page.candidate
    assert kept is not None
    person = next(each for each in page.shown if each.crew[0].code not in {p.code for p in kept.crew}).crew[0].code
    caller.colleague().handle(away(person, first))
    caller.office.watch.look()
    settle(caller.office)
    caller.answered()
    assert person not in {code for each in page.shown for code in each.to.inspectors}
    assert page.candidate is not None
    assert page.candidate.to == kept.to, "the place in the list is kept"
    # gone between the answer and the booking: nobody has told this window yet
    caller.colleague().handle(away(kept.crew[0].code, kept))
    press("Ctrl+Return", page.pane.list)
    caller.qtbot.waitUntil(lambda: bool(page.pane.message.text), timeout=WAIT_MS)
    caller.answered()
    assert "cannot be there any more" in page.pane.message.text
    assert kept.to.inspectors not in {each.to.inspectors for each in page.shown}
    assert not page.panel.fields.is_empty


def test_a_request_that_is_looked_at_elsewhere_is_placed(caller: Caller) -> None:
    page, selection = caller.page, caller.office.window.context.selection
    code = next(visit.request for visit in plan_view(caller.store, DRAFT).visits if not visit.pinned)
    caller.colleague().handle(UnassignVisit(DRAFT, code))
    caller.office.watch.look()
    selection.request = code
    page.activate()
    click(page.panel.fields.request_button)
    caller.answered()
    assert page.answer is not None
    assert page.answer.need.code == code
    assert not page.panel.fields.skill.isEnabled(), "the record says it"
    page.panel.announce.setChecked(True)
    press("Ctrl+Return", page.pane.list)
    caller.qtbot.waitUntil(lambda: page.panel.fields.is_empty, timeout=WAIT_MS)
    settle(caller.office)
    assert page.panel.fields.skill.isEnabled()
    (toast,) = [found for found in caller.toasts() if f"{code} is announced" in found.label.text()]
    assert toast.undo is None, "what has been announced is not taken back"
    published = [plan.code for plan in list_plans(caller.store) if plan.status == "published"]
    assert code in {visit.request for plan in published for visit in plan_view(caller.store, plan).visits}
