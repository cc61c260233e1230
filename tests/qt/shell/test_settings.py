"""Settings by keys and mouse: each change is a step that can be undone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.app import Office
from desktop.services.house_settings import HouseSetting, house_settings
from desktop.services.setting_words import WORDS
from desktop.store.engine import Store
from desktop.views.feedback import Toast
from desktop.views.settings.dialog import SettingsDialog
from desktop.views.settings.fields import ChoiceField, ModesField, SwitchField, TextField
from desktop.views.settings.values import CHOICES, typed


@pytest.fixture
def dialog(office: Office, qtbot: QtBot) -> SettingsDialog:
    """Opened by its key, filled."""
    qtbot.keyClick(office.window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    found = office.window.findChild(SettingsDialog)
    assert found is not None
    qtbot.waitUntil(lambda: bool(found.rows))
    return found


def stored(store: Store, name: str) -> HouseSetting:
    return next(setting for setting in house_settings(store) if setting.name == name)


def line(dialog: SettingsDialog, name: str) -> QLineEdit:
    field = dialog.rows[name].field
    assert isinstance(field, TextField)
    return field.line


def enter(field: QLineEdit, text: str, qtbot: QtBot) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_a_price_is_typed_in_dollars_and_undone(
    office: Office, dialog: SettingsDialog, company_store: Store, qtbot: QtBot
) -> None:
    field = line(dialog, "default_price_cents")
    before = stored(company_store, "default_price_cents").value
    with qtbot.waitSignal(office.runner.committed):
        enter(field, "312.50", qtbot)
    assert stored(company_store, "default_price_cents").value == 31250
    qtbot.waitUntil(dialog.rows["default_price_cents"].reset.isVisible)
    qtbot.waitUntil(lambda: bool(office.window.findChildren(Toast)))
    undo = office.window.findChildren(Toast)[-1].undo
    assert undo is not None
    qtbot.waitUntil(office.window.context.actions.action("edit.undo").isEnabled)
    with qtbot.waitSignal(office.runner.committed):
        qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert stored(company_store, "default_price_cents").value == before
    qtbot.waitUntil(lambda: field.text() == f"{before / 100:g}")


def test_a_value_out_of_range_is_said_under_its_row_and_kept(
    dialog: SettingsDialog, company_store: Store, qtbot: QtBot
) -> None:
    row = dialog.rows["days"]
    enter(line(dialog, "days"), "40", qtbot)
    assert "between 1 and 28" in row.fault.text()
    assert row.fault.isVisible()
    assert line(dialog, "days").text() == "40"
    assert stored(company_store, "days").value == 7
    enter(line(dialog, "days"), "10", qtbot)
    qtbot.waitUntil(lambda: stored(company_store, "days").value == 10)
    assert not row.fault.isVisible()


def test_values_that_clash_are_said(dialog: SettingsDialog, qtbot: QtBot) -> None:
    enter(line(dialog, "dupro_from_percent"), "60", qtbot)
    assert "no window" in dialog.rows["dupro_from_percent"].fault.text()


def test_back_to_the_default_with_a_button(
    office: Office, dialog: SettingsDialog, company_store: Store, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(office.runner.committed):
        enter(line(dialog, "rotation.max_visits"), "5", qtbot)
    row = dialog.rows["rotation.max_visits"]
    qtbot.waitUntil(row.reset.isVisible)
    with qtbot.waitSignal(office.runner.committed):
        qtbot.mouseClick(row.reset, Qt.MouseButton.LeftButton)
    assert not stored(company_store, "rotation.max_visits").is_changed


def test_a_switch_is_stored_when_it_is_clicked(
    office: Office, dialog: SettingsDialog, company_store: Store, qtbot: QtBot
) -> None:
    field = dialog.rows["every_open_request"].field
    assert isinstance(field, SwitchField)
    with qtbot.waitSignal(office.runner.committed):
        qtbot.keyClick(field.box, Qt.Key.Key_Space)
    assert stored(company_store, "every_open_request").value is True


def test_a_word_is_chosen_and_a_text_is_typed(
    office: Office, dialog: SettingsDialog, company_store: Store, qtbot: QtBot
) -> None:
    field = dialog.rows["dispatch.names_to_factories"].field
    assert isinstance(field, ChoiceField)
    with qtbot.waitSignal(office.runner.committed):
        qtbot.keyClick(field.box, Qt.Key.Key_End)
    assert stored(company_store, "dispatch.names_to_factories").value == "always"
    assert {choice for words in WORDS.values() for choice in words.choices} == set(CHOICES)
    enter(line(dialog, "mail.sender"), "nobody", qtbot)
    assert "should be an address" in dialog.rows["mail.sender"].fault.text()
    with qtbot.waitSignal(office.runner.committed):
        enter(line(dialog, "mail.sender"), " dispatch@house.test ", qtbot)
    assert stored(company_store, "mail.sender").value == "dispatch@house.test"


def test_a_way_to_travel_is_changed_in_its_table(
    office: Office, dialog: SettingsDialog, company_store: Store, qtbot: QtBot
) -> None:
    field = dialog.rows["travel.modes"].field
    assert isinstance(field, ModesField)
    item = field.table.item(0, 7)
    assert item is not None
    with qtbot.waitSignal(office.runner.committed):
        item.setText("0.15")
    assert stored(company_store, "travel.modes").value[0]["cost_per_km"] == 15
    again = field.table.item(0, 5)
    assert again is not None
    again.setText("quick")
    assert "quick" in dialog.rows["travel.modes"].fault.text()


def test_search_leaves_what_fits(dialog: SettingsDialog, qtbot: QtBot) -> None:
    qtbot.keyClicks(dialog.search, "rotation")
    seen = [name for name, row in dialog.rows.items() if row.isVisible()]
    assert seen == ["rotation.max_visits", "rotation.within_days"]
    assert not dialog.appearance.isVisible()
    qtbot.keyClicks(dialog.search, " zebra")
    assert not any(row.isVisible() for row in dialog.rows.values())


def test_the_theme_is_chosen(office: Office, dialog: SettingsDialog, qtbot: QtBot) -> None:
    qtbot.keyClick(dialog.appearance.theme, Qt.Key.Key_End)
    dialog.appearance.theme.activated.emit(dialog.appearance.theme.currentIndex())
    assert office.window.context.look.theme.name == "dark"
    assert office.window.context.actions.action("view.dark").isChecked()
    office.window.tools.choose_theme("light")


def test_shares_and_words_are_read(company_store: Store) -> None:
    assert typed(stored(company_store, "can_wait_share"), "0.25") == 0.25
    assert typed(stored(company_store, "countries"), "CN, VN,") == ["CN", "VN"]
    with pytest.raises(ValueError, match="whole"):
        typed(stored(company_store, "days"), "2.5")
    with pytest.raises(ValueError, match="not a number"):
        typed(stored(company_store, "days"), "soon")
