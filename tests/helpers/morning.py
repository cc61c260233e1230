"""A planner's morning in one window, by keys and mouse; what it does is looked up in the database each time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import Office
from desktop.clock import FixedClock
from desktop.services.bus import Desk
from desktop.services.commands import MoveVisit
from desktop.services.planning.reading import list_plans, plan_view
from desktop.services.planning.views import PlanView, VisitView
from desktop.services.slots import slot_of
from desktop.store.engine import open_store
from desktop.views.board.page import BoardPage
from desktop.views.page import Page
from tests.helpers.board_hands import BoardHands, Target
from tests.helpers.office import NOW
from tests.helpers.windows import bring_forward, press, said, settle

PATIENCE_MS = 30_000
COLLEAGUE = "Tran Bich Ngoc"
P = TypeVar("P", bound=Page)


class Morning:
    """Somebody at work in a window."""

    def __init__(self, office: Office, qtbot: QtBot) -> None:
        self.office = office
        self.window = office.window
        self._qtbot = qtbot

    # -- the window ----------------------------------------------------------------------------------------------------

    def go_to(self, keys: str, kind: type[P]) -> P:
        """Show a page by its shortcut."""
        bring_forward(self.window)
        press(keys, self.window)
        settle(self.office)
        page = self.window.page
        assert isinstance(page, kind), page
        return page

    def wait_for(self, words: str) -> None:
        """Wait until the window says something."""
        self._qtbot.waitUntil(lambda: words in said(self.window), timeout=PATIENCE_MS)

    def dialog(self) -> QWidget:
        """The question that is open."""
        return next(found for found in self.window.findChildren(QDialog) if found.isVisible())

    # -- the board -----------------------------------------------------------------------------------------------------

    def board(self) -> tuple[BoardPage, BoardHands]:
        """The board, at rest."""
        page = self.go_to("Ctrl+2", BoardPage)
        self._qtbot.waitUntil(lambda: page.shown.is_settled, timeout=PATIENCE_MS)
        return page, BoardHands(page)

    def rest(self, page: BoardPage) -> None:
        """Wait until what the board shows is stored, and what is stored is shown."""
        self._qtbot.waitUntil(lambda: page.shown.is_settled, timeout=PATIENCE_MS)
        settle(self.office)

    # -- what is stored ------------------------------------------------------------------------------------------------

    def drafts(self) -> Sequence[str]:
        """Codes of the drafts."""
        return [plan.code for plan in list_plans(self.office.store) if plan.status == "draft"]

    def plan(self, code: str) -> PlanView:
        """A plan as stored."""
        return plan_view(self.office.store, code)

    def visits(self, code: str) -> Mapping[str, VisitView]:
        """The visits of a plan by request."""
        return {visit.request: visit for visit in self.plan(code).visits}

    def place(self, code: str, request: str) -> tuple[tuple[str, ...], int, bool]:
        """Who serves a request, from which half-day of the board on, and whether that is fixed."""
        visit = self.visits(code)[request]
        morning = slot_of(self.plan(code).header.first_day)
        return tuple(member.code for member in visit.inspectors), visit.first_slot - morning, visit.pinned


def colleague_moves(database: Path, code: str, request: str, target: Target) -> None:
    """Somebody else on the same database moves a visit."""
    with open_store(str(database), create=False) as store:
        inspector, slot = target
        morning = slot_of(plan_view(store, code).header.first_day)
        Desk(store, FixedClock(NOW), COLLEAGUE).handle(MoveVisit(code, request, (inspector,), morning + slot))
