"""Dates, money and man-days in the few words that a table or a picture has room for."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QCoreApplication

from desktop.services.words import DAYS, MONTHS

MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"


def country_name(code: str) -> str:
    """A country by its two letters; those that the house works in by name."""
    translate = QCoreApplication.translate
    return {"CN": translate("words", "China"), "VN": translate("words", "Vietnam")}.get(code, code)


def day(date: dt.date) -> str:
    """A date without its year: "Fri 9 Oct". The machine's language plays no part."""
    return f"{DAYS[date.weekday()]} {date.day} {MONTHS[date.month - 1]}"


def days(first: dt.date, last: dt.date) -> str:
    """A span: "Fri 9 Oct", "Mon 5 - Fri 9 Oct" or "Mon 28 Sep - Fri 9 Oct", with a dash between."""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{DAYS[first.weekday()]} {first.day} {DASH} {day(last)}"
    return f"{day(first)} {DASH} {day(last)}"


def money(cents: int) -> str:
    """Whole dollars with separators: "$25,461"; a true minus sign."""
    return f"{MINUS if cents < 0 else ''}${round(abs(cents) / 100):,}"


def man_days(number: float) -> str:
    """A number of man-days, without needless decimals: "2", "1.5"."""
    return f"{number:g}"


def gap(share: float | None) -> str:
    """How far from proven a plan is: "gap 0.7 %", or that nothing is proven yet."""
    return "no bound yet" if share is None else f"gap {100 * share:.1f} %"
