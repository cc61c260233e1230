"""Rows of a file that was tried out, as a table of cells: what is wrong and can be typed anew, or what would change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.services.exchange.foreign.trial import CellNote, State, TriedRow

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
FIELDS = ("sheet", "row", "column", "value", "reason", "remedy")
VALUE = FIELDS.index("value")
WHOLE_ROW = CellNote("", "", "")


class ImportRowsModel(QAbstractTableModel):
    """One line for each cell that something is to be said of; a row of which nothing is has one line too.

    Attributes:
        corrected: somebody has typed something else: sheet (str), row (int), target (str), text (str).
    """

    corrected = Signal(str, int, str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[tuple[TriedRow, CellNote]] = []

    def show_rows(self, rows: Sequence[TriedRow], state: State) -> None:
        """Show those that are so."""
        self.beginResetModel()
        self._lines = [(row, note) for row in rows if row.state == state for note in row.notes or (WHOLE_ROW,)]
        self.endResetModel()

    def lines(self) -> Iterator[tuple[TriedRow, CellNote]]:
        """All lines in order."""
        return iter(self._lines)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """One for each cell."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Sheet, row, column, value, what is said, remedy."""
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
        if section == FIELDS.index("reason") and self._lines and self._lines[0][0].state != "wrong":
            return self.tr("What it is")
        return titles[section] if section < len(titles) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell; its tooltip is all that is said."""
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        row, note = self._lines[index.row()]
        said = self._said(row, note)
        if role == Qt.ItemDataRole.DisplayRole:
            cells = (row.sheet, f"{row.number:,}", note.column, note.value, said, note.remedy)
            return cells[index.column()]
        if role == Qt.ItemDataRole.EditRole:
            return note.value if index.column() == VALUE else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (row.about, f"{note.column} {said}".strip(), note.remedy) if part)
        return None

    def _said(self, row: TriedRow, note: CellNote) -> str:
        if note.reason:
            return note.reason
        return self.tr("was {before}").format(before=note.before) if note.column else row.about

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The value of what is wrong can be typed anew."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        note = self._lines[index.row()][1]
        if index.column() == VALUE and note.reason and note.target:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Type a cell anew."""
        if role != Qt.ItemDataRole.EditRole or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        row, note = self._lines[index.row()]
        text = str(value).strip()
        if text == note.value:
            return False
        self._lines[index.row()] = (row, replace(note, value=text))
        self.corrected.emit(row.sheet, row.number, note.target, text)
        return True
