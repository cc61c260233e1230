"""The tray under the board: what is unassigned, late or breaks a rule; rows are dragged from here onto the board."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFont, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.itemmodels.tray_table import (
    COLUMNS,
    ENTRY,
    NUMBERS,
    TOKEN,
    Kind,
    TrayEntry,
    TrayTableModel,
    tray_entries,
)
from desktop.services.board import WeekBoard
from desktop.views.bar_painting import RIGHT, Ink, paint_alert, paint_cap, shade, write
from desktop.views.board.legend import Legend
from desktop.views.look import Look
from desktop.views.theme import Theme

ROW_HEIGHT = 26
HEAD_HEIGHT, ANY_HEIGHT = 34, 16_777_215
FADED = 0.45  # the strength of what does not match the search
DEMIBOLD = QFont.Weight.DemiBold
WIDTHS = {
    "request": 96,
    "factory": 220,
    "client": 140,
    "md": 40,
    "window": 142,
    "left": 72,
    "places": 56,
    "cheapest": 230,
}
KINDS: tuple[Kind, ...] = ("unassigned", "late", "broken")


@dataclass(frozen=True, slots=True)
class TrayPressed:
    """A row is being dragged, or its menu is wanted; `point` is global."""

    entry: TrayEntry
    point: QPoint


class TrayDelegate(QStyledItemDelegate):
    """Paints a row: the service's letter before the code, the reason as a chip, the rest as text."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.faded: frozenset[str] = frozenset()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One cell."""
        entry = index.data(ENTRY)
        if not isinstance(entry, TrayEntry):
            return
        theme, box = self._look.theme, QRectF(option.rect)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, shade(theme.accent_background))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), shade(theme.line))
        if entry.request in self.faded:
            painter.setOpacity(FADED)
        paint_entry(painter, theme, box, TrayCell(entry, COLUMNS[index.column()], str(index.data()), index.data(TOKEN)))
        painter.restore()


class TrayCell(NamedTuple):
    """A cell of the tray: whose it is, of which column, its text and the colour to read it in."""

    entry: TrayEntry
    column: str
    text: str
    token: str


def paint_entry(painter: QPainter, theme: Theme, box: QRectF, cell: TrayCell) -> None:
    """One cell of the tray."""
    inner = box.adjusted(8, 0, -8, -1)
    ink = Ink({"bad": theme.bad, "warn": theme.warn}.get(cell.token, theme.text), 12)
    if cell.column == "request":
        paint_cap(painter, theme, QRectF(box.left() + 12, box.center().y() - 8, 16, 16), cell.entry.service)
        write(painter, box.adjusted(36, 0, -4, -1), cell.text, ink._replace(weight=DEMIBOLD))
    elif cell.column == "reason":
        if cell.text:
            _chip(painter, theme, inner, cell)
    elif cell.column == "cheapest":
        write(painter, inner, cell.text, ink._replace(token=theme.muted if cell.token else theme.accent))
    else:
        ink = ink._replace(weight=DEMIBOLD if cell.token == "bad" else QFont.Weight.Normal)
        write(painter, inner, cell.text, ink._replace(where=RIGHT) if cell.column in NUMBERS else ink)


def _chip(painter: QPainter, theme: Theme, box: QRectF, cell: TrayCell) -> None:
    """A reason: what is planned and wrong stands out more than what is not planned."""
    ink = Ink(theme.warn if cell.entry.is_planned else theme.text, 12)
    width = min(box.width(), ink.width_of(cell.text) + 30)
    chip = QRectF(box.left(), box.center().y() - 9, width, 18)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shade(theme.warn_background if cell.entry.is_planned else theme.sunken))
    painter.drawRoundedRect(chip, 4, 4)
    paint_alert(painter, theme.warn, theme.surface, QPointF(chip.left() + 12, chip.top() + 9))
    write(painter, chip.adjusted(22, 0, -6, 0), cell.text, ink)


