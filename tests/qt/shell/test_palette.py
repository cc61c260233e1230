"""The command palette by keys and mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.app import Office
from desktop.itemmodels.palette_list import PaletteEntry, PaletteList
from desktop.services.commands import CancelRequest
from desktop.services.finding import find_records
from desktop.services.lookup import request_by_code
from desktop.store.engine import Store
from desktop.views.palette.matching import fit, plain
from desktop.views.palette.palette import Palette
from tests.helpers.windows import settle


@pytest.fixture
def palette(office: Office, qtbot: QtBot) -> Palette:
    """Opened by its key."""
    found = office.window.tools.palette
    settle(office)  # what can be done hangs on what is read
    with qtbot.waitActive(office.window):
        office.window.activateWindow()
    qtbot.keyClick(office.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(found.field.hasFocus)
    return found


def texts(palette: Palette) -> list[str]:
    return [entry.text for entry in palette.model.entries]


def test_the_model_keeps_to_the_rules(qtmodeltester: ModelTester) -> None:
    model = PaletteList()
    model.show([PaletteEntry("a", "Undo"), PaletteEntry("b", "Redo", is_enabled=False)])
    qtmodeltester.check(model)


@pytest.mark.parametrize(
    ("query", "better", "worse"),
    [("bu", "Back up…", "About DUPRO Desk"), ("dark", "Dark theme", "Drag a bark"), ("his", "History…", "This row")],
)
def test_beginnings_of_words_fit_better(query: str, better: str, worse: str) -> None:
    first, second = fit(query, plain(better)), fit(query, plain(worse))
    assert first is not None
    assert second is None or first > second


def test_accents_do_not_matter() -> None:
    assert fit(plain("dang"), plain("Đặng Thị Hà")) is not None


def test_letters_choose_and_enter_does_it(office: Office, palette: Palette, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.field, "dark th")
    assert texts(palette)[0] == "Dark theme"
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert office.window.context.look.theme.name == "dark"
    assert not palette.isVisible()
    office.window.tools.choose_theme("light")


def test_what_was_used_lately_stands_first(office: Office, palette: Palette, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.field, "light the")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.keyClick(office.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(palette.field.hasFocus)
    assert texts(palette)[0] == "Light theme"


def test_what_cannot_be_done_stands_last_and_is_not_chosen(palette: Palette, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.field, "undo")
    rows = [entry for entry in palette.model.entries if entry.key == "edit.undo"]
    assert [row.is_enabled for row in rows] == [False]
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_arrows_go_round(palette: Palette, qtbot: QtBot) -> None:
    assert palette.list.currentIndex().row() == 0
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.list.currentIndex().row() == 1
    qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    enabled = [row for row, entry in enumerate(palette.model.entries) if entry.is_enabled]  # more as pages are loaded
    qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    assert palette.list.currentIndex().row() == enabled[-1]


def test_escape_gives_the_focus_back(office: Office, qtbot: QtBot) -> None:
    field = QLineEdit(office.window.centralWidget())
    field.show()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClick(field, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = office.window.tools.palette
    qtbot.waitUntil(palette.field.hasFocus)
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(field.hasFocus)


def test_a_text_field_keeps_its_words_when_the_palette_is_called(office: Office, qtbot: QtBot) -> None:
    field = QLineEdit("half-typed", office.window.centralWidget())
    field.show()
    field.setFocus()
    field.setCursorPosition(2)
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClick(field, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == "half-typed"


def test_a_request_is_found_by_its_number_and_shown(office: Office, palette: Palette, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.field, "12")
    qtbot.waitUntil(lambda: bool(texts(palette)) and texts(palette)[0].startswith("R00012"))
    with qtbot.waitSignal(office.window.context.selection.request_wanted) as shown:
        qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert shown.args is not None
    assert shown.args[0].code == "R00012"


def test_a_person_is_found_by_name_and_shown_by_mouse(
    office: Office, company_store: Store, palette: Palette, qtbot: QtBot
) -> None:
    (hit, *_) = (hit for hit in find_records(company_store, "i0003") if hit.kind == "inspector")
    qtbot.keyClicks(palette.field, hit.name.split(" ", maxsplit=1)[0].lower())
    qtbot.waitUntil(lambda: any(hit.code in text for text in texts(palette)))
    row = next(row for row, text in enumerate(texts(palette)) if hit.code in text)
    box = palette.list.visualRect(palette.model.index(row))
    with qtbot.waitSignal(office.window.context.selection.inspector_wanted) as shown:
        qtbot.mouseClick(
            palette.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(box.center().x(), box.center().y())
        )
    assert shown.args is not None
    assert shown.args[0].code == hit.code


def test_undo_can_be_called_by_name(office: Office, company_store: Store, qtbot: QtBot) -> None:
    undo = office.window.context.actions.action("edit.undo")
    office.runner.handle(office.window, CancelRequest("R00001"))
    qtbot.waitUntil(lambda: "R00001" in undo.text())
    palette = office.window.tools.palette
    qtbot.keyClick(office.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(palette.field.hasFocus)
    qtbot.keyClicks(palette.field, "undo")
    with qtbot.waitSignal(office.runner.committed):
        qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    with company_store.session() as session:
        assert request_by_code(session, "R00001").status != "cancelled"
