"""The card of a mark: what it is of, and every figure of its row."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.views.bar_painting import RIGHT, Ink, painting, shade, write
from desktop.views.charts.drawing import Told
from desktop.views.look import Look

BOLD = QFont.Weight.DemiBold
PAD, LINE, HEAD = 12.0, 18.0, 24.0
LEAST, MOST = 180.0, 380.0
AWAY = 14
MOST_LINES = 14
NARROWEST_LABEL = 60.0


class FigureCard(QWidget):
    """Shows what a mark says, near it, over everything else. Takes no mouse events."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.ToolTip)
        self._look = look
        self.told: Told | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAccessibleName(self.tr("What this figure is"))
        self.hide()

    def say(self, told: Told, mark: QRect, screen: QRect) -> None:
        """Say this by a mark, both in global coordinates: below and right of it where there is room."""
        self.told = told
        self.setAccessibleDescription(told.text)
        size = self._wanted(told)
        x, y = mark.right() + AWAY, mark.bottom() + AWAY
        if x + size.width() > screen.right():
            x = mark.left() - AWAY - size.width()
        if y + size.height() > screen.bottom():
            y = mark.top() - AWAY - size.height()
        corner = QPoint(max(screen.left(), x), max(screen.top(), y))
        self.setGeometry(QRect(corner, size))
        self.update()
        self.show()

    def _lines(self, told: Told) -> tuple[tuple[str, str], ...]:
        if len(told.lines) <= MOST_LINES:
            return told.lines
        return (*told.lines[: MOST_LINES - 1], (f"+ {len(told.lines) - MOST_LINES + 1}", ""))

    def _wanted(self, told: Told) -> QSize:
        body, bold = Ink("", 12), Ink("", 12, BOLD)
        widths = [Ink("", 13, BOLD).width_of(told.title)]
        widths += [body.width_of(label) + 18 + bold.width_of(figure) for label, figure in self._lines(told)]
        width = min(MOST, max(LEAST, max(widths) + 2 * PAD + 4))
        return QSize(round(width), round(PAD + HEAD + len(self._lines(told)) * LINE + PAD))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The card in its frame."""
        del event
        if self.told is None:
            return
        with painting(self) as painter:
            self._paint(painter, self.told)

    def _paint(self, painter: QPainter, told: Told) -> None:
        theme = self._look.theme
        painter.setPen(QPen(shade(theme.ruler), 1.5))
        painter.setBrush(shade(theme.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        wide, y = self.width() - 2 * PAD, PAD - 4
        write(painter, QRectF(PAD, y, wide, HEAD), told.title, Ink(theme.text, 13, BOLD))
        y += HEAD
        painter.fillRect(QRectF(PAD, y, wide, 1), shade(theme.line))
        y += 4
        for label, figure in self._lines(told):
            ink = Ink(theme.text, 12, BOLD, RIGHT)
            taken = min(ink.width_of(figure) + 2, wide - NARROWEST_LABEL)
            write(painter, QRectF(PAD, y, wide - taken - 10, LINE), label, Ink(theme.muted, 12))
            write(painter, QRectF(PAD + wide - taken, y, taken, LINE), figure, ink)
            y += LINE
