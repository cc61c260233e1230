"""The list of visits: by day and status, with what is overdue, and the panel of the one that is looked at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.clock import local_today
from desktop.itemmodels.list_table import ListTableModel, TableRow
from desktop.itemmodels.visit_rows import crew_words, visit_columns, visit_rows
from desktop.services.inspection.reading import visit_rows as read_visits
from desktop.services.inspection.rows import VisitRow
from desktop.services.planning.reading import Source
from desktop.views.context import PageContext
from desktop.views.feedback import InlineMessage
from desktop.views.visits.panel import VisitPanel
from desktop.views.visits.visit_strip import BACK, VisitStrip
from desktop.views.widgets.list_table import ListTable
from desktop.views.widgets.page_bar import EmptyPlace
from desktop.views.widgets.panel_splitter import PanelSplitter

PANEL_WIDTHS = ((1300, 420), (1700, 520), (10**6, 680))
LEAST_PANEL = 380

Days = tuple[dt.date, dt.date]
Listed = tuple[Days, tuple[VisitRow, ...]]
"""The first and last day that have been read, and what was found."""


class VisitsTab(QWidget):
    """Visits.

    Attributes:
        chosen: the code (str) of the visit that is looked at; "" for none.
        more_wanted: days are asked for that have not been read.
    """

    chosen = Signal(object)
    more_wanted = Signal()

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.context = context
        self._rows: tuple[VisitRow, ...] | None = None
        self._searched = ""
        self._read_days: Days | None = None
        self._asked: Days | None = None
        self._wanted = ""
        self._remembered = ""
        self.strip = VisitStrip(self)
        self.message = InlineMessage(context.look, self)
        self.splitter = PanelSplitter(PANEL_WIDTHS, self)
        self._lists = QStackedWidget(self.splitter)
        self.model = ListTableModel(visit_columns(), self)
        self.table = ListTable(context.look, self.model, self.tr("Visits"), self._lists)
        self.empty = EmptyPlace(self._lists)
        self._lists.addWidget(self.table)
        self._lists.addWidget(self.empty)
        # over the list, which has the keyboard's focus already
        self.waiting = QLabel(self.tr("Reading the visits…"), self.table.viewport())
        self.waiting.setProperty("role", "muted")
        QVBoxLayout(self.table.viewport()).addWidget(self.waiting, 0, Qt.AlignmentFlag.AlignCenter)
        self.panel = VisitPanel(context, self.splitter)
        self.panel.setMinimumWidth(LEAST_PANEL)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self.message)
        column.addWidget(self.splitter, 1)
        self.strip.changed.connect(self.list_again)
        self.table.chosen.connect(self._on_chosen)

    # -- what is shown -------------------------------------------------------------------------------------------------

    @property
    def side(self) -> QWidget:
        """What stands beside the list."""
        return self.panel

    @property
    def current(self) -> VisitRow | None:
        """The visit that is looked at."""
        row = self.table.current
        return row.value if row is not None and isinstance(row.value, VisitRow) else None

    @property
    def late_number(self) -> int:
        """How many reports are overdue."""
        return sum(row.is_overdue for row in self._rows or ())

    def query(self, now: dt.datetime) -> Callable[[Source], Listed]:
        """What reads the days asked for, and the days; older visits come along where their report is owed."""
        first, last = days = self._asked = self.strip.reads(local_today(self.context.clock))
        owed_since = local_today(self.context.clock) - BACK

        def read(source: Source) -> Listed:
            return days, read_visits(source, now, first, last, owed_since=owed_since)

        return read

    def show_visits(self, listed: Listed) -> None:
        """Show visits."""
        self._read_days, self._rows = listed
        self.waiting.hide()
        if self._wanted and all(self._wanted != row.request for row in self._listed(self._rows)):
            self.strip.clear()
        else:
            self.list_again()
        if self._has_all:
            self._wanted = ""

    def want(self, code: str) -> None:
        """Look at a visit as soon as it is listed."""
        self._wanted = code
        if self._rows is None:
            return
        if self.table.choose(code):
            self._wanted = ""
        else:
            self.strip.clear()

    @property
    def _has_all(self) -> bool:
        """Whether all days that are asked for have been read."""
        first, last = self.strip.reads(local_today(self.context.clock))
        return self._read_days is not None and self._read_days[0] <= first and last <= self._read_days[1]

    def take_focus(self) -> None:
        """Have the list take the keys."""
        self.table.setFocus()

    def search(self, words: str) -> None:
        """List only what has these words."""
        self._searched = words.casefold().strip()
        self.list_again()

    def list_again(self) -> None:
        """List what the filters ask for."""
        if self._rows is None:
            return
        shown = self._listed(self._rows)
        today = local_today(self.context.clock)
        shown.sort(key=lambda row: (row.first_day != today, _away(row.first_day, today), row.first_slot, row.request))
        self.strip.show_counts(self._rows, today)
        self.table.show_rows(visit_rows(shown, self.context.clock.now()), self._wanted or self._remembered)
        self._remembered = ""
        if any(row.request == self._wanted for row in shown):
            self._wanted = ""
        self._lists.setCurrentWidget(self.table if shown else self.empty)
        if not self._has_all:
            self.strip.shown.setText(self.tr("Reading…"))
            self.empty.explain(self.tr("Reading the visits…"))
            if self._asked != self.strip.reads(today):
                self.more_wanted.emit()
            return
        self.strip.shown.setText(self.tr("%n visit(s)", "", len(shown)))
        if self._rows or self.strip.span != "all":
            self.empty.explain(self.tr("No visit matches these filters."), self.tr("Clear filters"))
        else:
            self.empty.explain(self.tr("No visit is announced around these days.\nPublish a plan, a day or a person."))

    def _listed(self, rows: tuple[VisitRow, ...]) -> list[VisitRow]:
        """Those that the chips and the words searched ask for."""
        words = self._searched.split()
        found = filter(self.strip.wish(local_today(self.context.clock)), rows)
        return [row for row in found if not words or _has(row, words)]

    def _on_chosen(self, row: TableRow | None) -> None:
        code = row.key if row is not None else ""
        self.panel.show_visit(code)
        self.chosen.emit(code)

    # -- kept ----------------------------------------------------------------------------------------------------------

    def state(self) -> dict[str, object]:
        """Filters, widths and the visit."""
        sizes = self.splitter.state()
        current = self.current
        return {"filter": self.strip.state(), "sizes": sizes, "visit": current.request if current else ""}

    def restore(self, state: object) -> None:
        """The same again."""
        if not isinstance(state, dict):
            return
        self.strip.restore(state.get("filter"))
        if isinstance(state.get("visit"), str):
            self._remembered = str(state["visit"])
        self.splitter.restore(state.get("sizes"))


def _away(day: dt.date, today: dt.date) -> tuple[bool, int]:
    """Days before today first, the nearest first; then those to come."""
    return day > today, abs((day - today).days)


def _has(row: VisitRow, words: Iterable[str]) -> bool:
    told = (row.request, row.factory_name, row.factory_local_name, row.client_name, row.order, row.product)
    text = f"{' '.join(told)} {crew_words(row)}".casefold()
    return all(word in text for word in words)
