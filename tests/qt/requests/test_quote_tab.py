"""The quote in the panel: what it costs the client, what is left for the house, text, paper and rates."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.app import Office
from desktop.services.bus import Desk
from desktop.services.commands import EditRecord, SetExchangeRate
from desktop.services.requests.quoting import read_rates
from desktop.store.engine import Store
from desktop.views.requests.page import RequestsPage
from desktop.views.requests.quote_tab import QuoteTab
from tests.helpers.office import NOW
from tests.helpers.windows import button, click, settle, type_text, work
from tests.qt.requests.test_list import click_row


@pytest.fixture
def tab(colleague: Desk, page: RequestsPage, office: Office, qtbot: QtBot) -> QuoteTab:
    """The tab on N1, a final inspection of one man-day; a dollar buys 25,400 dong."""
    colleague.handle(SetExchangeRate("VND", NOW.date(), 25_400.0))
    click_row(page, "N1")
    settle(office)
    click(button(page.panel, "Quote"))
    settle(office)
    shown = page.panel.current_tab
    assert isinstance(shown, QuoteTab)
    found(shown, office, qtbot)
    return shown


def found(tab: QuoteTab, office: Office, qtbot: QtBot) -> None:
    """Wait for the slot, and for the quote that has it."""
    qtbot.waitUntil(lambda: not tab.search.is_seeking)
    settle(office)


def test_the_slot_is_sought_once_and_only_for_who_looks(
    tab: QuoteTab, page: RequestsPage, office: Office, qtbot: QtBot, colleague: Desk
) -> None:
    assert tab.sheet is not None
    slot = tab.sheet.slot
    with qtbot.assertNotEmitted(tab.search.found):
        qtbot.keyClick(tab.same_day, Qt.Key.Key_Space)
        tab.context.runner.handle(tab, SetExchangeRate("EUR", NOW.date(), 0.9))
        settle(office)
        assert not tab.search.is_seeking
    assert tab.sheet.slot is slot
    with qtbot.waitSignal(tab.search.found, check_params_cb=lambda code, _: code == "N1"):
        tab.context.runner.handle(tab, EditRecord("request", "N1", {"note": "gate 2"}))
    with qtbot.assertNotEmitted(tab.search.found):
        click_row(page, "N2")
        work(0)
        click(button(page.panel, "Booking"))
        assert not tab.search.is_seeking
        settle(office)
    with qtbot.waitSignal(tab.search.found, check_params_cb=lambda code, _: code == "N2"):
        click(button(page.panel, "Quote"))


def test_lines_total_and_margin(tab: QuoteTab, office: Office, qtbot: QtBot) -> None:
    said = [label.text() for label in tab.line_labels]
    assert said == ["1 man-day at USD 300.00", "USD 300.00"]
    assert tab.sheet is not None
    assert tab.sheet.slot is not None
    assert tab.sheet.margin_cents == 30_000 - tab.sheet.slot.cost_cents
    assert tab.margin.text().startswith("Margin USD ")
    qtbot.keyClick(tab.same_day, Qt.Key.Key_Space)
    settle(office)
    assert tab.total.text() == "USD 330.00"


def test_another_currency_and_one_without_a_rate(tab: QuoteTab, office: Office, qtbot: QtBot) -> None:
    tab.currency.setFocus()
    for _ in range(4):
        qtbot.keyClick(tab.currency, Qt.Key.Key_Down)
    tab.currency.activated.emit(tab.currency.currentIndex())
    settle(office)
    assert tab.total.text() == "VND 7,620,000"
    assert tab.currency.itemText(3) == "CNY, no rate yet"
    qtbot.keyClick(tab.currency, Qt.Key.Key_Up)
    tab.currency.activated.emit(tab.currency.currentIndex())
    settle(office)
    assert "What CNY is worth" in tab.message.text
    assert not tab.pdf_button.isEnabled()


def test_as_text_and_on_paper_without_what_is_not_the_clients(
    tab: QuoteTab, tmp_path: Path, office: Office, qtbot: QtBot
) -> None:
    qtbot.mouseClick(tab.copy_button, Qt.MouseButton.LeftButton)
    text = QGuiApplication.clipboard().text()
    assert "Total" in text
    assert "USD 300.00" in text
    assert "argin" not in text
    assert tab.sheet is not None
    tab.save_pdf(tab.sheet, str(tmp_path / "quote.pdf"))
    settle(office)
    assert (tmp_path / "quote.pdf").read_bytes().startswith(b"%PDF")
    (tmp_path / "taken.pdf").mkdir()
    tab.save_pdf(tab.sheet, str(tmp_path / "taken.pdf"))
    settle(office)
    assert "taken.pdf" in tab.message.text


def test_rates_are_set_and_taken_away(tab: QuoteTab, company_store: Store, office: Office, qtbot: QtBot) -> None:
    dialog = tab.open_rates()
    settle(office)
    type_text("PSI", dialog.service)
    type_text("310.50", dialog.amount)
    with qtbot.waitSignal(office.runner.committed):
        click(dialog.add_rate)
    settle(office)
    assert [rate.cents for rate in read_rates(company_store).rates] == [31_050]
    assert tab.total.text() == "USD 310.50"
    dialog.exchange.selectRow(0)
    with qtbot.waitSignal(office.runner.committed):
        click(dialog.remove_exchange)
    settle(office)
    assert read_rates(company_store).exchange == ()
    type_text("much", dialog.units)
    click(dialog.add_exchange)
    assert "much" in dialog.message.text
    dialog.close()
