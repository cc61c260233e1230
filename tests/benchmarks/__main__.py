"""`python -m tests.benchmarks`: measure, print the table, keep the figures."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from desktop.clock import SystemClock
from tests.benchmarks.company import large_company
from tests.benchmarks.instances import instances, measure
from tests.benchmarks.machine import describe
from tests.benchmarks.operations import LONG_OPERATIONS, OPERATIONS
from tests.benchmarks.operations import run_alone as run_operation
from tests.benchmarks.page import as_text, fill
from tests.benchmarks.window import GROUPS
from tests.benchmarks.window import run_alone as run_window

SEEDS = (1, 2, 3)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what is asked for and give the exit code: 1 where a plan breaks a rule."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--full", action="store_true", help="longer limits, more seeds, the large databases")
    parser.add_argument("--out", type=Path, default=Path("out/bench.json"))
    parser.add_argument("--page", type=Path, help="page to fill in between its markers")
    parser.add_argument("--only", default="", help="only what has this in its name")
    asked = parser.parse_args(arguments)
    report: dict[str, Any] = {
        "machine": describe(),
        "date": SystemClock().now().date().isoformat(),
        "plans": _plans(asked.full, asked.only),
        "operations": _operations(asked.full, asked.only),
        "window": _window(asked.only),
    }
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_text(json.dumps(report, indent=2), encoding="utf-8")
    text = as_text(report)
    sys.stdout.write(f"\n{text}\n\nFigures in {asked.out}\n")
    if asked.page:
        fill(asked.page, text)
    return 0 if all(row["keeps_all_rules"] for row in report["plans"]) else 1


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


def _announce(text: str) -> None:
    sys.stderr.write(f"measuring {text}\n")


if __name__ == "__main__":
    sys.exit(main())
