"""What the user sees while the window finishes its work: what is waited for, and a way not to wait."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

SHOWN_AFTER_MS = 300


class ClosingSheet(QDialog):
    """Stands over the window until all has ended; shown only where that takes a moment.

    Attributes:
        hurried: nobody wants to wait any longer.
    """

    hurried = Signal()

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Closing"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._text = QLabel(text, self)
        self._text.setWordWrap(True)
        self._text.setMinimumWidth(360)
        bar = QProgressBar(self)
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(text)
        self.hurry = QPushButton(self.tr("Close without waiting"), self)
        self.hurry.clicked.connect(self.hurried)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(self._text)
        layout.addWidget(bar)
        layout.addWidget(self.hurry, 0, Qt.AlignmentFlag.AlignRight)
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(self.show)
        timer.start(SHOWN_AFTER_MS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc does not hide it: the window is closing all the same."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
