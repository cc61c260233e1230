"""Changes of one record as a table: when, what, who."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.services.history import FieldChange, HistoryEntry
from desktop.services.words import MONTHS, spell_time

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
MOST_ROWS_TOLD = 8
ENTRY = Qt.ItemDataRole.UserRole


class RecordHistoryModel(QAbstractTableModel):
    """History entries, the newest first; their tooltip tells what each changed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[HistoryEntry, ...] = ()

    def show_entries(self, entries: Sequence[HistoryEntry]) -> None:
        """Show these."""
        self.beginResetModel()
        self._entries = tuple(entries)
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """One for each change."""
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """What, who, when."""
        return 0 if parent.isValid() else 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The names of the columns."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        heads = (self.tr("Change"), self.tr("Who"), self.tr("When"))
        return heads[section] if section < len(heads) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell."""
        if not index.isValid() or index.row() >= len(self._entries):
            return None
        entry = self._entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return (self._label(entry), entry.actor, _short(entry.at))[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.details(entry)
        return entry if role == ENTRY else None

    def details(self, entry: HistoryEntry) -> str:
        """What a change did, field by field, the first rows of it."""
        lines = [self._label(entry), f"{entry.actor}, {spell_time(entry.at)}"]
        lines += [
            f"{row.name}: {'; '.join(self._change(field) for field in row.fields)}"
            for row in entry.rows[:MOST_ROWS_TOLD]
        ]
        more = entry.row_count - min(len(entry.rows), MOST_ROWS_TOLD)
        if more > 0:
            lines.append(self.tr("and %n more record(s)", "", more))
        return "\n".join(lines)

    def _label(self, entry: HistoryEntry) -> str:
        if entry.kind == "undo":
            return self.tr("Undone: {label}").format(label=entry.label)
        if entry.kind == "redo":
            return self.tr("Done again: {label}").format(label=entry.label)
        return entry.label

    @staticmethod
    def _change(field: FieldChange) -> str:
        if field.before is None:
            return f"{field.field} {field.after}"
        after = "\N{EN DASH}" if field.after is None else field.after
        return f"{field.field} {field.before} \N{RIGHTWARDS ARROW} {after}"


def _short(time: dt.datetime) -> str:
    """A time as the machine's own zone has it: "23 Nov 14:05"."""
    local = time.astimezone()
    return f"{local.day} {MONTHS[local.month - 1]} {local:%H:%M}"
