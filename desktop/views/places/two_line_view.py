"""A list of rows of two lines, as it is painted."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.itemmodels.two_line_list import ROW, TwoLineList, TwoLineRow
from desktop.views.bar_painting import CENTRE, RIGHT, Ink, shade, write
from desktop.views.look import Look

ROW_HEIGHT, HEAD_HEIGHT = 42, 28
PAD, MARK = 12.0, 20.0


class TwoLineView(QListView):
    """The list.

    Attributes:
        chosen: a row (TwoLineRow) was gone to; None where there is none.
    """

    chosen = Signal(object)

    def __init__(self, look: Look, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = TwoLineList(self)
        self.setModel(self.rows)
        self.setItemDelegate(_TwoLineRows(look, self))
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.selectionModel().currentChanged.connect(self._on_current)
        look.changed.connect(self.viewport().update)

    @property
    def current(self) -> TwoLineRow | None:
        """The row that is chosen."""
        row = self.currentIndex().data(ROW)
        return row if isinstance(row, TwoLineRow) else None

    def choose(self, number: int) -> None:
        """Go to a row."""
        self.setCurrentIndex(self.rows.index(number, 0))

    def _on_current(self, now: QModelIndex, _before: QModelIndex) -> None:
        row = now.data(ROW)
        self.chosen.emit(row if isinstance(row, TwoLineRow) else None)


class _TwoLineRows(QStyledItemDelegate):
    """Paints with the theme's tokens."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Heads are lower."""
        row = index.data(ROW)
        return QSize(0, HEAD_HEIGHT if isinstance(row, TwoLineRow) and row.is_head else ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One row."""
        row = index.data(ROW)
        if not isinstance(row, TwoLineRow):
            return
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        if row.is_head:
            self._paint_head(painter, QRectF(option.rect), row)
        else:
            self._paint_row(painter, QRectF(option.rect), row, bool(option.state & QStyle.StateFlag.State_Selected))
        painter.restore()

    def _paint_head(self, painter: QPainter, box: QRectF, row: TwoLineRow) -> None:
        theme = self._look.theme
        painter.fillRect(box, shade(theme.raised))
        inner = box.adjusted(PAD, 0, -PAD, 0)
        write(painter, inner.adjusted(0, 0, -40, 0), row.title, Ink(theme.muted, 11, QFont.Weight.DemiBold))
        write(painter, inner, row.side, Ink(theme.muted, 11, where=RIGHT))

    def _paint_row(self, painter: QPainter, box: QRectF, row: TwoLineRow, is_selected: bool) -> None:
        theme = self._look.theme
        if is_selected:
            painter.fillRect(box, shade(theme.accent_background))
        painter.setPen(QPen(shade(theme.line), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        left, right = box.left() + PAD, box.right() - PAD
        if row.mark:
            self._paint_mark(painter, QPointF(left + MARK / 2, box.center().y()), row.mark, is_selected)
            left += MARK + 8
        if row.side:
            ink = Ink(theme.muted, 11, where=RIGHT)
            width = ink.width_of(row.side) + 2
            write(painter, QRectF(right - width, box.top() + 4, width, 18), row.side, ink)
            right -= width + 8
        name = Ink(theme.accent if is_selected else theme.text, 12, QFont.Weight.Medium)
        write(painter, QRectF(left, box.top() + 4, right - left, 18), row.title, name)
        second = QRectF(left, box.top() + 22, box.right() - PAD - left, 16)
        write(painter, second, row.detail, Ink(theme.muted, 11))

    def _paint_mark(self, painter: QPainter, middle: QPointF, text: str, is_selected: bool) -> None:
        theme = self._look.theme
        painter.setPen(QPen(shade(theme.accent), 1.6))
        painter.setBrush(shade(theme.accent if is_selected else theme.surface))
        painter.drawEllipse(middle, MARK / 2 - 1, MARK / 2 - 1)
        box = QRectF(middle.x() - MARK / 2, middle.y() - MARK / 2, MARK, MARK)
        ink = Ink(theme.on_accent if is_selected else theme.accent, 11, QFont.Weight.DemiBold, CENTRE)
        write(painter, box, text, ink)
