"""The quote of a request: its rate, its surcharges, the currency, and what is left of it for the house."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import BadInputError
from desktop.models import Client, ClientRate, ExchangeRate, Factory, Order, Request
from desktop.services.lookup import request_by_code
from desktop.services.planning.bookings import zone_of
from desktop.services.planning.daybook import HOLIDAY, Daybook
from desktop.services.requests.slot import Slot, cheapest_slot
from desktop.services.trade.house import read_trade_settings
from desktop.services.trade.man_days import count_days
from desktop.services.trade.money import CURRENCIES, DOLLAR, converted, spelled
from desktop.services.trade.quote import HALVES, Job, Quote, Rate, quote, rate_for
from desktop.services.words import spell_day, spell_days, spell_list
from desktop.store.engine import Store

DAY = dt.timedelta(days=1)
SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for beside the request itself.

    Attributes:
        currency: of the quote; "" for that of the rate.
        overtime_hours: agreed beforehand.
        same_day_report: whether the client wants it on the evening.
    """

    currency: str = ""
    overtime_hours: int = 0
    same_day_report: bool = False


@dataclass(frozen=True, slots=True)
class ExchangeRow:
    """What a currency is worth from a day on."""

    currency: str
    date: dt.date
    units_per_dollar: float


@dataclass(frozen=True, slots=True)
class QuoteSheet:
    """A quote with all that it is made of.

    Attributes:
        client_name, order, product, quantity, factory_name, area: for its head.
        visit: the days of the slot, or the window; "" where neither is known.
        quote: in `currency`.
        quoted_on, valid_until: dates at the factory.
        exchange: the rates that were used.
        slot: the cheapest one; None where it was not sought, or none was found: `no_slot` says why.
        cost_cents: of the slot, in US cents; None without one.
        notes: for the house alone.
        offered: the currencies in which a quote can be made on that day.
    """

    code: str
    service: str
    client: str
    client_name: str
    order: str
    product: str
    quantity: int | None
    factory_name: str
    area: str
    visit: str
    man_days: float
    rate: Rate
    quote: Quote
    quoted_on: dt.date
    valid_until: dt.date
    exchange: tuple[ExchangeRow, ...]
    slot: Slot | None
    no_slot: str
    total_dollars: int
    notes: tuple[str, ...]
    offered: tuple[str, ...]

    @property
    def cost_cents(self) -> int | None:
        """What serving it costs the house, in US cents."""
        return None if self.slot is None else self.slot.cost_cents

    @property
    def margin_cents(self) -> int | None:
        """What is left, in US cents."""
        return None if self.cost_cents is None else self.total_dollars - self.cost_cents

    @property
    def margin_share(self) -> float | None:
        """What is left as a share of the total."""
        return None if self.margin_cents is None or not self.total_dollars else self.margin_cents / self.total_dollars


NOT_SOUGHT = "the cheapest slot is being sought"


def read_quote(
    store: Store, now: dt.datetime, code: str, wish: Wish | None = None, slot: Slot | str = NOT_SOUGHT
) -> QuoteSheet:
    """The quote of a request as things stand.

    Args:
        store: the database.
        now: the quote's date is today at the factory.
        code: of the request.
        wish: what is asked for beside it.
        slot: as `cheapest_slot` gave it; without one the day of the visit is the first of the window.

    Raises:
        NotFoundError: there is no such request.
        BadInputError: the currency is none of those that quotes are made in, or has no rate yet.
    """
    asked = wish or Wish()
    with store.session() as session:
        request = request_by_code(session, code)
        return _sheet(session, request, now, asked, slot)


def quote_with_slot(store: Store, now: dt.datetime, code: str, wish: Wish | None = None) -> QuoteSheet:
    """The quote of a request with its cheapest slot; takes as long as finding that. Raises as `read_quote`."""
    return read_quote(store, now, code, wish, cheapest_slot(store, now, code))


