"""What the facts of an order say against one another, and against what was reported: in words, with ways out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from desktop.services.trade.production import DAY, LONGEST_LINE, IsOpen, Line, Production, planned_pace, worked
from desktop.services.words import count, spell_day

OrderField = Literal["production_start", "daily_rate", "ready_date"]
TOLERANCE = 0.05  # of the daily rate: factories round
EARLY = 3  # working days by which the rate may beat the ready date before anybody asks
BEHIND = 5.0  # percent by which a report may miss the plan before anybody asks


@dataclass(frozen=True, slots=True)
class OrderFix:
    """A way out: a value for a field of the order, and what its button says."""

    field: OrderField
    value: Any
    text: str


@dataclass(frozen=True, slots=True)
class OrderHint:
    """Facts that do not go together: what is wrong in short, why, and ways out."""

    title: str
    text: str
    fixes: tuple[OrderFix, ...] = ()


def order_hints(order: Production, is_open: IsOpen) -> tuple[OrderHint, ...]:
    """Everything that facts and reports of an order say against one another, the gravest first."""
    return (*_rate_against_ready(order, is_open), *_reports_against_plan(order, is_open), *_start(order, is_open))


def _rate_against_ready(order: Production, is_open: IsOpen) -> Iterator[OrderHint]:
    start, rate, ready = order.start, order.daily_rate, order.ready
    if start is None or rate is None or ready is None:
        return
    days = worked(start, ready, is_open)
    ends = _ready_by_plan(order, is_open)
    if not days or ends is None:
        yield OrderHint(
            f"No working day lies between {spell_day(start)} and {spell_day(ready)}.",
            "The factory is closed on all of them, so nothing can be made before the ready date.",
            () if ends is None else (_use_ready(ends),),
        )
        return
    needed = order.quantity / days
    if needed > rate * (1 + TOLERANCE):
        rounded = _rounded(needed)
        yield OrderHint(
            f"{order.quantity:,} pcs in {count(days, 'working day')} needs {rounded:,} a day.",
            f"At {rate:,.0f} a day they are all made by {spell_day(ends)}. {_days_off(start, ready, is_open)}".strip(),
            (_use_ready(ends), OrderFix("daily_rate", float(rounded), f"{rounded:,}")),
        )
    elif worked(ends, ready, is_open) >= EARLY:
        yield OrderHint(
            f"At {rate:,.0f} a day all is made by {spell_day(ends)}.",
            f"The ready date, {spell_day(ready)}, is {count(worked(ends, ready, is_open), 'working day')} later.",
            (_use_ready(ends), OrderFix("daily_rate", float(_rounded(needed)), f"{_rounded(needed):,}")),
        )


def _reports_against_plan(order: Production, is_open: IsOpen) -> Iterator[OrderHint]:
    latest, pace = order.latest, planned_pace(order, is_open)
    if latest is None or order.start is None or pace is None or latest.day < order.start:
        return
    planned = min(100.0, pace * worked(order.start, latest.day + DAY, is_open))
    expected = Line(order, is_open).reached(100.0)
    if planned - latest.percent > BEHIND and expected is not None:
        promised = order.ready is not None and order.ready < expected
        later = f" {spell_day(expected)} rather than {spell_day(order.ready)}" if promised and order.ready else ""
        yield OrderHint(
            f"{latest.percent:g} % reported on {spell_day(latest.day)}, {planned:.0f} % were planned.",
            f"By the forecast all is made by{later or ' ' + spell_day(expected)}.",
            (_use_ready(expected),) if promised else (),
        )
    for before, after in zip(order.reports, order.reports[1:], strict=False):
        if after.percent < before.percent:
            yield OrderHint(
                f"{after.percent:g} % on {spell_day(after.day)} is less than on {spell_day(before.day)}.",
                f"{before.percent:g} % had been reported then. The later report counts.",
            )


def _start(order: Production, is_open: IsOpen) -> Iterator[OrderHint]:
    start = order.start
    if start is None:
        return
    early = [report for report in order.reports if report.day < start and report.percent > 0.0]
    if early:
        begun = Line(order, is_open).begun()
        yield OrderHint(
            f"{early[-1].percent:g} % were made by {spell_day(early[-1].day)}, before production starts.",
            f"Production start is {spell_day(start)}.",
            () if begun is None else (OrderFix("production_start", begun, spell_day(begun)),),
        )
    elif not is_open(start):
        opens = next((start + n * DAY for n in range(LONGEST_LINE) if is_open(start + n * DAY)), None)
        yield OrderHint(
            f"The factory is closed on {spell_day(start)}, the production start.",
            "" if opens is None else f"Its next working day is {spell_day(opens)}.",
            () if opens is None else (OrderFix("production_start", opens, spell_day(opens)),),
        )


def _ready_by_plan(order: Production, is_open: IsOpen) -> dt.date | None:
    """The day by whose morning all is made at the daily rate, whatever was reported or promised."""
    plan = Production(order.code, order.quantity, order.start, order.daily_rate, None)
    return Line(plan, is_open).reached(100.0)


def _days_off(start: dt.date, ready: dt.date, is_open: IsOpen) -> str:
    """The days between, on which nothing is made, where they are few enough to say."""
    days = [start + n * DAY for n in range((ready - start).days) if not is_open(start + n * DAY)]
    if not days or len(days) > 3:
        return f"{count(len(days), 'day')} between are not worked." if days else ""
    return f"{', '.join(spell_day(day).rsplit(' ', 1)[0] for day in days)} {'is' if len(days) == 1 else 'are'} off."


def _use_ready(day: dt.date) -> OrderFix:
    return OrderFix("ready_date", day, spell_day(day))


def _rounded(rate: float) -> int:
    """Pieces a day that are enough."""
    return -int(-rate // 1)
