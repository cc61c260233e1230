"""What an order's goods are held against: golden sample, specifications, packing rules, changed where they are read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from desktop.services.worksheets import PAPERS, Goods

LABEL_WIDTH = 96  # of 324 that the panel has at least


class OrderPapers(QWidget):
    """A labelled line for each paper.

    Attributes:
        edited: somebody has changed one and gone on: field, text.
        fields: the lines, by field of the order.
    """

    edited = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._stored: Mapping[str, str] = {}
        self._order = ""
        self._refused: dict[tuple[str, str], str] = {}  # by order and field
        self.fields: dict[str, QLineEdit] = {}
        titles = {
            "golden_sample": self.tr("Golden sample"),
            "specifications": self.tr("Specifications"),
            "packing": self.tr("Packing rules"),
        }
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for line, field in enumerate(PAPERS):
            label = QLabel(titles[field], self)
            label.setProperty("role", "muted")
            entry = QLineEdit(self)
            entry.setAccessibleName(titles[field])
            entry.setMaxLength(2000)
            entry.editingFinished.connect(partial(self._on_left, field))
            label.setBuddy(entry)
            label.setWordWrap(True)
            label.setMaximumWidth(LABEL_WIDTH)
            grid.addWidget(label, line, 0)
            grid.addWidget(entry, line, 1)
            self.fields[field] = entry

    def show_goods(self, goods: Goods | None) -> None:
        """Show what an order says; what is being typed, or was refused, stays. None: there is no order to say it."""
        self._order = "" if goods is None else goods.code
        for field, entry in self.fields.items():
            text = "" if goods is None else self._refused.get((goods.code, field), goods.notes[field])
            entry.setEnabled(goods is not None)
            entry.setPlaceholderText(
                self.tr("Not on file") if goods is not None else self.tr("The request names no order")
            )
            is_typing = entry.hasFocus() and entry.text() != self._stored.get(field, "")
            if not is_typing and entry.text() != text:
                entry.setText(text)
                entry.setCursorPosition(0)
        self._stored = {} if goods is None else dict(goods.notes)

    def hold(self, order: str, field: str, text: str) -> None:
        """What was typed is not stored: it is shown with its order, until somebody goes on from it again."""
        self._refused[order, field] = text

    def leave(self) -> None:
        """Tell what is being typed, and show nothing: another request is looked at."""
        for field, entry in self.fields.items():
            if entry.hasFocus():
                self._on_left(field)
        self._order, self._stored = "", {}
        for entry in self.fields.values():
            entry.clear()

    def _on_left(self, field: str) -> None:
        text = self.fields[field].text().strip()
        self._refused.pop((self._order, field), None)
        if self.fields[field].isEnabled() and text != self._stored.get(field, ""):
            self._stored = {**self._stored, field: text}  # told once, though the line is left again
            self.edited.emit(field, text)
