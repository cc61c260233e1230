"""By when somebody has to be on site: today, one of the next days, or within the hours that the house promises."""

from __future__ import annotations

import datetime as dt
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.views.widgets.flow_layout import FlowLayout


class DayChips(QWidget):
    """Chips of which one is pressed.

    Attributes:
        day: the day of it; None: within the promised hours.
        chosen: the user has pressed another.
    """

    chosen = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, 4)
        self._chips: dict[dt.date | None, QPushButton] = {}
        self._offered: object = None
        self.day: dt.date | None = None

    def offer(self, days: tuple[tuple[dt.date, str], ...], limit: str) -> None:
        """Offer days, each in a word, and the limit."""
        if self._offered == (days, limit):
            return
        self._offered = (days, limit)
        for chip in self._chips.values():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips.clear()
        for day, text in (*days, (None, limit)):
            chip = QPushButton(text, self)
            chip.setProperty("role", "chip")
            chip.setCheckable(True)
            chip.clicked.connect(partial(self._press, day))
            self._flow.addWidget(chip)
            chip.show()
            self._chips[day] = chip
        self.choose(self.day if self.day in self._chips else None)

    def choose(self, day: dt.date | None) -> None:
        """Press one without telling anybody."""
        self.day = day
        for own, chip in self._chips.items():
            chip.setChecked(own == day)

    def _press(self, day: dt.date | None) -> None:
        changed = day != self.day
        self.choose(day)
        if changed:
            self.chosen.emit()
