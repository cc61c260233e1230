"""The production of a request's goods in the panel: curve, facts changed in place, reports, an order where none was."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtWidgets import QWidget

from desktop.app import Office
from desktop.services.bus import Desk
from desktop.services.commands import AddOrder, EditRecord, ReportProgress
from desktop.services.requests.cards import read_card
from desktop.services.requests.forecast import read_production
from desktop.store.engine import Store
from desktop.views.requests.page import RequestsPage
from desktop.views.requests.production_tab import ProductionTab
from tests.helpers.office import NOW
from tests.helpers.windows import button, click, press, settle, type_text
from tests.qt.requests.test_list import click_row

START = NOW.date() - dt.timedelta(days=14)


def opened(page: RequestsPage, office: Office, code: str) -> ProductionTab:
    click_row(page, code)
    settle(office)
    click(button(page.panel, "Production"))
    settle(office)
    tab = page.panel.current_tab
    assert isinstance(tab, ProductionTab)
    return tab


def enter(widget: QWidget, text: str) -> None:
    click(widget)
    press("Ctrl+A", widget)
    type_text(text, widget)
    press("Tab", widget)


@pytest.fixture
def ordered(company_store: Store, colleague: Desk) -> str:
    """An order for N2, a DUPRO: 10,000 pieces at 400 a day, promised far too early."""
    card = read_card(company_store, code="N2")
    colleague.handle_all(
        [
            AddOrder(
                "PO-7", card.values["client"], card.values["factory"], 10_000, product="Silk scarf",
                production_start=START, daily_rate=400.0, ready_date=START + dt.timedelta(days=10),
            ),
            EditRecord("request", "N2", {"order": "PO-7", "earliest": None, "latest": None}),
            ReportProgress("PO-7", NOW.date() - dt.timedelta(days=4), 24.0),
        ],
        "An order",
    )  # fmt: skip
    return "N2"


def test_facts_are_changed_in_place_and_contradictions_mended(
    page: RequestsPage, office: Office, company_store: Store, ordered: str
) -> None:
    settle(office)
    tab = opened(page, office, ordered)
    assert tab.curve.isVisible()
    assert "by production" in tab.window_text.text()
    assert "needs" in tab.hints[0].hint.title
    before = tab.window_text.text()
    enter(tab.facts.entries["daily_rate"], "800")
    settle(office)
    sheet = read_production(company_store, NOW, ordered)
    assert sheet.order is not None
    assert sheet.order.daily_rate == 800.0
    assert tab.window_text.text() != before
    enter(tab.facts.entries["quantity"], "many")
    assert tab.facts.fault.isVisible(), "what cannot be read is said, and nothing stored"
    enter(tab.facts.entries["quantity"], "10,000")
    click(tab.hints[0].buttons[0])
    settle(office)
    mended = read_production(company_store, NOW, ordered)
    assert mended.order is not None
    assert mended.order.ready != sheet.order.ready
    press("Ctrl+Z", office.window)
    settle(office)
    undone = read_production(company_store, NOW, ordered)
    assert undone.order is not None
    assert undone.order.ready == sheet.order.ready


def test_one_fact_after_another_and_what_cannot_be_stored_stays(
    page: RequestsPage, office: Office, company_store: Store, ordered: str
) -> None:
    settle(office)
    tab = opened(page, office, ordered)
    fields = tab.facts.entries
    enter(fields["quantity"], "many")
    enter(fields["daily_rate"], "500")
    enter(fields["quantity"], "12,000")
    enter(fields["daily_rate"], "600")
    settle(office)
    stored = read_production(company_store, NOW, ordered).order
    assert stored is not None
    assert (stored.quantity, stored.daily_rate, tab.message.text) == (12_000, 600.0, "")
    enter(fields["quantity"], "many")
    enter(fields["daily_rate"], "700")
    settle(office)
    assert fields["quantity"].text() == "many"


def test_a_report_moves_the_window_and_is_listed(
    page: RequestsPage, office: Office, company_store: Store, ordered: str
) -> None:
    settle(office)
    tab = opened(page, office, ordered)
    before = tab.window_text.text()
    enter(tab.reports.made, "12 %")
    enter(tab.reports.packed, "60")
    click(tab.reports.add_button)
    settle(office)
    assert "more than percent_made" in tab.reports.fault.text()
    enter(tab.reports.packed, "")
    enter(tab.reports.made, "70 %")
    enter(tab.reports.source, "Ms Wang")
    click(tab.reports.add_button)
    settle(office)
    sheet = read_production(company_store, NOW, ordered)
    assert sheet.order is not None
    assert [(entry.made, entry.source) for entry in sheet.order.reports] == [(24.0, ""), (70.0, "Ms Wang")]
    assert tab.window_text.text() != before
    assert not tab.reports.made.text()


def test_a_request_without_an_order_gets_one(page: RequestsPage, office: Office, company_store: Store) -> None:
    tab = opened(page, office, "N3")
    assert not tab.facts.isVisible()
    enter(tab.new_order.code, "PO-9")
    enter(tab.new_order.quantity, "1,200 pcs")
    click(tab.new_order.create_button)
    settle(office)
    sheet = read_production(company_store, NOW, "N3")
    assert sheet.order is not None
    assert (sheet.order.code, sheet.order.quantity) == ("PO-9", 1200)
    assert tab.facts.isVisible()
