"""The records of a database as an import workbook: read back, it gives the same records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from sqlalchemy.orm import Session
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from desktop.models import Base, Request
from desktop.services.exchange.book import put, writing_workbook
from desktop.services.exchange.cells import Cell, marked
from desktop.services.exchange.codes import Codes
from desktop.services.exchange.columns import Sheet, Values
from desktop.services.exchange.records import every, values_of
from desktop.services.exchange.sheets import SHEETS
from desktop.services.exchange.styles import Formats

OPEN_STATUSES = ("new", "ready", "published")

# Rows below the last record that are typed as text, so that what is added by hand stays as it is written.
SPARE_ROWS = 1000


def write_records(
    session: Session, path: str | Path, *, kinds: Sequence[str] = (), everything: bool = False
) -> dict[str, int]:
    """Write the records as a workbook that `import_file` reads.

    Args:
        session: for reading.
        path: the .xlsx file; replaced where it exists.
        kinds: the kinds of sheet to write; empty: all that have records.
        everything: also bookings that are done or cancelled.

    Returns:
        The number of records by sheet title.

    Raises:
        BadInputError: where the file cannot be written.
    """
    written: dict[str, int] = {}
    codes = Codes(session)
    with writing_workbook(Path(path)) as (book, formats):
        for sheet in SHEETS:
            if kinds and sheet.kind not in kinds:
                continue
            records = _records_of(session, sheet, codes, everything=everything)
            if records or kinds:
                written[sheet.title] = len(records)
                rows = (values_of(sheet, record, codes) for record in records)
                write_sheet(book, formats, sheet, map(lambda values: cells_of(sheet, values), rows))
        if not written:
            write_sheet(book, formats, SHEETS[0], ())
    return written


def cells_of(sheet: Sheet, values: Values) -> list[Cell]:
    """The cells of one record, in the order of the columns."""
    cells: list[Cell] = []
    for column in sheet.columns:
        value = values[column.field]
        cell = None if value is None else column.kind.write(value)
        cells.append(marked(cell) if isinstance(cell, str) else cell)
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


def _records_of(session: Session, sheet: Sheet, codes: Codes, *, everything: bool) -> list[Base]:
    if sheet.kind == "request" and not everything:
        return every(session, sheet, codes, Request.status.in_(OPEN_STATUSES))
    return every(session, sheet, codes)


def _format_of(formats: Formats, form: str) -> Format:
    match form:
        case "number":
            return formats.get(num_format="General", align="right")
        case "money":
            return formats.get(num_format="#,##0.00", align="right")
        case "date":
            return formats.get(num_format="yyyy-mm-dd", align="left")
    return formats.get(num_format="@")
