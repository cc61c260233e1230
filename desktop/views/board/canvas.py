"""The board under mouse and keys: it says what was pressed, opened, moved over; others decide what that means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.services.board import WeekBoard
from desktop.views.board.header import FOOT_HEIGHT
from desktop.views.board.hit import Hit
from desktop.views.board.marks import Cell
from desktop.views.board.surface import BoardSurface
from desktop.views.board.time_grid import stepped
from desktop.views.theme import Theme

EDGE, EDGE_STEP, EDGE_MS = 28, 18, 30
"""A gesture this near to an edge scrolls by so many pixels, so often."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button of the mouse went down on something; `point` is global."""

    hit: Hit
    point: QPoint


class BoardCanvas(BoardSurface):
    """A board that can be used. Knows nothing of plans and commands.

    Attributes:
        key_taker: sees keys before the canvas does, and says whether it took them.
        drag_wanted: a Pressed: the mouse moves with its button down since it was pressed on a bar.
        pressed: a Hit.
        activated: a Hit, twice clicked or entered.
        hovered: a Hit, when the mouse comes over another thing.
        cursor_moved: a Cell.
        menu_wanted: a Pressed.
        sort_wanted: the id of a column (str).
        fold_wanted: the name of a team (str).
        zoomed: the width of a day (int) that was chosen.
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

    def __init__(self, theme: Theme, board: WeekBoard, parent: QWidget | None = None) -> None:
        super().__init__(theme, board, parent)
        self.key_taker: Callable[[QKeyEvent], bool] | None = None
        self._press: Pressed | None = None
        self._hover = Hit("nothing")
        self._edge = QTimer(self)
        self._edge.setInterval(EDGE_MS)
        self._edge.timeout.connect(self._on_edge)
        self._edge_step = QPoint()

    def zoom_by(self, steps: int) -> None:
        """Wider or narrower days."""
        self.use_zoom(stepped(self._grid.day_width, steps))
        self.zoomed.emit(self._zoom)

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
            self.put_cursor(_cell_of(hit))
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
            self.put_cursor(_cell_of(hit))
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


def _cell_of(hit: Hit) -> Cell:
    """Where the cursor goes that is put on something: on a bar to its beginning."""
    return Cell(hit.inspector, max(0, hit.slot if hit.bar is None else hit.bar.first_slot))


def _edge(at: int, low: int, high: int) -> int:
    if at < low + EDGE:
        return -EDGE_STEP
    return EDGE_STEP if at > high - EDGE else 0
