"""The page of visits: inspection day and after, and all corrective actions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.errors import DomainError, StoreError
from desktop.jobs.db_runner import Committed, Job
from desktop.services.inspection.actions import open_actions
from desktop.services.inspection.rows import ActionRow
from desktop.views.context import PageContext
from desktop.views.page import Page
from desktop.views.selection import Wanted
from desktop.views.visits.actions_tab import ActionsTab
from desktop.views.visits.visits_tab import Listed, VisitsTab
from desktop.views.widgets.list_table import offer_actions
from desktop.views.widgets.page_bar import PageBar

SEEN = (
    "visit",
    "assignment",
    "plan",
    "visit_result",
    "defect",
    "attachment",
    "corrective_action",
    "request",
    "follow_up",
    "notice",
    "order",
    "factory",
    "client",
    "inspector",
    "progress_report",
    "setting",
)
"""Tables whose rows are shown here."""
TABS = ("visits", "actions")
MENU = (("travelling", "on_site", "finished", "aborted"), ("result", "report", "attach"), ("board", "request"))
OF_ONE = ("save", *(name for group in MENU for name in group))
"""What is done with the one visit that is looked at."""


class VisitsPage(Page):
    """Visits."""

    NAME: ClassVar[str] = "visits"
    ICON: ClassVar[str] = "clipboard-check-outline"

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._jobs: dict[str, Job[Any]] = {}
        self._is_stale = True
        titles = {"visits": self.tr("All visits"), "actions": self.tr("Corrective actions")}
        self.bar = PageBar(context.look, self.title(), titles, self.tr("Search codes, names, factories"), self)
        self._stack = QStackedWidget(self)
        self.visits = VisitsTab(context, self._stack)
        self.corrective = ActionsTab(context, self._stack)
        self.tabs: dict[str, VisitsTab | ActionsTab] = {"visits": self.visits, "actions": self.corrective}
        for tab in self.tabs.values():
            self._stack.addWidget(tab)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)
        self._connect()
        self.show_tab(TABS[0])
        self._settle()

    def title(self) -> str:
        """Its name."""
        return self.tr("Visits")

    # -- the window ----------------------------------------------------------------------------------------------------

    def activate(self) -> None:
        """Read what has changed while another page was shown."""
        if self._is_stale:
            self._read_all()
        self.tab.table.setFocus()

    def changed(self, committed: Committed) -> None:
        """Read again what is concerned."""
        if any(committed.changes.touches(table) for table in SEEN):
            self.refresh()

    def refresh(self) -> None:
        """Read everything again, now or when the page is shown."""
        self._is_stale = True
        if self.isVisible():
            self._read_all()
            self.visits.panel.refresh()

    def state(self) -> dict[str, object]:
        """The tab, filters and widths."""
        return {"tab": self.shown, **{name: tab.state() for name, tab in self.tabs.items()}}

    def restore(self, state: dict[str, object]) -> None:
        """The same again."""
        for name, tab in self.tabs.items():
            tab.restore(state.get(name))
        if state.get("tab") in TABS:
            self.show_tab(str(state["tab"]))

    # -- tabs ----------------------------------------------------------------------------------------------------------

    @property
    def shown(self) -> str:
        """The name of the tab that is looked at."""
        return TABS[self._stack.currentIndex()]

    @property
    def tab(self) -> VisitsTab | ActionsTab:
        """The tab that is looked at."""
        return self.tabs[self.shown]

    def show_tab(self, name: str) -> None:
        """Look at a tab."""
        self._stack.setCurrentWidget(self.tabs[name])
        self.bar.show_tab(name)
        self.tab.search(self.bar.search.text())
        if self.isVisible():
            self.tab.table.setFocus()
        self._settle()

    def show_visit(self, code: str) -> None:
        """Look at the visit of a request."""
        if self.bar.search.text():
            self.bar.search.clear()
        self.show_tab("visits")
        self.visits.want(code)

    # -- data ----------------------------------------------------------------------------------------------------------

    def _read_all(self) -> None:
        self._is_stale = False
        self._read_visits()
        self._read("actions", partial(open_actions, now=self.context.clock.now()), self._show_actions)

    def _read_visits(self) -> None:
        self._read("visits", self.visits.query(self.context.clock.now()), self._show_visits)

    def _read(self, name: str, query: Callable[[Any], Any], then: Callable[[Any], object]) -> None:
        old = self._jobs.pop(name, None)
        if old is not None:
            old.cancel()
        self._jobs[name] = self.context.runner.read(self, query, then, self._on_failure)

    def _show_visits(self, listed: Listed) -> None:
        self.visits.show_visits(listed)
        self._count()

    def _show_actions(self, rows: tuple[ActionRow, ...]) -> None:
        self.corrective.show_actions(rows)
        self._count()

    def _count(self) -> None:
        """What is overdue: reports and corrective actions."""
        self.bar.show_counts({"actions": self.corrective.number})
        self.badge.emit(self.visits.late_number + self.corrective.late_number or None)

    def _on_failure(self, error: DomainError) -> None:
        if isinstance(error, StoreError):  # the whole window is concerned
            self.context.runner.refused.emit(error)
        else:
            self.tab.message.show_error(error)

    # -- inside --------------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.bar.tab_wanted.connect(self.show_tab)
        self.bar.search.searched.connect(self._on_search)
        self.bar.search.left.connect(self._leave_search)
        self.visits.chosen.connect(self._on_chosen)
        self.visits.more_wanted.connect(self._read_visits)
        self.visits.table.opened.connect(self._open)
        self.visits.table.menu_wanted.connect(self._offer)
        self.corrective.table.opened.connect(self._open)
        for tab in self.tabs.values():
            tab.empty.button.clicked.connect(self._clear)
        self.corrective.panel.visit_wanted.connect(self.show_visit)
        self.context.selection.request_wanted.connect(self._on_wanted)
        panel = self.visits.panel
        for name, deed in (
            ("travelling", partial(panel.day.note, "travelling")),
            ("on_site", partial(panel.day.note, "arrived")),
            ("finished", partial(panel.day.note, "finished")),
            ("aborted", panel.ask_for_abort),
            ("result", self._enter_result),
            ("save", panel.result.save),
            ("report", panel.report.do_next),
            ("attach", panel.files.ask),
            ("board", partial(self._show_elsewhere, "board")),
            ("request", partial(self._show_elsewhere, "requests")),
            ("search", self._search),
            ("clear", self._clear),
            ("next_tab", partial(self._turn, 1)),
            ("previous_tab", partial(self._turn, -1)),
            ("panel", self._toggle_panel),
        ):
            self.context.actions.on(f"visits.{name}", _plain(deed))

    def _turn(self, by: int) -> None:
        self.show_tab(self.bar.turned(self.shown, by))

    def _on_wanted(self, wanted: Wanted) -> None:
        if wanted.page == self.NAME:
            self.show_visit(wanted.code)

    def _offer(self, place: QPoint) -> None:
        actions = self.context.actions
        offer_actions(self, ([actions.action(f"visits.{name}") for name in group] for group in MENU), place)

    def _on_chosen(self, code: str) -> None:
        if code:
            self.context.selection.request = code
        self._settle()

    def _settle(self) -> None:
        has_visit = self.shown == "visits" and self.visits.current is not None
        for name in OF_ONE:
            self.context.actions.enable(f"visits.{name}", has_visit)
        self.context.actions.show_state("visits.panel", not self.tab.side.isHidden())

    def _enter_result(self) -> None:
        self._show_panel(shown=True)
        self.visits.panel.show_result()

    def _open(self) -> None:
        """Enter leads into the panel."""
        self._show_panel(shown=True)
        self.tab.side.setFocus()
        self.tab.side.focusNextChild()

    def _show_elsewhere(self, page: str) -> None:
        row = self.visits.current
        if row is not None:
            self.context.selection.show_request(row.request, page)

    def _on_search(self, words: str) -> None:
        self.tab.search(words)

    def _search(self) -> None:
        self.bar.search.setFocus()
        self.bar.search.selectAll()

    def _leave_search(self) -> None:
        self.tab.table.setFocus()

    def _clear(self) -> None:
        self.bar.search.clear()
        if self.shown == "visits":
            self.visits.strip.clear()
        else:
            self.corrective.clear()
        self.tab.table.setFocus()

    def _toggle_panel(self) -> None:
        self._show_panel(shown=self.tab.side.isHidden())

    def _show_panel(self, *, shown: bool) -> None:
        self.tab.side.setVisible(shown)
        self._settle()


def _plain(deed: Callable[[], object]) -> Callable[..., object]:
    """A deed without what Qt says of the click."""

    def do(_checked: bool = False) -> None:
        deed()

    return do
