"""The sample in the panel: what is drawn, why so many man-days, and nothing changed unless somebody asks for it."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import Office
from desktop.services.bus import Desk
from desktop.services.commands import AddOrder, EditRecord
from desktop.services.requests.cards import read_card
from desktop.services.requests.sampling import read_sample
from desktop.store.engine import Store
from desktop.views.requests.page import RequestsPage
from desktop.views.requests.sampling_tab import SamplingTab
from scheduler.problem import Mode
from tests.helpers.office import NOW
from tests.helpers.windows import button, click, press, settle, type_text
from tests.qt.requests.test_list import click_row


@pytest.fixture
def tab(company_store: Store, colleague: Desk, page: RequestsPage, office: Office) -> SamplingTab:
    """The tab on N1, a final inspection of 8,600 shirts that was booked for one man-day."""
    card = read_card(company_store, code="N1")
    client, factory = card.values["client"], card.values["factory"]
    order = AddOrder(
        "PO-8", client, factory, 8_600, product="Shirt", production_start=NOW.date() - dt.timedelta(days=9)
    )
    colleague.handle_all([order, EditRecord("request", "N1", {"order": "PO-8"})], "An order")
    click_row(page, "N1")
    settle(office)
    click(button(page.panel, "Sampling"))
    settle(office)
    shown = page.panel.current_tab
    assert isinstance(shown, SamplingTab)
    return shown


def cells(tab: SamplingTab, kind: str) -> tuple[str, ...]:
    return tuple(tab.table.cells[kind, key].text() for key in ("letter", "size", "accept", "reject"))


def test_the_sample_its_reasons_and_the_rules_used(tab: SamplingTab, company_store: Store, office: Office) -> None:
    assert (cells(tab, "critical"), cells(tab, "major")) == (("L", "200", "0", "1"), ("L", "200", "10", "11"))
    assert tab.man_days.text() == "1 man-day"
    assert tab.why_title.text() == "Why 2 man-days?"
    assert tab.offer.isVisible()
    click(tab.use_button)
    settle(office)
    assert read_sample(company_store, NOW, "N1").modes == (Mode(1, 4), Mode(2, 2))
    assert (tab.man_days.text(), tab.offer.isVisible()) == ("2 man-days", False)


def test_a_limit_and_the_goods_change_what_is_drawn(
    tab: SamplingTab, company_store: Store, office: Office, qtbot: QtBot
) -> None:
    major, variants = tab.fields["aql_major"], tab.fields["variants"]
    assert isinstance(major, QComboBox)
    assert isinstance(variants, QLineEdit)
    major.setFocus()
    with qtbot.waitSignal(office.runner.committed):
        qtbot.keyClick(major, Qt.Key.Key_Up)
        major.activated.emit(major.currentIndex())
    settle(office)
    assert cells(tab, "major") == ("L", "200", "7", "8")  # AQL 1.5
    click(variants)
    press("Ctrl+A", variants)
    type_text("25", variants)
    with qtbot.waitSignal(office.runner.committed):
        press("Tab", variants)
    settle(office)
    assert read_sample(company_store, NOW, "N1").variants == 25
    assert tab.why_title.text() == "Why 3 man-days?"
    assert tab.man_days.text() == "1 man-day"


def test_other_man_days_want_a_reason(tab: SamplingTab, company_store: Store, office: Office, qtbot: QtBot) -> None:
    type_text("1.5", tab.other_ways)
    assert not tab.other_button.isEnabled()
    type_text("lit table only until noon", tab.other_reason)
    with qtbot.waitSignal(office.runner.committed):
        click(tab.other_button)
    settle(office)
    sheet = read_sample(company_store, NOW, "N1")
    assert (sheet.man_days, sheet.reason, sheet.may_apply) == (1.5, "lit table only until noon", False)
    assert "because lit table only until noon" in tab.reason_text.text()


def enter(field: QWidget, text: str) -> None:
    click(field)
    press("Ctrl+A", field)
    type_text(text, field)
    press("Tab", field)


def test_one_field_after_another_is_stored_and_nothing_typed_is_lost(
    tab: SamplingTab, company_store: Store, office: Office, page: RequestsPage
) -> None:
    type_text("2", tab.other_ways)
    type_text("narrow", tab.other_reason)
    variants, minutes = tab.fields["variants"], tab.fields["test_minutes"]
    enter(minutes, "45")
    tab.context.runner.handle(tab, EditRecord("request", "N1", {"test_minutes": 60}))  # own, before it is read again
    enter(variants, "25")
    enter(minutes, "90")
    settle(office)
    sheet = read_sample(company_store, NOW, "N1")
    assert (sheet.variants, sheet.test_minutes, tab.message.text) == (25, 90, "")
    assert (tab.other_ways.text(), tab.other_reason.text()) == ("2", "narrow")
    enter(variants, "many")
    settle(office)
    assert isinstance(variants, QLineEdit)
    assert (variants.text(), "many" in tab.message.text) == ("many", True), "what was refused stays, to be mended"
    enter(variants, "-7")
    click_row(page, "N2")  # the answer comes when another is looked at
    settle(office)
    assert tab.message.text == ""


def test_the_chance_of_acceptance_is_one_click_away(tab: SamplingTab, office: Office) -> None:
    dialog = tab.open_curve()
    assert dialog is not None
    settle(office)
    shown = {key: label.text() for key, label in dialog.cells.items()}
    assert (shown[0.025, "Major"], shown[0.05, "Major"], shown[0.10, "Major"]) == ("99 %", "58 %", "< 1 %")
    assert "Major: 99 % accepted at the limit of 2.5 %" in dialog.curve.accessibleName()
    dialog.close()
