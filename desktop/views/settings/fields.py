"""The field of one setting, by the kind of its value."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.services.house_settings import HouseSetting
from desktop.views.settings.values import MODE_FIELDS, choice_words, mode_cell, shown, typed, typed_mode, unit

NUMBER_WIDTH, WORDS_WIDTH, UNIT_WIDTH = 96, 180, 84
ROW_HEIGHT = 28


class Field(QWidget):
    """What a value is entered in.

    Attributes:
        entered: the value (JSON) that the user has entered, when the field is left.
        refused: why what was entered is no value (str).
    """

    entered = Signal(object)
    refused = Signal(object)

    def show_setting(self, setting: HouseSetting) -> None:
        """Show a value, unless the user is entering another."""
        raise NotImplementedError

    def mark(self, faulty: bool) -> None:
        """Show whether what it holds cannot be."""


class TextField(Field):
    """Numbers, money and words."""

    def __init__(self, setting: HouseSetting, parent: QWidget) -> None:
        super().__init__(parent)
        self._setting = setting
        self._shown = ""
        self.line = QLineEdit(self)
        self.line.setAccessibleName(setting.title)
        is_words = setting.kind in ("names", "text")
        self.line.setFixedWidth(WORDS_WIDTH if is_words else NUMBER_WIDTH)
        if not is_words:
            self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.line.editingFinished.connect(self._leave)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addStretch(1)
        behind = QLabel(unit(setting), self)
        behind.setProperty("role", "muted")
        behind.setBuddy(self.line)
        behind.setFixedWidth(UNIT_WIDTH)  # fields stand below one another
        row.addWidget(self.line)
        row.addWidget(behind)
        self.setFocusProxy(self.line)
        self.show_setting(setting)

    def show_setting(self, setting: HouseSetting) -> None:
        """The value, unless something else is being typed."""
        is_typing = self.line.hasFocus() and self.line.text() != self._shown
        self._setting = setting
        self._shown = shown(setting, setting.value)
        if not is_typing:
            self.line.setText(self._shown)

    def mark(self, faulty: bool) -> None:
        """A frame in the colour of faults."""
        self.line.setProperty("fault", "true" if faulty else "false")
        self.line.style().unpolish(self.line)
        self.line.style().polish(self.line)

    def _leave(self) -> None:
        text = self.line.text()
        if text == self._shown:
            self.mark(False)
            self.refused.emit("")
            return
        try:
            value = typed(self._setting, text)
        except ValueError as error:
            self.refused.emit(str(error))
            return
        self.entered.emit(value)


class SwitchField(Field):
    """On or off."""

    def __init__(self, setting: HouseSetting, parent: QWidget) -> None:
        super().__init__(parent)
        self.box = QCheckBox(self)
        self.box.setAccessibleName(setting.title)
        self.box.clicked.connect(self._on_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(self.box)
        row.addSpacing(UNIT_WIDTH + 6)
        self.setFocusProxy(self.box)
        self.show_setting(setting)

    def show_setting(self, setting: HouseSetting) -> None:
        """Ticked or not."""
        self.box.setChecked(bool(setting.value))

    def _on_clicked(self, ticked: bool) -> None:
        self.entered.emit(ticked)


class ChoiceField(Field):
    """One of several words."""

    def __init__(self, setting: HouseSetting, parent: QWidget) -> None:
        super().__init__(parent)
        self.box = QComboBox(self)
        for choice in setting.choices:
            self.box.addItem(choice_words(choice), choice)
        self.box.setAccessibleName(setting.title)
        self.box.setFixedWidth(WORDS_WIDTH)
        self.box.activated.connect(self._on_chosen)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(self.box)
        row.addSpacing(UNIT_WIDTH + 6)
        self.setFocusProxy(self.box)
        self.show_setting(setting)

    def show_setting(self, setting: HouseSetting) -> None:
        """The word that holds."""
        self.box.setCurrentIndex(self.box.findData(setting.value))

    def _on_chosen(self, index: int) -> None:
        self.entered.emit(self.box.itemData(index))


class ModesField(Field):
    """Ways to travel, one to a row."""

    def __init__(self, setting: HouseSetting, parent: QWidget) -> None:
        super().__init__(parent)
        self.table = QTableWidget(0, len(MODE_FIELDS), self)
        self.table.setAccessibleName(setting.title)
        self.table.setHorizontalHeaderLabels(
            [
                self.tr("Way"),
                self.tr("Countries"),
                self.tr("From km"),
                self.tr("To km"),
                self.tr("Minutes"),
                self.tr("km/h"),
                self.tr("$"),
                self.tr("$ per km"),
            ]
        )
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.itemChanged.connect(self._on_changed)
        self.add = QPushButton(self.tr("Add a way"), self)
        self.remove = QPushButton(self.tr("Remove"), self)
        for button, slot in ((self.add, self._add), (self.remove, self._remove)):
            button.setProperty("role", "small")
            button.clicked.connect(slot)
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addWidget(self.remove)
        foot.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.table)
        layout.addLayout(foot)
        self._is_filling = False
        self.show_setting(setting)

    def show_setting(self, setting: HouseSetting) -> None:
        """All ways."""
        self._fill([dict(mode) for mode in setting.value])

    def _fill(self, modes: list[dict[str, Any]]) -> None:
        self._is_filling = True
        self.table.setRowCount(len(modes))
        for row, mode in enumerate(modes):
            for column, field in enumerate(MODE_FIELDS):
                item = QTableWidgetItem(mode_cell(mode, field))
                if column > 1:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(row, column, item)
        self.table.setFixedHeight((max(1, len(modes)) + 1) * ROW_HEIGHT + 6)
        self._is_filling = False

    def _texts(self) -> list[dict[str, str]]:
        rows = []
        for row in range(self.table.rowCount()):
            items = [self.table.item(row, column) for column in range(len(MODE_FIELDS))]
            texts = [item.text() if item is not None else "" for item in items]
            rows.append(dict(zip(MODE_FIELDS, texts, strict=True)))
        return rows

    def _on_changed(self, _item: QTableWidgetItem) -> None:
        if not self._is_filling:
            self._offer()

    def _offer(self) -> None:
        try:
            self.entered.emit([typed_mode(texts) for texts in self._texts()])
        except ValueError as error:
            self.refused.emit(str(error))

    def _add(self) -> None:
        numbers = dict.fromkeys(MODE_FIELDS[2:], "0") | {"max_km": "", "kmh": "60"}
        modes = [typed_mode(texts) for texts in self._texts()]
        self._fill([*modes, typed_mode({"name": self.tr("new way"), "countries": ""} | numbers)])
        self._offer()

    def _remove(self) -> None:
        row = self.table.currentRow()
        if row >= 0:
            self.table.removeRow(row)
            self._offer()


def make_field(setting: HouseSetting, parent: QWidget) -> Field:
    """The field for a setting."""
    if setting.kind == "switch":
        return SwitchField(setting, parent)
    if setting.kind == "choice":
        return ChoiceField(setting, parent)
    if setting.kind == "modes":
        return ModesField(setting, parent)
    return TextField(setting, parent)
