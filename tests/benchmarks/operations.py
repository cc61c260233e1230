"""How long what the program does takes, and how much memory, each group of operations in a process of its own."""

from __future__ import annotations

import datetime as dt
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from desktop.clock import FixedClock
from desktop.services.bus import Desk
from desktop.services.commands import AddClient, AddFactory
from desktop.services.demo.sample import make_sample
from desktop.services.exchange.checking import check_file
from desktop.services.exchange.intake import store_report
from desktop.services.exchange.record_workbook import write_records
from desktop.services.planning.building import build_problem
from desktop.services.planning.week import ready_problem, settings_for
from desktop.store.backup import back_up
from desktop.store.engine import Store, open_store
from scheduler.wire import problem_to_json, save_json
from tests.helpers.bookings_file import write_bookings

MONDAY = dt.date(2026, 11, 30)
CLOCK = FixedClock(dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC))
Rows = list[dict[str, Any]]


class Stopwatch:
    """Rows of what was timed, with the most memory that the process has used by then."""

    def __init__(self) -> None:
        self.rows: Rows = []

    @contextmanager
    def time(self, operation: str, remark: Callable[[], str] = str) -> Iterator[None]:
        """Time a block."""
        begun = time.monotonic()
        yield
        took = time.monotonic() - begun
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 2**20)
        self.rows.append(
            {"operation": operation, "seconds": round(took, 3), "peak_mb": round(peak), "remark": remark()}
        )


def opened(folder: Path, name: str) -> Store:
    """A new database."""
    return open_store(str(folder / f"{name}.db"))


def sample(store: Store, inspectors: int, requests: int, years: int = 0) -> None:
    """The sample company in a new database."""
    make_sample(store, inspectors=inspectors, requests=requests, years=years, first_day=MONDAY, clock=CLOCK)


def small_company(watch: Stopwatch, folder: Path) -> None:
    """The sample company of 60, as rows and as a problem."""
    with opened(folder, "small") as store:
        with watch.time("sample company 60 / 200"):
            sample(store, 60, 200)
        build(watch, store, "60 / 200")


def large_company(watch: Stopwatch, folder: Path) -> None:
    """The sample company of 700: rows, problem, backup, and a trip through a workbook, with the step undone."""
    with opened(folder, "large") as store:
        with watch.time("sample company 700 / 2300"):
            sample(store, 700, 2300)
        build(watch, store, "700 / 2300")
        with watch.time("write its records as a workbook"), store.session() as session:
            written = write_records(session, folder / "company.xlsx")
    with opened(folder, "copy") as store:
        desk = Desk(store, CLOCK, "bench")
        rows = sum(written.values())
        with watch.time(f"read and check {rows:,} rows"), store.session() as session:
            report = check_file(session, folder / "company.xlsx")
        with watch.time(f"store {rows:,} records as one step"):
            store_report(desk, report)
        with watch.time("undo that step"):
            desk.undo()
        with watch.time("redo it"):
            desk.redo()


def bookings_file(watch: Stopwatch, folder: Path) -> None:
    """A file of 10,000 bookings, 300 of them with faults, which is refused, and then stored without them."""
    write_bookings(folder / "bookings.xlsx", 10_000, 300)
    places = [AddFactory(f"F{number}", f"Factory {number}", "广东省", "CN") for number in range(1, 51)]
    with opened(folder, "bookings") as store:
        desk = Desk(store, CLOCK, "bench")
        desk.handle_all([AddClient("C1", "Kite and Kettle"), *places], "Add who books")
        with watch.time("check 10,000 bookings, 300 bad"), store.session() as session:
            report = check_file(session, folder / "bookings.xlsx")
        with watch.time("store the 9,700 good ones"):
            store_report(desk, report, skip_bad=True)
        with watch.time("undo that import"):
            desk.undo()


def long_past(watch: Stopwatch, folder: Path) -> None:
    """The sample company of 700 with three years of visits behind it."""
    with opened(folder, "past") as store:
        with watch.time("sample company 700 / 2300 with 3 years", lambda: size(store)):
            sample(store, 700, 2300, 3)
        build(watch, store, "700 / 2300 with 3 years")
        with watch.time("back it up, verified", lambda: size(store)):
            back_up(store, folder / "backup.db")


def build(watch: Stopwatch, store: Store, name: str) -> None:
    """Time the building of the coming week's problem."""
    with watch.time(f"build the problem of {name}"), store.session() as session:
        build_problem(session, settings_for(session, MONDAY))


def size(store: Store) -> str:
    """How large a database's file is."""
    return "" if store.path is None else f"{store.path.stat().st_size / 1e6:,.0f} MB"


OPERATIONS: dict[str, Callable[[Stopwatch, Path], None]] = {
    "small company": small_company,
    "large company": large_company,
    "bookings file": bookings_file,
    "long past": long_past,
}
LONG_OPERATIONS = frozenset({"long past"})
"""What is left to the full measurement."""


def run_alone(name: str) -> Rows:
    """Run a group of operations in a process of its own; gives its rows."""
    done = subprocess.run((sys.executable, "-m", __name__, name), stdout=subprocess.PIPE, check=True)
    rows: Rows = json.loads(done.stdout)
    return rows


def write_problem(inspectors: int, requests: int, path: Path) -> None:
    """The problem of the sample company's week as a file."""
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder), "sample") as store:
        sample(store, inspectors, requests)
        save_json(path, problem_to_json(ready_problem(store, settings_for(store, MONDAY)).problem))


def main(arguments: list[str]) -> None:
    """Run a group by name; or `problem:60:200 PATH`."""
    name = arguments[0]
    if name.startswith("problem:"):
        _, inspectors, requests = name.split(":")
        write_problem(int(inspectors), int(requests), Path(arguments[1]))
        return
    watch = Stopwatch()
    with tempfile.TemporaryDirectory() as folder:
        OPERATIONS[name](watch, Path(folder))
    json.dump(watch.rows, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
