"""Amounts of reports in another currency: each at the rate that held on its own day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import BadInputError
from desktop.models import ExchangeRate
from desktop.services.reports.weeks import Array
from desktop.services.trade.money import COINS, DOLLAR


def exchanged(session: Session, currency: str, cents: Mapping[str, Array], days: Array) -> dict[str, Array]:
    """US cents as hundredths of a currency, each rounded to a coin; half a coin goes up.

    Args:
        session: reads the rates.
        currency: in which the amounts are wanted.
        cents: columns of whole US cents.
        days: of each row, as ordinals; its rate is the last one entered for that day or before it.

    Raises:
        BadInputError: no rate is on record for a day.
    """
    if currency == DOLLAR or not len(days):
        return dict(cents)
    query = select(ExchangeRate.date, ExchangeRate.units_per_dollar).where(ExchangeRate.currency == currency)
    rates = [(day.toordinal(), units) for day, units in session.execute(query.order_by(ExchangeRate.date))]
    which = np.searchsorted([day for day, _ in rates], days, side="right") - 1
    if which.min() < 0:
        first = dt.date.fromordinal(int(days.min()))
        raise BadInputError(
            f"No rate of {currency} is on record for {first}.",
            f"Enter what a dollar bought in {currency} on that day or before it, or tell the report in {DOLLAR}.",
        )
    found = {name: np.zeros_like(amounts) for name, amounts in cents.items()}
    for number, (_, units) in enumerate(rates):
        rows = np.flatnonzero(which == number)
        # as it was typed: 7.12 is 712/100, not the nearest binary number
        coins = Fraction(str(units)) / COINS[currency]
        for name, amounts in cents.items():
            found[name][rows] = _rounded(amounts[rows], coins) * COINS[currency]
    return found


def _rounded(amounts: Array, factor: Fraction) -> Array:
    """Amounts times a factor, to the nearest whole number, in whole numbers all the way."""
    top, bottom = 2 * factor.numerator, 2 * factor.denominator
    if len(amounts) and int(np.abs(amounts).max()) * top < 2**62:
        return np.asarray((amounts * top + factor.denominator) // bottom, dtype=np.int64)
    return np.array([(int(amount) * top + factor.denominator) // bottom for amount in amounts], dtype=np.int64)
