"""The forecast of R1: 1,000 pieces at 30 a day from Monday the 9th, Sundays off; 10 % reported on the 21st."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.errors import NotFoundError
from desktop.services.commands import EditRecord, ReportProgress
from desktop.services.requests.forecast import read_forecast
from desktop.store.engine import Store
from tests.helpers.company import MONDAY, NOW, desk_of


def test_a_curve_over_the_days_of_production(company: Store) -> None:
    desk = desk_of(company)
    desk.handle(EditRecord("order", "O1", {"daily_rate": 30.0}))
    desk.handle(ReportProgress("O1", dt.date(2026, 11, 21), 10.0))
    desk.handle(EditRecord("request", "R1", {"earliest": None, "latest": None, "due": None}))
    found = read_forecast(company, NOW, "R1")
    assert found is not None
    assert (found.earliest, found.latest, found.share) == (dt.date(2026, 11, 23), dt.date(2026, 12, 15), (10.0, 50.0))
    made = dict(zip(found.days, found.percents, strict=True))
    assert made[dt.date(2026, 11, 22)] == pytest.approx(10.0)
    assert made[dt.date(2026, 11, 24)] == pytest.approx(10.0 + 3.0 * 60 / 86)
    assert (found.percents[0], found.percents[-1]) == (0.0, 100.0)
    assert list(found.percents) == sorted(found.percents)
    assert dt.date(2026, 11, 29) in found.closed
    assert MONDAY not in found.closed


def test_without_a_line_there_is_no_curve(company: Store) -> None:
    assert read_forecast(company, NOW, "R7") is None


def test_a_long_line_is_shown_round_today(company: Store) -> None:
    desk_of(company).handle(EditRecord("order", "O2", {"daily_rate": 2.0}))
    found = read_forecast(company, NOW, "R2")
    assert found is not None
    assert found.days[-1] <= NOW.date() + dt.timedelta(days=100)
    assert found.share is None, "a final inspection has no share"


def test_a_request_that_is_not_there(company: Store) -> None:
    with pytest.raises(NotFoundError):
        read_forecast(company, NOW, "R99")
