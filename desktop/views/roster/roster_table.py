"""The list of people as a table: sortable, with columns that give way on a narrow screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from desktop.itemmodels.roster_table import SHOWN, RosterTableModel
from desktop.services.roster.listing import InspectorRow
from desktop.views.bar_painting import Ink
from desktop.views.look import Look
from desktop.views.roster.table_painting import ROW_HEIGHT, RosterDelegate

WIDTHS: Mapping[str, tuple[int, int]] = {
    "name": (168, 200),
    "code": (58, 64),
    "team": (112, 130),
    "home": (96, 118),
    "skills": (128, 176),
    "services": (92, 108),
    "languages": (78, 84),
    "certificates": (124, 172),
    "permits": (50, 56),
    "load": (96, 112),
    "absence": (72, 84),
}
"""The least width of a column that can be read, and the usual one."""

EXTRA = ("services", "code", "permits")
"""The columns that are there only where all the others are as wide as usual; the last goes last."""

GIVING_WAY = ("languages", "home", "certificates", "team")
"""The columns that go next where there is no room for all."""

GROWING: Mapping[str, float] = {"name": 0.25, "team": 0.15, "home": 0.2, "skills": 0.2, "certificates": 0.2}
"""Who takes the room that is left."""

MOST_GROWTH = 1.6
HEAD_PIXELS = 11
HEAD_PADDING = 30  # beside the text of a head, the mark of the order included


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
        self._own_widths: dict[str, int] = {}
        self._is_fitting = False
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
        head.sectionResized.connect(self._on_resized)
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
        """Hide what is not wanted, and what there is no room for, the least needed first; share out the rest."""
        room = self.viewport().width()
        shown = [name for name in SHOWN if name not in self._wants_hidden]
        for name in EXTRA:
            if sum(self._usual(other) for other in shown) <= room:
                break
            if name in shown:
                shown.remove(name)
        for name in GIVING_WAY:
            if sum(self._least(other) for other in shown) <= room:
                break
            if name in shown:
                shown.remove(name)
        widths = self._shared_out(shown, room)
        head = self.horizontalHeader()
        self._is_fitting = True
        for number, name in enumerate(SHOWN):
            head.setSectionHidden(number, name not in widths)
            if name in widths:
                head.resizeSection(number, widths[name])
        self._is_fitting = False

    def _least(self, name: str) -> int:
        """What a column wants at least: its head can be read in any language."""
        return self._own_widths.get(name) or max(WIDTHS[name][0], self._head_width(name))

    def _usual(self, name: str) -> int:
        return self._own_widths.get(name) or max(WIDTHS[name][1], self._head_width(name))

    def _head_width(self, name: str) -> int:
        title = str(self._model.headerData(SHOWN.index(name), Qt.Orientation.Horizontal))
        return int(Ink("", HEAD_PIXELS).width_of(title)) + HEAD_PADDING

    def _shared_out(self, shown: Sequence[str], room: int) -> dict[str, int]:
        """Widths: what the user has chosen; else from the least to the usual, and beyond where there is much room."""
        free = [name for name in shown if name not in self._own_widths]
        widths = {name: self._least(name) for name in shown}
        spare = room - sum(widths.values())
        wanted = sum(self._usual(name) - self._least(name) for name in free)
        share = 0.0 if wanted == 0 else min(1.0, max(0.0, spare / wanted))
        for name in free:
            least = self._least(name)
            widths[name] = least + int(share * (self._usual(name) - least))
        spare = room - sum(widths.values())
        for name in free:
            if spare > 0 and name in GROWING:
                most = int(WIDTHS[name][1] * MOST_GROWTH)
                widths[name] = min(most, widths[name] + int(spare * GROWING[name]))
        return widths

    def _on_resized(self, number: int, _before: int, now: int) -> None:
        """The user has chosen a width; the last column is stretched, and says nothing."""
        head = self.horizontalHeader()
        is_last = head.visualIndex(number) == len(SHOWN) - 1
        if not self._is_fitting and not is_last and now > 0 and self.isVisible():
            self._own_widths[SHOWN[number]] = now

    def column_state(self) -> dict[str, object]:
        """Order, widths and hidden columns as JSON values."""
        head = self.horizontalHeader()
        column, descending = self._model.sorted_by
        return {
            "widths": dict(self._own_widths),
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
                self._own_widths[name] = width
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
