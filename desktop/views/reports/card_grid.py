"""Cards in one, two or three columns, by the width; wide ones over the whole of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

TWO_FROM, THREE_FROM = 1000, 2000
GAP = 12


class CardGrid(QWidget):
    """Cards keep their order from left to right and from top to bottom, as far as columns can be filled."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._cards: list[tuple[QWidget, bool]] = []
        self._columns = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(GAP, GAP, GAP, GAP)
        self._column.setSpacing(GAP)

    @property
    def cards(self) -> tuple[QWidget, ...]:
        """The cards in order."""
        return tuple(card for card, _ in self._cards)

    def show_cards(self, cards: Sequence[tuple[QWidget, bool]]) -> None:
        """Show these, each with whether it takes the whole width; others are hidden and left to whoever made them."""
        kept = {id(card) for card, _ in cards}
        _clear(self._column)
        for old, _ in self._cards:
            if id(old) not in kept:
                old.hide()
        self._cards = list(cards)
        self._columns = 0
        self._share_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another number of columns where the width asks for it."""
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        wanted = 1 if self.width() < TWO_FROM else 2 if self.width() < THREE_FROM else 3
        if wanted == self._columns:
            return
        self._columns = wanted
        _clear(self._column)
        together: list[QWidget] = []
        waiting: list[QWidget] = []
        for card, is_wide in self._cards:
            (waiting if is_wide else together).append(card)
            # a wide card waits until those before it fill their columns, so that no column stays empty
            if waiting and len(together) % wanted == 0:
                self._add_rows(together, waiting)
                together, waiting = [], []
        self._add_rows(together, waiting)
        self._column.addStretch(1)

    def _add_rows(self, together: Sequence[QWidget], wide: Sequence[QWidget]) -> None:
        self._add_row(together)
        for card in wide:
            self._column.addWidget(card)
            card.show()

    def _add_row(self, cards: Sequence[QWidget]) -> None:
        """Columns of cards; the next card goes where least stands."""
        if not cards:
            return
        row = QHBoxLayout()
        row.setSpacing(GAP)
        columns: list[QVBoxLayout] = []
        heights = [0] * min(self._columns, len(cards))
        for _ in heights:
            column = QVBoxLayout()
            column.setSpacing(GAP)
            columns.append(column)
            row.addLayout(column, 1)
        for card in cards:
            least = heights.index(min(heights))
            columns[least].addWidget(card)
            heights[least] += card.sizeHint().height() + GAP
            card.show()
        for column in columns:
            column.addStretch(1)
        self._column.addLayout(row)


def _clear(layout: QLayout) -> None:
    """Take everything out; the widgets stay."""
    while (item := layout.takeAt(0)) is not None:
        inner = item.layout()
        if inner is not None:
            _clear(inner)
            inner.deleteLater()
