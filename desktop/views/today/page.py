"""The page of a day: what to do in the order of the hours left, what starts, what others changed overnight."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar, TypeVar

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.errors import DomainError, StoreError
from desktop.itemmodels.list_table import ListTableModel, TableRow
from desktop.itemmodels.today_rows import columns, table_row, told
from desktop.jobs.db_runner import Committed, Job
from desktop.services.planning.reading import Source
from desktop.services.requests.rows import fold
from desktop.services.today.judged import read_judged
from desktop.services.today.reading import read_today
from desktop.services.today.rows import Today, TodayRow, Way
from desktop.views.context import PageContext
from desktop.views.feedback import InlineMessage
from desktop.views.page import Page
from desktop.views.today.panel import TodayPanel, way_words
from desktop.views.today.strip import TodayStrip
from desktop.views.widgets.list_table import ListTable
from desktop.views.widgets.page_bar import EmptyPlace, PageBar

T = TypeVar("T")

MINUTE_MS = 60_000
UNSEEN_MS = 300_000
"""While another page is shown the number on the rail may be so old: nobody's work waits for this page then."""
JUDGE_MS = 1_500
"""A large house takes a second to judge: several changes in a row are judged once."""
TABS = ("act", "starts", "news")
PANEL_WIDTH = 340
QUIET_TABLES = frozenset(("import_profile", "checklist", "checklist_item"))
UNJUDGED_TABLES = frozenset(("sending", "slot_hold", "corrective_action", "defect", "attachment", "file_content"))
"""Tables that say nothing of whether an announced visit can be as announced."""


