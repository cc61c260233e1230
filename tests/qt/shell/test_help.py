"""Keys, about, backups, and that every action can be found in a menu."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QLabel, QLineEdit, QMenu, QTextBrowser
from pytestqt.qtbot import QtBot

from desktop.app import Office
from desktop.config import APP_VERSION
from desktop.store.engine import Store, open_store
from desktop.views.actions import ACTIONS
from desktop.views.help.about import AboutDialog
from desktop.views.help.keys import KeysDialog


def below(menu: QMenu) -> list[QAction]:
    """All actions of a menu and its submenus."""
    found = []
    for action in menu.actions():
        submenu = action.menu()
        found += below(submenu) if isinstance(submenu, QMenu) else [action]
    return found


def test_every_action_is_in_a_menu_with_words(office: Office) -> None:
    menus = [action.menu() for action in office.window.menus.bar.actions()]
    found = {action.objectName() for menu in menus if isinstance(menu, QMenu) for action in below(menu)}
    assert {spec.id for spec in ACTIONS} <= found
    for spec in ACTIONS:
        assert office.window.context.actions.action(spec.id).text()


def test_all_keys_are_listed_and_can_be_searched(office: Office, qtbot: QtBot) -> None:
    qtbot.keyClick(office.window, Qt.Key.Key_F1)
    dialog = office.window.findChild(KeysDialog)
    assert dialog is not None
    heads = [dialog.tree.topLevelItem(row) for row in range(dialog.tree.topLevelItemCount())]
    listed = sum(head.childCount() for head in heads if head is not None)
    assert listed == sum(1 for spec in ACTIONS if spec.shortcuts)
    qtbot.keyClicks(dialog.search, "undo")
    seen = [
        child.text(1)
        for head in heads
        if head is not None
        for child in (head.child(place) for place in range(head.childCount()))
        if child is not None and not child.isHidden()
    ]
    assert seen == ["Ctrl+Z"]


def test_about_names_version_and_licences(office: Office) -> None:
    office.window.context.actions.action("help.about").trigger()
    dialog = office.window.findChild(AboutDialog)
    assert dialog is not None
    assert any(APP_VERSION in label.text() for label in dialog.findChildren(QLabel))
    text = dialog.findChild(QTextBrowser)
    assert text is not None
    assert "GeoNames" in text.toPlainText()


def test_a_backup_is_written_beside_everything_else(
    office: Office, company_store: Store, tmp_path: Path, qtbot: QtBot
) -> None:
    office.window.context.actions.action("file.backup").trigger()
    dialog = office.window.findChild(QFileDialog)
    assert dialog is not None
    field = dialog.findChild(QLineEdit)
    buttons = dialog.findChild(QDialogButtonBox)
    assert field is not None
    assert buttons is not None
    field.setText(str(tmp_path / "kept.db"))
    with qtbot.waitSignal(office.backups.finished, timeout=20_000):
        qtbot.mouseClick(buttons.buttons()[0], Qt.MouseButton.LeftButton)
    with open_store(str(tmp_path / "kept.db"), create=False) as copy, copy.session() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM request").scalar() == 36
    assert any("kept.db" in label.text() for label in office.window.findChildren(QLabel))


def test_a_backup_that_would_replace_a_file_is_refused(office: Office, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "there.db").write_text("mine")
    with qtbot.waitSignal(office.backups.failed, timeout=20_000):
        office.backups.write(str(tmp_path / "there.db"))
    assert (tmp_path / "there.db").read_text() == "mine"
    assert office.window.context.actions.action("file.backup").isEnabled()
