"""The history as a table: when, who, which step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.services.history import HistoryEntry
from desktop.services.words import DAYS, MONTHS, spell_time

Index = QModelIndex | QPersistentModelIndex
ENTRY = Qt.ItemDataRole.UserRole
COLUMNS = ("when", "who", "step", "rows")


class HistoryTable(QAbstractTableModel):
    """Changes, the newest first. `ENTRY` gives a HistoryEntry."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[HistoryEntry, ...] = ()

    def show(self, entries: Sequence[HistoryEntry]) -> None:
        """List these."""
        self.beginResetModel()
        self._entries = tuple(entries)
        self.endResetModel()

    def row_of(self, change_id: int) -> int:
        """The row of a change; -1 where it is not listed."""
        return next((row for row, entry in enumerate(self._entries) if entry.change_id == change_id), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """How many changes."""
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index | None = None) -> int:
        """When, who, step, rows."""
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as Qt has it
        """Names of the columns."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (
                QCoreApplication.translate("history", "When"),
                QCoreApplication.translate("history", "Who"),
                QCoreApplication.translate("history", "Step"),
                QCoreApplication.translate("history", "Rows"),
            )[section]
        return _alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as Qt has it
        """A cell, or the entry of its row."""
        if not index.isValid() or not 0 <= index.row() < len(self._entries):
            return None
        entry = self._entries[index.row()]
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        if role == Qt.ItemDataRole.ToolTipRole and COLUMNS[index.column()] == "when":
            return spell_time(entry.at)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(entry, COLUMNS[index.column()])
        return None

    @staticmethod
    def _text(entry: HistoryEntry, column: str) -> str:
        if column == "when":
            at = entry.at.astimezone()
            return f"{DAYS[at.weekday()]} {at.day} {MONTHS[at.month - 1]} {at:%H:%M}"
        if column == "who":
            return entry.actor
        if column == "rows":
            return f"{entry.row_count:,}"
        if entry.kind == "undo":
            return QCoreApplication.translate("history", "Undone: {step}").format(step=entry.label)
        if entry.kind == "redo":
            return QCoreApplication.translate("history", "Done again: {step}").format(step=entry.label)
        return entry.label


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if COLUMNS[column] == "rows" else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
