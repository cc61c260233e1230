"""A chart in a window: painted once for its size, with a frame and a card for the mark that is pointed at."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.services.reports.report import Report, Table
from desktop.services.reports.vocabulary import Language, say
from desktop.views.bar_painting import painting, shade
from desktop.views.charts.card import FigureCard
from desktop.views.charts.drawing import ChartDrawing, Style
from desktop.views.charts.strokes import Hit
from desktop.views.look import Look

REST_MS = 400
LEAST = QSize(240, 120)
WIDTH = 560
FRAME = 1.5
ASIDE = 3.0  # how much more a step aside counts than a step on, when the next mark is looked for

_DIRECTIONS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left.value: (-1, 0),
    Qt.Key.Key_Right.value: (1, 0),
    Qt.Key.Key_Up.value: (0, -1),
    Qt.Key.Key_Down.value: (0, 1),
}


class ChartWidget(QWidget):
    """Shows a table of a report as its chart, without the title, which stands above it.

    Attributes:
        opened: a mark was clicked, or Enter pressed on it: the row of the table's frame by position (int), and the
            key of the column (str).
    """

    opened = Signal(int, str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._shown: Callable[[], ChartDrawing] | None = None
        self.drawing: ChartDrawing | None = None
        self._picture: QPixmap | None = None
        self._mark: Hit | None = None
        self._pressed: Hit | None = None
        self.card = FigureCard(look, self)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._say_mark)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look.changed.connect(self._draw_anew)

    def show_table(self, table: Table, report: Report, language: Language) -> None:
        """Show a table that has a chart."""
        self._shown = lambda: ChartDrawing(table, report, language, Style(self._look.theme, has_title=False))
        self._draw_anew()
        assert self.drawing is not None
        self.setAccessibleName(self.drawing.title)
        self._describe(language)
        self.updateGeometry()

    @property
    def mark(self) -> Hit | None:
        """The mark that is framed."""
        return self._mark

    def marks(self) -> list[Hit]:
        """Every mark, where it is now."""
        return [] if self.drawing is None else self.drawing.laid_out(QRectF(self.rect())).marks

    def _describe(self, language: Language) -> None:
        assert self.drawing is not None
        parts = (self.drawing.about, self.drawing.source, say("chart.count", language, number=len(self.marks())))
        hint = say("chart.hint", language) if self._is_open_able() else ""
        self.setAccessibleDescription(". ".join(part for part in (*parts, hint) if part))

    def _is_open_able(self) -> bool:
        return self.drawing is not None and bool(self.drawing.subject.table.behind)

    def _draw_anew(self) -> None:
        if self._shown is not None:
            self.drawing = self._shown()
        self._picture = None
        self._point_at(None)
        self.update()

    # -- size ----------------------------------------------------------------------------------------------------------

    def heightForWidth(self, width: int) -> int:
        """As high as the rows need when this wide."""
        return LEAST.height() if self.drawing is None else round(self.drawing.wanted_height(width))

    def sizeHint(self) -> QSize:
        """As high as its width asks for."""
        width = self.width() if self.testAttribute(Qt.WidgetAttribute.WA_Resized) else WIDTH
        return QSize(WIDTH, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """So small that something can still be read."""
        return LEAST

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Marks are elsewhere now."""
        self._picture = None
        self._point_at(None)
        super().resizeEvent(event)

    # -- painting ------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The chart, kept as a picture, and the frame of the mark that is pointed at."""
        del event
        if self.drawing is None:
            return
        if self._picture is None or self._picture.devicePixelRatio() != self.devicePixelRatioF():
            self._picture = self._painted(self.drawing)
        with painting(self) as painter:
            painter.drawPixmap(0, 0, self._picture)
            if self._mark is not None:
                half = FRAME / 2
                inner = QRectF(self.rect()).adjusted(half, half, -half, -half)
                painter.setPen(QPen(shade(self._look.theme.ruler), FRAME))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(self._mark.box.intersected(inner), 2, 2)

    def _painted(self, drawing: ChartDrawing) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        with painting(picture) as painter:
            drawing.paint(painter, QRectF(self.rect()))
        return picture

    # -- pointing ------------------------------------------------------------------------------------------------------

    def _point_at(self, mark: Hit | None) -> None:
        if mark != self._mark:
            self._rest.stop()
            self.card.hide()
            self._mark = mark
            self.update()

    def _say_mark(self) -> None:
        if self._mark is None or self.drawing is None or not self.isVisible():
            return
        box = self._mark.box.toRect().intersected(self.rect())
        corner = self.mapToGlobal(box.topLeft())
        told = self.drawing.told(self._mark)
        self.card.say(told, QRect(corner, box.size()), self.screen().availableGeometry())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Frame the mark under the mouse; its card comes when the mouse has rested."""
        mark = self._mark_at(event.position())
        if mark != self._mark:
            self._point_at(mark)
            if mark is not None:
                self._rest.start()
        can_open = mark is not None and self._is_open_able()
        self.setCursor(Qt.CursorShape.PointingHandCursor if can_open else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember what was pressed."""
        self._pressed = self._mark_at(event.position()) if event.button() == Qt.MouseButton.LeftButton else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens what is behind the mark."""
        mark = self._mark_at(event.position())
        if mark is not None and mark == self._pressed:
            self._point_at(mark)
            self._open()
        self._pressed = None

    def _mark_at(self, point: QPointF) -> Hit | None:
        self.marks()
        return None if self.drawing is None else self.drawing.at(point)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at."""
        self._point_at(None)
        super().leaveEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """A card does not stay behind."""
        self._point_at(None)
        super().hideEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes by keys sees where he is."""
        comes_by_keys = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if comes_by_keys and self._mark is None and self.marks():
            self._point_at(self.marks()[0])
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Nothing is pointed at."""
        self._point_at(None)
        super().focusOutEvent(event)

    # -- keys ----------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk from mark to mark, Enter opens what is behind one, Esc lets go of it."""
        key = event.key()
        if key in _DIRECTIONS:
            self._step(*_DIRECTIONS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.marks():
            self._walk_to(self.marks()[0 if key == Qt.Key.Key_Home else -1])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._mark is not None:
            self._open()
        elif key == Qt.Key.Key_Escape and self._mark is not None:
            self._point_at(None)
        else:
            super().keyPressEvent(event)

    def _step(self, dx: int, dy: int) -> None:
        marks = self.marks()
        if self._mark is None:
            if marks:
                self._walk_to(marks[0])
            return
        found = _next(marks, self._mark, dx, dy)
        if found is not None:
            self._walk_to(found)

    def _walk_to(self, mark: Hit) -> None:
        self._point_at(mark)
        self._say_mark()
        if self.drawing is not None:
            self.setAccessibleDescription(self.drawing.told(mark).text)

    def _open(self) -> None:
        if self._mark is not None:
            self.card.hide()
            self.opened.emit(self._mark.row, self._mark.column)


def _next(marks: Iterable[Hit], mark: Hit, dx: int, dy: int) -> Hit | None:
    """The next mark in a direction: near, and rather straight on than aside."""
    best, least = None, float("inf")
    for other in marks:
        away = other.box.center() - mark.box.center()
        on, aside = dx * away.x() + dy * away.y(), abs(dy * away.x()) + abs(dx * away.y())
        if on > 1.0 and on + ASIDE * aside < least:
            best, least = other, on + ASIDE * aside
    return best
