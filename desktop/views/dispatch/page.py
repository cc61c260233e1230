"""The page of dispatch: what is to be sent, what was sent, who has answered."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.errors import DomainError, RefusedError
from desktop.jobs.db_runner import Committed
from desktop.jobs.outbox_run import Gone, OutboxRun
from desktop.services.dispatching.due import DueNotice, due_notices
from desktop.services.dispatching.sent import Confirmation, confirmations, due_and_confirmations, sent_messages
from desktop.views.context import PageContext
from desktop.views.dispatch.answers_tab import AnswersTab
from desktop.views.dispatch.due_tab import DueTab
from desktop.views.dispatch.list_tab import ListTab
from desktop.views.dispatch.sent_tab import SentTab
from desktop.views.dispatch.ways import Ways
from desktop.views.paper.worksheet import worksheet_pdf
from desktop.views.widgets.list_table import offer_actions
from desktop.views.widgets.page_bar import PageBar
from desktop.views.widgets.tabbed_page import ListPage

SEEN = (
    "visit",
    "assignment",
    "plan",
    "announcement",
    "notice",
    "sending",
    "request",
    "order",
    "factory",
    "client",
    "inspector",
    "setting",
    "checklist",
)
"""Tables that messages say something of."""
MENU = (("send", "files", "text", "save"), ("confirm", "decline", "remind"), ("visit", "board"))
"""What is offered for the row under the mouse, as far as it can be done."""
COUNT_MS = 3000
"""How long after a change the badge of a page that is not shown follows: the worker has better things to do at once."""


class DispatchPage(ListPage[ListTab]):
    """Messages."""

    NAME: ClassVar[str] = "dispatch"
    ICON: ClassVar[str] = "send"

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.setInterval(COUNT_MS)
        self._counting.timeout.connect(self._read_for_count)
        titles = {"due": self.tr("To send"), "sent": self.tr("Sent"), "answers": self.tr("Answers")}
        bar = PageBar(context.look, self.title(), titles, self.tr("Search names, codes, factories"), self)
        bar.add_tool(context.actions.action("dispatch.publish"), self.tr("Publish…"), "bullhorn-outline")
        self.due, self.sent, self.answers = DueTab(context, self), SentTab(context, self), AnswersTab(context, self)
        self.furnish(bar, {"due": self.due, "sent": self.sent, "answers": self.answers})
        self.outbox = OutboxRun(context.runner, context.clock, worksheet_pdf, self)
        self.ways = Ways(self)
        self._connect()
        self.show_tab("due")

    def title(self) -> str:
        """Its name."""
        return self.tr("Dispatch")

    # -- the window ----------------------------------------------------------------------------------------------------

    def changed(self, committed: Committed) -> None:
        """Read again what is concerned; while it is not shown, a little later and for the badge only.

        While messages go out nothing is: each would be listed as one of which nobody knows what became of it.
        """
        if not self.outbox.is_running and any(committed.changes.touches(table) for table in SEEN):
            self.refresh()

    def refresh(self) -> None:
        """Read everything again."""
        super().refresh()
        if self.is_stale:
            self._counting.start()

    # -- data ----------------------------------------------------------------------------------------------------------

    def _read_for_count(self) -> None:
        query = partial(due_and_confirmations, now=self.context.clock.now())
        self.read("count", query, self._show_count, background=True)

    def read_all(self) -> None:
        """The tab that is looked at first."""
        self.is_stale = False
        self._counting.stop()
        self.drop("count")
        now = self.context.clock.now()
        self.read("due", partial(due_notices, now=now), self._show_due, background=self.shown != "due")
        self.read("sent", sent_messages, self.sent.show_messages, background=self.shown != "sent")
        self.read("answers", partial(confirmations, now=now), self._show_answers, background=self.shown != "answers")

    def _show_count(self, found: tuple[tuple[DueNotice, ...], tuple[Confirmation, ...]]) -> None:
        due, answers = found
        self.due.show_notices(due)
        self.answers.show_answers(answers)
        self._count()

    def _show_due(self, notices: tuple[DueNotice, ...]) -> None:
        self.due.show_notices(notices)
        self._count()

    def _show_answers(self, found: tuple[Confirmation, ...]) -> None:
        self.answers.show_answers(found)
        self._count()

    def _count(self) -> None:
        """What waits for somebody: messages to be sent, and people to be asked again."""
        self.bar.show_counts({"due": self.due.number, "answers": self.answers.open_number})
        self.badge.emit(self.due.number + self.answers.due_number or None)

    # -- sending -------------------------------------------------------------------------------------------------------

    def _on_announced(self, requests: frozenset[str]) -> None:
        """Visits were announced just now: what is to be sent of them is ticked."""
        self.bar.search.clear()
        self.due.tick_requests(requests)
        self.show_tab("due")
        self.read_all()

    def _on_gone(self, gone: Gone) -> None:
        self.due.model.tick(())
        number = len(gone.outgoing) - gone.sent
        if not number:
            self.due.message.clear()
            self.context.feedback.toast(self.tr("%n message(s) went out.", "", gone.sent))
            return
        causes = "\n".join(f"\N{MIDDLE DOT} {fault}" for fault in gone.faults[:4])
        text = self.tr("%n message(s) did not go out; the rows say why.", "", number)
        self.due.message.show_text(f"{text}\n{causes}", "bad")

    def _on_not_sent(self, error: DomainError) -> None:
        if not isinstance(error, RefusedError):  # of a folder, or of the database
            self.due.message.show_error(error)
            return
        settings = QPushButton(self.tr("Mail settings…"))
        settings.clicked.connect(self.context.actions.action("dispatch.mail").trigger)
        self.due.message.show_error(error, settings)

    # -- inside --------------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        for tab in self.tabs.values():
            tab.table.menu_wanted.connect(self._offer)
        selection, outbox = self.context.selection, self.outbox
        selection.announced.connect(self._on_announced)
        outbox.began.connect(self._on_began)
        outbox.advanced.connect(self.due.show_advance)
        outbox.ended.connect(self._on_ended)
        outbox.gone.connect(self._on_gone)
        outbox.failed.connect(self._on_not_sent)
        for name, deed in (
            ("send", self.ways.send),
            ("files", self.ways.ask_for_mail_folder),
            ("text", self.ways.copy_text),
            ("save", self.ways.ask_for_paper_folder),
            ("stop", outbox.stop),
            ("tick_all", self._tick_all),
            ("confirm", partial(self.answers.answer, "confirmed")),
            ("decline", partial(self.answers.answer, "declined")),
            ("remind", self.answers.remind_later),
            ("visit", partial(self._show_elsewhere, "visits")),
            ("board", partial(self._show_elsewhere, "board")),
        ):
            self.on(name, deed)

    def _offer(self, place: QPoint) -> None:
        actions = self.context.actions
        offer_actions(self, ([actions.action(f"dispatch.{name}") for name in group] for group in MENU), place)

    def _on_began(self, number: int) -> None:
        self.context.actions.enable("dispatch.stop", True)
        self.due.show_running(number)

    def _on_ended(self) -> None:
        self.context.actions.enable("dispatch.stop", False)
        self.due.show_running(None)
        self.refresh()

    def _tick_all(self) -> None:
        if self.shown == "due":
            self.due.tick_all()

    def _request(self) -> str:
        row = self.tab.table.current
        to = getattr(None if row is None else row.value, "to", None)
        return "" if to is None else str(to.request)

    def _show_elsewhere(self, page: str) -> None:
        code = self._request()
        if code:
            self.context.selection.show_request(code, page)

    def clear(self) -> None:
        """List everything."""
        self.bar.search.clear()
        self.tab.strip.clear()
        self.tab.table.setFocus()
