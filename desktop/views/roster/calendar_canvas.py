"""A person's calendar to look at and to select half-days on, by mouse and by keyboard."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.services.roster.card import PersonCalendar
from desktop.services.roster.days import half_day_words
from desktop.services.slots import slot_of
from desktop.views.bar_painting import painting
from desktop.views.look import Look
from desktop.views.roster.calendar_grid import HEAD, LEAST_ROW, CalendarGrid
from desktop.views.roster.calendar_painting import paint_calendar, paint_cursor, paint_selection

STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -14,
    Qt.Key.Key_Down: 14,
}


@dataclass(frozen=True, slots=True)
class SlotSpan:
    """Half-days from a first to a last one, both inclusive (absolute slots)."""

    first_slot: int
    last_slot: int


class CalendarCanvas(QWidget):
    """The weeks of one person.

    Attributes:
        selected: a SlotSpan, whenever other half-days are selected.
        entered: Enter was pressed: something is to be done with what is selected.
        removal_wanted: Delete was pressed.
        turned: a number of weeks (int as object) by which the calendar is to go on, at its edge.
    """

    selected = Signal(object)
    entered = Signal()
    removal_wanted = Signal()
    turned = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._today = dt.date.min
        self._calendar: PersonCalendar | None = None
        self._anchor: int | None = None
        self._cursor: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Calendar"))
        look.changed.connect(self.update)

    # -- what it shows -------------------------------------------------------------------------------------------------

    @property
    def calendar(self) -> PersonCalendar | None:
        """The calendar shown."""
        return self._calendar

    @property
    def span(self) -> SlotSpan | None:
        """The half-days selected."""
        if self._anchor is None or self._cursor is None:
            return None
        return SlotSpan(min(self._anchor, self._cursor), max(self._anchor, self._cursor))

    def show_calendar(self, calendar: PersonCalendar | None, today: dt.date) -> None:
        """Show a calendar with today marked; what is selected stays, as far as it is the same person's."""
        same = calendar is not None and self._calendar is not None and calendar.inspector == self._calendar.inspector
        self._calendar, self._today = calendar, today
        if calendar is not None:
            self.setAccessibleName(self.tr("Calendar of {code}").format(code=calendar.inspector))
        if not same:
            self._anchor = self._cursor = None
            if self.hasFocus():
                self._begin()
        self.updateGeometry()
        self._tell()
        self.update()

    def select(self, first_slot: int, last_slot: int) -> None:
        """Select half-days."""
        self._anchor, self._cursor = first_slot, last_slot
        self._tell()
        self.selected.emit(self.span)
        self.update()

    def clear(self) -> None:
        """Select nothing."""
        self._anchor = self._cursor = None
        self._tell()
        self.selected.emit(None)
        self.update()

    def grid(self) -> CalendarGrid | None:
        """Where the half-days lie; None without a calendar."""
        if self._calendar is None:
            return None
        return CalendarGrid(self._calendar.first_day, self._calendar.weeks, self.width(), self.height())

    def sizeHint(self) -> QSize:
        """Twelve weeks, as low as they can be read."""
        weeks = 12 if self._calendar is None else self._calendar.weeks
        return QSize(360, int(HEAD + weeks * LEAST_ROW))

    def minimumSizeHint(self) -> QSize:
        """All weeks are always to be seen."""
        return QSize(300, self.sizeHint().height())

    # -- mouse ---------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to select; with Shift, select up to here. On an absence: the whole of it."""
        grid = self.grid()
        slot = None if grid is None else grid.slot_at(event.position())
        if slot is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self._anchor is not None:
            self._move_to(slot, extend=True)
            return
        absence = None if self._calendar is None else self._calendar.absence_at(slot)
        if absence is not None:
            self.select(absence.first_slot, absence.last_slot)
        else:
            self._move_to(slot, extend=False)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select up to the half-day under the mouse."""
        grid = self.grid()
        if grid is None or self._anchor is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        slot = grid.nearest(event.position())
        if slot != self._cursor and grid.slot_at(event.position()) is not None:
            self._move_to(slot, extend=True)

    # -- keyboard ------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go, with Shift they select; Home and End: the week; Page up and down: four weeks on."""
        key = event.key()
        if self._calendar is None:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key == Qt.Key.Key_Delete:
            self.removal_wanted.emit()
        elif key == Qt.Key.Key_Escape and self.span is not None:
            self.clear()
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turned.emit(-4 if key == Qt.Key.Key_PageUp else 4)
        elif (wanted := self._wanted(Qt.Key(key))) is not None:
            self._go(wanted, extend=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self._begin()
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The cursor is shown with the focus only."""
        self.update()
        super().focusOutEvent(event)

    def _begin(self) -> None:
        """Put the cursor somewhere, where it is nowhere yet."""
        if self._cursor is None and self._calendar is not None:
            self._cursor = self._anchor = self._start()
            self.selected.emit(self.span)
            self._tell()

    def _wanted(self, key: Qt.Key) -> int | None:
        """The half-day that a key leads to."""
        now = self._start() if self._cursor is None else self._cursor
        grid = self.grid()
        if grid is None:
            return None
        week = grid.first_slot + (now - grid.first_slot) // 14 * 14
        if key == Qt.Key.Key_Home:
            return week
        if key == Qt.Key.Key_End:
            return week + 13
        return now + STEPS[key] if key in STEPS else None

    def _go(self, slot: int, *, extend: bool) -> None:
        grid = self.grid()
        if grid is None:
            return
        if not self._shows(slot):
            self.turned.emit(-4 if slot < grid.first_slot else 4)
        self._move_to(slot, extend=extend)

    def _start(self) -> int:
        grid = self.grid()
        if grid is None:
            return 0
        today = slot_of(self._today)
        return today if self._shows(today) else grid.first_slot

    def _move_to(self, slot: int, *, extend: bool) -> None:
        self._cursor = slot
        if not extend or self._anchor is None:
            self._anchor = slot
        self._tell()
        self.selected.emit(self.span)
        self.update()

    # -- telling and painting ------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Tell everything about the half-day under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            grid = self.grid()
            slot = None if grid is None else grid.slot_at(event.pos().toPointF())
            if slot is not None and self._calendar is not None:
                QToolTip.showText(event.globalPos(), half_day_words(self._calendar, slot), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def _tell(self) -> None:
        """What a screen reader says of the cursor."""
        words = ""
        if self._calendar is not None and self._cursor is not None and self._shows(self._cursor):
            words = half_day_words(self._calendar, self._cursor)
        self.setAccessibleDescription(words)

    def _shows(self, slot: int) -> bool:
        grid = self.grid()
        return grid is not None and grid.first_slot <= slot <= grid.last_slot

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The days, what is selected on them, and the cursor."""
        with painting(self) as painter:
            theme, grid = self._look.theme, self.grid()
            painter.fillRect(self.rect(), theme.surface)
            if self._calendar is None or grid is None:
                return
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_calendar(painter, theme, grid, self._calendar, self._today)
            if self.span is not None:
                paint_selection(painter, theme, grid, self.span.first_slot, self.span.last_slot)
            if self.hasFocus() and self._cursor is not None and self._shows(self._cursor):
                paint_cursor(painter, theme, grid, self._cursor)
