"""All plans: the list, the one selected, and the form of a new run or the run in hand."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QSplitter, QVBoxLayout, QWidget

from desktop.itemmodels.plan_table import PlanTableModel
from desktop.jobs.plan_run import RunState
from desktop.services.planning.proposals import Proposal
from desktop.views.actions import Actions
from desktop.views.feedback import InlineMessage
from desktop.views.look import Look
from desktop.views.plans.plan_detail_view import PlanDetailView
from desktop.views.plans.plan_list import PlanList
from desktop.views.plans.run_form import RunForm
from desktop.views.plans.run_panel import RunPanel
from desktop.views.words import days, money

LIST_WIDTH, SIDE_WIDTH = 240, 310
WIDTHS = [330, 830, 340]


class Overview(QWidget):
    """The page while nothing is reviewed."""

    def __init__(self, look: Look, actions: Actions, first_day: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = PlanTableModel(self)
        self.plans = PlanList(look, self.model, self)
        self.detail = PlanDetailView(look, self)
        self.form = RunForm(look, first_day, self)
        self.run = RunPanel(look, self)
        self.message = InlineMessage(look, self)
        self._waiting = QFrame(self)
        self._waiting_text = QLabel(self._waiting)
        self._lay_out(actions)
        self.form.use_actions(actions.action("plans.optimise"), actions.action("plans.by_hand"))
        self.run.use_actions(actions.action("plans.stop"), actions.action("plans.give_up"))
        self.detail.use_actions(actions.action("plans.board"), actions.action("plans.publish"))
        more = ("plans.compare", "plans.export_workbook", "plans.export_csv", "plans.export_json", "plans.discard")
        self.detail.offer_more(tuple(actions.action(name) for name in more))
        self.show_run(None)
        self.show_waiting(None)

    def show_run(self, state: RunState | None) -> None:
        """Show the run in hand instead of the form; None: there is none."""
        self.run.setVisible(state is not None)
        self._new.setVisible(state is None)
        if state is not None:
            self.message.clear()
            self.run.show_state(state)

    def show_waiting(self, proposal: Proposal | None) -> None:
        """Say that a new plan waits for a decision."""
        self._waiting.setVisible(proposal is not None)
        if proposal is not None:
            review = proposal.review
            self._waiting_text.setText(
                self.tr("A new plan for {days} waits: {cost}, {left} unassigned.").format(
                    days=days(review.first_day, review.date(review.days - 1)),
                    cost=money(review.new.cost.total),
                    left=f"{review.new.unassigned:,}",
                )
            )

    @property
    def sizes(self) -> list[int]:
        """Widths of list, plan and form."""
        return self._splitter.sizes()

    def set_sizes(self, sizes: list[int]) -> None:
        """Put widths back."""
        self._splitter.setSizes(sizes)

    def _lay_out(self, actions: Actions) -> None:
        heading = QLabel(self.tr("Plans"), self)
        heading.setProperty("role", "title")
        bar = QFrame(self)
        bar.setProperty("role", "bar")
        bar.setFixedHeight(46)
        row = QHBoxLayout(bar)
        row.setContentsMargins(14, 0, 12, 0)
        row.addWidget(heading)
        row.addStretch(1)
        left = QFrame(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.plans, 1)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setChildrenCollapsible(False)
        left.setMinimumWidth(LIST_WIDTH)
        self._splitter.addWidget(left)
        self._splitter.addWidget(self.detail)
        self._splitter.addWidget(self._make_side(actions))
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes(WIDTHS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._splitter)

    def _make_side(self, actions: Actions) -> QWidget:
        self._waiting.setProperty("role", "note")
        self._waiting_text.setWordWrap(True)
        review, drop = actions.action("plans.review"), actions.action("plans.drop")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for action, role in ((review, "primary"), (drop, "")):
            button = QPushButton(action.text(), self._waiting)
            button.setToolTip(action.toolTip())
            button.setProperty("role", role)
            button.clicked.connect(action.trigger)
            buttons.addWidget(button)
        buttons.addStretch(1)
        waiting = QVBoxLayout(self._waiting)
        waiting.setContentsMargins(10, 8, 10, 8)
        waiting.setSpacing(6)
        waiting.addWidget(self._waiting_text)
        waiting.addLayout(buttons)
        self._new = QWidget(self)
        new = QVBoxLayout(self._new)
        new.setContentsMargins(0, 0, 0, 0)
        new.setSpacing(8)
        heading = QLabel(self.tr("New plan"), self._new)
        heading.setProperty("role", "panel-title")
        new.addWidget(heading)
        new.addWidget(self.form)
        body = QFrame(self)
        body.setProperty("role", "panel")
        column = QVBoxLayout(body)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(12)
        for widget in (self._waiting, self.message, self.run, self._new):
            column.addWidget(widget)
        column.addStretch(1)
        side = QScrollArea(self)
        side.setWidgetResizable(True)
        side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        side.setMinimumWidth(SIDE_WIDTH)
        side.setWidget(body)
        return side
