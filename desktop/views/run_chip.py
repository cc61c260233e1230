"""A run of the solver, told on every page: its best plan so far and how long it has taken."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from desktop.jobs.plan_run import RunState
from desktop.views.context import PageContext
from desktop.views.words import money


class RunChip(QPushButton):
    """Hidden while nothing is planned; a click leads to the page of plans."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setProperty("role", "chip-accent")
        self.hide()
        context.plan_runs.running_changed.connect(self._show)
        context.plan_runs.progressed.connect(self._show)
        self.clicked.connect(self._go)
        if context.plan_runs.is_running:
            self._show(context.plan_runs.state)

    def _show(self, state: RunState | None) -> None:
        self.setVisible(state is not None)
        if state is None:
            return
        self.setToolTip(self.tr("Show the run"))
        if state.cost is None:
            self.setText(self.tr("Planning …"))
            return
        text = self.tr("Planning {seconds} s · {cost}, {left} unassigned")
        left = "" if state.unassigned is None else f"{state.unassigned:,}"
        self.setText(text.format(seconds=f"{state.seconds:.0f}", cost=money(state.cost), left=left))

    def _go(self) -> None:
        self._context.selection.page_wanted.emit("plans")
