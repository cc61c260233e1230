"""A field for a day that the arrow keys carry over the end of a month."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QDate, QLocale
from PySide6.QtWidgets import QAbstractSpinBox, QDateEdit, QDateTimeEdit, QWidget

Step = QAbstractSpinBox.StepEnabledFlag
DAYS = QDateTimeEdit.Section.DaySection


class DayEdit(QDateEdit):
    """A day, with its weekday and a calendar to choose from."""

    def __init__(self, day: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(QDate(day.year, day.month, day.day), parent)
        self.setCalendarPopup(True)
        self.setLocale(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
        self.setDisplayFormat("ddd d MMM yyyy")

    @property
    def day(self) -> dt.date:
        """The day that stands there."""
        found = self.date()
        return dt.date(found.year(), found.month(), found.day())

    def stepBy(self, steps: int) -> None:
        """The day after Mon 30 Nov is Tue 1 Dec, where Qt's own field stays."""
        section = self.currentSection()
        if section == DAYS:
            self.setDate(self.date().addDays(steps))
            self.setSelectedSection(section)
        else:
            super().stepBy(steps)

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        """As far as the first and the last day that are allowed."""
        if self.currentSection() != DAYS:
            return super().stepEnabled()
        allowed = Step.StepNone
        if self.date() < self.maximumDate():
            allowed |= Step.StepUpEnabled
        if self.date() > self.minimumDate():
            allowed |= Step.StepDownEnabled
        return allowed
