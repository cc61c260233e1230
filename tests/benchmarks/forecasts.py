"""How wrong forecasts of demand were on weeks held back, beside the same week of the year before, on invented firms.

The past is drawn; the seasons, holidays and growth that a forecast can learn are those of the generator. So the figures
say how the method works, and where it would be worse than the year before; not what a firm may expect.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from desktop.clock import local_today
from desktop.services.demo.sample import make_sample
from desktop.services.reports.forecast.demand import Part
from desktop.services.reports.forecast.outlook import forget, read_outlook
from desktop.store.engine import open_store
from tests.benchmarks.cells import milliseconds
from tests.benchmarks.company import KEPT
from tests.benchmarks.reports import CLOCK, MONDAY, YEARS, three_years

AHEAD = (4, 8, 12)
SMALLER = ((200, 600, 1), (200, 600, 2))  # inspectors, requests, seed
FIGURES = ("ours", "naive", "bias", "parts", "naive_parts")
"""Of `Errors`, in the order of the table."""
Row = Mapping[str, Any]


def measure_forecasts(firms: Sequence[tuple[int, int, int]] = SMALLER) -> list[dict[str, Any]]:
    """A row for the firm of 700 and each smaller one."""
    return [
        _measured("700, seed 1", three_years()),
        *(_measured(f"{one[0]}, seed {one[2]}", _made(*one)) for one in firms),
    ]


def forecast_rows(results: Sequence[Row]) -> list[tuple[str, ...]]:
    """A line of cells for every firm and number of weeks ahead, and the heads."""
    heads = (
        "inspectors",
        "weeks ahead",
        "error",
        "year before",
        "bias",
        "by region and skill",
        "year before",
        "in band",
    )
    aims = ("aim", "", "below the year before", "", "", "", "", "80 %")
    lines = [
        (
            row["firm"],
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


def _made(inspectors: int, requests: int, seed: int) -> Path:
    """A firm with three years of visits; made once and kept."""
    path = KEPT / f"company-{inspectors}-{requests}-{YEARS}-{seed}.db"
    if not path.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name("unfinished-forecast.db")
        for stale in KEPT.glob("unfinished-forecast.db*"):
            stale.unlink()
        sys.stderr.write(f"making {path.name}, kept for the next time\n")
        with open_store(str(fresh), backups=KEPT / "backups") as store:
            make_sample(
                store, inspectors=inspectors, requests=requests, seed=seed, years=YEARS, first_day=MONDAY, clock=CLOCK
            )
        fresh.replace(path)
    return path


def _measured(firm: str, path: Path) -> dict[str, Any]:
    with open_store(str(path), backups=KEPT / "backups") as store, store.session() as session:
        forget(store.engine.pool)
        began = time.process_time()
        outlook = read_outlook(session, local_today(CLOCK))
        read = time.process_time()
        errors = Part(read_outlook(session, local_today(CLOCK))).errors()
        told = time.process_time()
    rows = [
        {"ahead": ahead, "covered": errors[ahead - 1].covered}
        | {name: getattr(errors[ahead - 1], name) for name in FIGURES}
        for ahead in AHEAD
    ]
    return {
        "firm": firm,
        "weeks": outlook.weeks.now,
        "errors": rows,
        "cold_ms": 1000 * (read - began),
        "warm_ms": 1000 * (told - read),
    }