class TrayTable(QTableView):
    """The rows. Dragging one tells `drag_wanted`.

    Attributes:
        drag_wanted: a TrayPressed.
        opened: the code of a request (str), entered or twice clicked.
        menu_wanted: a TrayPressed.
    """

    drag_wanted = Signal(object)
    opened = Signal(object)
    menu_wanted = Signal(object)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._press: TrayPressed | None = None
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setSortingEnabled(True)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setMinimumSectionSize(ROW_HEIGHT)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsMovable(True)
        head.setSortIndicatorClearable(True)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setAccessibleName(self.tr("Requests that need attention"))

    def _entry_at(self, point: QPoint) -> TrayEntry | None:
        entry = self.indexAt(point).data(ENTRY)
        return entry if isinstance(entry, TrayEntry) else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select, and be ready to drag."""
        super().mousePressEvent(event)
        entry = self._entry_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and entry is not None:
            self._press = TrayPressed(entry, event.globalPosition().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begin to drag; the view's own selecting by dragging is of no use here."""
        if self._press is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        far = (event.globalPosition().toPoint() - self._press.point).manhattanLength()
        if far >= QApplication.startDragDistance():
            pressed, self._press = self._press, None
            self.drag_wanted.emit(pressed)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Nothing was dragged."""
        self._press = None
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the request."""
        entry = self._entry_at(event.position().toPoint())
        if entry is not None:
            self.opened.emit(entry.request)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        entry = self.currentIndex().data(ENTRY)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(entry, TrayEntry):
            self.opened.emit(entry.request)
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of a row."""
        entry = self._entry_at(event.pos())
        if entry is not None:
            self.menu_wanted.emit(TrayPressed(entry, event.globalPos()))


class Tray(QFrame):
    """Tabs of what needs attention, each with its number.

    Attributes:
        table: the rows.
        selected: the code of a request (str) that the user has gone to.
        folded: whether only the tabs are seen (bool) has changed.
    """

    selected = Signal(object)
    folded = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._board: WeekBoard | None = None
        self._kind: Kind = "unassigned"
        self._is_showing = False
        self.setAccessibleName(self.tr("Tray"))
        head = self._make_head()
        self.model = TrayTableModel(self)
        self.table = TrayTable(look, self)
        self._delegate = TrayDelegate(look, self.table)
        self.table.setItemDelegate(self._delegate)
        self.table.setModel(self.model)
        for number, column in enumerate(COLUMNS):
            if column in WIDTHS:
                self.table.setColumnWidth(number, WIDTHS[column])
        head_of_table = self.table.horizontalHeader()
        head_of_table.setSectionResizeMode(COLUMNS.index("reason"), QHeaderView.ResizeMode.Stretch)
        self._empty = QLabel(self)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setProperty("role", "muted")
        body = QWidget(self)
        self._body = body
        self._stack = QStackedLayout(body)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        column_of = QVBoxLayout(self)
        column_of.setContentsMargins(0, 0, 0, 0)
        column_of.setSpacing(0)
        column_of.addWidget(head)
        column_of.addWidget(body, 1)
        self._tabs.idClicked.connect(self._on_tab)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        look.changed.connect(self._paint)
        self._paint()
        self.setMinimumHeight(HEAD_HEIGHT)
        self._say_tabs()

    def _make_head(self) -> QFrame:
        self._tabs = QButtonGroup(self)
        self._tabs.setExclusive(True)
        head = QFrame(self)
        head.setProperty("role", "strip")
        head.setFixedHeight(HEAD_HEIGHT)
        row = QHBoxLayout(head)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(4)
        for number, _ in enumerate(KINDS):
            tab = QPushButton(head)
            tab.setProperty("role", "tab")
            tab.setCheckable(True)
            self._tabs.addButton(tab, number)
            row.addWidget(tab)
        self._tabs.button(0).setChecked(True)
        row.addWidget(Legend(self._look, head), 100)
        self._fold = QPushButton(head)
        self._fold.setProperty("role", "flat")
        self._fold.setCheckable(True)
        self._fold.setAccessibleName(self.tr("Fold the tray"))
        self._fold.setToolTip(self.tr("Fold the tray"))
        self._fold.toggled.connect(self._on_fold)
        row.addWidget(self._fold)
        return head

    @property
    def kind(self) -> Kind:
        """Which tab is shown."""
        return self._kind

    @property
    def is_folded(self) -> bool:
        """Whether only its tabs are seen."""
        return self._fold.isChecked()

    def fold(self, *, folded: bool) -> None:
        """Show only the tabs, or all of it."""
        self._fold.setChecked(folded)

    def show_board(self, board: WeekBoard, now: dt.datetime) -> None:
        """Show what of a board needs attention; the selected row stays selected where it is still there."""
        self._board = board
        entry = self.table.currentIndex().data(ENTRY)
        self._is_showing = True
        self.model.show_entries(tray_entries(board, self._kind), now)
        if isinstance(entry, TrayEntry):
            self._select(entry.request)
        self._is_showing = False
        self._stack.setCurrentIndex(0 if self.model.entries else 1)
        self._empty.setText(self._nothing())
        self._say_tabs()

    def show_kind(self, kind: Kind) -> None:
        """Show a tab."""
        button = self._tabs.button(KINDS.index(kind))
        button.setChecked(True)
        self._on_tab(KINDS.index(kind))

    def select(self, request: str | None) -> None:
        """Select a request's row, where it has one, without telling."""
        self._is_showing = True
        if request is None:
            self.table.clearSelection()
            self.table.setCurrentIndex(QModelIndex())
        else:
            self._select(request)
        self._is_showing = False

    def requests_in_view(self) -> tuple[str, ...]:
        """The requests whose rows are seen, from top to bottom."""
        table, model = self.table, self.model
        if self.is_folded or not model.entries:
            return ()
        first = max(0, table.rowAt(0))
        last = table.rowAt(table.viewport().height() - 1)
        return tuple(entry.request for entry in model.entries[first : last + 1 if last >= 0 else None])

    def fade(self, requests: frozenset[str]) -> None:
        """Let the rows of some requests fade."""
        if requests != self._delegate.faded:
            self._delegate.faded = requests
            self.table.viewport().update()

    def _select(self, request: str) -> None:
        row = self.model.row_of(request)
        if row is None:
            self.table.clearSelection()
            self.table.setCurrentIndex(QModelIndex())
        else:
            self.table.selectRow(row)

    def _on_row(self, current: QModelIndex, _previous: QModelIndex) -> None:
        entry = current.data(ENTRY)
        if isinstance(entry, TrayEntry) and not self._is_showing:
            self.selected.emit(entry.request)

    def _on_tab(self, number: int) -> None:
        self._kind = KINDS[number]
        self._fold.setChecked(False)
        if self._board is not None:
            self.show_board(self._board, self.model.now)

    def _on_fold(self, folded: bool) -> None:
        self._body.setVisible(not folded)
        self.setMaximumHeight(HEAD_HEIGHT if folded else ANY_HEIGHT)
        self._paint()
        self.folded.emit(folded)

    def _say_tabs(self) -> None:
        board = self._board
        numbers = [0, 0, 0] if board is None else [len(tray_entries(board, kind)) for kind in KINDS]
        texts = (self.tr("Unassigned {n}"), self.tr("Late {n}"), self.tr("Rule breaks {n}"))
        for number, text in enumerate(texts):
            self._tabs.button(number).setText(text.format(n=numbers[number]))

    def _nothing(self) -> str:
        if self._kind == "unassigned":
            return self.tr("Everything is placed.")
        if self._kind == "late":
            return self.tr("Nothing is late.")
        return self.tr("No rule is broken.")

    def _paint(self) -> None:
        name = "chevron-up" if self._fold.isChecked() else "chevron-down"
        self._fold.setIcon(self._look.icon(name))
        self.table.viewport().update()
