"""The calendars in the window: a day changed and undone, long stops entered only when marked, a factory closed."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.app import Office
from desktop.services.closings import closings, proposed_closings
from desktop.services.house_settings import calendar_rows
from desktop.store.engine import Store
from desktop.views.calendars.dialog import CalendarsDialog
from tests.helpers.windows import button, click, press, settle, type_text

COUNTRY_DAY = dt.date(2026, 12, 10)


@pytest.fixture
def dialog(office: Office) -> CalendarsDialog:
    office.window.context.actions.action("tools.calendars").trigger()
    settle(office)
    found = office.window.findChild(CalendarsDialog)
    assert found is not None
    return found


def kinds(store: Store) -> dict[dt.date, str]:
    return {row.date: row.kind for row in calendar_rows(store, "CN", 2026)}


def test_a_day_is_made_a_holiday_and_back(office: Office, dialog: CalendarsDialog, company_store: Store) -> None:
    pane = dialog.countries
    assert "make-up working day" in pane.grid.said(dt.date(2026, 10, 10))
    click(pane.grid, pane.grid.box_of(COUNTRY_DAY).center().toPoint())
    assert pane.day.text() == "Thu 10 Dec 2026"
    pane.kind.setCurrentIndex(0)
    click(pane.name)
    type_text("Works outing", pane.name)
    click(pane.set_button)
    settle(office)
    assert kinds(company_store)[COUNTRY_DAY] == "holiday"
    assert "Works outing, changed here" in pane.grid.said(COUNTRY_DAY)
    office.window.context.actions.action("edit.undo").trigger()
    settle(office)
    assert COUNTRY_DAY not in kinds(company_store)
    dialog.year.setValue(2028)
    settle(office)
    assert "No official notice" in pane.note.text()


def test_long_stops_are_entered_only_when_marked(office: Office, dialog: CalendarsDialog, company_store: Store) -> None:
    dialog.year.setValue(2029)
    settle(office)
    click(button(dialog, "Factories"))
    pane = dialog.factories
    proposed = proposed_closings(company_store, 2029, "CN")
    assert pane.proposals.rowCount() == len(proposed) > 0
    assert not pane.enter_button.isEnabled()
    click(pane.mark_button)
    click(pane.enter_button)
    settle(office)
    assert len(closings(company_store, 2029)) == pane.closings.rowCount() == len(proposed)
    assert pane.proposals.rowCount() == 0
    code = proposed[0].factory
    for entry, text in ((pane.factory, code), (pane.first, "1 Jun 2029"), (pane.last, "32 Jun 2029")):
        click(entry)
        type_text(text, entry)
    click(pane.close_button)
    assert pane.fault.isVisible()
    press("Ctrl+A", pane.last)
    type_text("3 Jun 2029", pane.last)
    click(pane.close_button)
    settle(office)
    assert (dt.date(2029, 6, 1), dt.date(2029, 6, 3)) in [
        (entry.first, entry.last) for entry in closings(company_store, 2029, code)
    ]
