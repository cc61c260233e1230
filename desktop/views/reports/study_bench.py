"""What can be solved for about the plan in force: the studies to start, how far one is, and which plan they are of."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QProgressBar, QPushButton, QSpinBox, QWidget

from desktop.jobs.study_run import StudyState
from desktop.services.worth.asking import CeilingsAsked, PromiseAsked, RulesAsked
from desktop.services.worth.views import WorthView
from desktop.views.charts.numbers import write_money
from desktop.views.context import PageContext
from desktop.views.widgets.elided_label import ElidedLabel

SECONDS = (5, 600)
USUAL_SECONDS = 30
STEPS = 1000


class StudyBench(QFrame):
    """Buttons while nothing is solved for, else how far it is.

    Attributes:
        wanted: a study (CeilingsAsked, PromiseAsked or RulesAsked).
        what_if_wanted: the what-if is to be asked for.
        stopped: the one that runs is not wanted any more.
    """

    wanted = Signal(object)
    what_if_wanted = Signal()
    stopped = Signal()

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "strip")
        self.setFixedHeight(40)
        self._look = context.look
        self.plan = ElidedLabel(self)
        self.plan.setProperty("role", "muted")
        self.choice = QComboBox(self)
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.choice.setAccessibleName(self.tr("Plan that is studied next"))
        self.choice.setToolTip(self.tr("Plan that is studied next"))
        self._chosen = ""
        self.choice.activated.connect(self._on_choice)
        self.seconds = QSpinBox(self)
        self.seconds.setRange(*SECONDS)
        self.seconds.setValue(USUAL_SECONDS)
        self.seconds.setSuffix(self.tr(" s a run"))
        self.seconds.setAccessibleName(self.tr("Seconds for each run of the solver"))
        self.buttons: dict[str, QPushButton] = {}
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(180)
        self.progress.setAccessibleName(self.tr("How far the study is"))
        self.doing = ElidedLabel(self)
        self.doing.setProperty("role", "muted")
        self.stop = QPushButton(self.tr("Stop"), self)
        self.stop.setProperty("role", "small")
        self.stop.clicked.connect(self.stopped)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(self.plan, 2)
        row.addWidget(self.doing, 1)
        row.addWidget(self.progress)
        row.addWidget(self.stop)
        row.addWidget(self.choice)
        row.addWidget(self.seconds)
        for name, text, tip in (
            ("ceilings", self.tr("What one more saves"), self.tr("Prove ceilings, and solve anew for the ten highest")),
            ("promise", self.tr("Price of the promise"), self.tr("Solve for 48, 60, 72 and 96 hours")),
            ("rules", self.tr("What rules cost"), self.tr("Solve with one rule lifted at a time")),
            ("what-if", self.tr("What if…"), self.tr("Hire, train, give up a client, change the promise: and compare")),
        ):
            button = QPushButton(text, self)
            button.setProperty("role", "small")
            button.setToolTip(tip)
            button.clicked.connect(partial(self._on_button, name))
            self.buttons[name] = button
            row.addWidget(button)
        self.show_state(None)

    def show_view(self, view: WorthView) -> None:
        """Say of which plan the studies are."""
        if not view.plan:
            self.plan.setText(self.tr("There is no plan to study. Publish a week, or make a draft."))
        else:
            said = self.tr("Plan {plan}, {cost}").format(plan=view.plan, cost=write_money(view.cost))
            if view.bound is not None and view.bound <= view.cost:
                said = self.tr("{plan}; no plan can cost less than {bound}").format(
                    plan=said, bound=write_money(view.bound)
                )
            self.plan.setText(said)
        self.choice.clear()
        words = {"published": self.tr("published"), "draft": self.tr("draft")}
        for plan in view.plans:
            self.choice.addItem(f"{plan.code}, {words[plan.status]}", plan.code)
        self.choice.setCurrentIndex(max(0, self.choice.findData(self._chosen)))
        for widget in (self.choice, *self.buttons.values()):
            widget.setEnabled(bool(view.plan))

    @property
    def chosen(self) -> str | None:
        """The code of the plan to study next: as chosen, else of the latest days; None where there is none."""
        code: str | None = self.choice.currentData()
        return code

    def show_state(self, state: StudyState | None) -> None:
        """Say how far a study is; the buttons come back where there is none."""
        for widget in (self.progress, self.doing, self.stop):
            widget.setVisible(state is not None)
        for entry in (self.choice, self.seconds, *self.buttons.values()):
            entry.setVisible(state is None)
        if state is None:
            return
        self.stop.setEnabled(not state.is_stopping)
        progress = state.progress
        if progress is None:
            self.progress.setRange(0, 0)
            self.doing.setText(self.tr("Reading the plan\N{HORIZONTAL ELLIPSIS}"))
            return
        self.progress.setRange(0, STEPS)
        self.progress.setValue(round(STEPS * progress.share))
        words = self.tr("Run {run} of at most {runs}: {what}")
        self.doing.setText(words.format(run=progress.run, runs=progress.runs, what=progress.what))

    def _on_choice(self, _place: int) -> None:
        self._chosen = self.chosen or ""

    def _on_button(self, name: str, _checked: bool = False) -> None:
        seconds = float(self.seconds.value())
        if name == "what-if":
            self.what_if_wanted.emit()
        elif name == "ceilings":
            self.wanted.emit(CeilingsAsked(seconds=seconds))
        elif name == "promise":
            self.wanted.emit(PromiseAsked(seconds=seconds))
        else:
            self.wanted.emit(RulesAsked(seconds=seconds))
