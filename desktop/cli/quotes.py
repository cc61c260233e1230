"""Commands about money: what a request is sold for, and the rates of it."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from desktop.cli.options import Database, Json, RequestCode, User, read_date
from desktop.cli.output import acknowledge, say, say_json
from desktop.cli.workplace import opened
from desktop.errors import BadInputError
from desktop.services.commands import SetClientRate, SetExchangeRate
from desktop.services.editing.rates import MOST_CENTS
from desktop.services.requests.quoting import QuoteSheet, Wish, as_text, quote_with_slot
from desktop.services.trade.money import DOLLAR, spelled
from desktop.services.words import count, spell_days


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("quote")(quote)
    app.command("rate")(rate)
    app.command("exchange-rate")(exchange_rate)


def quote(
    request: RequestCode,
    currency: Annotated[str, typer.Option("--currency", metavar="CODE", help="USD, EUR, CNY or VND.")] = "",
    overtime: Annotated[int, typer.Option("--overtime", min=0, max=40, help="Hours agreed beyond the day.")] = 0,
    same_day: Annotated[
        bool, typer.Option("--same-day-report", help="The report on the evening of the visit.")
    ] = False,
    pdf: Annotated[Path | None, typer.Option("--pdf", metavar="FILE", help="Write it as PDF too.")] = None,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Say what a request is sold for, and what is left of it by its cheapest feasible slot."""
    with opened(database) as desk:
        sheet = quote_with_slot(desk.store, desk.clock.now(), request, Wish(currency, overtime, same_day))
    if as_json:
        say_json(_as_json(sheet))
    else:
        say(as_text(sheet))
        say("")
        for line in inside(sheet):
            say(line)
    if pdf is not None:
        # Qt takes a moment and some memory: only whoever wants a paper loads it
        from desktop.views.paper.quote import write_quote  # noqa: PLC0415

        pages = write_quote(sheet, pdf)
        if not as_json:
            say(f"Wrote {pdf}, {count(pages, 'page')}.")


def rate(
    amount: Annotated[
        float | None, typer.Argument(metavar="AMOUNT", help="For a man-day. Left out: no rate of its own any more.")
    ] = None,
    currency: Annotated[str, typer.Option("--currency", metavar="CODE", help="USD, EUR, CNY or VND.")] = DOLLAR,
    client: Annotated[str | None, typer.Option("--client", metavar="CODE", help="Of this client only.")] = None,
    service: Annotated[str | None, typer.Option("--service", metavar="SERVICE", help="For it only.")] = None,
    country: Annotated[str | None, typer.Option("--country", metavar="CN", help="There only.")] = None,
    area: Annotated[str | None, typer.Option("--area", metavar="AREA", help="There only.")] = None,
    database: Database = None,
    user: User = None,
) -> None:
    """Set what a man-day is sold for. The most particular rate counts: by client, area, country, service."""
    if amount is not None and not (math.isfinite(amount) and abs(amount) <= MOST_CENTS / 100):
        raise BadInputError(
            f"A man-day cannot be sold for {amount:g}.",
            f"Give an amount above zero, such as 310.50, up to {MOST_CENTS // 100:,}.",
        )
    cents = None if amount is None else round(100 * amount)
    with opened(database, user) as desk:
        acknowledge(desk.handle(SetClientRate(cents, currency, client, service, country, area)))


def exchange_rate(
    currency: Annotated[str, typer.Argument(metavar="CURRENCY", help="EUR, CNY or VND.")],
    date: Annotated[dt.date, typer.Argument(metavar="DATE", parser=read_date, help="From which day on.")],
    units: Annotated[
        float | None, typer.Argument(metavar="UNITS", help="That a US dollar buys. Left out: remove the rate.")
    ] = None,
    database: Database = None,
    user: User = None,
) -> None:
    """Set what a currency is worth from a day on."""
    with opened(database, user) as desk:
        acknowledge(desk.handle(SetExchangeRate(currency, date, units)))


def inside(sheet: QuoteSheet) -> list[str]:
    """What stands not on the quote: cost, margin, and what to know."""
    found = ["Not on the quote:"]
    slot = sheet.slot
    if slot is None:
        found.append(f"  no cost and margin: {sheet.no_slot}")
    else:
        where = f"in {slot.plan}" if slot.plan else "beside what is announced: no draft reaches into its window"
        days = spell_days(slot.first_day, slot.last_day)
        found.append(f"  cheapest slot {days}, {' and '.join(slot.people)}, {where}")
        parts = ("work", slot.work_cents), ("travel", slot.travel_cents), ("nights", slot.night_cents)
        said = ", ".join(f"{name} {spelled(cents, DOLLAR)}" for name, cents in parts if cents)
        salaries = "" if slot.work_cents else "; salaries are paid anyway"
        found.append(f"  cost {spelled(slot.cost_cents, DOLLAR)} ({said or 'nothing'}{salaries})")
        share = (
            ""
            if sheet.margin_share is None
            else f", {sheet.margin_share:.0%} of {spelled(sheet.total_dollars, DOLLAR)}"
        )
        found.append(f"  margin {spelled(sheet.margin_cents or 0, DOLLAR)}{share}")
    return [*found, *(f"  {note}" for note in sheet.notes)]


def _as_json(sheet: QuoteSheet) -> dict[str, Any]:
    quoted = sheet.quote
    return {
        "request": sheet.code,
        "client": sheet.client,
        "service": sheet.service,
        "quoted_on": sheet.quoted_on.isoformat(),
        "valid_until": sheet.valid_until.isoformat(),
        "man_days": sheet.man_days,
        "currency": quoted.currency,
        "lines": [asdict(line) for line in quoted.lines],
        "total_cents": quoted.total_cents,
        "includes": quoted.includes,
        "terms": quoted.terms,
        "exchange": [asdict(row) | {"date": row.date.isoformat()} for row in sheet.exchange],
        "inside": {
            "slot": None
            if sheet.slot is None
            else {
                "people": sheet.slot.people,
                "first_day": sheet.slot.first_day.isoformat(),
                "last_day": sheet.slot.last_day.isoformat(),
                "plan": sheet.slot.plan,
            },
            "no_slot": sheet.no_slot,
            "cost_cents": sheet.cost_cents,
            "total_dollar_cents": sheet.total_dollars,
            "margin_cents": sheet.margin_cents,
            "notes": sheet.notes,
        },
    }
