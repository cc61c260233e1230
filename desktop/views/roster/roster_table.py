"""The list of people as a table: sortable, with columns that give way on a narrow screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from desktop.itemmodels.roster_table import SHOWN, RosterTableModel
from desktop.services.roster_list import InspectorRow
from desktop.views.look import Look
from desktop.views.roster.table_painting import ROW_HEIGHT, RosterDelegate

WIDTHS: Mapping[str, int] = {
    "name": 200,
    "code": 64,
    "team": 130,
    "home": 118,
    "skills": 176,
    "languages": 78,
    "certificates": 172,
    "permits": 56,
    "load": 112,
    "absence": 84,
}
GIVING_WAY = ("code", "permits", "languages", "team", "home", "certificates")
"""The columns that go first where there is no room for all."""


class RosterTable(QTableView):
    """People. What is selected is told a moment later, so that a held arrow key runs through.

    Attributes:
        chosen: the codes of those who are selected (a tuple of str).
        opened: Enter was pressed, or a row double-clicked.
        menu_wanted: a place (QPoint, global) for the menu of actions.
        sorting_changed: other order.
    """

    chosen = Signal(object)
    opened = Signal()
    menu_wanted = Signal(object)

    def __init__(self, look: Look, model: RosterTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._wants_hidden: set[str] = set()
        self._telling = QTimer(self)
        self._telling.setSingleShot(True)
        self._telling.setInterval(0)
        self._telling.timeout.connect(self._tell)
        self.setModel(model)
        self.setItemDelegate(RosterDelegate(look, model, self))
        self.setAccessibleName(self.tr("Roster"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._dress_header()
        look.changed.connect(self.viewport().update)
        self.doubleClicked.connect(self.opened)

    def _dress_header(self) -> None:
        head = self.horizontalHeader()
        head.setSectionsClickable(True)
        head.setSectionsMovable(True)
        head.setHighlightSections(False)
        head.setSortIndicatorShown(True)
        head.setMinimumSectionSize(40)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self._on_head_menu)
        for number, name in enumerate(SHOWN):
            head.resizeSection(number, WIDTHS[name])
        head.setStretchLastSection(True)
        head.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    # -- who is selected -----------------------------------------------------------------------------------------------

    @property
    def people(self) -> tuple[InspectorRow, ...]:
        """Those who are selected, in the order shown."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(self._model.person(row) for row in rows)

    def choose(self, codes: Sequence[str]) -> None:
        """Select people, as far as they are shown, and bring the first of them into view."""
        rows = [row for code in codes if (row := self._model.row_of(code)) is not None]
        selection = QItemSelection()
        for row in rows:
            selection.select(self._model.index(row, 0), self._model.index(row, len(SHOWN) - 1))
        if rows:
            first = self._model.index(rows[0], 0)
            self.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(first)
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell who is selected, once all has settled."""
        super().selectionChanged(selected, deselected)
        self._telling.start()

    def _tell(self) -> None:
        self.chosen.emit(tuple(row.code for row in self.people))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    # -- columns -------------------------------------------------------------------------------------------------------

    def sort_by(self, column: str) -> None:
        """Order people by a column; by the column of the order, the other way round."""
        now, descending = self._model.sorted_by
        turned = Qt.SortOrder.DescendingOrder if column == now and not descending else Qt.SortOrder.AscendingOrder
        self.sortByColumn(SHOWN.index(column), turned)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let columns give way where there is not enough room."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Hide what the user does not want, and what there is no room for, the least needed first."""
        head = self.horizontalHeader()
        wanted = [name for name in SHOWN if name not in self._wants_hidden]
        need = sum(self._width(name) for name in wanted)
        hidden = set(self._wants_hidden)
        for name in GIVING_WAY:
            if need <= self.viewport().width():
                break
            if name in wanted:
                hidden.add(name)
                need -= self._width(name)
        for number, name in enumerate(SHOWN):
            if head.isSectionHidden(number) != (name in hidden):
                head.setSectionHidden(number, name in hidden)

    def _width(self, name: str) -> int:
        """What a column wants; the last one shown is stretched, and tells nothing of it."""
        number = SHOWN.index(name)
        head = self.horizontalHeader()
        is_last = head.visualIndex(number) == len(SHOWN) - 1
        return WIDTHS[name] if is_last or head.isSectionHidden(number) else head.sectionSize(number)

    def column_state(self) -> dict[str, object]:
        """Order, widths and hidden columns as JSON values."""
        head = self.horizontalHeader()
        column, descending = self._model.sorted_by
        return {
            "widths": {name: self._width(name) for name in SHOWN},
            "places": [SHOWN[head.logicalIndex(place)] for place in range(len(SHOWN))],
            "hidden": sorted(self._wants_hidden),
            "sort": [column, descending],
        }

    def restore_columns(self, state: object) -> None:
        """Put back what `column_state` gave; what does not fit is passed over."""
        if not isinstance(state, dict):
            return
        head = self.horizontalHeader()
        widths = state.get("widths")
        for name, width in widths.items() if isinstance(widths, dict) else ():
            if name in SHOWN and isinstance(width, int) and 20 <= width <= 2000:
                head.resizeSection(SHOWN.index(name), width)
        places = state.get("places")
        if isinstance(places, list) and sorted(map(str, places)) == sorted(SHOWN):
            for place, name in enumerate(places):
                head.moveSection(head.visualIndex(SHOWN.index(name)), place)
        hidden = state.get("hidden")
        if isinstance(hidden, list):
            self._wants_hidden = {name for name in hidden if name in SHOWN and name != "name"}
        sort = state.get("sort")
        if isinstance(sort, list) and len(sort) == 2 and sort[0] in SHOWN:
            order = Qt.SortOrder.DescendingOrder if sort[1] else Qt.SortOrder.AscendingOrder
            self.sortByColumn(SHOWN.index(sort[0]), order)
        self.fit()

    # -- menus ---------------------------------------------------------------------------------------------------------

    def _on_menu(self, place: QPoint) -> None:
        self.menu_wanted.emit(self.viewport().mapToGlobal(place))

    def _on_head_menu(self, place: QPoint) -> None:
        menu = self.column_menu()
        menu.popup(self.horizontalHeader().mapToGlobal(place))

    def column_menu(self) -> QMenu:
        """A menu of the columns, to be shown or not."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, name in enumerate(SHOWN):
            action = QAction(str(self._model.headerData(number, Qt.Orientation.Horizontal)), menu)
            action.setCheckable(True)
            action.setChecked(name not in self._wants_hidden)
            action.setEnabled(name != "name")
            action.setData(name)
            menu.addAction(action)
        menu.triggered.connect(self._on_column)
        return menu

    def _on_column(self, action: QAction) -> None:
        name = str(action.data())
        if action.isChecked():
            self._wants_hidden.discard(name)
        else:
            self._wants_hidden.add(name)
        self.fit()
