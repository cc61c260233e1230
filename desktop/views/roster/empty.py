"""What stands where there is nobody: in the list, and in the panel."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget


class EmptyList(QWidget):
    """Says why nobody is listed, with a button for the way out."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = QLabel(self)
        self.button = QPushButton(self)
        centre = QVBoxLayout(self)
        centre.addStretch(1)
        centre.addWidget(self._text, 0, Qt.AlignmentFlag.AlignHCenter)
        centre.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        centre.addStretch(2)

    def explain(self, *, anybody: bool) -> None:
        """Say that filters keep everybody out, or that there is nobody at all."""
        if anybody:
            self._text.setText(self.tr("No people match these filters."))
            self.button.setText(self.tr("Clear filters"))
        else:
            self._text.setText(self.tr("Nobody is on the roster yet."))
            self.button.setText(self.tr("New inspector"))


class EmptyPanel(QFrame):
    """The panel while nobody is selected."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        words = QLabel(self.tr("Select somebody to see and change what is known."), self)
        words.setProperty("role", "muted")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words.setWordWrap(True)
        QVBoxLayout(self).addWidget(words)
