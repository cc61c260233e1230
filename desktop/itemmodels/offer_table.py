"""Where a request could go, as a table: people and days, cheapest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.services.verdicts import Offer

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
COLUMNS = ("inspector", "when", "cost")
OFFER = Qt.ItemDataRole.UserRole
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An offer in words: who with whom, when, at which price."""

    offer: Offer
    who: str
    when: str
    price: str


class OfferTableModel(QAbstractTableModel):
    """Offers as rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[OfferRow, ...] = ()

    @property
    def rows(self) -> tuple[OfferRow, ...]:
        """What is shown."""
        return self._rows

    def show_rows(self, rows: tuple[OfferRow, ...]) -> None:
        """Show these."""
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Offers."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The names of the columns."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles()[COLUMNS[section]]
        return RIGHT if role == Qt.ItemDataRole.TextAlignmentRole and COLUMNS[section] == "cost" else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell's text, or the Offer."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row, column = self._rows[index.row()], COLUMNS[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return {"inspector": row.who, "when": row.when, "cost": row.price}[column]
        if role == Qt.ItemDataRole.TextAlignmentRole and column == "cost":
            return RIGHT
        return row.offer if role == OFFER else None

    def _titles(self) -> Mapping[str, str]:
        return {"inspector": self.tr("Inspector"), "when": self.tr("When"), "cost": self.tr("Cost")}
