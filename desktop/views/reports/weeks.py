"""Of which weeks reports tell: as each is usually made, the last or the next so many, or some that are named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSpinBox, QVBoxLayout, QWidget

from desktop.services.reports.scope import LONGEST
from desktop.views.widgets.day_edit import DayEdit

WEEK = dt.timedelta(days=7)
USUAL, LAST, NEXT, NAMED = "usual", "last", "next", "named"
WIDTH = 300


@dataclass(frozen=True, slots=True)
class WeekChoice:
    """Which weeks; `weeks` of LAST are up to and with the present one, of NEXT from the one after it.

    Attributes:
        first_day: a Monday; of NAMED only.
    """

    kind: str = USUAL
    weeks: int = 0
    first_day: dt.date | None = None

    def of(self, today: dt.date, usual: int, ahead: int) -> tuple[dt.date, int]:
        """The first Monday and the number of weeks, for a report that usually tells of some weeks."""
        monday = monday_of(today)
        if self.kind == LAST:
            return monday - (self.weeks - 1) * WEEK, self.weeks
        if self.kind == NEXT:
            return monday + WEEK, self.weeks
        if self.kind == NAMED and self.first_day is not None:
            return self.first_day, self.weeks
        return monday - (usual - ahead - 1) * WEEK, usual

    def to_json(self) -> list[object]:
        """As JSON values."""
        return [self.kind, self.weeks, self.first_day.isoformat() if self.first_day else ""]

    @classmethod
    def from_json(cls, state: object) -> WeekChoice:
        """The same again; whatever does not fit is the usual weeks."""
        if not isinstance(state, list) or len(state) != 3 or state[0] not in (LAST, NEXT, NAMED):
            return cls()
        kind, weeks, day = state
        if not isinstance(weeks, int) or not 1 <= weeks <= LONGEST:
            return cls()
        try:
            first_day = monday_of(dt.date.fromisoformat(str(day))) if day else None
        except ValueError:
            return cls()
        return cls(kind, weeks, first_day) if kind != NAMED or first_day else cls()


def monday_of(day: dt.date) -> dt.date:
    """The Monday of a day's week."""
    return day - day.weekday() * dt.timedelta(days=1)


def quarter(today: dt.date, back: int = 0) -> WeekChoice:
    """The weeks that begin in this quarter, or in one so many before."""
    number = today.year * 4 + (today.month - 1) // 3 - back
    first, after = (dt.date(n // 4, n % 4 * 3 + 1, 1) for n in (number, number + 1))
    begin = first + dt.timedelta(days=-first.weekday() % 7)
    end = after + dt.timedelta(days=-after.weekday() % 7)
    return WeekChoice(NAMED, (end - begin).days // 7, begin)


class WeeksSheet(QFrame):
    """A sheet under the button.

    Attributes:
        chosen: a WeekChoice.
    """

    chosen = Signal(object)

    def __init__(self, now: tuple[dt.date, int], choice: WeekChoice, today: dt.date, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "float")
        self.setAccessibleName(self.tr("Weeks of the reports"))
        self.setFixedWidth(WIDTH)
        self.buttons: dict[str, QPushButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(2)
        for text, one in self._offers(today).items():
            button = QPushButton(text, self)
            button.setProperty("role", "flat")
            button.setStyleSheet("text-align: left")
            button.setCheckable(True)
            button.setChecked(one == choice)
            button.clicked.connect(partial(self._choose, one))
            self.buttons[text] = button
            column.addWidget(button)
        self.first, self.weeks = DayEdit(now[0], self), QSpinBox(self)
        self.weeks.setRange(1, LONGEST)
        self.weeks.setValue(now[1])
        self.apply = QPushButton(self.tr("Show these weeks"), self)
        self.apply.clicked.connect(self._apply)
        column.addSpacing(6)
        for title, entry in ((self.tr("From the week of"), self.first), (self.tr("Number of weeks"), self.weeks)):
            label = QLabel(title, self)
            label.setProperty("role", "muted")
            label.setBuddy(entry)
            entry.setAccessibleName(title)
            line = QHBoxLayout()
            line.addWidget(label, 1)
            line.addWidget(entry, 1)
            column.addLayout(line)
            column.addSpacing(2)
        column.addWidget(self.apply)

    def _offers(self, today: dt.date) -> Mapping[str, WeekChoice]:
        return {
            self.tr("As each report usually tells"): WeekChoice(),
            self.tr("Last 4 weeks"): WeekChoice(LAST, 4),
            self.tr("Last 13 weeks"): WeekChoice(LAST, 13),
            self.tr("Last 52 weeks"): WeekChoice(LAST, 52),
            self.tr("Last 3 years"): WeekChoice(LAST, 156),
            self.tr("This quarter"): quarter(today),
            self.tr("Last quarter"): quarter(today, 1),
            self.tr("Next 12 weeks"): WeekChoice(NEXT, 12),
        }

    def popup(self, corner: QPoint) -> None:
        """Open with the left upper corner at a point of the screen."""
        self.adjustSize()
        self.move(corner)
        self.show()
        next(iter(self.buttons.values())).setFocus()

    def _choose(self, choice: WeekChoice, _checked: bool = False) -> None:
        self.chosen.emit(choice)
        self.close()

    def _apply(self) -> None:
        self._choose(WeekChoice(NAMED, self.weeks.value(), monday_of(self.first.day)))
