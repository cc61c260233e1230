"""Looking at the board: order, folding, zoom, filters, themes, what is kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.itemmodels.offer_table import OFFER, OfferRow, OfferTableModel
from desktop.itemmodels.tray_table import COLUMNS, ENTRY, TOKEN, Places, TrayTableModel, tray_entries
from desktop.services.commands import PublishPlan
from desktop.services.trade.completeness import PHONE
from desktop.services.verdicts import Offer
from desktop.views.board.canvas import BoardCanvas
from desktop.views.board.header import HEIGHT
from desktop.views.board.page import BoardPage
from desktop.views.board.row_axis import Density, PersonLine
from desktop.views.theme import DARK, LIGHT, Theme
from tests.benchmarks.board_paint import big_board
from tests.helpers.office import NOW
from tests.qt.board.conftest import WAIT_MS, Hands
from tests.unit.views.board.boards import bar, board, left_out, person

LEFT = Qt.MouseButton.LeftButton


def test_a_head_sorts_people_both_ways_and_back(hands: Hands) -> None:
    canvas = hands.page.canvas

    def loads() -> list[int]:
        return [row.worked for row in canvas.axis.people() if row.team == hands.plan.board.rows[0].team]

    before = [row.inspector for row in canvas.axis.people()]
    head = QPoint(12 + 150 + 20, 20)
    hands.qtbot.mouseClick(canvas.viewport(), LEFT, pos=head)
    assert hands.page.viewing.sort_column == "load"
    falling = [row.inspector for row in canvas.axis.people()]
    hands.qtbot.mouseClick(canvas.viewport(), LEFT, pos=head)
    rising = [row.inspector for row in canvas.axis.people()]
    assert set(falling) == set(rising) == set(before)
    assert falling != rising
    assert loads()
    hands.qtbot.mouseClick(canvas.viewport(), LEFT, pos=head)
    assert [row.inspector for row in canvas.axis.people()] == before


def test_a_press_on_a_team_folds_it(hands: Hands) -> None:
    canvas = hands.page.canvas
    team = hands.plan.board.rows[0].team
    hands.qtbot.mouseClick(canvas.viewport(), LEFT, pos=QPoint(60, HEIGHT + 10))
    assert all(row.team != team for row in canvas.axis.people())
    hands.qtbot.mouseClick(canvas.viewport(), LEFT, pos=QPoint(60, HEIGHT + 10))
    assert any(row.team == team for row in canvas.axis.people())
    hands.key(Qt.Key.Key_F)
    assert canvas.axis.people() == ()
    hands.page.show_request(hands.bars()[0][1].request)
    assert canvas.axis.people() != (), "what is looked for is unfolded"


def test_the_wheel_with_ctrl_and_the_keys_zoom(hands: Hands) -> None:
    canvas = hands.page.canvas
    width = canvas.grid.day_width
    at = canvas.body().center()
    event = QWheelEvent(
        at.toPointF(),
        canvas.viewport().mapToGlobal(at).toPointF(),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # not turned round
    )
    QApplication.sendEvent(canvas.viewport(), event)
    assert canvas.grid.day_width > width
    hands.key(Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    hands.key(Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert canvas.grid.day_width < width
    hands.key(Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert canvas.grid.day_width == width
    hands.key(Qt.Key.Key_D)
    assert canvas.axis.density == Density.ROOMY


def test_teams_can_be_left_out_and_all_brought_back(hands: Hands) -> None:
    team = hands.plan.board.rows[0].team
    hands.page.toolbar.show_teams(frozenset({team}))
    hands.page.toolbar.teams_wanted.emit(frozenset({team}))
    assert {row.team for row in hands.page.canvas.axis.people()} == {team}
    hands.office.window.context.actions.action("board.clear").trigger()
    assert len(hands.page.canvas.axis.people()) == len(hands.plan.board.rows)


def test_who_cannot_go_is_dimmed_and_who_can_comes_first(hands: Hands) -> None:
    _, entry, _ = hands.movable()
    offers = hands.select(entry.request)
    able = {name for offer in offers for name in offer.inspectors} | set(entry.crew)
    assert hands.page.canvas.dim == {row.inspector for row in hands.plan.board.rows} - able
    hands.office.window.context.actions.action("board.eligible-first").trigger()
    lines = hands.page.canvas.axis.lines
    people = [line.row for line in lines if isinstance(line, PersonLine) and line.row.team == able_team(hands, offers)]
    assert people[0].inspector in {offer.inspector for offer in offers}


def able_team(hands: Hands, offers: tuple[Offer, ...]) -> str:
    return next(row.team for row in hands.plan.board.rows if row.inspector == offers[0].inspector)


def test_what_was_chosen_is_kept(hands: Hands) -> None:
    page = hands.page
    page.viewing.sort_by("nights")
    page.canvas.use_zoom(120)
    page.canvas.use_density(Density.COMPACT)
    page.tray.fold(folded=True)
    state = page.state()
    page.viewing.sort_by("nights")
    page.viewing.sort_by("nights")
    page.canvas.use_zoom(None)
    page.tray.fold(folded=False)
    page.restore(state)
    assert page.state() == state
    page.restore({"zoom": "wide", "sort": 7, "across": [1], "density": 1000, "closed": None})
    assert page.canvas.zoom == 120


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_pixels_mean_what_the_board_says(theme: Theme, qtbot: QtBot) -> None:
    kinds = ("holiday",) * 2 + ("work",) * 8 + ("off",) * 4
    shown = board(
        person("I1", "A", bar("R1", 2, 3, "I1", published=True)),
        person("I2", "A", bar("R2", 2, 3, "I2", published=True, late_days=1), cells=kinds),
        person(
            "I3", "A", bar("R3", 2, 3, "I3", published=True, broken="No skill."), bar("R4", 6, 7, "I3", started=True)
        ),
    )
    canvas = BoardCanvas(theme, shown)
    qtbot.addWidget(canvas)
    canvas.resize(1200, 400)
    canvas.show()
    image = canvas.viewport().grab().toImage()

    def at(inspector: str, slot: float, y: int) -> str:
        box = canvas.box_of(inspector, 0, 0)
        assert box is not None
        return QColor(image.pixel(round(canvas.x_of(slot)), round(box.top()) + y)).name().upper()

    look = theme.services["PSI"]
    assert at("I1", 2.1, 4) == look.cap
    assert at("I1", 3.8, 16) == look.tint
    assert at("I1", 4.5, 16) == theme.surface
    assert at("I1", 11, 16) == theme.cell_off
    assert at("I2", 0.5, 16) == theme.cell_holiday
    assert at("I2", 3.0, 2) == theme.bad
    assert at("I3", 3.0, 2) == theme.warn
    assert at("I3", 7.8, 16) == look.edge
    faded = replace(canvas.overlay.marks, selected=None)
    canvas.overlay.show_marks(faded)
    canvas.emphasise(None, frozenset({"I1"}))
    QApplication.processEvents()
    image = canvas.viewport().grab().toImage()
    assert at("I1", 2.1, 4) != look.cap
    assert at("I2", 2.1, 4) == look.cap


def test_the_table_under_the_board_is_a_sound_model(qtmodeltester: ModelTester, qtbot: QtBot) -> None:
    model = TrayTableModel()
    shown = board(
        person("I1", "A", bar("R1", 0, 1, "I1", "I2", late_days=2)),
        person("I2", "A", bar("R1", 0, 1, "I1", "I2", late_days=2), bar("R2", 4, 4, "I2", broken="Too far.")),
        unassigned=(
            replace(left_out("R7", 1.5), missing=(PHONE,)),
            replace(left_out("R5", 0.5), deadline=NOW),
        ),
    )
    model.show_entries(tray_entries(shown, "unassigned"), NOW)
    qtmodeltester.check(model)
    model.sort(3)
    assert [entry.request for entry in model.entries] == ["R5", "R7"]
    assert model.index(0, 5).data() == "0 h"
    assert model.index(0, 5).data(TOKEN) == "bad"
    assert model.index(0, 0).data(ENTRY).request == "R5"
    assert (model.index(1, 5).data(), model.index(1, 5).data(TOKEN)) == ("stopped", "warn")
    assert model.index(1, 5).data(Qt.ItemDataRole.ToolTipRole).endswith("Missing: phone.")
    model.show_places("R7", Places(0))
    model.show_places("R5", Places(3, "Liang Yuting, Tue 1 Dec, +$92"))
    places, cheapest = COLUMNS.index("places"), COLUMNS.index("cheapest")
    assert [model.index(row, places).data() for row in (0, 1)] == ["3", "0"]
    assert model.index(1, places).data(TOKEN) == "bad"
    assert model.index(0, cheapest).data() == "Liang Yuting, Tue 1 Dec, +$92"
    model.sort(places)
    assert [entry.request for entry in model.entries] == ["R7", "R5"]
    late = tray_entries(shown, "late")
    assert [(entry.request, entry.who, entry.man_days, entry.reason) for entry in late] == [
        ("R1", "Name I1, Name I2", 2.0, "2 days late")
    ]
    assert [entry.reason for entry in tray_entries(shown, "broken")] == ["Too far."]


def test_the_table_of_offers_is_a_sound_model(qtmodeltester: ModelTester, qtbot: QtBot) -> None:
    model = OfferTableModel()
    offer = Offer("I1", 2, 0, 9_200, 0, ("I1",))
    model.show_rows((OfferRow(offer, "Liang Yuting", "Tue 1 Dec", "+$92"),))
    qtmodeltester.check(model)
    assert [model.index(0, column).data() for column in range(3)] == ["Liang Yuting", "Tue 1 Dec", "+$92"]
    assert model.index(0, 0).data(OFFER) == offer


def test_the_mouse_resting_on_a_bar_tells_what_it_is(hands: Hands) -> None:
    row, entry = hands.bars()[0]
    at = hands.at(row.inspector, entry.first_slot)
    hands.qtbot.mouseMove(hands.page.canvas.viewport(), at)
    hands.qtbot.waitUntil(lambda: hands.page.hovering.card.card is not None)
    card = hands.page.hovering.card.card
    assert card is not None
    assert card.head.startswith(entry.request)
    hands.page.canvas.verticalScrollBar().setValue(31)
    hands.page.hovering.end()
    assert hands.page.hovering.card.card is None


def test_the_tray_says_where_its_requests_could_go(hands: Hands) -> None:
    request = hands.movable()[1].request
    hands.select(request)
    hands.page.doing.unassign()
    hands.settle()
    offers, model = hands.plan.offers(request), hands.page.tray.model
    hands.page.tray.table.scrollTo(model.index(model.row_of(request) or 0, 0))
    hands.qtbot.waitUntil(lambda: model.knows_places(request), timeout=WAIT_MS)
    row = model.row_of(request)
    assert row is not None
    assert model.index(row, COLUMNS.index("places")).data() == f"{len(offers)}"
    name = next(entry.name for entry in hands.plan.board.rows if entry.inspector in offers[0].inspectors)
    assert name in model.index(row, COLUMNS.index("cheapest")).data()


def test_tabs_of_the_tray_tell_their_numbers(hands: Hands) -> None:
    tray = hands.page.tray
    tray.show_kind("late")
    assert tray.kind == "late"
    assert len(tray.model.entries) == hands.plan.board.late
    tray.show_kind("unassigned")
    assert len(tray.model.entries) == len(hands.plan.board.unassigned)


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5])
def test_lines_do_not_gape_at_any_scale(scale: float, qtbot: QtBot) -> None:
    shown = board(*(person(f"I{number}", "A") for number in range(20)))
    canvas = BoardCanvas(LIGHT, shown)
    qtbot.addWidget(canvas)
    canvas.use_scale(scale)
    canvas.resize(1200, 600)
    canvas.show()
    image = QImage(round(1200 * scale), round(600 * scale), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(QColor("magenta"))
    canvas.render(image)
    lines = range(round((HEIGHT + 30) * scale), image.height() - round(40 * scale))
    column = [QColor(image.pixel(round(700 * scale), y)) for y in lines]
    assert min(colour.lightness() for colour in column) >= QColor(LIGHT.line).lightness() - 4
    assert max(colour.hslSaturation() for colour in column) < 80, "nothing of the ground shines through"


def test_what_was_painted_in_a_hurry_is_whole_a_moment_later(qtbot: QtBot) -> None:
    shown = big_board(200, 700, 7)
    canvas, calm = BoardCanvas(LIGHT, shown), BoardCanvas(LIGHT, shown)
    for made in (canvas, calm):
        qtbot.addWidget(made)
        made.resize(1600, 900)
    calm.verticalScrollBar().setValue(2000)
    for made in (canvas, calm):
        made.show()
        made.grab()
    canvas.verticalScrollBar().setValue(2000)
    canvas.viewport().repaint()
    assert not canvas.is_finished
    qtbot.waitUntil(lambda: canvas.is_finished and calm.is_finished)
    assert canvas.viewport().grab().toImage() == calm.viewport().grab().toImage()


def test_what_other_days_do_not_know_is_not_selected_any_more(hands: Hands) -> None:
    _, entry, _ = hands.movable()
    hands.select(entry.request)
    assert hands.page.panel.isVisible()
    first = hands.plan.board.first_day
    hands.page.go_by(1)
    hands.qtbot.waitUntil(lambda: hands.plan.board.first_day > first, timeout=WAIT_MS)
    known = hands.page.selected.card_of(entry.request)
    assert hands.page.panel.isVisible() == (known is not None)
    assert hands.page.selected.code == (None if known is None else entry.request)


def test_a_published_plan_is_looked_at_and_not_changed(hands: Hands) -> None:
    row, entry, offer = hands.movable()
    hands.office.runner.handle(hands.page, PublishPlan(hands.plan.code))
    hands.qtbot.waitUntil(lambda: hands.plan.status == "published", timeout=WAIT_MS)
    hands.settle()
    shown = hands.bar(entry.request)
    assert shown is not None
    assert shown[1].published
    assert hands.page.canvas.overlay.marks.published_slot is not None
    board = hands.plan.board
    hands.drag(hands.at(row.inspector, entry.first_slot), hands.at(offer.inspector, offer.first_slot))
    assert hands.plan.board is board
    assert any("only a draft can be changed" in text for text in hands.toasts())
    assert not hands.office.window.context.actions.action("board.unassign").isEnabled()


def test_a_new_language_builds_the_page_anew_and_leaves_nothing(hands: Hands) -> None:
    QApplication.sendEvent(hands.office.window, QEvent(QEvent.Type.LanguageChange))
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    page = hands.office.window.findChild(BoardPage)
    assert page is not None
    hands.qtbot.waitUntil(lambda: page.shown.plan is not None and page.shown.is_settled, timeout=WAIT_MS)
