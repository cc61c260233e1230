"""A table of a report on the screen: figures to the right, bars where they help, sorted by a click on a head."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.itemmodels.report_table import NAMES, SHARE, TOTAL, ReportTableModel
from desktop.views.bar_painting import LEFT, RIGHT, Ink, shade, write
from desktop.views.look import Look

ROW, HEAD = 26, 28
MOST_ROWS = 12
"""So many rows a card has before one scrolls."""
PADDING = 8.0
BAR_WIDTH = 90
LEAST_NAME, LEAST_FIGURE, MOST_NAME = 70, 58, 320
SAMPLE_ROWS = 60
"""Rows by which the width of a column is measured."""
BOLD = QFont.Weight.DemiBold


class _Delegate(QStyledItemDelegate):
    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """All rows are equally high."""
        return QSize(40, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """A cell on its ground, with its bar and the rule under the row."""
        theme, box = self._look.theme, QRectF(option.rect)
        is_total = bool(index.data(TOTAL))
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        is_hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        ground = theme.accent_background if is_selected else theme.raised if is_total or is_hovered else theme.surface
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.fillRect(box, shade(ground))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), shade(theme.line))
        if is_total:
            painter.fillRect(QRectF(box.left(), box.top() - 1, box.width(), 1), shade(theme.line_strong))
        inner = box.adjusted(PADDING, 0, -PADDING, -1)
        share = index.data(SHARE)
        if share is not None:
            track = QRectF(inner.left(), inner.center().y() - 3, BAR_WIDTH - 10, 6)
            painter.fillRect(track, shade(theme.sunken))
            painter.fillRect(QRectF(track.left(), track.top(), track.width() * share, 6), shade(theme.accent))
            inner = inner.adjusted(BAR_WIDTH, 0, 0, 0)
        is_right = index.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
        weight = BOLD if is_total or share is not None else QFont.Weight.Normal
        text = str(index.data() or "")
        colour = theme.bad if is_right and text.startswith("\N{MINUS SIGN}") else theme.text
        write(painter, inner, text, Ink(colour, 12, weight, RIGHT if is_right else LEFT))
        painter.restore()


class ReportTableView(QTableView):
    """Shows a ReportTableModel.

    Attributes:
        opened: (row of the frame, key of the column): it was clicked, or Enter pressed on it.
        chosen: the row of the frame (int) that is gone to, or None.
    """

    opened = Signal(object)
    chosen = Signal(object)

    def __init__(self, look: Look, name: str, parent: QWidget, most_rows: int = MOST_ROWS) -> None:
        super().__init__(parent)
        self.rows = ReportTableModel(self)
        self._most_rows = most_rows
        self._usual: list[int] = []
        self._pressed: QPoint | None = None
        self.setModel(self.rows)
        self.setItemDelegate(_Delegate(look, self))
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setFixedHeight(HEAD)
        head.setHighlightSections(False)
        head.setMinimumSectionSize(24)
        head.setSortIndicatorShown(True)
        head.setSortIndicatorClearable(True)
        self.setSortingEnabled(True)
        look.changed.connect(self.viewport().update)

    def fit(self) -> None:
        """Measure the columns anew: another table is shown."""
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._usual = [self._wanted(column) for column in range(len(self.rows.columns))]
        self._share_out()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As high as its rows, up to a dozen."""
        rows = min(self.rows.rowCount(), self._most_rows)
        wide = sum(self._usual) > self.viewport().width() if self._usual else False
        return QSize(300, HEAD + max(rows, 1) * ROW + (12 if wide else 2))

    def minimumSizeHint(self) -> QSize:
        """Never less than asked for."""
        return QSize(120, min(self.sizeHint().height(), HEAD + 4 * ROW))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out anew."""
        super().resizeEvent(event)
        self._share_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens what is behind; Ctrl+C copies the cell."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy) and self.currentIndex().isValid():
            QGuiApplication.clipboard().setText(str(self.currentIndex().data()))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Where it was pressed."""
        super().mousePressEvent(event)
        is_left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = event.position().toPoint() if is_left else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens what is behind the cell."""
        super().mouseReleaseEvent(event)
        if self._pressed is not None and event.button() == Qt.MouseButton.LeftButton:
            before, after = self.indexAt(self._pressed), self.indexAt(event.position().toPoint())
            self._pressed = None
            if after.isValid() and before == after:
                self._open(after)

    def viewportEvent(self, event: QEvent) -> bool:
        """A hand where a click opens something."""
        if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            at = self.indexAt(event.position().toPoint())
            opens = at.isValid() and self._opens(at)
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)
        return super().viewportEvent(event)

    def currentChanged(self, current: QModelIndex, previous: QModelIndex | QPersistentModelIndex) -> None:  # type: ignore[override]
        """Tell which row is gone to."""
        super().currentChanged(current, previous)
        self.chosen.emit(self.rows.place(current.row()))

    def _opens(self, index: QModelIndex) -> bool:
        table = self.rows.table
        return table is not None and bool(table.behind) and self.rows.place(index.row()) is not None

    def _open(self, index: QModelIndex) -> None:
        place = self.rows.place(index.row())
        if place is not None:
            self.opened.emit((place, self.rows.columns[index.column()].key))

    def _wanted(self, column: int) -> int:
        model = self.rows
        rows = range(min(model.rowCount(), SAMPLE_ROWS))
        body, head = Ink("", 12, BOLD), Ink("", 11)
        texts = max((body.width_of(model.text(row, column)) for row in rows), default=0.0)
        if model.has_total:
            texts = max(texts, body.width_of(model.text(model.rowCount() - 1, column)))
        title = head.width_of(str(model.headerData(column, Qt.Orientation.Horizontal))) + 14
        is_name = model.columns[column].unit in NAMES
        has_bar = any(model.index(row, column).data(SHARE) is not None for row in rows)
        wanted = max(texts, title) + 2 * PADDING + 2 + (BAR_WIDTH if has_bar else 0)
        return round(min(max(wanted, LEAST_NAME if is_name else LEAST_FIGURE), MOST_NAME))

    def _share_out(self) -> None:
        """Room that is left goes to the names, else to all; what does not fit is scrolled to."""
        if not self._usual:
            return
        left = self.viewport().width() - sum(self._usual)
        growing = [n for n, column in enumerate(self.rows.columns) if column.unit in ("text", "word")]
        growing = growing or list(range(len(self._usual)))
        extra = max(left, 0) // len(growing)
        for column, width in enumerate(self._usual):
            self.setColumnWidth(column, width + (extra if column in growing else 0))
