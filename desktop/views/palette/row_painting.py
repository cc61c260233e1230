"""A row of the palette as it is painted: icon, name, where it belongs, keys."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.itemmodels.palette_list import ENTRY, PaletteEntry
from desktop.views.bar_painting import CENTRE, Ink, write
from desktop.views.look import Look
from desktop.views.theme import colour

ROW_HEIGHT = 32
ICON, PAD = 16, 10


class PaletteRows(QStyledItemDelegate):
    """Paints with the theme's tokens."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """All rows are of one height."""
        return QSize(0, ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One row."""
        entry = index.data(ENTRY)
        if not isinstance(entry, PaletteEntry):
            return
        theme = self._look.theme
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(theme.accent_background))
            painter.drawRoundedRect(box.adjusted(4, 1, -4, -1), 4, 4)
        token = "accent" if selected else "muted" if entry.is_enabled else "line_strong"
        if entry.icon:
            pixmap = self._look.icon(entry.icon, token).pixmap(ICON, ICON)
            painter.drawPixmap(int(box.left()) + 14, int(box.center().y()) - ICON // 2, pixmap)
        right = self._paint_keys(painter, box, entry)
        left = box.left() + 14 + ICON + PAD
        weight = QFont.Weight.Medium if entry.is_record else QFont.Weight.Normal
        name = Ink(theme.text if entry.is_enabled else theme.faint, 12, weight)
        width = min(name.width_of(entry.text) + 1, right - left)
        write(painter, QRectF(left, box.top(), width, box.height()), entry.text, name)
        rest = QRectF(left + width + PAD, box.top(), max(0.0, right - left - width - PAD), box.height())
        if rest.width() > 24 and entry.more:
            write(painter, rest, entry.more, Ink(theme.faint, 11))
        painter.restore()

    def _paint_keys(self, painter: QPainter, box: QRectF, entry: PaletteEntry) -> float:
        """The keys at the right, and where they begin."""
        right = box.right() - 14
        if not entry.keys:
            return right
        theme = self._look.theme
        ink = Ink(theme.muted if entry.is_enabled else theme.faint, 11, QFont.Weight.Normal, CENTRE)
        width = ink.width_of(entry.keys) + 12
        chip = QRectF(right - width, box.center().y() - 9, width, 18)
        painter.setPen(QPen(colour(theme.line_strong), 1))
        painter.setBrush(colour(theme.surface))
        painter.drawRoundedRect(chip, 3, 3)
        write(painter, chip, entry.keys, ink)
        return chip.left() - PAD
