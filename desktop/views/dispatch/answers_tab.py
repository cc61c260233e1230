"""Who has answered and who is to be asked again: confirmed and declined by one key each."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.clock import local_today
from desktop.errors import DomainError
from desktop.itemmodels.dispatch_rows import answer_cell, answer_columns, answer_rows, party_words
from desktop.itemmodels.list_table import TableRow
from desktop.itemmodels.slot_words import moment, slots
from desktop.services.changes import Outcome
from desktop.services.commands.dispatching import Answer, RecordAnswer, SetReminder
from desktop.services.dispatching.sent import Confirmation
from desktop.services.slots import day_of
from desktop.views.context import PageContext
from desktop.views.dispatch.contact_line import ContactLine
from desktop.views.dispatch.list_tab import ListTab
from desktop.views.feedback import InlineMessage
from desktop.views.widgets.elided_label import ElidedLabel
from desktop.views.widgets.page_bar import EmptyPlace

ACTIONS = ("confirm", "decline", "remind")
LATER = dt.timedelta(days=1)


class AnswerPanel(QFrame):
    """One who was told: how he is reached, what he said, and the buttons for what he says now.

    Attributes:
        note: what is said beside the answer.
    """

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._context = context
        self.title = ElidedLabel(self)
        self.title.setProperty("role", "panel-title")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.facts = QLabel(self)
        self.facts.setProperty("role", "muted")
        self.facts.setWordWrap(True)
        self.facts.setTextFormat(Qt.TextFormat.PlainText)
        self.contact = ContactLine(context, self)
        self.trouble = InlineMessage(context.look, self)
        self.answer = QLabel(self)
        self.answer.setWordWrap(True)
        self.answer.setTextFormat(Qt.TextFormat.PlainText)
        self._note_label = QLabel(self.tr("What they said"), self)
        self._note_label.setProperty("role", "muted")
        self.note = QLineEdit(self)
        self.note.setPlaceholderText(self.tr("Who said it, and why"))
        self._note_label.setBuddy(self.note)
        self.note.setAccessibleName(self._note_label.text())
        self.buttons: dict[str, QPushButton] = {}
        self._lay_out()
        context.look.changed.connect(self._paint)
        self._paint()
        self.show_entry(None)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for name, text in (("confirm", self.tr("Confirmed")), ("decline", self.tr("Declined"))):
            row.addWidget(self._button(name, text))
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        for part in (self.title, self.facts, self.contact, self.trouble, self.answer, self._note_label, self.note):
            column.addWidget(part)
        column.addLayout(row)
        column.addWidget(self._button("remind", self.tr("Ask again tomorrow")), 0, Qt.AlignmentFlag.AlignLeft)
        self._under = QWidget(self)
        column.addWidget(self._under, 1)
        self._nothing = EmptyPlace.of_panel(self.tr("Select somebody to note what they answered."), self)
        column.addWidget(self._nothing, 1)

    def _button(self, name: str, text: str) -> QPushButton:
        action = self._context.actions.action(f"dispatch.{name}")
        button = QPushButton(text, self)
        button.setToolTip(action.toolTip())
        button.setProperty("role", "primary" if name == "confirm" else "")
        button.setEnabled(action.isEnabled())
        button.clicked.connect(action.trigger)
        action.enabledChanged.connect(button.setEnabled)
        self.buttons[name] = button
        return button

    def show_entry(self, entry: Confirmation | None) -> None:
        """Show who was told; None: nobody is looked at."""
        for part in (self.title, self.facts, self.answer, self._note_label, self.note, *self.buttons.values()):
            part.setVisible(entry is not None)
        self._under.setVisible(entry is not None)
        self._nothing.setVisible(entry is None)
        self.contact.show_contact("" if entry is None else entry.phone, "" if entry is None else entry.email)
        self.trouble.clear()
        self.note.clear()
        if entry is None:
            return
        now = self._context.clock.now()
        self.title.setText(f"{entry.name} {entry.local_name}".strip())
        told = moment(entry.sent_at, None, now) if entry.sent_at else self.tr("not yet")
        self.facts.setText(
            f"{party_words(entry.to.party)} \N{MIDDLE DOT} {entry.to.request} {entry.service} \N{MIDDLE DOT} "
            f"{slots(entry.first_slot, entry.last_slot)}\n{entry.factory_name} \N{MIDDLE DOT} {entry.client_name}\n"
            + self.tr("Told: {time}").format(time=told)
        )
        self.answer.setText(self._answer_words(entry, now))

    def _answer_words(self, entry: Confirmation, now: dt.datetime) -> str:
        said = answer_cell(entry).text
        if entry.answered_at and entry.answer:
            said = f"{said} {moment(entry.answered_at, None, now)}"
        elif entry.remind_at:
            ask = (
                self.tr("Ask again now.")
                if entry.is_due
                else self.tr("Ask again {time}.").format(time=moment(entry.remind_at, None, now))
            )
            said = f"{said}. {ask}"
        return f"{said}: {entry.answer_note}" if entry.answer_note else said

    def _paint(self) -> None:
        for name, icon in (("confirm", "check"), ("decline", "close"), ("remind", "bell-ring-outline")):
            token = "on_accent" if name == "confirm" else "muted"
            self.buttons[name].setIcon(self._context.look.icon(icon, token))


class AnswersTab(ListTab):
    """Those to be asked again first."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        self._found: tuple[Confirmation, ...] | None = None
        super().__init__(context, answer_columns(), self.tr("Who has answered"), parent)
        self.show_reading()
        self._settle()

    def make_panel(self, parent: QWidget) -> AnswerPanel:
        """Whoever is looked at."""
        self.panel = AnswerPanel(self.context, parent)
        return self.panel

    @property
    def open_number(self) -> int:
        """How many have not answered."""
        return sum(not entry.answer for entry in self._found or ())

    @property
    def due_number(self) -> int:
        """How many are to be asked again now."""
        return sum(entry.is_due and not entry.answer for entry in self._found or ())

    def show_answers(self, found: tuple[Confirmation, ...]) -> None:
        """Show who was told, and what they answered."""
        self._found = found
        self.list_again()

    def list_again(self) -> None:
        """List what the filters ask for."""
        if self._found is None:
            return
        shown = [entry for entry in self._found if self._is_wanted(entry)]
        self.show_list(answer_rows(shown, self.context.clock.now()))
        left = sum(not entry.answer for entry in shown)
        self.strip.shown.setText(self.tr("%n without an answer", "", left))
        if self._found:
            self.empty.explain(self.tr("Nobody matches these filters."), self.tr("Clear filters"))
        else:
            self.empty.explain(self.tr("Nobody was told of a visit that lies ahead."))
        self._settle()

    def _is_wanted(self, entry: Confirmation) -> bool:
        days, parties = self.strip.days(local_today(self.context.clock)), self.strip.wanted_parties
        if parties and entry.to.party not in parties:
            return False
        if days and (day_of(entry.last_slot) < days[0] or day_of(entry.first_slot) > days[1]):
            return False
        return self.matches(
            entry.name, entry.local_name, entry.to.request, entry.factory_name, entry.client_name, entry.to.inspector
        )

    def on_chosen(self, row: TableRow | None) -> None:
        """Show whoever a row is about."""
        entry = row.value if row and isinstance(row.value, Confirmation) else None
        self.panel.show_entry(entry)
        self._settle()

    @property
    def current(self) -> Confirmation | None:
        """Whoever is looked at."""
        row = self.table.current
        return row.value if row is not None and isinstance(row.value, Confirmation) else None

    # -- what is done --------------------------------------------------------------------------------------------------

    def answer(self, answer: Answer) -> None:
        """Note what whoever is looked at has said; a no needs a word why."""
        entry = self.current
        if entry is None:
            return
        note = self.panel.note.text().strip()
        if answer == "declined" and not note:
            self.panel.trouble.show_text(self.tr("Say in a word why, then press Declined again."), "warn")
            self.panel.note.setFocus()
            return
        self._go_on(entry)
        self.context.runner.handle(self, RecordAnswer(entry.to, answer, note), self._done, self._refused)

    def remind_later(self) -> None:
        """Ask again a day later."""
        entry = self.current
        if entry is not None:
            self._go_on(entry)
            command = SetReminder(entry.to, self.context.clock.now() + LATER)
            self.context.runner.handle(self, command, self._done, self._refused)

    def _go_on(self, entry: Confirmation) -> None:
        """The next row is gone to: who works through the list by keys need not look for it."""
        keys = [row.key for row in self.model.rows if not row.is_head]
        current = self.table.current
        if current is not None and current.value is entry and keys[-1] != current.key:
            self.table.choose(keys[keys.index(current.key) + 1])

    def _done(self, outcome: Outcome) -> None:
        self.context.feedback.toast(outcome.label, undo=outcome.inverse is not None)

    def _refused(self, error: DomainError) -> None:
        self.message.show_error(error)

    def _settle(self) -> None:
        entry = self.current
        for name in ACTIONS:
            self.context.actions.enable(f"dispatch.{name}", self.isVisible() and entry is not None)

    def showEvent(self, event: QShowEvent) -> None:
        """Answers are noted here only."""
        super().showEvent(event)
        self._settle()

    def hideEvent(self, event: QHideEvent) -> None:
        """As above."""
        super().hideEvent(event)
        for name in ACTIONS:
            self.context.actions.enable(f"dispatch.{name}", False)
