"""From the start of the program to a window on a database, and from one database to the next."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop.app import Office, Surroundings
from desktop.program import SAMPLE_FILE, Program
from desktop.recent import recent_databases, remember_database
from desktop.store.engine import Store, open_store
from tests.helpers.office import PlannedCompany

LONG = 30_000


def office_of(program: Program) -> Office:
    assert program.office is not None
    return program.office


def button(program: Program, text: str) -> QPushButton:
    """A button of the start window that can be seen, by its words."""
    (found,) = [b for b in program.start.findChildren(QPushButton) if b.text() == text and b.isVisible()]
    return found


def answer(dialog: QFileDialog, path: Path, qtbot: QtBot) -> None:
    """Put a path into a file dialog and press its button."""
    field = dialog.findChild(QLineEdit)
    buttons = dialog.findChild(QDialogButtonBox)
    assert field is not None
    assert buttons is not None
    field.setText(str(path))
    qtbot.mouseClick(buttons.buttons()[0], Qt.MouseButton.LeftButton)


def test_the_first_start_offers_three_ways(program: Program, qtbot: QtBot) -> None:
    program.begin()
    qtbot.waitExposed(program.start)
    choose = program.start.choose
    assert all(way.isVisible() for way in (choose.sample, choose.new, choose.file))
    assert program.office is None
    qtbot.waitUntil(choose.sample.hasFocus)


def test_the_sample_company_is_made_and_badged(program: Program, tmp_path: Path, qtbot: QtBot) -> None:
    program.begin()
    with qtbot.waitSignal(program.opened, timeout=LONG):
        qtbot.mouseClick(program.start.choose.sample, Qt.MouseButton.LeftButton)
    window = office_of(program).window
    qtbot.waitUntil(lambda: "sample company" in window.windowTitle())
    badges = [label for label in window.findChildren(QLabel) if label.text() == "Sample company"]
    assert [badge.isVisible() for badge in badges] == [True]
    assert (tmp_path / "data" / SAMPLE_FILE).exists()
    assert not program.start.isVisible()


def test_a_sample_given_up_half_way_leaves_nothing(program: Program, tmp_path: Path, qtbot: QtBot) -> None:
    program.begin()
    qtbot.mouseClick(program.start.choose.sample, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: button(program, "Cancel").isVisible())
    qtbot.keyClick(button(program, "Cancel"), Qt.Key.Key_Space)
    qtbot.waitUntil(program.start.choose.sample.isVisible, timeout=LONG)
    assert program.office is None
    assert list((tmp_path / "data").glob("*.db*")) == []


def test_a_new_database_is_made_where_one_says(program: Program, tmp_path: Path, qtbot: QtBot) -> None:
    program.begin()
    dialog = program.start.ask_for_new()
    with qtbot.waitSignal(program.opened, timeout=LONG):
        answer(dialog, tmp_path / "mine.db", qtbot)
    assert office_of(program).store.path == tmp_path / "mine.db"
    assert office_of(program).window.windowTitle().endswith("mine.db")


def test_the_one_that_was_open_last_is_opened(
    around: Surroundings, program: Program, company_store: Store, qtbot: QtBot
) -> None:
    remember_database(around.preferences, str(company_store.path))
    with qtbot.waitSignal(program.opened, timeout=LONG):
        program.begin()
    assert office_of(program).store.path == company_store.path
    assert not program.start.isVisible()


def test_a_database_that_is_gone_is_said_and_forgotten(
    around: Surroundings, program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    remember_database(around.preferences, str(tmp_path / "gone.db"))
    program.begin()
    qtbot.waitUntil(lambda: "gone.db" in program.start.choose.message.text)
    assert button(program, "Try again").isVisible()
    assert button(program, "Open another…").isVisible()
    assert recent_databases(around.preferences) == ()


def test_trying_again_opens_what_has_come_back(
    program: Program, planned_company: PlannedCompany, tmp_path: Path, qtbot: QtBot
) -> None:
    program.begin(str(tmp_path / "company.db"))
    qtbot.waitUntil(lambda: bool(program.start.choose.message.text))
    planned_company.copied(tmp_path).dispose()
    with qtbot.waitSignal(program.opened, timeout=LONG):
        qtbot.mouseClick(button(program, "Try again"), Qt.MouseButton.LeftButton)


def test_a_damaged_database_can_be_restored_from_a_backup(
    program: Program, planned_company: PlannedCompany, tmp_path: Path, qtbot: QtBot
) -> None:
    damaged = tmp_path / "company.db"
    damaged.write_bytes(b"no database at all" * 100)
    program.begin(str(damaged))
    qtbot.waitUntil(lambda: "is not a database" in program.start.choose.message.text)
    dialog = program.start.ask_for_backup(str(damaged))
    with qtbot.waitSignal(program.opened, timeout=LONG):
        answer(dialog, planned_company.path, qtbot)
    assert office_of(program).store.path == damaged


def test_the_next_database_opens_and_the_first_one_closes(
    program: Program, company_store: Store, tmp_path: Path, qtbot: QtBot
) -> None:
    open_store(str(tmp_path / "other.db")).dispose()
    with qtbot.waitSignal(program.opened, timeout=LONG):
        program.begin(str(company_store.path))
    first = office_of(program)
    with qtbot.waitSignal(program.opened, timeout=LONG):
        program.open(str(tmp_path / "other.db"))
    second = office_of(program)
    assert second is not first
    assert second.window.isVisible()
    offered = [action.text() for action in second.window.menus.recent.actions()]
    assert offered == ["company.db"]
    with qtbot.waitSignal(program.opened, timeout=LONG):
        second.window.menus.recent.actions()[0].trigger()
    assert office_of(program).store.path == company_store.path


def test_a_database_that_cannot_be_opened_leaves_the_present_one(
    program: Program, company_store: Store, tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(program.opened, timeout=LONG):
        program.begin(str(company_store.path))
    office = office_of(program)
    program.open(str(tmp_path / "nothing.db"))
    qtbot.waitUntil(lambda: any("nothing.db" in label.text() for label in office.window.findChildren(QLabel)))
    assert program.office is office
    assert office.window.isVisible()


def test_closing_the_last_window_ends_the_program(program: Program, company_store: Store, qtbot: QtBot) -> None:
    with qtbot.waitSignal(program.opened, timeout=LONG):
        program.begin(str(company_store.path))
    with qtbot.waitSignal(program.ended, timeout=LONG):
        qtbot.keyClick(office_of(program).window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert program.office is None


def test_size_and_page_come_back(program: Program, around: Surroundings, company_store: Store, qtbot: QtBot) -> None:
    with qtbot.waitSignal(program.opened, timeout=LONG):
        program.begin(str(company_store.path))
    office_of(program).window.resize(1210, 700)
    with qtbot.waitSignal(program.ended, timeout=LONG):
        office_of(program).window.close()
    with qtbot.waitSignal(program.opened, timeout=LONG):
        program.begin()
    size = office_of(program).window.size()
    assert (size.width(), size.height()) == (1210, 700)
