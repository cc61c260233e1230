"""The board as it is seen: people by days, painted from pictures of its lines, only those in view."""

from __future__ import annotations

import time
from collections.abc import Iterator
from math import ceil

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QScrollBar, QWidget

from desktop.services.board import BoardBar, WeekBoard
from desktop.views.bar_painting import painting, shade
from desktop.views.board.capacity import capacity_of, unassigned_by_day
from desktop.views.board.columns import USUAL, Column, column_at, width_of
from desktop.views.board.header import FOOT_HEIGHT, HEIGHT, Sorting, paint_column_heads, paint_days, paint_foot
from desktop.views.board.hit import Hit
from desktop.views.board.marks import Cell
from desktop.views.board.overlay import Overlay
from desktop.views.board.row_axis import Arrangement, Density, Line, PersonLine, RowAxis, TeamLine
from desktop.views.board.row_painting import Geometry, LinePictures, Picture, Style, bar_box, paint_rough
from desktop.views.board.time_grid import TimeGrid, fitting_width
from desktop.views.theme import Theme

END = 7
"""Pixels at the right of a bar by which its end is pulled."""

AHEAD_LINES, AHEAD_MS = 8, 15

PATIENCE = 0.003
"""Seconds that painting new lines may take in one frame while scrolling, or while others fade; the rest is shown as it
was, or rough where it never was, and whole some frames later."""


