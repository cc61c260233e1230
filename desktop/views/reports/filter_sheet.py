"""What reports are narrowed to: a dimension at the left, its values to be ticked at the right."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.services.reports.choices import Choice
from desktop.services.reports.vocabulary import Language, words
from desktop.views.reports.wording import figure

Only = Mapping[str, frozenset[str]]
VALUE = Qt.ItemDataRole.UserRole
SIZE = (480, 380)
ROW = 24


class FilterSheet(QFrame):
    """A sheet under the button; every tick narrows at once.

    Attributes:
        edited: what is kept (Only).
    """

    edited = Signal(object)

    def __init__(
        self, choices: Mapping[str, tuple[Choice, ...]], only: Only, language: Language, parent: QWidget
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "float")
        self.setAccessibleName(self.tr("Filters of the reports"))
        self.setFixedSize(*SIZE)
        self._choices, self._language = choices, language
        self._only = dict(only)
        self.dimensions = QListWidget(self)
        self.dimensions.setProperty("role", "sections")
        self.dimensions.setAccessibleName(self.tr("What to narrow by"))
        self.dimensions.setFixedWidth(150)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setAccessibleName(self.tr("Search values"))
        self.search.setClearButtonEnabled(True)
        self.values = QListWidget(self)
        self.values.setAccessibleName(self.tr("Values to keep"))
        self.clear = QPushButton(self.tr("Whole firm"), self)
        self.told = QLabel(self)
        self.told.setProperty("role", "muted")
        self._lay_out()
        for name in choices:
            item = QListWidgetItem(self.dimensions)
            item.setData(VALUE, name)
        self._say()
        self.dimensions.currentItemChanged.connect(self._show_values)
        self.search.textChanged.connect(self._find)
        self.values.itemChanged.connect(self._on_tick)
        self.clear.clicked.connect(self._on_clear)
        if self.dimensions.count():
            first = next((n for n, name in enumerate(choices) if name in self._only), 0)
            self.dimensions.setCurrentRow(first)

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(6)
        right.addWidget(self.search)
        right.addWidget(self.values, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.told, 1)
        foot.addWidget(self.clear)
        right.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 10, 10, 10)
        row.setSpacing(10)
        row.addWidget(self.dimensions)
        row.addLayout(right, 1)

    @property
    def only(self) -> Only:
        """What is kept; a dimension of which everything is kept is not named."""
        return dict(self._only)

    def popup(self, corner: QPoint) -> None:
        """Open with the left upper corner at a point of the screen, within it."""
        screen = self.screen().availableGeometry()
        self.move(min(corner.x(), screen.right() - self.width()), corner.y())
        self.show()
        self.search.setFocus()

    def _dimension(self) -> str:
        item = self.dimensions.currentItem()
        return "" if item is None else str(item.data(VALUE))

    def _show_values(self) -> None:
        name = self._dimension()
        kept = self._only.get(name, frozenset())
        self.values.blockSignals(True)
        self.values.clear()
        known = words(self._language)
        for choice in sorted(self._choices.get(name, ()), key=lambda one: one.value not in kept):
            item = QListWidgetItem(known.get(f"value.{choice.value}", choice.name), self.values)
            item.setData(VALUE, choice.value)
            item.setSizeHint(QSize(0, ROW))
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Checked if choice.value in kept else Qt.CheckState.Unchecked)
        self.values.blockSignals(False)
        self._find(self.search.text())

    def _find(self, text: str) -> None:
        wanted = text.casefold().split()
        for number in range(self.values.count()):
            item = self.values.item(number)
            item.setHidden(not all(one in item.text().casefold() for one in wanted))

    def _on_tick(self, item: QListWidgetItem) -> None:
        name, value = self._dimension(), str(item.data(VALUE))
        kept = self._only.get(name, frozenset())
        kept = kept | {value} if item.checkState() == Qt.CheckState.Checked else kept - {value}
        self._only.pop(name, None)
        if kept:
            self._only[name] = kept
        self._say()
        self.edited.emit(self.only)

    def _on_clear(self) -> None:
        self._only.clear()
        self._say()
        self._show_values()
        self.edited.emit(self.only)

    def _say(self) -> None:
        for number in range(self.dimensions.count()):
            item = self.dimensions.item(number)
            name = str(item.data(VALUE))
            title, kept = figure(name, self._language), len(self._only.get(name, ()))
            item.setText(f"{title} ({kept})" if kept else title)
        total = sum(len(kept) for kept in self._only.values())
        self.told.setText(self.tr("%n value(s) kept", "", total) if total else self.tr("Everything is kept"))
        self.clear.setEnabled(total > 0)
