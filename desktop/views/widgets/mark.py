"""The program's mark: a white letter on a square of the accent."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from desktop.views.bar_painting import painting
from desktop.views.look import Look
from desktop.views.theme import LIGHT, Theme, colour, font


class Mark(QWidget):
    """The mark in a square of some pixels."""

    def __init__(self, look: Look, side: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.setFixedSize(side, side)
        look.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The letter on its square."""
        with painting(self) as painter:
            _paint(painter, self._look.theme, self.width())


def window_icon() -> QIcon:
    """The mark for title bars and task bars."""
    icon = QIcon()
    for side in (16, 24, 32, 48, 64, 128, 256):
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        with painting(pixmap) as painter:
            _paint(painter, LIGHT, side)
        icon.addPixmap(pixmap)
    return icon


def _paint(painter: QPainter, theme: Theme, side: int) -> None:
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    box = QRectF(0, 0, side, side)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(theme.accent))
    painter.drawRoundedRect(box, side * 0.22, side * 0.22)
    painter.setPen(colour(theme.on_accent))
    painter.setFont(font(max(9, round(side * 0.62)), QFont.Weight.Bold))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "D")
