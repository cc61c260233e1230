"""Plans as files for other programs: CSV by visit and inspector, and the problem/plan pair of the JSON formats."""

from __future__ import annotations

import csv
from pathlib import Path

from desktop.services.exchange.atomic import replacing
from desktop.services.exchange.cells import Cell, without_formula
from desktop.services.exchange.plan_tables import HALVES, as_csv, halves, row_cells
from desktop.services.planning.pairs import plan_pair
from desktop.services.planning.reading import Source, plan_view
from scheduler.wire import plan_to_json, problem_to_json, save_json


def export_plan_csv(source: Source, code: str, path: str | Path) -> int:
    """Write a plan as CSV (UTF-8), a row for each inspector of each visit.

    Text that a spreadsheet program would take for a formula begins with an apostrophe.

    Returns:
        The number of rows.

    Raises:
        NotFoundError: there is no plan of that code.
        BadInputError: the file cannot be written.
    """
    rows = list(halves(plan_view(source, code)))
    with replacing(Path(path)) as draft, draft.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Plan", *(field.header for field in HALVES)])
        for row in rows:
            writer.writerow([_safe(code), *map(_safe, row_cells(HALVES, row))])
    return len(rows)


def export_pair(source: Source, code: str, problem_path: str | Path, plan_path: str | Path) -> None:
    """Write a plan and the problem that it answers, as any program reads them that knows the two formats.

    Raises:
        NotFoundError: there is no plan of that code.
        BadInputError: a file cannot be written.
    """
    problem, plan = plan_pair(source, code)
    with replacing(Path(problem_path)) as first, replacing(Path(plan_path)) as second:
        save_json(first, problem_to_json(problem))
        save_json(second, plan_to_json(plan))


def _safe(cell: Cell) -> str:
    return without_formula(cell) if isinstance(cell, str) else as_csv(cell)
