"""The window without any page: menus, status, undo, toasts."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import Office
from desktop.jobs.db_runner import Fault
from desktop.services.bus import Desk
from desktop.services.commands import CancelRequest
from desktop.services.lookup import request_by_code
from desktop.store.engine import Store
from desktop.views.actions import ACTIONS
from desktop.views.feedback import Toast
from desktop.views.look import Look


def test_shortcuts_are_unique_on_each_page() -> None:
    seen: dict[tuple[str, str], str] = {}
    pages = {spec.page for spec in ACTIONS} - {""}
    for spec in ACTIONS:
        for keys in spec.shortcuts:
            for page in [spec.page] if spec.page else ["", *pages]:
                assert (page, keys) not in seen, f"{keys} is {seen[page, keys]} and {spec.id}"
                seen[page, keys] = spec.id


def test_undo_is_named_and_takes_back_by_key(office: Office, company_store: Store, qtbot: QtBot) -> None:
    window = office.window
    undo = window.context.actions.action("edit.undo")
    with qtbot.waitSignal(office.runner.committed):
        office.runner.handle(window, CancelRequest("R00001"))
    qtbot.waitUntil(lambda: "R00001" in undo.text())
    with qtbot.waitSignal(office.runner.committed):
        qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    with company_store.session() as session:
        assert request_by_code(session, "R00001").status != "cancelled"


def test_theme_is_switched_and_told(look: Look, qapp: QApplication, qtbot: QtBot) -> None:
    with qtbot.waitSignal(look.changed):
        look.choose("dark")
    assert qapp.palette().window().color().name().upper() == look.theme.window
    look.choose("light")


def test_a_fault_of_the_worker_is_told_and_the_worker_goes_on(office: Office, qtbot: QtBot) -> None:
    faulted: list[Fault] = []
    office.runner.faulted.disconnect()
    office.runner.faulted.connect(faulted.append)

    def wrong(_desk: Desk) -> None:
        msg = "nobody expected this"
        raise RuntimeError(msg)

    office.runner.work(office, wrong)
    qtbot.waitUntil(lambda: bool(faulted))
    assert "nobody expected" in str(faulted[0].error)
    with qtbot.waitSignal(office.runner.committed):
        office.runner.handle(office.window, CancelRequest("R00001"))


def test_only_the_last_step_is_taken_back_by_a_toast(office: Office, qtbot: QtBot) -> None:
    feedback = office.window.context.feedback

    def cancel(code: str) -> Toast:
        done: list[object] = []

        def say(outcome: object) -> None:
            feedback.toast(code, undo=True)
            done.append(outcome)

        office.runner.handle(office.window, CancelRequest(code), say)
        qtbot.waitUntil(lambda: bool(done))
        return next(toast for toast in office.window.findChildren(Toast) if toast.label.text() == code)

    one, other = cancel("R00001"), cancel("R00002")
    assert one.undo is not None
    assert other.undo is not None
    assert other.undo.isVisible()
    assert not one.undo.isVisible()


def test_a_question_given_up_is_not_answered(office: Office, qtbot: QtBot) -> None:
    heard: list[int] = []
    owner = QObject(office)
    office.runner.read(office, lambda _store: 1, heard.append).cancel()
    office.runner.read(owner, lambda _store: 2, heard.append)
    shiboken6.delete(owner)
    office.runner.read(office, lambda _store: 3, heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [3]
