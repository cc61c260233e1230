"""Tables of a review: the cost by part, and requests placed, left out or dropped."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.itemmodels import plan_requests, plan_score
from desktop.itemmodels.plan_requests import PlanRequestsModel
from desktop.itemmodels.plan_score import PlanScoreModel
from desktop.services.plan_review import RequestReview
from desktop.views.bar_painting import LEFT, RIGHT, Ink, paint_cap, write
from desktop.views.look import Look

ROW, SCORE_ROW = 32, 25
CAP = 16.0
WIDTHS = {"code": 108, "client": 150, "when": 120, "late": 72}
ELASTIC = ("factory", "who", "reason", "lift")
FACTORY_WIDTH = 200
CLIENT_FROM = 720  # pixels of a table
COST_WIDTH = 88
SCORE_COLUMNS = (68, 70, 72)
Index = QModelIndex | QPersistentModelIndex


class ScoreTable(QTableView):
    """What one plan costs, or two, by part. As high as its rows."""

    def __init__(self, look: Look, model: PlanScoreModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(_ScoreDelegate(look, self))
        _plain(self, SCORE_ROW)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Score by rule"))
        model.modelReset.connect(self._fit)
        look.changed.connect(self.viewport().update)
        self._fit()

    def _fit(self) -> None:
        header = self.horizontalHeader()
        for column in range(self.model().columnCount()):
            mode = QHeaderView.ResizeMode.Stretch if column == 0 else QHeaderView.ResizeMode.Fixed
            header.setSectionResizeMode(column, mode)
            if column:
                self.setColumnWidth(column, SCORE_COLUMNS[column - 1])
        self.setFixedHeight(header.sizeHint().height() + SCORE_ROW * self.model().rowCount() + 2)


class RequestTable(QTableView):
    """Requests of a review.

    Attributes:
        request_wanted: the code (str) of a request that was opened.
    """

    request_wanted = Signal(object)

    def __init__(self, look: Look, model: PlanRequestsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = model.columns
        self.setModel(model)
        self.setItemDelegate(_RequestDelegate(look, self))
        _plain(self, ROW)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        header = self.horizontalHeader()
        for column, name in enumerate(model.columns):
            self.setColumnWidth(column, WIDTHS.get(name, COST_WIDTH))
            if name == "factory" and len(model.columns) == 3:  # of which the reason takes what there is
                self.setColumnWidth(column, FACTORY_WIDTH)
            elif name in ELASTIC:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.activated.connect(self._open)
        look.changed.connect(self.viewport().update)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The client's name gives way first; the tip of the code says it."""
        super().resizeEvent(event)
        for column, name in enumerate(self._columns):
            if name == "client":
                self.setColumnHidden(column, event.size().width() < CLIENT_FROM)

    def _open(self, index: QModelIndex) -> None:
        row = index.data(plan_requests.ROW)
        if isinstance(row, RequestReview):
            self.request_wanted.emit(row.code)


def _plain(table: QTableView, row_height: int) -> None:
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(row_height)
    table.verticalHeader().setMinimumSectionSize(row_height)
    table.horizontalHeader().setHighlightSections(False)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)


class _ScoreDelegate(QStyledItemDelegate):
    """Sums stand out."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Text in the colour that the model names, a line below."""
        theme, box = self._look.theme, QRectF(option.rect)
        is_sum = bool(index.data(plan_score.SUM))
        painter.save()
        painter.fillRect(box, QColor(theme.surface))
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        weight = QFont.Weight.DemiBold if is_sum or index.column() == 3 else QFont.Weight.Normal
        token = getattr(theme, str(index.data(plan_score.TOKEN)))
        where = RIGHT if index.column() else LEFT
        write(painter, box.adjusted(12, 0, -10, 0), str(index.data()), Ink(token, 11, weight, where))
        painter.restore()


class _RequestDelegate(QStyledItemDelegate):
    """Cap and code first, then text."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Text in the colour that the model names."""
        theme, box = self._look.theme, QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(box, QColor(theme.accent_background if selected else theme.surface))
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        text, weight = box.adjusted(10, 0, -8, 0), QFont.Weight.Normal
        row = index.data(plan_requests.ROW)
        if index.column() == 0 and isinstance(row, RequestReview):
            paint_cap(painter, theme, QRectF(box.left() + 12, box.center().y() - CAP / 2, CAP, CAP), row.service)
            text, weight = box.adjusted(12 + CAP + 6, 0, -6, 0), QFont.Weight.DemiBold
        token = getattr(theme, str(index.data(plan_requests.TOKEN)))
        right = index.data(Qt.ItemDataRole.TextAlignmentRole) is not None
        write(painter, text, str(index.data()), Ink(token, 12, weight, RIGHT if right else LEFT))
        painter.restore()
