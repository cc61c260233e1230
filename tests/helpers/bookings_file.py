"""Files of bookings for tests: thousands of rows, some with faults of which the test knows the reason."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from pathlib import Path

from xlsxwriter import Workbook

Row = dict[str, object]

HEADERS = (
    "Code",
    "Client",
    "Factory",
    "Service",
    "Skill",
    "Level",
    "Languages",
    "Ways",
    "Earliest",
    "Latest",
    "Price (USD)",
    "Booked at",
    "Note",
)


def booking(number: int) -> Row:
    """A booking that can be stored where C1 and F1 to F50 are known."""
    first = dt.date(2026, 12, 1) + dt.timedelta(days=number % 14)
    return {
        "Code": f"R{number:06}",
        "Client": "C1",
        "Factory": f"F{number % 50 + 1}",
        "Service": ("DUPRO", "PSI", "PPI", "LOADING")[number % 4],
        "Skill": "garment",
        "Level": number % 5 + 1,
        "Languages": "zh; en",
        "Ways": "1 person 1 day" if number % 3 else "1 person 2 days; 2 people 1 day",
        "Earliest": first,
        "Latest": first + dt.timedelta(days=3),
        "Price (USD)": 280.0 + number % 7,
        "Booked at": "2026-11-20 09:30",
        "Note": f"carton {number} of the second container",
    }


def _with(field: str, value: object) -> Callable[[Row], str]:
    def spoil(row: Row) -> str:
        row[field] = value
        return field

    return spoil


FAULTS: dict[str, Callable[[Row], str]] = {
    "is the code of no client": _with("Client", "C404"),
    "is the code of no factory": _with("Factory", "F404"),
    "is a service that nobody": _with("Service", "DUPR0"),
    "is not from 1 to 5": _with("Level", 9),
    "which is no way": _with("Ways", "some people"),
    "can be read as day 3 of month 4": _with("Earliest", "03/04/2026"),
    "lies before the earliest day": _with("Latest", dt.date(2026, 11, 1)),
    "is not in US dollars": _with("Price (USD)", "RMB 600"),
    "is blank": _with("Skill", None),
    "is a day that no calendar has": _with("Latest", "2026-02-30"),
}
"""A part of the reason, and what spoils a row so; gives the column."""


def write_bookings(path: Path, rows: int, bad: int, seed: int = 1) -> dict[int, tuple[str, str]]:
    """Write a workbook; the spoiled rows by number, each with its column and a part of the reason."""
    drawn = random.Random(seed)
    spoiled = set(drawn.sample(range(rows), bad))
    expected: dict[int, tuple[str, str]] = {}
    book = Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("Bookings")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, HEADERS)
    reasons = list(FAULTS)
    for number in range(rows):
        row = booking(number)
        if number in spoiled:
            reason = reasons[len(expected) % len(reasons)]
            expected[number + 2] = (FAULTS[reason](row), reason)
        for place, header in enumerate(HEADERS):
            value = row[header]
            if isinstance(value, dt.date):
                sheet.write_datetime(number + 1, place, dt.datetime.combine(value, dt.time()), day)
            else:
                sheet.write(number + 1, place, value)
    book.close()
    return expected