def exchange_on(session: Session, day: dt.date) -> Mapping[str, ExchangeRow]:
    """What currencies are worth on a day: the last row up to it, by currency."""
    query = (
        select(ExchangeRate.currency, ExchangeRate.date, ExchangeRate.units_per_dollar)
        .where(ExchangeRate.date <= day)
        .order_by(ExchangeRate.date)
    )
    return {currency: ExchangeRow(currency, date, units) for currency, date, units in session.execute(query)}


@dataclass(frozen=True, slots=True)
class Rates:
    """All that is entered: what man-days are sold for, and what currencies are worth, the latest first."""

    rates: tuple[Rate, ...]
    exchange: tuple[ExchangeRow, ...]


def read_rates(store: Store) -> Rates:
    """All rates as entered. Changed by SetClientRate and SetExchangeRate."""
    query = select(ExchangeRate.currency, ExchangeRate.date, ExchangeRate.units_per_dollar)
    with store.session() as session:
        rows = session.execute(query.order_by(ExchangeRate.date.desc(), ExchangeRate.currency))
        return Rates(client_rates(session), tuple(ExchangeRow(*row) for row in rows))


def client_rates(session: Session) -> tuple[Rate, ...]:
    """What man-days are sold for, as entered: the house's first, then by client, service, country and area."""
    query = (
        select(
            ClientRate.cents,
            ClientRate.currency,
            Client.code,
            ClientRate.service,
            ClientRate.country,
            ClientRate.area,
        )
        .select_from(ClientRate)
        .outerjoin(Client, ClientRate.client_id == Client.id)
    )
    rates = [Rate(*row) for row in session.execute(query)]
    return tuple(sorted(rates, key=lambda rate: (rate.client or "", rate.whose)))


def _sheet(session: Session, request: Request, now: dt.datetime, wish: Wish, slot: Slot | str) -> QuoteSheet:
    settings = read_trade_settings(session).quote
    factory = session.get_one(Factory, request.factory_id)
    client = session.get_one(Client, request.client_id)
    order = None if request.order_id is None else session.get_one(Order, request.order_id)
    today = now.astimezone(zone_of(factory.time_zone)).date()
    known = exchange_on(session, today)
    units = {currency: row.units_per_dollar for currency, row in known.items()}
    own = rate_for(client_rates(session), client.code, request.service, factory.country, factory.area)
    rate = own or Rate(settings.rate_cents)
    currency = _currency(wish.currency or rate.currency, rate, units, today)
    found = slot if isinstance(slot, Slot) else None
    first = found.first_day if found is not None else request.earliest
    half_days = request.modes[0].crew * request.modes[0].half_days if request.modes else HALVES
    daybook = Daybook(session)
    job = Job(
        half_days=half_days if found is None else found.crew * sum(n for _, n in found.half_days),
        rest_half_days=0 if found is None else _rest_half_days(daybook, factory.country, found),
        days_left=None if first is None else days_left(daybook, factory, request, first),
        overtime_hours=wish.overtime_hours,
        same_day_report=wish.same_day_report,
        travel_cents=None if found is None else found.travel_cents,
        night_cents=None if found is None else found.night_cents,
    )
    made = quote(job, rate, currency, units, settings)
    used = {currency, rate.currency} - {DOLLAR}
    return QuoteSheet(
        code=request.code,
        service=request.service,
        client=client.code,
        client_name=client.name,
        order="" if order is None else order.code,
        product="" if order is None else order.product,
        quantity=None if order is None else order.quantity,
        factory_name=factory.name,
        area=factory.area,
        visit=_visit(request, found),
        man_days=job.half_days / HALVES,
        rate=rate,
        quote=made,
        quoted_on=today,
        valid_until=today + settings.valid_days * DAY,
        exchange=tuple(known[name] for name in sorted(used)),
        slot=found,
        no_slot="" if isinstance(slot, Slot) else slot,
        total_dollars=converted(made.total_cents, currency, DOLLAR, units),
        notes=_notes(made, rate, request),
        offered=tuple(name for name in CURRENCIES if name == DOLLAR or name in units),
    )


