"""A visit from the way there to what follows, by mouse and keyboard."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import Office
from desktop.clock import FixedClock
from desktop.services.bus import Desk
from desktop.services.commands import RecordFinished, RecordResult
from desktop.services.commands.inspection import DefectEntry
from desktop.services.inspection.actions import open_actions
from desktop.services.inspection.reading import visit_card, visit_rows
from desktop.services.inspection.rows import VisitCard, VisitRow
from desktop.store.engine import Store
from desktop.views.look import Look
from desktop.views.visits.page import VisitsPage
from desktop.views.visits.sheets import AbortSheet, TimeSheet
from tests.helpers.announced import WEDNESDAY
from tests.helpers.office import office_on
from tests.helpers.windows import bring_forward, button, click, drop_file, press, settle, type_text

SAMPLED = ("DUPRO", "PSI")


def visits(store: Store) -> tuple[VisitRow, ...]:
    day = WEDNESDAY.date()
    return visit_rows(store, WEDNESDAY, day - dt.timedelta(days=7), day)


def stored(store: Store, code: str) -> VisitCard:
    return visit_card(store, WEDNESDAY, code)


def go_to(office: Office, page: VisitsPage, code: str) -> None:
    page.show_visit(code)
    settle(office)
    page.visits.table.setFocus()


def test_a_visit_fails_and_leads_to_actions_and_another(
    office: Office, page: VisitsPage, store: Store, tmp_path: Path, qtbot: QtBot
) -> None:
    code = next(row.request for row in visits(store) if row.service in SAMPLED and row.order)
    go_to(office, page, code)
    note_the_day(office, page, code)
    enter_the_result(office, page, code)
    act_and_book_again(office, page, code)
    attach_and_release(office, page, code, tmp_path, qtbot)


def note_the_day(office: Office, page: VisitsPage, code: str) -> None:
    """A key a step."""
    panel, table = page.visits.panel, page.visits.table
    assert not panel.result.save_button.isVisible()
    assert not panel.files.attach_button.isEnabled()
    for key in "TO":
        press(key, table)
        settle(office)
    click(panel.day.rows["travelling"].time)
    sheet = next(found for found in office.window.findChildren(TimeSheet) if found.isVisible())
    sheet.time.selectAll()
    type_text("06:50", sheet.time)
    click(sheet.keep)
    settle(office)
    bring_forward(office.window)
    there = stored(office.store, code).times["travelling"].astimezone(panel.card.row.zone) if panel.card else None
    assert f"{there:%H:%M}" == "06:50"
    panel.day.made.setFocus()
    type_text("40")
    table.setFocus()
    press("F", table)
    settle(office)
    card = stored(office.store, code)
    assert (card.row.stage, card.result.percent_made) == ("finished", 40)
    assert panel.stage.text() == "Finished"


def enter_the_result(office: Office, page: VisitsPage, code: str) -> None:
    """The outcome follows what is typed, before anything is stored."""
    panel, table = page.visits.panel, page.visits.table
    press("F2", table)
    click(panel.result.add)
    line = panel.result.lines[0]
    type_text("缝线脱落")
    accept = stored(office.store, code).result.major.accept
    assert accept is not None
    assert panel.result.outcome.text() == "Pass"
    line.number.setFocus()
    line.number.selectAll()
    type_text(str(accept + 1))
    assert panel.result.outcome.text() == "Fail"
    assert stored(office.store, code).row.outcome == ""
    press("Ctrl+Return", line.number)
    settle(office)
    card = stored(office.store, code)
    assert (card.row.outcome, card.result.defects[0].text) == ("fail", "缝线脱落")


def act_and_book_again(office: Office, page: VisitsPage, code: str) -> None:
    """Corrective actions, and the inspection that follows."""
    panel = page.visits.panel
    click(panel.corrective.open_button)
    settle(office)
    action = panel.corrective.cards[0]
    assert action.first is not None
    action.first.setFocus()
    type_text("plant manager")
    press("Return")
    settle(office)
    assert [row.next_step for row in open_actions(office.store, WEDNESDAY)] == ["root cause"]
    booked = panel.follow.proposals[0].proposal.code
    click(panel.follow.proposals[0].book)
    settle(office)
    assert [link.request for link in stored(office.store, code).follow_ups] == [booked]
    page.show_tab("actions")
    settle(office)
    assert [row.cells[-1].text for row in page.corrective.model.rows] == [code]


def attach_and_release(office: Office, page: VisitsPage, code: str, folder: Path, qtbot: QtBot) -> None:
    """A picture is dropped and shown small; the report takes its steps by one key."""
    panel, table = page.visits.panel, page.visits.table
    go_to(office, page, code)
    picture = QImage(640, 480, QImage.Format.Format_RGB32)
    picture.fill(QColor("teal"))
    assert picture.save(str(folder / "photo.jpg"))
    drop_file(panel.files, folder / "photo.jpg")
    qtbot.waitUntil(lambda: len(panel.files.tiles) == 1)
    qtbot.waitUntil(lambda: panel.files.tiles[0].has_picture)
    for _ in range(3):
        press("R", table)
        settle(office)
    card = stored(office.store, code)
    assert (card.row.stage, [file.name for file in card.files]) == ("released", ["photo.jpg"])
    told = {event.kind for event in panel.life.canvas.events}
    assert {"announced", "travelling", "arrived", "finished", "result", "action", "follow-up", "released"} <= told


def test_a_visit_in_vain_is_noted_with_its_cause_and_found_by_its_chip(
    office: Office, page: VisitsPage, store: Store
) -> None:
    code = visits(store)[-1].request
    go_to(office, page, code)
    press("X", page.visits.table)
    sheet = next(found for found in office.window.findChildren(AbortSheet) if found.isVisible())
    press("Down", sheet.reason)
    type_text("much", sheet.charged)
    click(sheet.keep)
    assert "amount of dollars" in sheet.message.text
    sheet.charged.clear()
    type_text("85", sheet.charged)
    click(sheet.keep)
    settle(office)
    card = stored(store, code)
    assert (card.row.abort_reason, card.charged_cents) == ("wrong address", 8500)
    click(page.visits.strip.stages["aborted"])
    assert [row.key for row in page.visits.model.rows if not row.is_head] == [code]
    bring_forward(office.window)
    press("/", page.visits.table)
    type_text("nobody of this name")
    assert page.visits.empty.isVisible()
    click(button(page.visits.empty, "Clear filters"))
    assert page.visits.table.hasFocus()
    assert len(page.visits.model.rows) > 1


def test_a_result_that_is_typed_outlives_a_look_elsewhere_and_takes_the_place_of_nobody_elses(
    office: Office, page: VisitsPage, store: Store
) -> None:
    code, other = [row.request for row in visits(store) if row.service in SAMPLED and row.order][:2]
    minh = Desk(store, FixedClock(WEDNESDAY), "Minh")
    minh.handle(RecordFinished(code, percent_made=40))
    result = page.visits.panel.result
    go_to(office, page, code)
    click(result.add)
    type_text("open seam")
    go_to(office, page, other)
    assert result.lines == []
    go_to(office, page, code)
    assert (result.lines[0].text.text(), result.dirty) == ("open seam", True)
    minh.handle(RecordResult(code, (DefectEntry("minor", 1, "stain"),)))
    page.refresh()
    settle(office)
    click(result.save_button)
    settle(office)
    assert [defect.text for defect in stored(store, code).result.defects] == ["stain"]
    assert page.visits.panel.message.isVisible()
    click(result.drop_button)
    assert [line.text.text() for line in result.lines] == ["stain"]
    result.lines[0].text.setFocus()
    result.lines[0].text.end(False)
    type_text(", large")
    press("Ctrl+Return", result.lines[0].text)
    settle(office)
    click(result.add)
    type_text("hole")
    click(result.save_button)
    settle(office)
    assert [defect.text for defect in stored(store, code).result.defects] == ["stain, large", "hole"]


def test_a_week_is_listed_with_reports_owed_from_before_and_all_days_where_they_are_asked_for(
    store: Store, qapp: QApplication, look: Look, qtbot: QtBot
) -> None:
    first, second, *others = (row.request for row in visits(store))
    Desk(store, FixedClock(WEDNESDAY), "Lan").handle(RecordFinished(first))
    with office_on(store, qapp, look, pages=(VisitsPage,), now=WEDNESDAY + dt.timedelta(days=7)) as office:
        office.open()
        page = office.window.page
        assert isinstance(page, VisitsPage)
        tab = page.visits
        bring_forward(office.window)
        assert tab.waiting.isVisible()
        settle(office)
        assert not tab.waiting.isVisible()
        assert [row.key for row in tab.model.rows if not row.is_head] == [first]
        assert (tab.strip.overdue.text(), tab.strip.shown.text()) == ("Overdue 1", "1 visit")
        assert tab.table.hasFocus()
        click(tab.strip.spans["today"])
        assert "No visit matches" in tab.empty.text.text()
        page.show_visit(second)
        settle(office)
        assert (tab.strip.span, tab.current and tab.current.request) == ("all", second)
        assert {first, second, *others} <= {row.key for row in tab.model.rows}
        tab.table.choose(first)
        page.refresh()
        settle(office)
        assert tab.current is not None
        assert tab.current.request == first  # who has been gone to is not gone to again
