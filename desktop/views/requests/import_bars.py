"""The bar of an import's steps, and the one that says how far its work is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

FILE, COLUMNS, CHECK, DONE = range(4)
"""The numbers of the steps."""


class StepBar(QWidget):
    """The steps in their order, as tabs.

    Attributes:
        wanted: the number of a step (int) that somebody goes to.
    """

    wanted = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        texts = (self.tr("1 File"), self.tr("2 Columns"), self.tr("3 Check"), self.tr("4 Done"))
        self.tabs = tuple(QPushButton(text, self) for text in texts)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for step, tab in enumerate(self.tabs):
            tab.setProperty("role", "tab")
            tab.setCheckable(True)
            tab.clicked.connect(partial(self._on_tab, step))
            row.addWidget(tab)
        row.addStretch(1)

    def show_step(self, step: int, reach: Sequence[bool]) -> None:
        """Mark a step; the others can be gone to where they are within reach."""
        for number, (tab, can) in enumerate(zip(self.tabs, reach, strict=True)):
            tab.setChecked(number == step)
            tab.setEnabled(can or number == step)

    def _on_tab(self, step: int) -> None:
        self.wanted.emit(step)


class ImportProgress(QWidget):
    """What is going on, or what is still to be said; hidden while neither is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Reading and checking the file"))
        self.label = QLabel(self)
        self.label.setProperty("role", "muted")
        self.label.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.bar)
        column.addWidget(self.label)
        self.hide()

    def begin(self, text: str) -> None:
        """Something has begun."""
        self.bar.setRange(0, 0)
        self.bar.show()
        self.label.setText(text)
        self.show()

    def advance(self, done: int, total: int) -> None:
        """So much is done, of so much; where nobody knows of how much (0), it is rows."""
        if done:
            self.bar.setRange(0, total)
            self.bar.setValue(done)
            self.label.setText(f"{100 * done // total} %" if total else self.tr("%n row(s)", "", done))

    def end(self, lacking: str = "") -> None:
        """Nothing is going on any more; something may still have to be said."""
        self.bar.hide()
        self.label.setText(lacking)
        self.setVisible(bool(lacking))
