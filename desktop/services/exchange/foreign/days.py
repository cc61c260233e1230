"""Days in figures whose order only their firm knows: 03/04/2026 is in March for one and in April for another."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from desktop.services.exchange.cells import plain
from desktop.services.exchange.kinds import DATE, FIRST_HALF, LAST_HALF, MOMENT

DAY_KINDS = (DATE, FIRST_HALF, LAST_HALF, MOMENT)
"""The kinds of value that hold a day."""

CENTURY = 2000

_FIGURES = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")


def day_order(values: Iterable[object]) -> str:
    """The order of day and month that some values show: "dmy" or "mdy"; "" where none leaves it open.

    "?": some can be read either way, and nothing tells how, or they contradict each other.
    """
    seen: set[str] = set()
    is_open = False
    for value in values:
        found = _FIGURES.match(plain(value)) if isinstance(value, str) else None
        if found is None:
            continue
        first, second = int(found[1]), int(found[3])
        if first > 12 >= second:
            seen.add("dmy")
        elif second > 12 >= first:
            seen.add("mdy")
        elif first != second:
            is_open = True
    if len(seen) == 1:
        return seen.pop()
    return "?" if seen or is_open else ""


def in_order(text: str, order: str) -> str:
    """A text with its day in ISO form, where it begins with figures that are one in the order said; else as it is."""
    told = plain(text)
    found = _FIGURES.match(told)
    if found is None or not order:
        return text
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    day, month = (first, second) if order == "dmy" else (second, first)
    year += CENTURY if year < 100 else 0
    try:
        return f"{dt.date(year, month, day)}{told[found.end() :]}"
    except ValueError:
        return text
