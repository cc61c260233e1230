"""How the cells of a list are painted: caps, chips, what is struck, ticks, heads."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.itemmodels.list_table import Cell, ListTableModel, TableRow
from desktop.views.bar_painting import CAP, CENTRE, Ink, paint_cap, paint_tick, shade, write
from desktop.views.look import Look
from desktop.views.theme import Theme

ROW_HEIGHT = 28
PADDING = 8.0
TICK_WIDTH = 30
BOX = 14.0
CHIP_HEIGHT = 17.0
MARK = 3.0  # at the left edge of the row that is gone to
GROUNDS = {"ok": "ok_background", "warn": "warn_background", "bad": "bad_background", "accent": "accent_background"}


class ListDelegate(QStyledItemDelegate):
    """Paints with the theme's tokens."""

    def __init__(self, look: Look, model: ListTableModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._model = model

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """All rows are equally high."""
        return QSize(60, ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """A cell on its ground, with the rule under the row."""
        row, theme, box = self._model.rows[index.row()], self._look.theme, QRectF(option.rect)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        ground = theme.accent_background if is_selected else theme.raised if row.is_head else theme.surface
        painter.fillRect(box, shade(ground))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), shade(theme.line))
        inner = box.adjusted(PADDING, 0, -4, -1)
        if index.column() == 0:
            if is_selected:
                painter.fillRect(QRectF(box.left(), box.top(), MARK, box.height()), shade(theme.accent))
            inner = self._paint_tick(painter, theme, inner, index.row(), row)
        if index.column() < len(row.cells):
            if row.is_head:
                self._paint_head(painter, theme, inner, row.cells[0])
            else:
                paint_list_cell(painter, theme, inner, row.cells[index.column()], strong=index.column() == 0)
        painter.restore()

    def _paint_tick(self, painter: QPainter, theme: Theme, box: QRectF, number: int, row: TableRow) -> QRectF:
        """The box of a row that may be ticked; gives the room that is left."""
        if not row.may_tick:
            return box
        state = self._model.state_of(number)
        square = QRectF(box.left() + 1, box.center().y() - BOX / 2, BOX, BOX)
        is_on = state != Qt.CheckState.Unchecked
        painter.setPen(QPen(shade(theme.accent if is_on else theme.line_strong), 1))
        painter.setBrush(shade(theme.accent if state == Qt.CheckState.Checked else theme.surface))
        painter.drawRoundedRect(square, 3, 3)
        if state == Qt.CheckState.Checked:
            paint_tick(painter, theme.on_accent, square.center())
        elif is_on:
            painter.fillRect(square.adjusted(3, 6, -3, -6), shade(theme.accent))
        return box.adjusted(TICK_WIDTH - PADDING, 0, 0, 0)

    @staticmethod
    def _paint_head(painter: QPainter, theme: Theme, box: QRectF, cell: Cell) -> None:
        title = Ink(theme.text, 11, QFont.Weight.DemiBold)
        write(painter, box, cell.text, title)
        used = min(title.width_of(cell.text), box.width()) + 8
        write(painter, box.adjusted(used, 0, 0, 0), cell.detail, Ink(theme.muted, 11))


def paint_list_cell(painter: QPainter, theme: Theme, box: QRectF, cell: Cell, *, strong: bool = False) -> None:
    """A cell's cap, what is struck, its text and what is said after it, as far as there is room."""
    if cell.service:
        paint_cap(painter, theme, QRectF(box.left(), box.center().y() - CAP / 2, CAP, CAP), cell.service)
        box = box.adjusted(CAP + 5, 0, 0, 0)
    if cell.was:
        box = _paint_struck(painter, theme, box, cell.was)
    colour = str(getattr(theme, cell.token)) if cell.token else theme.text
    ink = Ink(colour, 12, QFont.Weight.Medium if strong else QFont.Weight.Normal)
    if cell.is_chip and cell.text:
        used = _paint_chip(painter, theme, box, cell)
    else:
        write(painter, box, cell.text, ink)
        used = min(ink.width_of(cell.text), box.width())
    if cell.detail and used + 12 < box.width():
        write(painter, box.adjusted(used + (6 if used else 0), 0, 0, 0), cell.detail, Ink(theme.faint, 11))


def _paint_struck(painter: QPainter, theme: Theme, box: QRectF, text: str) -> QRectF:
    """What stood there before, struck; gives the room that is left, at least half."""
    ink = Ink(theme.faint, 11)
    width = min(ink.width_of(text), box.width() / 2)
    write(painter, QRectF(box.left(), box.top(), width, box.height()), text, ink)
    painter.setPen(QPen(shade(theme.faint), 1))
    middle = box.center().y() + 0.5
    painter.drawLine(QPointF(box.left(), middle), QPointF(box.left() + width, middle))
    return box.adjusted(width + 6, 0, 0, 0)


def _paint_chip(painter: QPainter, theme: Theme, box: QRectF, cell: Cell) -> float:
    ground = str(getattr(theme, GROUNDS.get(cell.token, "sunken")))
    colour = str(getattr(theme, cell.token)) if cell.token else theme.muted
    ink = Ink(colour, 11, QFont.Weight.Medium, CENTRE)
    width = min(ink.width_of(cell.text) + 12, box.width())
    chip = QRectF(box.left(), box.center().y() - CHIP_HEIGHT / 2, width, CHIP_HEIGHT)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shade(ground))
    painter.drawRoundedRect(chip, 4, 4)
    write(painter, chip.adjusted(4, 0, -4, 0), cell.text, ink)
    return width
