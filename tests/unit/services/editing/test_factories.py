"""Clients, factories and orders by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from desktop.errors import BadInputError, RefusedError
from desktop.models import Client, Factory, Order, ProductionWindow
from desktop.services.commands import (
    AddClient,
    AddFactory,
    AddOrder,
    CloseFactory,
    Command,
    EditRecord,
    OpenFactory,
    ReportProgress,
    SetProductionWindow,
)
from desktop.store.engine import Store
from tests.helpers.company import MONDAY, desk_of, factory, found_company

DAY = dt.timedelta(days=1)


def edit(store: Store, kind: str, record: str, **values: Any) -> tuple[str, ...]:  # noqa: ANN401
    return desk_of(store).handle(EditRecord(kind, record, values)).messages


def the_factory(store: Store, code: str = "F1") -> Factory:
    with store.session() as session:
        record = session.scalars(select(Factory).where(Factory.code == code)).one()
        _ = record.closures
        return record


def the_order(store: Store, code: str = "O1") -> Order:
    with store.session() as session:
        record = session.scalars(select(Order).where(Order.code == code)).one()
        _ = record.progress
        return record


def closings(store: Store) -> list[tuple[int, int]]:
    """The closings of F1 as days from the Monday."""
    rows = the_factory(store).closures
    return sorted(((row.first_date - MONDAY).days, (row.last_date - MONDAY).days) for row in rows)


# -- clients -----------------------------------------------------------------------------------------------------------


def test_a_client_is_added_and_edited(any_store: Store) -> None:
    desk = desk_of(any_store)
    desk.handle(AddClient("C1", " Nordlicht ", email="an@example.com", country="de"))
    edit(any_store, "client", "C1", contact="An", code="C7")
    with any_store.session() as session:
        client = session.scalars(select(Client)).one()
    assert (client.code, client.name, client.contact, client.country) == ("C7", "Nordlicht", "An", "DE")
    with pytest.raises(RefusedError, match="There is a client C7 already"):
        desk.handle(AddClient("C7", "Again"))


# -- factories ---------------------------------------------------------------------------------------------------------


def test_a_factory_without_a_place_is_kept_and_said_to_have_none(any_store: Store) -> None:
    outcome = desk_of(any_store).handle(AddFactory("F1", "嘉禾制衣", "广东省", "cn", address="no. 5"))
    (said,) = outcome.messages
    assert said.startswith("Factory F1 is not placed yet: no visit can be planned there. Only the province is known")
    record = the_factory(any_store)
    assert (record.lat, record.precision, record.country, record.time_zone) == (None, "none", "CN", "Asia/Shanghai")


def test_a_factory_is_placed_by_its_address_where_that_leaves_no_doubt(company: Store) -> None:
    desk = desk_of(company)
    outcome = desk.handle(AddFactory("F9", "Kite", "广东省", "CN", address="Long Gang Qu, Shen Zhen"))
    assert outcome.messages[0].startswith("Factory F9 is placed in 广东省深圳市龙岗区, known to the district")
    record = the_factory(company, "F9")
    assert (record.precision, round(record.lat or 0), round(record.lon or 0)) == ("district", 23, 114)


def test_a_factory_that_may_lie_in_two_cities_is_placed_when_its_address_tells_more(company: Store) -> None:
    desk = desk_of(company)
    outcome = desk.handle(AddFactory("F9", "Kite", "CN", "CN", address="8 Example Road, Suzhou"))
    assert "It may be 江苏省苏州市 or 安徽省宿州市" in outcome.messages[0]
    assert the_factory(company, "F9").lat is None
    said = edit(company, "factory", "F9", address="8 Example Road, Suzhou, Jiangsu")
    assert "is placed in 江苏省苏州市, known to the city" in said[0]
    assert the_factory(company, "F9").precision == "city"
    edit(company, "factory", "F9", lat=None, lon=None)
    assert the_factory(company, "F9").lat is None


def test_a_place_entered_by_hand_is_that_of_the_address(company: Store) -> None:
    desk_of(company).handle(replace(factory(9), precision="none"))
    assert the_factory(company, "F9").precision == "address"
    edit(company, "factory", "F9", lat=None, lon=None)
    assert the_factory(company, "F9").precision == "none"
    edit(company, "factory", "F9", lat="22.6", lon="113.5")
    assert the_factory(company, "F9").precision == "address"
    edit(company, "factory", "F9", precision="city")
    assert the_factory(company, "F9").precision == "city"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"lon": None}, "lon is missing while lat is given"),
        ({"lat": None}, "lat is missing while lon is given"),
        ({"country": "US", "time_zone": ""}, "cannot be stored without a time zone: US has no single one"),
    ],
)
def test_a_factory_that_is_half_described(company: Store, values: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInputError, match=said):
        desk_of(company).handle(replace(factory(9), **values))


# -- closings ----------------------------------------------------------------------------------------------------------


def test_closes_once(any_store: Store) -> None:
    found_company(any_store)
    desk = desk_of(any_store)
    label = desk.handle(CloseFactory("F1", MONDAY, MONDAY + 9 * DAY, "stocktaking")).label
    assert label == "Close F1, Mon 30 Nov 2026 to Wed 9 Dec 2026"
    again = desk.handle(CloseFactory("F1", MONDAY + DAY, MONDAY + 3 * DAY))
    assert (again.change_id, again.messages) == (None, ("F1 is closed on these days already.",))
    with pytest.raises(BadInputError, match="last_date is 2026-11-29, before first_date, 2026-11-30"):
        desk.handle(CloseFactory("F1", MONDAY, MONDAY - DAY))
    assert closings(any_store) == [(0, 9)]


@pytest.mark.parametrize(
    ("first", "last", "left"),
    [
        (4, 5, [(0, 3), (6, 9)]),
        (0, 2, [(3, 9)]),
        (-3, 2, [(3, 9)]),
        (7, 9, [(0, 6)]),
        (7, 20, [(0, 6)]),
        (-1, 10, []),
        (0, 9, []),
        (10, 12, [(0, 9)]),
    ],
)
def test_opening_cuts_closings(company: Store, first: int, last: int, left: list[tuple[int, int]]) -> None:
    desk = desk_of(company)
    desk.handle(CloseFactory("F1", MONDAY, MONDAY + 9 * DAY))
    desk.handle(OpenFactory("F1", MONDAY + first * DAY, MONDAY + last * DAY))
    assert closings(company) == left


def test_opening_says_what_it_cannot_open(company: Store) -> None:
    outcome = desk_of(company).handle(OpenFactory("F1", MONDAY, MONDAY + 6 * DAY))
    assert outcome.messages == (
        "F1 had no closing on these days.",
        "Its weekly closing days stay closed: 1 weekday of these days.",
    )
    assert desk_of(company).handle(OpenFactory("F1", MONDAY, MONDAY + 5 * DAY)).messages == (
        "F1 had no closing on these days.",
    )


# -- orders ------------------------------------------------------------------------------------------------------------


def test_an_order_is_added_and_edited(any_store: Store) -> None:
    found_company(any_store)
    desk_of(any_store).handle(AddOrder("O9", "C1", "F2", 500, product="bag", daily_rate=25))
    edit(any_store, "order", "O9", factory="F3", ready_date="2026-12-20")
    order = the_order(any_store, "O9")
    assert (order.factory_id, order.ready_date) == (the_factory(any_store, "F3").id, dt.date(2026, 12, 20))


def test_an_order_is_not_ready_before_it_is_begun(company: Store) -> None:
    with pytest.raises(BadInputError, match="ready_date is 2026-11-08, before production_start, 2026-11-09"):
        edit(company, "order", "O1", ready_date="2026-11-08")


def test_an_order_with_requests_keeps_its_factory(company: Store) -> None:
    with pytest.raises(RefusedError, match=r"Order O1 has 1 request \(R1\): its factory stays"):
        edit(company, "order", "O1", factory="F2")
    edit(company, "order", "O1", factory="F1", quantity=7)


# -- progress ----------------------------------------------------------------------------------------------------------

FRIDAY_BEFORE = MONDAY - 10 * DAY


def test_a_second_report_of_a_day_replaces_the_first(any_store: Store) -> None:
    found_company(any_store)
    desk = desk_of(any_store)
    desk.handle(ReportProgress("O1", FRIDAY_BEFORE, 20, 5, "factory"))
    desk.handle(ReportProgress("O1", FRIDAY_BEFORE, 25, 5, "inspector"))
    reports = the_order(any_store).progress
    assert [(row.percent_made, row.percent_packed, row.source) for row in reports] == [(25, 5, "inspector")]


def test_less_than_before_is_said(company: Store) -> None:
    desk = desk_of(company)
    desk.handle(ReportProgress("O1", FRIDAY_BEFORE, 40))
    outcome = desk.handle(ReportProgress("O1", FRIDAY_BEFORE + DAY, 30))
    assert outcome.messages[0] == "40 % had been reported on Fri 20 Nov 2026: more than now."


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (ReportProgress("O1", FRIDAY_BEFORE, 101), "percent_made is 101; it should be between 0 and 100"),
        (ReportProgress("O1", FRIDAY_BEFORE, float("nan")), "percent_made is nan"),
        (ReportProgress("O1", FRIDAY_BEFORE, 20, 30), "percent_packed is 30, more than percent_made, 20"),
        (ReportProgress("O1", MONDAY, 20), "reported_on is 2026-11-30; it is 2026-11-23 there today"),
    ],
)
def test_a_report_that_cannot_be(company: Store, command: Command, said: str) -> None:
    with pytest.raises(BadInputError, match=said):
        desk_of(company).handle(command)


# -- production windows ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("client", "product", "whose"),
    [(None, None, "the house"), ("C1", None, "C1"), (None, "bag", "bag"), ("C1", "bag", "C1 bag")],
)
def test_windows_of_anybody(any_store: Store, client: str | None, product: str | None, whose: str) -> None:
    found_company(any_store)
    desk = desk_of(any_store)
    desk.handle(SetProductionWindow("C2", None, 5, 95))
    assert desk.handle(SetProductionWindow(client, product, 20, 60)).label == (
        f"Set production window of {whose} to 20 to 60 %"
    )
    desk.handle(SetProductionWindow(client, product, 30, 60))
    with any_store.session() as session:
        assert [row.from_percent for row in session.scalars(select(ProductionWindow))] == [5, 30]
    desk.handle(SetProductionWindow(client, product, None, None))
    with any_store.session() as session:
        assert [row.from_percent for row in session.scalars(select(ProductionWindow))] == [5]


@pytest.mark.parametrize(("start", "end"), [(60, 20), (20, 20), (-1, 50), (50, 101), (None, 50), (20, None)])
def test_a_window_that_is_none(company: Store, start: float | None, end: float | None) -> None:
    with pytest.raises(BadInputError, match="cannot be kept"):
        desk_of(company).handle(SetProductionWindow(None, None, start, end))
