"""The sheets of rates: what man-days are sold for, and what currencies are worth."""

from __future__ import annotations

from functools import partial

from desktop.models import ClientRate, ExchangeRate
from desktop.services.exchange import numbers
from desktop.services.exchange.columns import NEEDED, Column, Faults, Sheet, Values
from desktop.services.exchange.kinds import CODE, COUNTRY, DATE, LABEL, RATE, SERVICE, Kind, choice
from desktop.services.trade.money import CURRENCIES, DOLLAR

CURRENCY = choice("currency", {name: () for name in CURRENCIES})
AMOUNT = Kind("amount above 0", partial(numbers.read_cents, least=1), numbers.write_cents, "number", width=12)


def _exchange_faults(values: Values) -> Faults:
    if values["currency"] == DOLLAR:
        return {"currency": ("buys one dollar", f"Write {', '.join(CURRENCIES[1:])}")}
    return {}


CLIENT_RATES = Sheet(
    "rate",
    "Man-day rates",
    "man-day rate",
    (
        Column("Client", "client", CODE, "Blank: of every client.", "C900", None, "client"),
        Column("Service", "service", SERVICE, "Blank: for every service.", "DUPRO", None),
        Column("Country", "country", COUNTRY, "CN or VN. Blank: anywhere.", "CN", None),
        Column("Area", "area", LABEL, "As the factories have it. Blank: anywhere.", "", None),
        Column("Currency", "currency", CURRENCY, "That the rate is agreed in.", "USD", DOLLAR),
        Column(
            "A man-day", "cents", AMOUNT, "What it is sold for, in that currency.", "290.00", NEEDED, None, ("Rate",)
        ),
    ),
    ("client", "service", "country", "area"),
    ClientRate,
    "What a man-day is sold for; the most particular rate counts.",
    aliases=("Rates", "Client rates"),
)

EXCHANGE_RATES = Sheet(
    "exchange",
    "Exchange rates",
    "exchange rate",
    (
        Column("Currency", "currency", CURRENCY, "EUR, CNY or VND.", "CNY", NEEDED),
        Column("From", "date", DATE, "From this day on, until a later row.", "2026-11-01", NEEDED, aliases=("Date",)),
        Column("For a US dollar", "units_per_dollar", RATE, "Units that a dollar buys.", "7.12", NEEDED),
    ),
    ("currency", "date"),
    ExchangeRate,
    "What currencies are worth, by the day from which it holds.",
    aliases=("Currencies",),
    check=_exchange_faults,
)
