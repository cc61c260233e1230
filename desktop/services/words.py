"""How times, days, half-days and lists are said in a sentence. English, with the names of days and months spelled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from desktop.models.halfday import date_of

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MOST_LISTED = 5


def spell_day(date: dt.date) -> str:
    """A day: "Tue 1 Dec 2026". The same under every locale."""
    return f"{DAYS[date.weekday()]} {date.day} {MONTHS[date.month - 1]} {date.year}"


def spell_days(first: dt.date, last: dt.date) -> str:
    """One day or several: "Tue 1 Dec 2026", "Tue 1 Dec 2026 to Thu 3 Dec 2026"."""
    return spell_day(first) if first == last else f"{spell_day(first)} to {spell_day(last)}"


def spell_slots(first_slot: int, last_slot: int) -> str:
    """Half-days from one absolute slot to another: whole days by their days, halves by name."""
    first, last = date_of(first_slot), date_of(last_slot)
    whole = first_slot % 2 == 0 and last_slot % 2 == 1
    if whole:
        return spell_days(first, last)
    if first_slot == last_slot:
        return f"{spell_day(first)} {_half(first_slot)}"
    return f"{spell_day(first)} {_half(first_slot)} to {spell_day(last)} {_half(last_slot)}"


def spell_time(time: dt.datetime) -> str:
    """A time: "Mon 23 Nov 2026 at 14:05 UTC"."""
    time = time.astimezone(dt.UTC)
    return f"{spell_day(time.date())} at {time:%H:%M} UTC"


def spell_list(items: Sequence[str], most: int = MOST_LISTED) -> str:
    """Some of many: "R00012, R00014 and 7 more"."""
    if len(items) <= most:
        return " and ".join((", ".join(items[:-1]), items[-1])) if len(items) > 1 else "".join(items)
    return f"{', '.join(items[:most])} and {len(items) - most:,} more"


def spell_money(cents: int | Sequence[int]) -> str:
    """US cents, one amount or a list of them: "USD 1,234.50"."""
    if isinstance(cents, int):
        return f"{'-' if cents < 0 else ''}USD {abs(cents) / 100:,.2f}"
    return ", ".join(spell_money(amount) for amount in cents) or "none"


def sentence(text: str) -> str:
    """A remark of the rule engine as a sentence of its own."""
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 visit", "2,300 visits"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def with_article(kind: str) -> str:
    """A kind of record or table: "an order", "a progress report"."""
    words = kind.replace("_", " ")
    return f"an {words}" if words[0] in "aeiou" else f"a {words}"


def _half(slot: int) -> str:
    return "afternoon" if slot % 2 else "morning"
