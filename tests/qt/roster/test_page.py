"""The roster by mouse and keyboard: looking, entering, changing, several at once."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMenu, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import Office
from desktop.itemmodels.roster_table import SHOWN, TOKEN
from desktop.services.commands import EditRecord
from desktop.services.roster.filter import RosterFilter
from desktop.services.roster.listing import roster_list
from desktop.store.engine import Store
from desktop.views.roster.page import MANY, NOBODY, RosterPage
from tests.helpers.windows import button, click, press, settle, type_text
from tests.qt.roster.driving import PEOPLE, TODAY, choose, desk_of, line, shown, stored

# -- looking -----------------------------------------------------------------------------------------------------------


def test_everybody_is_listed_with_the_load_of_the_draft(page: RosterPage) -> None:
    assert len(shown(page)) == PEOPLE
    assert "12 people" in page.bar.shown.text()
    assert "2026-W49-1" in page.bar.shown.text()
    assert page.side.currentIndex() == NOBODY
    assert any(row.worked for row in page.model.shown_rows)


def test_search_as_one_types(office: Office, page: RosterPage) -> None:
    wanted = page.model.person(4)
    press("/", page.table)
    assert page.bar.search.hasFocus()
    type_text(wanted.code.lower())
    assert shown(page) == [wanted.code]
    assert "1 of 12 people" in page.bar.shown.text()
    press("Esc")
    assert len(shown(page)) == PEOPLE
    press("Esc")
    assert page.table.hasFocus()


def test_a_search_that_finds_nobody_says_so_and_offers_the_way_back(office: Office, page: RosterPage) -> None:
    press("/", page.table)
    type_text("xyzzy")
    assert page.lists.currentWidget() is page.empty
    click(button(page.empty, "Clear filters"))
    assert page.bar.search.text() == ""
    assert page.lists.currentWidget() is page.table
    assert len(shown(page)) == PEOPLE


def test_a_click_on_the_header_sorts_and_a_second_turns_it_round(office: Office, page: RosterPage) -> None:
    head = page.table.horizontalHeader()
    column = SHOWN.index("load")
    where = QPoint(head.sectionViewportPosition(column) + 20, head.height() // 2)
    click(head.viewport(), where)
    loads = [row.load or 0 for row in page.model.shown_rows if row.load is not None]
    assert loads == sorted(loads)
    click(head.viewport(), where)
    loads = [row.load or 0 for row in page.model.shown_rows if row.load is not None]
    assert loads == sorted(loads, reverse=True)


def test_sorting_by_keyboard(office: Office, page: RosterPage) -> None:
    press("O", page.table)
    menu = next(menu for menu in page.table.findChildren(QMenu) if menu.isVisible())
    chosen = next(action for action in menu.actions() if action.text() == "Code")
    menu.setActiveAction(chosen)
    press("Return", menu)
    assert shown(page) == sorted(shown(page))
    assert page.model.sorted_by == ("code", False)


def test_a_menu_of_words_filters(office: Office, page: RosterPage) -> None:
    menu = page.bar.menus["countries"].menu()
    page.bar.menus["countries"].setFocus()
    menu.aboutToShow.emit()
    action = menu.actions()[-1]
    word = action.text().split("\t")[0]
    action.trigger()
    assert {row.country for row in page.model.shown_rows} == {word}
    assert page.bar.menus["countries"].text() == f"Country: {word}"
    press("Ctrl+Shift+F", page.table)
    assert len(shown(page)) == PEOPLE


def test_certificates_are_read_in_their_colours(office: Office, page: RosterPage, company_store: Store) -> None:
    code = page.model.person(0).code
    day = dt.timedelta(days=1)
    held = {"gb-electrical": TODAY - day, "machine-safety": TODAY + 12 * day}
    desk_of(company_store).handle(EditRecord("inspector", code, {"certificates": held}))
    page.refresh()
    settle(office)
    index = page.model.index(page.model.row_of(code) or 0, SHOWN.index("certificates"))
    assert index.data(TOKEN) == "bad"
    theme = office.window.context.look.theme
    box = page.table.visualRect(index)
    picture = page.table.viewport().grab(box).toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(8, 60) for y in range(4, box.height() - 4)}
    assert theme.bad_background.lower() in colours
    assert page.bar.ended.text().endswith("ended")
    click(page.bar.ended)
    assert code in shown(page)
    assert all(row.certificates or row.permits for row in page.model.shown_rows)
    assert len(shown(page)) < PEOPLE


# -- state, several, elsewhere -----------------------------------------------------------------------------------------


def test_deactivate_and_activate(office: Office, page: RosterPage, company_store: Store) -> None:
    code = choose(office, page, 0)
    office.window.context.actions.action("roster.deactivate").trigger()
    settle(office)
    assert not stored(company_store, code).active
    assert code not in shown(page)
    click(page.bar.inactive)
    settle(office)
    assert code in shown(page)
    page.table.choose([code])
    settle(office)
    assert page.panel.left_chip.isVisible()
    office.window.context.actions.action("roster.activate").trigger()
    settle(office)
    assert stored(company_store, code).active


def test_a_team_for_several_is_one_step(office: Office, page: RosterPage, company_store: Store) -> None:
    first = choose(office, page, 0)
    second = choose(office, page, 2, Qt.KeyboardModifier.ControlModifier)
    assert page.side.currentIndex() == MANY
    page.many.team.setCurrentText("Flying team")
    click(page.many.team_button)
    settle(office)
    assert {stored(company_store, code).team for code in (first, second)} == {"Flying team"}
    press("Ctrl+Z", page.table)
    settle(office)
    assert "Flying team" not in {row.team for row in roster_list(company_store, TODAY).rows}


def test_a_person_wanted_elsewhere_is_selected_though_filtered_out(office: Office, page: RosterPage) -> None:
    code = page.model.person(5).code
    page.bar.show_filter(RosterFilter(text="nobody at all"))
    page._on_filter(page.bar.filter)
    office.window.context.selection.show_inspector(code)
    settle(office)
    assert [row.code for row in page.table.people] == [code]
    assert page.panel.code.text() == code


def test_the_menu_key_offers_what_can_be_done(office: Office, page: RosterPage) -> None:
    choose(office, page, 0)
    page.table.menu_wanted.emit(QPoint(100, 100))
    menu = next(menu for menu in page.findChildren(QMenu) if menu.isVisible())
    texts = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert "Record absence" in texts
    assert "Deactivate" in texts
    press("Esc", menu)


def test_a_column_can_be_put_away(office: Office, page: RosterPage) -> None:
    menu = page.table.column_menu()
    action = next(action for action in menu.actions() if isinstance(action, QAction) and action.data() == "team")
    action.trigger()
    assert page.table.isColumnHidden(SHOWN.index("team"))
    state = page.table.column_state()
    assert state["hidden"] == ["team"]
    menu.close()


def test_columns_give_way_on_a_small_screen(office: Office, page: RosterPage) -> None:
    office.window.resize(1280, 800)
    QApplication.processEvents()
    hidden = {name for n, name in enumerate(SHOWN) if page.table.isColumnHidden(n)}
    assert hidden <= {"services", "code", "permits", "languages", "home"}
    assert "services" in hidden
    assert not page.table.horizontalScrollBar().isVisible()


def test_the_page_is_as_it_was_left(office: Office, page: RosterPage, qtbot: QtBot) -> None:
    choose(office, page, 3)
    page.table.sort_by("code")
    page.bar.absent.show()
    click(page.bar.absent)
    page.panel.show_tab("costs")
    state = page.state()
    other = RosterPage(office.window.context)
    qtbot.addWidget(other)
    other.restore(state)
    assert other.state() | {"selected": []} == state | {"selected": []}
    other.restore({"filter": 3, "columns": [], "splitter": "wide", "tab": None, "selected": {}})
    assert not other.bar.filter.absent


def test_the_roster_is_exported(office: Office, page: RosterPage, tmp_path: Path) -> None:
    page._export.write(str(tmp_path / "roster.xlsx"))
    settle(office)
    assert (tmp_path / "roster.xlsx").stat().st_size > 5000


def test_the_panel_comes_and_goes(office: Office, page: RosterPage) -> None:
    press("F4", page.table)
    assert page.side.isHidden()
    choose(office, page, 0)
    press("F2", page.table)
    assert not page.side.isHidden()
    assert line(page, "name").hasFocus()


def test_tab_goes_through_all_as_it_is_seen(office: Office, page: RosterPage) -> None:
    choose(office, page, 0)
    page.panel.show_tab("costs")
    page.panel.show_tab("person")
    page.bar.search.setFocus()
    places: list[tuple[QWidget, QPoint]] = []
    for _ in range(60):
        widget = QApplication.focusWidget()
        assert widget is not None
        if not page.isAncestorOf(widget):
            break
        places.append((widget, widget.mapTo(page, QPoint(0, 0))))
        press("Tab", widget)
    order = [widget for widget, _ in places]
    assert order.index(page.bar.new_button) < order.index(page.table)
    assert order.index(page.table) < order.index(page.panel.contact_button) < order.index(line(page, "name"))
    form = [place for widget, place in places if page.panel.person_form.isAncestorOf(widget)]
    assert len(form) > 20
    assert all(after.y() > before.y() - 4 for before, after in pairwise(form))


def test_everything_has_a_name_for_those_who_hear_it(office: Office, page: RosterPage) -> None:
    choose(office, page, 0)
    for tab in ("person", "skills", "calendar", "costs", "history"):
        page.panel.show_tab(tab)
        settle(office)
        lines = [found for found in page.findChildren(QLineEdit) if found.isVisible()]
        alone = [found for found in lines if not isinstance(found.parent(), QComboBox | QSpinBox)]
        unnamed = [found for found in alone if not found.accessibleName()]
        assert unnamed == []


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_in_either_theme_a_selected_row_is_told(office: Office, page: RosterPage, theme: str) -> None:
    look = office.window.context.look
    look.choose("dark" if theme == "dark" else "light")
    try:
        choose(office, page, 1)
        QTest.qWait(0)
        box = page.table.visualRect(page.model.index(1, 0))
        picture = page.table.viewport().grab(box).toImage()
        assert picture.pixelColor(1, 10).name() == look.theme.accent.lower()
        assert picture.pixelColor(box.width() - 2, 3).name() == look.theme.accent_background.lower()
    finally:
        look.choose("light")
