"""Amounts in another currency are told at the rate of their own day."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.errors import BadInputError
from desktop.models import ExchangeRate
from desktop.services.reports.currency import _rounded, exchanged
from desktop.services.reports.facts import read_facts
from desktop.services.reports.scope import Scope
from desktop.services.trade.money import COINS, CURRENCIES, converted
from desktop.store.engine import Store
from tests.unit.services.reports.conftest import FIRST_MONDAY, WEEKS

DAY = dt.date(2026, 3, 2)


@given(
    cents=st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=5),
    units=st.decimals("0.01", "30000", places=2).map(float),
    currency=st.sampled_from(CURRENCIES),
)
@settings(max_examples=40)
def test_amounts_are_rounded_as_quotes_are(cents: list[int], units: float, currency: str) -> None:
    factor = Fraction(str(units)) / COINS[currency] if currency != "USD" else Fraction(1)
    found = _rounded(np.array(cents), factor) * COINS[currency]
    assert found.tolist() == [converted(one, "USD", currency, {currency: units}) for one in cents]


def test_each_day_has_the_last_rate_up_to_it(sqlite_store: Store) -> None:
    with sqlite_store.session(write=True) as session:
        session.add_all(
            [
                ExchangeRate(currency="CNY", date=DAY, units_per_dollar=7.0),
                ExchangeRate(currency="CNY", date=DAY + dt.timedelta(days=7), units_per_dollar=7.25),
            ]
        )
        session.flush()
        days = np.array([DAY.toordinal() + n for n in (0, 6, 7, 90)])
        found = exchanged(session, "CNY", {"cost": np.array([100, 100, 100, 2])}, days)
        assert found["cost"].tolist() == [700, 700, 725, 15]
        with pytest.raises(BadInputError, match=r"No rate of CNY is on record for 2026-03-01"):
            exchanged(session, "CNY", {"cost": np.array([1])}, days[:1] - 1)


def test_a_report_is_told_in_another_currency(past_firm: Store) -> None:
    scope = Scope(FIRST_MONDAY, WEEKS, currency="VND")
    visits, dollars = (read_facts(past_firm, one).visits for one in (scope, Scope(FIRST_MONDAY, WEEKS)))
    with past_firm.session() as session:
        rates = sorted(
            (row.date, row.units_per_dollar) for row in session.query(ExchangeRate).filter_by(currency="VND").all()
        )
    for row, dollar in zip(visits.itertuples(), dollars.itertuples(), strict=True):
        day = dt.date.fromordinal(row.first_slot // 2)
        units = {"VND": [units for date, units in rates if date <= day][-1]}
        assert row.work == converted(dollar.work, "USD", "VND", units)
        assert row.price == converted(dollar.price, "USD", "VND", units)
    assert (visits["cost"] == visits[["work", "premium", "travel", "night"]].sum(axis=1)).all()
