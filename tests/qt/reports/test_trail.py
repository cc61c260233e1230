"""Each report keeps its own way to what is behind a figure; a large window keeps its weeks."""

from __future__ import annotations

import pytest

from desktop.app import Office
from desktop.clock import FixedClock
from desktop.services.bus import Desk
from desktop.services.commands import EditRecord
from desktop.views.reports.large_window import LargeWindow
from desktop.views.reports.page import ReportsPage
from desktop.views.reports.weeks import LAST, WeekChoice
from tests.helpers.office import NOW
from tests.helpers.windows import settle


def test_lists_of_two_reports_and_of_a_large_window_are_not_mixed_up(office: Office, page: ReportsPage) -> None:
    page.show_tab("cost")
    settle(office)
    cost, report = page.tab, page.tab.report
    assert report is not None
    table = next(one for one in report.tables if one.name == "cost_services")
    cost.opened.emit((table, 0, "cost"))
    settle(office)
    told = cost.side.sums.text()

    page.show_tab("people")
    settle(office)
    people = next(
        card.table for card in page.tab.cards if card.table is not None and card.table.behind == "people_home"
    )
    page.tab.opened.emit((people, 0, people.columns[-1].key))
    settle(office)
    listed = page.tab.side.report
    assert listed is not None
    page.tab.side.opened.emit((listed.tables[0], 0, "person"))
    settle(office)

    page.show_tab("cost")
    cost.side.back_wanted.emit()
    settle(office)
    assert cost.side.sums.text() == told, "the list of this report, not the one that was left on the other"

    cost.large_wanted.emit(table)
    window = page.findChild(LargeWindow)
    assert window is not None
    page.show_weeks(WeekChoice(LAST, 1))
    settle(office)
    assert cost.side.isHidden()
    page.show_tab("people")
    assert page.tab.side.isHidden(), "lists of other weeks are closed on every report"
    window.card.opened.emit((table, 0, "cost"))
    settle(office)
    assert page.shown == "cost"
    assert cost.side.report is not None
    assert cost.side.report.scope.weeks == report.scope.weeks
    assert cost.side.report.tables[0].frame["cost"].sum() == pytest.approx(table.frame["cost"].iloc[0])
    window.close()


def test_a_list_is_read_again_where_its_figure_is_another(office: Office, page: ReportsPage) -> None:
    page.show_tab("cost")
    settle(office)
    tab = page.tab
    assert tab.report is not None
    table = next(one for one in tab.report.tables if one.name == "cost_clients")
    tab.opened.emit((table, 0, "cost"))
    settle(office)
    listed = tab.side.report
    assert listed is not None
    office.window.refresh()
    settle(office)
    assert tab.side.report is listed, "nothing has changed: the list is left alone"
    client = str(table.frame["client"].iloc[0])
    Desk(office.store, FixedClock(NOW), "colleague").handle(EditRecord("client", client, {"name": "Northlight Anew"}))
    office.window.refresh()
    settle(office)
    assert tab.side.report is not None
    assert set(tab.side.report.tables[0].frame["client_name"]) == {"Northlight Anew"}
    assert len(tab.side.report.tables[0].frame) == len(listed.tables[0].frame)
