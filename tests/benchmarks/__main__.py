"""`python -m tests.benchmarks`: measure, print the table, keep the figures."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.company import KEPT, large_company
from tests.benchmarks.forecasts import measure_forecasts
from tests.benchmarks.instances import instances, measure
from tests.benchmarks.machine import describe, today
from tests.benchmarks.operations import LONG_OPERATIONS, OPERATIONS
from tests.benchmarks.operations import run_alone as run_operation
from tests.benchmarks.page import (
    FORECASTS,
    MEASURED,
    PLACES,
    REPAIRS,
    REPORT_FILES,
    REPORTS,
    SOLVER,
    as_text,
    fill,
    forecasts_text,
    places_text,
    repairs_text,
    report_files_text,
    reports_text,
    solver_text,
)
from tests.benchmarks.places import measure_places
from tests.benchmarks.repairs import measure_repairs
from tests.benchmarks.report_files import measure_report_files
from tests.benchmarks.reports import measure_reports
from tests.benchmarks.solver_rows import ROWS, row_named
from tests.benchmarks.solver_runs import measure_rows, read_rows
from tests.benchmarks.window import GROUPS
from tests.benchmarks.window import run_alone as run_window
from tests.helpers.stores import ENGINES

SEEDS = (1, 2, 3)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what is asked for and give the exit code: 1 where a plan breaks a rule."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--full", action="store_true", help="longer limits, more seeds, the large databases")
    parser.add_argument("--out", type=Path, default=Path("out/bench.json"))
    parser.add_argument("--page", type=Path, help="page to fill in between its markers")
    parser.add_argument("--only", default="", help="only what has this in its name; `solver`: its own table")
    parser.add_argument(
        "--row",
        action="append",
        choices=[row.name for row in ROWS],
        help="with `--only solver`: this row of it; may be repeated",
    )
    parser.add_argument(
        "--seed", type=int, action="append", help="with `--only solver` or `repairs`: this seed; may be repeated"
    )
    asked = parser.parse_args(arguments)
    report: dict[str, Any] = {
        "machine": describe(),
        "date": today(),
        "plans": _plans(asked.full, asked.only),
        "operations": _operations(asked.full, asked.only),
        "window": _window(asked.only),
        "places": _places(asked.only),
        "repairs": _repairs(asked),
        "reports": _reports(asked.full, asked.only),
        "report_files": _report_files(asked.full, asked.only),
        "forecasts": _forecasts(asked.full, asked.only),
        "solver": _solver(asked),
    }
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_text(json.dumps(report, indent=2), encoding="utf-8")
    measured = any(report[part] for part in ("plans", "operations", "window"))
    texts = {MEASURED: as_text(report)} if measured else {}
    if report["places"]:
        texts[PLACES] = places_text(report)
    if report["repairs"]:
        texts[REPAIRS] = repairs_text(report)
    if report["reports"]:
        texts[REPORTS] = reports_text(report)
    if report["report_files"]:
        texts[REPORT_FILES] = report_files_text(report)
    if report["forecasts"]:
        texts[FORECASTS] = forecasts_text(report)
    if report["solver"]:
        texts[SOLVER] = solver_text(report["solver"])
    for part, text in texts.items():
        sys.stdout.write(f"\n{text}\n")
        if asked.page:
            fill(asked.page, text, part)
    sys.stdout.write(f"\nFigures in {asked.out}, of the solver's table in {KEPT}\n")
    solved = [run for row in report["solver"] for run in row["runs"] if run["cost"] is not None]
    return 0 if all(run["keeps_all_rules"] for run in (*report["plans"], *report["repairs"], *solved)) else 1


def _solver(asked: argparse.Namespace) -> list[dict[str, Any]]:
    """The solver's table: measured by a full run, or when asked for; else as far as it has been measured before."""
    if asked.only == "solver" or (asked.full and not asked.only):
        rows = [row_named(name) for name in asked.row] if asked.row else ROWS
        measure_rows(rows, KEPT, asked.seed or ())
    return read_rows(KEPT)


def _plans(full: bool, only: str) -> list[dict[str, object]]:
    rows = []
    for instance in instances():
        if only not in instance.name:
            continue
        first, *others = instance.full_seconds
        runs = [(first, seed) for seed in SEEDS] + [(limit, 1) for limit in others] if full else [(instance.seconds, 1)]
        for seconds, seed in runs:
            _announce(f"{instance.name}, seed {seed}, {seconds:g} s")
            with tempfile.TemporaryDirectory() as folder:
                rows.append(measure(instance, seconds, seed, Path(folder)))
    return rows


def _operations(full: bool, only: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for name in OPERATIONS:
        if only in name and (full or name not in LONG_OPERATIONS):
            _announce(name)
            rows += run_operation(name)
    return rows


def _window(only: str) -> list[dict[str, object]]:
    wanted = [name for name in GROUPS if only in f"window {name}"]
    if wanted:
        large_company()
    rows: list[dict[str, object]] = []
    for name in wanted:
        _announce(f"window {name}")
        rows += run_window(name)
    return rows


def _places(only: str) -> list[dict[str, Any]]:
    if only not in "places":
        return []
    _announce("places")
    return measure_places()


def _repairs(asked: argparse.Namespace) -> list[dict[str, Any]]:
    """Repairs of a plan in force: minutes, so only in a full run or when asked for."""
    if asked.only == "repairs" or (asked.full and asked.only in "repairs"):
        return measure_repairs(asked.seed or SEEDS)
    return []


def _reports(full: bool, only: str) -> list[dict[str, Any]]:
    """Reports on three years of visits: minutes, so only in a full run or when asked for."""
    engines = [engine for engine in ENGINES if only in (f"reports {engine}", "reports") or (full and not only)]
    if engines:
        _announce(f"reports, {' and '.join(engines)}")
    return measure_reports(engines) if engines else []


def _report_files(full: bool, only: str) -> list[dict[str, Any]]:
    """Files of three years of visits: a full run's, or when asked for."""
    engines = [one for one in ENGINES if only in (f"report files {one}", "report files") or (full and not only)]
    if engines:
        _announce(f"report files, {' and '.join(engines)}")
    return measure_report_files(engines) if engines else []


def _forecasts(full: bool, only: str) -> list[dict[str, Any]]:
    """Forecasts of demand on three years of visits: a full run's, or when asked for."""
    if only == "forecasts" or (full and only in "forecasts"):
        _announce("forecasts")
        return measure_forecasts()
    return []


def _announce(text: str) -> None:
    sys.stderr.write(f"measuring {text}\n")


if __name__ == "__main__":
    sys.exit(main())
