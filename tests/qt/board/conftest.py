"""The board page on a small planned company, read and settled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import Office
from desktop.services.board import BoardBar, BoardRow
from desktop.services.bus import Desk
from desktop.services.planning.open_plan import OpenPlan
from desktop.services.verdicts import Offer
from desktop.store.engine import Store
from desktop.views.board.page import BoardPage
from desktop.views.feedback import Toast
from desktop.views.look import Look
from tests.helpers.office import office_on

WAIT_MS = 15_000


@dataclass
class Hands:
    """What a person does to the board page."""

    page: BoardPage
    office: Office
    store: Store
    qtbot: QtBot

    @property
    def plan(self) -> OpenPlan:
        plan = self.page.shown.plan
        assert plan is not None
        return plan

    def settle(self) -> None:
        """Wait until all that is shown is stored and the other way round."""
        self.qtbot.waitUntil(lambda: self.page.shown.is_settled, timeout=WAIT_MS)

    def bars(self) -> list[tuple[BoardRow, BoardBar]]:
        return [(row, bar) for row in self.plan.board.rows for bar in row.bars]

    def bar(self, request: str) -> tuple[BoardRow, BoardBar] | None:
        return next(((row, bar) for row, bar in self.bars() if bar.request == request), None)

    def select(self, request: str) -> tuple[Offer, ...]:
        """Select a request and wait until it is known where it could go."""
        self.page.show_request(request)
        self.qtbot.waitUntil(lambda: self.page.selected.has_offers, timeout=WAIT_MS)
        return self.page.selected.offers

    def movable(self) -> tuple[BoardRow, BoardBar, Offer]:
        """A visit of one person, and a place with somebody else where it could go."""
        for row, bar in self.bars():
            if len(bar.crew) == 1:
                for offer in self.plan.offers(bar.request):
                    if offer.inspector != row.inspector and len(offer.inspectors) == 1 and offer.mode == bar.mode:
                        return row, bar, offer
        raise AssertionError("no visit can be moved to anybody else")

    def forbidden(self) -> tuple[BoardRow, BoardBar, str]:
        """A visit of one person, and somebody who can never serve it on these days."""
        for row, bar in self.bars():
            if len(bar.crew) == 1:
                for other in self.plan.board.rows:
                    verdict = self.plan.verdict(bar.request, (other.inspector,), bar.first_slot)
                    if verdict.state == "bad":
                        return row, bar, other.inspector
        raise AssertionError("everybody could serve everything")

    def forbidden_in_team(self) -> tuple[BoardRow, BoardBar, str]:
        """A visit of one person, and somebody of the same team who may not serve it then."""
        for row, bar in self.bars():
            for other in self.plan.board.rows:
                if len(bar.crew) != 1 or other.team != row.team or other is row:
                    continue
                if self.plan.verdict(bar.request, (other.inspector,), bar.first_slot).state != "ok":
                    return row, bar, other.inspector
        raise AssertionError("everybody could serve everything")

    def waivable(self) -> tuple[BoardRow, BoardBar, str]:
        """A visit of one person, and somebody who could serve it if a rule were waived."""
        for row, bar in self.bars():
            if len(bar.crew) == 1:
                for other in self.plan.board.rows:
                    verdict = self.plan.verdict(bar.request, (other.inspector,), bar.first_slot)
                    if verdict.state == "warn":
                        return row, bar, other.inspector
        raise AssertionError("no rule can be waived anywhere")

    def at(self, inspector: str, slot: int) -> QPoint:
        """The middle of a half-day in the canvas's viewport, scrolled into view."""
        self.page.doing.go_to(inspector, slot)
        box = self.page.canvas.box_of(inspector, slot, slot)
        assert box is not None
        return box.center().toPoint()

    def press(self, widget: QWidget, at: QPoint) -> None:
        self.qtbot.mousePress(widget, Qt.MouseButton.LeftButton, pos=at)

    def move(self, widget: QWidget, to: QPoint) -> None:
        """Move the mouse with its button down, as the window system tells it to the widget that was pressed."""
        buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        place = QPointF(widget.mapToGlobal(to))
        event = QMouseEvent(QEvent.Type.MouseMove, QPointF(to), place, Qt.MouseButton.NoButton, buttons, none)
        QApplication.sendEvent(widget, event)

    def release(self, widget: QWidget, at: QPoint) -> None:
        self.qtbot.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=at)

    def drag(self, start: QPoint, end: QPoint, source: QWidget | None = None) -> None:
        """From one point to another of the canvas; both in the source's coordinates."""
        widget = source or self.page.canvas.viewport()
        self.press(widget, start)
        self.move(widget, start + QPoint(14, 0))
        self.move(widget, end)
        self.release(widget, end)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key wherever the keyboard is."""
        focus = QApplication.focusWidget()
        assert focus is not None
        self.qtbot.keyClick(focus, key, modifier)

    def toasts(self) -> list[str]:
        return [toast.label.text() for toast in self.office.window.findChildren(Toast)]

    def colleague(self) -> Desk:
        """Somebody else on the same database."""
        return Desk(self.store, self.office.window.context.clock, "Tran Bich Ngoc")


@pytest.fixture
def hands(company_store: Store, qapp: QApplication, look: Look, qtbot: QtBot) -> Iterator[Hands]:
    with office_on(company_store, qapp, look, pages=(BoardPage,)) as office:
        office.window.resize(1600, 1000)
        office.open()
        qtbot.waitExposed(office.window)
        page = office.window.findChild(BoardPage)
        assert page is not None
        made = Hands(page, office, company_store, qtbot)
        qtbot.waitUntil(lambda: page.shown.plan is not None, timeout=WAIT_MS)
        made.settle()
        page.canvas.setFocus()
        yield made
