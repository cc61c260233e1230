"""What a person holds as a table of two columns: skills with levels, certificates and permits with their last day."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.itemmodels.roster_table import TOKEN, token_of
from desktop.services.roster.listing import Credential, Skill
from desktop.services.words import spell_day

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
Part = Skill | Credential


class PartsTableModel(QAbstractTableModel):
    """Skills, certificates or permits of one person, in the order given."""

    def __init__(self, heads: tuple[str, str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heads = heads
        self._parts: tuple[Part, ...] = ()

    @property
    def parts(self) -> tuple[Part, ...]:
        """What is shown."""
        return self._parts

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Show these."""
        if tuple(parts) == self._parts:
            return
        self.beginResetModel()
        self._parts = tuple(parts)
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """One for each part."""
        return 0 if parent.isValid() else len(self._parts)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """The name and the value."""
        return 0 if parent.isValid() else 2

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The two names."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole and section in (0, 1):
            return self._heads[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell."""
        if not index.isValid() or index.row() >= len(self._parts):
            return None
        part = self._parts[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return part.name if index.column() == 0 else self._value(part)
        if role == TOKEN:
            return token_of(part) if isinstance(part, Credential) else ""
        return None

    def _value(self, part: Part) -> str:
        if isinstance(part, Skill):
            return str(part.level)
        if part.valid_until is None:
            return self.tr("no end")
        day = spell_day(part.valid_until)
        if part.has_ended:
            return self.tr("ended {day}").format(day=day)
        if part.ends_soon:
            return self.tr("{day}, {days} d left").format(day=day, days=part.days_left)
        return day
