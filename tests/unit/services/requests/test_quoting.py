"""Quotes of stored requests: whose rate, which day's exchange, what the cheapest slot leaves; rates set and undone."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.errors import BadInputError, ConflictError, NotFoundError
from desktop.services.commands import (
    AddRequest,
    CancelRequest,
    ChangeSetting,
    SetClientRate,
    SetExchangeRate,
    SetProductionWindow,
)
from desktop.services.exchange import import_file
from desktop.services.requests.quoting import Wish, as_text, quote_with_slot, read_quote, read_rates
from desktop.services.requests.slot import Slot, cheapest_slot
from desktop.store.engine import Store
from scheduler.problem import Mode
from tests.helpers.company import MONDAY, NOW, desk_of, request

TODAY = NOW.date()


def test_rates_are_set_changed_removed_and_undone(company: Store) -> None:
    desk = desk_of(company)
    desk.handle(SetClientRate(31_000, "USD", "C1", country="cn"))
    assert desk.handle(SetClientRate(32_000, "EUR", "C1", country="CN")).label == (
        "Set man-day rate of C1, CN to EUR 320.00"
    )
    desk.handle(SetExchangeRate("eur", TODAY, 0.9))
    told = desk.handle(SetExchangeRate("EUR", TODAY + dt.timedelta(days=7), 9.0)).messages
    assert told == ("It was 0.9 from Mon 23 Nov 2026: check the figure.",)
    kept = read_rates(company)
    assert [(rate.cents, rate.currency, rate.whose) for rate in kept.rates] == [(32_000, "EUR", "C1, CN")]
    assert [row.units_per_dollar for row in kept.exchange] == [9.0, 0.9]
    desk.undo()
    desk.handle(SetClientRate(None, client="C1", country="CN"))
    assert read_rates(company).rates == ()
    desk.undo()
    assert len(read_rates(company).rates) == 1


def test_two_rates_of_the_house_never_stand_beside_one_another(company: Store) -> None:
    desk = desk_of(company)
    desk.handle(SetClientRate(30_000))
    removed = desk.handle(SetClientRate(None))
    desk.handle(SetClientRate(31_000))
    assert removed.inverse is not None
    with pytest.raises(ConflictError, match="Another client rate has taken the place"):
        desk.handle(removed.inverse)
    desk.handle(SetClientRate(32_000))
    assert [rate.cents for rate in read_rates(company).rates] == [32_000]
    desk.handle(SetProductionWindow(None, None, 20.0, 60.0))
    removed = desk.handle(SetProductionWindow(None, None, None, None))
    desk.handle(SetProductionWindow(None, " ", 30.0, 60.0))
    assert removed.inverse is not None
    with pytest.raises(ConflictError, match="Another production window has taken the place"):
        desk.handle(removed.inverse)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (SetClientRate(0), "USD 0.00 cannot be sold"),
        (SetClientRate(100, "GBP"), 'no quotes in "GBP"'),
        (SetClientRate(100, country="China"), '"China" is not a country'),
        (SetExchangeRate("USD", TODAY, 1.0), "A dollar buys one dollar"),
        (SetExchangeRate("EUR", TODAY, float("nan")), "cannot buy nan EUR"),
    ],
)
def test_rates_that_cannot_be(company: Store, command: SetClientRate | SetExchangeRate, said: str) -> None:
    with pytest.raises(BadInputError, match=said):
        desk_of(company).handle(command)
    with pytest.raises(NotFoundError):
        desk_of(company).handle(SetClientRate(100, client="C99"))


def test_the_rate_of_the_quotes_day_holds(company: Store) -> None:
    desk = desk_of(company)
    for days, units in ((-20, 0.8), (-1, 0.9), (1, 0.5)):
        desk.handle(SetExchangeRate("EUR", TODAY + dt.timedelta(days=days), units))
    sheet = read_quote(company, NOW, "R1", Wish("EUR"))
    assert (sheet.quote.currency, sheet.quote.lines[0].cents) == ("EUR", 27_000)
    assert [row.date for row in sheet.exchange] == [TODAY - dt.timedelta(days=1)]
    assert sheet.offered == ("USD", "EUR")
    with pytest.raises(BadInputError, match="What CNY is worth on Mon 23 Nov 2026 is not known"):
        read_quote(company, NOW, "R1", Wish("CNY"))


def test_margin_by_the_cheapest_slot(company: Store) -> None:
    desk_of(company).handle(ChangeSetting("quote", {"bills_travel": True}))
    sheet = quote_with_slot(company, NOW, "R6")  # left out of P1
    slot = sheet.slot
    assert slot is not None
    assert (slot.plan, slot.is_planned, len(slot.people)) == ("P1", False, slot.crew)
    assert slot.work_cents > 0
    assert sheet.margin_cents == sheet.total_dollars - slot.cost_cents
    billed = {line.text: line.cents for line in sheet.quote.lines}
    assert billed.get("Travel", 0) == slot.travel_cents
    text = as_text(sheet)
    assert "Total" in text
    assert slot.people[0] not in text


def test_a_booking_in_the_inbox_has_a_slot_and_a_closed_one_none(company: Store) -> None:
    desk = desk_of(company)
    desk.handle(replace(request(9), code="N1", status="new", modes=(Mode(1, 2),)))
    found = cheapest_slot(company, NOW, "N1")
    assert isinstance(found, Slot)
    assert MONDAY <= found.first_day <= MONDAY + dt.timedelta(days=5)
    far = AddRequest("N2", "C1", "F1", "PSI", "textile", 1, (Mode(1, 2),))
    desk.handle(replace(far, earliest=dt.date(2027, 3, 1), latest=dt.date(2027, 3, 5)))
    beside = cheapest_slot(company, NOW, "N2")
    assert isinstance(beside, Slot)
    assert beside.plan == ""
    desk.handle(CancelRequest("N1"))
    assert cheapest_slot(company, NOW, "N1") == "N1 is cancelled"


def test_no_slot_lies_on_a_day_that_is_over(company: Store) -> None:
    thursday = NOW + dt.timedelta(days=10)
    first = cheapest_slot(company, NOW, "R6")
    found = cheapest_slot(company, thursday, "R6")
    assert isinstance(first, Slot)
    assert isinstance(found, Slot)
    assert (first.first_day, found.plan) == (MONDAY, "P1")
    assert found.first_day >= thursday.date()
    assert cheapest_slot(company, NOW + dt.timedelta(days=40), "R6") == "its window is over"


def test_a_sunday_and_a_late_booking_cost_more(company: Store) -> None:
    sunday = MONDAY + dt.timedelta(days=6)
    slot = Slot(("Inspector 1",), sunday, sunday, ((sunday, 2),), 1, 6_000, 0, 0, False, "P1")
    lines = {line.text: line.cents for line in read_quote(company, NOW, "R1", slot=slot).quote.lines}
    assert lines["1 man-day on a Sunday or holiday at USD 100.00"] == 10_000
    hurried = replace(slot, first_day=TODAY + dt.timedelta(days=1), half_days=((TODAY + dt.timedelta(days=1), 2),))
    lines = {line.text: line.cents for line in read_quote(company, NOW, "R1", slot=hurried).quote.lines}
    assert lines["Booking for the next day"] == 10_000


def test_rates_come_from_a_sheet(company: Store, tmp_path: Path) -> None:
    path = tmp_path / "rates.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        heads = ["Client", "Service", "Country", "Area", "Currency", "A man-day"]
        csv.writer(file).writerows([heads, ["C1", "", "CN", "", "CNY", "2100"]])
    import_file(desk_of(company), path, kind="rate")
    kept = read_rates(company).rates
    assert [(rate.cents, rate.currency, rate.whose) for rate in kept] == [(210_000, "CNY", "C1, CN")]
