"""How a row of requests is painted: each column by its own sign, all from the row itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QRectF, QSize
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.itemmodels.request_table import COLUMNS, Index, RequestTable
from desktop.services.requests.rows import RequestRow
from desktop.views.bar_painting import LEFT, RIGHT, Ink
from desktop.views.look import Look
from desktop.views.requests.request_painting import RequestPainter, ink_colour, write

ROW_HEIGHT = 32
PADDING = 8
ROUNDED = frozenset(("code", "risk", "status"))
SELECTED = QStyle.StateFlag.State_Selected
ANTIALIASED = QPainter.RenderHint.Antialiasing
NORMAL = QFont.Weight.Normal


class RequestDelegate(QStyledItemDelegate):
    """Paints cells of a RequestTable with the tokens of the theme."""

    def __init__(self, look: Look, table: RequestTable, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look
        self._table = table
        self._paint = RequestPainter(look)
        self._drawn: dict[str, Callable[[QPainter, QRectF, RequestRow], None]] = {
            "code": self._paint.code,
            "target": self._countdown,
            "made": self._paint.production,
            "risk": self._risk,
            "status": self._status,
        }

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as the column wants to be."""
        return QSize(COLUMNS[index.column()].width, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell. Nothing is saved and put back: every cell sets what it draws with."""
        theme = self._look.theme
        box = QRectF(option.rect)
        selected = bool(option.state & SELECTED)
        column = COLUMNS[index.column()]
        name = column.name
        if selected:
            painter.fillRect(box, ink_colour(theme.accent_background))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), ink_colour(theme.line))
        if selected and name == "code":
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), ink_colour(theme.accent))
        painter.setRenderHint(ANTIALIASED, on=name in ROUNDED)
        row = self._table.request(index.row())
        inner = QRectF(box.left() + PADDING, box.top(), box.width() - 2 * PADDING, box.height() - 1)
        draw = self._drawn.get(name)
        if draw is not None:
            draw(painter, inner, row)
            return
        quiet = name == "received" or (name == "price" and not row.price_entered)
        ink = Ink(theme.muted if quiet else theme.text, 12, NORMAL, RIGHT if column.is_number else LEFT)
        write(painter, inner, column.text(row, self._table.now), ink)

    def _countdown(self, painter: QPainter, box: QRectF, row: RequestRow) -> None:
        self._paint.countdown(painter, box, row, self._table.now)

    def _risk(self, painter: QPainter, box: QRectF, row: RequestRow) -> None:
        self._paint.risk(painter, box, row, self._table.now)

    def _status(self, painter: QPainter, box: QRectF, row: RequestRow) -> None:
        self._paint.status(painter, box, row.status)
