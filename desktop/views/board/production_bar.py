"""Small pictures of a request: the letter of its service, and how much of its order is made when."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.services.board import WeekBoard
from desktop.services.verdicts import RequestCard
from desktop.views.bar_painting import RIGHT, Ink, paint_cap, painting, shade, write
from desktop.views.look import Look
from desktop.views.theme import SERVICE_NAMES

DEMIBOLD = QFont.Weight.DemiBold


class ServiceCap(QWidget):
    """The letter of a service on its colour."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._service = ""
        self.setFixedSize(20, 20)
        look.changed.connect(self.update)

    def show_service(self, service: str) -> None:
        """Show another."""
        self._service = service
        self.setAccessibleName(SERVICE_NAMES.get(service, service))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cap."""
        with painting(self) as painter:
            paint_cap(painter, self._look.theme, QRectF(self.rect()), self._service)


class ProductionBar(QWidget):
    """How much of an order is made: now, at the visit, and when it may be visited."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._board: WeekBoard | None = None
        self._card: RequestCard | None = None
        self.setFixedHeight(52)
        self.setAccessibleName(self.tr("Production of the order"))
        look.changed.connect(self.update)

    def show_card(self, board: WeekBoard, card: RequestCard) -> None:
        """Show a request's order; hidden where nothing is known of it."""
        self._board, self._card = board, card
        self.setVisible(bool(card.made))
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(200, 52)

    def _percent(self, date: dt.date | None, otherwise: float) -> float:
        assert self._card is not None
        assert self._board is not None
        if date is None:
            return otherwise
        made = self._card.made
        return made[min(max((date - self._board.first_day).days, 0), len(made) - 1)]

    def paintEvent(self, event: QPaintEvent) -> None:
        """A track of a hundred percent with what is made, the window's frame and the visit's tick."""
        card, board, theme = self._card, self._board, self._look.theme
        if card is None or board is None or not card.made:
            return
        with painting(self) as painter:
            width = self.width()
            write(painter, QRectF(0, 0, width, 14), self.tr("Production"), Ink(theme.muted, 11))
            quantity = "" if card.quantity is None else self.tr("{count} pcs").format(count=f"{card.quantity:,}")
            write(painter, QRectF(0, 0, width, 14), quantity, Ink(theme.muted, 11, where=RIGHT))
            track = QRectF(0, 18, width, 12)
            painter.fillRect(track, shade(theme.sunken))
            now = card.made[0]
            painter.fillRect(QRectF(0, 18, width * now / 100, 12), shade(theme.service(card.service).cap))
            first = self._percent(card.earliest, 0.0)
            last = self._percent(card.latest, 100.0)
            painter.setPen(QPen(shade(theme.accent), 1.5))
            painter.setBrush(shade(theme.accent, 0.1))
            painter.drawRect(QRectF(width * first / 100, 15.5, max(3.0, width * (last - first) / 100), 17))
            text = self.tr("{percent} % at the first morning").format(percent=f"{now:.0f}")
            if card.place is not None:
                at = self._percent(board.date(card.place.first_slot // 2), now)
                painter.fillRect(QRectF(width * at / 100 - 1, 14, 2, 20), shade(theme.text))
                text = self.tr("{percent} % made at the visit").format(percent=f"{at:.0f}")
            write(painter, QRectF(0, 37, width, 14), text, Ink(theme.text, 11, DEMIBOLD))
