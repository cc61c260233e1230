"""A run in hand: the best plan so far, what is proven, what is left out, and the way to end it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop.jobs.plan_run import FINISHING, PREPARING, RunState
from desktop.views.look import Look
from desktop.views.plans.curve import Curve
from desktop.views.plans.wording import gap_word, span
from desktop.views.words import days, money

PERMILLE = 1000


class RunPanel(QFrame):
    """The progress of a run, as it comes."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = QLabel(self)
        self._title.setProperty("role", "panel-title")
        self._title.setWordWrap(True)
        self._stage = QLabel(self)
        self._stage.setProperty("role", "muted")
        self._stage.setWordWrap(True)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setRange(0, PERMILLE)
        self._bar.setAccessibleName(self.tr("Progress of the search"))
        self._figures = {name: QLabel(self) for name in ("cost", "bound", "unassigned", "elapsed")}
        self._curve = Curve(look, self)
        self._stop, self._discard = QPushButton(self), QPushButton(self)
        self._stop.setProperty("role", "primary")
        self._lay_out()

    def use_actions(self, stop: QAction, discard: QAction) -> None:
        """Let the buttons do and say what these actions do."""
        for button, action in ((self._stop, stop), (self._discard, discard)):
            button.setText(action.text())
            button.setToolTip(action.toolTip())
            button.clicked.connect(action.trigger)

    def show_state(self, state: RunState) -> None:
        """Show how a run stands."""
        last = state.settings.first_day.toordinal() + state.settings.days - 1
        span_of_days = days(state.settings.first_day, state.settings.first_day.fromordinal(last))
        self._title.setText(self.tr("Planning {days}").format(days=span_of_days))
        self._stage.setText(self._words(state))
        self._show_bar(state)
        self._figures["cost"].setText("\N{EN DASH}" if state.cost is None else money(state.cost))
        self._figures["bound"].setText(
            gap_word(None) if state.bound is None else f"{money(state.bound)}, {gap_word(state.gap)}"
        )
        self._figures["unassigned"].setText("\N{EN DASH}" if state.unassigned is None else f"{state.unassigned:,}")
        limit = "" if state.limit is None else " " + self.tr("of {limit}").format(limit=span(state.limit))
        self._figures["elapsed"].setText(span(state.seconds) + limit)
        self._curve.show_points(state.history, state.base_cost, state.seconds)
        self._stop.setEnabled(state.cost is not None and not state.is_stopping and state.stage != FINISHING)

    def _words(self, state: RunState) -> str:
        if state.is_stopping:
            return self.tr("Ending with the best plan")
        if state.stage == PREPARING:
            return self.tr("Reading the records")
        if state.stage == FINISHING:
            return self.tr("Comparing with the plan now")
        return self.tr("Looking for better plans; everything else keeps working")

    def _show_bar(self, state: RunState) -> None:
        busy = state.limit is None or state.stage != "search"
        self._bar.setRange(0, 0 if busy else PERMILLE)
        if not busy and state.limit is not None:
            self._bar.setValue(min(PERMILLE, round(PERMILLE * state.seconds / state.limit)))

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        titles = {
            "cost": self.tr("Best plan"),
            "bound": self.tr("No plan costs less than"),
            "unassigned": self.tr("Unassigned"),
            "elapsed": self.tr("Elapsed"),
        }
        for number, (name, title) in enumerate(titles.items()):
            label = QLabel(title, self)
            label.setProperty("role", "muted")
            label.setWordWrap(True)
            figure = self._figures[name]
            figure.setProperty("role", "figure")
            figure.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(label, 2 * (number // 2), number % 2)
            grid.addWidget(figure, 2 * (number // 2) + 1, number % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._stop, 1)
        buttons.addWidget(self._discard)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addWidget(self._stage)
        layout.addWidget(self._bar)
        layout.addLayout(grid)
        layout.addWidget(self._curve)
        layout.addLayout(buttons)
