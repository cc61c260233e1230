"""The year of a country to look at and change: holidays, make-up days, what is provisional."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.services.commands import Command, SetCalendarDay
from desktop.services.house_settings import CalendarDayRow
from desktop.services.words import spell_day
from desktop.views.calendars.year_grid import YearGrid
from desktop.views.look import Look

KINDS = ("holiday", "make-up", "")

Said = tuple[str, str, bool]
"""What is entered for a day: its kind, its name, whether it is provisional."""


class CountryPane(QWidget):
    """The sheet of the year, and under it the day that is chosen.

    Args:
        look: colours and icons.
        carry_out: stores a change.
        parent: the dialog.
    """

    def __init__(self, look: Look, carry_out: Callable[[Command], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._carry_out = carry_out
        self._country = "CN"
        self._rows: dict[dt.date, CalendarDayRow] = {}
        self._place: tuple[str, dt.date] | None = None  # whose day the fields were filled for
        self._stored: Said = ("", "", False)  # of that day, when it was last read
        self._sent: Said | None = None
        self.grid = YearGrid(look, self)
        self.grid.chosen.connect(self._on_chosen)
        self.legend = QLabel(
            self.tr("H holiday · W weekend day that is worked · dashed: provisional · corner: changed here"), self
        )
        self.legend.setProperty("role", "faint")
        self.note = QLabel(self)
        self.note.setProperty("role", "warn")
        self.note.setWordWrap(True)
        self.day = QLabel(self.tr("Choose a day to change it."), self)
        self.day.setProperty("role", "strong")
        self.kind = QComboBox(self)
        self.kind.setAccessibleName(self.tr("Kind of the day"))
        titles = (self.tr("Holiday"), self.tr("Make-up working day"), self.tr("Ordinary day"))
        for kind, title in zip(KINDS, titles, strict=True):
            self.kind.addItem(title, kind)
        self.name = QLineEdit(self)
        self.name.setPlaceholderText(self.tr("Name of the day"))
        self.name.setAccessibleName(self.tr("Name of the day"))
        self.provisional = QCheckBox(self.tr("Provisional"), self)
        self.set_button = QPushButton(self.tr("Set the day"), self)
        self.set_button.setProperty("role", "primary")
        self.set_button.clicked.connect(self._set)
        self.name.returnPressed.connect(self._set)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.kind)
        row.addWidget(self.name, 1)
        row.addWidget(self.provisional)
        row.addWidget(self.set_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.grid, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.legend)
        column.addWidget(self.note)
        column.addStretch(1)
        column.addWidget(self.day)
        column.addLayout(row)
        self._enable()

    def show_year(self, country: str, year: int, rows: tuple[CalendarDayRow, ...]) -> None:
        """Show a year. What is being entered for the day that is chosen stays."""
        self._country = country
        self._rows = {row.date: row for row in rows}
        self.grid.show_year(year, rows)
        days = [row for row in rows if row.provisional]
        if len(days) == len(rows) and rows:
            text = self.tr("No official notice has fixed {year} yet: days may move, and make-up days are missing.")
            self.note.setText(text.format(year=year))
        else:
            self.note.setText(self.tr("%n day(s) are provisional.", "", len(days)) if days else "")
        day = self.grid.day
        if day is None:
            self._place = None
            self.day.setText(self.tr("Choose a day to change it."))
        elif self._place != (country, day):
            self._on_chosen(day)
        else:
            said = self._said(day)
            if said != self._stored and self._entered() in (self._stored, self._sent):
                self._fill(said)
            self._stored = said
        self._enable()

    def _on_chosen(self, day: dt.date) -> None:
        self._place, self._stored, self._sent = (self._country, day), self._said(day), None
        self.day.setText(spell_day(day))
        self._fill(self._stored)
        self._enable()

    def _said(self, day: dt.date) -> Said:
        row = self._rows.get(day)
        return ("", "", False) if row is None else (row.kind, row.name, row.provisional)

    def _entered(self) -> Said:
        return KINDS[self.kind.currentIndex()], self.name.text(), self.provisional.isChecked()

    def _fill(self, said: Said) -> None:
        kind, name, is_provisional = said
        self.kind.setCurrentIndex(KINDS.index(kind))
        self.name.setText(name)
        self.provisional.setChecked(is_provisional)

    def _enable(self) -> None:
        for widget in (self.kind, self.name, self.provisional, self.set_button):
            widget.setEnabled(self.grid.day is not None)

    def _set(self) -> None:
        day = self.grid.day
        if day is None:
            return
        self._sent = self._entered()
        kind = self.kind.currentData() or None
        provisional = kind is not None and self.provisional.isChecked()
        self._carry_out(SetCalendarDay(self._country, day, kind, self.name.text(), provisional))