class BoardSurface(QAbstractScrollArea):
    """Shows a WeekBoard, and knows what of it lies where.

    Attributes:
        overlay: what lies over the board.
        scrolled: other lines or days are seen.
    """

    scrolled = Signal()

    def __init__(self, theme: Theme, board: WeekBoard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._board = board
        self._arrangement = Arrangement()
        self._columns: tuple[Column, ...] = USUAL
        self._sorting = Sorting()
        self._remark = ""
        self._zoom: int | None = None
        self._lit: frozenset[str] | None = None
        self._dim: frozenset[str] = frozenset()
        self._grid = TimeGrid(board.first_day, board.days, 96)
        self._axis = RowAxis(())
        self._scale: float | None = None
        self._pictures = LinePictures(self._geometry())
        self._days_head: QPixmap | None = None
        self._sums = unassigned_by_day(board)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Board: people by days"))
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setAutoFillBackground(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.overlay = Overlay(self)
        self._ahead = QTimer(self)
        self._ahead.setInterval(AHEAD_MS)
        self._ahead.timeout.connect(self._paint_ahead)
        self._ahead_left: list[int] = []
        self._in_a_hurry = False
        self._finish = QTimer(self)
        self._finish.setSingleShot(True)
        self._finish.timeout.connect(self.viewport().update)
        self._arrange()

    # -- what is shown ------------------------------------------------------------------------------------------------

    @property
    def board(self) -> WeekBoard:
        """What is shown."""
        return self._board

    @property
    def grid(self) -> TimeGrid:
        """Its days along x."""
        return self._grid

    @property
    def axis(self) -> RowAxis:
        """Its lines along y."""
        return self._axis

    @property
    def zoom(self) -> int | None:
        """The width chosen for a day; None: days fill the window."""
        return self._zoom

    @property
    def lit(self) -> frozenset[str] | None:
        """Requests that keep their strength; None: all."""
        return self._lit

    @property
    def dim(self) -> frozenset[str]:
        """People who are dimmed."""
        return self._dim

    @property
    def is_finished(self) -> bool:
        """Whether all that is seen has been painted whole."""
        return not self._in_a_hurry

    def show_board(self, board: WeekBoard) -> None:
        """Show another board, or the same after a change: the place is kept."""
        self._board = board
        self._sums = unassigned_by_day(board)
        self._arrange()

    def use_theme(self, theme: Theme) -> None:
        """Paint in another theme's colours."""
        self.theme = theme
        self._arrange()

    def arrange(self, arrangement: Arrangement, sorting: Sorting, remark: str) -> None:
        """Put people in another order; the line at the top stays where it is as long as it can."""
        if (arrangement, sorting, remark) != (self._arrangement, self._sorting, self._remark):
            self._arrangement, self._sorting, self._remark = arrangement, sorting, remark
            self._arrange()

    def use_columns(self, columns: tuple[Column, ...]) -> None:
        """Freeze these columns."""
        if columns != self._columns:
            self._columns = columns
            self._arrange()

    def use_scale(self, scale: float) -> None:
        """Paint for a picture with so many pixels to a unit, whatever the screen has."""
        self._scale = scale
        self._arrange()

    def use_density(self, density: Density) -> None:
        """Another height of rows."""
        if density != self._axis.density:
            self._axis = RowAxis(self._axis.lines, density)
            self._settle()

    def use_zoom(self, day_width: int | None) -> None:
        """Another width of days; None: days fill the window."""
        if day_width != self._zoom:
            middle = self._grid.slot_at(self._offset_x() + self.body().width() / 2)
            self._zoom = day_width
            self._settle()
            bar = self.horizontalScrollBar()
            bar.setValue(round(self._grid.x(middle) - self.body().width() / 2))

    def emphasise(self, lit: frozenset[str] | None, dim: frozenset[str]) -> None:
        """Let everything fade but some requests (None: let nothing fade), and some people."""
        if (lit, dim) != (self._lit, self._dim):
            self._lit, self._dim = lit, dim
            self._in_a_hurry = self.isVisible()
            self.viewport().update()

    # -- where things are ---------------------------------------------------------------------------------------------

    def frozen_width(self) -> int:
        """Of the columns at the left."""
        return width_of(self._columns)

    def body(self) -> QRect:
        """Where the days of people are, in the viewport."""
        view, left = self.viewport().rect(), self.frozen_width()
        return QRect(left, HEIGHT, max(0, view.width() - left), max(0, view.height() - HEIGHT - FOOT_HEIGHT))

    def x_of(self, slot: float) -> float:
        """Where a half-day begins in the viewport."""
        return float(self.frozen_width() - self._offset_x() + self._grid.x(slot))

    def box_of(self, inspector: str, first_slot: int, last_slot: int) -> QRectF | None:
        """Some half-days of a person in the viewport; None where he is not shown or scrolled away."""
        line = self._axis.index_of(inspector)
        if line is None:
            return None
        top = HEIGHT - self._offset_y() + self._axis.top(line)
        height = self._axis.height_of(line)
        if top + height < HEIGHT or top > self.body().bottom():
            return None
        left, right = self.x_of(first_slot), self.x_of(last_slot + 1)
        return QRectF(left, top, right - left, height)

    def bar_rect(self, inspector: str, bar: BoardBar) -> QRectF | None:
        """A visit's bar in the viewport; None where it is not seen."""
        line = self.box_of(inspector, 0, 0)
        if line is None:
            return None
        return bar_box(self._grid, int(line.height()), bar).translated(self.x_of(0), line.top())

    def bars_of(self, request: str) -> Iterator[tuple[str, BoardBar]]:
        """The visit of a request in the lines of its people."""
        for row in self._board.rows:
            for bar in row.bars:
                if bar.request == request:
                    yield row.inspector, bar

    def hit(self, point: QPoint) -> Hit:
        """What lies under a point of the viewport."""
        body = self.body()
        in_days = point.x() >= body.left()
        slot = self._grid.slot_at(point.x() - body.left() + self._offset_x()) if in_days else -1
        if in_days and point.x() - body.left() + self._offset_x() >= self._grid.width:
            slot = -1
        if point.y() < HEIGHT:
            column = None if in_days else column_at(self._columns, point.x())
            return Hit("header", slot=slot) if column is None else Hit("column", column=column.id)
        if point.y() >= body.bottom() + 1:
            return Hit("foot", slot=slot)
        line = self._axis.index_at(point.y() - HEIGHT + self._offset_y())
        if line is None:
            return Hit("nothing")
        shown = self._axis.lines[line]
        if not isinstance(shown, PersonLine):
            return Hit("team", line, team=shown.team, slot=slot) if isinstance(shown, TeamLine) else Hit("nothing")
        if slot < 0:
            return Hit("nothing" if in_days else "name", line, shown.row.inspector)
        bar = self._bar_at(shown, point)
        is_end = bar is not None and point.x() >= self.x_of(bar.last_slot + 1) - END
        return Hit("cell", line, shown.row.inspector, slot, bar, is_end=is_end)

    def _bar_at(self, line: PersonLine, point: QPoint) -> BoardBar | None:
        x = point.x() - self.x_of(0)
        for bar in reversed(line.row.bars):
            if self._grid.x(bar.first_slot) <= x < self._grid.x(bar.last_slot + 1):
                return bar
        return None

    def reveal(self, cell: Cell) -> None:
        """Scroll as little as is needed to see a cell."""
        line = self._axis.index_of(cell.inspector)
        if line is None:
            return
        top, height, body = self._axis.top(line), self._axis.height_of(line), self.body()
        _bring(self.verticalScrollBar(), top - 24, top + height, body.height())
        left, right = self._grid.x(cell.slot), self._grid.x(cell.slot + 1)
        _bring(self.horizontalScrollBar(), left, right, body.width())

    # -- painting -----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Blit the pictures of what is seen."""
        area, body = event.rect(), self.body()
        with painting(self.viewport()) as painter:
            painter.setClipRect(QRect(0, body.top(), self.viewport().width(), body.height()))
            self._paint_lines(painter, area, body)
            self._paint_rest(painter, body)
            painter.setClipping(False)
            if area.top() < HEIGHT or area.bottom() > body.bottom():
                self._paint_frame(painter, body)
            edge = QRect(body.left() - 1, HEIGHT, 1, body.height())
            painter.fillRect(edge, shade(self.theme.line_strong))

    def _paint_lines(self, painter: QPainter, area: QRect, body: QRect) -> None:
        """The lines of which anything lies in an area; those that take too long to paint now are shown rough."""
        top, scale = HEIGHT - self._offset_y(), self._ratio()
        left, width = round(self._offset_x() * scale), round(body.width() * scale)
        spent, is_rough = 0.0, False
        for index in self._axis.between(max(area.top(), HEIGHT) - top, min(area.bottom(), body.bottom()) + 1 - top):
            y = top + self._axis.top(index)
            picture: Picture | None
            if spent > PATIENCE and self._in_a_hurry and not self._is_painted(index):
                is_rough = True
                picture = self._pictures.older(self._axis.lines[index], self._axis.height_of(index))
                if picture is None:
                    self._rough(painter, index, y)
                    continue
            else:
                began = time.perf_counter()
                picture = self._picture(index)
                spent += time.perf_counter() - began
            painter.drawPixmap(body.left(), y, picture.days, left, 0, width, picture.days.height())
            if area.left() < body.left():
                painter.drawPixmap(0, y, picture.frozen)
        self._in_a_hurry = is_rough
        if is_rough:
            self._finish.start()

    def _paint_rest(self, painter: QPainter, body: QRect) -> None:
        """What is below the last line and right of the last day."""
        ground, end = shade(self.theme.raised), self._axis.height - self._offset_y()
        if end < body.height():
            painter.fillRect(QRect(0, HEIGHT + end, self.viewport().width(), body.height() - end), ground)
        right = self._grid.width - self._offset_x()
        if right < body.width():
            painter.fillRect(QRect(body.left() + right, HEIGHT, body.width() - right, body.height()), ground)

    def _rough(self, painter: QPainter, index: int, y: int) -> None:
        left, height = self.body().left(), self._axis.height_of(index)
        painter.translate(left - self._offset_x(), y)
        paint_rough(painter, self.theme, self._grid, self._axis.lines[index], height)
        painter.translate(self._offset_x() - left, -y)
        painter.fillRect(QRect(0, y, left, height - 1), shade(self.theme.surface))

    def _picture(self, index: int) -> Picture:
        return self._pictures.picture(*self._asked(index))

    def _is_painted(self, index: int) -> bool:
        return self._pictures.kept(*self._asked(index)) is not None

    def _asked(self, index: int) -> tuple[Line, Style, int]:
        """A line, and how it is shown now."""
        line = self._axis.lines[index]
        style = Style()
        if isinstance(line, PersonLine):
            row, cursor = line.row, self.overlay.marks.cursor
            lit = None if self._lit is None else self._lit.intersection(bar.request for bar in row.bars)
            is_current = cursor is not None and cursor.inspector == row.inspector
            style = Style(row.inspector in self._dim, is_current, lit)
        return line, style, self._axis.height_of(index)

    def _paint_frame(self, painter: QPainter, body: QRect) -> None:
        """Head, foot and the edge of the frozen columns."""
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        theme, width = self.theme, self.viewport().width()
        painter.fillRect(QRect(0, 0, width, HEIGHT), shade(theme.raised))
        head = self._head()
        source = QRectF(self._offset_x() * head.devicePixelRatio(), 0, head.width(), head.height())
        painter.setClipRect(QRect(body.left(), 0, body.width(), HEIGHT))
        painter.drawPixmap(QRectF(body.left(), 0, head.width() / head.devicePixelRatio(), HEIGHT), head, source)
        painter.setClipping(False)
        paint_column_heads(painter, theme, self._columns, self._sorting, self._remark)
        foot = body.bottom() + 1
        painter.fillRect(QRect(0, foot, width, FOOT_HEIGHT), shade(theme.raised))
        painter.translate(0, foot)
        paint_foot(painter, theme, self._grid, self._sums, (body.left(), self._offset_x()))
        painter.translate(0, -foot)
        for line in (
            QRect(0, HEIGHT - 1, width, 1),
            QRect(0, foot, width, 1),
            QRect(body.left() - 1, 0, 1, self.viewport().height()),
        ):
            painter.fillRect(line, shade(theme.line_strong))

    def _head(self) -> QPixmap:
        if self._days_head is None:
            scale = self._ratio()
            made = QPixmap(QSize(ceil(self._grid.width * scale), ceil(HEIGHT * scale)))
            made.setDevicePixelRatio(scale)
            made.fill(shade(self.theme.raised))
            with painting(made) as painter:
                paint_days(
                    painter, self.theme, self._grid, self._board, capacity_of(self._board.rows, self._board.days)
                )
            self._days_head = made
        return self._days_head

    def _paint_ahead(self) -> None:
        """Paint a line that is not seen yet, while nothing else is to be done."""
        if not self._ahead_left:
            self._ahead.stop()
            return
        index = self._ahead_left.pop(0)
        if 0 <= index < len(self._axis):
            self._picture(index)

    def _ratio(self) -> float:
        return self._scale or self.devicePixelRatioF()

    # -- geometry -----------------------------------------------------------------------------------------------------

    def _geometry(self) -> Geometry:
        return Geometry(self.theme, self._grid, self._columns, self._ratio())

    def _arrange(self) -> None:
        anchor = self._axis.index_at(self._offset_y()) if len(self._axis) else None
        at_top = self._axis.person_at(anchor) if anchor is not None else None
        inside = self._offset_y() - self._axis.top(anchor) if anchor is not None else 0
        self._axis = RowAxis(self._arrangement.lines(self._board.rows), self._axis.density)
        self._days_head = None
        self._settle()
        if at_top is not None and (index := self._axis.index_of(at_top.inspector)) is not None:
            self.verticalScrollBar().setValue(self._axis.top(index) + inside)

    def _settle(self) -> None:
        """Fit grid, scroll bars and pictures to what is shown and to the room there is."""
        body = self.body()
        width = self._zoom if self._zoom is not None else fitting_width(body.width(), self._board.days)
        self._grid = TimeGrid(self._board.first_day, self._board.days, width)
        self._pictures.use(self._geometry())
        if self._days_head is not None and self._days_head.width() != ceil(self._grid.width * self._ratio()):
            self._days_head = None
        for bar, whole, seen in (
            (self.verticalScrollBar(), self._axis.height, body.height()),
            (self.horizontalScrollBar(), self._grid.width, body.width()),
        ):
            bar.setRange(0, max(0, whole - seen))
            bar.setPageStep(max(1, seen))
        self.verticalScrollBar().setSingleStep(int(self._axis.density))
        self.horizontalScrollBar().setSingleStep(self._grid.day_width // 2)
        self.overlay.setGeometry(self.viewport().rect())
        self.viewport().update()

    def _offset_x(self) -> int:
        return self.horizontalScrollBar().value()

    def _offset_y(self) -> int:
        return self.verticalScrollBar().value()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Days share the new room."""
        super().resizeEvent(event)
        self._settle()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Show other lines; the next ones that way are painted ahead."""
        self._in_a_hurry = True
        if dx:
            self.viewport().update()
        else:
            self.viewport().update(QRect(0, HEIGHT, self.viewport().width(), self.body().height()))
        self.scrolled.emit()
        if dy:
            seen = self._axis.between(self._offset_y(), self._offset_y() + self.body().height())
            ahead = range(seen.stop, seen.stop + AHEAD_LINES) if dy < 0 else range(seen.start - 1, seen.start - 9, -1)
            self._ahead_left = list(ahead)
            self._ahead.start()


def _bring(bar: QScrollBar, first: int, last: int, room: int) -> None:
    if first < bar.value():
        bar.setValue(first)
    elif last > bar.value() + room:
        bar.setValue(last - room)
