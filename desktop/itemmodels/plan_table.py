"""Stored plans as a list, one a row; what is painted of each is the delegate's."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.services.planning.stored_plans import PlanRow

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()

ROW = Qt.ItemDataRole.UserRole
"""Gives the PlanRow."""


class PlanTableModel(QAbstractTableModel):
    """Plans as rows of one column, the latest horizon first. What is selected stays selected by its code."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[PlanRow, ...] = ()

    @property
    def rows(self) -> tuple[PlanRow, ...]:
        """The plans, in order."""
        return self._rows

    def show_rows(self, rows: tuple[PlanRow, ...]) -> None:
        """Show these plans. Rows that are there before and after keep their persistent indexes."""
        if rows == self._rows:
            return
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        codes = [self._rows[index.row()].code for index in old]
        self._rows = rows
        places = {row.code: number for number, row in enumerate(rows)}
        new = [self.index(places[code], 0) if code in places else QModelIndex() for code in codes]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    def index_of(self, code: str) -> QModelIndex:
        """Where a plan stands; an index without a place where it does not."""
        for number, row in enumerate(self._rows):
            if row.code == code:
                return self.index(number, 0)
        return QModelIndex()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Plans."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """One."""
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The plan, or its code."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        return row.code if role == Qt.ItemDataRole.DisplayRole else None
