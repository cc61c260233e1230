"""Commands about production: the forecast of a request's goods."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from desktop.cli.options import Database, Json, User
from desktop.cli.output import acknowledge, say, say_json, say_table
from desktop.cli.workplace import opened
from desktop.services.commands import SplitMonitoring
from desktop.services.requests.forecast import Crossing, Forecast, ProductionSheet, read_production
from desktop.services.words import count, spell_day, spell_days


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("forecast")(forecast)
    app.command("split")(split)


def forecast(
    request: Annotated[str, typer.Argument(metavar="REQUEST", help="Code of the request, like R00012.")],
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Say how far a request's goods will be day by day, how sure that is, and when they can be inspected."""
    with opened(database) as desk:
        sheet = read_production(desk.store, desk.clock.now(), request)
    if as_json:
        say_json(_values(sheet))
        return
    how = "as entered" if sheet.entered else "by production"
    if sheet.window is not None:
        say(f"Window of {sheet.request}: {spell_days(sheet.window.earliest, sheet.window.latest)}, {how}.")
    else:
        say(f"{sheet.request} has no window: {sheet.missing}.")
    for hint in sheet.hints:
        say(f"{hint.title} {hint.text}".strip())
    known = sheet.forecast
    if known is None:
        say("Too little is known of its production for a forecast.")
        return
    for crossing in known.crossings:
        say(_crossing_words(crossing))
    if known.sure is not None:
        say(f"In 8 of 10 cases the share is made from {spell_days(known.sure.earliest, known.sure.latest)}.")
    if known.provisional:
        say("Holidays of these days are provisional: no official notice has fixed them yet.")
    say_table(("day", "made %", "8 of 10", "closed"), [_row(known, n) for n in range(len(known.days))], right=(1, 2))
    others = count(known.others, "other order")
    say(f"Made by the morning of each day. The band is from this order's reports and {others} of the factory.")


def split(
    request: Annotated[str, typer.Argument(metavar="REQUEST", help="Code of a request for monitoring.")],
    database: Database = None,
    user: User = None,
) -> None:
    """Make a request a week of monitoring that is longer, all for the same inspector."""
    with opened(database, user) as desk:
        acknowledge(desk.handle(SplitMonitoring(request)))


def _row(known: Forecast, n: int) -> tuple[str, ...]:
    day = known.days[n]
    mark = "closed" if day in known.closed else "make-up" if day in known.make_up else ""
    return spell_day(day), f"{known.percents[n]:.0f}", f"{known.slow[n]:.0f}-{known.fast[n]:.0f}", mark


def _crossing_words(crossing: Crossing) -> str:
    if crossing.day is None:
        return f"{crossing.percent:g} % is not in sight."
    between = ""
    if crossing.soonest is not None and crossing.latest is not None and crossing.soonest != crossing.latest:
        between = f", in 8 of 10 cases between {spell_day(crossing.soonest)} and {spell_day(crossing.latest)}"
    return f"{crossing.percent:g} % made on {spell_day(crossing.day)}{between}."


def _values(sheet: ProductionSheet) -> dict[str, object]:
    known = sheet.forecast
    days: list[dict[str, object]] = []
    if known is not None:
        days = [
            {
                "day": day.isoformat(),
                "made": round(made, 2),
                "slow": round(slow, 2),
                "fast": round(fast, 2),
                "closed": day in known.closed,
                "make_up": day in known.make_up,
            }
            for day, made, slow, fast in zip(known.days, known.percents, known.slow, known.fast, strict=True)
        ]
    return {
        "request": sheet.request,
        "service": sheet.service,
        "order": None if sheet.order is None else sheet.order.code,
        "window": None if sheet.window is None else [_iso(sheet.window.earliest), _iso(sheet.window.latest)],
        "window_entered": sheet.entered,
        "missing": sheet.missing,
        "share": sheet.share,
        "crossings": [
            {
                "percent": entry.percent,
                "day": _iso(entry.day),
                "soonest": _iso(entry.soonest),
                "latest": _iso(entry.latest),
            }
            for entry in (() if known is None else known.crossings)
        ],
        "sure": None if known is None or known.sure is None else [_iso(known.sure.earliest), _iso(known.sure.latest)],
        "provisional": known is not None and known.provisional,
        "days": days,
        "hints": [f"{hint.title} {hint.text}".strip() for hint in sheet.hints],
    }


def _iso(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()
