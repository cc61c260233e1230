"""The first rows of a sheet as they stand in a file, with its header marked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from desktop.services.exchange.cells import shown
from desktop.services.exchange.foreign.tables import Table
from desktop.services.exchange.sources import Row, Unreadable

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
ROWS = 30
COLUMNS = 40


class ImportPreviewModel(QAbstractTableModel):
    """Thirty rows at most, cells as text; the rows of the header in bold."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[Row] = ()
        self._header: tuple[int, ...] = ()
        self._bold = QFont()
        self._bold.setBold(True)

    def show_table(self, table: Table | None, header: tuple[int, ...]) -> None:
        """Show a sheet."""
        self.beginResetModel()
        self._rows = () if table is None else table.rows[:ROWS]
        self._header = header
        self.endResetModel()

    def row_number(self, line: int) -> int:
        """The number that a spreadsheet shows beside a line."""
        return self._rows[line][0]

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """The rows shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """As many as the widest row has."""
        return 0 if parent.isValid() else min(COLUMNS, max((len(cells) for _, cells in self._rows), default=0))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Letters above and numbers beside, as in a spreadsheet."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(self.row_number(section)) if section < len(self._rows) else None
        return chr(ord("A") + section) if section < 26 else f"A{chr(ord('A') + section - 26)}"

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell as text."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        number, cells = self._rows[index.row()]
        if role == Qt.ItemDataRole.FontRole:
            return self._bold if number in self._header else None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) and index.column() < len(cells):
            cell = cells[index.column()]
            return "" if isinstance(cell, Unreadable) else shown(cell)
        return None
