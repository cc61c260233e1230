"""A line of the checklist as it is painted: what is checked, how, its class, and whose item it is."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.itemmodels.checklist_list import LINE, ChecklistLine
from desktop.views.look import Look
from desktop.views.theme import Theme, colour, font

PAD, MARK = 12, 3
WRAP = Qt.TextFlag.TextWordWrap
MOST_HEIGHT = 100_000


@lru_cache(maxsize=16)
def _metrics(pixels: int, weight: QFont.Weight) -> QFontMetricsF:
    return QFontMetricsF(font(pixels, weight))


@lru_cache(maxsize=4096)
def _height(text: str, pixels: int, weight: QFont.Weight, width: int) -> float:
    """How high a text stands when folded to a width."""
    if not text:
        return 0.0
    return _metrics(pixels, weight).boundingRect(QRectF(0, 0, width, MOST_HEIGHT), WRAP, text).height()


class ChecklistRows(QStyledItemDelegate):
    """Paints with the theme's tokens; lines are as high as their words need in the width there is."""

    def __init__(self, look: Look, view: QListView) -> None:
        super().__init__(view)
        self._look = look
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The width of the view, and the height of the words in it."""
        line = index.data(LINE)
        width = self._view.viewport().width()
        if not isinstance(line, ChecklistLine):
            return QSize(width, 0)
        height = sum(_height(text, *how, width - 2 * PAD) for text, how, _ in _parts(line, self._look.theme))
        return QSize(width, round(height) + (16 if line.is_section else 12))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One line."""
        line = index.data(LINE)
        if not isinstance(line, ChecklistLine):
            return
        theme = self._look.theme
        box = QRectF(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, colour(theme.accent_background))
        elif line.is_section:
            painter.fillRect(box, colour(theme.raised))
        if line.is_clients:
            painter.fillRect(QRectF(box.left(), box.top(), MARK, box.height()), colour(theme.accent))
        top, width = box.top() + (8 if line.is_section else 6), int(box.width()) - 2 * PAD
        for text, how, token in _parts(line, theme):
            height = _height(text, *how, width)
            painter.setFont(font(*how))
            painter.setPen(colour(token))
            painter.drawText(QRectF(box.left() + PAD, top, width, height + 1), WRAP, text)
            top += height
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), colour(theme.line))
        painter.restore()


def _parts(line: ChecklistLine, theme: Theme) -> tuple[tuple[str, tuple[int, QFont.Weight], str], ...]:
    """The paragraphs of a line: text, size and weight, colour."""
    bold, plain = QFont.Weight.DemiBold, QFont.Weight.Normal
    if line.is_section:
        return ((line.title, (12, bold), theme.text),)
    facts = theme.bad if line.defect == "critical" else theme.accent if line.is_clients else theme.faint
    return (
        (line.title, (12, QFont.Weight.Medium), theme.text),
        (line.requirement, (11, plain), theme.muted),
        (line.facts, (11, plain), facts),
    )
