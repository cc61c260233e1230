"""What is checked for a request, as a list: headings of sections, and below each its items in one language."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.services.trade.protocols import Defect, Item, Language, read_words
from desktop.services.worksheets import WorkSheet

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
LINE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class ChecklistLine:
    """A line of the list.

    Attributes:
        title: of a section, or what is checked.
        requirement: how, and what the order says on it; "" of a section.
        defect: class of a failure, or "".
        facts: class, on how many, whose item it is.
        is_section: it is a heading.
        is_clients: the item is from the client's list.
    """

    title: str
    requirement: str = ""
    defect: Defect = ""
    facts: str = ""
    is_section: bool = False
    is_clients: bool = False


class ChecklistModel(QAbstractListModel):
    """The merged list of one work sheet."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[ChecklistLine, ...] = ()

    def show_sheet(self, sheet: WorkSheet | None, language: Language) -> None:
        """Show a sheet's items in a language; None: nothing."""
        self.beginResetModel()
        self._lines = () if sheet is None else checklist_lines(sheet, language)
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """One for each section and item."""
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings cannot be selected."""
        if index.isValid() and self._lines[index.row()].is_section:
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The line; all of it as text for those who have it read aloud."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join(filter(None, (line.title, line.requirement, line.facts)))
        return line if role == LINE else None


def checklist_lines(sheet: WorkSheet, language: Language) -> tuple[ChecklistLine, ...]:
    """The lines of a sheet; a section without items is left out."""
    lines: list[ChecklistLine] = []
    for section in sheet.sections:
        if section.items:
            lines.append(ChecklistLine(section.title.said(language), is_section=True))
            lines.extend(_line(sheet, item, language) for item in section.items)
    return tuple(lines)


def _line(sheet: WorkSheet, item: Item, language: Language) -> ChecklistLine:
    words = read_words()
    defect = words.said(item.defect, language) if item.defect else ""
    facts = " · ".join(
        filter(None, (defect, sheet.on(item, language), item.unit_said(language), item.origin.said(language)))
    )
    note = f"{words.said(item.uses, language)}: {item.note}" if item.note else ""
    requirement = "\n".join(filter(None, (item.requirement.said(language), note)))
    return ChecklistLine(
        item.title.said(language), requirement, item.defect, facts, is_clients=item.origin.kind == "client"
    )
