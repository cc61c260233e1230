"""Faults of a file that was checked, as a table: where, what, why, and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.services.exchange.report import Fault

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
FIELDS = ("sheet", "row", "column", "value", "reason", "remedy")


class FaultTable(QAbstractTableModel):
    """One fault a row, in the order of the file."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._faults: tuple[Fault, ...] = ()

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Show these."""
        self.beginResetModel()
        self._faults = tuple(faults)
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """One for each fault."""
        return 0 if parent.isValid() else len(self._faults)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Sheet, row, column, value, reason, remedy."""
        return 0 if parent.isValid() else len(FIELDS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Titles."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        titles = (
            self.tr("Sheet"),
            self.tr("Row"),
            self.tr("Column"),
            self.tr("Value"),
            self.tr("What is wrong"),
            self.tr("What to do"),
        )
        return titles[section] if section < len(titles) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell; its tooltip is the whole fault."""
        if not index.isValid():
            return None
        fault = self._faults[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            value = getattr(fault, FIELDS[index.column()])
            return f"{value:,}" if isinstance(value, int) else value
        return fault.text if role == Qt.ItemDataRole.ToolTipRole else None
