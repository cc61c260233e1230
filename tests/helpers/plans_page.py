"""What hands do on the page of plans, and what eyes find there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop.app import Office
from desktop.views.feedback import Question, Toast
from desktop.views.plans.page import REVIEW, PlansPage
from tests.helpers.windows import button, click, press, settle

DRAFT = "2026-W49-1"
SECOND = "2026-W49-2"
WAIT = 30_000
CTRL = Qt.KeyboardModifier.ControlModifier


def shown(page: PlansPage) -> int:
    return page._stack.currentIndex()


def reviewed(office: Office, page: PlansPage, qtbot: QtBot) -> None:
    """Run, and wait for the review with the answer whether it still holds."""
    click(button(page, "Optimise"))
    qtbot.waitUntil(lambda: shown(page) == REVIEW, timeout=WAIT)
    qtbot.waitUntil(lambda: "Nobody has changed" in page.review.foot.text, timeout=WAIT)
    settle(office)


def searching(office: Office, page: PlansPage, qtbot: QtBot) -> None:
    """Begin a long run and wait for its first plan."""
    page.overview.form.restore({"time_limit": 600})
    press("F5", page)
    runs = office.plan_runs
    qtbot.waitUntil(lambda: runs.state is not None and runs.state.cost is not None, timeout=WAIT)


def toasts(office: Office) -> str:
    return "\n".join(toast.label.text() for toast in office.window.findChildren(Toast))


def question(office: Office, qtbot: QtBot) -> Question:
    qtbot.waitUntil(lambda: bool(office.window.findChildren(Question)), timeout=WAIT)
    return office.window.findChildren(Question)[-1]


def menu(qtbot: QtBot) -> QMenu:
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu), timeout=WAIT)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QMenu)
    return popup


def choose(qtbot: QtBot, text: str) -> None:
    """Click an entry of the menu that is open."""
    popup = menu(qtbot)
    action = next(action for action in popup.actions() if text in action.text())
    click(popup, popup.actionGeometry(action).center())
