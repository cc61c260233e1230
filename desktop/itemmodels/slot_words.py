"""Half-days and times in the few words that a list has room for."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QCoreApplication

from desktop.itemmodels.request_words import DASH, short_day
from desktop.services.slots import day_of
from desktop.services.words import MONTHS

translate = QCoreApplication.translate


def slots(first: int, last: int) -> str:
    """Absolute half-days, inclusive: "Tue 1 Dec", "Tue 1 Dec morning", "Tue 1 - Thu 3 Dec", with a dash between."""
    begin, end = day_of(first), day_of(last)
    if begin == end:
        half = "" if first != last else _half(first)
        return f"{short_day(begin)} {half}".strip()
    if (begin.year, begin.month) == (end.year, end.month):
        return f"{short_day(begin).rsplit(' ', 1)[0]} {DASH} {short_day(end)}"
    return f"{short_day(begin)} {DASH} {short_day(end)}"


def moment(time: dt.datetime, zone: dt.tzinfo | None, now: dt.datetime) -> str:
    """A time by the clocks of a zone, None: of this machine. "14:05", "Tue 1 Dec 14:05"; its year if it is another."""
    there, today = time.astimezone(zone), now.astimezone(zone).date()
    if there.date() == today:
        return f"{there:%H:%M}"
    if there.year == today.year:
        return f"{short_day(there.date())} {there:%H:%M}"
    return f"{there.day} {MONTHS[there.month - 1]} {there.year} {there:%H:%M}"


def _half(slot: int) -> str:
    return translate("slots", "afternoon") if slot % 2 else translate("slots", "morning")
