"""One person by mouse and keyboard: fields, faults, conflicts, somebody new, skills and areas."""

from __future__ import annotations

import datetime as dt

from desktop.app import Office
from desktop.services.commands import EditRecord
from desktop.services.roster.card import contact_of, inspector_card
from desktop.store.engine import Store
from desktop.views.roster.page import NOBODY, PERSON, RosterPage
from tests.helpers.windows import button, click, press, settle, type_text
from tests.qt.roster.driving import TODAY, choose, desk_of, line, overwrite, shown, stored


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
    assert 'Team: "Theirs" is stored, "Mine" is entered' in page.panel.message.text
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
    assert 'Team: "Theirs" is stored, "Mine" is entered' in page.panel.message.text
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


def test_somebody_new_half_entered_is_there_again(office: Office, page: RosterPage) -> None:
    click(page.bar.new_button)
    type_text("Half entered", line(page, "name"))
    page.panel.show_tab("costs")
    overwrite(line(page, "night_cost_cents"), "31")
    choose(office, page, 1)
    assert line(page, "name").text() != "Half entered"
    click(page.bar.new_button)
    assert line(page, "name").text() == "Half entered"
    assert line(page, "night_cost_cents").text() == "31"
    click(button(page.panel, "Discard"))


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
