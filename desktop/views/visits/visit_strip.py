"""What the list of visits is asked for: days, what is overdue, and how far visits are."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from desktop.services.inspection.rows import VisitRow

BACK, AHEAD = dt.timedelta(days=35), dt.timedelta(days=7)
"""How far the list looks back, and ahead."""
SPANS = ("week", "today", "yesterday", "all")
STAGES: Mapping[str, tuple[str, ...]] = {
    "planned": ("planned",),
    "out": ("travelling", "on site"),
    "finished": ("finished",),
    "review": ("report in",),
    "release": ("reviewed",),
    "released": ("released",),
    "aborted": ("aborted",),
}
"""The chips and the stages that each asks for."""
DAY = dt.timedelta(days=1)


class VisitStrip(QFrame):
    """Chips for days and states.

    Attributes:
        changed: something else is asked for.
    """

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "strip")
        self.setFixedHeight(36)
        self.span = SPANS[0]
        self.spans: dict[str, QPushButton] = {}
        self.stages: dict[str, QPushButton] = {}
        self._one = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(5)
        for name, said in self._span_words().items():
            chip = self._chip(said, "chip")
            chip.setChecked(name == self.span)
            chip.clicked.connect(partial(self._on_span, name))
            self._one.addButton(chip)
            self.spans[name] = chip
            row.addWidget(chip)
        row.addSpacing(10)
        self.overdue = self._chip(self.tr("Overdue"), "chip-bad")
        self.overdue.clicked.connect(self.changed)
        row.addWidget(self.overdue)
        for name, said in self._stage_words().items():
            chip = self._chip(said, "chip")
            chip.clicked.connect(self.changed)
            self.stages[name] = chip
            row.addWidget(chip)
        row.addStretch(1)
        self.shown = QLabel(self)
        self.shown.setProperty("role", "muted")
        row.addWidget(self.shown)

    def _chip(self, text: str, role: str) -> QPushButton:
        made = QPushButton(text, self)
        made.setProperty("role", role)
        made.setCheckable(True)
        return made

    def _on_span(self, name: str) -> None:
        self.span = name
        self.changed.emit()

    def clear(self) -> None:
        """Ask for everything."""
        for chip in (self.overdue, *self.stages.values()):
            chip.setChecked(False)
        self._set_span("all")
        self.changed.emit()

    def _set_span(self, name: str) -> None:
        self.span = name
        self.spans[name].setChecked(True)

    def reads(self, today: dt.date) -> tuple[dt.date, dt.date]:
        """The first and last day to be read for what is asked for; the short spans share theirs."""
        if self.span == "all":
            return today - BACK, today + AHEAD
        monday = today - today.weekday() * DAY
        return min(monday, today - DAY), monday + 6 * DAY

    def wish(self, today: dt.date) -> Callable[[VisitRow], bool]:
        """What tells whether a visit is asked for, by the chips as they are now."""
        is_within, is_late_only = self._within(today), self.overdue.isChecked()
        stages = {stage for name, chip in self.stages.items() if chip.isChecked() for stage in STAGES[name]}

        def wants(row: VisitRow) -> bool:
            if not is_within(row) or (stages and row.stage not in stages):
                return False
            return not is_late_only or row.is_overdue or row.actions_overdue > 0

        return wants

    def _within(self, today: dt.date) -> Callable[[VisitRow], bool]:
        """What tells whether a visit is on the days asked for; a week has those before it whose report is owed."""
        if self.span == "all":
            return lambda _row: True
        if self.span == "week":
            monday = today - today.weekday() * DAY
            sunday = monday + 6 * DAY
            return lambda row: row.first_day <= sunday and (row.last_day >= monday or row.report_due is not None)
        day = today if self.span == "today" else today - DAY
        return lambda row: row.first_day <= day <= row.last_day

    def show_counts(self, listed: Iterable[VisitRow], today: dt.date) -> None:
        """Say how many visits stand behind each chip; those that would find nothing are not there."""
        words = self._stage_words()
        rows = list(filter(self._within(today), listed))
        stages: Counter[str] = Counter(row.stage for row in rows)
        for name, chip in self.stages.items():
            number = sum(stages[stage] for stage in STAGES[name])
            chip.setText(f"{words[name]} {number}")
            chip.setVisible(number > 0 or chip.isChecked())
        late = sum(bool(row.is_overdue or row.actions_overdue) for row in rows)
        self.overdue.setText(self.tr("Overdue {number}").format(number=late))
        self.overdue.setVisible(late > 0 or self.overdue.isChecked())

    def state(self) -> dict[str, object]:
        """As JSON values."""
        return {
            "span": self.span,
            "stages": [name for name, chip in self.stages.items() if chip.isChecked()],
            "overdue": self.overdue.isChecked(),
        }

    def restore(self, state: object) -> None:
        """The same again."""
        if not isinstance(state, dict):
            return
        stages = state.get("stages")
        for name, chip in self.stages.items():
            chip.setChecked(isinstance(stages, list) and name in stages)
        self.overdue.setChecked(state.get("overdue") is True)
        if state.get("span") in SPANS:
            self._set_span(str(state["span"]))

    def _span_words(self) -> Mapping[str, str]:
        return {
            "week": self.tr("This week"),
            "today": self.tr("Today"),
            "yesterday": self.tr("Yesterday"),
            "all": self.tr("All days"),
        }

    def _stage_words(self) -> Mapping[str, str]:
        return {
            "planned": self.tr("Planned"),
            "out": self.tr("Out"),
            "finished": self.tr("Report awaited"),
            "review": self.tr("To review"),
            "release": self.tr("To release"),
            "released": self.tr("Released"),
            "aborted": self.tr("Aborted"),
        }
