"""A plan reviewed: figures, who does what otherwise, requests, and beside them what explains it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.itemmodels.call_rows import call_columns, call_rows
from desktop.itemmodels.list_table import ListTableModel
from desktop.itemmodels.plan_requests import Kind, PlanRequestsModel
from desktop.jobs.plan_run import RunState
from desktop.services.plan_review import PlanReview
from desktop.services.planning.proposals import Proposal
from desktop.views.look import Look
from desktop.views.plans.kpi_strip import KpiStrip, review_figures
from desktop.views.plans.people_view import PeopleView
from desktop.views.plans.proposal_foot import ProposalFoot
from desktop.views.plans.review_legend import Legend
from desktop.views.plans.review_panel import ReviewPanel
from desktop.views.plans.tables import RequestTable
from desktop.views.plans.ticks import Ticks
from desktop.views.widgets.list_table import ListTable

TABS = ("changed", "placed", "left_out", "dropped", "unchanged", "calls")
TABLES: tuple[Kind, ...] = ("placed", "left_out", "dropped")
PANEL_WIDTH = 400
LEGEND_FROM = 1200


class ReviewView(QWidget):
    """A review of a proposal, or of two stored plans.

    Attributes:
        request_wanted: the code (str) of a request that is to be looked at.
        ticked: other parts of a repair are ticked.
    """

    request_wanted = Signal(object)
    ticked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.review: PlanReview | None = None
        self._strip = KpiStrip(look, self)
        self._tabs = QButtonGroup(self)
        self._tab_buttons: dict[str, QPushButton] = {}
        self.people, self.unchanged = PeopleView(look, self), PeopleView(look, self)
        self._models: dict[Kind, PlanRequestsModel] = {kind: PlanRequestsModel(kind, self) for kind in TABLES}
        self.tables = {kind: RequestTable(look, model, self) for kind, model in self._models.items()}
        self.calls = ListTable(look, ListTableModel(call_columns(), self), self.tr("Calls to make"), self)
        self._ticks: Ticks | None = None
        self._stack = QStackedWidget(self)
        self.panel = ReviewPanel(look, self)
        self.foot = ProposalFoot(look, self)
        self._lay_out()
        self.people.chosen.connect(self.panel.show_person)
        self.people.toggled.connect(self._on_toggled)
        for view in (self.people, self.unchanged):
            view.request_wanted.connect(self.request_wanted)
        for table in self.tables.values():
            table.request_wanted.connect(self.request_wanted)

    def show_proposal(self, proposal: Proposal, state: RunState | None, ticks: Ticks | None = None) -> None:
        """Show what a run has made; of a repair with boxes to tick."""
        self._use(ticks)
        self._show(proposal.review)
        self.panel.show_run(proposal, state, is_repair=ticks is not None)
        self.foot.show()
        self.foot.show_checking(proposal)

    def show_comparison(self, review: PlanReview) -> None:
        """Show two stored plans; there is nothing to decide."""
        self._use(None)
        self._show(review)
        self.panel.hide_run()
        self.foot.hide()

    def show_tab(self, name: str) -> None:
        """Show one of TABS."""
        self._tab_buttons[name].setChecked(True)
        self._stack.setCurrentIndex(TABS.index(name))

    @property
    def tab(self) -> str:
        """The tab that is shown."""
        return TABS[self._stack.currentIndex()]

    def tab_button(self, name: str) -> QPushButton:
        """The button of a tab."""
        return self._tab_buttons[name]

    @property
    def sizes(self) -> list[int]:
        """Widths of the rows and of the panel."""
        return self._splitter.sizes()

    def set_sizes(self, sizes: list[int]) -> None:
        """Put widths back."""
        self._splitter.setSizes(sizes)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The legend goes first where there is little room."""
        super().resizeEvent(event)
        self._show_legend()

    def _show_legend(self) -> None:
        has_both = self.review is not None and self.review.now is not None
        self._legend.setVisible(has_both and self.width() >= LEGEND_FROM)

    # -- ticks ---------------------------------------------------------------------------------------------------------

    def _use(self, ticks: Ticks | None) -> None:
        """Show what is ticked, from now on of this repair."""
        if self._ticks is not None and self._ticks is not ticks:
            self._ticks.changed.disconnect(self._on_ticks)
        if ticks is not None and ticks is not self._ticks:
            ticks.changed.connect(self._on_ticks)
        self._ticks = ticks
        self.people.show_ticks(None if ticks is None else ticks.state_of)
        self._tab_buttons["calls"].setVisible(ticks is not None)
        self._show_calls()
        self.calls.scrollToTop()

    def _on_toggled(self, person: str) -> None:
        if self._ticks is not None:
            self._ticks.toggle(person)

    def _on_ticks(self) -> None:
        if self._ticks is not None:
            self.people.show_ticks(self._ticks.state_of)
            self.foot.show_sum(self._ticks.sum)
            self._show_calls()
            self.ticked.emit()

    def _show_calls(self) -> None:
        calls = () if self._ticks is None else self._ticks.calls
        self.calls.show_rows(call_rows(calls))
        self._tab_buttons["calls"].setText(self.tr("Disturbs {count}").format(count=f"{len(calls):,}"))

    # -- inside --------------------------------------------------------------------------------------------------------

    def _show(self, review: PlanReview) -> None:
        self.review = review
        self._strip.show_figures(review_figures(review))
        self.panel.show_review(review)
        self.people.show_rows(review, review.people, self.tr("The plan is already the best found. Nobody changes."))
        self.unchanged.show_rows(review, review.unchanged, self.tr("Everybody who has visits changes."))
        rows = {"placed": review.placed, "left_out": review.left_out, "dropped": review.dropped}
        for kind, model in self._models.items():
            model.show_rows(rows[kind], review.first_day)
        self._name_tabs(review)
        self.show_tab("changed")
        self.panel.show_person(self.people.current)

    def _name_tabs(self, review: PlanReview) -> None:
        changed = self.tr("Changed people {count}") if review.now is not None else self.tr("People {count}")
        names = {
            "changed": changed.format(count=f"{len(review.people):,}"),
            "placed": self.tr("Newly placed {count}").format(count=f"{len(review.placed):,}"),
            "left_out": self.tr("Still unassigned {count}").format(count=f"{len(review.left_out):,}"),
            "dropped": self.tr("Dropped {count}").format(count=f"{len(review.dropped):,}"),
            "unchanged": self.tr("Unchanged {count}").format(count=f"{len(review.unchanged):,}"),
        }
        for name, text in names.items():
            self._tab_buttons[name].setText(text)
        dropped = self._tab_buttons["dropped"]
        dropped.setIcon(self._look.icon("alert-circle", "bad") if review.dropped else QIcon())
        self._show_legend()

    def _lay_out(self) -> None:
        bar = QFrame(self)
        bar.setProperty("role", "bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(8, 2, 12, 0)
        row.setSpacing(4)
        tables = (self.tables[kind] for kind in TABLES)
        pages: tuple[QWidget, ...] = (self.people, *tables, self.unchanged, self.calls)
        for name, page in zip(TABS, pages, strict=True):
            button = QPushButton(bar)
            button.setProperty("role", "tab")
            button.setCheckable(True)
            button.clicked.connect(partial(self.show_tab, name))
            self._tabs.addButton(button)
            self._tab_buttons[name] = button
            row.addWidget(button)
            self._stack.addWidget(page)
        row.addStretch(1)
        self._legend = Legend(self._look, bar)
        row.addWidget(self._legend)
        left = QWidget(self)
        rows = QVBoxLayout(left)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(bar)
        rows.addWidget(self._stack, 1)
        right = QFrame(self)
        right.setProperty("role", "panel")
        side = QVBoxLayout(right)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(0)
        side.addWidget(self.panel, 1)
        side.addWidget(self.foot)
        right.setMinimumWidth(320)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(left)
        self._splitter.addWidget(right)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setSizes([1100, PANEL_WIDTH])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._strip)
        layout.addWidget(self._splitter, 1)
