"""A client changed in its dialog, and an inspector's arrival noted in its sheet."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.app import Office
from desktop.services.bus import Desk
from desktop.services.commands import PublishPlan
from desktop.services.planning.reading import latest_draft
from desktop.services.requests.client_card import read_client
from desktop.store.engine import Store
from desktop.views.requests.arrival_sheet import ArrivalSheet
from desktop.views.requests.client_dialog import ClientDialog
from desktop.views.requests.form_row import FormRow
from desktop.views.requests.page import RequestsPage
from tests.helpers.office import NOW
from tests.helpers.windows import button, click, press, said, settle, type_text
from tests.qt.requests.test_list import click_row


def emptied(row: FormRow) -> str:
    """Go to a field and empty it; its text before."""
    before = str(row.entry.raw())
    row.focus()
    press("Ctrl+A", row.entry)
    press("Del", row.entry)
    return before


def test_a_client_is_changed_as_one_step(
    page: RequestsPage, company_store: Store, office: Office, qtbot: QtBot
) -> None:
    row = next(row for row in page.list.loader.index.open_ones() if row.code == "N1")
    before = read_client(company_store, row.client)
    click_row(page, "N1")
    settle(office)
    click(button(page.panel, "Client…"))
    settle(office)
    (dialog,) = office.window.findChildren(ClientDialog)
    assert emptied(dialog.rows["email"]) == before.values["email"]
    type_text("nobody", dialog.rows["email"].entry)
    type_text("60", dialog.rows["from_percent"].entry)
    click(button(dialog, "Save"))
    assert "Email is 'nobody'" in dialog.rows["email"].faults.text.text()
    emptied(dialog.rows["email"])
    type_text("lan@example.com", dialog.rows["email"].entry)
    press("Return", dialog.rows["email"].entry)
    assert dialog.rows["to_percent"].faults.text.text() == "Give both percentages, or leave both empty."
    type_text("80", dialog.rows["to_percent"].entry)
    qtbot.keyClick(dialog.hours, Qt.Key.Key_Space)
    with qtbot.waitSignal(office.runner.committed):
        click(button(dialog, "Save"))
    settle(office)
    found = read_client(company_store, row.client).values
    assert found == dict(before.values) | {
        "email": "lan@example.com",
        "clock_in_working_hours": True,
        "from_percent": 60.0,
        "to_percent": 80.0,
    }
    office.runner.undo(page)
    settle(office)
    assert read_client(company_store, row.client).values == before.values


def test_an_arrival_is_noted_by_the_clocks_of_the_factory(
    page: RequestsPage, company_store: Store, colleague: Desk, office: Office, qtbot: QtBot
) -> None:
    arrived = office.window.context.actions.action("requests.arrived")
    click_row(page, "N1")
    settle(office)
    assert not arrived.isEnabled()
    colleague.handle(PublishPlan(latest_draft(company_store) or ""))
    page.refresh()
    settle(office)
    row = next(row for row in page.list.loader.index.open_ones() if row.record_status == "published")
    page.list.show_code(row.code)
    settle(office)
    arrived.trigger()
    (sheet,) = office.window.findChildren(ArrivalSheet)
    assert emptied(sheet.time) == f"{NOW.astimezone(row.factory.zone):%H:%M}"
    type_text("2570", sheet.time.entry)
    press("Return", sheet.time.entry)
    assert sheet.time.faults.text.text() == '"2570" is not a time. Write it as 09:10.'
    emptied(sheet.time)
    type_text("23.59", sheet.time.entry)
    click(button(sheet, "Record arrival"))
    settle(office)
    assert "at the factory now" in sheet.message.text
    emptied(sheet.time)
    type_text("1410", sheet.time.entry)
    with qtbot.waitSignal(office.runner.committed):
        click(button(sheet, "Record arrival"))
    settle(office)
    assert "Record arrival for" in said(office.window)
    assert "before the target" in said(office.window)
