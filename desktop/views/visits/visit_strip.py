"""What the list of visits is asked for: days, what is overdue, and how far visits are."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from PySide6.QtWidgets import QPushButton, QWidget

from desktop.services.inspection.rows import VisitRow
from desktop.views.widgets.chip_strip import EVERY_DAY, ChipStrip

BACK, AHEAD = dt.timedelta(days=35), dt.timedelta(days=7)
"""How far the list looks back, and ahead."""
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


class VisitStrip(ChipStrip):
    """Chips for days and states."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.row.setSpacing(5)
        self.begin(self._span_words(), "week")
        self.stages: dict[str, QPushButton] = {}
        self.overdue = self.add_chip(self.tr("Overdue"), "chip-bad")
        self.overdue.clicked.connect(self.changed)
        for name, said in self._stage_words().items():
            chip = self.add_chip(said)
            chip.clicked.connect(self.changed)
            self.stages[name] = chip
        self.end()

    def clear(self) -> None:
        """Ask for everything."""
        for chip in (self.overdue, *self.stages.values()):
            chip.setChecked(False)
        self.set_span(EVERY_DAY)
        self.changed.emit()

    def reads(self, today: dt.date) -> tuple[dt.date, dt.date]:
        """The first and last day to be read for what is asked for; the short spans share theirs."""
        if self.span == EVERY_DAY:
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
        if self.span == EVERY_DAY:
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
        self.set_span(state.get("span"))

    def _span_words(self) -> Mapping[str, str]:
        return {
            "week": self.tr("This week"),
            "today": self.tr("Today"),
            "yesterday": self.tr("Yesterday"),
            EVERY_DAY: self.tr("All days"),
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
