"""The records of a database as an import workbook: read back, it gives the same records."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from sqlalchemy.orm import Session
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from desktop.errors import BadInputError
from desktop.models import Base, Request
from desktop.services.exchange.atomic import replacing
from desktop.services.exchange.book import put, writing_workbook
from desktop.services.exchange.cells import Cell, marked, marked_for_csv
from desktop.services.exchange.codes import Codes
from desktop.services.exchange.columns import Sheet, Values
from desktop.services.exchange.records import every, values_of
from desktop.services.exchange.sheets import SHEETS, sheet_named
from desktop.services.exchange.styles import Formats
from desktop.services.planning.reading import Source, reading

OPEN_STATUSES = ("new", "ready", "published")

# Rows below the last record that are typed as text, so that what is added by hand stays as it is written.
SPARE_ROWS = 1000


def write_records(
    source: Source, path: str | Path, *, kinds: Sequence[str] = (), everything: bool = False
) -> dict[str, int]:
    """Write the records as a file that `import_file` reads.

    Args:
        source: where the records are.
        path: a .xlsx file, or a .csv file for one kind; replaced where it exists.
        kinds: the kinds of records to write, or their titles; empty: all that there are.
        everything: also bookings that are done or cancelled.

    Returns:
        The number of records by sheet title.

    Raises:
        BadInputError: where the file cannot be written, or a .csv file is wanted for more than one kind.
    """
    path = Path(path)
    wanted = [sheet_named(kind) for kind in kinds]
    with reading(source) as session:
        return _write(path, wanted, _Tables(session, everything=everything))


def _write(path: Path, wanted: Sequence[Sheet], tables: _Tables) -> dict[str, int]:
    if path.suffix.lower() == ".csv":
        if len(wanted) != 1:
            raise BadInputError(f"{path.name} can hold one kind of record only.", "Say which, or write a .xlsx file.")
        return _write_csv(path, wanted[0], tables)
    written: dict[str, int] = {}
    with writing_workbook(path) as (book, formats):
        for sheet in SHEETS:
            records = tables.records(sheet) if not wanted or sheet in wanted else []
            if records or sheet in wanted:
                written[sheet.title] = len(records)
                write_sheet(book, formats, sheet, (cells_of(sheet, values) for values in tables.values(sheet, records)))
        if not written:
            write_sheet(book, formats, SHEETS[0], ())
    return written


def _write_csv(path: Path, sheet: Sheet, tables: _Tables) -> dict[str, int]:
    records = tables.records(sheet)
    with replacing(path) as draft, draft.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.header for column in sheet.columns])
        for values in tables.values(sheet, records):
            writer.writerow(cells_of(sheet, values, marked_for_csv))
    return {sheet.title: len(records)}


class _Tables:
    """The records of a database, by sheet."""

    def __init__(self, session: Session, *, everything: bool) -> None:
        self._session = session
        self._everything = everything
        self._codes = Codes(session)

    def records(self, sheet: Sheet) -> list[Base]:
        if sheet.kind == "request" and not self._everything:
            return every(self._session, sheet, self._codes, Request.status.in_(OPEN_STATUSES))
        return every(self._session, sheet, self._codes)

    def values(self, sheet: Sheet, records: Iterable[Base]) -> Iterator[Values]:
        return (values_of(sheet, record, self._codes) for record in records)


def cells_of(sheet: Sheet, values: Values, mark: Callable[[str], str] = marked) -> list[Cell]:
    """The cells of one record, in the order of the columns; `mark` keeps text from being read as something else."""
    cells: list[Cell] = []
    for column in sheet.columns:
        value = values[column.field]
        cell = None if value is None else column.kind.write(value)
        cells.append(mark(cell) if isinstance(cell, str) else cell)
    return cells


def write_sheet(book: Workbook, formats: Formats, sheet: Sheet, rows: Iterable[Sequence[Cell]]) -> Worksheet:
    """Add a sheet with its header and rows; the columns are typed, so that a spreadsheet program leaves text alone."""
    page = book.add_worksheet(sheet.title)
    page.freeze_panes(1, 1)
    page.set_row(0, 30)
    typed = [_format_of(formats, column.kind.form) for column in sheet.columns]
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.kind.width, typed[place])
        title = f"{column.header} *" if column.is_needed else column.header
        page.write_string(0, place, title, formats.header)
    last = 0
    for last, cells in enumerate(rows, 1):
        for place, cell in enumerate(cells):
            if cell is not None:
                put(page, last, place, cell, typed[place])
    page.autofilter(0, 0, max(last, 1), len(sheet.columns) - 1)
    add_choices(page, sheet, max(last, 1) + SPARE_ROWS)
    return page


def add_choices(page: Worksheet, sheet: Sheet, last_row: int) -> None:
    """Give the columns that have few values a drop-down list."""
    for place, column in enumerate(sheet.columns):
        if column.kind.choices:
            page.data_validation(
                1,
                place,
                last_row,
                place,
                {
                    "validate": "list",
                    "source": list(column.kind.choices),
                    "error_type": "stop" if column.kind.only_choices else "information",
                    "error_title": column.header,
                    "error_message": f"{column.help[:200]} Usual: {', '.join(column.kind.choices)}"[:255],
                },
            )


def _format_of(formats: Formats, form: str) -> Format:
    match form:
        case "number":
            return formats.get(num_format="General", align="right")
        case "money":
            return formats.get(num_format="#,##0.00", align="right")
        case "date":
            return formats.get(num_format="yyyy-mm-dd", align="left")
    return formats.get(num_format="@")
