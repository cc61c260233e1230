"""What a plan leaves out, is late with or breaks a rule by, as tables under the board."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.itemmodels.clock_words import missing_told
from desktop.services.board import BoardRow, BoardUnassigned, WeekBoard
from desktop.services.trade.completeness import Lack
from desktop.services.words import DAYS, MONTHS

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
Kind = Literal["unassigned", "late", "broken"]

COLUMNS = ("request", "factory", "client", "md", "window", "left", "places", "reason", "cheapest")
"""The columns of every kind; what stands in `client`, `window` and `left` of a planned request is said by its kind."""

ENTRY = Qt.ItemDataRole.UserRole
"""Gives the TrayEntry."""

TOKEN = Qt.ItemDataRole.UserRole + 1
"""Gives the colour of the theme that the cell is to be read in: "bad", "warn", "muted", or ""."""

URGENT_HOURS, SOON_HOURS = 24, 48
NUMBERS = frozenset({"md", "left", "places"})
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class TrayEntry:
    """A request that needs somebody's attention.

    Attributes:
        who: the client, or who is to serve it.
        window: when it may be visited, or when it is.
        deadline: until when the house wants to be on site; None where it is not known or no matter any more.
        missing: why it is not known.
        reason: why it stands here.
    """

    request: str
    service: str
    factory: str
    who: str
    man_days: float
    window: str
    reason: str
    first: dt.date | None = None
    deadline: dt.datetime | None = None
    is_planned: bool = False
    missing: tuple[Lack, ...] = ()


def tray_entries(board: WeekBoard, kind: Kind) -> tuple[TrayEntry, ...]:
    """The entries of a board of one kind, in the order of the board."""
    if kind == "unassigned":
        return tuple(_left_out(entry) for entry in board.unassigned)
    found: dict[str, TrayEntry] = {}
    for row in board.rows:
        for entry in _planned(board, row, kind):
            old = found.get(entry.request)
            found[entry.request] = entry if old is None else _joined(old, entry)
    return tuple(found.values())


def _left_out(entry: BoardUnassigned) -> TrayEntry:
    return TrayEntry(
        entry.request,
        entry.service,
        entry.factory,
        entry.client,
        entry.man_days,
        _span(entry.earliest, entry.latest),
        entry.reason,
        entry.earliest,
        entry.deadline,
        missing=entry.missing,
    )


def _planned(board: WeekBoard, row: BoardRow, kind: Kind) -> Iterator[TrayEntry]:
    for bar in row.bars:
        if bar.late_days if kind == "late" else bar.broken:
            first, last = board.date(bar.first_slot // 2), board.date(bar.last_slot // 2)
            late = days_late(bar.late_days)
            half_days = bar.last_slot - bar.first_slot + 1
            reason = late if kind == "late" else bar.broken
            window = _span(first, last)
            yield TrayEntry(
                bar.request, bar.service, bar.factory, row.name, half_days / 2, window, reason, first, is_planned=True
            )


def days_late(days: int) -> str:
    """How late a visit begins: "1 day late", "3 days late"."""
    if days == 1:
        return QCoreApplication.translate("TrayTableModel", "1 day late")
    return QCoreApplication.translate("TrayTableModel", "{days} days late").format(days=days)


def _joined(one: TrayEntry, other: TrayEntry) -> TrayEntry:
    """The entry of a crew."""
    return TrayEntry(
        one.request,
        one.service,
        one.factory,
        f"{one.who}, {other.who}",
        one.man_days + other.man_days,
        one.window,
        one.reason,
        one.first,
        is_planned=True,
    )


def _span(first: dt.date | None, last: dt.date | None) -> str:
    if first is None and last is None:
        return ""
    if first == last or last is None:
        return _day(first) if first is not None else ""
    return _day(last) if first is None else f"{_day(first)} \N{EN DASH} {_day(last)}"


def _day(date: dt.date) -> str:
    return f"{DAYS[date.weekday()]} {date.day} {MONTHS[date.month - 1]}"


@dataclass(frozen=True, slots=True)
class Places:
    """Where a request could go: how many places there are, and the cheapest in words."""

    count: int
    cheapest: str = ""


class TrayTableModel(QAbstractTableModel):
    """Entries as rows; sorting keeps what is selected selected."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._given: tuple[TrayEntry, ...] = ()
        self._entries: tuple[TrayEntry, ...] = ()
        self._now = dt.datetime.min.replace(tzinfo=dt.UTC)
        self._column, self._descending = "", False
        self._places: dict[str, Places] = {}

    @property
    def entries(self) -> tuple[TrayEntry, ...]:
        """What is shown, in order."""
        return self._entries

    @property
    def now(self) -> dt.datetime:
        """The time from which hours left are counted."""
        return self._now

    def show_entries(self, entries: tuple[TrayEntry, ...], now: dt.datetime) -> None:
        """Show these, in the order in force; hours left are counted from `now`."""
        self._now = now
        if entries == self._given:
            if entries:
                self.dataChanged.emit(self.index(0, 0), self.index(len(entries) - 1, len(COLUMNS) - 1))
            return
        self.beginResetModel()
        self._given = entries
        self._entries = self._sorted()
        self.endResetModel()

    def forget_places(self) -> None:
        """The plan has changed: where requests could go is not known any more."""
        if self._places:
            self._places.clear()
            self._tell_places(0, len(self._entries) - 1)

    def show_places(self, request: str, places: Places) -> None:
        """Say where a request could go."""
        self._places[request] = places
        row = self.row_of(request)
        if row is not None:
            self._tell_places(row, row)

    def knows_places(self, request: str) -> bool:
        """Whether it is known where a request could go."""
        return request in self._places

    def _tell_places(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first, COLUMNS.index("places")), self.index(last, len(COLUMNS) - 1))

    def row_of(self, request: str) -> int | None:
        """The row of a request; None where it is not shown."""
        return next((row for row, entry in enumerate(self._entries) if entry.request == request), None)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order entries by a column; beyond the columns, as they were given."""
        self._column = COLUMNS[column] if 0 <= column < len(COLUMNS) else ""
        self._descending = order == Qt.SortOrder.DescendingOrder
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        kept = [self._entries[index.row()] for index in before]
        self._entries = self._sorted()
        places = {entry: row for row, entry in enumerate(self._entries)}
        after = [self.index(places[entry], index.column()) for entry, index in zip(kept, before, strict=True)]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _sorted(self) -> tuple[TrayEntry, ...]:
        if not self._column:
            return self._given
        return tuple(sorted(self._given, key=self._key, reverse=self._descending))

    def _key(self, entry: TrayEntry) -> Any:  # noqa: ANN401 - whatever the column holds
        keys: dict[str, Any] = {
            "md": entry.man_days,
            "window": entry.first or dt.date.max,
            "left": entry.deadline.timestamp() if entry.deadline is not None else float("inf"),
            "factory": entry.factory.casefold(),
            "client": entry.who.casefold(),
            "reason": entry.reason,
            "places": self._places[entry.request].count if entry.request in self._places else -1,
            "cheapest": self._places[entry.request].cheapest if entry.request in self._places else "",
        }
        return keys.get(self._column, entry.request)

    # -- as Qt asks ----------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Entries shown."""
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The names of the columns."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.title(COLUMNS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole and COLUMNS[section] in NUMBERS:
            return RIGHT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell: its text, the whole of it as tooltip, the entry, the colour to read it in."""
        if not index.isValid() or index.row() >= len(self._entries):
            return None
        entry, column = self._entries[index.row()], COLUMNS[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self.text(entry, column)
            case Qt.ItemDataRole.ToolTipRole:
                if column == "left" and entry.missing:
                    return missing_told(entry.missing)
                return self.text(entry, column) or None
            case Qt.ItemDataRole.TextAlignmentRole:
                return RIGHT if column in NUMBERS else None
            case _:
                return entry if role == ENTRY else self._token(entry, column) if role == TOKEN else None

    def hours_left(self, entry: TrayEntry) -> int | None:
        """Whole hours until it should be seen; negative once that has passed."""
        if entry.deadline is None:
            return None
        return int((entry.deadline - self._now).total_seconds() // 3600)

    def text(self, entry: TrayEntry, column: str) -> str:
        """What a cell says."""
        places = self._places.get(entry.request)
        hours = self.hours_left(entry)
        left = self.tr("stopped") if entry.missing else ""
        if hours is not None:
            left = self.tr("{hours} h").format(hours=f"{hours:,}".replace("-", "\u2212"))
        return {
            "request": entry.request,
            "factory": entry.factory,
            "client": entry.who,
            "md": f"{entry.man_days:g}",
            "window": entry.window or self.tr("not known"),
            "left": left,
            "reason": f"{entry.reason[:1].upper()}{entry.reason[1:]}",
            "places": "" if places is None else f"{places.count:,}",
            "cheapest": "" if places is None else places.cheapest or self.tr("nowhere within the rules"),
        }[column]

    def _token(self, entry: TrayEntry, column: str) -> str:
        if column == "left":
            hours = self.hours_left(entry)
            if hours is None:
                return "warn" if entry.missing else ""
            return "bad" if hours < URGENT_HOURS else "warn" if hours < SOON_HOURS else ""
        if column in ("places", "cheapest"):
            places = self._places.get(entry.request)
            return "" if places is None or places.count else "bad" if column == "places" else "muted"
        return "warn" if column == "reason" else ""

    def title(self, column: str) -> str:
        """What a column is called."""
        return {
            "request": self.tr("Request"),
            "factory": self.tr("Factory"),
            "client": self.tr("Client or crew"),
            "md": self.tr("md"),
            "window": self.tr("Window or days"),
            "left": self.tr("To target"),
            "places": self.tr("Places"),
            "reason": self.tr("Reason"),
            "cheapest": self.tr("Cheapest place"),
        }[column]
