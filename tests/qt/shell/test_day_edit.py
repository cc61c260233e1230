"""The field for a day, by its arrow keys."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QDate
from pytestqt.qtbot import QtBot

from desktop.views.widgets.day_edit import DayEdit
from tests.helpers.windows import press

LAST = dt.date(2026, 11, 30)


def test_arrows_carry_a_day_over_the_end_of_the_month_and_no_further_than_allowed(qtbot: QtBot) -> None:
    field = DayEdit(LAST)
    qtbot.addWidget(field)
    field.setMinimumDate(QDate(2026, 11, 30))
    field.show()
    field.setFocus()
    for _ in range(2):
        press("Up", field)
    assert field.day == LAST + dt.timedelta(days=2)
    assert field.text() == "Wed 2 Dec 2026"
    for _ in range(3):
        press("Down", field)
    assert field.day == LAST
    field.setCurrentSection(DayEdit.Section.MonthSection)
    press("Up", field)
    assert field.day == dt.date(2026, 12, 30)
