"""Reports as CSV: a file a table, for other programs and for whoever makes own tables of them."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from desktop.errors import BadInputError
from desktop.services.exchange.atomic import replacing
from desktop.services.exchange.cells import Cell, without_formula
from desktop.services.reports.files.cells import cells_of
from desktop.services.reports.files.wording import headings, kept_columns
from desktop.services.reports.report import Report, Table, Unit
from desktop.services.reports.vocabulary import Language

_PLACES = 6  # of a share; the frames have as many as a double, of which most say nothing


def write_csv(
    report: Report,
    path: str | Path,
    language: Language = "en",
    *,
    tables: Sequence[str] = (),
    private: bool = False,
) -> tuple[Path, ...]:
    """Write tables of a report as CSV: UTF-8 with a mark at its begin, days as ISO, a point before decimals.

    Amounts are in whole units of the currency that the heading names, shares from 0 to 1. Text that a spreadsheet
    program would take for a formula begins with an apostrophe. Sums of everything are left out.

    Args:
        report: what is written.
        path: a .csv file for one table; else a folder, made where it is missing, that gets REPORT-TABLE.csv of each.
        language: of headings and of values of closed lists.
        tables: by name; empty: all.
        private: with the columns that name telephone numbers, addresses and the like.

    Returns:
        The files.

    Raises:
        BadInputError: there is no such table, one file is named for several, or a file cannot be written.
    """
    path = Path(path)
    wanted = tables_named(report, tables)
    if path.suffix.lower() != ".csv":
        make_folder(path)
        paths = [path / f"{report.name}-{table.name}.csv" for table in wanted]
    elif len(wanted) == 1:
        paths = [path]
    else:
        names = ", ".join(table.name for table in wanted) or "none"
        raise BadInputError(
            f"{path.name} can hold one table only; the report {report.name} has {names}.",
            "Name one of them, or a folder instead of a file.",
        )
    for table, file in zip(wanted, paths, strict=True):
        _write_table(report, table, file, language, private=private)
    return tuple(paths)


def tables_named(report: Report, wanted: Sequence[str]) -> tuple[Table, ...]:
    """The tables of some names; all where none is named.

    Raises:
        BadInputError: the report has no such table.
    """
    known = [table.name for table in report.tables]
    for name in wanted:
        if name not in known:
            raise BadInputError(
                f"The report {report.name} has no table {name}.", f"It has {', '.join(known) or 'none at all'}."
            )
    return tuple(table for table in report.tables if not wanted or table.name in wanted)


def make_folder(path: Path) -> None:
    """Make a folder where it is missing.

    Raises:
        BadInputError: a file has its name, or it cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInputError(
            f"{path} cannot be made: {error.strerror or error}.", "Name a folder that you may write to."
        ) from error


def csv_cells(cells: Sequence[Cell], unit: Unit) -> list[str]:
    """The cells of a column as a CSV file has them."""
    if unit == "money":
        return ["" if cell is None else f"{cell:.2f}" for cell in cells]
    return ["" if cell is None else _spelled(cell) for cell in cells]


def _spelled(cell: Cell) -> str:
    if isinstance(cell, str):
        return without_formula(cell)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ", "minutes")
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, float):
        return f"{cell:.{_PLACES}f}".rstrip("0").rstrip(".") or "0"
    return str(cell)


def _write_table(report: Report, table: Table, path: Path, language: Language, *, private: bool) -> None:
    columns = kept_columns(table, private=private)
    cells = [csv_cells(cells_of(table.frame[column.key], column.unit, language), column.unit) for column in columns]
    with replacing(path) as draft, draft.open("w", encoding="utf-8-sig", newline="", errors="replace") as file:
        writer = csv.writer(file)
        writer.writerow([without_formula(title) for title in headings(columns, report.scope.currency, language)])
        writer.writerows(zip(*cells, strict=True))
