"""Lists whose rows have a name, a second line, a mark before them and a short word after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class TwoLineRow:
    """One row.

    Attributes:
        key: what it stands for; the same in a later list: the same thing.
        title: the first line.
        detail: the second line.
        side: a short word at the right.
        mark: one or two characters before it; "" for none.
        value: what it stands for, for whoever made the list.
        is_head: it names the rows below it, and cannot be chosen.
    """

    key: str
    title: str
    detail: str = ""
    side: str = ""
    mark: str = ""
    value: object = None
    is_head: bool = False


class TwoLineList(QAbstractListModel):
    """Rows in the order given. `ROW` gives a TwoLineRow."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[TwoLineRow, ...] = ()

    def show(self, rows: Sequence[TwoLineRow]) -> None:
        """List these."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def row_of(self, key: str) -> int | None:
        """Where a key stands; None where it does not."""
        return next((number for number, row in enumerate(self.rows) if row.key == key), None)

    def rowCount(self, parent: Index | None = None) -> int:
        """How many."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as Qt has it
        """Texts, or the row itself."""
        if not index.isValid() or not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.ToolTipRole and not row.is_head:
            return "\n".join(part for part in (row.title, row.detail) if part)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (row.mark, row.title, row.side, row.detail) if part)
        return row if role == ROW else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Heads cannot be chosen."""
        if not index.isValid() or self.rows[index.row()].is_head:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
