"""Skills, certificates or permits of one person: a table, and a line under it to add, change and remove."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.itemmodels.roster_parts import Part, PartsTableModel
from desktop.itemmodels.roster_table import TOKEN
from desktop.services.roster.listing import Credential, Skill
from desktop.views.bar_painting import Ink, shade, write
from desktop.views.look import Look

PartKind = Literal["skill", "certificate", "permit"]
ROW_HEIGHT = 26
MOST_ROWS = 8
USUAL_LEVEL = 3
PADDING = 8.0
UNTIL_WIDTH = 92
DAY_EXAMPLE = "2027-06-30"


@dataclass(frozen=True, slots=True)
class PartEntry:
    """What was entered: a name, and a level ("4") or a last day; removed rather than set where `is_removal`."""

    kind: PartKind
    name: str
    value: str
    is_removal: bool = False


class PartDelegate(QStyledItemDelegate):
    """Reads each cell in the colour that its model gives it."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As wide as its text."""
        return QSize(int(Ink("", 12).width_of(str(index.data() or "")) + 2 * PADDING) + 1, ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """A cell on its ground, with the rule under the row."""
        theme, box = self._look.theme, QRectF(option.rect)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(box, shade(theme.accent_background if is_selected else theme.surface))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), shade(theme.line))
        token = str(index.data(TOKEN) or "") if index.column() == 1 else ""
        colour = str(getattr(theme, token)) if token else theme.text
        write(painter, box.adjusted(PADDING, 0, -PADDING, -1), str(index.data() or ""), Ink(colour, 12))


class PartsSection(QWidget):
    """One kind of what a person holds.

    Attributes:
        wanted: a PartEntry to be stored.
    """

    wanted = Signal(object)

    def __init__(self, look: Look, kind: PartKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind: PartKind = kind
        title, name_head, value_head = self._words()
        self.model = PartsTableModel((name_head, value_head), self)
        self.table = QTableView(self)
        self._dress_table(look, title)
        self.name = QComboBox(self)
        self.name.setEditable(True)
        self.name.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.name.setAccessibleName(name_head)
        self.name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.level = QSpinBox(self)
        self.level.setRange(1, 5)
        self.level.setValue(USUAL_LEVEL)
        self.level.setAccessibleName(value_head)
        self.until = QLineEdit(self)
        self.until.setPlaceholderText(self.tr("no end") if kind == "permit" else DAY_EXAMPLE)
        self.until.setAccessibleName(value_head)
        self.until.setMinimumWidth(UNTIL_WIDTH)
        self.set_button = QPushButton(self.tr("Set"), self)
        self.remove_button = QPushButton(self.tr("Remove"), self)
        self._none = QLabel(self.tr("None yet."), self)
        self._none.setProperty("role", "faint")
        self._fault = QLabel(self)
        self._fault.setProperty("role", "error")
        self._fault.setWordWrap(True)
        self._fault.hide()
        self._lay_out(title)
        self._connect()

    def _words(self) -> tuple[str, str, str]:
        if self._kind == "skill":
            return self.tr("Skills"), self.tr("Skill"), self.tr("Level, 1 to 5")
        if self._kind == "certificate":
            return self.tr("Certificates"), self.tr("Certificate"), self.tr("Valid until")
        return self.tr("Areas of work"), self.tr("Area"), self.tr("Permit until")

    def _dress_table(self, look: Look, title: str) -> None:
        table = self.table
        table.setModel(self.model)
        table.setItemDelegate(PartDelegate(look, table))
        table.setAccessibleName(title)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        head = table.horizontalHeader()
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)

    def _lay_out(self, title: str) -> None:
        heading = QLabel(title, self)
        heading.setProperty("role", "strong")
        heading.setBuddy(self.table)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.name, 3)
        value: QWidget = self.level if self._kind == "skill" else self.until
        (self.until if self._kind == "skill" else self.level).hide()
        line.addWidget(value, 2)
        for button in (self.set_button, self.remove_button):
            button.setProperty("role", "small")
            line.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(heading)
        column.addWidget(self.table)
        column.addWidget(self._none)
        column.addLayout(line)
        column.addWidget(self._fault)

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self.set_button.clicked.connect(self._on_set)
        self.remove_button.clicked.connect(self._on_remove)
        self.until.returnPressed.connect(self._on_set)
        self.name.editTextChanged.connect(self._on_name)
        delete = QShortcut(QKeySequence.StandardKey.Delete, self.table)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._on_remove)

    # -- what is shown -------------------------------------------------------------------------------------------------

    def show_parts(self, parts: tuple[Part, ...]) -> None:
        """Show what a person holds."""
        name = self.name.currentText()
        if parts != self.model.parts:
            self.show_fault("")
        self.model.show_parts(parts)
        self.table.setVisible(bool(parts))
        self._none.setVisible(not parts)
        rows = min(len(parts), MOST_ROWS)
        self.table.setFixedHeight(self.table.horizontalHeader().sizeHint().height() + rows * ROW_HEIGHT + 2)
        self._on_name(name)

    def offer(self, words: Iterable[str]) -> None:
        """Offer names to choose from; what is typed stays."""
        typed = self.name.currentText()
        self.name.clear()
        self.name.addItems(sorted(words))
        self.name.setCurrentText(typed)

    def begin(self) -> None:
        """Go to the line under the table."""
        self.table.clearSelection()
        self.name.setCurrentText("")
        self.name.setFocus()

    def clear(self) -> None:
        """Forget what is typed."""
        self.name.setCurrentText("")
        self.until.clear()
        self.level.setValue(USUAL_LEVEL)
        self.show_fault("")

    def show_fault(self, text: str) -> None:
        """Say what is wrong with what is entered; "" nothing."""
        self._fault.setText(text)
        self._fault.setVisible(bool(text))

    @property
    def fault(self) -> str:
        """What is said to be wrong."""
        return self._fault.text()

    def _part(self, name: str) -> Part | None:
        return next((part for part in self.model.parts if part.name == name.strip()), None)

    # -- what is done --------------------------------------------------------------------------------------------------

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        """Put what is selected into the line, to be changed."""
        if not current.isValid():
            return
        part = self.model.parts[current.row()]
        self.name.setCurrentText(part.name)
        if isinstance(part, Skill):
            self.level.setValue(part.level)
        elif isinstance(part, Credential):
            self.until.setText("" if part.valid_until is None else part.valid_until.isoformat())

    def _on_name(self, name: str) -> None:
        self.set_button.setText(self.tr("Set") if self._part(name) else self.tr("Add"))
        self.set_button.setEnabled(bool(name.strip()))
        self.remove_button.setEnabled(self._part(name) is not None)

    def _on_set(self) -> None:
        value = str(self.level.value()) if self._kind == "skill" else self.until.text()
        if self.name.currentText().strip():
            self.wanted.emit(PartEntry(self._kind, self.name.currentText().strip(), value))

    def _on_remove(self) -> None:
        part = self._part(self.name.currentText())
        if part is not None:
            self.wanted.emit(PartEntry(self._kind, part.name, "", is_removal=True))
