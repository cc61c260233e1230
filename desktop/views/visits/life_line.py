"""A visit's life on one line: who did what and when, from the booking on."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QScrollArea, QToolTip, QWidget

from desktop.itemmodels.list_table import plain_tip
from desktop.itemmodels.slot_words import moment
from desktop.services.inspection.rows import LifeEvent
from desktop.views.bar_painting import Ink, painting, shade, write
from desktop.views.look import Look

HEIGHT = 62
STEP = 148.0
MARGIN = 14.0
DOT = 4.0
TOKENS = {"aborted": "bad", "declined": "bad", "cancelled": "bad", "result": "accent", "released": "ok"}


class LifeCanvas(QWidget):
    """The line itself, as wide as its events."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._now = dt.datetime.fromtimestamp(0, dt.UTC)
        self._zone: dt.tzinfo | None = None
        self.events: tuple[LifeEvent, ...] = ()
        look.changed.connect(self.update)

    def show_events(self, events: tuple[LifeEvent, ...], zone: dt.tzinfo | None, now: dt.datetime) -> None:
        """Show these, told by the clocks of a zone."""
        self.events, self._zone, self._now = events, zone, now
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        """A step for each event."""
        return QSize(int(2 * MARGIN + STEP * max(1, len(self.events))), HEIGHT - 2)

    def text_at(self, place: QPoint) -> str:
        """All that is known of the event under a place; "" where there is none."""
        number = int((place.x() - MARGIN) // STEP)
        if not 0 <= number < len(self.events):
            return ""
        event = self.events[number]
        parts = (moment(event.at, self._zone, self._now), event.who, event.text)
        return "\n".join(part for part in parts if part)

    def told(self) -> str:
        """The whole line in words."""
        return "; ".join(
            " ".join(part for part in (moment(event.at, self._zone, self._now), event.who, event.text) if part)
            for event in self.events
        )

    def event(self, event: QEvent) -> bool:
        """Tell what is under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), plain_tip(self.text_at(event.pos())), self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Dots on a line, each with its time, its words and its person."""
        theme = self._look.theme
        with painting(self) as painter:
            painter.fillRect(self.rect(), shade(theme.raised))
            if len(self.events) > 1:
                painter.setPen(QPen(shade(theme.line_strong), 1))
                painter.drawLine(QPointF(MARGIN + DOT, 12), QPointF(MARGIN + STEP * (len(self.events) - 1) + DOT, 12))
            for number, event in enumerate(self.events):
                self._paint_event(painter, MARGIN + STEP * number, event)

    def _paint_event(self, painter: QPainter, left: float, event: LifeEvent) -> None:
        theme = self._look.theme
        token = str(getattr(theme, TOKENS.get(event.kind, "muted")))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade(theme.raised))
        painter.drawEllipse(QPointF(left + DOT, 12), DOT + 3, DOT + 3)
        painter.setBrush(shade(token))
        painter.drawEllipse(QPointF(left + DOT, 12), DOT, DOT)
        width = STEP - 12
        time = Ink(theme.faint, 10)
        said = moment(event.at, self._zone, self._now)
        place = QRectF(left + 16, 4, min(width - 16, time.width_of(said) + 1), 16)
        painter.fillRect(place.adjusted(-2, 0, 4, 0), shade(theme.raised))
        write(painter, place, said, time)
        write(painter, QRectF(left, 21, width, 17), event.text, Ink(theme.text, 11))
        write(painter, QRectF(left, 38, width, 16), event.who, Ink(theme.muted, 10))


class LifeLine(QScrollArea):
    """The line, at its newest end; wheel and arrows move along it."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.canvas = LifeCanvas(look, self)
        self.setWidget(self.canvas)
        self.setFixedHeight(HEIGHT)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(self.tr("What happened to the visit"))

    def show_events(self, events: tuple[LifeEvent, ...], zone: dt.tzinfo | None, now: dt.datetime) -> None:
        """Show a life."""
        self.canvas.show_events(events, zone, now)
        self.setAccessibleDescription(self.canvas.told())
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().maximum())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel moves along the line."""
        turned = event.angleDelta().y() or event.angleDelta().x()
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - turned)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home and End move along it."""
        bar = self.horizontalScrollBar()
        steps = {Qt.Key.Key_Left: -int(STEP), Qt.Key.Key_Right: int(STEP), Qt.Key.Key_Home: -(10**6)}
        if event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        elif Qt.Key(event.key()) in steps:
            bar.setValue(bar.value() + steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
