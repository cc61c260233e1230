"""The page of visits: inspection day and after, and all corrective actions."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from desktop.jobs.db_runner import Committed
from desktop.services.inspection.actions import open_actions
from desktop.services.inspection.rows import ActionRow
from desktop.views.context import PageContext
from desktop.views.selection import Wanted
from desktop.views.visits.actions_tab import ActionsTab
from desktop.views.visits.visits_tab import Listed, VisitsTab
from desktop.views.widgets.list_table import offer_actions
from desktop.views.widgets.page_bar import PageBar
from desktop.views.widgets.tabbed_page import ListPage

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
MENU = (("travelling", "on_site", "finished", "aborted"), ("result", "report", "attach"), ("board", "request"))
OF_ONE = ("save", *(name for group in MENU for name in group))
"""What is done with the one visit that is looked at."""


class VisitsPage(ListPage[VisitsTab | ActionsTab]):
    """Visits."""

    NAME: ClassVar[str] = "visits"
    ICON: ClassVar[str] = "clipboard-check-outline"

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        titles = {"visits": self.tr("All visits"), "actions": self.tr("Corrective actions")}
        bar = PageBar(context.look, self.title(), titles, self.tr("Search codes, names, factories"), self)
        self.visits, self.corrective = VisitsTab(context, self), ActionsTab(context, self)
        self.furnish(bar, {"visits": self.visits, "actions": self.corrective})
        self._connect()
        self.show_tab("visits")

    def title(self) -> str:
        """Its name."""
        return self.tr("Visits")

    # -- the window ----------------------------------------------------------------------------------------------------

    def changed(self, committed: Committed) -> None:
        """Read again what is concerned."""
        if any(committed.changes.touches(table) for table in SEEN):
            self.refresh()

    def refresh(self) -> None:
        """Read everything again, now or when the page is shown."""
        super().refresh()
        if self.isVisible():
            self.visits.panel.refresh()

    def show_visit(self, code: str) -> None:
        """Look at the visit of a request."""
        if self.bar.search.text():
            self.bar.search.clear()
        self.show_tab("visits")
        self.visits.want(code)

    # -- data ----------------------------------------------------------------------------------------------------------

    def read_all(self) -> None:
        """Both tabs."""
        self.is_stale = False
        self._read_visits()
        self.read("actions", partial(open_actions, now=self.context.clock.now()), self._show_actions)

    def _read_visits(self) -> None:
        self.read("visits", self.visits.query(self.context.clock.now()), self._show_visits)

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

    # -- inside --------------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.visits.chosen.connect(self._on_chosen)
        self.visits.more_wanted.connect(self._read_visits)
        self.visits.table.menu_wanted.connect(self._offer)
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
            ("clear", self.clear),
        ):
            self.on(name, deed)

    def _on_wanted(self, wanted: Wanted) -> None:
        if wanted.page == self.NAME:
            self.show_visit(wanted.code)

    def _offer(self, place: QPoint) -> None:
        actions = self.context.actions
        offer_actions(self, ([actions.action(f"visits.{name}") for name in group] for group in MENU), place)

    def _on_chosen(self, code: str) -> None:
        if code:
            self.context.selection.request = code
        self.settle()

    def settle(self) -> None:
        """Offer what can be done with the visit that is looked at."""
        super().settle()
        has_visit = self.shown == "visits" and self.visits.current is not None
        for name in OF_ONE:
            self.context.actions.enable(f"visits.{name}", has_visit)

    def _enter_result(self) -> None:
        self.show_panel(shown=True)
        self.visits.panel.show_result()

    def _show_elsewhere(self, page: str) -> None:
        row = self.visits.current
        if row is not None:
            self.context.selection.show_request(row.request, page)

    def clear(self) -> None:
        """List everything."""
        self.bar.search.clear()
        if self.shown == "visits":
            self.visits.strip.clear()
        else:
            self.corrective.clear()
        self.tab.table.setFocus()
