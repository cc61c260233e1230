"""How a row of requests is painted: each column by its own sign, all from the row itself."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, QSize
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.itemmodels.request_table import COLUMNS, Index, RequestTable
from desktop.services.request_rows import RequestRow
from desktop.views.bar_painting import LEFT, RIGHT, Ink
from desktop.views.look import Look
from desktop.views.requests.request_painting import RequestPainter, write
from desktop.views.theme import colour

ROW_HEIGHT = 32
PADDING = 8


class RequestDelegate(QStyledItemDelegate):
    """Paints cells of a RequestTable with the tokens of the theme."""

    def __init__(self, look: Look, table: RequestTable, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look
        self._table = table
        self._paint = RequestPainter(look)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as the column wants to be."""
        return QSize(COLUMNS[index.column()].width, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell."""
        theme = self._look.theme
        box = QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        column = COLUMNS[index.column()]
        row = self._table.request(index.row())
        painter.save()
        painter.setClipRect(box)
        if selected:
            painter.fillRect(box, colour(theme.accent_background))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), colour(theme.line))
        if selected and column.name == "code":
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), colour(theme.accent))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=column.name in ("code", "risk", "status"))
        self._cell(painter, box.adjusted(PADDING, 0, -PADDING, -1), column.name, row)
        painter.restore()

    def _cell(self, painter: QPainter, box: QRectF, name: str, row: RequestRow) -> None:
        paint, now = self._paint, self._table.now
        match name:
            case "code":
                paint.code(painter, box, row)
            case "target":
                paint.countdown(painter, box, row, now)
            case "made":
                paint.production(painter, box, row)
            case "risk":
                paint.risk(painter, box, row, now)
            case "status":
                paint.status(painter, box, row.status)
            case _:
                self._text(painter, box, name, row)

    def _text(self, painter: QPainter, box: QRectF, name: str, row: RequestRow) -> None:
        theme = self._look.theme
        column = next(column for column in COLUMNS if column.name == name)
        quiet = name == "received" or (name == "price" and not row.price_entered)
        ink = Ink(theme.muted if quiet else theme.text, 12, QFont.Weight.Normal, RIGHT if column.is_number else LEFT)
        write(painter, box, column.text(row, self._table.now), ink)
