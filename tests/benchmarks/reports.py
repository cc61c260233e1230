"""How long every report takes on three years of visits, and how much memory, on each engine in a process of its own.

Cold: nothing is held of the database yet, as when a page is opened for the first time. Warm: the same weeks again.
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from desktop.clock import Clock, FixedClock
from desktop.services.demo.sample import make_sample
from desktop.services.reports import weeks as held
from desktop.services.reports.behind import behind
from desktop.services.reports.capacity import holding
from desktop.services.reports.catalogue import CATALOGUE
from desktop.services.reports.forecast import outlook
from desktop.services.reports.scope import Scope
from desktop.store.engine import Store, open_store
from desktop.store.portable import carry
from tests.benchmarks.cells import milliseconds
from tests.benchmarks.company import KEPT
from tests.helpers.stores import ENGINES, postgres_server

INSPECTORS, REQUESTS, YEARS, SEED = 700, 2300, 3, 1
MONDAY = dt.date(2026, 11, 30)
CLOCK = FixedClock(dt.datetime(2026, 11, 24, 8, tzinfo=dt.UTC))
QUARTER, ALL = 13, 156
AIM_MS = 1000.0
Row = Mapping[str, Any]


def three_years() -> Path:
    """The database file: 700 inspectors and three years of their visits; made once, in two minutes, and kept."""
    return firm(INSPECTORS, REQUESTS, SEED)


def firm(inspectors: int, requests: int, seed: int) -> Path:
    """The database file of a firm with three years of visits; made once and kept."""
    path = KEPT / f"company-{inspectors}-{requests}-{YEARS}-{seed}.db"
    if not path.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name("unfinished-past.db")
        for stale in KEPT.glob("unfinished-past.db*"):
            stale.unlink()
        sys.stderr.write(f"making {path.name}, kept for the next time\n")
        with open_store(str(fresh), backups=KEPT / "backups") as store:
            make_sample(
                store, inspectors=inspectors, requests=requests, seed=seed, years=YEARS, first_day=MONDAY, clock=CLOCK
            )
        fresh.replace(path)
    return path


@contextmanager
def opened(engine: str, folder: Path) -> Iterator[Store]:
    """The three years on an engine: the file itself, or its rows on a server that is started for this."""
    with open_store(str(three_years()), backups=folder) as file:
        if engine == "sqlite":
            yield file
            return
        with postgres_server() as server:
            url = server.new_database()
            with open_store(url, backups=folder) as store:
                with file.engine.connect() as source, store.engine.begin() as target:
                    carry(source, target)
                with store.engine.connect() as connection:
                    connection.exec_driver_sql("ANALYZE")
                yield store
            server.drop(url)


def measure_reports(engines: Sequence[str] = ENGINES) -> list[dict[str, Any]]:
    """A row for every report, number of weeks and engine."""
    three_years()
    found: list[dict[str, Any]] = []
    for engine in engines:
        run = subprocess.run(
            (sys.executable, "-m", "tests.benchmarks.reports", engine), stdout=subprocess.PIPE, text=True, check=True
        )
        found += json.loads(run.stdout.splitlines()[-1])
    return found


def report_rows(results: Sequence[Row]) -> list[tuple[str, ...]]:
    """A line of cells for every report, and the heads."""
    heads = ("report", "weeks", "engine", "cold", "processor", "warm", "processor", "rows", "peak memory")
    aims = ("aim", "", "", "", "", f"under {milliseconds(AIM_MS)}", "", "", "under 1,000 MB")
    lines = [
        (
            row["report"],
            f"{row['weeks']}",
            row["engine"],
            *(milliseconds(row[name]) for name in ("cold_ms", "cold_cpu_ms", "warm_ms", "warm_cpu_ms")),
            f"{row['rows']:,}",
            f"{row['peak_mb']:,.0f} MB",
        )
        for row in results
    ]
    return [heads, aims, *lines]


def _measured(engine: str) -> list[dict[str, Any]]:
    rows = []
    with tempfile.TemporaryDirectory() as folder, opened(engine, Path(folder)) as store:
        _first_imports(store)
        for weeks in (QUARTER, ALL):
            for name, kind in CATALOGUE.items():
                ahead = min(kind.ahead, weeks - 1)
                first_day = MONDAY - dt.timedelta(days=7 * (weeks - ahead))
                scope = Scope(first_day, weeks)
                if kind.at_once is not None:
                    rows.append({"engine": engine} | _timed(store, f"{name}, at once", kind.at_once, scope))
                rows.append({"engine": engine} | _timed(store, name, kind.build, scope))
            scope = Scope(MONDAY - dt.timedelta(days=7 * weeks), weeks)
            rows.append({"engine": engine} | _timed(store, "list behind a figure", _behind, scope))
    return rows


def _behind(source: Store, scope: Scope, clock: Clock) -> Any:  # noqa: ANN401 - as any report
    return behind(source, "visits_done", scope, clock)


def _first_imports(store: Store) -> None:
    """What the first report of a process loads is no part of a report."""
    for kind in CATALOGUE.values():
        kind.build(store, Scope(dt.date(2020, 1, 6), 1), CLOCK)


def _timed(store: Store, name: str, build: Any, scope: Scope) -> dict[str, Any]:  # noqa: ANN401 - of the catalogue
    held.forget(store.engine.pool)
    holding.forget(store.engine.pool)
    outlook.forget(store.engine.pool)
    row: dict[str, Any] = {"report": name, "weeks": scope.weeks}
    for state in ("cold", "warm"):
        wall, own = time.perf_counter(), time.process_time()
        report = build(store, scope, CLOCK)
        row[f"{state}_ms"] = round(1000 * (time.perf_counter() - wall), 1)
        row[f"{state}_cpu_ms"] = round(1000 * (time.process_time() - own), 1)
    row["rows"] = sum(len(table.frame) for table in report.tables)
    row["peak_mb"] = round(peak_mb())
    return row


def peak_mb() -> float:
    """The most memory that this process has had, in megabytes."""
    memory = psutil.Process().memory_info()
    peak = getattr(memory, "peak_wset", 0)
    if not peak:
        import resource  # noqa: PLC0415 -- not on Windows

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return float(peak) / 2**20


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_measured(sys.argv[1])) + "\n")
