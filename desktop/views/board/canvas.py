"""The board itself: people by days, painted from pictures of its lines, only those that are seen."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QScrollBar, QWidget

from desktop.services.board import BoardBar, WeekBoard
from desktop.views.bar_painting import shade
from desktop.views.board.capacity import capacity_of, unassigned_by_day
from desktop.views.board.columns import USUAL, Column, column_at, width_of
from desktop.views.board.header import (
    FOOT_HEIGHT,
    HEIGHT,
    Sorting,
    paint_column_heads,
    paint_days,
    paint_foot,
)
from desktop.views.board.marks import Cell
from desktop.views.board.overlay import Overlay
from desktop.views.board.row_axis import Arrangement, Density, Line, PersonLine, RowAxis, TeamLine
from desktop.views.board.row_painting import Geometry, LinePictures, Picture, Style, bar_box, paint_rough
from desktop.views.board.time_grid import TimeGrid, fitting_width, stepped
from desktop.views.theme import Theme

EDGE, EDGE_STEP, EDGE_MS = 28, 18, 30
"""A gesture this near to an edge scrolls by so many pixels, so often."""

AHEAD_LINES, AHEAD_MS = 8, 15

PATIENCE = 0.004
"""Seconds that painting new lines may take while scrolling; the rest is shown rough, and whole a moment later."""

Part = Literal["column", "header", "team", "name", "cell", "foot", "nothing"]


@dataclass(frozen=True, slots=True)
class Hit:
    """What lies under a point.

    Attributes:
        line: number of the line, -1 beside all.
        inspector: whose line it is, or "".
        slot: the half-day, -1 beside all.
        bar: the visit there.
        team: of a team's head.
        column: of a frozen column's head.
    """

    part: Part
    line: int = -1
    inspector: str = ""
    slot: int = -1
    bar: BoardBar | None = None
    team: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button of the mouse went down on something; `point` is global."""

    hit: Hit
    point: QPoint


