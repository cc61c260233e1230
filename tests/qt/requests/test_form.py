"""Requests entered, changed, copied, cancelled, one and several, by mouse and keys."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desktop.app import Office
from desktop.services.bus import Desk
from desktop.services.commands import AddOrder, EditRecord
from desktop.services.requests.cards import read_card, read_choices
from desktop.store.engine import Store
from desktop.views.feedback import Question
from desktop.views.requests.page import RequestsPage
from desktop.views.widgets.entries import DayEntry, SearchEntry
from tests.helpers.office import MONDAY
from tests.helpers.windows import click, press, settle, type_text, work
from tests.qt.requests.test_list import click_row, codes


def field(page: RequestsPage, name: str) -> QWidget:
    return page.panel.form.rows[name].entry


def fill(page: RequestsPage, name: str, text: str) -> None:
    """Type over what stands in a field, and go on."""
    entry = field(page, name)
    entry.setFocus()
    press("Ctrl+A", entry)
    type_text(text, entry)
    if isinstance(entry, SearchEntry) and entry.is_open:
        press("Esc", entry.popup)
    press("Tab", entry)


def fault(page: RequestsPage, name: str) -> str:
    box = page.panel.form.rows[name].faults
    return box.text.text() if box.isVisible() else ""


def fixes(page: RequestsPage, name: str) -> list[QPushButton]:
    return page.panel.form.rows[name].faults.buttons


def choose(page: RequestsPage, office: Office, code: str) -> None:
    click_row(page, code)
    settle(office)


def test_a_new_request_with_a_fault_then_mended(page: RequestsPage, office: Office, company_store: Store) -> None:
    choices = read_choices(company_store)
    press("Ctrl+N", page.list.view)
    settle(office)
    assert page.panel.heading.text() == "New request"
    assert field(page, "client").hasFocus()
    fill(page, "client", next(iter(choices.clients)))
    fill(page, "factory", next(iter(choices.factories)))
    fill(page, "skill", "garment")
    fill(page, "earliest", "9 Dec")
    fill(page, "latest", "3 Dec")
    assert fault(page, "latest") == "Latest is Thu 3 Dec 2026, before earliest, Wed 9 Dec 2026."
    assert page.panel.state.text().startswith("1 field")
    press("Ctrl+Return", field(page, "note"))
    settle(office)
    assert field(page, "latest").hasFocus(), "saving goes to the first field that is wrong"
    assert page.list.loader.index.row_of(choices.next_code) is None
    click(fixes(page, "latest")[0])
    assert fault(page, "latest") == ""
    press("Ctrl+Return", field(page, "latest"))
    settle(office)
    card = read_card(company_store, choices.next_code)
    assert (card.values["earliest"], card.values["latest"]) == (dt.date(2026, 12, 9), dt.date(2026, 12, 9))
    assert [row.code for row in page.list.selected()] == [choices.next_code]
    assert page.list.tab == "inbox", "it names no order, and waits there"
    assert page.panel.clock.chip.text() == "clock stopped"
    assert page.panel.clock.text.text() == "The on-site clock does not run yet. Missing: order."
    press("Ctrl+Z", page.list.view)
    settle(office)
    assert page.list.loader.index.row_of(choices.next_code) is None


def test_nothing_is_stored_while_a_required_field_is_empty(page: RequestsPage, office: Office) -> None:
    click(page.list.toolbar.new_button)
    settle(office)
    click(page.panel.save_button)
    assert fault(page, "client") == "Every request needs a client."
    assert fault(page, "factory") == "Every request needs a factory."
    assert field(page, "client").hasFocus()
    assert len(page.list.loader.index) == len(codes_of_all(page))
    click(page.panel.discard_button)
    assert page.side.isHidden()


def codes_of_all(page: RequestsPage) -> list[str]:
    return [row.code for row in page.list.loader.index.rows]


def test_a_code_that_is_taken_offers_the_next_one(page: RequestsPage, office: Office) -> None:
    press("Ctrl+N", page.list.view)
    settle(office)
    free = page.panel.form.rows["code"].entry.raw()
    fill(page, "code", "N2")
    assert fault(page, "code") == "There is a request N2 already."
    click(fixes(page, "code")[0])
    assert page.panel.form.rows["code"].entry.raw() == free
    assert fault(page, "code") == ""


def test_a_client_is_found_by_words_of_its_name(page: RequestsPage, office: Office, company_store: Store) -> None:
    client = list(read_choices(company_store).clients.values())[2]
    press("Ctrl+N", page.list.view)
    settle(office)
    entry = field(page, "client")
    assert isinstance(entry, SearchEntry)
    type_text(client.name.split()[0].lower(), entry)
    assert entry.is_open
    lines = entry.offered()
    place = next(n for n, line in enumerate(lines) if line.startswith(client.code))
    for _ in range(place):
        press("Down", entry.popup)
    press("Return", entry.popup)
    assert entry.text() == client.code
    assert client.name in page.panel.form.rows["client"].detail.text()


def test_an_order_brings_client_and_factory(page: RequestsPage, office: Office, colleague: Desk) -> None:
    choices = read_choices(colleague.store)
    client, factory = list(choices.clients)[1], list(choices.factories)[3]
    colleague.handle(AddOrder("OX1", client, factory, 18000, "Silk scarf", daily_rate=1500.0))
    press("Ctrl+N", page.list.view)
    settle(office)
    entry = field(page, "order")
    entry.setFocus()
    type_text("silk", entry)
    settle(office)
    assert isinstance(entry, SearchEntry)
    assert entry.offered()[0].startswith("OX1")
    press("Return", entry.popup)
    settle(office)
    assert page.panel.form.rows["client"].entry.raw() == client
    assert page.panel.form.rows["factory"].entry.raw() == factory
    assert "18,000 pcs" in page.panel.form.rows["order"].detail.text()


def test_an_order_that_is_not_there(page: RequestsPage, office: Office) -> None:
    press("Ctrl+N", page.list.view)
    settle(office)
    fill(page, "order", "NOPE")
    settle(office)
    assert fault(page, "order") == "There is no order NOPE."
    click(fixes(page, "order")[0])
    assert page.panel.form.rows["order"].entry.raw() == ""


def test_a_field_is_changed_by_keys_alone(page: RequestsPage, office: Office, company_store: Store) -> None:
    choose(page, office, "N1")
    press("F2", page.list.view)
    settle(office)
    fill(page, "level", "3")
    assert page.panel.state.text() == "Not saved yet"
    press("Ctrl+Return", field(page, "level"))
    settle(office)
    assert read_card(company_store, "N1").values["level"] == 3
    assert page.panel.state.text() == ""
    press("Esc", field(page, "level"))
    assert page.list.view.hasFocus()
    press("Esc", page.list.view)
    assert page.side.isHidden()
    press("F4", page.list.view)
    assert page.side.isVisible()


def test_a_day_is_chosen_from_the_calendar(page: RequestsPage, office: Office) -> None:
    choose(page, office, "N1")
    entry = field(page, "due")
    assert isinstance(entry, DayEntry)
    entry.setFocus()
    press("Down", entry)
    sheet = entry.open_calendar()
    assert sheet.isVisible()
    press("Return", sheet.calendar.focusProxy() or sheet.calendar)
    sheet.calendar.activated.emit(sheet.calendar.selectedDate())
    assert entry.text() == "Fri 27 Nov 2026"
    assert page.panel.form.rows["due"].touched


def test_what_somebody_else_saved_meanwhile_is_told_and_nothing_is_lost(
    page: RequestsPage, office: Office, colleague: Desk
) -> None:
    choose(page, office, "N1")
    field(page, "note").setFocus()
    type_text("Mine", field(page, "note"))
    colleague.handle(EditRecord("request", "N1", {"level": 4}))
    press("Ctrl+Return", field(page, "note"))
    settle(office)
    assert "Li Na" in page.panel.message.text
    assert page.panel.form.rows["note"].entry.raw() == "Mine"
    click(said(page.panel.message, "Put mine on theirs"))
    settle(office)
    assert page.panel.form.rows["level"].entry.raw() == "4"
    assert page.panel.form.rows["note"].entry.raw() == "Mine"
    press("Ctrl+Return", field(page, "note"))
    settle(office)
    values = read_card(colleague.store, "N1").values
    assert (values["note"], values["level"]) == ("Mine", 4)


def test_theirs_can_be_taken(page: RequestsPage, office: Office, colleague: Desk) -> None:
    choose(page, office, "N1")
    fill(page, "level", "2")
    colleague.handle(EditRecord("request", "N1", {"level": 4}))
    press("Ctrl+Return", field(page, "level"))
    settle(office)
    click(said(page.panel.message, "Take theirs"))
    settle(office)
    assert page.panel.form.rows["level"].entry.raw() == "4"
    assert not page.editor.is_dirty


def said(within: QWidget, text: str) -> QPushButton:
    return next(found for found in within.findChildren(QPushButton) if found.text() == text and found.isVisible())


def test_entries_wait_while_another_request_is_looked_at(page: RequestsPage, office: Office) -> None:
    choose(page, office, "N1")
    fill(page, "level", "5")
    choose(page, office, "N2")
    assert page.panel.form.rows["level"].entry.raw() == "1"
    chip = page.list.strip.unsaved
    assert chip.isVisible()
    click(chip)
    settle(office)
    assert page.panel.heading.text() == "N1"
    assert page.panel.form.rows["level"].entry.raw() == "5"
    assert page.panel.state.text() == "Not saved yet"
    click(page.panel.discard_button)
    settle(office)
    assert page.panel.form.rows["level"].entry.raw() == "1"
    assert not chip.isVisible()


def test_a_duplicate_gets_the_next_code(page: RequestsPage, office: Office, company_store: Store) -> None:
    choose(page, office, "N3")
    press("Ctrl+D", page.list.view)
    settle(office)
    assert page.panel.form.rows["note"].entry.raw() == "Ask for 王小姐"
    code = page.panel.form.rows["code"].entry.raw()
    assert code == "N4"
    click(page.panel.save_button)
    settle(office)
    mine, original = read_card(company_store, "N4").values, read_card(company_store, "N3").values
    assert {**mine, "code": "", "requested_at": None} == {
        **original, "code": "", "requested_at": None,
    }  # fmt: skip


def test_a_request_is_cancelled_and_comes_back(page: RequestsPage, office: Office, company_store: Store) -> None:
    choose(page, office, "N2")
    press("Del", page.list.view)
    settle(office)
    assert read_card(company_store, "N2").status == "cancelled"
    assert codes(page).count("N2") == 0
    press("Ctrl+Z", page.list.view)
    settle(office)
    assert read_card(company_store, "N2").status == "new"
    assert "N2" in codes(page)


def test_several_are_set_at_once_as_one_step(page: RequestsPage, office: Office, company_store: Store) -> None:
    click_row(page, "N1")
    click_row(page, "N3", Qt.KeyboardModifier.ControlModifier)
    settle(office)
    assert page.panel.heading.text().startswith("2 request")
    assert not page.panel.form.rows["client"].isVisible()
    fill(page, "price_cents", "310")
    fill(page, "level", "9")
    assert "5" in fault(page, "level")
    fill(page, "level", "2")
    click(page.panel.save_button)
    settle(office)
    for code in ("N1", "N3"):
        values = read_card(company_store, code).values
        assert (values["price_cents"], values["level"]) == (31000, 2)
    assert read_card(company_store, "N3").values["note"] == "Ask for 王小姐", "what was not touched stays"
    press("Ctrl+Z", page.list.view)
    settle(office)
    assert read_card(company_store, "N1").values["price_cents"] is None
    assert read_card(company_store, "N3").values["level"] == 1


def asked(office: Office) -> Question:
    found = office.window.findChild(Question)
    assert found is not None
    return found


def test_what_is_not_complete_is_released_only_when_that_is_meant(
    page: RequestsPage, office: Office, company_store: Store
) -> None:
    page.list.view.setFocus()
    press("Ctrl+A", page.list.view)
    work(0.05)
    office.window.context.actions.action("requests.ready").trigger()
    assert "N3: order" in " ".join(label.text() for label in asked(office).findChildren(QLabel))
    click(asked(office).buttons[1])
    settle(office)
    assert [read_card(company_store, code).status for code in ("N1", "N2", "N3")] == ["ready", "ready", "new"]


def test_several_are_cancelled_and_released_as_one_step(
    page: RequestsPage, office: Office, company_store: Store
) -> None:
    page.list.view.setFocus()
    press("Ctrl+A", page.list.view)
    work(0.05)
    office.window.context.actions.action("requests.ready").trigger()
    click(asked(office).buttons[0])
    office.window.activateWindow()
    settle(office)
    assert {read_card(company_store, code).status for code in ("N1", "N2", "N3")} == {"ready"}
    office.window.context.actions.action("edit.undo").trigger()
    settle(office)
    page.list.view.setFocus()
    press("Ctrl+A", page.list.view)
    work(0.05)
    press("Del", page.list.view)
    settle(office)
    assert {read_card(company_store, code).status for code in ("N1", "N2", "N3")} == {"cancelled"}
    office.window.context.actions.action("edit.undo").trigger()
    settle(office)
    assert {read_card(company_store, code).status for code in ("N1", "N2", "N3")} == {"new"}


def test_nothing_touched_nothing_set(page: RequestsPage, office: Office) -> None:
    press("Ctrl+A", page.list.view)
    settle(office)
    click(page.panel.save_button)
    assert "Change a field first" in page.panel.message.text


def test_the_history_of_a_request(page: RequestsPage, office: Office, colleague: Desk) -> None:
    colleague.handle(EditRecord("request", "N1", {"note": "Called the factory"}))
    choose(page, office, "N1")
    click(page.panel.history_tab)
    settle(office)
    model = page.panel.history.model
    assert "note Called the factory" in str(model.index(0, 0).data())
    assert model.index(0, 1).data() == "Li Na"
    assert "Called the factory" in page.panel.history.details.text()
    assert "Three requests came in" in str(model.index(1, 0).data())


def test_a_refused_change_says_why_and_keeps_what_was_typed(
    page: RequestsPage, office: Office, colleague: Desk
) -> None:
    click(page.list.toolbar.tabs["planned"])
    code = next(row.code for row in page.list.loader.index.rows if row.status == "planned")
    choose(page, office, code)
    fill(page, "modes", "4 people 3 days")
    press("Ctrl+Return", field(page, "modes"))
    settle(office)
    assert f"{code} is p" in page.panel.message.text
    assert page.panel.form.rows["modes"].entry.raw() == "4 people 3 days"
    assert read_card(colleague.store, code).values["modes"] != ()


def test_a_double_click_goes_to_the_fields(page: RequestsPage, office: Office) -> None:
    page.close_panel()
    view = page.list.view
    where = view.visualRect(page.list.table.index(1, 1)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(where))
    settle(office)
    assert page.side.isVisible()
    assert page.panel.heading.text() == codes(page)[1]
    assert page.panel.form.isAncestorOf(page.focusWidget() or page)


def test_a_window_of_a_week_from_monday_is_read_in_any_form(page: RequestsPage, office: Office) -> None:
    choose(page, office, "N1")
    fill(page, "earliest", MONDAY.isoformat())
    assert page.panel.form.rows["earliest"].entry.raw() == "Mon 30 Nov 2026"
    fill(page, "latest", "03/12/2026")
    assert "Write it as" in fault(page, "latest")


def test_the_forecast_of_a_request_that_is_in_production(page: RequestsPage, office: Office) -> None:
    rows = page.list.loader.index.rows
    known = next(row for row in rows if row.made is not None and row.service == "DUPRO" and row.place is not None)
    page.list.show_code(known.code)
    settle(office)
    shown = page.panel.form.forecast
    assert shown.isVisible()
    assert "%" in shown.accessibleName()
    image = shown.grab().toImage()
    theme = office.window.context.look.theme
    colours = {image.pixelColor(x, y).name().upper() for x in range(image.width()) for y in range(24, 120, 3)}
    assert theme.service("DUPRO").cap in colours
    assert theme.accent_background in colours
    click(page.list.toolbar.tabs["inbox"])
    choose(page, office, "N3")
    assert not shown.isVisible(), "nothing is known of its production"
