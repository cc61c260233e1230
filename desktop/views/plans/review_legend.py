"""What the three kinds of bars of a review mean."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.views.bar_painting import Ink, painting, write
from desktop.views.look import Look

SAMPLE, GAP = 30.0, 6.0
HEIGHT = 22


class Legend(QWidget):
    """A sample of each kind of bar with its word."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setFixedSize(self.sizeHint())
        self.setAccessibleName(", ".join(self._words()))
        look.changed.connect(self.update)

    def _words(self) -> tuple[str, str, str]:
        return self.tr("leaves"), self.tr("arrives"), self.tr("stays")

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        ink = Ink(self._look.theme.muted, 11)
        return QSize(int(sum(SAMPLE + GAP + ink.width_of(word) + 16 for word in self._words())), HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dashed and struck, framed, pale."""
        del event
        theme = self._look.theme
        look = theme.service("DUPRO")
        with painting(self) as painter:
            ink, x = Ink(theme.muted, 11), 0.0
            styles = (
                (theme.line_strong, 1, theme.surface, Qt.PenStyle.DashLine, 1.0),
                (theme.accent, 2, look.tint, Qt.PenStyle.SolidLine, 1.0),
                (look.edge, 1, look.tint, Qt.PenStyle.SolidLine, 0.5),
            )
            for word, (edge, width, fill, style, strength) in zip(self._words(), styles, strict=True):
                box = QRectF(x + 1, 4, SAMPLE - 2, HEIGHT - 8)
                painter.setOpacity(strength)
                painter.setPen(QPen(QColor(edge), width, style))
                painter.setBrush(QColor(fill))
                painter.drawRoundedRect(box, 3, 3)
                if style == Qt.PenStyle.DashLine:
                    painter.setPen(QPen(QColor(theme.muted), 1))
                    painter.drawLine(QLineF(box.left() + 5, box.center().y(), box.right() - 5, box.center().y()))
                painter.setOpacity(1.0)
                x += SAMPLE + GAP
                write(painter, QRectF(x, 0, 200, HEIGHT), word, ink)
                x += ink.width_of(word) + 16
