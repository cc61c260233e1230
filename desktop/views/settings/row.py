"""One setting in the list: name, what it means, its field, the way back to the default, and what is wrong."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.services.house_settings import HouseSetting
from desktop.views.look import Look
from desktop.views.settings.fields import ModesField, make_field
from desktop.views.settings.values import shown


class SettingRow(QFrame):
    """One setting of the house.

    Attributes:
        changed: (name, value): the user has entered a value; None: the default.
    """

    changed = Signal(object)

    def __init__(self, look: Look, setting: HouseSetting, parent: QWidget) -> None:
        super().__init__(parent)
        self.setting = setting
        self._look = look
        title = QLabel(setting.title, self)
        title.setProperty("role", "strong")
        words = QLabel(setting.explanation, self)
        words.setProperty("role", "muted")
        words.setWordWrap(True)
        self.field = make_field(setting, self)
        self.field.entered.connect(self._on_entered)
        self.field.refused.connect(self.show_fault)
        self.reset = QPushButton(self)
        self.reset.setProperty("role", "flat")
        self.reset.setFixedWidth(28)
        self.reset.clicked.connect(self._on_reset)
        keep = self.reset.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self.reset.setSizePolicy(keep)
        self.fault = QLabel(self)
        self.fault.setProperty("role", "error")
        self.fault.setWordWrap(True)
        self.fault.hide()
        text = QVBoxLayout()
        text.setSpacing(2)
        text.addWidget(title)
        text.addWidget(words)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 8)
        layout.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(text, 1)
        if isinstance(self.field, ModesField):
            row.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignTop)
            layout.addLayout(row)
            layout.addWidget(self.field)
        else:
            row.addWidget(self.field, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignTop)
            layout.addLayout(row)
        layout.addWidget(self.fault)
        look.changed.connect(self._paint)
        self.show_setting(setting)

    def show_setting(self, setting: HouseSetting) -> None:
        """Show the value as it is stored now."""
        self.setting = setting
        self.field.show_setting(setting)
        tip = self.tr("Back to the default: {value}").format(value=shown(setting, setting.default))
        self.reset.setToolTip(tip)
        self.reset.setAccessibleName(tip)
        self.reset.setVisible(setting.is_changed)
        self._paint()

    def show_fault(self, text: str) -> None:
        """Say what is wrong with what was entered; "" nothing."""
        self.fault.setText(text)
        self.fault.setVisible(bool(text))
        self.field.mark(bool(text))

    def _on_entered(self, value: object) -> None:
        self.changed.emit((self.setting.name, value))

    def _on_reset(self) -> None:
        self.show_fault("")
        self.changed.emit((self.setting.name, None))

    def _paint(self) -> None:
        self.reset.setIcon(self._look.icon("restore"))
