"""The page of the day, by keys and mouse: what is listed, what is asked, and what is recorded from it."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QDialog
from pytestqt.qtbot import QtBot

from desktop.app import Office
from desktop.services.commands import RecordAbsence
from desktop.services.planning.views import VisitView
from desktop.services.roster.card import masked_phone
from desktop.services.today.foreseen import hit_by_absence
from desktop.store.engine import Store
from desktop.views.disruption.sheets import IllSheet, OverrunSheet
from desktop.views.today.page import TodayPage
from tests.helpers.windows import bring_forward, button, click, press, said, settle, type_text


def listed(page: TodayPage) -> list[str]:
    return [row.key for row in page.model.rows]


def test_the_day_is_listed_by_what_is_at_stake_and_narrowed_by_chips_search_and_tabs(
    office: Office, page: TodayPage, first_visit: VisitView
) -> None:
    away = f"absent/{first_visit.request}"
    assert away in listed(page)
    assert page.today is not None
    order = [(row.stake(page.today.now), row.until) for row in page.today.rows]
    assert order == sorted(order)
    assert page.model.rows[0].key == away
    assert page.current is not None
    assert page.model.rows[0].key == page.current.key
    badge = office.window._rail.button("today").accessibleName()
    assert badge == f"Today {page.today.for_today}"

    chip = page.strip.chips["absent"]
    click(chip)
    assert listed(page)
    assert all(key.startswith("absent/") for key in listed(page))
    click(chip)
    press("/", office.window)
    type_text(first_visit.request)
    settle(office)
    assert away in listed(page)
    assert all(first_visit.request in "".join(row.value.requests) for row in page.model.rows)  # type: ignore[attr-defined]
    press("Esc")
    press("]", office.window)
    assert page.tab == "starts"
    assert all(key.startswith("starts/") for key in listed(page))
    press("]", office.window)
    assert "Ngoc" in "".join(cell.text for row in page.model.rows for cell in row.cells)

    type_text("no such word", page.bar.search)
    assert "matches these filters" in page.empty.text.text()
    click(page.empty.button)
    assert page.model.rows


def test_a_row_leads_to_who_is_called_to_what_is_recorded_and_to_the_board(
    office: Office, page: TodayPage, first_visit: VisitView
) -> None:
    page.table.choose(f"absent/{first_visit.request}")
    page.table._tell()
    assert page.current is not None
    phone = page.current.people[0].phone
    assert masked_phone(phone) in said(page.panel)
    assert phone not in said(page.panel)
    click(button(page.panel, "Call the inspectors"))
    assert phone in said(page.panel)

    office.window.context.actions.action("dispatch.overrun").trigger()
    settle(office)
    sheet = next(found for found in office.window.findChildren(QDialog) if found.isVisible())
    assert isinstance(sheet, OverrunSheet)
    assert first_visit.request in sheet.heading.text()
    assert sheet.command().half_days == 1
    press("Esc", sheet)
    bring_forward(office.window)

    press("B", office.window)
    settle(office)
    assert office.window.page is not None
    assert office.window.page.NAME == "board"
    assert office.window.context.selection.request == first_visit.request


def test_who_cannot_come_is_recorded_after_a_look_at_what_it_hits(
    office: Office, page: TodayPage, company_store: Store, qtbot: QtBot
) -> None:
    assert page.today is not None
    other = next(row for row in page.today.rows if row.kind == "starts" and row.people)
    person, slot = other.people[0], other.first_slot
    assert slot is not None
    page.show_tab("starts")
    page.table.choose(other.key)
    page.table._tell()
    click(button(page.bar, "Ill today"))
    settle(office)
    sheet = next(found for found in office.window.findChildren(IllSheet) if found.isVisible())
    who = sheet.findChild(QComboBox)
    assert who is not None
    assert who.currentData() == person.code
    sheet.last.setDate(sheet.first.date().addDays(1))
    settle(office)
    struck = hit_by_absence(company_store, person.code, *sheet.span)
    assert struck
    assert all(entry.request in sheet.hits.text() for entry in struck)
    click(sheet.record)
    settle(office)
    qtbot.waitUntil(lambda: f"absent/{struck[0].request}" in {row.key for row in page.today.rows}, timeout=30_000)  # type: ignore[union-attr]


def test_while_another_page_is_shown_nothing_is_read(
    office: Office, page: TodayPage, first_visit: VisitView, qtbot: QtBot
) -> None:
    before, judged = page.today, page._judged
    assert before is not None
    office.window.show_page("plans")
    other = next(row for row in before.rows if row.kind == "starts" and row.request != first_visit.request)
    assert other.first_slot is not None
    person = other.people[0].code
    office.window.context.runner.handle(page, RecordAbsence(person, other.first_slot, other.first_slot, "sickness"))
    settle(office)
    assert page.today is before
    assert not page._judging.isActive()
    assert page._jobs.get("judged") is None
    office.window.show_page("today")
    qtbot.waitUntil(lambda: page._judged is not judged, timeout=30_000)
    assert f"absent/{other.request}" in {row.key for row in page.today.rows}
