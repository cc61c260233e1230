"""What the past of the sample has beside its visits: announcements taken back, bookings that nobody served, rates.

Each is drawn from a number of its own, so that it shifts nothing else.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

from desktop.models import AnnouncedChange, ExchangeRate
from desktop.services.demo.writer import RowWriter
from desktop.services.settings import PlanSettings

MOVED = 0.06  # of the visits, once after they were announced
KINDS = {"day": 58, "people": 27, "both": 10, "dropped": 5}
CAUSES = {"absence": 22, "not ready": 34, "overrun": 9, "urgent": 16, "closure": 5, "client": 10, "plan": 4}
MORE_OF = {  # by month: what happens more often then, and how many times as often
    1: {"not ready": 1.6, "absence": 1.5},
    2: {"absence": 1.5, "closure": 2.0},
    7: {"closure": 3.0},
    8: {"closure": 4.0},
    9: {"closure": 3.0, "not ready": 1.4, "urgent": 1.3},
    10: {"not ready": 1.5, "urgent": 1.5, "closure": 1.6},
    11: {"urgent": 1.6, "overrun": 1.4},
    12: {"absence": 1.6},
}
OF_PEOPLE = ("absence", "overrun", "urgent", "plan")  # a person can be replaced for these alone
RATES = {"EUR": (0.92, 0.012, 4), "CNY": (7.1, 0.007, 4), "VND": (24_600.0, 0.005, 0)}
"""What a dollar buys, how far that moves in a month, and the digits that are noted."""


@dataclass(frozen=True, slots=True)
class Announced:
    """A visit as it was made in the end: keys, first half-day, crew, and when its week was published."""

    request: int
    plan: int
    visit: int
    first_slot: int
    crew: int
    published_at: dt.datetime


def write_change(writer: RowWriter, made: Announced, settings: PlanSettings) -> None:
    """For one visit in some twenty: that it was announced otherwise before."""
    rng = random.Random(f"{made.visit}/announced")
    if rng.random() >= MOVED:
        return
    month = dt.date.fromordinal(made.first_slot // 2).month
    more = MORE_OF.get(month, {})
    cause = rng.choices(tuple(CAUSES), [share * more.get(name, 1.0) for name, share in CAUSES.items()])[0]
    kinds = {name: share for name, share in KINDS.items() if cause in OF_PEOPLE or name in ("day", "dropped")}
    kind = rng.choices(tuple(kinds), tuple(kinds.values()))[0]
    ahead = rng.choice((1, 1, 2, 3)) if cause in ("not ready", "closure", "overrun") else rng.choice((-1, 1, 1, 2))
    monday = made.published_at.date().toordinal() + 3
    old_day = max(monday, made.first_slot // 2 - ahead)
    moves = kind != "people" and old_day != made.first_slot // 2
    if not moves and kind in ("day", "both"):
        kind = "people" if cause in OF_PEOPLE else "dropped"
    old_slot = 2 * old_day + made.first_slot % 2 if moves else made.first_slot
    begins = dt.datetime.combine(dt.date.fromordinal(min(old_slot, made.first_slot) // 2), dt.time(0), dt.UTC)
    hours = rng.choices((3, 14, 22, 38, 60), (8, 27, 30, 22, 13))[0] + rng.random()
    at = max(made.published_at + dt.timedelta(hours=1), begins - dt.timedelta(hours=hours))
    people = made.crew if kind in ("people", "both") else 0
    cents = {
        "dropped": settings.announced_drop_cost_cents,
        "people": people * settings.announced_inspector_cost_cents,
        "day": settings.announced_day_cost_cents,
        "both": people * settings.announced_inspector_cost_cents + settings.announced_day_cost_cents,
    }[kind]
    writer.add(
        AnnouncedChange,
        request_id=made.request,
        plan_id=made.plan,
        at=at.replace(microsecond=0),
        kind=kind,
        cause=cause,
        old_slot=old_slot,
        new_slot=None if kind == "dropped" else made.first_slot,
        cents=cents,
    )


def write_rates(rng: random.Random, writer: RowWriter, first: dt.date, last: dt.date) -> None:
    """What a dollar buys, noted on the first day of each month from one before the past on."""
    month = first.replace(day=1)
    known = {currency: middle for currency, (middle, _, _) in RATES.items()}
    while month <= last:
        for currency, (middle, moves, digits) in RATES.items():
            writer.add(ExchangeRate, currency=currency, date=month, units_per_dollar=round(known[currency], digits))
            pull = 0.12 * (middle - known[currency]) / middle  # it comes back in the end
            known[currency] *= 1 + pull + rng.gauss(0, moves)
        month = (month + dt.timedelta(days=32)).replace(day=1)
