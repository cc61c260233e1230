"""Rows of cells under heads, some of them to be ticked: what several pages list, without what they list."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import overload

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
ROW = Qt.ItemDataRole.UserRole
"""Gives the TableRow."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell.

    Attributes:
        token: the colour of the theme that it is read in; "" the usual one.
        detail: said after it, fainter.
        was: what stood there before: struck, in front of it.
        tip: told by the tooltip, "" where the text says all.
        is_chip: it stands on a ground of its own.
        service: its cap stands before the text; "" for none.
    """

    text: str = ""
    token: str = ""
    detail: str = ""
    was: str = ""
    tip: str = ""
    is_chip: bool = False
    service: str = ""

    @property
    def told(self) -> str:
        """All of it in one line."""
        return " ".join(part for part in (self.was and f"({self.was})", self.text, self.detail) if part)


class LateCells(Sequence[Cell]):
    """The cells of a row that are made when somebody looks at it: of a long list a screenful is."""

    __slots__ = ("_made", "_making")

    def __init__(self, making: Callable[[], tuple[Cell, ...]]) -> None:
        self._making = making
        self._made: tuple[Cell, ...] | None = None

    def _all(self) -> tuple[Cell, ...]:
        if self._made is None:
            self._made = self._making()
        return self._made

    @overload
    def __getitem__(self, at: int) -> Cell: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Cell, ...]: ...
    def __getitem__(self, at: int | slice) -> Cell | tuple[Cell, ...]:
        """The cell of a column, from 0."""
        return self._all()[at]

    def __len__(self) -> int:
        """Columns."""
        return len(self._all())


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row, or the head of those below it, up to the next head.

    Attributes:
        key: what it stands for; the same in a later list: the same thing.
        cells: one for each column; of a head the first alone is shown.
        value: what it stands for, for whoever made the list.
        may_tick: it can be ticked; of a head: all below it.
    """

    key: str
    cells: Sequence[Cell]
    value: object = None
    is_head: bool = False
    may_tick: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list.

    Attributes:
        name: stable, for preferences and tests.
        title: its head, in the user's language.
        least: the width in pixels below which it cannot be read.
        usual: its width where there is room.
        grows: its share of the room that is left.
        goes: its turn to give way where there is no room, from 1; 0: it never goes.
    """

    name: str
    title: str
    least: int
    usual: int
    grows: float = 0.0
    goes: int = 0


class ListTableModel(QAbstractTableModel):
    """Rows in the order given. What is ticked stays so while its row may be.

    Attributes:
        ticks_changed: other rows are ticked.
    """

    ticks_changed = Signal()

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: tuple[TableRow, ...] = ()
        self._ticked: set[str] = set()

    def show_rows(self, rows: Sequence[TableRow]) -> None:
        """List these."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()
        before = set(self._ticked)
        self._ticked &= {row.key for row in rows if row.may_tick and not row.is_head}
        if before != self._ticked:
            self.ticks_changed.emit()

    def row_of(self, key: str) -> int | None:
        """Where a key stands; None where it does not."""
        return next((number for number, row in enumerate(self.rows) if row.key == key), None)

    # -- ticks ---------------------------------------------------------------------------------------------------------

    @property
    def ticked(self) -> tuple[TableRow, ...]:
        """The rows that are ticked, in order."""
        return tuple(row for row in self.rows if row.key in self._ticked and not row.is_head)

    def tick(self, keys: Iterable[str]) -> None:
        """Tick these and no others, as far as they may be."""
        self._ticked = set(keys) & {row.key for row in self.rows if row.may_tick and not row.is_head}
        self._tell_ticks()

    def toggle(self, number: int) -> None:
        """Tick a row or take the tick away; at a head for all below it."""
        row = self.rows[number]
        if not row.may_tick:
            return
        keys = {found.key for found in self._below(number)} if row.is_head else {row.key}
        if keys <= self._ticked:
            self._ticked -= keys
        else:
            self._ticked |= keys
        self._tell_ticks()

    def state_of(self, number: int) -> Qt.CheckState:
        """Whether a row is ticked; at a head, how many below it are."""
        row = self.rows[number]
        keys = {found.key for found in self._below(number)} if row.is_head else {row.key}
        if not keys & self._ticked:
            return Qt.CheckState.Unchecked
        return Qt.CheckState.Checked if keys <= self._ticked else Qt.CheckState.PartiallyChecked

    def _below(self, number: int) -> list[TableRow]:
        found = []
        for row in self.rows[number + 1 :]:
            if row.is_head:
                break
            if row.may_tick:
                found.append(row)
        return found

    def _tell_ticks(self) -> None:
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, 0), [Qt.ItemDataRole.CheckStateRole])
        self.ticks_changed.emit()

    # -- as Qt asks ----------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Rows, heads included."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Columns."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The names of the columns."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell's text and tooltip, whether its row is ticked, or the row."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0 and row.may_tick:
            return self.state_of(index.row())
        return None if index.column() >= len(row.cells) else _said(row.cells[index.column()], role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Heads can be gone to, so that their ticks can be set by keys."""
        found = super().flags(index)
        if index.isValid() and index.column() == 0 and self.rows[index.row()].may_tick:
            found |= Qt.ItemFlag.ItemIsUserCheckable
        return found

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick a row or take its tick away."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        if self.state_of(index.row()) != Qt.CheckState(value):
            self.toggle(index.row())
        return True


def _said(cell: Cell, role: int) -> str | None:
    if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
        return cell.told
    return plain_tip(cell.tip or cell.told) or None if role == Qt.ItemDataRole.ToolTipRole else None


def plain_tip(text: str) -> str:
    """A text for a tooltip as it stands: Qt would take a name with marks of HTML for HTML."""
    return f"<span>{html.escape(text).replace(chr(10), '<br>')}</span>" if "<" in text else text
