"""The forecast of R1: 1,000 pieces at 30 a day from Monday the 9th, Sundays off; 10 % reported on the 21st."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.errors import NotFoundError
from desktop.services.commands import AddOrder, CloseFactory, EditRecord, ReportProgress
from desktop.services.requests.forecast import read_forecast, read_production
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


def test_a_report_moves_the_window_and_says_whose_visit_it_leaves_behind(company: Store) -> None:
    desk = desk_of(company)
    desk.handle(EditRecord("order", "O1", {"daily_rate": 30.0}))
    desk.handle(EditRecord("request", "R1", {"earliest": None, "latest": None, "due": None}))
    left = "The visit of R1 on Tue 1 Dec 2026 (draft P1) lies outside its window: move it."
    assert desk.handle(ReportProgress("O1", dt.date(2026, 11, 21), 36.0)).messages == (), "as planned"
    said = desk.handle(ReportProgress("O1", dt.date(2026, 11, 21), 70.0)).messages
    assert said == (
        "Window of R1 moves from Thu 12 Nov 2026 - Fri 27 Nov 2026 to Tue 10 Nov 2026 - Wed 18 Nov 2026.",
        left,
    )
    said = desk.handle(
        EditRecord("order", "O1", {"daily_rate": 60.0, "production_start": dt.date(2026, 11, 16)})
    ).messages
    assert said[0].startswith("Window of R1 moves from "), "facts of the order move it, too"


def test_the_band_is_narrower_where_other_orders_kept_to_their_plans(company: Store) -> None:
    desk = desk_of(company)
    before = read_forecast(company, NOW, "R1")
    for number in range(6):
        code = f"P{number}"
        start = dt.date(2026, 9, 7)
        desk.handle(AddOrder(code, "C1", "F1", 1000, production_start=start, daily_rate=50.0))
        desk.handle(ReportProgress(code, dt.date(2026, 9, 12), 30.0))
    after = read_forecast(company, NOW, "R1")
    assert before is not None
    assert after is not None
    assert (before.others, after.others) == (0, 6)
    wide, narrow = (max(a - b for a, b in zip(one.fast, one.slow, strict=True)) for one in (before, after))
    assert narrow < 0.75 * wide


def test_what_facts_say_against_one_another_comes_with_ways_out(company: Store) -> None:
    desk = desk_of(company)
    facts = {"quantity": 18000, "daily_rate": 1500.0, "production_start": dt.date(2026, 10, 8)}
    desk.handle(EditRecord("order", "O1", facts | {"ready_date": dt.date(2026, 10, 13)}))
    hint = read_production(company, NOW, "R1").hints[0]
    # the 8th, 9th, the make-up Saturday and the 12th; Sunday the 11th is this factory's day off
    assert hint.title == "18,000 pcs in 4 working days needs 4,500 a day."
    assert hint.text == "At 1,500 a day they are all made by Thu 22 Oct 2026. Sun 11 Oct is off."
    assert [(fix.field, fix.value) for fix in hint.fixes] == [
        ("ready_date", dt.date(2026, 10, 22)),
        ("daily_rate", 4500.0),
    ]
    for fix in hint.fixes:
        outcome = desk.handle(EditRecord("order", "O1", {fix.field: fix.value}))
        assert read_production(company, NOW, "R1").hints == ()
        assert outcome.inverse is not None
        desk.handle(outcome.inverse)


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


def test_a_closing_says_whose_window_it_moves_and_which_visit_it_hits(company: Store) -> None:
    desk = desk_of(company)
    desk.handle(EditRecord("order", "O1", {"daily_rate": 30.0}))
    desk.handle(EditRecord("request", "R1", {"earliest": None, "latest": None, "due": None}))
    closed = CloseFactory("F1", dt.date(2026, 11, 23), dt.date(2026, 12, 1))
    said = desk.handle(closed).messages
    # ten working days are made by Saturday the 21st: 36 %, and 50 % on the fifth after the closing
    assert said[0] == "Window of R1 moves from Thu 12 Nov 2026 - Fri 27 Nov 2026 to Thu 12 Nov 2026 - Mon 7 Dec 2026."
    visit = "The visit of R1 on Tue 1 Dec 2026 (draft P1)"
    assert said[1] == f"{visit} falls on a day on which the factory is closed: move it."
