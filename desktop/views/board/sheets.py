"""Small sheets over the board that ask one thing: why a rule is waived, or who is to go when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.services.board import WeekBoard
from desktop.services.verdicts import Verdict
from desktop.views.board.cards import CardLine, VerdictLines, card_lines
from desktop.views.board.gestures import Grab, price
from desktop.views.board.wording import crew_in_words, names_of, when_in_words
from desktop.views.look import Look
from desktop.views.words import day
from scheduler.rules.catalogue import RULES

WIDTH, LABEL = 420, 72


class Sheet(QFrame):
    """A frame in the middle of its parent. Esc and "Cancel" close it.

    Attributes:
        closed: it is gone, whatever was chosen.
    """

    closed = Signal()

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._over = look, parent
        self.setProperty("role", "float")
        self.setAutoFillBackground(True)
        self.setFixedWidth(WIDTH)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 14, 16, 14)
        self.column.setSpacing(8)
        self.title = QLabel(self)
        self.title.setProperty("role", "name")
        self.title.setWordWrap(True)
        self.column.addWidget(self.title)
        self.lines = VerdictLines(look, self)
        self.column.addWidget(self.lines)
        self.hide()
        parent.installEventFilter(self)

    def finish(self, act: str) -> QPushButton:
        """Add the row of buttons; gives the one that does it."""
        row = QHBoxLayout()
        row.addStretch(1)
        cancel = QPushButton(self.tr("Cancel"), self)
        cancel.clicked.connect(self.close_sheet)
        do = QPushButton(act, self)
        do.setProperty("role", "primary")
        row.addWidget(cancel)
        row.addWidget(do)
        self.column.addLayout(row)
        return do

    def open_on(self, focus: QWidget) -> None:
        """Show it, with the keyboard in a widget of it."""
        self.adjustSize()
        self._centre()
        self.show()
        self.raise_()
        focus.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_sheet(self) -> None:
        """Go away."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def event(self, event: QEvent) -> bool:
        """Keys typed here mean what they say, not what they do on the board."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
            if plain and (event.text().isprintable() or event.key() == Qt.Key.Key_Delete):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle."""
        if event.type() == QEvent.Type.Resize:
            self._centre()
        return super().eventFilter(watched, event)

    def _centre(self) -> None:
        parent = self._over
        self.move(max(0, (parent.width() - self.width()) // 2), max(0, (parent.height() - self.height()) // 3))


@dataclass(frozen=True, slots=True)
class Reasoned:
    """A place that takes a waiver, with the reason that was given."""

    grab: Grab
    verdict: Verdict
    reason: str


class ReasonSheet(Sheet):
    """Asks why a rule is waived.

    Attributes:
        given: a Reasoned.
    """

    given = Signal(object)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, parent)
        self._asked: tuple[Grab, Verdict] | None = None
        self._what = QLabel(self)
        self._what.setWordWrap(True)
        self.column.addWidget(self._what)
        self.reason = QLineEdit(self)
        self.reason.setPlaceholderText(self.tr("Why, for whoever asks later"))
        self.reason.setAccessibleName(self.tr("Reason"))
        self.reason.returnPressed.connect(self._on_do)
        self._fault = QLabel(self.tr("Waiving a rule takes a reason."), self)
        self._fault.setProperty("role", "error")
        self.column.addWidget(self.reason)
        self.column.addWidget(self._fault)
        self._do = self.finish(self.tr("Place and pin"))
        self._do.clicked.connect(self._on_do)

    def ask(self, board: WeekBoard, grab: Grab, verdict: Verdict) -> None:
        """Ask about a place."""
        self._asked = (grab, verdict)
        who = crew_in_words(names_of(board), verdict.inspectors)
        when = when_in_words(board, verdict.first_slot, verdict.last_slot)
        self.title.setText(self.tr("{request} to {who}, {when}").format(request=grab.request, who=who, when=when))
        self.lines.show_lines(tuple(line for line in card_lines(verdict.lines) if line.state != "ok"))
        rules = ", ".join(RULES[rule].title if rule in RULES else rule for rule in verdict.waive)
        self._what.setText(self.tr("This waives for this visit: {rules}").format(rules=rules))
        self.reason.clear()
        self._fault.hide()
        self.open_on(self.reason)

    def _on_do(self) -> None:
        reason = self.reason.text().strip()
        if not reason:
            self._fault.show()
            self.adjustSize()
            self.reason.setFocus()
            return
        if self._asked is not None:
            grab, verdict = self._asked
            self.close_sheet()
            self.given.emit(Reasoned(grab, verdict, reason))


@dataclass(frozen=True, slots=True)
class MoveAsked:
    """Where the move sheet points to; slots count from the board's first morning."""

    grab: Grab
    inspector: str
    slot: int
    is_final: bool


class MoveSheet(Sheet):
    """Asks who is to serve a request, and when: a move without the mouse, also to people who are not shown.

    Attributes:
        asked: a MoveAsked, at each change and when it is final.
    """

    asked = Signal(object)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, parent)
        self._grab: Grab | None = None
        form = QFormLayout()
        form.setSpacing(8)
        self.person = QComboBox(self)
        self.person.setEditable(True)
        self.person.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(self.person.model(), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.person.setCompleter(completer)
        self.date = QComboBox(self)
        self.half = QComboBox(self)
        self.half.addItems([self.tr("morning"), self.tr("afternoon")])
        for text, field in (
            (self.tr("Inspector"), self.person),
            (self.tr("Day"), self.date),
            (self.tr("From the"), self.half),
        ):
            label = QLabel(text, self)
            label.setBuddy(field)
            label.setMinimumWidth(LABEL)
            form.addRow(label, field)
            field.setAccessibleName(text)
        self.column.insertLayout(1, form)
        self._price = QLabel(self)
        self._price.setProperty("role", "strong")
        self.column.insertWidget(2, self._price)
        self._do = self.finish(self.tr("Move"))
        self._do.clicked.connect(self._on_do)
        for field in (self.person, self.date, self.half):
            field.currentIndexChanged.connect(self._on_change)

    def ask(self, board: WeekBoard, grab: Grab, inspector: str, slot: int) -> None:
        """Ask about a request, beginning with a place."""
        self._grab = None
        self.title.setText(self.tr("Move {request}, {factory}").format(request=grab.request, factory=grab.factory))
        self.person.clear()
        for row in board.rows:
            self.person.addItem(f"{row.name} {row.local_name} · {row.inspector} · {row.home}", row.inspector)
        self.person.setCurrentIndex(max(0, self.person.findData(inspector)))
        self.date.clear()
        for number in range(board.days):
            date = board.first_day + dt.timedelta(days=number)
            self.date.addItem(day(date), number)
        self.date.setCurrentIndex(min(max(slot // 2, 0), board.days - 1))
        self.half.setCurrentIndex(slot % 2 if grab.half_days < 2 else 0)
        self.half.setEnabled(grab.half_days < 2)
        self._grab = grab
        self.open_on(self.person)
        typed = self.person.lineEdit()
        if typed is not None:
            typed.selectAll()
        self._on_change()

    def show_verdict(self, verdict: Verdict | None) -> None:
        """Show what the place means."""
        lines: Sequence[CardLine] = () if verdict is None else card_lines(verdict.lines)
        self.lines.show_lines(tuple(lines))
        self._price.setText("" if verdict is None or verdict.cost is None else price(verdict.cost.total))
        self._do.setEnabled(verdict is not None and verdict.state != "bad")
        self.adjustSize()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter moves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_do()
        else:
            super().keyPressEvent(event)

    def _on_change(self) -> None:
        self._tell(is_final=False)

    def _on_do(self) -> None:
        if self._do.isEnabled() and self._grab is not None:
            self.close_sheet()
            self._tell(is_final=True)

    def _tell(self, *, is_final: bool) -> None:
        if self._grab is not None and self.person.currentData() is not None:
            slot = 2 * self.date.currentIndex() + self.half.currentIndex()
            self.asked.emit(MoveAsked(self._grab, self.person.currentData(), slot, is_final))
