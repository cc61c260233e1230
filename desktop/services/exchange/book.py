"""Workbooks being written: text stays text, whatever it begins with, and nothing is cut off unseen."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from desktop.services.exchange.atomic import replacing
from desktop.services.exchange.cells import Cell
from desktop.services.exchange.sources import LONGEST_CELL
from desktop.services.exchange.styles import FONT, Formats

_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
    "default_date_format": "yyyy-mm-dd",
    "default_format_properties": {"font_name": FONT, "font_size": 10},
}
# Spreadsheet programs count a 29 February 1900 that never was.
FIRST_DATE = dt.date(1900, 3, 1)


@contextlib.contextmanager
def writing_workbook(path: Path, *, lean: bool = False) -> Iterator[tuple[Workbook, Formats]]:
    """A workbook to fill, with its formats; it takes the file's place when the block ends without an error.

    Args:
        path: the file.
        lean: keep one row at a time in memory; rows are then written in order.

    Raises:
        BadInputError: where the file cannot be written.
    """
    with replacing(path) as draft:
        book = Workbook(str(draft), _OPTIONS | {"constant_memory": lean})
        try:
            yield book, Formats(book)
        finally:
            try:
                book.close()
            except FileCreateError as error:
                raise OSError(str(error)) from error


def put(sheet: Worksheet, row: int, column: int, value: Cell, form: Format | None = None) -> None:
    """Write a cell as what it is; text is never taken for a formula, a link or a number."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, form)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, form)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, form)
    elif isinstance(value, dt.date) and not isinstance(value, dt.datetime) and value >= FIRST_DATE:
        sheet.write_datetime(row, column, dt.datetime.combine(value, dt.time()), form)
    else:
        sheet.write_string(row, column, shortened(str(value)), form)


def shortened(text: str, longest: int = LONGEST_CELL) -> str:
    """Text that fits into a cell, with a sign where some is left out."""
    return text if len(text) <= longest else f"{text[: longest - 6]} [...]"
