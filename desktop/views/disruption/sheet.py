"""What the sheets of disruptions have in common: what is asked, what it would hit, and the button that records it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.errors import DomainError
from desktop.itemmodels.slot_words import slots
from desktop.jobs.db_runner import Job
from desktop.services.changes import Outcome
from desktop.services.commands import Command
from desktop.services.planning.reading import Source
from desktop.services.today.foreseen import Struck
from desktop.views.context import PageContext
from desktop.views.feedback import InlineMessage
from desktop.views.widgets.fitting import grow_to_fit

WIDTH = 460
MOST_STRUCK = 8


class DisruptionSheet(QDialog):
    """Asks, says what it would hit, records it.

    Attributes:
        hits: says what it would hit.
        record: the button.
        note: a word about it.
    """

    def __init__(self, context: PageContext, title: str, heading: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(WIDTH)
        self.context = context
        self._job: Job[tuple[Struck, ...]] | None = None
        self.message = InlineMessage(context.look, self)
        self.heading, self.hits = QLabel(heading, self), QLabel(self)
        self.note = QLineEdit(self)
        self.note.setPlaceholderText(self.tr("Note"))
        self.note.setAccessibleName(self.tr("Note"))
        self.cancel, self.record = QPushButton(self.tr("Cancel"), self), QPushButton(title.removesuffix("…"), self)
        self.record.setProperty("role", "primary")
        self.record.setDefault(True)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self._lay_out()
        self.cancel.clicked.connect(self.reject)
        self.record.clicked.connect(self._on_record)

    def _lay_out(self) -> None:
        self.heading.setProperty("role", "panel-title")
        for label in (self.heading, self.hits):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.record)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(self.heading)
        column.addWidget(self.message)
        column.addLayout(self.body)
        column.addWidget(self.note)
        column.addWidget(self.hits)
        column.addStretch(1)
        column.addLayout(buttons)

    # -- what differs --------------------------------------------------------------------------------------------------

    def command(self) -> Command | None:
        """What is to be recorded, as entered; None where something is missing."""
        raise NotImplementedError

    def query(self) -> Callable[[Source], tuple[Struck, ...]] | None:
        """What it would hit; None where that cannot be asked."""
        raise NotImplementedError

    def nothing(self) -> str:
        """Said where it would hit nothing."""
        return self.tr("No announced visit falls into it.")

    # -- what happens --------------------------------------------------------------------------------------------------

    def ask(self) -> None:
        """Find out what it would hit, as entered."""
        if self._job is not None:
            self._job.cancel()
        query = self.query()
        self.record.setEnabled(query is not None)
        if query is None:
            self.show_hits(())
        else:
            self._job = self.context.runner.read(self, query, self.show_hits, self._on_refused)

    def show_hits(self, struck: Sequence[Struck]) -> None:
        """Say what it would hit."""
        if not struck:
            self.hits.setProperty("role", "muted")
            self.hits.setText(self.nothing())
        else:
            lines = [self.tr("It hits %n announced visit(s):", "", len(struck))]
            for entry in struck[:MOST_STRUCK]:
                when = slots(entry.first_slot, entry.last_slot)
                lines.append(f"{entry.request} · {when} · {entry.factory_name} · {', '.join(entry.names)}")
            if len(struck) > MOST_STRUCK:
                lines.append(self.tr("and %n more", "", len(struck) - MOST_STRUCK))
            self.hits.setProperty("role", "warn")
            self.hits.setText("\n".join(lines))
        self.hits.style().unpolish(self.hits)
        self.hits.style().polish(self.hits)
        grow_to_fit(self)

    def _on_record(self) -> None:
        command = self.command()
        if command is None:
            return
        self.message.clear()
        self.record.setEnabled(False)
        self.context.runner.handle(self, command, self._on_stored, self._on_refused)

    def _on_stored(self, outcome: Outcome) -> None:
        text = "\n".join((outcome.label, *dict.fromkeys(outcome.messages)))
        self.context.feedback.toast(text, undo=outcome.inverse is not None)
        self.accept()

    def _on_refused(self, error: DomainError) -> None:
        self.record.setEnabled(True)
        self.message.show_error(error)
        grow_to_fit(self)
