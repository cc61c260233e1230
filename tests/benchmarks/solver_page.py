"""The solver's runs as a table: the median of the seeds, beside what was aimed at and what others reach."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from typing import Any

from tests.benchmarks.cells import dollars
from tests.benchmarks.peers.__main__ import PEERS
from tests.benchmarks.solver_rows import Row, row_named

HEADS = ("row", "limit", "seconds", "cost", "bound", "gap", "goal", "at least", "memory", "left out", "rules", "others")
Run = Mapping[str, Any]


def solver_rows(kept: Sequence[Mapping[str, Any]]) -> list[tuple[str, ...]]:
    """A line of cells for every row measured, and the heads."""
    return [HEADS, *(_cells(row_named(entry["row"]), entry["runs"]) for entry in kept)]


def _cells(row: Row, runs: Sequence[Run]) -> tuple[str, ...]:
    own = [run for run in runs if run["planner"] == "solver"]
    if not own:
        return (row.name, *("-" for _ in HEADS[1:]))
    bounds = [run["bound"] for run in own if run["bound"] is not None]
    return (
        row.name,
        f"{row.seconds:g} s",
        f"{statistics.median(run['seconds'] for run in own):.0f}",
        dollars(round(statistics.median(run["cost"] for run in own))),
        dollars(round(statistics.median(bounds)))
        if len(bounds) == len(own)
        else f"none yet in {len(own) - len(bounds)}",
        _gap(row, own),
        _aim(row.goal, row.goal_mb),
        _aim(row.least, row.least_mb),
        f"{max(run['peak_mb'] for run in own):,} MB",
        f"{statistics.median(run['unassigned'] for run in own):g}",
        "all" if all(run["keeps_all_rules"] for run in runs if run["cost"] is not None) else "NO",
        _others(own, runs),
    )


def _gap(row: Row, own: Sequence[Run]) -> str:
    """The median gap, or the worst where the aim is for every one; a run without a bound has the widest."""
    gaps = sorted(float("inf") if run["gap"] is None else run["gap"] for run in own)
    gap = gaps[-1] if row.worst else gaps[len(gaps) // 2]
    which = f"worst of {len(own)}" if row.worst else f"median of {len(own)}"
    return "-" if gap == float("inf") else f"{100 * gap:.2f} %, {which}"


def _aim(gap: float | None, megabytes: int | None) -> str:
    parts = [] if gap is None else [f"{100 * gap:g} %"]
    parts += [] if megabytes is None else [f"{megabytes:,} MB"]
    return ", ".join(parts) or "-"


def _others(own: Sequence[Run], runs: Sequence[Run]) -> str:
    """What the peers reach with the same seed, as a share above the solver's cost; and what a row has of its own."""
    cost_of = {run["seed"]: run["cost"] for run in own}
    parts = []
    for run in runs:
        if run["planner"] not in PEERS or run["seed"] not in cost_of:
            continue
        if run["cost"] is None:
            parts.append(f"{run['planner']} {run.get('why', 'not installed')}")
        else:
            more = run["cost"] / max(1, cost_of[run["seed"]]) - 1
            parts.append(f"{run['planner']} {dollars(run['cost'])} ({100 * more:+.1f} %)")
    if shares := [run["kept_share"] for run in own if "kept_share" in run]:
        parts.append(f"{100 * statistics.median(shares):.1f} % stay as announced")
    if times := [(run["rank_ms"], run["moves_ms"]) for run in own if "rank_ms" in run]:
        parts.append(f"p95 {times[0][0]:g} ms direct (50, 100), {times[0][1]:,g} ms moving others (1,000, 3,000)")
    return ", ".join(parts) or "-"
