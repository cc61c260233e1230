"""The calendars in the window: a day changed and undone, long stops entered only when marked, a factory closed."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from desktop.app import Office
from desktop.clock import FixedClock
from desktop.jobs.db_runner import Committed
from desktop.services.bus import Desk
from desktop.services.closings import closings, proposed_closings
from desktop.services.commands import SetCalendarDay
from desktop.services.history import history
from desktop.services.house_settings import calendar_rows
from desktop.store.engine import Store
from desktop.views.calendars.dialog import CalendarsDialog
from tests.helpers.office import NOW
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


def test_what_is_entered_stays_while_others_work(office: Office, dialog: CalendarsDialog, company_store: Store) -> None:
    colleague = Desk(company_store, FixedClock(NOW), "Li Na")
    pane, elsewhere = dialog.countries, dt.date(2026, 12, 24)

    def somebody_sets(day: dt.date, name: str) -> None:
        outcome = colleague.handle(SetCalendarDay("CN", day, "holiday", name))
        office.runner.tell_of_others(Committed(outcome.changes, outcome.label, own=False))
        settle(office)

    click(pane.grid, pane.grid.box_of(COUNTRY_DAY).center().toPoint())
    press("Home", pane.kind)
    click(pane.name)
    type_text("Works outing", pane.name)
    somebody_sets(elsewhere, "Party")
    assert "Party" in pane.grid.said(elsewhere), "the sheet is fresh"
    assert (pane.kind.currentData(), pane.name.text()) == ("holiday", "Works outing")
    before = len(history(company_store))
    press("Return", pane.name)
    settle(office)
    assert "Works outing" in pane.grid.said(COUNTRY_DAY)
    assert len(history(company_store)) == before + 1, "one press of Enter is one step"
    somebody_sets(COUNTRY_DAY, "Fair")
    assert pane.name.text() == "Fair", "nothing was being entered"


def test_a_tick_stays_and_only_the_chosen_closing_is_opened(
    office: Office, dialog: CalendarsDialog, company_store: Store
) -> None:
    dialog.year.setValue(2029)
    settle(office)
    click(button(dialog, "Factories"))
    pane = dialog.factories
    pane._boxes[0].setCheckState(Qt.CheckState.Checked)
    ticked = pane.marked()
    others = [proposal.factory for proposal in pane._proposals if proposal.factory != ticked[0].factory][:2]
    for code in others:
        for entry, text in ((pane.factory, code), (pane.first, "1 Jun 2029"), (pane.last, "3 Jun 2029")):
            click(entry)
            press("Ctrl+A", entry)
            type_text(text, entry)
        press("Return", pane.last)
        settle(office)
    assert [entry.factory for entry in closings(company_store, 2029)] == sorted(others), "stored by Enter"
    assert pane.marked() == ticked
    click(pane.closings.viewport(), pane.closings.visualRect(pane.closings.model().index(0, 0)).center())
    click(pane.open_button)
    settle(office)
    click(pane.open_button)
    settle(office)
    assert [entry.factory for entry in closings(company_store, 2029)] == [max(others)]
    assert pane.fault.text() == "Choose a closing first."
