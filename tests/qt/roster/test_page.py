"""The roster by mouse and keyboard: looking, entering, changing, several at once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMenu, QSpinBox
from pytestqt.qtbot import QtBot

from desktop.app import Office
from desktop.clock import FixedClock
from desktop.itemmodels.roster_table import SHOWN, TOKEN
from desktop.services.bus import Desk
from desktop.services.commands import EditRecord
from desktop.services.roster_card import contact_of, inspector_card
from desktop.services.roster_filter import RosterFilter
from desktop.services.roster_list import InspectorRow, roster_list
from desktop.store.engine import Store
from desktop.views.roster.page import MANY, NOBODY, PERSON, RosterPage
from tests.helpers.office import NOW
from tests.helpers.windows import button, click, press, settle, type_text

TODAY = NOW.date()
PEOPLE = 12
PLAIN = Qt.KeyboardModifier.NoModifier


def shown(page: RosterPage) -> list[str]:
    return [row.code for row in page.model.shown_rows]


def stored(store: Store, code: str) -> InspectorRow:
    return next(row for row in roster_list(store, TODAY).rows if row.code == code)


def row_place(page: RosterPage, row: int, column: str = "name") -> QPoint:
    return page.table.visualRect(page.model.index(row, SHOWN.index(column))).center()


def choose(
    office: Office, page: RosterPage, row: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> str:
    click(page.table.viewport(), row_place(page, row), modifiers)
    settle(office)
    return page.model.person(row).code


def line(page: RosterPage, field: str) -> QLineEdit:
    form = page.panel.person_form if field in page.panel.person_form.rows else page.panel.cost_form
    editor = form.rows[field].editor
    assert isinstance(editor, QLineEdit)
    return editor


def overwrite(editor: QLineEdit, text: str) -> None:
    editor.setFocus()
    editor.selectAll()
    type_text(text, editor)


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


def desk_of(store: Store, actor: str = "Tran Bich Ngoc") -> Desk:
    return Desk(store, FixedClock(NOW), actor)


# -- one person --------------------------------------------------------------------------------------------------------


def test_who_is_selected_is_shown_beside_the_list(office: Office, page: RosterPage) -> None:
    code = choose(office, page, 3)
    assert page.side.currentIndex() == PERSON
    assert page.panel.code.text() == code
    assert line(page, "name").text() == page.model.person(3).name
    assert "****" in line(page, "phone").text()
    assert not line(page, "phone").isEnabled()
    press("Down", page.table)
    settle(office)
    assert page.panel.code.text() == page.model.person(4).code


def test_phone_and_e_mail_are_shown_when_asked_for(office: Office, page: RosterPage, company_store: Store) -> None:
    code = choose(office, page, 0)
    click(button(page.panel, "Show phone and e-mail"))
    settle(office)
    assert line(page, "phone").text() == contact_of(company_store, code).phone
    overwrite(line(page, "phone"), "13812341234")
    press("Ctrl+Return", line(page, "phone"))
    settle(office)
    assert contact_of(company_store, code).phone == "13812341234"
    choose(office, page, 1)
    choose(office, page, 0)
    assert line(page, "phone").text() == "138****1234"


def test_a_field_with_a_fault_is_told_and_mended(office: Office, page: RosterPage, company_store: Store) -> None:
    code = choose(office, page, 0)
    press("F2", page.table)
    assert line(page, "name").hasFocus()
    overwrite(line(page, "lat"), "95")
    press("Tab", line(page, "lat"))
    fault = page.panel.person_form.rows["lat"]
    assert fault.fault == "It is 95, and it should be less than or equal to 90."
    assert fault.editor.accessibleDescription() == fault.fault
    click(page.panel.save_button)
    assert line(page, "lat").hasFocus()
    assert inspector_card(company_store, code, TODAY).version == stored(company_store, code).version == 1
    overwrite(line(page, "lat"), "22.5")
    press("Tab", line(page, "lat"))
    assert fault.fault == ""
    press("Ctrl+Return", line(page, "lon"))
    settle(office)
    assert inspector_card(company_store, code, TODAY).lat == 22.5
    assert page.panel.foot.isHidden()


def test_costs_are_entered_in_dollars(office: Office, page: RosterPage, company_store: Store) -> None:
    code = choose(office, page, 0)
    page.panel.show_tab("costs")
    overwrite(line(page, "day_costs_cents"), "70 70 70 82.50")
    assert page.panel.unsaved.text().startswith("1 change")
    click(page.panel.save_button)
    settle(office)
    assert inspector_card(company_store, code, TODAY).day_costs_cents == (7000, 7000, 7000, 8250)


def test_what_is_not_saved_waits_while_another_is_looked_at(office: Office, page: RosterPage) -> None:
    choose(office, page, 0)
    overwrite(line(page, "team"), "Night shift")
    choose(office, page, 1)
    assert line(page, "team").text() != "Night shift"
    choose(office, page, 0)
    assert line(page, "team").text() == "Night shift"
    click(button(page.panel, "Put back"))
    assert line(page, "team").text() == page.model.person(0).team
    assert page.panel.foot.isHidden()


def test_somebody_elses_change_does_not_take_what_was_entered(
    office: Office, page: RosterPage, company_store: Store
) -> None:
    code = choose(office, page, 0)
    overwrite(line(page, "team"), "Mine")
    desk_of(company_store).handle(EditRecord("inspector", code, {"team": "Theirs", "local_name": "新"}))
    press("Ctrl+Return", line(page, "team"))
    settle(office)
    assert "Tran Bich Ngoc" in page.panel.message.text
    assert line(page, "team").text() == "Mine"
    assert line(page, "local_name").text() == "新"
    click(button(page.panel.message, "Save mine all the same"))
    settle(office)
    assert inspector_card(company_store, code, TODAY).team == "Mine"


def test_a_refresh_does_not_disturb_whoever_is_typing(office: Office, page: RosterPage) -> None:
    choose(office, page, 0)
    overwrite(line(page, "name"), "Quy nh Lan")
    line(page, "name").setCursorPosition(3)
    page.refresh()
    settle(office)
    assert line(page, "name").hasFocus()
    type_text("y")
    assert line(page, "name").text() == "Quyy nh Lan"


def test_theirs_can_be_taken(office: Office, page: RosterPage, company_store: Store) -> None:
    code = choose(office, page, 0)
    overwrite(line(page, "team"), "Mine")
    desk_of(company_store).handle(EditRecord("inspector", code, {"team": "Theirs"}))
    page.refresh()
    settle(office)
    assert "Team" in page.panel.message.text
    click(button(page.panel.message, "Take theirs"))
    assert line(page, "team").text() == "Theirs"


def test_somebody_new(office: Office, page: RosterPage, company_store: Store) -> None:
    press("Ctrl+N", page.table)
    assert line(page, "name").hasFocus()
    assert line(page, "code").text() == "I0013"
    type_text("Đào Thị Lan")
    press("Ctrl+Return", line(page, "name"))
    assert line(page, "lat").hasFocus()
    for field, text in (("lat", "10.95"), ("lon", "106.8"), ("country", "VN")):
        overwrite(line(page, field), text)
    click(page.panel.person_form.rows["services"].editor.chip("PSI"))  # type: ignore[attr-defined]  # WordChips
    page.panel.show_tab("costs")
    for field, text in (
        ("day_costs_cents", "40 40 40 40 40"),
        ("night_cost_cents", "30"),
        ("travel_day_cost_cents", "15"),
    ):
        overwrite(line(page, field), text)
    click(button(page.panel, "Add inspector"))
    settle(office)
    assert stored(company_store, "I0013").services == ("PSI",)
    assert [row.code for row in page.table.people] == ["I0013"]
    assert page.panel.code.text() == "I0013"
    press("Ctrl+Z", page.table)
    settle(office)
    assert "I0013" not in shown(page)
    assert page.side.currentIndex() == NOBODY


def test_an_address_is_placed_by_the_gazetteer(office: Office, page: RosterPage) -> None:
    choose(office, page, 0)
    overwrite(line(page, "home_address"), "12 Nguyen Hue, Bien Hoa, Dong Nai")
    settle(office)
    offers = page.panel.person_form.offers
    assert offers.isVisible()
    click(button(offers, "Use Thành phố Biên Hòa, Tỉnh Đồng Nai"))
    assert abs(float(line(page, "lat").text()) - 10.95) < 0.05
    assert line(page, "country").text() == "VN"
    assert not offers.isVisible()
    assert {"lat", "lon", "home_address"} <= set(page.panel.changed_fields)


def test_somebody_new_can_be_put_away(office: Office, page: RosterPage) -> None:
    code = choose(office, page, 2)
    click(page.bar.new_button)
    assert page.panel.is_new
    click(button(page.panel, "Discard"))
    settle(office)
    assert page.side.currentIndex() == NOBODY
    assert code in shown(page)


def test_another_code_is_still_the_same_person(office: Office, page: RosterPage, company_store: Store) -> None:
    choose(office, page, 0)
    overwrite(line(page, "code"), "X77")
    press("Ctrl+Return", line(page, "code"))
    settle(office)
    assert [row.code for row in page.table.people] == ["X77"]
    assert page.panel.code.text() == "X77"
    assert page.panel.foot.isHidden()


# -- skills and areas --------------------------------------------------------------------------------------------------


def test_a_permit_is_added_changed_and_removed(office: Office, page: RosterPage, company_store: Store) -> None:
    code = choose(office, page, 0)
    press("S", page.table)
    section = page.panel.skills.permits
    section.name.setFocus()
    type_text("湖北省", section.name)
    type_text("31 Jan 2027", section.until)
    click(section.set_button)
    settle(office)
    assert ("湖北省", dt.date(2027, 1, 31)) in permits(company_store, code)
    row = next(n for n, part in enumerate(section.model.parts) if part.name == "湖北省")
    click(section.table.viewport(), section.table.visualRect(section.model.index(row, 0)).center())
    assert section.until.text() == "2027-01-31"
    section.until.clear()
    press("Return", section.until)
    settle(office)
    assert ("湖北省", None) in permits(company_store, code)
    click(section.table.viewport(), section.table.visualRect(section.model.index(row, 0)).center())
    press("Del", section.table)
    settle(office)
    assert "湖北省" not in dict(permits(company_store, code))


def permits(store: Store, code: str) -> list[tuple[str, dt.date | None]]:
    return [(entry.name, entry.valid_until) for entry in inspector_card(store, code, TODAY).permits]


def test_a_certificate_without_a_day_is_refused_where_it_is_entered(office: Office, page: RosterPage) -> None:
    choose(office, page, 0)
    press("S", page.table)
    section = page.panel.skills.certificates
    type_text("machine-safety", section.name)
    click(section.set_button)
    assert section.fault.startswith("Say until which day")
    type_text("next year", section.until)
    press("Return", section.until)
    assert '"next year"' in section.fault


def test_a_skill_set_on_somebody_who_has_changed_meanwhile(
    office: Office, page: RosterPage, company_store: Store
) -> None:
    code = choose(office, page, 0)
    press("S", page.table)
    desk_of(company_store).handle(EditRecord("inspector", code, {"team": "Theirs"}))
    section = page.panel.skills.skills
    type_text("carpets", section.name)
    click(section.set_button)
    settle(office)
    assert "Tran Bich Ngoc" in section.fault
    click(section.set_button)
    settle(office)
    assert "carpets" in {skill.name for skill in inspector_card(company_store, code, TODAY).skills}


def test_a_skill_by_keyboard(office: Office, page: RosterPage, company_store: Store) -> None:
    code = choose(office, page, 0)
    press("S", page.table)
    section = page.panel.skills.skills
    assert section.name.hasFocus()
    type_text("carpets", section.name)
    press("Tab", section.name)
    press("Up", section.level)
    press("Tab", section.level)
    press("Space")
    settle(office)
    held = {skill.name: skill.level for skill in inspector_card(company_store, code, TODAY).skills}
    assert held["carpets"] == 4


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
