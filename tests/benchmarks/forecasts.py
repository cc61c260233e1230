"""How wrong forecasts of demand were on weeks held back, beside the same week of the year before, on invented firms.

The past is drawn; the seasons, holidays and growth that a forecast can learn are those of the generator. So the figures
say how the method works, and where it would be worse than the year before; not what a firm may expect.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from desktop.clock import local_today
from desktop.services.reports.forecast.demand import Part
from desktop.services.reports.forecast.ledger import read_ledger
from desktop.services.reports.forecast.outlook import forget, look_ahead, read_outlook
from desktop.store.engine import open_store
from tests.benchmarks.cells import milliseconds
from tests.benchmarks.company import KEPT
from tests.benchmarks.reports import CLOCK, firm, three_years

AHEAD = (4, 8, 12)
DAYS = (local_today(CLOCK), dt.date(2026, 3, 24))
"""On which the last 26 weeks are held back: now, and a day after a lunar new year."""
SMALLER = ((200, 600, 1), (200, 600, 2))  # inspectors, requests, seed
FIGURES = ("ours", "naive", "bias", "parts", "naive_parts")
"""Of `Errors`, in the order of the table."""
ABOUT = """The last 26 weeks before a day are held back; each was forecast from what was on record so many weeks
before. The error is that of the whole firm, then that of each region and skill added up. The second day's weeks have a
lunar new year in them, which the week a year before misses; there the band is too narrow where it holds less than
80 %. The method was worked out on the firm of 700; the others were only measured. Bookings of these samples come nine
days before the visit at most: so far ahead it is the season that tells, and orders up to their ready dates. Real
bookings come earlier."""
Row = Mapping[str, Any]


def measure_forecasts(firms: Sequence[tuple[int, int, int]] = SMALLER) -> list[dict[str, Any]]:
    """A row for the firm of 700 and each smaller one."""
    return [
        _measured("700, seed 1", three_years()),
        *(_measured(f"{one[0]}, seed {one[2]}", firm(*one)) for one in firms),
    ]


def forecast_rows(results: Sequence[Row]) -> list[tuple[str, ...]]:
    """A line of cells for every firm and number of weeks ahead, and the heads."""
    heads = (
        "inspectors",
        "until",
        "ahead",
        "error",
        "year before",
        "bias",
        "by region and skill",
        "year before",
        "in band",
    )
    aims = ("aim", "", "", "below the year before", "", "", "", "", "80 %")
    lines = [
        (
            row["firm"],
            one["until"],
            str(one["ahead"]),
            *(f"{100 * one[name]:.1f} %" for name in FIGURES),
            f"{100 * one['covered']:.0f} %",
        )
        for row in results
        for one in row["errors"]
    ]
    return [heads, aims, *lines]


def seconds_of(results: Sequence[Row]) -> str:
    """What the processor had to do, as sentences."""
    first = ", ".join(f"{milliseconds(row['cold_ms'])} ({row['firm']})" for row in results)
    again = ", ".join(milliseconds(row["warm_ms"]) for row in results)
    return f"Processor time to read the records and forecast: {first}; to tell a forecast that is held: {again}."


def _measured(firm: str, path: Path) -> dict[str, Any]:
    with open_store(str(path), backups=KEPT / "backups") as store, store.session() as session:
        forget(store.engine.pool)
        began = time.process_time()
        outlook = read_outlook(session, DAYS[0])
        read = time.process_time()
        Part(read_outlook(session, DAYS[0])).errors()
        told = time.process_time()
        errors = {day: Part(look_ahead(read_ledger(session, DAYS[0]), day)).errors() for day in DAYS}
    rows = [
        {"until": f"{day}", "ahead": ahead, "covered": errors[day][ahead - 1].covered}
        | {name: getattr(errors[day][ahead - 1], name) for name in FIGURES}
        for day in DAYS
        for ahead in AHEAD
    ]
    return {
        "firm": firm,
        "weeks": outlook.weeks.now,
        "errors": rows,
        "cold_ms": 1000 * (read - began),
        "warm_ms": 1000 * (told - read),
    }
