"""What the tabs of dispatch have in common: filters over a list, a panel beside it, words where there is nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.itemmodels.list_table import Column, ListTableModel, TableRow
from desktop.views.context import PageContext
from desktop.views.dispatch.filter_strip import FilterStrip
from desktop.views.feedback import InlineMessage
from desktop.views.widgets.list_table import ListTable
from desktop.views.widgets.page_bar import EmptyPlace
from desktop.views.widgets.panel_splitter import PanelSplitter

PANEL_WIDTHS = ((1400, 400), (2200, 480), (10**6, 620))
"""How wide the panel is at first in a tab up to so many pixels."""
LEAST_PANEL = 340


class ListTab(QWidget):
    """A list and a panel; `message` stands over the list."""

    def __init__(
        self, context: PageContext, columns: Sequence[Column], name: str, parent: QWidget, span: str = "all"
    ) -> None:
        super().__init__(parent)
        self.context = context
        self.searched = ""
        self._wants_focus = False
        self.strip = FilterStrip(context.look, self, span=span)
        self.message = InlineMessage(context.look, self)
        self.splitter = PanelSplitter(PANEL_WIDTHS, self)
        self._lists = QStackedWidget(self.splitter)
        self.model = ListTableModel(columns, self)
        self.table = ListTable(context.look, self.model, name, self._lists)
        self.empty = EmptyPlace(self._lists)
        self._lists.addWidget(self.table)
        self._lists.addWidget(self.empty)
        self.side = self.make_panel(self.splitter)
        self.side.setMinimumWidth(LEAST_PANEL)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self.message)
        column.addWidget(self.splitter, 1)
        self.strip.changed.connect(self.list_again)
        self.table.chosen.connect(self.on_chosen)

    def make_panel(self, parent: QWidget) -> QWidget:
        """What stands beside the list."""
        raise NotImplementedError

    def on_chosen(self, row: TableRow | None) -> None:
        """A row was gone to."""

    def list_again(self) -> None:
        """List what the filters ask for."""

    def search(self, words: str) -> None:
        """List only what has these words."""
        self.searched = words.casefold().strip()
        self.list_again()

    def matches(self, *texts: str) -> bool:
        """Whether every word that is looked for is in one of the texts."""
        told = " ".join(texts).casefold()
        return all(word in told for word in self.searched.split())

    def show_reading(self) -> None:
        """Say that the list is being read."""
        self.empty.explain(self.tr("Reading\N{HORIZONTAL ELLIPSIS}"))
        self._lists.setCurrentWidget(self.empty)

    def take_focus(self) -> None:
        """Have the list take the keyboard, as soon as there is one."""
        self._wants_focus = self.table.isHidden()
        self.table.setFocus()

    def show_list(self, rows: Sequence[TableRow], wanted: str = "") -> None:
        """List rows, or say in their place that there are none."""
        self.table.show_rows(tuple(rows), wanted)
        self._lists.setCurrentWidget(self.table if rows else self.empty)
        if rows and self._wants_focus and not self.searched:
            self.table.setFocus()
        self._wants_focus = False

    def state(self) -> dict[str, object]:
        """Filters and widths."""
        return {"filter": self.strip.state(), "sizes": self.splitter.state()}

    def restore(self, state: object) -> None:
        """The same again."""
        if not isinstance(state, dict):
            return
        self.strip.restore(state.get("filter"))
        self.splitter.restore(state.get("sizes"))
