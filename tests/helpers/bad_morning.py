"""A dispatcher's bad morning in one window: what is in force, what is told, and what was written into a folder."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from icalendar import Calendar
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.app import Office
from desktop.clock import FixedClock
from desktop.services.bus import Desk
from desktop.services.dispatching.due import due_notices
from desktop.services.dispatching.outbox import dispatch_to_folder
from desktop.services.inspection.reading import visit_card
from desktop.services.inspection.rows import VisitCard
from desktop.services.planning.reading import latest_draft, list_plans, plan_view
from desktop.services.planning.views import VisitView
from desktop.store.engine import Store
from desktop.views.today.page import TodayPage
from tests.helpers.morning import PATIENCE_MS, Morning
from tests.helpers.office import ACTOR, NOW
from tests.helpers.plans_page import choose
from tests.helpers.windows import bring_forward, press, settle, type_text

D = TypeVar("D", bound=QDialog)
Key = tuple[str, str]
"""A request, and who is told of its visit: the code of an inspector, "factory" or "client"."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a message in a folder says to a calendar."""

    uid: str
    sequence: int
    method: str
    is_cancelled: bool


class BadMorning(Morning):
    """Somebody at work while things break."""

    def __init__(self, office: Office, clock: FixedClock, qtbot: QtBot) -> None:
        super().__init__(office, qtbot)
        self.clock = clock
        self.qtbot = qtbot

    def sheet(self, kind: type[D]) -> D:
        """The sheet of a kind that is opened, or will be."""
        self.qtbot.waitUntil(
            lambda: any(one.isVisible() for one in self.window.findChildren(kind)), timeout=PATIENCE_MS
        )
        settle(self.office)
        return next(one for one in self.window.findChildren(kind) if one.isVisible())

    def today(self) -> TodayPage:
        """The page of the day, with all that is known of it."""
        page = self.go_to("Ctrl+5", TodayPage)
        self.qtbot.waitUntil(lambda: page._judged is not None and not page._judging.isActive(), timeout=PATIENCE_MS)
        settle(self.office)
        return page

    def pick(self, table: QAbstractItemView, words: str) -> None:
        """Right-click on the row that is gone to, and choose from the menu."""
        place = table.visualRect(table.currentIndex()).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.RightButton, pos=place)
        QApplication.sendEvent(
            table.viewport(),
            QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, table.viewport().mapToGlobal(place)),
        )
        choose(self.qtbot, words)

    def choose_folder(self, folder: Path) -> None:
        """Answer the question for a folder by typing its name."""
        folder.mkdir()
        dialog = self.sheet(QFileDialog)
        line = dialog.findChild(QLineEdit)
        assert line is not None
        line.setFocus()
        line.selectAll()
        type_text(str(folder), line)
        press("Return", line)
        bring_forward(self.window)

    def at(self, time: dt.datetime) -> None:
        """It becomes later."""
        assert time > self.clock.time
        self.clock.time = time

    # -- what is stored ------------------------------------------------------------------------------------------------

    def in_force(self) -> Mapping[str, VisitView]:
        """What people act on, by request."""
        store = self.office.store
        plans = [plan_view(store, plan.code) for plan in list_plans(store) if plan.status == "published"]
        found = [visit for plan in plans for visit in plan.visits if visit.published]
        assert len({visit.request for visit in found}) == len(found), "a request is announced twice"
        return {visit.request: visit for visit in found}

    def drafted(self) -> Mapping[str, VisitView]:
        """The draft in hand, by request."""
        code = latest_draft(self.office.store)
        assert code is not None
        return self.visits(code)

    def visit(self, request: str) -> VisitCard:
        """One visit whole."""
        return visit_card(self.office.store, self.clock.now(), request)

    def due(self) -> Mapping[Key, str]:
        """What is to be sent, by whom it is for: its kind."""
        found = due_notices(self.office.store, self.clock.now())
        return {(notice.request, notice.to.inspector or notice.to.party): notice.kind for notice in found}


def tell_everybody(store: Store, folder: Path) -> None:
    """On the last working day all invitations went out."""
    addressees = [notice.to for notice in due_notices(store, NOW)]
    done = dispatch_to_folder(Desk(store, FixedClock(NOW), ACTOR), addressees, folder, None, lambda _: None)
    assert len(done) == len(addressees) > 0


def read_messages(folder: Path) -> Mapping[Key, Told]:
    """The e-mail files of a folder, read as a mail program reads them."""
    found = {}
    for path in folder.glob("*.eml"):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        part = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
        calendar = Calendar.from_ical(part.get_content())
        (event,) = calendar.walk("VEVENT")
        request, who, _ = path.stem[len("2026-11-30-") :].rsplit("-", 2)
        found[request, who] = Told(
            str(event["uid"]), int(str(event["sequence"])), str(calendar["method"]), event["status"] == "CANCELLED"
        )
    return found
