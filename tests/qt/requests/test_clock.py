"""The clock and the DUPRO card of a request in the window."""

from __future__ import annotations

from desktop.app import Office
from desktop.itemmodels.request_table import PLACE_OF
from desktop.services.bus import Desk
from desktop.services.commands import ChangeSetting, EditRecord
from desktop.services.requests.reading import read_one, read_open
from desktop.services.requests.risk import read_risk
from desktop.services.requests.rows import RequestRow
from desktop.store.engine import Store
from desktop.views.requests.page import RequestsPage
from tests.helpers.office import NOW
from tests.helpers.windows import click, settle, type_text
from tests.qt.requests.test_list import click_row, codes


def an_order(store: Store) -> RequestRow:
    return next(
        row for row in read_open(store, NOW) if row.order and row.service == "DUPRO" and row.status == "planned"
    )


def look_at(page: RequestsPage, office: Office, code: str) -> None:
    page.list.show_code(code)
    settle(office)
    click_row(page, code)
    settle(office)


def test_a_stopped_clock_says_why_and_runs_when_that_is_known(
    page: RequestsPage, office: Office, colleague: Desk, company_store: Store
) -> None:
    row = an_order(company_store)
    colleague.handle(EditRecord("request", row.code, {"due": None}))
    colleague.handle(EditRecord("factory", row.factory.code, {"phone": ""}))
    page.refresh()
    settle(office)
    look_at(page, office, row.code)
    cell = page.list.table.index(codes(page).index(row.code), PLACE_OF["target"])
    assert cell.data() == "no phone"
    assert page.panel.clock.chip.text() == "clock stopped"

    fill = page.editor.missing
    assert fill.isVisible()
    fill.entries["factory.phone"].setFocus()
    type_text("+86 100 1")
    click(fill.save)
    settle(office)
    assert not fill.isVisible()
    assert page.panel.clock.text.text().startswith("On site by")
    assert cell.data().endswith((" h", " d"))
    assert read_one(company_store, NOW, row.code).missing == ()


def test_stopped_clocks_are_counted_and_found_by_their_chip(page: RequestsPage, office: Office) -> None:
    chip = page.list.strip.chips["stopped"]
    assert chip.text() == "1 clock stopped"
    click(chip)
    settle(office)
    assert codes(page) == ["N3"]
    assert chip.isChecked()
    click(chip)
    settle(office)
    assert len(codes(page)) == 3


def test_the_card_scores_what_is_entered(
    page: RequestsPage, office: Office, colleague: Desk, company_store: Store
) -> None:
    row = an_order(company_store)
    colleague.handle(EditRecord("order", row.order, {"value_cents": None, "standards": (), "is_new_product": False}))
    look_at(page, office, row.code)
    card = page.editor.dupro
    before = read_risk(company_store, NOW, row.code).assessment
    assert card.isVisible()
    assert card.score.text().startswith(f"{before.score} ")

    page.panel.fields.ensureWidgetVisible(card)
    card.value.setFocus()
    type_text("250,000")
    click(card.is_new)
    settle(office)
    click(card.standards.chip("CE"))
    settle(office)
    found = read_risk(company_store, NOW, row.code)
    assert (found.value_cents, found.is_new_product, found.standards) == (25_000_000, True, ("CE",))
    assert found.assessment.score == before.score + 20 + 20 + 10
    assert card.score.text().startswith(f"{found.assessment.score} ")

    card.value.setFocus()
    card.value.selectAll()
    type_text("much")
    card.is_new.setFocus()
    settle(office)
    assert '"much"' in card.fault.text()


def test_the_card_begins_a_request_for_the_same_order(
    page: RequestsPage, office: Office, colleague: Desk, company_store: Store
) -> None:
    row = an_order(company_store)
    facts = {"value_cents": 90_000_000, "standards": ("CE", "FDA"), "is_new_product": True, "variants": 12}
    colleague.handle(EditRecord("order", row.order, facts))
    colleague.handle(ChangeSetting("risk", {"dupro_from": 30, "monitoring_from": 40}))
    look_at(page, office, row.code)
    card = page.editor.dupro
    wanted = read_risk(company_store, NOW, row.code).to_book
    assert wanted == "MONITORING"
    page.panel.fields.ensureWidgetVisible(card.book)
    click(card.book)
    settle(office)
    form = page.panel.form
    assert page.editor.kind == "new"
    assert (form.rows["order"].entry.raw(), form.rows["service"].entry.raw()) == (row.order, wanted)
    assert form.rows["earliest"].entry.raw() == ""
    assert not card.isVisible()
