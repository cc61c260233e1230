"""Amounts in the currencies of quotes: hundredths as whole numbers, and how one becomes another."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction

DOLLAR = "USD"
COINS: Mapping[str, int] = {DOLLAR: 1, "EUR": 1, "CNY": 1, "VND": 100_000}
"""The smallest amount that is charged, in hundredths: a cent, a fen, and for the dong a thousand of them."""

CURRENCIES = tuple(COINS)


def rounded(amount: Fraction, currency: str) -> int:
    """An amount of hundredths to the nearest coin of its currency; half a coin goes up."""
    coin = COINS[currency]
    return coin * math.floor(amount / coin + Fraction(1, 2))


def converted(cents: int | Fraction, given: str, wanted: str, units: Mapping[str, float]) -> int:
    """An amount in another currency, rounded to its coin; the same currency leaves it as it is, but for the coin.

    Args:
        cents: hundredths of `given`.
        given: the currency that it is in.
        wanted: the currency that is asked for.
        units: of each currency that a dollar buys; the dollar itself need not be named.

    Raises:
        KeyError: a currency has no rate.
    """
    amount = Fraction(cents)
    if given != wanted:
        amount = amount / _units(given, units) * _units(wanted, units)
    return rounded(amount, wanted)


def spelled(cents: int, currency: str) -> str:
    """An amount as it stands in a quote: "USD 1,234.50", "VND 7,900,000"."""
    sign = "\u2212" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    return f"{currency} {sign}{whole:,}" + ("" if COINS[currency] >= 100 else f".{rest:02}")


def _units(currency: str, units: Mapping[str, float]) -> Fraction:
    # as it was typed: 7.12 is 712/100, not the nearest binary number
    return Fraction(1) if currency == DOLLAR else Fraction(str(units[currency]))
