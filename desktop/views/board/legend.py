"""What the signs of the board mean, in one line."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.views.bar_painting import Ink, paint_cap, paint_lock, paint_night, painting, write
from desktop.views.look import Look
from desktop.views.theme import SERVICE_NAMES

GAP, SIDE = 14.0, 14.0


class Legend(QWidget):
    """The letters of services and the signs, as many as there is room for, at the right."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Signs of the board"))
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """What it would like to have; it does with less."""
        return QSize(560, 20)

    def minimumSizeHint(self) -> QSize:
        """Nothing is shown where there is no room."""
        return QSize(0, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Sign and word, one after the other."""
        theme = self._look.theme
        ink = Ink(theme.faint, 11)
        entries = [*SERVICE_NAMES.items(), *self._signs()]
        while entries and sum(SIDE + 5 + ink.width_of(word) + GAP for _, word in entries) > self.width():
            entries.pop()
        with painting(self) as painter:
            x = self.width() - sum(SIDE + 5 + ink.width_of(word) + GAP for _, word in entries)
            middle = self.height() / 2
            for sign, word in entries:
                if sign == "night":
                    paint_night(painter, theme, QPointF(x + 7, middle))
                elif sign == "lock":
                    paint_lock(painter, theme, QPointF(x + 4, middle - 5))
                elif sign in SERVICE_NAMES:
                    paint_cap(painter, theme, QRectF(x, middle - SIDE / 2, SIDE, SIDE), sign)
                width = ink.width_of(word) + 1
                write(painter, QRectF(x + SIDE + 5, 0, width, self.height()), word, ink)
                x += SIDE + 5 + width - 1 + GAP

    @staticmethod
    def _signs() -> tuple[tuple[str, str], ...]:
        return (
            ("lock", QCoreApplication.translate("board", "pinned")),
            ("night", QCoreApplication.translate("board", "night")),
            ("", QCoreApplication.translate("board", "dashed = proposed")),
        )
