"""What was sent: every message with its version, its way and its text as it went."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.clock import local_today
from desktop.itemmodels.dispatch_rows import (
    channel_words,
    messages_words,
    party_words,
    sent_columns,
    sent_rows,
    version_cell,
)
from desktop.itemmodels.list_table import TableRow
from desktop.jobs.db_runner import Job
from desktop.services.dispatching.sent import SentMessage, read_body
from desktop.services.words import spell_day
from desktop.views.context import PageContext
from desktop.views.dispatch.list_tab import ListTab
from desktop.views.feedback import InlineMessage
from desktop.views.widgets.elided_label import ElidedLabel
from desktop.views.widgets.page_bar import EmptyPlace


class BodyPanel(QFrame):
    """One message as it went."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._context = context
        self._key: int | None = None
        self._job: Job[str] | None = None
        self.title = ElidedLabel(self)
        self.title.setProperty("role", "panel-title")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.facts = QLabel(self)
        self.facts.setProperty("role", "muted")
        self.facts.setWordWrap(True)
        self.facts.setTextFormat(Qt.TextFormat.PlainText)
        self.trouble = InlineMessage(context.look, self)
        self.subject = ElidedLabel(self)
        self.subject.setProperty("role", "strong")
        self.subject.setTextFormat(Qt.TextFormat.PlainText)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(self.tr("Text as it was sent"))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        for part in (self.title, self.facts, self.trouble, self.subject):
            column.addWidget(part)
        column.addWidget(self.text, 1)
        self._nothing = EmptyPlace.of_panel(self.tr("Select a message to read it as it went."), self)
        column.addWidget(self._nothing, 1)
        self.show_message(None)

    def show_message(self, message: SentMessage | None) -> None:
        """Show a message; None: none is looked at."""
        if self._job is not None:
            self._job.cancel()
        for part in (self.title, self.facts, self.subject, self.text):
            part.setVisible(message is not None)
        self._nothing.setVisible(message is None)
        self.trouble.clear()
        self._key = None if message is None else message.key
        if message is None:
            return
        self.title.setText(message.name)
        when = message.sent_at.astimezone()
        self.facts.setText(
            f"{party_words(message.to.party)} \N{MIDDLE DOT} {message.to.request} \N{MIDDLE DOT} "
            f"{version_cell(message).text} \N{MIDDLE DOT} {channel_words(message.channel)}\n"
            f"{spell_day(when.date())} {when:%H:%M} \N{MIDDLE DOT} {message.sent_by}\n{message.recipient}".strip()
        )
        if message.fault:
            self.trouble.show_text(message.fault, "bad")
        self.subject.setText(message.subject)
        self.text.clear()
        query = partial(read_body, key=message.key)
        self._job = self._context.runner.read(self, query, partial(self._on_read, message.key), self.trouble.show_error)

    def _on_read(self, key: int, body: str) -> None:
        if key == self._key:
            self.text.setPlainText(body)


class SentTab(ListTab):
    """Newest first."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        self._messages: tuple[SentMessage, ...] | None = None
        super().__init__(context, sent_columns(), self.tr("What was sent"), parent)
        self.show_reading()

    def make_panel(self, parent: QWidget) -> BodyPanel:
        """The message that is looked at."""
        self.panel = BodyPanel(self.context, parent)
        return self.panel

    def show_messages(self, messages: tuple[SentMessage, ...]) -> None:
        """Show what was sent."""
        self._messages = messages
        self.list_again()

    def list_again(self) -> None:
        """List what the filters ask for: days are those of sending."""
        if self._messages is None:
            return
        shown = [message for message in self._messages if self._is_wanted(message)]
        self.show_list(sent_rows(shown, self.context.clock.now()))
        self.strip.shown.setText(messages_words(len(shown)))
        if self._messages:
            self.empty.explain(self.tr("No message matches these filters."), self.tr("Clear filters"))
        else:
            self.empty.explain(self.tr("Nothing was sent yet."))

    def _is_wanted(self, message: SentMessage) -> bool:
        days, parties = self.strip.days(local_today(self.context.clock)), self.strip.wanted_parties
        if parties and message.to.party not in parties:
            return False
        if days and not days[0] <= message.sent_at.astimezone().date() <= days[1]:
            return False
        return self.matches(message.name, message.to.request, message.subject, message.factory_name, message.sent_by)

    def on_chosen(self, row: TableRow | None) -> None:
        """Show the message of a row."""
        self.panel.show_message(row.value if row and isinstance(row.value, SentMessage) else None)
