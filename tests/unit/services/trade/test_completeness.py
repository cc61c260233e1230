"""What a booking must say before its clock runs."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from desktop.services.trade.completeness import Asked, Goods, Site, Told, missing

SITE = Site("Ms. Hoa", "+84 01 000 1", "12 Some Road", is_placed=True)
START = dt.date(2026, 11, 9)
GOODS = Goods("rain jackets", START, 100.0, None, is_reported=False)


def lacks(service: str, site: Site = SITE, goods: Goods | None = GOODS, **asked: object) -> list[str]:
    told = Told(Asked(service, **({"has_window": False} | asked)), site, goods)  # type: ignore[arg-type]
    return [lack.key for lack in missing(told)]


@pytest.mark.parametrize("service", ["DUPRO", "PPI", "PSI", "MONITORING"])
def test_a_whole_booking_lacks_nothing(service: str) -> None:
    assert lacks(service) == []


def test_everything_that_is_missing_is_named_in_order() -> None:
    nothing = Told(Asked("LOADING", has_window=False), Site("", " ", "", is_placed=False), None)

    found = [lack.short for lack in missing(nothing)]
    assert found == ["contact", "phone", "address", "order", "containers"]
    assert lacks("PSI", replace(SITE, is_placed=False)) == ["factory.place"]
    assert lacks("PSI", goods=replace(GOODS, product="")) == ["order.product"]


@pytest.mark.parametrize(
    ("service", "start", "rate", "ready", "reported", "expected"),
    [
        ("DUPRO", None, 100.0, None, False, ["order.production_start"]),
        ("DUPRO", None, 100.0, None, True, []),
        ("DUPRO", START, None, None, False, ["order.daily_rate"]),
        ("DUPRO", START, None, START + dt.timedelta(20), False, []),
        ("DUPRO", None, None, START, True, ["order.daily_rate"]),
        ("PPI", START, None, None, False, []),
        ("PSI", None, None, None, False, ["order.ready_date"]),
        ("PSI", None, None, START, False, []),
        ("LOADING", START, 100.0, None, False, ["request.containers"]),
    ],
)
def test_what_tells_when_to_go_depends_on_the_service(  # noqa: PLR0917 -- a table
    service: str,
    start: dt.date | None,
    rate: float | None,
    ready: dt.date | None,
    reported: bool,
    expected: list[str],
) -> None:
    assert lacks(service, goods=Goods("jackets", start, rate, ready, reported)) == expected


def test_days_entered_stand_for_production_dates() -> None:
    unknown = Goods("jackets", None, None, None, is_reported=False)

    assert lacks("DUPRO", goods=unknown, has_window=True) == []
    assert lacks("LOADING", goods=unknown, has_window=True, containers=2) == []
