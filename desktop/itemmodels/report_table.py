"""A table of a report as rows and cells: written by its units, sorted by its heads, with the total below."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from desktop.services.reports.report import Column, Table

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
TOTAL = Qt.ItemDataRole.UserRole
"""Whether a row is the total (bool)."""
SHARE = Qt.ItemDataRole.UserRole + 1
"""How far the bar of a cell reaches, from 0 to 1; None where it has none."""
NAMES = frozenset({"text", "word", "date", "week", "time"})
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
ASCENDING = Qt.SortOrder.AscendingOrder


@dataclass(frozen=True, slots=True)
class Heading:
    """What is said of a column: its head, what it means, and how its values are written."""

    title: str
    means: str
    write: Callable[[object], str]


class ReportTableModel(QAbstractTableModel):
    """The rows of one table in an order of the user's; the total, where there is one, stays last.

    Attributes:
        table: what is shown; None: nothing yet.
        columns: of the table, those that are shown.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table: Table | None = None
        self.columns: tuple[Column, ...] = ()
        self._headings: Sequence[Heading] = ()
        self._values: list[list[Any]] = []
        self._order: Sequence[int] = ()
        self._total: Mapping[str, object] = {}
        self._bar = ""
        self._most = 0.0
        self._total_word = ""

    def show_table(
        self, table: Table, columns: Sequence[Column], headings: Sequence[Heading], total_word: str, bar: str = ""
    ) -> None:
        """Show these columns of a table; `bar`: the column of which a bar is drawn, "" for none."""
        self.beginResetModel()
        self.table, self.columns, self._headings = table, tuple(columns), headings
        self._values = [column_values(table, column.key) for column in columns]
        self._order = range(len(table.frame))
        self._total, self._total_word = table.total, total_word
        self._bar = bar
        numbers = table.frame[bar].dropna() if bar else ()
        self._most = float(max(numbers, default=0.0))
        self.endResetModel()

    @property
    def has_total(self) -> bool:
        """Whether the last row is everything together."""
        return bool(self._total) and len(self._order) > 1

    def place(self, row: int) -> int | None:
        """Which row of the frame stands in a row; None of the total."""
        return self._order[row] if 0 <= row < len(self._order) else None

    def row_of(self, place: int) -> int:
        """Where a row of the frame stands."""
        return list(self._order).index(place)

    def text(self, row: int, column: int) -> str:
        """What is written in a cell."""
        place = self.place(row)
        if place is not None:
            return self._headings[column].write(self._values[column][place])
        key = self.columns[column].key
        if key in self._total:
            return self._headings[column].write(self._total[key])
        return self._total_word if column == 0 else ""

    # -- as Qt asks ----------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Rows, the total included."""
        return 0 if parent.isValid() else len(self._order) + self.has_total

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Columns."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The names of the columns, and what they mean."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section].title
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (self._headings[section].title, self._headings[section].means) if part)
        return self._alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell's text, alignment, whether it is of the total, and how long its bar is."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.text(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(column)
        if role == TOTAL:
            return self.place(row) is None
        return self._share(row, column) if role == SHARE else None

    def sort(self, column: int, order: Qt.SortOrder = ASCENDING) -> None:
        """Sort by a column; what has no figure stands last. A negative number gives the order of the report back."""
        self.layoutAboutToBeChanged.emit()
        if not 0 <= column < len(self.columns):
            self._order = range(len(self._values[0])) if self._values else ()
        else:
            values = self._values[column]
            known = [place for place in range(len(values)) if not _is_missing(values[place])]
            known.sort(key=lambda place: _key(values[place]), reverse=order != ASCENDING)
            self._order = known + [place for place in range(len(values)) if _is_missing(values[place])]
        self.layoutChanged.emit()

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        return LEFT if self.columns[column].unit in NAMES else RIGHT

    def _share(self, row: int, column: int) -> float | None:
        place = self.place(row)
        if place is None or self.columns[column].key != self._bar or self._most <= 0:
            return None
        value = self._values[column][place]
        return None if _is_missing(value) else max(0.0, float(value) / self._most)


def column_values(table: Table, key: str) -> list[Any]:
    """The values of a column row by row, None where there is none."""
    values = table.frame[key]
    found: list[Any] = values.astype(object).where(values.notna(), None).tolist()
    return found


def _is_missing(value: object) -> bool:
    return value is None or value != value  # noqa: PLR0124 -- what is not a number differs from itself


def _key(value: Any) -> Any:  # noqa: ANN401 -- whatever a column has of one kind
    return value.casefold() if isinstance(value, str) else value
