"""Which list stands behind a cell: the report's scope, narrowed by what the cell's row names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from desktop.clock import Clock
from desktop.services.planning.reading import Source
from desktop.services.reports.report import Report, Table
from desktop.services.reports.scope import Scope


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
