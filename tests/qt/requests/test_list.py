"""The list worked by mouse and keys: tabs, search, order, filters, columns, and the place kept."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from desktop.app import Office
from desktop.clock import FixedClock
from desktop.itemmodels.request_table import PLACE_OF, ColumnName
from desktop.preferences import Preferences
from desktop.services.bus import Desk
from desktop.services.commands import CancelRequest, EditRecord
from desktop.services.requests.filter import RequestFilter
from desktop.services.requests.listing import Sort
from desktop.store.engine import Store
from desktop.views.look import Look
from desktop.views.requests.page import RequestsPage
from desktop.views.requests.saved_filters import NAME, SavedFilters
from tests.helpers.office import office_on
from tests.helpers.windows import click, press, settle, type_text, work

LEFT = Qt.MouseButton.LeftButton


def codes(page: RequestsPage) -> list[str]:
    table = page.list.table
    return [table.request(n).code for n in range(table.rowCount())]


def click_header(page: RequestsPage, name: ColumnName) -> None:
    head = page.list.view.horizontalHeader()
    section = PLACE_OF[name]
    where = QPoint(head.sectionViewportPosition(section) + 12, head.height() // 2)
    QTest.mouseClick(head.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, where)


def click_row(page: RequestsPage, code: str, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    view = page.list.view
    number = codes(page).index(code)
    where = view.visualRect(page.list.table.index(number, 0)).center()
    QTest.mouseClick(view.viewport(), LEFT, modifiers, where)


def test_it_begins_with_the_inbox_and_counts(page: RequestsPage, office: Office) -> None:
    assert page.list.tab == "inbox"
    assert sorted(codes(page)) == ["N1", "N2", "N3"]
    assert page.list.toolbar.tabs["inbox"].text() == "Inbox 3"
    counts = page.list.loader.index.counts()
    assert page.list.toolbar.tabs["planned"].text() == f"Planned {counts['planned']}"
    assert page.list.loader.complete
    assert office.window.page is page


def test_tabs_by_mouse_and_by_keys(page: RequestsPage) -> None:
    click(page.list.toolbar.tabs["planned"])
    assert {page.list.table.request(n).status for n in range(page.list.table.rowCount())} == {"planned"}
    page.list.view.setFocus()
    seen = []
    for key in ("[", "[", "[", "]"):
        press(key, page.list.view)
        seen.append(page.list.tab)
    assert seen == ["ready", "inbox", "all", "inbox"]


def test_search_begins_with_a_slash_and_ends_with_escape(page: RequestsPage) -> None:
    press("/", page.list.view)
    assert page.list.toolbar.search.hasFocus()
    type_text("ask 王小姐")
    press("Down")
    assert codes(page) == ["N3"]
    assert page.list.view.hasFocus()
    press("/", page.list.view)
    press("Esc")
    work(0.1)
    assert sorted(codes(page)) == ["N1", "N2", "N3"]
    press("Esc")
    assert page.list.view.hasFocus()


def test_a_search_that_finds_nothing_offers_the_way_back(page: RequestsPage) -> None:
    press("/", page.list.view)
    type_text("no such thing")
    press("Return")
    assert "No request matches" in page.list.empty.text()
    click(page.list.clear_button)
    work(0.1)
    assert len(codes(page)) == 3


def test_an_empty_inbox_says_what_is_ready(page: RequestsPage, office: Office, colleague: Desk) -> None:
    outcome = colleague.handle_all([CancelRequest(code) for code in ("N1", "N2", "N3")], "All gone")
    assert outcome.change_id is not None
    page.refresh()
    settle(office)
    assert page.list.empty.isVisible()
    assert "Inbox is empty" in page.list.empty.text()


def test_a_header_sorts_and_sorts_the_other_way(page: RequestsPage) -> None:
    click(page.list.toolbar.tabs["planned"])
    click_header(page, "factory")
    names = [page.list.table.request(n).factory.name for n in range(page.list.table.rowCount())]
    assert names == sorted(names, key=str.casefold)
    assert len(set(names)) > 3
    click_header(page, "factory")
    back = [page.list.table.request(n).factory.name for n in range(page.list.table.rowCount())]
    assert back == sorted(names, key=str.casefold, reverse=True)
    assert page.list.view.sort == Sort("factory", descending=True)
    click(page.list.toolbar.tabs["inbox"])
    assert page.list.view.sort == Sort(), "each tab has its own order"


def test_a_chip_of_hours_filters_and_is_taken_back(page: RequestsPage) -> None:
    click(page.list.toolbar.tabs["all"])
    chip = page.list.strip.chips["in_time"]
    whole = len(codes(page))
    click(chip)
    assert 0 < len(codes(page)) < whole
    assert page.list.wanted.hours_from == 48
    click(chip)
    assert len(codes(page)) == whole


def test_filters_are_put_together_in_their_sheet(page: RequestsPage) -> None:
    press("Ctrl+L", page.list.view)
    sheet = page.list.sheet
    assert sheet.isVisible()
    click(sheet.services.chip("DUPRO"))
    assert codes(page) == ["N2"]
    sheet.hide()
    chip = page.list.strip.filters[0]
    assert chip.text() == "DUPRO"
    click(chip)
    assert len(codes(page)) == 3
    assert page.list.wanted == RequestFilter()


def test_a_client_is_ticked_among_many(page: RequestsPage) -> None:
    click(page.list.toolbar.tabs["all"])
    press("Ctrl+L", page.list.view)
    clients = page.list.sheet.clients
    item = clients.list.item(0)
    where = clients.list.visualItemRect(item).center()
    QTest.mouseClick(clients.list.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, QPoint(12, where.y()))
    assert len(page.list.wanted.clients) == 1
    found = {page.list.table.request(n).client for n in range(page.list.table.rowCount())}
    assert found == set(page.list.wanted.clients)
    page.list.sheet.hide()
    press("Ctrl+Shift+L", page.list.view)
    assert page.list.wanted.conditions == 0


def test_a_filter_is_saved_used_renamed_and_deleted(page: RequestsPage, preferences: Preferences) -> None:
    sheet = page.list.sheet
    press("Ctrl+L", page.list.view)
    click(sheet.services.chip("PSI"))
    sheet.name.setFocus()
    type_text("My finals", sheet.name)
    click(sheet.save_button)
    assert page.list.toolbar.filters.text() == "My finals"
    assert [entry.name for entry in SavedFilters(preferences).all()] == ["My finals"]
    page.list.clear_filters()
    click(page.list.toolbar.tabs["all"])
    click(page.list.toolbar.filters)
    click(named(sheet, "apply My finals"))
    assert sorted(codes(page)) == ["N1", "N3"]
    click(page.list.toolbar.filters)
    click(labelled(sheet, "Rename My finals"))
    sheet.name.clear()
    type_text("Finals", sheet.name)
    press("Return", sheet.name)
    assert [entry.name for entry in SavedFilters(preferences).all()] == ["Finals"]
    click(labelled(sheet, "Delete Finals"))
    assert preferences.value(NAME, ["?"]) == []
    sheet.hide()


def named(within: QWidget, name: str) -> QPushButton:
    return next(found for found in within.findChildren(QPushButton, name) if found.isVisible())


def labelled(within: QWidget, name: str) -> QPushButton:
    return next(
        found for found in within.findChildren(QPushButton) if found.accessibleName() == name and found.isVisible()
    )


def test_columns_hide_where_there_is_no_room_and_when_told(page: RequestsPage, office: Office) -> None:
    view = page.list.view
    click(page.list.toolbar.tabs["all"])
    page.close_panel()
    work(0.05)
    assert not view.isColumnHidden(PLACE_OF["received"])
    office.window.resize(1280, 800)
    work(0.05)
    assert view.isColumnHidden(PLACE_OF["received"])
    assert not view.horizontalScrollBar().isVisible()
    menu = view.column_menu()
    risk = next(action for action in menu.actions() if action.text() == "Risk")
    risk.trigger()
    menu.close()
    assert view.isColumnHidden(PLACE_OF["risk"])


def test_the_place_is_kept_when_others_change_things(page: RequestsPage, office: Office, colleague: Desk) -> None:
    office.window.resize(1280, 640)
    click(page.list.toolbar.tabs["all"])
    view = page.list.view
    view.verticalScrollBar().setValue(300)
    middle = view.rowAt(120)
    code = page.list.table.request(middle).code
    click_row(page, code)
    top = page.list.table.request(view.rowAt(0)).code
    other = next(known for known in codes(page) if known not in (code, top) and known.startswith("R"))
    outcome = colleague.handle(EditRecord("request", other, {"note": "Changed by a colleague"}))
    page.list.loader.follow(outcome.changes)
    settle(office)
    assert [row.code for row in page.list.selected()] == [code]
    assert page.list.table.request(view.rowAt(0)).code == top
    gone = colleague.handle(CancelRequest("N1"))
    page.list.loader.follow(gone.changes)
    settle(office)
    assert [row.code for row in page.list.selected()] == [code]
    assert page.list.table.request(view.rowAt(0)).code == top


def test_what_was_looked_at_comes_back_at_the_next_start(page: RequestsPage) -> None:
    click(page.list.toolbar.tabs["planned"])
    click_header(page, "client")
    page.list.show_filter(RequestFilter(countries=("CN",)))
    page.list.view.set_hidden("price", hidden=True)
    state = page.state()
    page.list.show_filter(RequestFilter())
    click(page.list.toolbar.tabs["inbox"])
    page.restore(state)
    assert page.list.tab == "planned"
    assert page.list.wanted == RequestFilter(countries=("CN",))
    assert page.list.view.sort == Sort("client")
    assert page.list.view.isColumnHidden(PLACE_OF["price"])


def test_a_state_of_another_version_does_no_harm(page: RequestsPage) -> None:
    page.restore(
        {
            "list": {
                "tab": "asleep",
                "filter": {"colour": 1},
                "sorts": {"inbox": ["wind", 1], "all": 3},
                "columns": {"order": ["x", "risk"], "widths": {"risk": "wide", "code": 9}, "hidden": 4},
            },
            "panel": "yes",
            "panel_width": "wide",
        }
    )
    assert page.list.wanted == RequestFilter()
    assert len(codes(page)) == 3


def test_another_page_can_ask_for_a_request(page: RequestsPage, office: Office) -> None:
    planned = next(row for row in page.list.loader.index.rows if row.status == "planned")
    page.list.show_filter(RequestFilter(text="nothing at all"))
    office.window.context.selection.show_request(planned.code)
    assert page.list.tab == "planned"
    assert [row.code for row in page.list.selected()] == [planned.code]


def test_home_and_end_go_to_the_first_and_the_last(page: RequestsPage) -> None:
    click(page.list.toolbar.tabs["all"])
    page.list.view.setFocus()
    press("End", page.list.view)
    assert [row.code for row in page.list.selected()] == codes(page)[-1:]
    press("Home", page.list.view)
    assert [row.code for row in page.list.selected()] == codes(page)[:1]


def test_the_menu_offers_what_can_be_done(page: RequestsPage) -> None:
    click_row(page, "N1")
    work(0.05)
    menu = page.doing.make_menu()
    texts = {action.text(): action.isEnabled() for action in menu.actions() if action.text()}
    menu.close()
    assert texts["Cancel request"]
    assert texts["Release to planning"]
    assert texts["Duplicate request"]


def test_what_has_gone_makes_room_for_the_next(page: RequestsPage, office: Office) -> None:
    before = codes(page)
    click_row(page, before[0])
    settle(office)
    press("Del", page.list.view)
    settle(office)
    assert codes(page) == before[1:]
    assert [row.code for row in page.list.selected()] == [before[1]]
    assert page.panel.heading.text() == before[1]


def test_the_request_of_the_last_time_is_selected_again(
    company_store: Store, page: RequestsPage, qapp: QApplication, look: Look, preferences: Preferences
) -> None:
    click_row(page, "N3")
    work(0.05)
    state = page.state()
    with office_on(company_store, qapp, look, pages=(RequestsPage,), preferences=preferences) as again:
        preferences.put("page.requests", state)
        again.open()
        settle(again)
        shown = again.window.page
        assert isinstance(shown, RequestsPage)
        assert [row.code for row in shown.list.selected()] == ["N3"]
        assert shown.panel.heading.text() == "N3"


def test_a_minute_later_less_is_left(page: RequestsPage, office: Office) -> None:
    clock = office.window.context.clock
    assert isinstance(clock, FixedClock)
    number = codes(page).index("N2")
    cell = page.list.table.index(number, PLACE_OF["target"])
    assert cell.data() == "43 h"
    clock.time += dt.timedelta(hours=20)
    page.list.tick()
    assert cell.data() == "23 h"
    assert page.list.strip.chips["under_24"].text().startswith("1 ")
