"""Rates by hand: what a man-day is sold for, and what currencies are worth."""

from __future__ import annotations

import datetime as dt
import math

from sqlalchemy import select

from desktop.errors import BadInputError
from desktop.models import ClientRate, ExchangeRate
from desktop.services.changes import Step
from desktop.services.commands import SetClientRate, SetExchangeRate
from desktop.services.lookup import client_by_code
from desktop.services.trade.money import CURRENCIES, DOLLAR, spelled
from desktop.services.trade.quote import Rate
from desktop.services.words import spell_day
from desktop.services.work import Work

MOST_CENTS = 2**31 - 1


def set_client_rate(work: Work, command: SetClientRate) -> Step:
    """Set or remove what a man-day is sold for."""
    client, service, country, area = (
        (word or "").strip() or None for word in (command.client, command.service, command.country, command.area)
    )
    if country is not None and not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise BadInputError(f'"{country}" is not a country.', "Give its two letters, such as CN or VN, or none.")
    client_id = None if client is None else client_by_code(work.session, client).id
    country = None if country is None else country.upper()
    standing = work.session.scalars(
        select(ClientRate).where(
            ClientRate.client_id.is_not_distinct_from(client_id),
            ClientRate.service.is_not_distinct_from(service),
            ClientRate.country.is_not_distinct_from(country),
            ClientRate.area.is_not_distinct_from(area),
        )
    ).first()
    whose = Rate(1, DOLLAR, client, service, country, area).whose or "the house"
    if command.cents is None:
        if standing is not None:
            work.session.delete(standing)
        return Step(f"Remove man-day rate of {whose}")
    currency = _currency(command.currency)
    if not 0 < command.cents <= MOST_CENTS:
        raise BadInputError(
            f"A man-day at {spelled(command.cents, currency)} cannot be sold.", "Give an amount above zero."
        )
    if standing is None:
        standing = ClientRate(client_id=client_id, service=service, country=country, area=area)
        work.session.add(standing)
    standing.currency, standing.cents = currency, command.cents
    return Step(f"Set man-day rate of {whose} to {spelled(command.cents, currency)}")


def set_exchange_rate(work: Work, command: SetExchangeRate) -> Step:
    """Set or remove what a currency is worth from a day on."""
    currency, day = _currency(command.currency), spell_day(command.date)
    if currency == DOLLAR:
        raise BadInputError("A dollar buys one dollar.", f"Give one of {', '.join(CURRENCIES[1:])}.")
    standing = work.session.scalars(
        select(ExchangeRate).where(ExchangeRate.currency == currency, ExchangeRate.date == command.date)
    ).one_or_none()
    if command.units_per_dollar is None:
        if standing is not None:
            work.session.delete(standing)
        return Step(f"Remove rate of {currency} on {day}")
    units = float(command.units_per_dollar)
    if not (math.isfinite(units) and units > 0):
        raise BadInputError(
            f"A dollar cannot buy {command.units_per_dollar} {currency}.", "Give a number above zero, such as 7.12."
        )
    if standing is None:
        standing = ExchangeRate(currency=currency, date=command.date)
        work.session.add(standing)
    standing.units_per_dollar = units
    messages = _jump(work, currency, command.date, units)
    return Step(f"Set rate of {currency} on {day} to {units:,.10g} for a dollar", messages)


def _currency(text: str) -> str:
    found = text.strip().upper()
    if found not in CURRENCIES:
        raise BadInputError(f'There are no quotes in "{text}".', f"Give one of {', '.join(CURRENCIES)}.")
    return found


def _jump(work: Work, currency: str, date: dt.date, units: float) -> tuple[str, ...]:
    """A word where a rate is far from the last one: most often a point is in the wrong place."""
    last = work.session.execute(
        select(ExchangeRate.units_per_dollar, ExchangeRate.date)
        .where(ExchangeRate.currency == currency, ExchangeRate.date < date)
        .order_by(ExchangeRate.date.desc())
        .limit(1)
    ).first()
    if last is None or 0.8 <= units / last.units_per_dollar <= 1.25:
        return ()
    return (f"It was {last.units_per_dollar:,.10g} from {spell_day(last.date)}: check the figure.",)
