"""Saving what was entered in the panel, giving it up, and what is said where it is refused."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton

from desktop.errors import BadInputError, ConflictError, DomainError
from desktop.services.changes import Outcome
from desktop.services.requests.cards import RequestCard, read_card
from desktop.services.requests.form import FORM_FIELDS, FormFault, add_command, bulk_commands, edit_command
from desktop.views.context import PageContext
from desktop.views.requests.drafts import Drafts, LookedAt
from desktop.views.requests.field_words import hints
from desktop.views.requests.panel import RequestPanel


class RequestSaving(QObject):
    """Works the buttons of the panel.

    Attributes:
        stored: the code of a request that was added, or is called otherwise now.
        fetch_wanted: the request (RequestRow) that is to be shown as it is stored.
        settled: what is entered stands otherwise to what is stored.
    """

    stored = Signal(object)
    fetch_wanted = Signal(object)
    settled = Signal()

    def __init__(self, context: PageContext, panel: RequestPanel, looked_at: LookedAt, drafts: Drafts) -> None:
        super().__init__(panel)
        self._context = context
        self._panel = panel
        self._looked_at = looked_at
        self._drafts = drafts
        panel.save_button.clicked.connect(self.save)
        panel.discard_button.clicked.connect(self.discard)

    # -- saving --------------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Store what was entered, or go to the first field that is wrong."""
        form, card = self._panel.form, self._looked_at.card
        if self._looked_at.kind == "edit" and (card is None or not form.touched()):
            return
        if form.check(everything=True):
            form.focus()
            return
        match self._looked_at.kind:
            case "new":
                command = add_command(form.values())
                self._context.runner.handle(self, command, partial(self._on_added, command.code), self._on_refused)
            case "edit" if card is not None:
                self._save_one(card, form.values())
            case "bulk":
                self._save_several(form.values())

    def _save_one(self, card: RequestCard, values: Mapping[str, Any]) -> None:
        edit = edit_command(card, {name: values[name] for name in self._panel.form.touched()})
        if edit is None:
            self.discard()
            return
        code = str(values.get("code") or card.code)
        self._context.runner.handle(self, edit, partial(self._on_edited, code), self._on_refused)

    def _save_several(self, values: Mapping[str, Any]) -> None:
        given = {name: value for name, value in values.items() if not (name == "status" and not value)}
        if not given:
            self._panel.message.show_text(self.tr("Change a field first: it is then set for all of them."), "warn")
            return
        rows = self._looked_at.several
        label = self.tr("Edit %n request(s)", "", len(rows))
        commands = bulk_commands([(row.code, row.version) for row in rows], given)
        self._context.runner.handle_all(self, commands, label, self._on_several, self._on_refused)

    def discard(self) -> None:
        """Put back what is stored."""
        looked_at, form = self._looked_at, self._panel.form
        self._panel.message.clear()
        if looked_at.kind == "edit" and looked_at.card is not None:
            self._drafts.drop(looked_at.card.code)
            self._drafts.tell()
            form.show_values("edit", looked_at.card.values)
            if looked_at.row is not None:
                self.fetch_wanted.emit(looked_at.row)
        elif looked_at.kind == "bulk":
            form.show_values("bulk", {})
        else:
            looked_at.kind = "edit"
            form.show_values("new", {})
            self._panel.closed.emit()
        self.settled.emit()

    # -- it is stored --------------------------------------------------------------------------------------------------

    def _on_added(self, code: str, outcome: Outcome) -> None:
        self._panel.form.show_values("new", {})
        self._looked_at.kind, self._looked_at.row = "edit", None
        self._context.feedback.done(outcome)
        self.stored.emit(code)

    def _on_edited(self, code: str, outcome: Outcome) -> None:
        looked_at, form = self._looked_at, self._panel.form
        self._panel.message.clear()
        if looked_at.card is not None:
            self._drafts.drop(looked_at.card.code)
        form.show_values("edit", form.values())
        self._drafts.tell()
        self._context.feedback.done(outcome)
        looked_at.card = None
        self.stored.emit(code)
        if looked_at.row is not None and looked_at.row.code == code:
            self.fetch_wanted.emit(looked_at.row)

    def _on_several(self, outcome: Outcome) -> None:
        self._panel.message.clear()
        self._panel.form.show_values("bulk", {})
        self._context.feedback.done(outcome)
        self.settled.emit()

    # -- it is refused -------------------------------------------------------------------------------------------------

    def _on_refused(self, error: DomainError) -> None:
        if isinstance(error, ConflictError) and self._looked_at.kind == "edit":
            mine, theirs = QPushButton(self.tr("Put mine on theirs")), QPushButton(self.tr("Take theirs"))
            mine.clicked.connect(self._put_on_theirs)
            theirs.clicked.connect(self.discard)
            self._panel.message.show_error(error, mine, theirs)
            return
        if isinstance(error, BadInputError):
            found = [
                FormFault(name, f"{text[0].upper()}{text[1:]}.")
                for text in error.faults
                for name in FORM_FIELDS
                if text.startswith(f"{name} ")
            ]
            self._panel.form.show_faults(found)
            if len(found) == len(error.faults) and found:
                self._panel.form.focus()
                return
        self._panel.message.show_error(error)

    def _put_on_theirs(self) -> None:
        """Fetch what is stored now, and put what was typed on it; nothing is saved yet."""
        card = self._looked_at.card
        if card is None or self._looked_at.row is None:
            return
        typed = self._drafts.typed()
        self._panel.message.clear()
        self._drafts.drop(card.code)
        self._context.runner.read(
            self, partial(read_card, code=card.code), partial(self._on_theirs, typed), self._panel.message.show_error
        )

    def _on_theirs(self, typed: Mapping[str, Any], card: RequestCard) -> None:
        self._looked_at.card = card
        row, form = self._looked_at.row, self._panel.form
        form.show_values("edit", card.values, None if row is None else hints(row))
        form.put_touched(typed)
        self.settled.emit()
        self._panel.message.show_text(self.tr("What you typed stands on what is stored now. Look, then save."), "ok")
