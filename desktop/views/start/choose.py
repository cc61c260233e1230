"""What is offered while no database is open: three ways to one, and those that were open lately."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.config import APP_NAME, APP_VERSION
from desktop.recent import path_of, short_name
from desktop.views.feedback import InlineMessage
from desktop.views.look import Look
from desktop.views.start.way_button import WayButton
from desktop.views.widgets.mark import Mark

MOST_RECENT = 5


class Choose(QFrame):
    """The first page of all.

    Attributes:
        sample_wanted: the sample company is to be opened.
        new_wanted: a new database is to be made.
        file_wanted: a file is to be chosen.
        recent_wanted: one of those listed (str).
    """

    sample_wanted = Signal()
    new_wanted = Signal()
    file_wanted = Signal()
    recent_wanted = Signal(object)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setFixedWidth(520)
        self.message = InlineMessage(look, self)
        self.sample = WayButton(
            look,
            "domain",
            self.tr("Open the sample company"),
            self.tr("60 invented inspectors and 200 requests, to try everything out. Nothing in it is real."),
            self,
        )
        self.new = WayButton(
            look,
            "database-plus-outline",
            self.tr("New database…"),
            self.tr("Start with your own people and bookings: enter them, or import them from workbooks."),
            self,
        )
        self.file = WayButton(
            look,
            "folder-open-outline",
            self.tr("Open a database…"),
            self.tr("A file that this program made, on this computer."),
            self,
        )
        self.sample.clicked.connect(self.sample_wanted)
        self.new.clicked.connect(self.new_wanted)
        self.file.clicked.connect(self.file_wanted)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        self._recent_head = QLabel(self.tr("Open lately"), self)
        self._recent_head.setProperty("role", "strong")
        self._lay_out(look)
        self.show_recent(())

    def show_recent(self, databases: Sequence[str]) -> None:
        """List databases that were open lately."""
        while (item := self._recent.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._recent_head.setVisible(bool(databases))
        for database in databases[:MOST_RECENT]:
            self._recent.addWidget(self._row(database))

    def _row(self, database: str) -> QWidget:
        row = QWidget(self)
        button = QPushButton(short_name(database), row)
        button.setProperty("role", "link")
        button.clicked.connect(partial(self.recent_wanted.emit, database))
        path = path_of(database)
        place = QLabel(str(path.parent) if path else "", row)
        place.setProperty("role", "faint")
        place.setToolTip(database if path is None else str(path))
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(button)
        layout.addWidget(place, 1)
        return row

    def _lay_out(self, look: Look) -> None:
        name, version = QLabel(APP_NAME, self), QLabel(APP_VERSION, self)
        name.setProperty("role", "headline")
        version.setProperty("role", "faint")
        words = QLabel(self.tr("Plans the man-days of an inspection firm."), self)
        words.setProperty("role", "muted")
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Mark(look, 28, self))
        head.addWidget(name)
        head.addWidget(version, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 22, 24, 22)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(words)
        layout.addSpacing(8)
        layout.addWidget(self.message)
        for way in (self.sample, self.new, self.file):
            layout.addWidget(way)
        layout.addSpacing(6)
        layout.addWidget(self._recent_head)
        layout.addLayout(self._recent)
