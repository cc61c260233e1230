"""The list of requests with its tabs, filters, search and counts; it keeps one's place whatever changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.errors import BadInputError
from desktop.itemmodels.request_table import RequestTable
from desktop.services.requests.columns import Positions
from desktop.services.requests.filter import TABS, RequestFilter, Tab, read_filter
from desktop.services.requests.listing import Sort, Summary
from desktop.services.requests.rows import OPEN_STATUSES, RequestRow
from desktop.views.context import PageContext
from desktop.views.requests.filter_sheet import FilterSheet
from desktop.views.requests.loader import RequestLoader
from desktop.views.requests.saved_filters import SavedFilter, SavedFilters
from desktop.views.requests.strip import SummaryStrip
from desktop.views.requests.tab_looks import UNFIT, USUAL_SORT, read_sort
from desktop.views.requests.table_view import RequestView
from desktop.views.requests.toolbar import RequestToolbar

MINUTE_MS = 60_000


class ListArea(QWidget):
    """Tabs, strip, table and foot.

    Attributes:
        picked: the selection has changed.
        opened: somebody wants to look into the current request.
        menu_wanted: a QPoint on the screen.
        counted: how many are in the inbox (int), None for none.
        found: what is shown has changed.
        toolbar: stands over the list and the panel.
    """

    picked = Signal()
    opened = Signal()
    menu_wanted = Signal(object)
    counted = Signal(object)
    found = Signal()

    def __init__(self, context: PageContext, toolbar: RequestToolbar, parent: QWidget) -> None:
        super().__init__(parent)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self._context = context
        self._loader = RequestLoader(context.runner, context.clock, self)
        self._saved = SavedFilters(context.preferences)
        self._tab: Tab = "inbox"
        self._tab_chosen = False
        self._filter = RequestFilter()
        self._filter_name = ""
        self._sorts: dict[Tab, Sort] = dict(USUAL_SORT)
        self._wanted_code = ""
        self._last_code = ""
        self.table = RequestTable(self)
        self._stack = QStackedWidget(self)
        self.view = RequestView(self.table, context.look, self._stack)
        self.toolbar = toolbar
        self.strip = SummaryStrip(context.look, self)
        self._sheet: FilterSheet | None = None
        self.foot = QLabel(self)
        self.foot.setProperty("role", "muted")
        self.foot.setContentsMargins(12, 4, 12, 4)
        self._blank = QWidget(self._stack)
        self.empty = QLabel(self._blank)
        self.empty.setProperty("role", "muted")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.clear_button = QPushButton(self.tr("Clear filters"), self._blank)
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE_MS)
        self._lay_out()
        self._connect()
        self.toolbar.show_tab(self._tab)
        self.toolbar.show_filter_name("")

    def _lay_out(self) -> None:
        middle = QVBoxLayout(self._blank)
        middle.addStretch(2)
        middle.addWidget(self.empty)
        middle.addWidget(self.clear_button, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch(3)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._blank)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self._stack, 1)
        column.addWidget(self.foot)

    def _connect(self) -> None:
        self._loader.changed.connect(self._on_index)
        self._minute.timeout.connect(self.tick)
        self.view.sorted.connect(self._on_sort)
        self.view.picked.connect(self.picked)
        self.view.opened.connect(self.opened)
        self.view.scrolled.connect(self._show_foot)
        self.view.menu_wanted.connect(self.menu_wanted)
        self.toolbar.tab_wanted.connect(self.show_tab)
        self.toolbar.search.searched.connect(self._on_search)
        self.toolbar.search.left.connect(self.view.setFocus)
        self.toolbar.filters.clicked.connect(self.open_filters)
        self.strip.fields_wanted.connect(self._on_fields)
        self.strip.dropped.connect(self._on_drop)
        self.clear_button.clicked.connect(self.clear_filters)

    @property
    def sheet(self) -> FilterSheet:
        """The sheet of filters, made when it is first asked for."""
        if self._sheet is None:
            made = self._sheet = FilterSheet(self._context.look, self)
            made.edited.connect(self.show_filter)
            made.applied.connect(self._on_saved_applied)
            made.saved.connect(self._on_save)
            made.renamed.connect(self._on_rename)
            made.deleted.connect(self._on_delete)
        return self._sheet

    # -- what is shown -------------------------------------------------------------------------------------------------

    @property
    def loader(self) -> RequestLoader:
        """What fetches the requests."""
        return self._loader

    @property
    def tab(self) -> Tab:
        """The tab that is looked at."""
        return self._tab

    @property
    def wanted(self) -> RequestFilter:
        """What is filtered beside the tab."""
        return self._filter

    @property
    def summary(self) -> Summary:
        """What is shown, in figures."""
        return self._loader.index.summary(self._found(self._in_tab()), self._context.clock.now())

    def selected(self) -> tuple[RequestRow, ...]:
        """The selected requests."""
        return self.view.selected()

    def start(self) -> None:
        """Begin to fetch, and to tell the time."""
        self._loader.start()
        self._minute.start()

    def show_tab(self, tab: Tab) -> None:
        """Look at a tab."""
        self._tab_chosen = True
        if tab != self._tab:
            self._tab = tab
            self.toolbar.show_tab(tab)
        self.view.hide_unfit(UNFIT[tab])
        self.view.show_sort(self._sorts.get(tab, Sort()))
        self._find()

    def turn_tab(self, by: int) -> None:
        """Look at the next tab, or the one before."""
        tabs = list(TABS)
        self.show_tab(tabs[(tabs.index(self._tab) + by) % len(tabs)])

    def show_filter(self, wanted: RequestFilter) -> None:
        """Filter by this."""
        self._filter = wanted
        names = {entry.name: entry for entry in self._saved.all()}
        kept = names.get(self._filter_name)
        if kept is None or kept.wanted != wanted.without("text"):
            self._filter_name = ""
        self._say_filter()
        self._find()

    def clear_filters(self) -> None:
        """Show everything of the tab."""
        self.toolbar.search.clear()
        self.show_filter(RequestFilter())

    def open_filters(self) -> None:
        """Open the sheet of filters under its button."""
        now = self._context.clock.now()
        self.sheet.show_filter(self._filter, self._loader.index, now.astimezone().date())
        self.sheet.show_saved(self._saved.all(), self._filter_name)
        button = self.toolbar.filters
        self.sheet.popup(button.mapToGlobal(QPoint(button.width(), button.height() + 4)))

    def show_code(self, code: str) -> bool:
        """Select a request, on its own tab if need be; once it is known, where it is not yet."""
        row = self._loader.index.row_of(code)
        if row is None:
            self._wanted_code = code
            return False
        self._wanted_code = ""
        if not self.view.show_one(row.id):
            if self._filter.conditions:
                self.clear_filters()
            tab = next(tab for tab, statuses in TABS.items() if row.status in statuses)
            self.show_tab(tab)
            self.view.show_one(row.id)
        return True

    def _in_tab(self) -> RequestFilter:
        """The filter with the tab's statuses; a search looks at all of them that the tab has."""
        statuses = tuple(status for status in TABS[self._tab] if status in (self._filter.statuses or TABS[self._tab]))
        return replace(self._filter, statuses=statuses or TABS[self._tab])

    def _found(self, wanted: RequestFilter) -> Positions:
        return self._loader.index.find(wanted, self.view.sort, self._context.clock.now())

    def _find(self, *, move_on: bool = False) -> None:
        """Show what the filter lets through now; `move_on`: because requests have changed."""
        now = self._context.clock.now()
        found = self._found(self._in_tab())
        self.view.show_requests(self._loader.index, found, now, move_on=move_on)
        self._show_hours(found)
        self._show_emptiness(found)
        self._show_foot()
        self.found.emit()

    def _show_hours(self, found: Positions) -> None:
        """Say how many are short of time, whichever of them the chips let through."""
        wanted = self._in_tab()
        if wanted != wanted.without("hours_from", "hours_below"):
            found = self._found(wanted.without("hours_from", "hours_below"))
        has_hours = bool(OPEN_STATUSES & set(TABS[self._tab])) and self._tab != "published"
        now = self._context.clock.now()
        self.strip.show_summary(self._loader.index.summary(found, now) if has_hours else Summary())

    def _say_filter(self) -> None:
        self.strip.show_filter(self._filter)
        count = self._filter.without("text", "hours_from", "hours_below").conditions
        self.toolbar.show_filter_name(
            self._filter_name or (self.tr("Filters ({count})").format(count=count) if count else "")
        )

    def _show_emptiness(self, found: Positions) -> None:
        is_empty = not len(found) and self._loader.ready
        if is_empty:
            self.empty.setText(self._words_for_nothing())
            self.clear_button.setVisible(bool(self._filter.conditions))
        self._stack.setCurrentIndex(1 if is_empty else 0)

    def _words_for_nothing(self) -> str:
        counts = self._loader.index.counts()
        if self._filter.conditions:
            return self.tr("No request matches these filters.")
        ready = counts["ready"] + counts["unassigned"]
        if not len(self._loader.index):
            return self.tr("There are no requests yet. Import a workbook of bookings, or enter the first one.")
        texts: dict[Tab, str] = {
            "inbox": self.tr("Inbox is empty. %n request(s) are ready to plan.", "", ready),
            "ready": self.tr("Every request that is ready has a place in the plan."),
            "planned": self.tr("Nothing is planned yet. %n request(s) are ready to plan.", "", ready),
            "published": self.tr("No plan is published."),
            "done": self.tr("No visit has been made yet."),
            "cancelled": self.tr("No request has been cancelled."),
        }
        return texts.get(self._tab, "")

    def _show_foot(self) -> None:
        below = self.view.below()
        texts = [self.tr("%n more below", "", below)] if below else []
        if not self._loader.complete and self._loader.ready and self._tab in ("done", "cancelled", "all"):
            texts.append(self.tr("older requests are being read"))
        self.foot.setText(" · ".join(texts))

    # -- what happens --------------------------------------------------------------------------------------------------

    def _on_index(self) -> None:
        counts = self._loader.index.counts()
        self.toolbar.show_counts(counts)
        self.counted.emit(counts["new"] or None)
        if not self._tab_chosen and not counts["new"] and self._loader.ready:
            # an inbox without anything in it is no place to begin
            self._tab = next((tab for tab in TABS if any(counts[status] for status in TABS[tab])), "inbox")
            self.toolbar.show_tab(self._tab)
        if not self._tab_chosen:
            self.show_tab(self._tab)
        else:
            self._find(move_on=True)
        if self._wanted_code:
            self.show_code(self._wanted_code)
        elif self._last_code and self._loader.ready:
            row = self._loader.index.row_of(self._last_code)
            if self.selected() or (row is not None and self.view.show_one(row.id)):
                self._last_code = ""

    def tick(self) -> None:
        """A minute has passed: say anew what is left, in the rows that are seen."""
        if self._filter.hours_from is not None or self._filter.hours_below is not None:
            self._find()
            return
        first, last = self.view.rows_in_view()
        self.table.tell_time(self._context.clock.now(), first, last)
        self._show_hours(self._found(self._in_tab()))

    def _on_sort(self, sort: Sort) -> None:
        self._sorts[self._tab] = sort
        self._find()

    def _on_search(self, text: str) -> None:
        if text != self._filter.text:
            self.show_filter(replace(self._filter, text=text))

    def _on_fields(self, values: Mapping[str, Any]) -> None:
        self.show_filter(replace(self._filter, **values))

    def _on_drop(self, names: tuple[str, ...]) -> None:
        self.show_filter(self._filter.without(*names))

    def _on_saved_applied(self, entry: SavedFilter) -> None:
        self.sheet.hide()
        self._filter_name = entry.name
        self.toolbar.search.setText(entry.wanted.text)
        self._tab = entry.tab
        self.toolbar.show_tab(entry.tab)
        self.show_filter(entry.wanted)
        self.show_tab(entry.tab)

    def _on_save(self, name: str) -> None:
        self._saved.save(name, self._filter, self._tab)
        self._filter_name = name
        self._say_filter()
        self.sheet.hide()
        self._context.feedback.toast(self.tr("Filter {name} is kept.").format(name=name))

    def _on_rename(self, names: tuple[str, str]) -> None:
        old, new = names
        if not self._saved.rename(old, new):
            self._context.feedback.toast(
                self.tr("There is a filter {name} already. Choose another name.").format(name=new), kind="warn"
            )
            return
        if self._filter_name == old:
            self._filter_name = new
        self._say_filter()
        self.sheet.show_saved(self._saved.all(), self._filter_name)

    def _on_delete(self, name: str) -> None:
        self._saved.delete(name)
        if self._filter_name == name:
            self._filter_name = ""
        self._say_filter()
        self.sheet.show_saved(self._saved.all(), self._filter_name)

    # -- kept from run to run ------------------------------------------------------------------------------------------

    def state(self) -> dict[str, object]:
        """Tab, filter, orders, columns and what is selected, as JSON values."""
        return {
            "tab": self._tab if self._tab_chosen else "",
            "filter": self._filter.to_json(),
            "filter_name": self._filter_name,
            "sorts": {tab: [sort.key, sort.descending] for tab, sort in self._sorts.items()},
            "columns": self.view.columns_state(),
            "code": self.selected()[0].code if self.selected() else "",
        }

    def restore(self, state: dict[str, object]) -> None:
        """Put back what `state` gave; what does not fit is passed over."""
        columns = state.get("columns")
        if isinstance(columns, dict):
            self.view.restore_columns(columns)
        sorts = state.get("sorts")
        if isinstance(sorts, dict):
            for tab in TABS:
                self._sorts |= read_sort(tab, sorts.get(tab))
        try:
            self._filter = read_filter(state.get("filter", {}))
        except BadInputError:
            self._filter = RequestFilter()
        self._filter_name = str(state.get("filter_name", ""))
        self._last_code = str(state.get("code", ""))
        self.toolbar.search.setText(self._filter.text)
        self._say_filter()
        for tab in TABS:
            if tab == state.get("tab"):
                self.show_tab(tab)
