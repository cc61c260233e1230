"""The right side: the map of the neighbourhood with its head and its legend."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.views.bar_painting import Ink, painting, shade, write
from desktop.views.look import Look
from desktop.views.maps.atlas import Atlas
from desktop.views.urgent.neighbourhood import Neighbourhood, Scene, colour_of
from desktop.views.widgets.elided_label import ElidedLabel
from desktop.views.words import day

LEGEND = QSize(212, 84)
AWAY = 12


class Legend(QWidget):
    """What the lines on the map mean."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._title = ""
        self._rank = 1
        self.setFixedSize(LEGEND)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        look.changed.connect(self.update)

    def show_title(self, title: str, rank: int) -> None:
        """Name the chosen way."""
        self._title, self._rank = title, rank
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A box with three lines."""
        theme = self._look.theme
        with painting(self) as painter:
            painter.setPen(QPen(shade(theme.line), 1))
            painter.setBrush(shade(theme.surface))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            room = QRectF(10, 6, self.width() - 20, 17)
            write(painter, room, self._title, Ink(theme.text, 11, QFont.Weight.DemiBold))
            chosen = QPen(shade(colour_of(theme, self._rank)), 4)
            others = QPen(shade(theme.services["LOADING"].cap), 1.8)
            others.setDashPattern([3, 2.5])
            moves = QPen(shade(theme.ruler), 2)
            moves.setDashPattern([0.6, 2.2])
            moves.setCapStyle(Qt.PenCapStyle.RoundCap)
            words = (self.tr("chosen candidate"), self.tr("other candidates"), self.tr("work that moves"))
            for number, (pen, text) in enumerate(zip((chosen, others, moves), words, strict=True)):
                y = 34.0 + 17 * number
                painter.setPen(pen)
                painter.drawLine(QLineF(QPointF(12, y), QPointF(40, y)))
                write(painter, QRectF(50, y - 8, self.width() - 60, 16), text, Ink(theme.text, 11))


class MapPane(QWidget):
    """Head, map, legend.

    Attributes:
        map: itself.
        rank_chosen: a candidate was chosen on the map, by rank (int).
    """

    rank_chosen = Signal(int)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.map = Neighbourhood(look, self)
        self._legend = Legend(look, self.map)
        self._legend.hide()
        self._title, self._when = QLabel(self), ElidedLabel(self)
        self._title.setProperty("role", "name")
        self._when.setProperty("role", "muted")
        self._when.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.bar = QFrame(self)
        self.bar.setProperty("role", "strip")
        self.bar.setFixedHeight(32)
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(12, 0, 12, 0)
        row.addWidget(self._title)
        row.addWidget(self._when, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.map, 1)
        self.map.chosen_changed.connect(self._on_pin)
        self.show_scene(Scene(), None, "", None)

    def show_atlas(self, atlas: Atlas) -> None:
        """Paint land and names from now on."""
        self.map.show_atlas(atlas)

    def show_scene(self, scene: Scene, date: dt.date | None, way: str, asked_at: dt.datetime | None) -> None:
        """Show candidates; `way` is that of the chosen one, in words, and `asked_at` when the plan was looked at."""
        self.map.show_scene(scene)
        routes = self.tr("Routes") if date is None else self.tr("Routes, {day}").format(day=day(date))
        self._title.setText(routes)
        when = "" if asked_at is None else self.tr("plan of {time}").format(time=f"{asked_at:%H:%M}")
        self._when.setText(when)
        self._legend.setVisible(bool(scene.chosen))
        title = self.tr("Route of rank {rank}, {way}").format(rank=scene.chosen, way=way)
        self._legend.show_title(title, scene.chosen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The legend keeps its corner."""
        super().resizeEvent(event)
        self._place()

    def sizeHint(self) -> QSize:
        """As in the design."""
        return QSize(500, 700)

    def _place(self) -> None:
        bottom = self.height() - self.bar.height()
        self._legend.move(AWAY, bottom - LEGEND.height() - AWAY)

    def _on_pin(self, chosen: object) -> None:
        rank = self.map.rank_of(chosen)
        if rank:
            self.rank_chosen.emit(rank)
