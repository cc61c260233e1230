"""The rows of the command palette."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
ENTRY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class PaletteEntry:
    """Something to do, or a record to go to.

    Attributes:
        key: an action's id, or kind and code of a record.
        text: its name.
        more: where it belongs: a menu, a client.
        keys: the shortcut as the system writes it.
        icon: name in the icon set; "" for none.
        is_enabled: whether it can be done now.
        is_record: it is a record.
    """

    key: str
    text: str
    more: str = ""
    keys: str = ""
    icon: str = ""
    is_enabled: bool = True
    is_record: bool = False


class PaletteList(QAbstractListModel):
    """Entries in the order given. `ENTRY` gives a PaletteEntry."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[PaletteEntry, ...] = ()

    @property
    def entries(self) -> tuple[PaletteEntry, ...]:
        """What is listed."""
        return self._entries

    def show(self, entries: Sequence[PaletteEntry]) -> None:
        """List these."""
        self.beginResetModel()
        self._entries = tuple(entries)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many."""
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as Qt has it
        """Text, or the entry itself."""
        if not index.isValid() or not 0 <= index.row() < len(self._entries):
            return None
        entry = self._entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (entry.text, entry.more, entry.keys) if part)
        return entry if role == ENTRY else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What cannot be done now cannot be chosen."""
        if not index.isValid() or not self._entries[index.row()].is_enabled:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
