"""How long the files of reports take on three years of visits, and how much memory, on each engine.

Each file is written by a process of its own that has read nothing before, as a schedule does.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from desktop.services.reports.files.visit_list import COLUMNS, NAME, all_weeks, visit_frames, write_visits
from desktop.services.reports.files.workbook import write_workbook
from desktop.services.reports.making import make_report
from desktop.services.reports.report import Chart, Table
from desktop.services.reports.scope import Scope
from desktop.store.engine import Store, open_store
from tests.benchmarks.reports import CLOCK, opened, peak_mb, three_years
from tests.helpers.stores import ENGINES

ROWS = 20_000
Row = Mapping[str, Any]


def _workbook(store: Store, path: Path) -> int:
    """A workbook whose one table has many rows and all columns of the list of visits."""
    scope = Scope(*all_weeks(store))
    frames: list[pd.DataFrame] = []
    for frame in visit_frames(store, scope):
        frames.append(frame)
        if sum(map(len, frames)) >= ROWS:
            break
    table = pd.concat(frames, ignore_index=True).head(ROWS)
    total = {column.key: table[column.key].sum() for column in COLUMNS if column.is_additive}
    chart = Chart("bars", "request", ("cost",))
    report = make_report(NAME, store, scope, CLOCK, tables=(Table(NAME, table, COLUMNS, chart, total),))
    write_workbook(report, path)
    return len(table)


def _visits(store: Store, path: Path) -> int:
    return write_visits(store, Scope(*all_weeks(store)), CLOCK, path)


FILES: Mapping[str, tuple[str, float, Callable[[Store, Path], int]]] = {
    "workbook of 20,000 rows": (".xlsx", 10, _workbook),
    "all visits, CSV": (".csv", 60, _visits),
    "all visits, plain sheet": (".xlsx", 60, _visits),
}
"""By name: the ending, the seconds that it may take, and what writes it."""


def measure_report_files(engines: Sequence[str] = ENGINES) -> list[dict[str, Any]]:
    """A row for every file and engine."""
    three_years()
    found: list[dict[str, Any]] = []
    for engine in engines:
        with tempfile.TemporaryDirectory() as folder, opened(engine, Path(folder)) as store:
            url = store.engine.url.render_as_string(hide_password=False)
            for name in FILES:
                call = (sys.executable, "-m", "tests.benchmarks.report_files", name, url)
                run = subprocess.run(call, stdout=subprocess.PIPE, text=True, check=True)
                found.append({"engine": engine} | json.loads(run.stdout.splitlines()[-1]))
    return found


def report_file_rows(results: Sequence[Row]) -> list[tuple[str, ...]]:
    """A line of cells for every file, and the heads."""
    heads = ("file", "engine", "rows", "seconds", "aim", "processor", "size", "peak memory")
    lines = [
        (
            row["file"],
            row["engine"],
            f"{row['rows']:,}",
            f"{row['seconds']:.1f}",
            f"under {FILES[row['file']][1]:g}",
            f"{row['cpu_seconds']:.1f}",
            f"{row['size_mb']:,.1f} MB",
            f"{row['peak_mb']:,.0f} MB",
        )
        for row in results
    ]
    return [heads, ("aim", "", "", "", "", "", "", "under 1,000 MB"), *lines]


def _measured(name: str, url: str) -> dict[str, Any]:
    ending, _, write = FILES[name]
    with tempfile.TemporaryDirectory() as folder, open_store(url, backups=Path(folder) / "backups") as store:
        path = Path(folder) / f"file{ending}"
        wall, own = time.perf_counter(), time.process_time()
        rows = write(store, path)
        return {
            "file": name,
            "rows": rows,
            "seconds": round(time.perf_counter() - wall, 2),
            "cpu_seconds": round(time.process_time() - own, 2),
            "size_mb": round(path.stat().st_size / 1e6, 1),
            "peak_mb": round(peak_mb()),
        }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_measured(*sys.argv[1:])) + "\n")
