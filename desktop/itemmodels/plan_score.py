"""What plans cost by part, as a table: money, the penalties of the policy, and both together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.services.plan_review import MONEY, PENALTIES
from scheduler.plan import CostParts

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
MINUS = "\N{MINUS SIGN}"
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

SUM = Qt.ItemDataRole.UserRole
"""Whether the row is a sum."""

TOKEN = Qt.ItemDataRole.UserRole + 1
"""The colour of the theme that the cell is to be read in."""


class ScoreRow(NamedTuple):
    """A line: its title and cents of the plan now (None: there is none) and of the new one."""

    title: str
    now: int | None
    new: int
    is_sum: bool


def score_rows(now: CostParts | None, new: CostParts) -> tuple[ScoreRow, ...]:
    """The lines of one plan, or of two; parts that cost nothing in either are left out."""
    titles = {
        "work": QCoreApplication.translate("score", "Day rates"),
        "premium": QCoreApplication.translate("score", "Weekends and holidays"),
        "travel": QCoreApplication.translate("score", "Travel"),
        "nights": QCoreApplication.translate("score", "Hotel nights"),
        "late": QCoreApplication.translate("score", "Late"),
        "affinity": QCoreApplication.translate("score", "Preferences for people"),
        "change": QCoreApplication.translate("score", "Announced otherwise"),
        "unserved": QCoreApplication.translate("score", "Unassigned requests"),
    }
    rows: list[ScoreRow] = []
    for parts, title in (
        (MONEY, QCoreApplication.translate("score", "Money")),
        (PENALTIES, QCoreApplication.translate("score", "Penalties of the policy")),
    ):
        for part in parts:
            line = ScoreRow(titles[part], _part(now, part), getattr(new, part), is_sum=False)
            if line.now or line.new:
                rows.append(line)
        rows.append(ScoreRow(title, _sum(now, parts), _sum(new, parts) or 0, is_sum=True))
    total = QCoreApplication.translate("score", "Plan cost")
    return (*rows, ScoreRow(total, None if now is None else now.total, new.total, is_sum=True))


def _part(cost: CostParts | None, name: str) -> int | None:
    return None if cost is None else getattr(cost, name)


def _sum(cost: CostParts | None, names: Sequence[str]) -> int | None:
    return None if cost is None else sum(getattr(cost, name) for name in names)


def dollars(cents: int) -> str:
    """Whole dollars, with a true minus sign."""
    return f"{MINUS if cents < 0 else ''}${round(abs(cents) / 100):,}"


def signed(cents: int) -> str:
    """A difference in whole dollars with its sign; none for what rounds to nothing."""
    amount = round(abs(cents) / 100)
    return f"{'' if not amount else MINUS if cents < 0 else '+'}${amount:,}"


class PlanScoreModel(QAbstractTableModel):
    """Lines of costs: part, now, new, change; for one plan alone part and cost."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[ScoreRow, ...] = ()
        self._pair = True

    def show_costs(self, now: CostParts | None, new: CostParts) -> None:
        """Show the cost of a plan, beside that of another where there is one."""
        self.beginResetModel()
        self._rows, self._pair = score_rows(now, new), now is not None
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Parts and sums."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Part and cost, or part, now, new and change."""
        if parent.isValid():
            return 0
        return 4 if self._pair else 2

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Titles."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if section else int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        pair = (self.tr("Score by rule"), self.tr("Now"), self.tr("New"), self.tr("Change"))
        single = (self.tr("Score by rule"), self.tr("Cost"))
        titles = pair if self._pair else single
        return titles[section] if 0 <= section < len(titles) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words, colours, alignment."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole and column:
            return RIGHT
        if role == SUM:
            return row.is_sum
        if role == TOKEN:
            return self._token(row, column)
        return None

    def _text(self, row: ScoreRow, column: int) -> str:
        if column == 0:
            return row.title
        if not self._pair or column == 2:
            return dollars(row.new)
        now = row.now or 0
        return dollars(now) if column == 1 else signed(row.new - now)

    def _token(self, row: ScoreRow, column: int) -> str:
        if column == 1 and self._pair:
            return "muted"
        if column == 3:
            change = row.new - (row.now or 0)
            return "ok" if change < 0 else "warn" if change > 0 else "muted"
        return "text"
