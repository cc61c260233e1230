"""A list of rows of cells: what is ticked, what is gone to, columns that give way on a narrow screen."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from desktop.itemmodels.list_table import Column, ListTableModel, TableRow
from desktop.views.bar_painting import Ink
from desktop.views.look import Look
from desktop.views.widgets.list_painting import ROW_HEIGHT, TICK_WIDTH, ListDelegate

HEAD_PIXELS, HEAD_PADDING = 11, 20
MOST_GROWTH = 3.0


class ListTable(QTableView):
    """The list. What is gone to is told a moment later, so that a held arrow key runs through.

    Attributes:
        chosen: a TableRow was gone to, or None.
        opened: Enter was pressed, or a row double-clicked.
        menu_wanted: a place (QPoint, global) for a menu of what can be done.
    """

    chosen = Signal(object)
    opened = Signal()
    menu_wanted = Signal(object)

    def __init__(self, look: Look, model: ListTableModel, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = model
        self._telling = QTimer(self)
        self._telling.setSingleShot(True)
        self._telling.setInterval(0)
        self._telling.timeout.connect(self._tell)
        self.setModel(model)
        self.setItemDelegate(ListDelegate(look, model, self))
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setMinimumSectionSize(24)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        look.changed.connect(self.viewport().update)
        self.doubleClicked.connect(self._on_double_click)

    # -- rows ----------------------------------------------------------------------------------------------------------

    @property
    def current(self) -> TableRow | None:
        """The row that is gone to; a head is none."""
        number = self.currentIndex().row()
        if not 0 <= number < len(self.rows.rows):
            return None
        row = self.rows.rows[number]
        return None if row.is_head else row

    def show_rows(self, rows: tuple[TableRow, ...], wanted: str = "") -> None:
        """List these; the row of a key, else the one gone to before, stays gone to where it is still there."""
        before = self.current
        at, place = self.currentIndex().row(), self.verticalScrollBar().value()
        self.rows.show_rows(rows)
        self.clearSpans()
        for number, row in enumerate(rows):
            if row.is_head:
                self.setSpan(number, 0, 1, len(self.rows.columns))
        self.verticalScrollBar().setValue(place)
        for key in (wanted, before.key if before else ""):
            if key and self.choose(key):
                return
        numbers = [number for number, row in enumerate(rows) if not row.is_head]
        if numbers:
            self._go_to(next((number for number in numbers if number >= at), numbers[-1]))
        else:
            self._telling.start()

    def choose(self, key: str) -> bool:
        """Go to the row of a key; False where there is none."""
        number = self.rows.row_of(key)
        if number is None:
            return False
        self._go_to(number)
        return True

    def _go_to(self, number: int) -> None:
        index = self.rows.index(number, 0)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)
        self._telling.start()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell what is gone to, once all has settled."""
        super().selectionChanged(selected, deselected)
        self._telling.start()

    def _tell(self) -> None:
        self.chosen.emit(self.current)

    # -- hands ---------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Space ticks."""
        number = self.currentIndex().row()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self.current is not None:
                self.opened.emit()
        elif event.key() == Qt.Key.Key_Space and 0 <= number < len(self.rows.rows):
            self.rows.toggle(number)
        elif event.text() and event.text().isprintable() and not event.modifiers():
            event.ignore()  # letters belong to the page: nothing is searched here by its first letter
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the box of a row ticks it."""
        index = self.indexAt(event.position().toPoint())
        if self._is_on_box(index, event.position().toPoint()):
            self.rows.toggle(index.row())
            event.accept()
            return
        super().mousePressEvent(event)

    def _is_on_box(self, index: QModelIndex, place: QPoint) -> bool:
        if not index.isValid() or not self.rows.rows[index.row()].may_tick:
            return False
        first = self.visualRect(self.rows.index(index.row(), 0))
        return place.x() < first.left() + TICK_WIDTH

    def _on_double_click(self, index: QModelIndex) -> None:
        if index.isValid() and not self.rows.rows[index.row()].is_head:
            self.opened.emit()

    def _on_menu(self, place: QPoint) -> None:
        if self.current is not None:
            self.menu_wanted.emit(self.viewport().mapToGlobal(place))

    # -- columns -------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let columns give way where there is not enough room."""
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another style may want other widths."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.model() is not None:
            self.fit()

    def fit(self) -> None:
        """Hide what there is no room for, and share out the rest."""
        room = self.viewport().width()
        shown = list(self.rows.columns)
        for column in sorted((c for c in shown if c.goes), key=_turn):
            if sum(self._least(other) for other in shown) <= room:
                break
            shown.remove(column)
        widths = self._shared_out(shown, room)
        head = self.horizontalHeader()
        for number, column in enumerate(self.rows.columns):
            head.setSectionHidden(number, column.name not in widths)
            if column.name in widths:
                head.resizeSection(number, widths[column.name])

    def _least(self, column: Column) -> int:
        return max(column.least, int(Ink("", HEAD_PIXELS).width_of(column.title)) + HEAD_PADDING)

    def _shared_out(self, shown: list[Column], room: int) -> dict[str, int]:
        widths = {column.name: self._least(column) for column in shown}
        spare = room - sum(widths.values())
        wanted = sum(max(0, column.usual - widths[column.name]) for column in shown)
        share = 0.0 if wanted <= 0 else min(1.0, max(0.0, spare / wanted))
        for column in shown:
            widths[column.name] += int(share * max(0, column.usual - widths[column.name]))
        spare = room - sum(widths.values())
        for column in shown:
            if spare > 0 and column.grows:
                grown = min(int(column.usual * MOST_GROWTH), widths[column.name] + int(spare * column.grows))
                widths[column.name] = max(widths[column.name], grown)
        if shown:  # what rounding and bounds left over
            widths[shown[-1].name] += max(0, room - sum(widths.values()))
        return widths


def offer_actions(parent: QWidget, groups: Iterable[Iterable[QAction]], place: QPoint) -> QMenu:
    """Open a menu of what can be done now, groups parted by lines; what cannot be done is left out."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for group in groups:
        for action in group:
            if action.isEnabled():
                menu.addAction(action)
        menu.addSeparator()
    menu.popup(place)
    return menu


def _turn(column: Column) -> int:
    return column.goes
