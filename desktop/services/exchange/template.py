"""Empty import files: every column explained, typed and with an example that importing leaves out."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from desktop.errors import BadInputError
from desktop.services.exchange.atomic import replacing
from desktop.services.exchange.book import put, writing_workbook
from desktop.services.exchange.cells import CLEAR, REMARK
from desktop.services.exchange.columns import Column, Sheet
from desktop.services.exchange.reading import READ_ME
from desktop.services.exchange.record_workbook import write_sheet
from desktop.services.exchange.sheets import SHEETS, sheet_named
from desktop.services.exchange.styles import MUTED, Formats

RULES = (
    "One sheet for each kind of record; sheets and columns that are not needed may be left out, in any order.",
    "A known code changes the record, a new one adds a record. Columns marked * must be filled for a new record.",
    f'A blank cell leaves what is stored as it is; "{CLEAR}" empties it.',
    f"A row whose first filled cell begins with {REMARK} is a remark and is not read: so are the examples here.",
    "Lists stand in one cell with semicolons between: zh; en. A name with a semicolon in it stands in double quotes.",
    "Days are dates or text as 2026-12-31; half-days as 2026-12-31 afternoon. 03/04/2026 is refused: it may mean two.",
    "Money is in US dollars. Percentages are numbers from 0 to 100.",
    "Either every row of a file is stored, or none and each fault is named with its row, column, value and reason.",
)
"""What somebody must know who fills a file by hand."""


def write_template(path: str | Path, kind: str | None = None) -> tuple[Path, ...]:
    """Write what records are typed or copied into.

    Args:
        path: a .xlsx file for a workbook with every sheet; a .csv file for one kind; a folder for a .csv of each kind.
        kind: which kind a .csv file is for.

    Returns:
        The files written.

    Raises:
        BadInputError: where they cannot be written, or a .csv file is wanted without a kind.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        _write_workbook(path, (sheet_named(kind),) if kind else SHEETS)
        return (path,)
    if suffix == ".csv":
        if kind is None:
            raise BadInputError(f"{path.name} can hold one kind of record only.", "Say which, or write a .xlsx file.")
        _write_csv(path, sheet_named(kind))
        return (path,)
    if suffix:
        raise BadInputError(f"{path.name} is neither .xlsx nor .csv.", "Give it one of these endings.")
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInputError(f"The folder {path} cannot be made: {error.strerror}.", "Choose another one.") from error
    files = []
    for sheet in (sheet_named(kind),) if kind else SHEETS:
        file = path / f"{sheet.title.lower().replace(' ', '-')}.csv"
        _write_csv(file, sheet)
        files.append(file)
    return tuple(files)


def example_row(sheet: Sheet) -> list[str]:
    """The example of a sheet, marked as a remark."""
    cells = [column.example for column in sheet.columns]
    cells[0] = f"{REMARK} {cells[0]}".rstrip()
    return cells


def _write_workbook(path: Path, sheets: Sequence[Sheet]) -> None:
    with writing_workbook(path) as (book, formats):
        _add_read_me(book, formats, sheets)
        for sheet in sheets:
            page = write_sheet(book, formats, sheet, ())
            remark = formats.get(italic=True, font_color=MUTED)
            for place, cell in enumerate(example_row(sheet)):
                put(page, 1, place, cell or None, remark)
            for place, column in enumerate(sheet.columns):
                page.write_comment(0, place, explained(column), {"x_scale": 1.8, "font_name": "Arial", "font_size": 9})
            page.ignore_errors({"number_stored_as_text": "A1:BZ5000"})


def _add_read_me(book: Workbook, formats: Formats, sheets: Sequence[Sheet]) -> None:
    page: Worksheet = book.add_worksheet(READ_ME)
    page.hide_gridlines(2)
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 110)
    page.write_string(0, 0, "Import workbook of DUPRO Desk", formats.get(bold=True, font_size=14))
    for row, rule in enumerate(RULES, 2):
        page.write_string(row, 0, "\u2022", formats.get(align="right"))
        page.write_string(row, 1, rule, formats.get(text_wrap=True))
    start = len(RULES) + 3
    page.write_string(start, 0, "Sheet", formats.header)
    page.write_string(start, 1, "What it holds", formats.header)
    for row, sheet in enumerate(sheets, start + 1):
        page.write_url(row, 0, f"internal:'{sheet.title}'!A1", formats.get(font_color="#4A3FC4"), sheet.title)
        page.write_string(row, 1, sheet.help, formats.get())


def _write_csv(path: Path, sheet: Sheet) -> None:
    with replacing(path) as draft, draft.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.header for column in sheet.columns])
        writer.writerow(example_row(sheet))


def explained(column: Column) -> str:
    """A column in a few lines: what it says, of what form, whether it must be filled."""
    lines = [column.help, f"Form: {column.kind.name}."]
    if column.kind.choices:
        lines.append(f"{'One of' if column.kind.only_choices else 'Such as'}: {', '.join(column.kind.choices)}.")
    if column.is_needed:
        lines.append("Must be filled for a new record.")
    return "\n".join(lines)
