"""The row over the list: its tabs with counts, filters, search, import, and the way to a new request."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from desktop.services.requests.filter import TABS, Tab
from desktop.services.requests.rows import Status
from desktop.views.actions import Actions
from desktop.views.look import Look
from desktop.views.requests.filter_words import tab_title
from desktop.views.widgets.page_bar import HEIGHT, SearchLine

TYPING_MS = 30  # a hundred thousand requests are searched
NARROW = 1300


class RequestToolbar(QFrame):
    """Tabs and tools.

    Attributes:
        tab_wanted: the name of a tab.
    """

    tab_wanted = Signal(object)

    def __init__(self, look: Look, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.setFixedHeight(HEIGHT)
        self._look = look
        self._counts: Mapping[Status, int] = {}
        self._title = QLabel(self.tr("Requests"), self)
        self._title.setProperty("role", "title")
        self.tabs: dict[Tab, QPushButton] = {}
        self._group = QButtonGroup(self)
        for tab in TABS:
            button = QPushButton(tab_title(tab), self)
            button.setProperty("role", "tab")
            button.setCheckable(True)
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
            button.clicked.connect(partial(self.tab_wanted.emit, tab))
            self._group.addButton(button)
            self.tabs[tab] = button
        self.filters = QPushButton(self)
        self.search = SearchLine(look, self.tr("Search all requests"), self, wait_ms=TYPING_MS)
        self.search.setFixedHeight(28)
        self.import_button = self._tool(actions, "requests.import", self.tr("Import"))
        self.new_button = self._tool(actions, "requests.new", self.tr("New request"))
        self.new_button.setProperty("role", "primary")
        self._lay_out()
        look.changed.connect(self._paint)
        self._paint()

    def _tool(self, actions: Actions, action_id: str, text: str) -> QPushButton:
        action = actions.action(action_id)
        button = QPushButton(text, self)
        button.setToolTip(action.toolTip())
        button.setAccessibleName(action.text())
        button.clicked.connect(action.trigger)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(self._title)
        row.addSpacing(4)
        tabs = QHBoxLayout()
        tabs.setSpacing(0)
        for button in self.tabs.values():
            tabs.addWidget(button)
        row.addLayout(tabs)
        row.addStretch(1)
        row.addWidget(self.filters)
        row.addWidget(self.search)
        row.addWidget(self.import_button)
        row.addWidget(self.new_button)

    def show_tab(self, tab: Tab) -> None:
        """Show which tab is looked at."""
        self.tabs[tab].setChecked(True)

    def show_counts(self, counts: Mapping[Status, int]) -> None:
        """Say how many requests stand on each tab."""
        self._counts = counts
        for tab, button in self.tabs.items():
            number = sum(counts.get(status, 0) for status in TABS[tab])
            button.setText(f"{tab_title(tab)} {number:,}" if tab != "all" else tab_title(tab))

    def show_filter_name(self, name: str) -> None:
        """Say which filter is in force."""
        self.filters.setText(name or self.tr("Filters"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Less room: a shorter field, and the import as its icon."""
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        self._title.setVisible(not narrow)
        self.search.setFixedWidth(150 if narrow else 200 if self.width() < 1600 else 300)
        self.import_button.setText("" if narrow else self.tr("Import"))
        self.new_button.setText(self.tr("New") if narrow else self.tr("New request"))

    def changeEvent(self, event: QEvent) -> None:
        """Words in the language in force."""
        if event.type() == QEvent.Type.LanguageChange:
            self._title.setText(self.tr("Requests"))
            self.show_counts(self._counts)
        super().changeEvent(event)

    def _paint(self) -> None:
        self.filters.setIcon(self._look.icon("filter-variant"))
        self.import_button.setIcon(self._look.icon("tray-arrow-down"))
        self.new_button.setIcon(self._look.icon("plus", "on_accent"))
        for button in (self.filters, self.import_button, self.new_button):
            button.setIconSize(QSize(16, 16))
