"""Settings: how the window looks, and what plans cost and allow where nothing else is said."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import DomainError
from desktop.jobs.db_runner import Committed
from desktop.services.changes import Outcome
from desktop.services.house_settings import HouseSetting, check_value, command_for, house_settings
from desktop.views.context import PageContext
from desktop.views.feedback import InlineMessage
from desktop.views.settings.appearance import Appearance
from desktop.views.settings.row import SettingRow

SIZE = (860, 660)
GROUPS_WIDTH = 190


class SettingsDialog(QDialog):
    """All settings in one list that can be searched. Each change is stored at once, as a step that can be undone."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._settings: tuple[HouseSetting, ...] = ()
        self.rows: dict[str, SettingRow] = {}
        self._heads: dict[str, QLabel] = {}
        self.setWindowTitle(self.tr("Settings"))
        self.resize(*SIZE)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Search settings"))
        self.search.setAccessibleName(self.tr("Search settings"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.groups = QListWidget(self)
        self.groups.setProperty("role", "sections")
        self.groups.setAccessibleName(self.tr("Groups of settings"))
        self.groups.setFixedWidth(GROUPS_WIDTH)
        self.groups.currentRowChanged.connect(self._go_to)
        self.appearance = Appearance(context.look, self)
        self.message = InlineMessage(context.look, self)
        self._nothing = QLabel(self.tr("No setting fits. Take a word of what it is about."), self)
        self._nothing.setProperty("role", "muted")
        self._nothing.hide()
        self._body = QWidget(self)
        self._body.setProperty("role", "surface")
        self._body.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._list = QVBoxLayout(self._body)
        self._list.setContentsMargins(20, 12, 20, 20)
        self._list.setSpacing(0)
        self._area = QScrollArea(self)
        self._area.setWidget(self._body)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lay_out()
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self.search.setFocus)
        context.runner.committed.connect(self._on_committed)
        self.fetch()

    def fetch(self) -> None:
        """Read the settings of the house."""
        self._context.runner.read(self, house_settings, self._on_settings, self._on_error)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setContentsMargins(12, 12, 0, 12)
        left.setSpacing(8)
        left.addWidget(self.search)
        left.addWidget(self.groups, 1)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.message)
        right.addWidget(self._area, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(left)
        layout.addLayout(right, 1)
        self._add_head(self.tr("Appearance"))
        self._list.addWidget(self.appearance)
        self._list.addWidget(self._nothing)
        self._list.addStretch(1)

    def _add_head(self, title: str) -> None:
        head = QLabel(title, self._body)
        head.setProperty("role", "panel-title")
        head.setContentsMargins(0, 14 if self._heads else 0, 0, 4)
        self._heads[title] = head
        place = max(0, self._list.count() - 1) if len(self._heads) > 1 else 0
        self._list.insertWidget(place, head)
        self.groups.addItem(title)

    def _on_settings(self, settings: tuple[HouseSetting, ...]) -> None:
        self._settings = settings
        for setting in settings:
            row = self.rows.get(setting.name)
            if row is None:
                self._add_row(setting)
            else:
                row.show_setting(setting)
        self._filter(self.search.text())

    def _add_row(self, setting: HouseSetting) -> None:
        if setting.group not in self._heads:
            self._add_head(setting.group)
        row = SettingRow(self._context.look, setting, self._body)
        row.changed.connect(self._store)
        self.rows[setting.name] = row
        self._list.insertWidget(self._list.count() - 1, row)

    def _store(self, change: tuple[str, object]) -> None:
        name, value = change
        row = self.rows[name]
        said = "" if value is None else check_value(self._settings, name, value)
        row.show_fault(said)
        if not said:
            command = command_for(self._settings, name, value)
            self._context.runner.handle(self, command, self._on_stored, partial(self._on_refused, name))

    def _on_stored(self, outcome: Outcome) -> None:
        self._context.feedback.toast(outcome.label, undo=True)

    def _on_refused(self, name: str, error: DomainError) -> None:
        self.rows[name].show_fault(error.text)

    def _on_error(self, error: DomainError) -> None:
        self.message.show_error(error)

    def _on_committed(self, committed: Committed) -> None:
        if committed.changes.touches("setting"):
            self.fetch()

    def _filter(self, text: str) -> None:
        wanted = text.strip()
        shows_appearance = not wanted or self.appearance.matches(wanted)
        self.appearance.setVisible(shows_appearance)
        seen = {self.tr("Appearance")} if shows_appearance else set[str]()
        for row in self.rows.values():
            fits = not wanted or row.setting.matches(wanted)
            row.setVisible(fits)
            if fits:
                seen.add(row.setting.group)
        for title, head in self._heads.items():
            head.setVisible(title in seen)
        self._nothing.setVisible(bool(wanted) and not seen)
        self._area.verticalScrollBar().setValue(0)

    def _go_to(self, row: int) -> None:
        title = self.groups.item(row).text() if row >= 0 else ""
        head = self._heads.get(title)
        if head is not None and head.isVisible():
            self._area.verticalScrollBar().setValue(head.y())
