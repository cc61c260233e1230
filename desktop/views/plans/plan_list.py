"""The list of stored plans: code and state, days, cost, how much is assigned, when and by whom it was made."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.itemmodels.plan_table import ROW, PlanTableModel
from desktop.services.planning.stored_plans import PlanRow
from desktop.views.bar_painting import CENTRE, RIGHT, Ink, write
from desktop.views.look import Look
from desktop.views.plans.wording import gap_word, status_word
from desktop.views.words import day, days, money

HEIGHT = 66
TOKENS = {"draft": "accent", "published": "ok", "discarded": "muted", "superseded": "muted"}
BOLD = QFont.Weight.DemiBold


class PlanList(QListView):
    """Stored plans, one of them selected.

    Attributes:
        chosen: the code (str) of the plan that is selected now, "" for none.
    """

    chosen = Signal(object)

    def __init__(self, look: Look, model: PlanTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(_Delegate(look, self))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Plans"))
        look.changed.connect(self.viewport().update)

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Tell which plan is selected."""
        super().currentChanged(current, previous)
        row = current.data(ROW) if current.isValid() else None
        self.chosen.emit(row.code if isinstance(row, PlanRow) else "")


class _Delegate(QStyledItemDelegate):
    """Paints a plan in three lines."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The same for all."""
        return QSize(240, HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Code, state and cost; days and gap; what is assigned, when and by whom."""
        row = index.data(ROW)
        if not isinstance(row, PlanRow):
            return
        theme = self._look.theme
        box = QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(box, QColor(theme.accent_background if selected else theme.surface))
        if selected:
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), QColor(theme.accent))
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        header = row.header
        inner = box.adjusted(14, 7, -12, -7)
        over = header.status in ("discarded", "superseded")
        code = Ink(theme.muted if over else theme.text, 13, BOLD)
        first, second, third = (QRectF(inner.left(), inner.top() + y, inner.width(), 17) for y in (0, 18, 35))
        write(painter, first, header.code, code)
        chip = QPointF(first.left() + code.width_of(header.code) + 8, first.top() + 1)
        self._chip(painter, chip, header.status, selected=selected)
        write(painter, first, money(header.cost_cents), Ink(theme.muted if over else theme.text, 13, BOLD, RIGHT))
        write(painter, second, days(header.first_day, header.last_day), Ink(theme.text, 11))
        write(painter, second, gap_word(header.gap), Ink(theme.muted, 11, where=RIGHT))
        counts = self.tr("{assigned} assigned, {left} unassigned").format(
            assigned=f"{header.assigned:,}", left=f"{header.left_out:,}"
        )
        made = header.created_at.astimezone()
        when = " ".join(part for part in (day(made.date()), row.made_by) if part)
        quiet = Ink(theme.faint, 11, where=RIGHT)
        room = third.width() - Ink(theme.muted, 11).width_of(counts) - 10
        write(painter, third, counts, Ink(theme.muted, 11))
        write(painter, QRectF(third.right() - room, third.top(), room, 17), when, quiet)
        painter.restore()

    def _chip(self, painter: QPainter, corner: QPointF, status: str, *, selected: bool) -> None:
        theme = self._look.theme
        token = TOKENS.get(status, "muted")
        ink = Ink(getattr(theme, token), 10, BOLD, CENTRE)
        backgrounds = {"accent": theme.accent_background, "ok": theme.ok_background}
        ground = theme.surface if selected else backgrounds.get(token, theme.sunken)
        text = status_word(status)
        box = QRectF(corner.x(), corner.y(), ink.width_of(text) + 12, 15)
        painter.setPen(QPen(QColor(ground)))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box, 4, 4)
        write(painter, box, text, ink)
