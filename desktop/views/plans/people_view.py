"""The people of a review under one another; only those in sight are painted."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from desktop.services.plan_review import PersonReview, PlanReview, ReviewBar
from desktop.views.bar_painting import CENTRE, Ink, painting, write
from desktop.views.look import Look
from desktop.views.plans.review_painting import (
    HEADER_HEIGHT,
    ROW_HEIGHT,
    Canvas,
    Geometry,
    bar_box,
    paint_box,
    paint_header,
    paint_person,
)
from desktop.views.plans.wording import change_count, cost_change, fact_text, letter

ROW = int(ROW_HEIGHT)
HEADER = int(HEADER_HEIGHT)
PAINT_SECONDS = 0.03  # for rows that come into sight at once: the window stays awake
MOST_PICTURES = 60  # of rows painted, some 50 MB on a large screen


class PeopleView(QAbstractScrollArea):
    """Rows of a review, chosen by mouse and arrows.

    Attributes:
        chosen: the PersonReview that is selected now, or None.
        request_wanted: the code of a request (str) whose bar was double-clicked.
        toggled: the code of a person (str) whose box was clicked, or ticked by Space.
    """

    chosen = Signal(object)
    request_wanted = Signal(object)
    toggled = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._review: PlanReview | None = None
        self._rows: tuple[PersonReview, ...] = ()
        self._current = -1
        self._empty = ""
        self._ticks: Callable[[str], Qt.CheckState | None] | None = None
        self._pictures: dict[tuple[int, bool], QPixmap] = {}
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("People whose plan changes"))
        look.changed.connect(self._repaint)

    # -- what is shown -------------------------------------------------------------------------------------------------

    def show_rows(self, review: PlanReview, rows: tuple[PersonReview, ...], empty: str) -> None:
        """Show people of a review; `empty` stands where there are none. The first is selected."""
        self._review, self._rows, self._empty = review, rows, empty
        self._current = -1
        self.verticalScrollBar().setValue(0)
        self._measure()
        self.select(0 if rows else -1)
        self.verticalScrollBar().setValue(0)
        self._repaint()

    def show_ticks(self, ticks: Callable[[str], Qt.CheckState | None] | None) -> None:
        """Put a box before each person that says whether what changes for him is ticked; None: no boxes."""
        if (ticks is None) != (self._ticks is None):
            self._pictures.clear()
        self._ticks = ticks
        self.setAccessibleDescription(self._in_words())
        self.viewport().update()

    @property
    def rows(self) -> tuple[PersonReview, ...]:
        """The people shown."""
        return self._rows

    @property
    def empty_text(self) -> str:
        """What stands where there is nobody."""
        return "" if self._rows else self._empty

    @property
    def current(self) -> PersonReview | None:
        """Whoever is selected."""
        return self._rows[self._current] if 0 <= self._current < len(self._rows) else None

    def select(self, number: int) -> None:
        """Select a row and bring it into sight."""
        number = max(-1, min(number, len(self._rows) - 1))
        if number != self._current:
            self._current = number
            self.setAccessibleDescription(self._in_words())
            self.chosen.emit(self.current)
            self.viewport().update()
        if number >= 0:
            self._reveal(number)

    def row_box(self, number: int) -> QRectF:
        """Where a row is in the viewport."""
        top = HEADER + number * ROW - self.verticalScrollBar().value()
        return QRectF(0, top, self.viewport().width(), ROW)

    def _reveal(self, number: int) -> None:
        bar, room = self.verticalScrollBar(), self.viewport().height() - HEADER
        top = number * ROW
        if top < bar.value():
            bar.setValue(top)
        elif top + ROW > bar.value() + room:
            bar.setValue(top + ROW - room)

    def _in_words(self) -> str:
        row, review = self.current, self._review
        if row is None or review is None:
            return ""
        ticked = ""
        if self._ticks is not None:
            words = {
                Qt.CheckState.Checked: self.tr("Ticked"),
                Qt.CheckState.PartiallyChecked: self.tr("Ticked in part"),
                Qt.CheckState.Unchecked: self.tr("Not ticked"),
            }
            state = self._ticks(row.code)
            ticked = "" if state is None else f". {words[state]}"
        facts = ". ".join(fact_text(fact, review.first_day) for fact in row.facts)
        return f"{row.name}. {change_count(row)}. {facts}. {cost_change(row.cost.total)}{ticked}"

    # -- painting ------------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Room for a few people and a week."""
        return QSize(760, 6 * ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows in sight under the header."""
        theme = self._look.theme
        with painting(self.viewport()) as painter:
            painter.fillRect(event.rect(), QColor(theme.surface))
            review = self._review
            if review is None:
                return
            on = Canvas(painter, theme, self._geometry(review), review)
            if not self._rows:
                box = QRectF(self.viewport().rect()).adjusted(24, HEADER, -24, 0)
                write(painter, box, self._empty, Ink(theme.muted, 13, where=CENTRE))
            first = max(0, (event.rect().top() - HEADER + self.verticalScrollBar().value()) // ROW)
            last = min(len(self._rows) - 1, (event.rect().bottom() - HEADER + self.verticalScrollBar().value()) // ROW)
            until = time.perf_counter() + PAINT_SECONDS
            for number in range(first, last + 1):
                if not self._is_painted(number) and time.perf_counter() > until:
                    self.viewport().update()  # the rest comes with the next turn of the event loop
                    break
                painter.drawPixmap(self.row_box(number).topLeft(), self._picture(number, on.place, review))
                state = None if self._ticks is None else self._ticks(self._rows[number].code)
                if state is not None:
                    paint_box(on, self.row_box(number).top(), state)
            paint_header(on)

    def _is_painted(self, number: int) -> bool:
        return (number, number == self._current) in self._pictures

    def _picture(self, number: int, place: Geometry, review: PlanReview) -> QPixmap:
        """A row, painted when it first comes into sight."""
        key = (number, number == self._current)
        found = self._pictures.get(key)
        if found is None:
            if len(self._pictures) >= MOST_PICTURES:
                del self._pictures[next(iter(self._pictures))]
            found = self._pictures[key] = self._painted(number, place, review)
        return found

    def _painted(self, number: int, place: Geometry, review: PlanReview) -> QPixmap:
        theme, ratio = self._look.theme, self.devicePixelRatioF()
        picture = QPixmap(round(place.width * ratio), round(ROW * ratio))
        picture.setDevicePixelRatio(ratio)
        is_current = number == self._current
        picture.fill(QColor(theme.accent_background if is_current else theme.surface))
        with painting(picture) as painter:
            if is_current:
                painter.fillRect(QRectF(0, 0, 3, ROW), QColor(theme.accent))
            paint_person(Canvas(painter, theme, place, review), 0.0, self._rows[number])
            painter.fillRect(QRectF(0, ROW - 1, place.width, 1), QColor(theme.line_strong))
        return picture

    def _repaint(self) -> None:
        """Paint everything anew."""
        self._pictures.clear()
        self.viewport().update()

    def _geometry(self, review: PlanReview) -> Geometry:
        return Geometry(float(self.viewport().width()), review.days, self._ticks is not None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer rows fit."""
        super().resizeEvent(event)
        self._pictures.clear()
        self._measure()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The selected row is what keys act on."""
        super().focusInEvent(event)
        self.viewport().update()

    def _measure(self) -> None:
        room = max(1, self.viewport().height() - HEADER)
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, len(self._rows) * ROW - room))
        bar.setPageStep(room)
        bar.setSingleStep(ROW // 3)

    # -- gestures ------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select."""
        number = self._row_at(event.position().y())
        if number < 0:
            return
        self.select(number)
        if self._is_on_box(number, event.position()):
            self.toggled.emit(self._rows[number].code)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Look at a request."""
        bar = self._bar_at(event.position().x(), event.position().y())
        if bar is not None:
            self.request_wanted.emit(bar.request)

    def _is_on_box(self, number: int, place: QPointF) -> bool:
        if self._ticks is None or self._review is None:
            return False
        box = self._geometry(self._review).tick(self.row_box(number).top())
        return box.adjusted(-8, -8, 8, 8).contains(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, down, pages, ends; Space ticks."""
        if event.key() == Qt.Key.Key_Space and self._ticks is not None and self.current is not None:
            self.toggled.emit(self.current.code)
            return
        page = max(1, (self.viewport().height() - HEADER) // ROW)
        steps = {
            Qt.Key.Key_Down: self._current + 1,
            Qt.Key.Key_Up: max(0, self._current - 1),
            Qt.Key.Key_PageDown: self._current + page,
            Qt.Key.Key_PageUp: max(0, self._current - page),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self._rows) - 1,
        }
        wanted = steps.get(Qt.Key(event.key()))
        if wanted is None or not self._rows:
            super().keyPressEvent(event)
            return
        self.select(wanted)

    def viewportEvent(self, event: QEvent) -> bool:
        """A bar says all of itself in its tip."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            bar = self._bar_at(event.pos().x(), event.pos().y())
            QToolTip.showText(event.globalPos(), "" if bar is None else self._tip(bar), self.viewport())
            return True
        return super().viewportEvent(event)

    def _tip(self, bar: ReviewBar) -> str:
        states = {
            "stays": self.tr("stays as it is"),
            "leaves": self.tr("leaves this place"),
            "arrives": self.tr("is new here"),
        }
        parts = [f"{letter(bar.service)} {bar.request}, {bar.factory}", states[bar.state]]
        if bar.late_days:
            parts.append(self.tr("%n day(s) late", "", bar.late_days))
        if bar.announced:
            parts.append(self.tr("as announced"))
        return "\n".join(parts)

    def _row_at(self, y: float) -> int:
        if y < HEADER:
            return -1
        number = int(y - HEADER + self.verticalScrollBar().value()) // ROW
        return number if number < len(self._rows) else -1

    def _bar_at(self, x: float, y: float) -> ReviewBar | None:
        number = self._row_at(y)
        if number < 0 or self._review is None:
            return None
        place, row, top = self._geometry(self._review), self._rows[number], self.row_box(number).top()
        for lane, bars in enumerate((row.now, row.new)):
            for bar in bars:
                if bar_box(place, place.lane(top, lane), bar).contains(x, y):
                    return bar
        return None
