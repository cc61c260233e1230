"""The layer over the board: painted anew at every move of the mouse while the board below stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLineF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.services.board import BoardBar
from desktop.views.bar_painting import CENTRE, RIGHT, Ink, paint_bar, paint_hourglass, painting, shade, write
from desktop.views.board.header import DAYS_HEIGHT, LANE_HEIGHT
from desktop.views.board.marks import Cell, Ghost, Lane, Marks, OfferMark

if TYPE_CHECKING:
    from desktop.views.board.surface import BoardSurface

DEMIBOLD = QFont.Weight.DemiBold
TINT, TARGET_TINT = 0.07, 0.14
"""How strongly window days, and the promised part of them, are tinted with the accent."""


class Overlay(QWidget):
    """Marks over a canvas. Takes no mouse events."""

    def __init__(self, canvas: BoardSurface) -> None:
        super().__init__(canvas.viewport())
        self._canvas = canvas
        self._marks = Marks()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setAccessibleName(self.tr("Marks over the board"))

    @property
    def marks(self) -> Marks:
        """What is shown."""
        return self._marks

    def show_marks(self, marks: Marks) -> None:
        """Show these from now on."""
        if marks != self._marks:
            self._marks = marks
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lanes and lines first, then what belongs to cells, the ghost on top."""
        with painting(self) as painter:
            marks, canvas = self._marks, self._canvas
            body = QRectF(canvas.body())
            painter.setClipRect(QRectF(body.left(), 0, body.width(), body.bottom()))
            if marks.lane is not None:
                self._lane(painter, marks.lane, body)
            self._times(painter, body)
            painter.setClipRect(body)
            for inspector, offers in marks.offers.items():
                for offer in offers:
                    self._offer(painter, inspector, offer)
            for request in marks.held:
                self._held(painter, request)
            self._selection(painter)
            if marks.cursor is not None and canvas.hasFocus():
                self._cursor(painter)
            if marks.ghost is not None:
                self._ghost(painter, marks.ghost)

    def _x(self, slot: float) -> float:
        return self._canvas.x_of(slot)

    def _lane(self, painter: QPainter, lane: Lane, body: QRectF) -> None:
        theme = self._canvas.theme
        left, right = self._x(lane.first_slot), self._x(lane.last_slot)
        painter.fillRect(QRectF(left, body.top(), right - left, body.height()), shade(theme.accent, TINT))
        painter.setPen(QPen(shade(theme.accent), 1.5))
        painter.drawLines([QLineF(x, DAYS_HEIGHT, x, body.bottom()) for x in (left, right)])
        box = QRectF(left, DAYS_HEIGHT + 1, right - left, LANE_HEIGHT - 3)
        painter.setBrush(shade(theme.accent_background))
        painter.drawRoundedRect(box, 3, 3)
        begin = max(left, body.left())
        if lane.target_first is not None and lane.target_last is not None and self._x(lane.target_first) <= begin + 60:
            begin = max(begin, self._x(lane.target_last))
        bold = Ink(theme.accent, 11, DEMIBOLD)
        write(painter, QRectF(begin + 6, box.top(), right - begin - 10, box.height()), lane.label, bold)
        if lane.target_first is not None and lane.target_last is not None:
            self._target(painter, lane, body, begin + bold.width_of(lane.label) + 12)

    def _target(self, painter: QPainter, lane: Lane, body: QRectF, free_from: float) -> None:
        """The promised part of a window, with dotted edges."""
        theme = self._canvas.theme
        left, right = self._x(lane.target_first or 0), self._x(lane.target_last or 0)
        painter.fillRect(QRectF(left, body.top(), right - left, body.height()), shade(theme.accent, TARGET_TINT))
        painter.setPen(QPen(shade(theme.accent), 1.2, Qt.PenStyle.DotLine))
        painter.drawLines([QLineF(x, body.top(), x, body.bottom()) for x in (left, right)])
        box = QRectF(left, DAYS_HEIGHT + 1, right - left, LANE_HEIGHT - 3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade(theme.accent))
        painter.drawRoundedRect(box, 3, 3)
        begin = max(left, body.left(), free_from if left < free_from < right - 40 else left)
        room = QRectF(begin + 4, box.top(), right - begin - 8, box.height())
        write(painter, room, lane.target_label, Ink(theme.on_accent, 11, DEMIBOLD, CENTRE))

    def _times(self, painter: QPainter, body: QRectF) -> None:
        """The line up to which people have been told, and that of now."""
        theme, marks = self._canvas.theme, self._marks
        published, now, frozen = marks.published_slot, marks.now_slot, marks.frozen_slot
        if frozen is not None:
            x = self._x(frozen)
            painter.setPen(QPen(shade(theme.ruler), 1.5, Qt.PenStyle.DashLine))
            painter.drawLine(QLineF(x, DAYS_HEIGHT, x, body.bottom()))
            self._tag(painter, x, QCoreApplication.translate("board", "Frozen"), theme.sunken, theme.muted)
        if published is not None:
            x = self._x(published)
            painter.fillRect(QRectF(x - 1, DAYS_HEIGHT, 2, body.bottom() - DAYS_HEIGHT), shade(theme.ruler))
            self._tag(painter, x, QCoreApplication.translate("board", "Published"), theme.ruler, theme.surface)
        if now is not None:
            x = self._x(now)
            painter.fillRect(QRectF(x - 0.75, DAYS_HEIGHT, 1.5, body.bottom() - DAYS_HEIGHT), shade(theme.bad))
            self._tag(painter, x, marks.now_text, theme.bad, theme.on_cap)

    def _tag(self, painter: QPainter, x: float, text: str, ground: str, token: str) -> None:
        ink = Ink(token, 10, DEMIBOLD, CENTRE)
        width = ink.width_of(text) + 10
        box = QRectF(max(self._canvas.body().left() + 1.0, x - width), DAYS_HEIGHT - 16, width, 15)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade(ground))
        painter.drawRoundedRect(box, 3, 3)
        write(painter, box, text, ink)

    def _offer(self, painter: QPainter, inspector: str, offer: OfferMark) -> None:
        box = self._canvas.box_of(inspector, offer.first_slot, offer.last_slot)
        if box is None:
            return
        theme = self._canvas.theme
        token = theme.warn if offer.is_late else theme.accent
        inner = box.adjusted(3, 3, -3, -4)
        pen = QPen(shade(token), 1)
        pen.setDashPattern([2, 2])
        painter.setPen(pen)
        painter.setBrush(shade(theme.surface, 0.85))
        painter.drawRoundedRect(inner, 3, 3)
        write(painter, inner.adjusted(2, 0, -2, 0), offer.text, Ink(token, 11, DEMIBOLD, CENTRE))

    def _held(self, painter: QPainter, request: str) -> None:
        """An hourglass in the corner of a bar whose place is kept for a client."""
        theme = self._canvas.theme
        for inspector, bar in self._canvas.bars_of(request):
            box = self._canvas.bar_rect(inspector, bar)
            if box is not None:
                tag = QRectF(box.right() - 17, box.top() + 2, 14, 14)  # over the padlock: what is held is pinned
                painter.setPen(QPen(shade(theme.warn), 1))
                painter.setBrush(shade(theme.warn_background))
                painter.drawRoundedRect(tag, 3, 3)
                paint_hourglass(painter, theme.warn, tag.center())

    def _selection(self, painter: QPainter) -> None:
        selected = self._marks.selected
        if selected is None:
            return
        painter.setPen(QPen(shade(self._canvas.theme.accent), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for inspector, bar in self._canvas.bars_of(selected):
            box = self._canvas.bar_rect(inspector, bar)
            if box is not None:
                painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)

    def _cursor(self, painter: QPainter) -> None:
        cursor = self._marks.cursor
        assert cursor is not None
        box = self._canvas.box_of(cursor.inspector, cursor.slot, cursor.slot)
        if box is None or self._is_on_selected(cursor):
            return
        painter.setPen(QPen(shade(self._canvas.theme.accent), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(1, 1, -1, -2))

    def _is_on_selected(self, cursor: Cell) -> bool:
        """Whether the cursor stands on the selected bar, which has a frame already."""
        selected = self._marks.selected
        return selected is not None and any(
            inspector == cursor.inspector and bar.first_slot <= cursor.slot <= bar.last_slot
            for inspector, bar in self._canvas.bars_of(selected)
        )

    def _ghost(self, painter: QPainter, ghost: Ghost) -> None:
        """The bar where it would be, in a dashed frame of the verdict's colour."""
        theme = self._canvas.theme
        token = {"ok": theme.accent, "warn": theme.warn, "bad": theme.bad}[ghost.state]
        bar = BoardBar(ghost.request, ghost.service, ghost.factory, ghost.first_slot, ghost.last_slot, published=True)
        for inspector in ghost.inspectors:
            box = self._canvas.box_of(inspector, ghost.first_slot, ghost.last_slot)
            if box is None:
                continue
            box = box.adjusted(2, 2, -2, -3)
            painter.fillRect(box, shade(theme.surface))
            painter.setOpacity(0.85)
            paint_bar(painter, theme, box, bar)
            painter.setOpacity(1)
            pen = QPen(shade(token), 2)
            pen.setDashPattern([2.5, 1.5])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
            if ghost.price and box.width() > 70:
                ink = Ink(token, 11, DEMIBOLD, RIGHT)
                width = ink.width_of(ghost.price) + 6
                tag = QRectF(box.right() - width - 3, box.top() + 2, width, 13)
                painter.fillRect(tag, shade(theme.service(ghost.service).tint))
                write(painter, tag, ghost.price, ink)