class BoardCanvas(QAbstractScrollArea):
    """Shows a WeekBoard. Knows nothing of plans and commands: it says what was pressed, and others decide.

    Attributes:
        overlay: what lies over the board.
        key_taker: sees keys before the canvas does, and says whether it took them.
        drag_wanted: a Pressed: the mouse moves with its button down since it was pressed on a bar.
        pressed: a Hit.
        activated: a Hit, twice clicked or entered.
        hovered: a Hit, when the mouse comes over another thing.
        cursor_moved: a Cell.
        menu_wanted: a Pressed.
        sort_wanted: the id of a column (str).
        fold_wanted: the name of a team (str).
        zoomed: the width of a day (int), chosen with the wheel.
    """

    drag_wanted = Signal(object)
    pressed = Signal(object)
    activated = Signal(object)
    hovered = Signal(object)
    cursor_moved = Signal(object)
    menu_wanted = Signal(object)
    sort_wanted = Signal(object)
    fold_wanted = Signal(object)
    zoomed = Signal(object)
    scrolled = Signal()

    def __init__(self, theme: Theme, board: WeekBoard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._board = board
        self._arrangement = Arrangement()
        self._columns = USUAL
        self._sorting = Sorting()
        self._remark = ""
        self._zoom: int | None = None
        self._lit: frozenset[str] | None = None
        self._dim: frozenset[str] = frozenset()
        self._grid = TimeGrid(board.first_day, board.days, 96)
        self._axis = RowAxis(())
        self._pictures = LinePictures(self._geometry())
        self._days_head: QPixmap | None = None
        self._sums = unassigned_by_day(board)
        self.key_taker: Callable[[QKeyEvent], bool] | None = None
        self._press: Pressed | None = None
        self._hover = Hit("nothing")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Board: people by days"))
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setAutoFillBackground(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.overlay = Overlay(self)
        self._edge = QTimer(self)
        self._edge.setInterval(EDGE_MS)
        self._edge.timeout.connect(self._on_edge)
        self._edge_step = QPoint()
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
        self._arrangement, self._sorting, self._remark = arrangement, sorting, remark
        self._arrange()

    def use_columns(self, columns: tuple[Column, ...]) -> None:
        """Freeze these columns."""
        if columns != self._columns:
            self._columns = columns
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

    def zoom_by(self, steps: int) -> None:
        """Wider or narrower days."""
        self.use_zoom(stepped(self._grid.day_width, steps))
        self.zoomed.emit(self._zoom)

    def emphasise(self, lit: frozenset[str] | None, dim: frozenset[str]) -> None:
        """Let everything fade but some requests (None: let nothing fade), and some people."""
        if (lit, dim) != (self._lit, self._dim):
            self._lit, self._dim = lit, dim
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
        return Hit("cell", line, shown.row.inspector, slot, self._bar_at(shown, point))

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
        painter = QPainter(self.viewport())
        area, body, theme = event.rect(), self.body(), self.theme
        top, left, scroll_x = self._offset_y(), body.left(), self._offset_x()
        painter.setClipRect(QRect(0, body.top(), self.viewport().width(), body.height()))
        spent, is_rough = 0.0, False
        for index in self._axis.between(area.top() - HEIGHT + top, area.bottom() + 1 - HEIGHT + top):
            y = HEIGHT - top + self._axis.top(index)
            if y > body.bottom():
                break
            if spent > PATIENCE and self._in_a_hurry and not self._is_painted(index):
                is_rough = True
                self._rough(painter, index, y)
                continue
            began = time.perf_counter()
            picture = self._picture(index)
            spent += time.perf_counter() - began
            scale = picture.days.devicePixelRatio()
            height = picture.days.height()
            painter.drawPixmap(left, y, picture.days, round(scroll_x * scale), 0, round(body.width() * scale), height)
            if area.left() < left:
                painter.drawPixmap(0, y, picture.frozen)
        if self._axis.height - top < body.height():
            rest = QRect(0, HEIGHT + self._axis.height - top, self.viewport().width(), body.height())
            painter.fillRect(rest, shade(theme.raised))
        if self._grid.width - scroll_x < body.width():
            x = left + self._grid.width - scroll_x
            painter.fillRect(QRect(x, HEIGHT, body.right() + 1 - x, body.height()), shade(theme.raised))
        self._in_a_hurry = False
        if is_rough:
            self._finish.start()
        painter.setClipping(False)
        if area.top() < HEIGHT or area.bottom() > body.bottom():
            self._paint_frame(painter, body)
        painter.fillRect(QRect(left - 1, HEIGHT, 1, body.height()), shade(theme.line_strong))
        painter.end()

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
        paint_foot(painter, theme, self._grid, self._sums, body.left(), self._offset_x())
        painter.translate(0, -foot)
        for line in (
            QRect(0, HEIGHT - 1, width, 1),
            QRect(0, foot, width, 1),
            QRect(body.left() - 1, 0, 1, self.viewport().height()),
        ):
            painter.fillRect(line, shade(theme.line_strong))

    def _head(self) -> QPixmap:
        if self._days_head is None:
            scale = self.devicePixelRatioF()
            made = QPixmap(QSize(round(self._grid.width * scale), round(HEIGHT * scale)))
            made.setDevicePixelRatio(scale)
            made.fill(shade(self.theme.raised))
            painter = QPainter(made)
            painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
            paint_days(painter, self.theme, self._grid, self._board, capacity_of(self._board.rows, self._board.days))
            painter.end()
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

    # -- geometry -----------------------------------------------------------------------------------------------------

    def _geometry(self) -> Geometry:
        return Geometry(self.theme, self._grid, self._columns, self.devicePixelRatioF())

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
        if self._days_head is not None and self._days_head.width() != round(
            self._grid.width * self.devicePixelRatioF()
        ):
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

    # -- the mouse ----------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Say what was pressed; a bar may be dragged from now on."""
        hit = self.hit(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if hit.part == "column":
            self.sort_wanted.emit(hit.column)
        elif hit.part == "team":
            self.fold_wanted.emit(hit.team)
        elif hit.inspector:
            self._press = Pressed(hit, event.globalPosition().toPoint())
            self.put_cursor(Cell(hit.inspector, max(0, hit.slot)))
            self.pressed.emit(hit)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begin to drag, or tell what the mouse is over."""
        point = event.globalPosition().toPoint()
        if self._press is not None and event.buttons() & Qt.MouseButton.LeftButton:
            far = (point - self._press.point).manhattanLength() >= QApplication.startDragDistance()
            if far and self._press.hit.bar is not None:
                pressed, self._press = self._press, None
                self.drag_wanted.emit(pressed)
            return
        hit = self.hit(event.position().toPoint())
        if hit != self._hover:
            self._hover = hit
            self.hovered.emit(hit)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """What was pressed was not dragged."""
        self._press = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open what is there."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.activated.emit(self.hit(event.position().toPoint()))

    def leaveEvent(self, event: object) -> None:
        """Nothing is under the mouse any more."""
        self._hover = Hit("nothing")
        self.hovered.emit(self._hover)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a menu of what is under the mouse, or by the key of what is under the cursor."""
        cursor = self.overlay.marks.cursor
        if event.reason() == QContextMenuEvent.Reason.Keyboard and cursor is not None:
            box = self.box_of(cursor.inspector, cursor.slot, cursor.slot)
            at = box.center().toPoint() if box is not None else QPoint(0, 0)
            self.menu_wanted.emit(Pressed(self.hit(at), self.viewport().mapToGlobal(at)))
            return
        hit = self.hit(event.pos())
        if hit.inspector:
            self.put_cursor(Cell(hit.inspector, max(0, hit.slot)))
            self.pressed.emit(hit)
        self.menu_wanted.emit(Pressed(hit, event.globalPos()))

    def scroll_near_edge(self, point: QPoint) -> None:
        """Scroll while a gesture stays at the edge; `point` is global. Ends by `stop_edge_scroll`."""
        at, body = self.viewport().mapFromGlobal(point), self.body()
        inside = body.adjusted(0, 0, 0, FOOT_HEIGHT).contains(at) or body.contains(at)
        step = QPoint(_edge(at.x(), body.left(), body.right()), _edge(at.y(), body.top(), body.bottom()))
        self._edge_step = step if inside else QPoint()
        if self._edge_step.isNull():
            self._edge.stop()
        elif not self._edge.isActive():
            self._edge.start()

    def stop_edge_scroll(self) -> None:
        """The gesture is over."""
        self._edge.stop()

    def _on_edge(self) -> None:
        for bar, step in (
            (self.horizontalScrollBar(), self._edge_step.x()),
            (self.verticalScrollBar(), self._edge_step.y()),
        ):
            bar.setValue(bar.value() + step)

    # -- keys ---------------------------------------------------------------------------------------------------------

    def put_cursor(self, cell: Cell) -> None:
        """Let keys work on another cell."""
        if cell != self.overlay.marks.cursor:
            self.overlay.show_marks(replace(self.overlay.marks, cursor=cell))
            self.viewport().update()
            self.cursor_moved.emit(cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the cursor; Enter opens what is under it, Space selects it."""
        if self.key_taker is not None and self.key_taker(event):
            return
        keys = Qt.Key
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        cursor = self.overlay.marks.cursor
        if key in _MOVES and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_cursor(key, by_half=shift)
        elif cursor is not None and key in (keys.Key_Return, keys.Key_Enter, keys.Key_Space):
            hit = self.under_cursor()
            (self.pressed if key == keys.Key_Space else self.activated).emit(hit)
        else:
            event.ignore()

    @staticmethod
    def is_move(key: int) -> bool:
        """Whether a key moves the cursor."""
        return key in _MOVES

    def under_cursor(self) -> Hit:
        """What is under the cursor; "nothing" where its person is not shown."""
        cursor = self.overlay.marks.cursor
        line = None if cursor is None else self._axis.index_of(cursor.inspector)
        if cursor is None or line is None:
            return Hit("nothing")
        row = self._axis.person_at(line)
        assert row is not None
        bars = [bar for bar in row.bars if bar.first_slot <= cursor.slot <= bar.last_slot]
        return Hit("cell", line, cursor.inspector, cursor.slot, bars[-1] if bars else None)

    def step_cursor(self, key: int, *, by_half: bool = False) -> None:
        """Move the cursor as a key says: a day or (by_half) a half-day sideways, a person or a page up and down."""
        moved = self.stepped(self.overlay.marks.cursor, key, by_half=by_half)
        if moved is not None:
            self.reveal(moved)
            self.put_cursor(moved)

    def stepped(self, cell: Cell | None, key: int, *, by_half: bool = False) -> Cell | None:
        """The cell that a key leads to from another."""
        line = None if cell is None else self._axis.index_of(cell.inspector)
        if cell is None or line is None:
            seen = self._axis.index_at(self._offset_y()) or 0
            person = self._axis.person_at(seen) or self._axis.person_at(self._axis.next_person(seen, 1) or 0)
            return None if person is None else Cell(person.inspector, self._grid.slot_at(self._offset_x()))
        down, across = _MOVES[key]
        if abs(down) > 1:
            down *= max(1, self.body().height() // int(self._axis.density) - 1)
        slot = cell.slot + across * (1 if by_half else 2)
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            slot = 0 if key == Qt.Key.Key_Home else self._grid.slots - 2
        other = self._axis.next_person(line, down) if down else line
        row = self._axis.person_at(line if other is None else other)
        assert row is not None
        return Cell(row.inspector, min(max(slot, 0), self._grid.slots - 1))


_MOVES: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_PageUp: (-2, 0),
    Qt.Key.Key_PageDown: (2, 0),
    Qt.Key.Key_Home: (0, 0),
    Qt.Key.Key_End: (0, 0),
}


def _bring(bar: QScrollBar, first: int, last: int, room: int) -> None:
    if first < bar.value():
        bar.setValue(first)
    elif last > bar.value() + room:
        bar.setValue(last - room)


def _edge(at: int, low: int, high: int) -> int:
    if at < low + EDGE:
        return -EDGE_STEP
    return EDGE_STEP if at > high - EDGE else 0
