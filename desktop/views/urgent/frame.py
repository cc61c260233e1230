"""Where the parts of the page stand: side by side, or on a small screen the map behind a tab."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

NARROW = 1300
HEIGHT = 46
SIZES = (324, 716, 496)


class UrgentFrame(QWidget):
    """A bar over form, candidates and map.

    Attributes:
        when: says the time.
        tabs: candidates and map, shown where there is no room for both.
    """

    def __init__(self, form: QWidget, candidates: QWidget, neighbourhood: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._candidates, self._map = candidates, neighbourhood
        self.when = QLabel(self)
        self.when.setProperty("role", "muted")
        self.tabs = (QPushButton(self.tr("Candidates"), self), QPushButton(self.tr("Map"), self))
        group = QButtonGroup(self)
        for tab in self.tabs:
            tab.setProperty("role", "tab")
            tab.setCheckable(True)
            tab.clicked.connect(self._arrange)
            group.addButton(tab)
        self.tabs[0].setChecked(True)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        for widget in (form, candidates, neighbourhood):
            self._splitter.addWidget(widget)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        for place, share in enumerate((1, 6, 8)):
            self._splitter.setStretchFactor(place, share)
        self._splitter.setSizes(list(SIZES))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar())
        column.addWidget(self._splitter, 1)

    @property
    def widths(self) -> list[int]:
        """Of the parts, in pixels."""
        return self._splitter.sizes()

    def set_widths(self, widths: object) -> None:
        """The same again; anything else is passed over."""
        if isinstance(widths, list) and len(widths) == len(SIZES) and all(isinstance(width, int) for width in widths):
            self._splitter.setSizes(widths)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        narrow = self.width() < NARROW
        for tab in self.tabs:
            tab.setVisible(narrow)
        self._candidates.setVisible(not narrow or self.tabs[0].isChecked())
        self._map.setVisible(not narrow or self.tabs[1].isChecked())

    def _bar(self) -> QFrame:
        bar = QFrame(self)
        bar.setProperty("role", "bar")
        bar.setFixedHeight(HEIGHT)
        title, sub = (
            QLabel(self.tr("Urgent booking"), bar),
            QLabel(self.tr("The plan stays as it is until you book."), bar),
        )
        title.setProperty("role", "title")
        sub.setProperty("role", "muted")
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(title)
        row.addWidget(sub)
        row.addStretch(1)
        for tab in self.tabs:
            row.addWidget(tab)
        row.addWidget(self.when)
        return bar
