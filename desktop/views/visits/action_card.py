"""One corrective action: its four steps in order, who owns it, when it is due, and the entry of the next step."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.clock import local_today
from desktop.itemmodels.slot_words import moment
from desktop.itemmodels.visit_rows import due_cell, owner_words, severity_words, step_words
from desktop.services.commands.inspection import ActionStep, AdvanceAction, ChangeAction, OwnerParty, ReopenAction
from desktop.services.inspection.rows import ActionRow, StepRow
from desktop.services.requests.form import EntryFault, read_entry
from desktop.views.context import PageContext
from desktop.views.visits.section import emptied
from desktop.views.widgets.entries import DayEntry

PARTIES: tuple[OwnerParty, ...] = ("factory", "client", "house")
CHIPS = {"critical": "chip-bad", "major": "chip-warn"}
DAY = "earliest"  # read as any day of a request is


class ActionCard(QFrame):
    """One action.

    Attributes:
        wanted: a command to be carried out.
    """

    wanted = Signal(object)

    def __init__(self, context: PageContext, row: ActionRow, parent: QWidget, *, is_last: bool = False) -> None:
        super().__init__(parent)
        self.context = context
        self.row = row
        self.is_last = is_last
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 0, 6)
        self._column.setSpacing(4)
        self.first: QLineEdit | None = None
        self.second: QLineEdit | None = None
        self.advance_button: QPushButton | None = None
        self._build()

    def show_action(self, row: ActionRow) -> None:
        """Show the action as it is now; what is being typed for the same step stays."""
        if row == self.row:
            return
        typed = ("", "")
        if row.next_step == self.row.next_step and self.first is not None:
            typed = (self.first.text(), self.second.text() if self.second is not None else "")
        self.row = row
        emptied(self._column)
        self._build()
        for entry, text in zip((self.first, self.second), typed, strict=True):
            if entry is not None:
                entry.setText(text)

    # -- building ------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        row = self.row
        self.first = self.second = self.advance_button = None
        head = QHBoxLayout()
        head.setSpacing(6)
        chip = QLabel(severity_words(row.severity), self)
        chip.setProperty("role", CHIPS.get(row.severity, "chip"))
        text = QLabel(row.text, self)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        head.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(text, 1)
        self._column.addLayout(head)
        self._column.addLayout(self._terms())
        self._column.addLayout(self._due_line())
        for number, step in enumerate(row.steps, 1):
            if step.at is not None:
                self._column.addLayout(self._done_step(number, step))
        if row.next_step is not None:
            self._build_next(row.next_step)

    def _terms(self) -> QHBoxLayout:
        """Who is to act, to be changed."""
        row = self.row
        line = QHBoxLayout()
        line.setSpacing(6)
        self.party = QComboBox(self)
        for party in PARTIES:
            self.party.addItem(owner_words(party), party)
        self.party.setCurrentIndex(PARTIES.index(row.owner_party))
        self.party.setAccessibleName(self.tr("Who is to act"))
        self.party.activated.connect(self._change)
        self.owner = QLineEdit(row.owner, self)
        self.owner.setPlaceholderText(self.tr("Name of the owner"))
        self.owner.setAccessibleName(self.owner.placeholderText())
        self.owner.editingFinished.connect(self._change)
        self.due = DayEntry(DAY, self.context.look, local_today(self.context.clock), self)
        self.due.setAccessibleName(self.tr("Due on"))
        self.due.setFixedWidth(156)
        self.due.show_value(row.due)
        self.due.left.connect(self._change)
        line.addWidget(self.party)
        line.addWidget(self.owner, 1)
        return line

    def _due_line(self) -> QHBoxLayout:
        """When the step is due, and how late it is."""
        row, line = self.row, QHBoxLayout()
        line.setSpacing(6)
        label = QLabel(self.tr("Due"), self)
        label.setProperty("role", "muted")
        label.setBuddy(self.due)
        line.addWidget(label)
        line.addWidget(self.due)
        for part in (label, self.due):
            part.setVisible(row.next_step is not None)
        if row.is_overdue or row.next_step is None:
            cell = due_cell(row)
            late = QLabel(cell.detail or cell.text, self)
            late.setProperty("role", "chip-bad" if row.is_overdue else "chip-ok")
            line.addWidget(late)
        line.addStretch(1)
        return line

    def _done_step(self, number: int, step: StepRow) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(6)
        sign = QLabel(self)
        sign.setPixmap(self.context.look.icon("check", "ok").pixmap(14, 14))
        sign.setAlignment(Qt.AlignmentFlag.AlignTop)
        said = QLabel(self)
        said.setTextFormat(Qt.TextFormat.PlainText)
        said.setWordWrap(True)
        said.setProperty("role", "muted")
        when = moment(step.at, self.row.zone, self.context.clock.now()) if step.at is not None else ""
        words = " \N{MIDDLE DOT} ".join(part for part in (step.text, step.more) if part)
        done = f"{number} {step_words(step.step)}, {when}"
        said.setText(f"{done}: {words}" if words else done)
        back = QPushButton(self)
        back.setProperty("role", "flat")
        back.setIcon(self.context.look.icon("undo-variant"))
        back.setAccessibleName(self.tr("Open again: {step}").format(step=step_words(step.step)))
        back.setToolTip(back.accessibleName())
        back.clicked.connect(partial(self._reopen, step.step))
        line.addWidget(sign)
        line.addWidget(said, 1)
        line.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _build_next(self, step: ActionStep) -> None:
        """The entry of the step that is open."""
        number = next((n for n, found in enumerate(self.row.steps, 1) if found.step == step), 1)
        said = QLabel(
            self.tr("{number} of {total}: {step}").format(
                number=number, total=len(self.row.steps), step=step_words(step)
            ),
            self,
        )
        said.setProperty("role", "strong")
        self._column.addWidget(said)
        hints = {
            "communicated": (self.tr("To whom it was communicated"), ""),
            "root cause": (self.tr("What caused it"), ""),
            "solution": (self.tr("What is done about the pieces made"), self.tr("What is done about those to come")),
            "verified": (self.tr("How the fix was verified"), self.tr("Who verified it; empty: you")),
        }
        first, second = hints[step]
        self.first = self._entry(first)
        self._column.addWidget(self.first)
        line = QHBoxLayout()
        line.setSpacing(6)
        if second:
            self.second = self._entry(second)
            line.addWidget(self.second, 1)
        else:
            line.addStretch(1)
        self.advance_button = QPushButton(step_words(step), self)
        self.advance_button.setProperty("role", "small")
        self.advance_button.clicked.connect(self.advance)
        line.addWidget(self.advance_button)
        self._column.addLayout(line)

    def _entry(self, hint: str) -> QLineEdit:
        made = QLineEdit(self)
        made.setPlaceholderText(hint)
        made.setAccessibleName(hint)
        made.returnPressed.connect(self.advance)
        return made

    # -- what is done --------------------------------------------------------------------------------------------------

    def advance(self) -> None:
        """The step that is open is done."""
        step = self.row.next_step
        if step is None or self.first is None:
            return
        more = self.second.text().strip() if self.second is not None else ""
        self.wanted.emit(
            AdvanceAction(
                self.row.id,
                step,
                self.first.text().strip(),
                for_coming=more if step == "solution" else "",
                by=more if step == "verified" else "",
                version=self.row.version,
            )
        )

    def _reopen(self, step: ActionStep) -> None:
        self.wanted.emit(ReopenAction(self.row.id, step, self.row.version))

    def _change(self, _number: int = 0) -> None:
        """Owner, party or day were changed: stored at once where they are others."""
        row = self.row
        party: OwnerParty = self.party.currentData()
        owner = self.owner.text().strip()
        try:
            due = read_entry(DAY, self.due.raw(), local_today(self.context.clock)) or row.due
        except EntryFault as fault:
            self.due.setToolTip(str(fault))
            self.due.show_value(row.due)
            due = row.due
        if (party, owner, due) != (row.owner_party, row.owner, row.due):
            self.wanted.emit(
                ChangeAction(
                    row.id,
                    owner=owner if owner != row.owner else None,
                    owner_party=party if party != row.owner_party else None,
                    due=due if due != row.due else None,
                    version=row.version,
                )
            )
