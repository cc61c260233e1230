"""Measurements as a table, on the terminal and in the page of benchmarks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.cells import dollars, milliseconds, table
from tests.benchmarks.forecasts import ABOUT, forecast_rows, seconds_of
from tests.benchmarks.places import place_rows
from tests.benchmarks.repairs import repair_rows
from tests.benchmarks.report_files import report_file_rows
from tests.benchmarks.reports import report_rows
from tests.benchmarks.solver_page import solver_rows

MEASURED, SOLVER, PLACES, REPAIRS, REPORTS, REPORT_FILES, FORECASTS = (
    "measured",
    "solver",
    "places",
    "repairs",
    "reports",
    "report files",
    "forecasts",
)  # parts of the page, each between markers of its name
Row = Mapping[str, Any]


def plan_rows(results: Sequence[Row]) -> list[tuple[str, ...]]:
    """A line of cells for every solved instance, and the heads."""
    rows: list[tuple[str, ...]] = [
        ("instance", "seed", "seconds", "cost", "bound", "gap", "unassigned", "rules kept", "others")
    ]
    for row in results:
        others = ", ".join(f"{name} {dollars(cost)}" for name, cost in row["references"].items())
        rows.append(
            (
                row["instance"],
                str(row["seed"]),
                f"{row['seconds']:.0f} of {row['limit_seconds']:g}",
                dollars(row["cost"]),
                "none yet" if row["bound"] is None else dollars(row["bound"]),
                "-" if row["gap"] is None else f"{100 * row['gap']:.2f} %",
                f"{row['unassigned']} of {row['unassigned'] + row['assigned']}",
                "all" if row["keeps_all_rules"] else "NO",
                others or "-",
            )
        )
    return rows


def operation_rows(results: Sequence[Row]) -> list[tuple[str, ...]]:
    """A line of cells for every timed operation, and the heads."""
    rows: list[tuple[str, ...]] = [("operation", "seconds", "peak memory", "remark")]
    rows += [
        (row["operation"], f"{row['seconds']:.2f}", f"{row['peak_mb']:.0f} MB", row.get("remark", ""))
        for row in results
    ]
    return rows


def window_rows(results: Sequence[Row]) -> list[tuple[str, ...]]:
    """A line of cells for every measurement of the window, and the heads."""
    rows: list[tuple[str, ...]] = [("window", "measured", "aim", "remark")]
    rows += [
        (
            row["measure"],
            milliseconds(row["ms"]),
            "-" if row["aim_ms"] is None else f"under {milliseconds(row['aim_ms'])}",
            row["remark"],
        )
        for row in results
    ]
    return rows


def as_text(report: Mapping[str, Any]) -> str:
    """All that was measured, with where, when and on which commit."""
    packages = ", ".join(f"{name} {version}" for name, version in report["machine"]["packages"].items())
    parts = [f"{_where(report)}, {packages}."]
    if report["plans"]:
        parts += ["", table(plan_rows(report["plans"]))]
    if report["operations"]:
        parts += ["", table(operation_rows(report["operations"]))]
    if report["window"]:
        parts += ["", table(window_rows(report["window"]))]
    return "\n".join(parts)


def solver_text(kept: Sequence[Row]) -> str:
    """The solver's table, with when and on which commits its rows were measured."""
    runs = [run for row in kept for run in row["runs"] if run["cost"] is not None]
    dates, commits = ({run[key] for run in runs} for key in ("date", "commit"))
    return f"{', '.join(sorted(dates))}; commits {', '.join(sorted(commits))}.\n\n{table(solver_rows(kept))}"


def places_text(report: Mapping[str, Any]) -> str:
    """The table of placed addresses, with where, when and on which commit."""
    found = report["places"]
    return f"{_where(report)}; index made in {found[0]['index_ms']:.0f} ms.\n\n{table(place_rows(found))}"


def repairs_text(report: Mapping[str, Any]) -> str:
    """The table of a plan in force repaired, with where, when and on which commit."""
    return f"{_where(report)}.\n\n{table(repair_rows(report['repairs']))}"


def reports_text(report: Mapping[str, Any]) -> str:
    """The table of reports on three years of visits, with where, when and on which commit."""
    return f"{_where(report)}.\n\n{table(report_rows(report['reports']))}"


def report_files_text(report: Mapping[str, Any]) -> str:
    """The table of files written of three years of visits, with where, when and on which commit."""
    return f"{_where(report)}.\n\n{table(report_file_rows(report['report_files']))}"


def forecasts_text(report: Mapping[str, Any]) -> str:
    """The table of errors of forecasts on weeks held back, with where, when and on which commit."""
    rows = report["forecasts"]
    return f"{_where(report)}.\n\n{table(forecast_rows(rows))}\n\n{ABOUT}\n\n{seconds_of(rows)}"


def _where(report: Mapping[str, Any]) -> str:
    machine = report["machine"]
    return (
        f"{report['date']}, commit {machine['commit'] or 'unknown'}, {machine['processor']}, {machine['cores']} cores, "
        f"{machine['memory_gb']:g} GB, load {machine['load']:g} before the start, {machine['system']}, "
        f"Python {machine['python']}"
    )


def fill(path: Path, text: str, part: str = MEASURED) -> None:
    """Put the text between the page's markers of a part; a page without them gets them at its end."""
    begin, end = f"<!-- {part}: begin -->", f"<!-- {part}: end -->"
    page = path.read_text(encoding="utf-8") if path.exists() else "# Benchmarks\n"
    before, found, rest = page.partition(begin)
    after = rest.partition(end)[2] if found else "\n"
    before = before if found else before.rstrip() + "\n\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}", encoding="utf-8")
