"""A row of chips over a list: one span of days, and what else a list is asked for; at its end what is shown."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

HEIGHT = 36
EVERY_DAY = "all"
"""The span that asks for no days."""


class ChipStrip(QFrame):
    """Chips of spans, of which one is down; a page's own strip begins with them, adds others to `row`, and ends it.

    Attributes:
        changed: something else is asked for.
        span: the name of the span that is asked for.
        spans: the chip of each span.
        shown: says what the list shows.
    """

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "strip")
        self.setFixedHeight(HEIGHT)
        self.span = EVERY_DAY
        self.spans: dict[str, QPushButton] = {}
        self._one = QButtonGroup(self)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(12, 0, 12, 0)
        self.row.setSpacing(6)
        self.shown = QLabel(self)
        self.shown.setProperty("role", "muted")

    def begin(self, spans: Mapping[str, str], span: str) -> None:
        """Chips of spans: their names and words, EVERY_DAY among them; `span` is asked for."""
        for name, said in spans.items():
            chip = self.add_chip(said)
            chip.clicked.connect(partial(self._on_span, name))
            self._one.addButton(chip)
            self.spans[name] = chip
        self.row.addSpacing(10)
        self.set_span(span)

    def add_chip(self, text: str, role: str = "chip") -> QPushButton:
        """A chip that stays down when it is clicked."""
        made = QPushButton(text, self)
        made.setProperty("role", role)
        made.setCheckable(True)
        self.row.addWidget(made)
        return made

    def end(self) -> None:
        """All chips are there: what is shown stands at the other end."""
        self.row.addStretch(1)
        self.row.addWidget(self.shown)

    def set_span(self, name: object) -> None:
        """Have a span asked for, without telling; one that is not known is left alone."""
        if isinstance(name, str) and name in self.spans:
            self.span = name
            self.spans[name].setChecked(True)

    def _on_span(self, name: str) -> None:
        self.span = name
        self.changed.emit()
