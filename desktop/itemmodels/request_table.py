"""Requests as a table: a window on an index, of which it shows some positions in an order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.itemmodels import request_words as words
from desktop.itemmodels.clock_words import clock_told, missing_told
from desktop.itemmodels.request_words import translate
from desktop.services.requests.columns import Positions
from desktop.services.requests.listing import RequestIndex, SortKey
from desktop.services.requests.rows import RequestRow

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
ROW = Qt.ItemDataRole.UserRole
"""Gives the RequestRow."""

ColumnName = Literal[
    "code", "received", "client", "factory", "area", "target", "made", "risk", "sample", "man_days", "price", "visit",
    "status",
]  # fmt: skip
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it sorts by, its width in pixels, and what it says of a row."""

    name: ColumnName
    sort: SortKey
    width: int
    text: Callable[[RequestRow, dt.datetime], str]
    is_number: bool = False


COLUMNS: tuple[Column, ...] = (
    Column("code", "code", 116, lambda row, _: words.code(row)),
    Column("received", "received", 84, words.received),
    Column("client", "client", 118, lambda row, _: row.client_name),
    Column("factory", "factory", 150, lambda row, _: row.factory.name),
    Column("area", "area", 88, lambda row, _: row.factory.area),
    Column("target", "target", 114, words.hours_left, is_number=True),
    Column("made", "made", 180, lambda row, _: words.made(row) or words.window(row)),
    Column("risk", "risk", 126, words.worst_risk),
    Column("sample", "sample", 72, lambda row, _: words.sample(row)),
    Column("man_days", "man_days", 44, lambda row, _: words.man_days(row), is_number=True),
    Column("price", "price", 58, lambda row, _: words.money(row), is_number=True),
    Column("visit", "visit", 150, lambda row, _: words.place(row)),
    Column("status", "status", 84, lambda row, _: words.status(row.status)),
)
PLACE_OF: dict[ColumnName, int] = {column.name: number for number, column in enumerate(COLUMNS)}


def column_title(name: ColumnName) -> str:
    """The title of a column."""
    titles: dict[ColumnName, str] = {
        "code": translate("requests", "Request"),
        "received": translate("requests", "Received"),
        "client": translate("requests", "Client"),
        "factory": translate("requests", "Factory"),
        "area": translate("requests", "Province"),
        "target": translate("requests", "Time left"),
        "made": translate("requests", "Made now → at visit, window"),
        "risk": translate("requests", "Risk"),
        "sample": translate("requests", "Sample"),
        "man_days": translate("requests", "md"),
        "price": translate("requests", "Price"),
        "visit": translate("requests", "Visit"),
        "status": translate("requests", "Status"),
    }
    return titles[name]


class RequestTable(QAbstractTableModel):
    """The requests of some positions of an index, in their order. Nothing is copied: rows are asked for when shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._index = RequestIndex()
        self._positions: Positions = np.empty(0, np.int64)
        self._keys: Positions = np.empty(0, np.int64)
        self._now = dt.datetime.min.replace(tzinfo=dt.UTC)

    def show_requests(self, index: RequestIndex, positions: Positions, now: dt.datetime) -> bool:
        """Show some requests; False where they are the same ones in the same order, so that every place is kept."""
        keys = index.keys[positions]
        self._now = now
        if np.array_equal(keys, self._keys):
            self._index, self._positions = index, positions
            if len(positions):
                self.dataChanged.emit(self.index(0, 0), self.index(len(positions) - 1, len(COLUMNS) - 1))
            return False
        self.beginResetModel()
        self._index, self._positions, self._keys = index, positions, keys
        self.endResetModel()
        return True

    def tell_time(self, now: dt.datetime, first: int, last: int) -> None:
        """The time has gone on: rows from a first to a last say what is left anew."""
        self._now = now
        last = min(last, len(self._positions) - 1)
        if 0 <= first <= last:
            self.dataChanged.emit(self.index(first, PLACE_OF["target"]), self.index(last, PLACE_OF["risk"]))

    @property
    def now(self) -> dt.datetime:
        """The time that is left is counted from."""
        return self._now

    def request(self, row: int) -> RequestRow:
        """The request in a row."""
        return self._index.rows[int(self._positions[row])]

    def row_of(self, key: int) -> int | None:
        """The row of the request of a key; None where it is not shown."""
        found = np.flatnonzero(self._keys == key)
        return int(found[0]) if len(found) else None

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Requests shown."""
        return 0 if parent.isValid() else len(self._positions)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """All columns; the view hides some."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell says; the tooltip says it whole."""
        if not index.isValid():
            return None
        row, column = self.request(index.row()), COLUMNS[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.text(row, self._now)
            case Qt.ItemDataRole.ToolTipRole:
                return told(column.name, row, self._now)
            case Qt.ItemDataRole.TextAlignmentRole:
                return RIGHT if column.is_number else LEFT
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{column_title(column.name)}: {column.text(row, self._now)}"
        return row if role == ROW else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Titles of columns."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return column_title(COLUMNS[section].name)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if COLUMNS[section].is_number and COLUMNS[section].name != "target" else LEFT
        return None


def told(name: ColumnName, row: RequestRow, now: dt.datetime) -> str:
    """A cell in full, for its tooltip."""
    tell = _TOLD.get(name)
    return COLUMNS[PLACE_OF[name]].text(row, now) if tell is None else tell(row, now)


def _risks_told(row: RequestRow, now: dt.datetime) -> str:
    return "\n".join(words.risks_told(row, now))


def _target_told(row: RequestRow, now: dt.datetime) -> str:
    promised = "" if row.clock is None else clock_told(row.clock, row.factory.zone, now)
    return _lines(f"{promised[:1].upper()}{promised[1:]}", missing_told(row.missing) if row.missing else "")


def _made_told(row: RequestRow, _: dt.datetime) -> str:
    lines = [translate("requests", "Window {days}").format(days=words.window(row))]
    made = row.made
    if made is not None:
        lines.append(translate("requests", "{percent} % made now").format(percent=f"{made.now:.0f}"))
        if made.at_visit is not None:
            lines.append(translate("requests", "{percent} % at the visit").format(percent=f"{made.at_visit:.0f}"))
    elif row.window_missing:
        lines.append(row.window_missing)
    return "\n".join(lines)


def _price_told(row: RequestRow, _: dt.datetime) -> str:
    if row.price_entered:
        return ""
    return translate("requests", "The house's price for these man-days; the request names none.")


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


_TOLD: dict[ColumnName, Callable[[RequestRow, dt.datetime], str]] = {
    "code": lambda row, _: _lines(row.code, words.week(row), row.service, row.order, row.note),
    "received": lambda row, _: f"{row.received.astimezone():%Y-%m-%d %H:%M}",
    "factory": lambda row, _: _lines(row.factory.name, row.factory.local_name, row.factory.area),
    "target": _target_told,
    "made": _made_told,
    "risk": _risks_told,
    "price": _price_told,
    "status": lambda row, _: _lines(words.status(row.status), *(reason.text for reason in row.reasons)),
}
