"""A part of a visit's panel: a title, what is known, and what can be done next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QPushButton, QVBoxLayout, QWidget

from desktop.services.inspection.rows import VisitCard
from desktop.views.context import PageContext


class Section(QFrame):
    """One part.

    Attributes:
        wanted: a command to be carried out.
        body: where its parts are laid out.
    """

    wanted = Signal(object)

    def __init__(self, context: PageContext, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.context = context
        self.card: VisitCard | None = None
        self.heading = QLabel(title, self)
        self.heading.setProperty("role", "name")
        self.beside = QLabel(self)
        self.beside.setProperty("role", "muted")
        self.beside.setTextFormat(Qt.TextFormat.PlainText)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.addWidget(self.heading)
        self.head.addStretch(1)
        self.head.addWidget(self.beside)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(12, 8, 12, 10)
        self.body.setSpacing(6)
        self.body.addLayout(self.head)

    def show_card(self, card: VisitCard) -> None:
        """Show a visit."""
        raise NotImplementedError

    def muted(self, text: str = "", role: str = "muted") -> QLabel:
        """A line of small text that wraps."""
        made = QLabel(text, self)
        made.setProperty("role", role)
        made.setWordWrap(True)
        made.setTextFormat(Qt.TextFormat.PlainText)
        return made

    def button(self, text: str, role: str = "small") -> QPushButton:
        """A button of its size."""
        made = QPushButton(text, self)
        made.setProperty("role", role)
        return made


def emptied(layout: QLayout) -> None:
    """Take everything out of a layout; the widgets go once the window has nothing else to do."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            emptied(inner)


def shown_as(label: QLabel, role: str) -> None:
    """Show a label in another look."""
    if label.property("role") != role:
        label.setProperty("role", role)
        label.style().unpolish(label)
        label.style().polish(label)