class TodayPage(Page):
    """A day as a list, with what is gone to beside it."""

    NAME: ClassVar[str] = "today"
    ICON: ClassVar[str] = "calendar-today"

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.today: Today | None = None
        self._judged: tuple[TodayRow, ...] | None = None
        self._judged_on: dt.date | None = None  # None: something has changed since, or nothing is judged
        self._is_shown = False
        self._jobs: dict[str, Job[Any]] = {}
        self._tab = TABS[0]
        titles = {"act": self.tr("To do"), "starts": self.tr("Starts"), "news": self.tr("Overnight")}
        self.bar = PageBar(context.look, self.title(), titles, self.tr("Search today"), self)
        actions = context.actions
        self.bar.add_tool(actions.action("dispatch.ill"), self.tr("Ill today…"), "account-off-outline")
        self.bar.add_tool(actions.action("dispatch.repair"), self.tr("Repair…"), "wrench-outline", primary=True)
        self.strip = TodayStrip(actions, self)
        self.message = InlineMessage(context.look, self)
        self._lists = QStackedWidget(self)
        self.model = ListTableModel(columns(), self)
        self.table = ListTable(context.look, self.model, self.title(), self._lists)
        self.empty = EmptyPlace(self._lists)
        self.panel = TodayPanel(context.look, self)
        self.menu = QMenu(self)
        self._tick, self._judging = QTimer(self), QTimer(self)
        self._judging.setInterval(JUDGE_MS)
        self._judging.setSingleShot(True)
        self._lay_out()
        self._connect()
        self.bar.show_tab(self._tab)

    def _lay_out(self) -> None:
        self._lists.addWidget(self.table)
        self._lists.addWidget(self.empty)
        self.splitter = QSplitter(self)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._lists)
        self.splitter.addWidget(self.panel)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([1000, PANEL_WIDTH])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.bar, self.strip, self.message):
            column.addWidget(widget)
        column.addWidget(self.splitter, 1)
        self.empty.explain(self.tr("Reading the day…"))
        self._lists.setCurrentWidget(self.empty)

    def _connect(self) -> None:
        self.bar.tab_wanted.connect(self.show_tab)
        self.bar.search.searched.connect(self._list)
        self.bar.search.left.connect(self.table.setFocus)
        self.strip.changed.connect(self._list)
        self.empty.button.clicked.connect(self._on_way_out)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(self.do_first)
        self.table.menu_wanted.connect(self._on_menu)
        self.panel.way_wanted.connect(self.go)
        self._tick.timeout.connect(self._on_tick)
        self._judging.timeout.connect(self._read_judged)
        actions = self.context.actions
        for name, slot in (
            ("do", self.do_first),
            ("board", partial(self.go, "board")),
            ("request", partial(self.go, "request")),
            ("search", self.bar.search.setFocus),
            ("clear", self._clear),
            ("next_tab", partial(self._turn, 1)),
            ("previous_tab", partial(self._turn, -1)),
        ):
            actions.on(f"today.{name}", slot)

    # -- the window ----------------------------------------------------------------------------------------------------

    def title(self) -> str:
        """Its name."""
        return self.tr("Today")

    def activate(self) -> None:
        """Read the day; whether visits hold only where something has changed that they may suffer from."""
        self._is_shown = True
        self._read_day()
        if self._is_old:
            self._read_judged()
        self._tick.start(MINUTE_MS)
        self.table.setFocus()

    def deactivate(self) -> None:
        """From now on it is read seldom, for the number on the rail."""
        self._is_shown = False
        self._judging.stop()
        waiting = self._jobs.pop("judged", None)
        if waiting is not None:
            waiting.cancel()
            self._judged_on = None
        self._tick.start(UNSEEN_MS)

    def changed(self, committed: Committed) -> None:
        """Read again, where it is seen; whether visits still hold is asked a moment later."""
        tables = {table for table in committed.changes.rows if table not in QUIET_TABLES}
        if not tables <= UNJUDGED_TABLES:
            self._judged_on = None
        if not tables or not self._is_shown:
            return
        self._read_day()
        if self._judged_on is None:
            self._judging.start()

    def refresh(self) -> None:
        """Read all of it again, now or when the page is shown."""
        self._judged_on = None
        if self._is_shown:
            self._read_day()
            self._read_judged()

    def state(self) -> dict[str, object]:
        """Tab, filters, widths."""
        return {"tab": self._tab, "filter": self.strip.state(), "sizes": self.splitter.sizes()}

    def restore(self, state: dict[str, object]) -> None:
        """The same again."""
        self.strip.restore(state.get("filter"))
        if state.get("tab") in TABS:
            self.show_tab(str(state["tab"]))
        sizes = state.get("sizes")
        if isinstance(sizes, list) and len(sizes) == 2 and all(isinstance(size, int) and size > 0 for size in sizes):
            self.splitter.setSizes(sizes)

    # -- data ----------------------------------------------------------------------------------------------------------

    @property
    def _is_old(self) -> bool:
        """Whether visits may hold otherwise by now: something has changed, or another day has begun."""
        return self._judged_on != self.context.clock.now().astimezone().date()

    def _on_tick(self) -> None:
        self._read_day()
        if self._is_old and not self._judging.isActive():
            self._read_judged()

    def _read_day(self) -> None:
        query = partial(read_today, now=self.context.clock.now(), actor=self.context.runner.actor)
        self._read("day", query, self._on_day, background=not self._is_shown)

    def _read_judged(self) -> None:
        self._judging.stop()
        now = self.context.clock.now()
        self._judged_on = now.astimezone().date()
        query = partial(read_judged, now=now)
        self._read("judged", query, self._on_judged, background=True)

    def _read(
        self, name: str, query: Callable[[Source], T], then: Callable[[T], object], *, background: bool = False
    ) -> None:
        """Ask the worker; of the same name only the last question is answered."""
        old = self._jobs.pop(name, None)
        if old is not None:
            old.cancel()
        self._jobs[name] = self.context.runner.read(self, query, then, self._on_failure, background=background)

    def _on_day(self, today: Today) -> None:
        self.message.clear()
        self.today = today if self._judged is None else today.with_judged(self._judged)
        self._show()

    def _on_judged(self, judged: tuple[TodayRow, ...]) -> None:
        self._jobs.pop("judged", None)
        is_first, self._judged = self._judged is None, judged
        if self.today is not None:
            self.today = self.today.with_judged(judged)
            self._show()
        if is_first and self.model.rows:  # what was listed until then was not all: begin at the top
            self.table.choose(self.model.rows[0].key)

    def _on_failure(self, error: DomainError) -> None:
        self._judged_on = None
        if isinstance(error, StoreError):  # the whole window is concerned
            self.context.runner.refused.emit(error)
        else:
            self.message.show_error(error)

    def _show(self) -> None:
        assert self.today is not None
        self.badge.emit(self.today.for_today or None)
        self.strip.show_facets(self.today.rows)
        self._list()

    # -- what is listed ------------------------------------------------------------------------------------------------

    @property
    def tab(self) -> str:
        """The tab that is looked at."""
        return self._tab

    @property
    def current(self) -> TodayRow | None:
        """The thing that is gone to."""
        row = self.table.current
        return row.value if row is not None and isinstance(row.value, TodayRow) else None

    def show_tab(self, name: str) -> None:
        """Look at a tab."""
        self._tab = name
        self.bar.show_tab(name)
        self._list()
        if self.isVisible():
            self.table.setFocus()

    def _turn(self, by: int) -> None:
        self.show_tab(self.bar.turned(self._tab, by))

    def _clear(self) -> None:
        self.bar.search.clear()
        self.strip.clear()

    def _list(self) -> None:
        """List what the tab, the filters and the search let through."""
        today = self.today
        if today is None:
            return
        words = fold(self.bar.search.text()).split()
        fit = [row for row in today.rows if self.strip.lets(row)]
        if words:
            fit = [row for row in fit if all(word in fold(told(row)) for word in words)]
        of_tab = {name: [row for row in fit if tab_of(row) == name] for name in TABS}
        self.bar.show_counts({name: len(rows) for name, rows in of_tab.items()})
        counts = Today(today.now, today.evening, tuple(of_tab["act"])).counts
        self.strip.show_counts(counts, has_chips=self._tab == "act")
        rows, kinds = of_tab[self._tab], self.strip.kinds
        if self._tab == "act" and kinds:
            rows = [row for row in rows if row.kind in kinds]
        if self._tab == "news":
            rows = rows[::-1]
        self.table.show_rows(tuple(table_row(row, today.now) for row in rows))
        if not rows:
            self._explain(today)
        self._lists.setCurrentWidget(self.table if rows else self.empty)
        self.panel.setVisible(bool(rows))

    def _explain(self, today: Today) -> None:
        if not self.strip.is_empty or self.bar.search.text():
            self.empty.explain(self.tr("Nothing of today matches these filters."), self.tr("Clear filters"))
            return
        begin, tomorrow = today.starts
        starts = self.tr("%n visit(s) start today,", "", begin) + " " + self.tr("%n tomorrow.", "", tomorrow)
        texts = {
            "act": self.tr("All is well: nothing waits for you.") + "\n" + starts,
            "starts": self.tr("No announced visit starts today or tomorrow."),
            "news": self.tr("Nobody has changed anything since last evening."),
        }
        self.empty.explain(texts[self._tab])

    def _on_way_out(self) -> None:
        self._clear()

    def _on_chosen(self, row: TableRow | None) -> None:
        value = None if row is None else row.value
        now = self.context.clock.now() if self.today is None else self.today.now
        found = value if isinstance(value, TodayRow) else None
        self.panel.show_row(found, now)
        selection = self.context.selection
        if found is not None and found.request:
            selection.request = found.request
            selection.inspector = found.people[0].code if found.people else selection.inspector

    # -- ways out ------------------------------------------------------------------------------------------------------

    def do_first(self) -> None:
        """Go the first way out of the row that is gone to."""
        row = self.current
        if row is not None and row.ways:
            self.go(row.ways[0])

    def go(self, way: Way, _checked: bool = False) -> None:
        """Go a way out of the row that is gone to."""
        row, selection, actions = self.current, self.context.selection, self.context.actions
        if row is None:
            return
        if way == "repair":
            actions.action("dispatch.repair").trigger()
        elif way == "publish":
            actions.action("dispatch.publish").trigger()
        elif way in ("call people", "call factory"):
            self.panel.show_number(way)
        elif way == "board":
            if row.plan:
                selection.show_plan(row.plan)
            if row.request:
                selection.show_request(row.request, "board")
            else:
                selection.page_wanted.emit("board")
        else:
            page = {"request": "requests", "send": "dispatch", "place": "urgent"}.get(way, "visits")
            if row.request:
                selection.show_request(row.request, page)
            elif row.requests or page == "dispatch":
                selection.page_wanted.emit(page)

    def _on_menu(self, place: QPoint) -> None:
        row = self.current
        if row is None:
            return
        self.menu.clear()
        for way in row.ways:
            self.menu.addAction(way_words(self, way)).triggered.connect(partial(self.go, way))
        if row.request:
            self.menu.addSeparator()
            for name in ("ill", "not_ready", "overrun"):
                self.menu.addAction(self.context.actions.action(f"dispatch.{name}"))
        self.menu.popup(place)


def tab_of(row: TodayRow) -> str:
    """On which tab a row stands."""
    return {"starts": "starts", "news": "news"}.get(row.kind, "act")
