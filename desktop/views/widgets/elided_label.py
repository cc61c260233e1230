"""A line of text that gives way: what does not fit ends in dots, and is told whole by the tooltip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.views.bar_painting import painting


class ElidedLabel(QLabel):
    """A label of one line that never asks for room."""

    def __init__(self, parent: QWidget, where: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> None:
        super().__init__(parent)
        self._where = where
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """As high as its line, and no wider than it must be."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The text, with dots for what does not fit."""
        with painting(self) as painter:
            box = self.contentsRect()
            shown = self.fontMetrics().elidedText(self.text(), self._where, box.width())
            self.setToolTip(self.text() if shown != self.text() else "")
            self.style().drawItemText(
                painter,
                box,
                int(self.alignment().value),
                self.palette(),
                self.isEnabled(),
                shown,
                self.foregroundRole(),
            )
