"""Which list stands behind a cell: the report's scope, narrowed by what the cell's row names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from desktop.clock import Clock
from desktop.services.planning.reading import Source
from desktop.services.reports.report import Report, Table
from desktop.services.reports.scope import Scope

NAMING = frozenset({"text", "word", "week", "date"})
"""Units of the columns that say of what a row tells."""


def scope_behind(report: Report, table: Table, place: int) -> Scope:
    """Of what the list behind a row tells."""
    scope, row = report.scope, table.frame.iloc[place]
    for column in table.columns:
        value = row[column.key] if column.key in table.frame.columns else None
        if column.unit == "week" and isinstance(value, dt.date):
            scope = scope.in_weeks(value, 1)
        elif column.dimension and column.dimension != "week" and isinstance(value, str):
            scope = scope.narrowed(**{column.dimension: value})
    return scope


def query_behind(report: Report, table: Table, place: int, column: str = "") -> Callable[[Source, Clock], Report]:
    """What reads the list behind a row, or behind one of its cells where that is made of something else."""
    kinds = [shown.behind for shown in table.columns if shown.key == column and shown.behind]
    scope, kind = scope_behind(report, table, place), (*kinds, table.behind)[0]

    def read(source: Source, clock: Clock) -> Report:
        from desktop.services.reports.behind import behind  # noqa: PLC0415 -- in the thread that reads

        return behind(source, kind, scope, clock)

    return read


def same_row(report: Report, table: Table, place: int) -> tuple[Table, int] | None:
    """The row of a report read anew that tells of what a row told before, with its table; None where there is none."""
    found = next((one for one in report.tables if one.name == table.name), None)
    # a name may be given anew, the code beside it is not
    named = [column.key for column in table.columns if column.unit in NAMING and not column.key.endswith("_name")]
    names = [name for name in named if name in table.frame.columns]
    if found is None or not names or not set(names) <= set(found.frame.columns):
        return None
    rows = found.frame.reset_index(drop=True)
    for name in names:
        before = table.frame[name].iloc[place : place + 1]
        rows = rows[rows[name].isna() if before.isna().all() else rows[name] == before.item()]
    return (found, int(rows.index[0])) if len(rows) == 1 else None
