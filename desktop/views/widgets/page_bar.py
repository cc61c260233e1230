"""The row at the top of a page: its title, its tabs with counts, a search, and what else the page puts there."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.views.look import Look

HEIGHT = 46
NARROW = 1260


class SearchLine(QLineEdit):
    """A search: Esc empties it, then leaves it; arrow down and Enter go on to what was found.

    Attributes:
        searched: other words (str) are looked for.
        left: the list is to take the keys.
    """

    searched = Signal(object)
    left = Signal()

    def __init__(self, look: Look, words: str, parent: QWidget, *, wait_ms: int = 0) -> None:
        """`wait_ms`: how long the fingers rest before what they typed is looked for; 0: each letter is."""
        super().__init__(parent)
        self._look = look
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(wait_ms)
        self._resting.timeout.connect(self._tell)
        self.setPlaceholderText(words)
        self.setAccessibleName(words)
        self.setClearButtonEnabled(True)
        self._icon = self.addAction(look.icon("magnify"), QLineEdit.ActionPosition.LeadingPosition)
        self.textChanged.connect(self._on_text)
        look.changed.connect(self._paint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of a search."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._resting.isActive():
                self._tell()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _on_text(self, _text: str) -> None:
        if self._resting.interval():
            self._resting.start()
        else:
            self._tell()

    def _tell(self) -> None:
        self._resting.stop()
        self.searched.emit(self.text())

    def _paint(self) -> None:
        self._icon.setIcon(self._look.icon("magnify"))


class PageBar(QFrame):
    """Title, tabs, search, tools. Without words for the search there is none.

    Attributes:
        tab_wanted: the name (str) of a tab.
        search: where one types what to look for.
    """

    tab_wanted = Signal(object)

    def __init__(self, look: Look, title: str, tabs: Mapping[str, str], words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.setFixedHeight(HEIGHT)
        self._look = look
        self._titles = dict(tabs)
        self._title = QLabel(title, self)
        self._title.setProperty("role", "title")
        self.search = SearchLine(look, words, self)
        self.search.setVisible(bool(words))
        self._group = QButtonGroup(self)
        self.tabs: dict[str, QPushButton] = {}
        self._tools = QHBoxLayout()
        self._tools.setSpacing(8)
        self._icons: list[tuple[QPushButton, str]] = []
        for name, said in tabs.items():
            button = QPushButton(said, self)
            button.setProperty("role", "tab")
            button.setCheckable(True)
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
            button.clicked.connect(partial(self.tab_wanted.emit, name))
            self._group.addButton(button)
            self.tabs[name] = button
        self._lay_out()
        look.changed.connect(self._paint)

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
        row.addWidget(self.search)
        row.addLayout(self._tools)

    def add_tool(self, action: QAction, text: str, icon: str, *, primary: bool = False) -> QPushButton:
        """A button that does what an action does; greyed where the action cannot be done."""
        button = QPushButton(text, self)
        button.setAccessibleName(action.text().removesuffix("…"))
        button.setToolTip(action.toolTip())
        button.setProperty("role", "primary" if primary else "")
        button.setEnabled(action.isEnabled())
        button.clicked.connect(action.trigger)
        action.enabledChanged.connect(button.setEnabled)
        self._tools.addWidget(button)
        self._icons.append((button, icon))
        self._paint()
        return button

    def add_widget(self, widget: QWidget) -> None:
        """Something else beside the tools."""
        self._tools.addWidget(widget)

    def room_wanted(self) -> int:
        """How wide it has to be for everything on it that is not hidden."""
        layout = self.layout()
        if layout is None:
            return 0
        layout.invalidate()
        return layout.sizeHint().width()

    def show_tab(self, name: str) -> None:
        """Show which tab is looked at."""
        self.tabs[name].setChecked(True)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Say how much stands on each tab."""
        for name, button in self.tabs.items():
            number = counts.get(name)
            button.setText(f"{self._titles[name]} {number:,}" if number else self._titles[name])

    def turned(self, shown: str, by: int) -> str:
        """The name of the tab so many places on from the one that is shown."""
        names = list(self.tabs)
        return names[(names.index(shown) + by) % len(names)]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Less room: a shorter field, and no title, which the rail says too."""
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        self._title.setVisible(not narrow)
        self.search.setFixedWidth(250 if self.width() < 1700 else 320)

    def _paint(self) -> None:
        for button, icon in self._icons:
            button.setIcon(self._look.icon(icon, "on_accent" if button.property("role") == "primary" else "muted"))


class EmptyPlace(QWidget):
    """Says why nothing is listed, with a button for the way out."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.text = QLabel(self)
        self.text.setProperty("role", "muted")
        self.text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.text.setWordWrap(True)
        self.button = QPushButton(self)
        self.button.hide()
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(self.text)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    @classmethod
    def of_panel(cls, text: str, parent: QWidget) -> EmptyPlace:
        """What a panel says while nothing is looked at."""
        made = cls(parent)
        made.explain(text)
        return made

    def explain(self, text: str, way_out: str = "") -> None:
        """Say it."""
        self.text.setText(text)
        self.button.setText(way_out)
        self.button.setVisible(bool(way_out))