def _currency(wanted: str, rate: Rate, units: Mapping[str, float], today: dt.date) -> str:
    currency = wanted.strip().upper()
    if currency not in CURRENCIES:
        raise BadInputError(f'There are no quotes in "{wanted}".', f"Give one of {', '.join(CURRENCIES)}.")
    lacking = sorted({name for name in (currency, rate.currency) if name != DOLLAR and name not in units})
    if lacking:
        raise BadInputError(
            f"What {spell_list(lacking)} is worth on {spell_day(today)} is not known.",
            "Enter a rate for that day or an earlier one, or quote in USD.",
        )
    return currency


def _rest_half_days(daybook: Daybook, country: str, slot: Slot) -> int:
    """Half-days of everybody who goes that fall on Sundays and public holidays."""
    return slot.crew * sum(count for day, count in slot.half_days if is_rest_day(daybook, country, day))


def is_rest_day(daybook: Daybook, country: str, day: dt.date) -> bool:
    """Whether a day is a Sunday or a public holiday of a country."""
    return daybook.kind(country, day) == HOLIDAY or (day.weekday() == SUNDAY and not daybook.works(country, day))


def days_left(daybook: Daybook, factory: Factory, request: Request, visit: dt.date) -> int:
    """Working days between the day of the booking and the day of the visit, neither counted."""
    booked = request.requested_at.astimezone(zone_of(factory.time_zone)).date()
    span = (visit - booked).days
    if span > 40:  # more than any express booking leaves; a year need not be counted
        return span
    return sum(daybook.works(factory.country, booked + n * DAY) for n in range(1, span))


def _visit(request: Request, slot: Slot | None) -> str:
    if slot is not None:
        return spell_days(slot.first_day, slot.last_day)
    if request.earliest is not None and request.latest is not None:
        return f"between {spell_day(request.earliest)} and {spell_day(request.latest)}"
    return ""


def _notes(made: Quote, rate: Rate, request: Request) -> tuple[str, ...]:
    found = list(made.warnings)
    found.append(f"Rate of {rate.whose}." if rate.whose else "The house's rate.")
    if request.price_cents is not None:
        found.append(f"The booking has a price of its own, {spelled(request.price_cents, DOLLAR)}.")
    return tuple(found)


def as_text(sheet: QuoteSheet) -> str:
    """The quote as text to paste into a message. Nothing in it is for the house alone."""
    goods = ", ".join(
        word
        for word in (
            sheet.product,
            "" if sheet.quantity is None else f"{sheet.quantity:,} pieces",
            f"order {sheet.order}" if sheet.order else "",
        )
        if word
    )
    head = [
        f"Quote {sheet.code}, {spell_day(sheet.quoted_on)}",
        f"For {sheet.client_name}",
        f"{sheet.service} at {sheet.factory_name}, {sheet.area}" + (f": {goods}" if goods else ""),
    ]
    if sheet.visit:
        head.append(f"Visit {sheet.visit}, {count_days(sheet.man_days)}")
    width = max(len(line.text) for line in sheet.quote.lines) + 2
    body = [f"{line.text:<{width}}{spelled(line.cents, sheet.quote.currency)}" for line in sheet.quote.lines]
    body.append(f"{'Total':<{width}}{spelled(sheet.quote.total_cents, sheet.quote.currency)}")
    foot = [f"Included: {', '.join(sheet.quote.includes)}.", *sheet.quote.terms]
    foot += [
        f"1 USD = {row.units_per_dollar:,.10g} {row.currency}, rate of {spell_day(row.date)}." for row in sheet.exchange
    ]
    foot.append(f"This quote stands until {spell_day(sheet.valid_until)}.")
    return "\n".join([*head, "", *body, "", *foot])
