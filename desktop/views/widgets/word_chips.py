"""Words to be chosen from, each a chip that is on or off; new ones can be typed where that makes sense."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from desktop.views.widgets.flow_layout import FlowLayout

NEW_WIDTH = 96


class WordChips(QWidget):
    """Chips for words. `edited` tells that the user has changed what is chosen."""

    edited = Signal()

    def __init__(self, *, may_add: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self)
        self._chips: dict[str, QPushButton] = {}
        self._order: list[str] = []
        self._new: QLineEdit | None = None
        if may_add:
            self._new = QLineEdit(self)
            self._new.setPlaceholderText(self.tr("Add…"))
            self._new.setAccessibleName(self.tr("Add another word"))
            self._new.setFixedWidth(NEW_WIDTH)
            self._new.editingFinished.connect(self._add_typed)

    @property
    def words(self) -> tuple[str, ...]:
        """What is chosen: what was set first, in that order, then what was added."""
        return tuple(word for word in self._order if self._chips[word].isChecked())

    def chip(self, word: str) -> QPushButton:
        """The chip of a word; KeyError where there is none."""
        return self._chips[word]

    def offer(self, words: Iterable[str], texts: Sequence[str] = ()) -> None:
        """Show these words, none chosen; `texts` are what the chips say where that differs."""
        offered = tuple(words)
        if offered == tuple(self._chips) and not texts:
            self.choose(())
            return
        for chip in self._chips.values():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips.clear()
        self._order.clear()
        for number, word in enumerate(offered):
            self._add(word, texts[number] if texts else word)

    def choose(self, words: Iterable[str]) -> None:
        """Choose these and no others; what is not offered yet is."""
        chosen = tuple(words)
        for word in chosen:
            if word not in self._chips:
                self._add(word, word)
        for word, chip in self._chips.items():
            chip.setChecked(word in chosen)
        self._order = [*chosen, *(word for word in self._chips if word not in chosen)]

    def _add(self, word: str, text: str) -> None:
        chip = QPushButton(text, self)
        chip.setProperty("role", "chip")
        chip.setCheckable(True)
        chip.clicked.connect(self.edited)
        QWidget.setTabOrder(self._before(), chip)
        self._chips[word] = chip
        self._order.append(word)
        if self._new is not None:
            self._flow.removeWidget(self._new)
        self._flow.addWidget(chip)
        chip.show()
        if self._new is not None:
            self._flow.addWidget(self._new)
            QWidget.setTabOrder(chip, self._new)

    def _before(self) -> QWidget:
        """What has the keyboard before a further chip: a widget made late would otherwise come last of all."""
        if self._chips:
            return next(reversed(self._chips.values()))
        widget = self.previousInFocusChain() or self
        while widget is not self and (self.isAncestorOf(widget) or widget.focusPolicy() == Qt.FocusPolicy.NoFocus):
            widget = widget.previousInFocusChain() or self
        return widget

    def _add_typed(self) -> None:
        if self._new is None or not self._new.text().strip():
            return
        word = self._new.text().strip()
        self._new.clear()
        if word not in self._chips:
            self._add(word, word)
        self._chips[word].setChecked(True)
        self.edited.emit()
