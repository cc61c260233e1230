"""The days that a client's page is about, and the language that it is in."""

from __future__ import annotations

import datetime as dt
import re

from desktop.errors import BadInputError
from desktop.services.attainment import WEEKS
from desktop.services.trade.protocols import Language

WEEKS_AHEAD = 4
_QUARTER = re.compile(r"(\d{4})-?[Qq]([1-4])")
_DAY = dt.timedelta(days=1)
_LANGUAGES: dict[str, Language] = {"CN": "zh", "TW": "zh", "HK": "zh", "VN": "vi"}

Period = tuple[dt.date, dt.date]
"""A first and a last day."""


def usual_period(today: dt.date) -> Period:
    """Twelve weeks back and four ahead."""
    return today - dt.timedelta(weeks=WEEKS), today + dt.timedelta(weeks=WEEKS_AHEAD)


def quarter_of(day: dt.date, back: int = 0) -> Period:
    """The quarter of the year that a day lies in, or one some quarters before."""
    number = day.year * 4 + (day.month - 1) // 3 - back
    return _first_of(number), _first_of(number + 1) - _DAY


def read_quarter(text: str) -> Period:
    """A quarter as it is written: "2026-Q3".

    Raises:
        BadInputError: it is none.
    """
    found = _QUARTER.fullmatch(text.strip())
    if found is None or not dt.MINYEAR < int(found[1]) < dt.MAXYEAR:
        raise BadInputError(f'"{text}" is no quarter.', "Write it as 2026-Q3.")
    return quarter_of(dt.date(int(found[1]), 3 * int(found[2]), 1))


def usual_language(country: str) -> Language:
    """The language of a client's country by its two letters, where the page speaks it; else English."""
    return _LANGUAGES.get(country.upper(), "en")


def _first_of(quarter: int) -> dt.date:
    return dt.date(quarter // 4, 3 * (quarter % 4) + 1, 1)
