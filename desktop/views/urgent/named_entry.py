"""A factory or client, found by its name in any script while it is typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.services.requests.cards import Named
from desktop.services.requests.rows import fold
from desktop.views.look import Look
from desktop.views.widgets.entries import SEPARATOR, SearchEntry

FEWEST = 3  # letters from which on the only record that fits is taken without a key more

Find = Callable[[str], tuple[Named, ...]]


class NamedEntry(SearchEntry):
    """Shows a name and means a code.

    Attributes:
        named: the record that is meant; None while what stands there means none or several.
        meant: the user means another record now, or none.
    """

    meant = Signal()

    def __init__(self, field: str, look: Look, parent: QWidget, find: Find) -> None:
        super().__init__(field, parent)
        self._look = look
        self._find = find
        self.named: Named | None = None
        self._sign = self.addAction(look.icon("magnify"), QLineEdit.ActionPosition.TrailingPosition)
        look.changed.connect(self._paint)
        self.searched.connect(self._offer)

    @property
    def code(self) -> str:
        """The code that is meant; "" for none."""
        return "" if self.named is None else self.named.code

    def show_named(self, named: Named | None) -> None:
        """Put a record in without telling anybody."""
        self.named = named
        self.setText("" if named is None else named.name)
        self.setCursorPosition(0)

    def take(self, line: str) -> None:
        """Use a line of the list."""
        code = line.rsplit(SEPARATOR, maxsplit=1)[-1]
        found = next((entry for entry in self._find(code) if entry.code == code), None)
        if found is not None:
            self.show_named(found)
            self.meant.emit()

    def _offer(self, text: str) -> None:
        found = self._find(text)
        before, self.named = self.named, _meant(text, found)
        lines = [(_said(entry), entry.code) for entry in found]
        if self.named is not None and before == self.named and fold(text) == fold(self.named.name):
            lines = []
        self.offer(lines)
        if self.named != before:
            self.meant.emit()

    def _paint(self) -> None:
        self._sign.setIcon(self._look.icon("magnify"))


def _said(entry: Named) -> str:
    return " · ".join(part for part in (entry.name, entry.detail) if part)


def _meant(text: str, found: tuple[Named, ...]) -> Named | None:
    """The record that a text can only mean: its code, its name, or the only one that has it in its names."""
    wanted = fold(text).strip()
    exact = [entry for entry in found if wanted in (fold(entry.code), fold(entry.name))]
    if len(exact) == 1:
        return exact[0]
    return found[0] if len(found) == 1 and len(wanted) >= FEWEST else None
