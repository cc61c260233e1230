"""Dispatch by mouse and keyboard: what is to be sent, what was sent, who has answered, what is published."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.app import Office
from desktop.itemmodels.list_table import Cell, Column, ListTableModel, TableRow
from desktop.services.commands import CancelRequest, EditRecord
from desktop.services.dispatching import outbox
from desktop.services.dispatching.due import DueNotice, due_notices
from desktop.services.dispatching.mail import read_mail
from desktop.services.dispatching.sent import confirmations, sent_messages
from desktop.services.history import history
from desktop.services.planning.news_rows import draft_news
from desktop.services.words import count
from desktop.store.engine import Store
from desktop.views.dispatch.mail_sheet import MailSheet
from desktop.views.dispatch.page import DispatchPage
from desktop.views.dispatch.publish_sheet import PublishSheet
from desktop.views.look import Look
from tests.helpers.office import NOW, office_on
from tests.helpers.windows import bring_forward, button, click, press, settle, type_text


def first(page: DispatchPage) -> DueNotice:
    """Go to the first message for an inspector."""
    row = next(row for row in page.due.model.rows if isinstance(row.value, DueNotice) and row.value.to.inspector)
    assert page.due.table.choose(row.key)
    assert isinstance(row.value, DueNotice)
    return row.value


def refused_without_a_server(office: Office, page: DispatchPage, qtbot: QtBot) -> None:
    """It is said, with the way to the settings."""
    due, store = page.due, office.store
    press("Ctrl+Return", due.table)
    qtbot.waitUntil(lambda: not page.outbox.is_running)
    assert "No mail server is set up" in due.message.text
    click(button(due.message, "Mail settings"))
    settle(office)
    sheet = next(found for found in office.window.findChildren(MailSheet) if found.isVisible())
    for field, text in ((sheet.host, "mail.example.com"), (sheet.address, "desk@example.com")):
        field.setFocus()
        type_text(text)
    click(sheet.keep)
    settle(office)
    assert (read_mail(store).host, read_mail(store).sender) == ("mail.example.com", "desk@example.com")


def test_a_day_is_ticked_read_and_sent(
    office: Office, page: DispatchPage, store: Store, tmp_path: Path, qtbot: QtBot
) -> None:
    total, due, panel = len(due_notices(store, NOW)), page.due, page.due.panel
    assert due.strip.span == "soon", "today and tomorrow, of weeks that are announced"
    click(due.strip.spans["all"])
    settle(office)
    assert page.bar.tabs["due"].text() == f"To send {total}"

    # a click on the box of a head ticks its day; keys tick all, and take one away
    box = due.table.visualRect(due.model.index(0, 0))
    click(due.table.viewport(), QPoint(box.left() + 14, box.center().y()))
    day = len(due.model.ticked)
    assert 0 < day < total
    assert due.buttons["send"].text() == f"Send {day}"
    press("Ctrl+A", due.table)
    due.table.choose(due.model.rows[1].key)
    press("Space", due.table)
    assert len(due.model.ticked) == total - 1
    due.model.tick(())

    # the message in another language; the number only when it is asked for
    notice = first(page)
    settle(office)
    before = panel.text.toPlainText()
    assert notice.request in before
    press("Down", panel.language)
    settle(office)
    panel.language.activated.emit(panel.language.currentIndex())
    settle(office)
    assert panel.text.toPlainText() != before
    assert notice.phone not in panel.contact.said.text()
    click(panel.contact.reveal)
    assert notice.phone in panel.contact.said.text()

    # work sheet and calendar file for who hands them over by himself
    page.ways.write_papers(str(tmp_path))
    qtbot.waitUntil(lambda: not page.outbox.is_running)
    settle(office)
    assert {path.suffix for path in tmp_path.iterdir()} >= {".ics", ".pdf"}
    assert [message.channel for message in sent_messages(store)] == ["pdf"]
    assert office.window.context.actions.action("dispatch.stop").isEnabled() is False
    notice = first(page)
    settle(office)

    # into files, then changed: what was told is struck, and the same calendar entry is told again
    page.ways.write_mail(str(tmp_path))
    qtbot.waitUntil(lambda: not page.outbox.is_running)
    settle(office)
    assert {path.suffix for path in tmp_path.iterdir()} >= {".eml", ".ics", ".pdf"}
    assert sent_messages(store)[0].to == notice.to
    office.runner.handle(page, EditRecord("factory", notice.factory, {"address": "99 Moved Road, Ningbo"}))
    settle(office)
    updated = first(page)
    assert (updated.to, updated.kind, updated.sequence) == (notice.to, "update", 1)
    settle(office)
    assert "<s " in panel.new.text()
    assert "99 Moved Road" in panel.new.text()

    refused_without_a_server(office, page, qtbot)


def test_messages_go_out_lot_by_lot_and_not_twice(
    page: DispatchPage, store: Store, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "NOTED_AT_ONCE", 2)
    everybody = [notice.to for notice in due_notices(store, NOW)][:5]
    page.outbox.advanced.connect(page.outbox.stop)
    page.outbox.write(everybody, tmp_path)
    qtbot.waitUntil(lambda: not page.outbox.is_running)
    sent = [message.to for message in sent_messages(store)]
    assert 0 < len(sent) <= 2, "a lot ends where it is told to, and no other begins"

    page.outbox.advanced.disconnect(page.outbox.stop)
    for _ in range(2):  # the second time by a list that is not read again yet
        page.outbox.write(everybody, tmp_path)
        qtbot.waitUntil(lambda: not page.outbox.is_running)
    assert sorted(message.to for message in sent_messages(store)) == sorted(everybody)
    assert "somebody has told them meanwhile" in page.due.message.text
    labels = {entry.label for entry in history(store) if entry.label.startswith("Send ")}
    assert labels <= {f"Send {count(number, 'message')}" for number in range(1, 3)}


def test_texts_are_copied_and_answers_noted_by_keys(office: Office, page: DispatchPage, store: Store) -> None:
    click(page.due.strip.spans["all"])
    settle(office)
    page.due.model.tick([row.key for row in page.due.model.rows if not row.is_head][:3])
    wanted = {notice.to for notice in page.due.wanted}
    page.due.table.setFocus()
    press("Ctrl+Shift+C")
    settle(office)
    assert all(to.request in QApplication.clipboard().text() for to in wanted)
    assert not wanted & {notice.to for notice in due_notices(store, NOW)}
    press("]")
    settle(office)
    assert page.shown == "sent"
    assert page.sent.panel.text.toPlainText() in QApplication.clipboard().text()
    press("]")
    settle(office)
    answers = page.answers
    assert answers.open_number == 3
    assert answers.current is not None
    yes = answers.current.to
    press("Y", answers.table)
    settle(office)
    no = answers.current.to
    assert no != yes
    press("N", answers.table)
    assert "Say in a word why" in answers.panel.trouble.text
    type_text("goods are late")
    click(answers.panel.buttons["decline"])
    settle(office)
    found = {entry.to: (entry.answer, entry.answer_note) for entry in confirmations(store, NOW)}
    assert found[yes] == ("confirmed", "")
    assert found[no] == ("declined", "goods are late")
    assert page.bar.tabs["answers"].text() == "Answers 1"


def test_a_day_of_the_draft_is_published_and_leads_to_its_messages(
    company_store: Store, qapp: QApplication, look: Look, qtbot: QtBot
) -> None:
    with office_on(company_store, qapp, look, pages=(DispatchPage,)) as office:
        office.open()
        bring_forward(office.window)
        settle(office)
        page = office.window.page
        assert isinstance(page, DispatchPage)
        assert page.due.number == 0
        press("Ctrl+Shift+A", office.window)
        settle(office)
        sheet = next(found for found in office.window.findChildren(PublishSheet) if found.isVisible())
        news = draft_news(company_store).rows
        day = {row.request for row in sheet.ticked}
        assert 0 < len(day) < len(news)
        assert f"{len(day)} for the first time" in sheet.says.text()

        # the draft changes under the sheet: what is announced is what it shows, and nothing unseen stays ticked
        gone, moved = sorted(day)[:2]
        office.runner.handle(page, CancelRequest(gone))
        settle(office)
        assert {row.request for row in sheet.ticked} == day - {gone}
        service = next(row.service for row in news if row.request == moved)
        office.runner.handle(page, EditRecord("request", moved, {"service": "PSI" if service != "PSI" else "DUPRO"}))
        settle(office)
        day -= {gone, moved}
        assert {row.request for row in sheet.ticked} == day
        assert "not ticked any more" in sheet.message.text
        news = draft_news(company_store).rows
        with qtbot.waitSignal(office.runner.committed):
            click(sheet.publish_button)
        settle(office)
        assert day == {row.request for row in news} - {row.request for row in draft_news(company_store).rows}
        assert {notice.request for notice in page.due.wanted} == day
        notices = due_notices(company_store, NOW)
        assert page.due.number == len(notices)

        # of what the list had before the announcement, only a part of its messages is ticked: the new list has them all
        code = notices[0].request
        page.due.show_notices(tuple(row for row in notices if row.request != code or row.to.party == "client"))
        page.due.tick_requests({code})
        page.due.search("")
        page.due.show_notices(notices)
        assert {row.to for row in page.due.wanted} == {row.to for row in notices if row.request == code}


def test_a_list_of_ticks_keeps_what_qt_asks_of_it(qtmodeltester: ModelTester) -> None:
    model = ListTableModel((Column("a", "A", 10, 20), Column("b", "B", 10, 20)))
    rows = [TableRow("head", (Cell("Head"),), None, True, True)]
    rows += [TableRow(str(n), (Cell(f"{n}"), Cell("<b>x", was="y")), n, may_tick=True) for n in range(3)]
    model.show_rows(rows)
    qtmodeltester.check(model)
    assert model.index(1, 1).data(Qt.ItemDataRole.ToolTipRole) == "<span>(y) &lt;b&gt;x</span>"
    model.toggle(0)
    assert [row.value for row in model.ticked] == [0, 1, 2]
    model.toggle(2)
    assert model.state_of(0) == Qt.CheckState.PartiallyChecked
    model.show_rows(rows[:3])
    assert [row.value for row in model.ticked] == [0]
