"""Reports as CSV: a file a table, for other programs and for whoever makes own tables of them."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.errors import BadInputError
from desktop.services.exchange.atomic import replacing
from desktop.services.exchange.cells import Cell, without_formula
from desktop.services.reports.files.cells import cells_of
from desktop.services.reports.files.wording import headings, kept_columns, table_title
from desktop.services.reports.report import Report, Table, Unit
from desktop.services.reports.vocabulary import Language

if TYPE_CHECKING:
    from _csv import Writer

_PLACES = 6  # of a share; the frames have as many as a double, of which most say nothing


def write_csv(
    report: Report,
    path: str | Path,
    language: Language = "en",
    *,
    table: str = "",
    private: bool = False,
) -> tuple[Path, ...]:
    """Write tables of a report as CSV: UTF-8 with a mark at its begin, days as ISO, a point before decimals.

    Amounts are in whole units of the currency that the heading names, shares from 0 to 1. Text that a spreadsheet
    program would take for a formula begins with an apostrophe. Sums of everything are left out.

    Args:
        report: what is written.
        path: a .csv file; or a folder, made where it is missing, that gets a file of each table, named by both.
        language: of headings and of values of closed lists.
        table: the only one that is written. "": all; in one file they stand below each other, each under its title.
        private: with the columns that name telephone numbers, addresses and the like.

    Returns:
        The files.

    Raises:
        BadInputError: there is no such table, or a file cannot be written.
    """
    path = Path(path)
    wanted = [table_named(report, table)] if table else list(report.tables)
    if path.suffix.lower() == ".csv":
        with _writing(path) as writer:
            for number, one in enumerate(wanted):
                if len(wanted) > 1:
                    writer.writerows([[]] if number else [])
                    writer.writerow([without_formula(table_title(one, language))])
                _write_table(writer, report, one, language, private=private)
        return (path,)
    make_folder(path)
    files = []
    for one in wanted:
        name = one.name if one.name.startswith(report.name) else f"{report.name}-{one.name}"
        files.append(path / f"{name}.csv")
        with _writing(files[-1]) as writer:
            _write_table(writer, report, one, language, private=private)
    return tuple(files)


def table_named(report: Report, name: str) -> Table:
    """The table of a name.

    Raises:
        BadInputError: the report has no such table.
    """
    known = {table.name: table for table in report.tables}
    if name not in known:
        raise BadInputError(
            f"The report {report.name} has no table {name}.", f"It has {', '.join(known) or 'none at all'}."
        )
    return known[name]


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
    """The cells of a column as a CSV file has them; what comes again is spelled once."""
    spell: Callable[[Cell], str] = _amount if unit == "money" else _spelled
    made: dict[Cell, str] = {None: ""}
    texts = []
    for cell in cells:
        text = made.get(cell)
        if text is None:
            text = made[cell] = spell(cell)
        texts.append(text)
    return texts


def _amount(cell: Cell) -> str:
    return f"{cell:z.2f}"  # nothing is not below nothing


def _spelled(cell: Cell) -> str:
    if isinstance(cell, str):
        return without_formula(cell)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ", "minutes")
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, float):
        return f"{cell:z.{_PLACES}f}".rstrip("0").rstrip(".") or "0"
    return str(cell)


@contextlib.contextmanager
def _writing(path: Path) -> Iterator[Writer]:
    with replacing(path) as draft, draft.open("w", encoding="utf-8-sig", newline="", errors="replace") as file:
        yield csv.writer(file)


def _write_table(writer: Writer, report: Report, table: Table, language: Language, *, private: bool) -> None:
    columns = kept_columns(table, private=private)
    cells = [csv_cells(cells_of(table.frame[column.key], column.unit, language), column.unit) for column in columns]
    writer.writerow([without_formula(title) for title in headings(columns, report.scope.currency, language)])
    writer.writerows(zip(*cells, strict=True))
