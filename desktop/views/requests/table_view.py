"""The table of requests: which columns there is room for, what is sorted, what is selected, and where one was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from desktop.itemmodels.request_table import COLUMNS, PLACE_OF, ColumnName, RequestTable, column_title
from desktop.services.requests.columns import Positions
from desktop.services.requests.listing import RequestIndex, Sort
from desktop.services.requests.rows import RequestRow
from desktop.views.bar_painting import painting
from desktop.views.look import Look
from desktop.views.requests.delegate import ROW_HEIGHT, RequestDelegate

LEAST_WIDTH = 36
ELASTIC: dict[ColumnName, int] = {"client": 3, "factory": 5, "area": 1, "risk": 2, "visit": 3}
"""Columns that take the room that is left over, and their shares of it."""
GIVES_WAY: tuple[ColumnName, ...] = ("sample", "received", "visit", "price", "area", "man_days", "risk")
"""Columns that hide where there is no room, the first one first."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Where one was: what is selected, the current request, the first one in view, and how far the view is scrolled."""

    selected: tuple[int, ...]
    current: int | None
    first: int | None
    offset: int
    sideways: int


class RequestView(QTableView):
    """A table over a RequestTable.

    Attributes:
        sorted: a Sort, when a header was clicked.
        picked: the selection has changed.
        opened: somebody wants to look into the current request (Enter or a double click).
        scrolled: other rows are in view.
        menu_wanted: a QPoint on the screen, for the menu of what is selected.
    """

    sorted = Signal(object)
    picked = Signal()
    opened = Signal()
    scrolled = Signal()
    menu_wanted = Signal(object)

    def __init__(self, table: RequestTable, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._table = table
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._sort = Sort()
        self._hidden: set[ColumnName] = set()
        self._widths: dict[ColumnName, int] = {}
        self._unfit: set[ColumnName] = set()
        self._fitting = True
        self.setModel(table)
        self.setItemDelegate(RequestDelegate(look, table, self))
        self.setAccessibleName(self.tr("Requests"))
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self._set_up_headers()
        self.doubleClicked.connect(self.opened)
        self.verticalScrollBar().valueChanged.connect(self.scrolled)
        self.selectionModel().selectionChanged.connect(self._on_selection)
        self._selection_settles = QTimer(self)
        self._selection_settles.setSingleShot(True)
        self._selection_settles.setInterval(0)
        self._selection_settles.timeout.connect(self.picked)
        look.changed.connect(self.viewport().update)
        self._fitting = False

    def _set_up_headers(self) -> None:
        rows, head = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        head.setMinimumSectionSize(LEAST_WIDTH)
        head.setSectionsMovable(True)
        head.setSectionsClickable(True)
        head.setHighlightSections(False)
        head.setSortIndicatorShown(True)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self._offer_columns)
        head.sectionClicked.connect(self._on_header)
        head.sectionResized.connect(self._on_resized)
        for number, column in enumerate(COLUMNS):
            self.setColumnWidth(number, column.width)
        self._show_sort()

    # -- what is shown -------------------------------------------------------------------------------------------------

    def show_requests(
        self, index: RequestIndex, positions: Positions, now: dt.datetime, *, move_on: bool = False
    ) -> None:
        """Show requests, with the place kept as far as it is still there.

        Where the current one has gone, `move_on` selects the one that has taken its place.
        """
        kept, row = self.kept(), self.currentIndex().row()
        if self._table.show_requests(index, positions, now):
            self.put_back(kept)
            gone = kept.current is not None and self._table.row_of(kept.current) is None
            if move_on and gone and self._table.rowCount():
                self.show_one(self._table.request(min(row, self._table.rowCount() - 1)).id)
        self.scrolled.emit()

    def kept(self) -> Kept:
        """Where one is."""
        first = self.rowAt(0)
        current = self.currentIndex().row()
        return Kept(
            selected=tuple(row.id for row in self.selected()),
            current=self._table.request(current).id if current >= 0 else None,
            first=self._table.request(first).id if first >= 0 else None,
            offset=self.verticalScrollBar().value() - max(0, first) * ROW_HEIGHT,
            sideways=self.horizontalScrollBar().value(),
        )

    def put_back(self, kept: Kept) -> None:
        """Select and scroll as it was."""
        self.select(kept.selected, kept.current)
        first = None if kept.first is None else self._table.row_of(kept.first)
        if first is not None:
            self.verticalScrollBar().setValue(first * ROW_HEIGHT + kept.offset)
        self.horizontalScrollBar().setValue(kept.sideways)

    def select(self, keys: Iterable[int], current: int | None) -> None:
        """Select the requests of some keys, as far as they are shown."""
        rows = [row for key in keys if (row := self._table.row_of(key)) is not None]
        chosen = QItemSelection()
        for row in rows:
            chosen.select(self._table.index(row, 0), self._table.index(row, len(COLUMNS) - 1))
        model = self.selectionModel()
        at = None if current is None else self._table.row_of(current)
        if at is not None:
            model.setCurrentIndex(self._table.index(at, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
        model.select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def show_one(self, key: int) -> bool:
        """Select one request and bring it into view; False where it is not shown."""
        row = self._table.row_of(key)
        if row is None:
            return False
        self.select((key,), key)
        self.scrollTo(self._table.index(row, 0), QAbstractItemView.ScrollHint.EnsureVisible)
        return True

    def selected(self) -> tuple[RequestRow, ...]:
        """The selected requests, from the top."""
        selection = self.selectionModel().selection()
        spans = [selection.at(n) for n in range(selection.count())]
        rows = sorted({n for span in spans for n in range(span.top(), span.bottom() + 1)})
        return tuple(self._table.request(n) for n in rows)

    def rows_in_view(self) -> tuple[int, int]:
        """The first and the last row that can be seen, at least in part; -1 where there is none."""
        first = self.rowAt(0)
        last = self.rowAt(self.viewport().height() - 1)
        return first, self._table.rowCount() - 1 if first >= 0 and last < 0 else last

    def below(self) -> int:
        """How many rows are below the last one that can be seen whole."""
        shown = self.verticalScrollBar().value() + self.viewport().height()
        return max(0, self._table.rowCount() - shown // ROW_HEIGHT)

    # -- columns -------------------------------------------------------------------------------------------------------

    @property
    def sort(self) -> Sort:
        """How it is sorted."""
        return self._sort

    def show_sort(self, sort: Sort) -> None:
        """Show an order in the header; the order is made by others."""
        self._sort = sort
        self._show_sort()

    def hide_unfit(self, names: Iterable[ColumnName]) -> None:
        """Hide columns that say nothing of the requests of this tab."""
        self._unfit = set(names)
        self.fit()

    def columns_state(self) -> dict[str, object]:
        """Order, widths and hidden columns, as JSON values."""
        head = self.horizontalHeader()
        order = sorted(COLUMNS, key=lambda column: head.visualIndex(PLACE_OF[column.name]))
        return {
            "order": [column.name for column in order],
            "hidden": sorted(self._hidden),
            "widths": dict(self._widths),
        }

    def restore_columns(self, state: dict[str, object]) -> None:
        """Put back what `columns_state` gave; names that are not known are passed over."""
        order, hidden, widths = state.get("order"), state.get("hidden"), state.get("widths")
        head = self.horizontalHeader()
        if isinstance(order, list):
            for place, name in enumerate(name for name in order if name in PLACE_OF):
                head.moveSection(head.visualIndex(PLACE_OF[name]), place)
        if isinstance(hidden, list):
            self._hidden = {column.name for column in COLUMNS if column.name in hidden}
        if isinstance(widths, dict):
            self._widths = {
                column.name: width
                for column in COLUMNS
                if isinstance(width := widths.get(column.name), int) and LEAST_WIDTH <= width <= 2000
            }
        self.fit()

    def fit(self) -> None:
        """Share the width among the columns that there is room for."""
        room = self.viewport().width()
        shown = [column for column in COLUMNS if column.name not in self._hidden | self._unfit]
        wanted = {column.name: self._widths.get(column.name, column.width) for column in shown}
        for name in GIVES_WAY:
            if sum(wanted.values()) > room:
                wanted.pop(name, None)
        rest = max(0, room - sum(wanted.values()))
        shares = {name: share for name, share in ELASTIC.items() if name in wanted and name not in self._widths}
        whole = sum(shares.values())
        self._fitting = True
        for number, column in enumerate(COLUMNS):
            self.setColumnHidden(number, column.name not in wanted)
            if column.name in wanted:
                extra = rest * shares[column.name] // whole if column.name in shares else 0
                self.setColumnWidth(number, wanted[column.name] + extra)
        self._fitting = False

    def set_hidden(self, name: ColumnName, *, hidden: bool) -> None:
        """Hide a column, or show it again."""
        if hidden:
            self._hidden.add(name)
        else:
            self._hidden.discard(name)
        self.fit()

    def _show_sort(self) -> None:
        place = next((n for n, column in enumerate(COLUMNS) if column.sort == self._sort.key), -1)
        order = Qt.SortOrder.DescendingOrder if self._sort.descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(place, order)

    def _on_header(self, section: int) -> None:
        key = COLUMNS[section].sort
        self._sort = Sort(key, descending=self._sort.key == key and not self._sort.descending)
        self._show_sort()
        self.sorted.emit(self._sort)

    def _on_resized(self, section: int, _old: int, new: int) -> None:
        if not self._fitting and new > 0:
            self._widths[COLUMNS[section].name] = new

    def _offer_columns(self, where: QPoint) -> None:
        menu = self.column_menu()
        menu.popup(self.horizontalHeader().mapToGlobal(where))

    def column_menu(self) -> QMenu:
        """The menu in which columns are shown and hidden."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for column in COLUMNS[1:]:
            action = menu.addAction(column_title(column.name))
            action.setCheckable(True)
            action.setChecked(column.name not in self._hidden)
            action.triggered.connect(partial(self._toggle, column.name))
        menu.addSeparator()
        menu.addAction(self.tr("Widths as usual")).triggered.connect(self._usual_widths)
        return menu

    def _toggle(self, name: ColumnName) -> None:
        self.set_hidden(name, hidden=name not in self._hidden)

    def _usual_widths(self) -> None:
        self._widths.clear()
        self.fit()

    # -- events --------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other columns may fit now."""
        super().resizeEvent(event)
        self.fit()
        self.scrolled.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, then the rows: so nothing shines through, and a scroll moves what is painted already."""
        with painting(self.viewport()) as painter:
            painter.fillRect(event.rect(), QColor(self._look.theme.surface))
            super().paintEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter looks into a request. Letters are shortcuts, not a search by the first letter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.opened.emit()
            event.accept()
            return
        if event.text().strip() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """A menu of what can be done with the selected requests."""
        self.menu_wanted.emit(event.globalPos())

    def changeEvent(self, event: QEvent) -> None:
        """Titles in the language in force."""
        if event.type() == QEvent.Type.LanguageChange:
            self._table.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        super().changeEvent(event)

    def _on_selection(self, _new: QItemSelection, _old: QItemSelection) -> None:
        self._selection_settles.start()

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Home and End go to the first and the last request, not to the first and last column."""
        if action == QAbstractItemView.CursorAction.MoveHome:
            return self._row_index(0)
        if action == QAbstractItemView.CursorAction.MoveEnd:
            return self._row_index(self._table.rowCount() - 1)
        return super().moveCursor(action, modifiers)

    def _row_index(self, row: int) -> QModelIndex:
        return self._table.index(row, max(0, self.currentIndex().column()))
