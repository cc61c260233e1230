"""Requests that a plan newly places, leaves out or drops, as a table."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.itemmodels.plan_score import signed
from desktop.services.plan_review import RequestReview, Spot
from desktop.services.words import DAYS, MONTHS, sentence

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
Kind = Literal["placed", "left_out", "dropped", "stored"]

ROW = Qt.ItemDataRole.UserRole
"""Gives the RequestReview."""

TOKEN = Qt.ItemDataRole.UserRole + 1
"""The colour of the theme that the cell is to be read in."""

COLUMNS: dict[Kind, tuple[str, ...]] = {
    "placed": ("code", "client", "factory", "who", "when", "late", "cost"),
    "left_out": ("code", "client", "factory", "reason", "lift"),
    "stored": ("code", "factory", "reason"),
    "dropped": ("code", "client", "factory", "who", "when", "reason", "cost"),
}


class PlanRequestsModel(QAbstractTableModel):
    """Requests as rows; which columns there are depends on what has become of them."""

    def __init__(self, kind: Kind, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kind: Kind = kind
        self._rows: tuple[RequestReview, ...] = ()
        self._first_day = dt.date(2000, 1, 3)

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns."""
        return COLUMNS[self._kind]

    def show_rows(self, rows: tuple[RequestReview, ...], first_day: dt.date) -> None:
        """Show requests; their slots count from the first morning of a day."""
        self.beginResetModel()
        self._rows, self._first_day = rows, first_day
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Requests."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """As the kind has them."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Titles."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        name = self.columns[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if name == "cost" else int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        titles = {
            "code": self.tr("Request"),
            "client": self.tr("Client"),
            "factory": self.tr("Factory"),
            "who": self.tr("Was with") if self._kind == "dropped" else self.tr("Who"),
            "when": self.tr("Was on") if self._kind == "dropped" else self.tr("When"),
            "late": self.tr("Late"),
            "reason": self.tr("Why"),
            "lift": self.tr("What would let it in"),
            "cost": self.tr("Cost"),
        }
        return titles[name]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words, colours, alignment; what is cut off stands in the tip."""
        if not index.isValid():
            return None
        row, name = self._rows[index.row()], self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            whole = role == Qt.ItemDataRole.ToolTipRole and name == "code"
            return f"{row.code}, {row.client}, {row.factory}" if whole else self._text(row, name)
        if role == Qt.ItemDataRole.TextAlignmentRole and name == "cost":
            return RIGHT
        if role == ROW:
            return row
        if role == TOKEN:
            return _token(row, name)
        return None

    def _text(self, row: RequestReview, name: str) -> str:
        if name in ("code", "client", "factory"):
            return str(getattr(row, name))
        if name == "reason":
            return " ".join(sentence(reason.text) for reason in row.reasons)
        if name == "lift":
            return "; ".join(reason.lift for reason in row.reasons if reason.lift)
        if name == "cost":
            return signed(row.cents)
        spot = row.new or row.now
        return "" if spot is None else self._place(spot, name)

    def _place(self, spot: Spot, name: str) -> str:
        if name == "who":
            return ", ".join(spot.people)
        return self._when(spot) if name == "when" else self._late(spot)

    def _late(self, spot: Spot) -> str:
        return self.tr("%n day(s)", "", spot.late_days) if spot.late_days else self.tr("in time")

    def _when(self, spot: Spot) -> str:
        date = self._first_day + dt.timedelta(days=spot.first_slot // 2)
        text = f"{DAYS[date.weekday()]} {date.day} {MONTHS[date.month - 1]}"
        return self.tr("{day}, afternoon").format(day=text) if spot.first_slot % 2 else text


def _token(row: RequestReview, name: str) -> str:
    if name == "late" and row.new is not None and row.new.late_days:
        return "bad"
    if name == "cost":
        return "ok" if row.cents < 0 else "warn" if row.cents > 0 else "muted"
    return "muted" if name in ("client", "lift") else "text"
