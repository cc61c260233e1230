"""What the program says to the user: toasts for what was done, messages by the thing for what went wrong, questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.errors import BadInputError, DomainError, RefusedError
from desktop.services.changes import Outcome
from desktop.views.look import Look

Kind = Literal["ok", "warn", "bad"]
ICONS = {"ok": "check-circle-outline", "warn": "alert-outline", "bad": "alert-circle-outline"}
SHOWN_MS = 8000
MOST_TOASTS = 3
MOST_LINES = 6


def explain(error: DomainError) -> str:
    """An error as a user reads it: what is wrong, rule by rule, and the way out."""
    lines = [error.text]
    details = error.faults if isinstance(error, BadInputError) else ()
    if isinstance(error, RefusedError) and error.broken and error.text == error.text.split("\n", maxsplit=1)[0]:
        details = error.broken
    lines += [f"· {line}" for line in details[:MOST_LINES]]
    if len(details) > MOST_LINES:
        lines.append(f"· … +{len(details) - MOST_LINES}")
    if error.hint:
        lines.append(error.hint)
    return "\n".join(lines)


class InlineMessage(QFrame):
    """A message that stands by the thing it concerns and pushes the rest aside; hidden while it has nothing to say."""

    closed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._kind: Kind = "ok"
        self._icon = QLabel(self)
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._close = QPushButton(self)
        self._close.setProperty("role", "flat")
        self._close.setAccessibleName(self.tr("Close this message"))
        self._close.clicked.connect(self.clear)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._buttons: list[QPushButton] = []
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addWidget(self._text)
        column.addLayout(self._row)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 6, 6, 6)
        layout.setSpacing(8)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(column, 1)
        layout.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addStretch(1)
        look.changed.connect(self._paint)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; "" while hidden."""
        return self._text.text() if not self.isHidden() else ""

    def show_error(self, error: DomainError, *buttons: QPushButton) -> None:
        """Say what is wrong and what to do."""
        self.show_text(explain(error), "bad", *buttons)

    def show_text(self, text: str, kind: Kind = "ok", *buttons: QPushButton) -> None:
        """Say something, with buttons for what can be done about it; they belong to the message from now on."""
        self._drop_buttons()
        self._kind = kind
        self._text.setText(text)
        self.setAccessibleName(text)
        for button in buttons:
            button.setProperty("role", button.property("role") or "small")
            button.setParent(self)
            self._row.insertWidget(self._row.count() - 1, button)
            self._buttons.append(button)
            button.show()
        self._paint()
        self.show()

    def clear(self) -> None:
        """Say nothing."""
        if not self.isHidden():
            self.hide()
            self._drop_buttons()
            self.closed.emit()

    def _drop_buttons(self) -> None:
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons.clear()

    def _paint(self) -> None:
        self.setProperty("role", f"note-{self._kind}")
        self.style().unpolish(self)
        self.style().polish(self)
        self._icon.setPixmap(self._look.icon(ICONS[self._kind], self._kind).pixmap(16, 16))
        self._close.setIcon(self._look.icon("close"))


class Toast(QFrame):
    """A short word that goes by itself, with the way back.

    Attributes:
        gone: it is on its way out (the Toast).
    """

    gone = Signal(object)

    def __init__(self, look: Look, text: str, kind: Kind, action: QAction | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "float")
        self.setAccessibleName(text)
        icon = QLabel(self)
        icon.setPixmap(look.icon(ICONS[kind], kind).pixmap(16, 16))
        self.label = QLabel(text, self)
        self.label.setWordWrap(len(text) > 90)
        self.label.setMaximumWidth(560)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(icon)
        layout.addWidget(self.label, 1)
        self.undo: QPushButton | None = None
        if action is not None:
            self.undo = QPushButton(self.tr("Undo"), self)
            self.undo.setProperty("role", "small")
            self.undo.clicked.connect(action.trigger)
            self.undo.clicked.connect(self.dismiss)
            layout.addWidget(self.undo)
        close = QPushButton(self)
        close.setProperty("role", "flat")
        close.setIcon(look.icon("close"))
        close.setAccessibleName(self.tr("Close this message"))
        close.clicked.connect(self.dismiss)
        layout.addWidget(close)
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(self.dismiss)
        timer.start(SHOWN_MS)

    def dismiss(self) -> None:
        """Go."""
        self.hide()
        self.gone.emit(self)
        self.deleteLater()


