"""What is to be planned: days, countries, areas, what stays frozen, how long to search. Remembered from run to run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.services.settings import PlanSettings
from desktop.views.look import Look
from desktop.views.widgets.day_edit import DayEdit
from desktop.views.words import country_name
from desktop.views.words import days as day_span
from scheduler.params import Params

PRESETS = (30, 120, 600)  # seconds of search
LONGEST = 28
MOST_SEED = 10**6
WIDE_COMMA = "\N{FULLWIDTH COMMA}"  # as Chinese keyboards write it


class Wish(NamedTuple):
    """A run that is wished for: fields of PlanSettings that are said here, and how to search."""

    first_day: dt.date
    values: dict[str, Any]
    params: Params
    afresh: bool


class RunForm(QFrame):
    """The form of a new run.

    Attributes:
        wanted: a Wish: the button that starts it was pressed.
        by_hand_wanted: a Wish: these days are to be planned by hand.
    """

    wanted = Signal(object)
    by_hand_wanted = Signal(object)

    def __init__(self, look: Look, first_day: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._countries: dict[str, QCheckBox] = {}
        self._ticked: set[str] = set()
        self._is_remembered = False
        self._first = DayEdit(first_day, self)
        self._days = QSpinBox(self)
        self._days.setRange(1, LONGEST)
        self._days.setValue(7)
        self._areas = QLineEdit(self)
        self._areas.setPlaceholderText(self.tr("All areas; 广东省, 浙江省"))
        self._freeze = QSpinBox(self)
        self._freeze.setRange(0, LONGEST)
        self._limit = QComboBox(self)
        for seconds in PRESETS:
            self._limit.addItem(self._span(seconds), seconds)
        self._limit.setCurrentIndex(1)
        self._seed = QSpinBox(self)
        self._seed.setRange(0, MOST_SEED)
        self._open = QCheckBox(self.tr("Also requests that can wait"), self)
        self._open.setToolTip(self.tr("Every open request, even where its window does not reach into these days"))
        self._afresh = QCheckBox(self.tr("Begin afresh"), self)
        self._afresh.setToolTip(self.tr("Begin from nothing but what is announced, not from the plan now"))
        self._span_label = QLabel(self)
        self._span_label.setProperty("role", "muted")
        self._lay_out()
        self._first.dateChanged.connect(self._say_span)
        self._days.valueChanged.connect(self._say_span)
        self._more.toggled.connect(self._show_more)
        self._show_more(shown=False)
        self._say_span()

    def use_actions(self, optimise: QAction, by_hand: QAction) -> None:
        """Let buttons carry the words and tips of these actions."""
        self._start.setText(optimise.text())
        self._start.setToolTip(optimise.toolTip())
        self._start.clicked.connect(optimise.trigger)
        self._by_hand.setText(by_hand.text())
        self._by_hand.setToolTip(by_hand.toolTip())
        self._by_hand.clicked.connect(by_hand.trigger)

    def offer_countries(self, countries: tuple[str, ...]) -> None:
        """Offer these countries; those ticked before stay ticked."""
        if tuple(self._countries) == countries:
            return
        for code, box in self._countries.items():
            self._ticked = self._ticked - {code} | ({code} if box.isChecked() else set())
            box.deleteLater()
        self._countries = {}
        for country in countries:
            box = QCheckBox(country_name(country), self)
            box.setChecked(country in self._ticked)
            self._countries[country] = box
            self._country_row.insertWidget(self._country_row.count() - 1, box)
        self._country_label.setVisible(bool(countries))

    def offer_defaults(self, days: int, freeze_days: int) -> None:
        """Say what the house does by default, where nothing is remembered."""
        if not self._is_remembered:
            self._is_remembered = True
            self._days.setValue(days)
            self._freeze.setValue(freeze_days)

    def enable_start(self, enabled: bool) -> None:
        """Whether a run may begin now."""
        self._start.setEnabled(enabled)
        self._by_hand.setEnabled(enabled)

    @property
    def first_day(self) -> dt.date:
        """The first day chosen."""
        return self._first.day

    @property
    def last_day(self) -> dt.date:
        """The last day chosen."""
        return self.first_day + dt.timedelta(days=self._days.value() - 1)

    def wish(self) -> Wish:
        """What the form says."""
        areas = tuple(part.strip() for part in self._areas.text().replace(WIDE_COMMA, ",").split(",") if part.strip())
        return Wish(
            self.first_day,
            {
                "days": self._days.value(),
                "areas": areas,
                "countries": tuple(code for code, box in self._countries.items() if box.isChecked()),
                "freeze_days": self._freeze.value(),
                "every_open_request": self._open.isChecked(),
            },
            Params(seed=self._seed.value(), time_limit=float(self._limit.currentData())),
            self._afresh.isChecked(),
        )

    def state(self) -> dict[str, object]:
        """What it says but for the first day, as JSON."""
        wish = self.wish()
        return {
            **{name: list(value) if isinstance(value, tuple) else value for name, value in wish.values.items()},
            "time_limit": wish.params.time_limit,
            "seed": wish.params.seed,
            "more": self._more.isChecked(),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Say again what `state` gave; what does not fit is passed over."""
        self._is_remembered = True
        for box, name in ((self._days, "days"), (self._freeze, "freeze_days"), (self._seed, "seed")):
            if isinstance(state.get(name), int):
                box.setValue(state[name])
        if isinstance(state.get("areas"), list):
            self._areas.setText(", ".join(str(area) for area in state["areas"]))
        self._open.setChecked(state.get("every_open_request") is True)
        self._more.setChecked(state.get("more") is True)
        self._choose_limit(state.get("time_limit"))
        if isinstance(state.get("countries"), list):
            self._ticked = {str(code) for code in state["countries"]}
        for code, tick in self._countries.items():
            tick.setChecked(code in self._ticked)

    def show_settings(self, settings: PlanSettings) -> None:
        """Say the days and the scope of a plan."""
        self._first.setDate(QDate(settings.first_day.year, settings.first_day.month, settings.first_day.day))
        self._days.setValue(settings.days)
        self._areas.setText(", ".join(settings.areas))

    # -- building ------------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        self._put(grid, 0, 0, self.tr("First day"), self._first)
        self._put(grid, 0, 1, self.tr("Days"), self._days)
        grid.addWidget(self._span_label, 2, 0, 1, 2)
        self._put(grid, 3, 0, self.tr("Search for at most"), self._limit)
        self._put(grid, 3, 1, self.tr("Freeze, days"), self._freeze)
        self._freeze.setToolTip(self.tr("What was announced for so many days from the first on stays as it is"))
        self._country_row = QHBoxLayout()
        self._country_row.setSpacing(12)
        self._country_label = QLabel(self.tr("Only these countries (none ticked: all)"), self)
        self._country_label.setProperty("role", "muted")
        self._country_label.hide()
        self._more = QToolButton(self)
        self._more.setText(self.tr("More"))
        self._more.setCheckable(True)
        self._more.setProperty("role", "flat")
        self._more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._extra = QWidget(self)
        extra = QGridLayout(self._extra)
        extra.setContentsMargins(0, 0, 0, 0)
        extra.setVerticalSpacing(3)
        extra.setHorizontalSpacing(8)
        extra.setColumnStretch(0, 3)
        extra.setColumnStretch(1, 2)
        self._put(extra, 0, 0, self.tr("Only these areas"), self._areas)
        self._put(extra, 0, 1, self.tr("Seed"), self._seed)
        self._seed.setToolTip(self.tr("Of every random choice: another seed, another search"))
        extra.addWidget(self._open, 2, 0, 1, 2)
        extra.addWidget(self._afresh, 3, 0, 1, 2)
        self._start, self._by_hand = QPushButton(self), QPushButton(self)
        self._start.setProperty("role", "primary")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._start, 1)
        buttons.addWidget(self._by_hand)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(grid)
        layout.addWidget(self._country_label)
        layout.addLayout(self._country_row)
        self._country_row.addStretch(0)
        layout.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._extra)
        layout.addLayout(buttons)

    def _put(self, grid: QGridLayout, row: int, column: int, title: str, field: QWidget) -> None:
        label = QLabel(title, self)
        label.setProperty("role", "muted")
        label.setBuddy(field)
        field.setAccessibleName(title)
        grid.addWidget(label, row, column)
        grid.addWidget(field, row + 1, column)

    # -- what happens --------------------------------------------------------------------------------------------------

    def _show_more(self, shown: bool) -> None:
        self._extra.setVisible(shown)
        self._more.setIcon(self._look.icon("chevron-down" if shown else "chevron-right"))

    def _say_span(self) -> None:
        self._span_label.setText(day_span(self.first_day, self.last_day))

    def _choose_limit(self, seconds: object) -> None:
        if not isinstance(seconds, int | float) or seconds <= 0:
            return
        found = self._limit.findData(seconds)
        if found < 0:
            self._limit.addItem(self._span(seconds), seconds)
            found = self._limit.count() - 1
        self._limit.setCurrentIndex(found)

    def _span(self, seconds: float) -> str:
        if seconds < 60:
            return self.tr("{number} s").format(number=f"{seconds:g}")
        return self.tr("{number} min").format(number=f"{seconds / 60:g}")
