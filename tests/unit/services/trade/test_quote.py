"""Quotes: the firm's published figures, lines that add up, and amounts that survive another currency."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.services.trade.money import COINS, CURRENCIES, converted, spelled
from desktop.services.trade.quote import HOUSE_QUOTE, Job, Quote, QuoteSettings, Rate, quote, rate_for

UNITS = {"EUR": 0.92, "CNY": 7.12, "VND": 25_400.0}
rates = st.builds(Rate, st.integers(1, 100_000), st.sampled_from(("USD", "EUR", "CNY")))
jobs = st.integers(1, 40).flatmap(
    lambda half_days: st.builds(
        Job,
        half_days=st.just(half_days),
        rest_half_days=st.integers(0, half_days),
        days_left=st.none() | st.integers(0, 5),
        overtime_hours=st.integers(0, 6),
        same_day_report=st.booleans(),
        travel_cents=st.none() | st.integers(0, 90_000),
        night_cents=st.none() | st.integers(0, 90_000),
    )
)
currencies = st.sampled_from(CURRENCIES)


def lines(found: Quote) -> list[tuple[str, int]]:
    return [(line.text, line.cents) for line in found.lines]


def test_the_figures_of_the_trade() -> None:
    job = Job(4, rest_half_days=2, days_left=1, overtime_hours=3, same_day_report=True, travel_cents=4_000)
    assert lines(quote(job, Rate(30_000), "USD", {})) == [
        ("2 man-days at USD 300.00", 60_000),
        ("Express booking, 1 working day ahead", 3_000),
        ("1 man-day on a Sunday or holiday at USD 100.00", 10_000),
        ("3 hours of overtime at USD 50.00", 15_000),
        ("Report on the same day", 3_000),
    ]
    assert lines(quote(Job(2, days_left=0), Rate(30_000), "USD", {}))[1] == ("Booking for the next day", 10_000)
    assert len(quote(Job(2, days_left=2), Rate(30_000), "USD", {}).lines) == 1


def test_travel_and_hotel_are_billed_or_included() -> None:
    billing = replace(HOUSE_QUOTE, bills_travel=True, bills_nights=True)
    job = Job(2, travel_cents=4_000, night_cents=3_500)
    assert lines(quote(job, Rate(30_000), "USD", {}, billing))[1:] == [("Travel", 4_000), ("Hotel", 3_500)]
    assert {"travel", "hotel"} <= set(quote(job, Rate(30_000), "USD", {}).includes)
    assert len(quote(Job(2), Rate(30_000), "USD", {}, billing).warnings) == 2


def test_a_rate_outside_the_usual_is_pointed_out() -> None:
    assert quote(Job(2), Rate(20_000), "USD", {}).warnings == (
        "The rate, USD 200.00, lies outside the usual USD 250.00 to USD 350.00.",
    )


def test_the_most_particular_rate_counts() -> None:
    known = [
        Rate(1),
        Rate(2, service="DUPRO"),
        Rate(3, country="CN"),
        Rate(4, area="广东省"),
        Rate(5, client="C1"),
        Rate(6, client="C1", service="DUPRO"),
    ]

    def cents(*asked: str) -> int | None:
        found = rate_for(known, *asked)
        return None if found is None else found.cents

    assert (cents("C1", "DUPRO", "CN", "广东省"), cents("C2", "DUPRO", "CN", "广东省")) == (6, 4)
    assert (cents("C2", "PSI", "CN", "江苏省"), cents("C1", "PSI", "VN", "Đồng Nai")) == (3, 5)
    assert (cents("C2", "DUPRO", "VN", "Đồng Nai"), cents("C2", "PSI", "VN", "Đồng Nai")) == (2, 1)
    assert rate_for([], "C2", "PSI", "VN", "Đồng Nai") is None


@given(jobs, rates, currencies)
def test_lines_add_up_in_whole_coins(job: Job, rate: Rate, currency: str) -> None:
    found = quote(job, rate, currency, UNITS, QuoteSettings(bills_travel=True, bills_nights=True))
    assert found.total_cents == sum(line.cents for line in found.lines)
    assert all(line.cents % COINS[currency] == 0 for line in found.lines)
    assert all(spelled(line.cents, currency).startswith(f"{currency} ") for line in found.lines)


@given(jobs, rates, currencies)
def test_another_man_day_never_costs_less(job: Job, rate: Rate, currency: str) -> None:
    longer = replace(job, half_days=job.half_days + 2)
    assert quote(longer, rate, currency, UNITS).total_cents >= quote(job, rate, currency, UNITS).total_cents


@given(st.integers(-(10**9), 10**9), currencies, currencies)
def test_there_and_back_differs_by_no_more_than_the_coins(cents: int, a: str, b: str) -> None:
    there = converted(cents, a, b, UNITS)
    back = converted(there, b, a, UNITS)
    units = {"USD": 1.0, **UNITS}
    lost_there = Fraction(COINS[b], 2) * Fraction(str(units[a])) / Fraction(str(units[b]))
    assert abs(back - cents) <= lost_there + Fraction(COINS[a], 2)


def test_without_a_rate_of_exchange_there_is_no_amount() -> None:
    with pytest.raises(KeyError):
        quote(Job(2), Rate(30_000), "EUR", {})
    assert spelled(converted(30_000, "USD", "VND", UNITS), "VND") == "VND 7,620,000"