class Feedback(QObject):
    """The voice of one window.

    Attributes:
        status_wanted: a text (str) for the status line.
    """

    status_wanted = Signal(object)

    def __init__(self, look: Look, window: QWidget, parent: QObject | None = None) -> None:
        """Speak in a window, which may be empty yet."""
        super().__init__(parent or window)
        self._look = look
        self._window = window
        self._undo: QAction | None = None
        self._toasts: list[Toast] = []
        window.installEventFilter(self)

    def offer_undo(self, action: QAction) -> None:
        """The action behind the button of toasts that can be undone."""
        self._undo = action

    def toast(self, text: str, *, undo: bool = False, kind: Kind = "ok") -> None:
        """Say what was done; gone after eight seconds, with a button that takes it back where `undo`."""
        toast = Toast(self._look, text, kind, self._undo if undo else None, self._window)
        toast.gone.connect(self._gone)
        self._toasts.append(toast)
        for old in self._toasts[:-MOST_TOASTS]:
            old.dismiss()
        toast.show()
        self._place()
        self.status(text)

    def done(self, outcome: Outcome, kind: Kind = "ok") -> None:
        """Say that a step is stored and what came of it, each word once, with the way back where there is one."""
        text = "\n".join((outcome.label, *dict.fromkeys(outcome.messages)))
        self.toast(text, undo=outcome.inverse is not None, kind=kind)

    def forget_undo(self) -> None:
        """What was said so far is no longer the last step: its button would take back another."""
        for toast in self._toasts:
            if toast.undo is not None:
                toast.undo.hide()
        self._place()

    def failed(self, error: DomainError) -> None:
        """Say an error that has no better place."""
        self.toast(explain(error), kind="bad")

    def status(self, text: str) -> None:
        """Say something in the status line."""
        self.status_wanted.emit(text)

    def ask(self, title: str, text: str, choices: Sequence[str], then: Callable[[int], object]) -> Question:
        """Ask before something that cannot be undone. The first choice is the act, the last one leaves all as it is.

        Args:
            title: the question in a line.
            text: what will be lost or announced.
            choices: the buttons; each names its act.
            then: called with the number of the choice; Esc is the last.
        """
        question = Question(title, text, choices, self._window)
        question.answered.connect(then)
        question.open()
        return question

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep toasts in their place when the window's size changes."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _gone(self, toast: Toast) -> None:
        if toast in self._toasts:
            self._toasts.remove(toast)
            self._place()

    def _place(self) -> None:
        bottom = self._window.height() - 24 - 12
        for toast in reversed(self._toasts):
            toast.adjustSize()
            toast.move((self._window.width() - toast.width()) // 2, bottom - toast.height())
            toast.raise_()
            bottom -= toast.height() + 8


class Question(QDialog):
    """A question with a button for each answer. `answered` carries the number of the choice."""

    answered = Signal(int)

    def __init__(self, title: str, text: str, choices: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._last = len(choices) - 1
        heading, words = QLabel(title, self), QLabel(text, self)
        heading.setProperty("role", "panel-title")
        heading.setWordWrap(True)
        words.setWordWrap(True)
        words.setMinimumWidth(380)
        row = QHBoxLayout()
        row.addStretch(1)
        self.buttons = tuple(QPushButton(choice, self) for choice in choices)
        for number, button in reversed(tuple(enumerate(self.buttons))):
            button.setProperty("role", "primary" if number == 0 else "")
            button.clicked.connect(partial(self._choose, number))
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(heading)
        layout.addWidget(words)
        layout.addLayout(row)
        self.buttons[-1].setFocus()
        self._answer = self._last
        self.finished.connect(self._tell)

    def _choose(self, number: int) -> None:
        self._answer = number
        self.accept()

    def _tell(self, _result: int) -> None:
        self.answered.emit(self._answer)
