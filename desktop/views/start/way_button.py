"""A way to go on: a big button with a picture, a name and a sentence."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.views.look import Look

HEIGHT = 72


class WayButton(QPushButton):
    """One of few choices, said in full."""

    def __init__(self, look: Look, icon: str, title: str, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._icon_name = icon
        self.setProperty("role", "way")
        self.setMinimumHeight(HEIGHT)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self._picture = QLabel(self)
        self._picture.setFixedWidth(28)
        name, words = QLabel(title, self), QLabel(text, self)
        name.setProperty("role", "name")
        words.setProperty("role", "muted")
        words.setWordWrap(True)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addStretch(1)
        column.addWidget(name)
        column.addWidget(words)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 14, 10)
        row.setSpacing(12)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(column, 1)
        for label in (self._picture, name, words):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        look.changed.connect(self._paint_picture)
        self._paint_picture()

    def _paint_picture(self) -> None:
        self._picture.setPixmap(self._look.icon(self._icon_name, "accent").pixmap(24, 24))
