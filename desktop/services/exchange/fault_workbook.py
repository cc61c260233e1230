"""The rows of a file that cannot be stored, as a workbook to correct and import again."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from xlsxwriter.worksheet import Worksheet

from desktop.services.exchange.book import put, writing_workbook
from desktop.services.exchange.cells import REMARK
from desktop.services.exchange.headers import match
from desktop.services.exchange.report import BadRow, ImportReport, SheetReport
from desktop.services.exchange.sheets import BY_KIND
from desktop.services.exchange.styles import BAD, BAD_TINT, Formats

# Headers that importing passes over without a word.
ROW_HEADER, REASON_HEADER = f"{REMARK} row", f"{REMARK} reason"


def write_fault_workbook(report: ImportReport, path: str | Path) -> int:
    """Write the rows with faults as they stand in the file, each with its reasons; faulty cells are marked.

    The rows can be corrected there and imported: the added columns are passed over.

    Returns:
        The number of rows.

    Raises:
        BadInputError: where the file cannot be written.
    """
    with writing_workbook(Path(path)) as (book, formats):
        for sheet in report.sheets:
            if sheet.bad:
                _add_sheet(book.add_worksheet(_title(sheet, report)), formats, sheet)
        if not report.bad:
            book.add_worksheet("No faults").write_string(0, 0, "No row has faults.", formats.get())
    return report.bad


def _title(sheet: SheetReport, report: ImportReport) -> str:
    """The name of the sheet in the file, so that its kind is known again; a CSV file's is that of its kind."""
    return BY_KIND[sheet.kind].title if sheet.name == report.path.name else sheet.name


def _add_sheet(page: Worksheet, formats: Formats, sheet: SheetReport) -> None:
    page.freeze_panes(1, 2)
    page.set_column(0, 0, 8)
    page.set_column(1, 1, 60)
    page.set_column(2, len(sheet.header) + 1, 16, formats.get(num_format="@"))
    for place, text in enumerate((ROW_HEADER, REASON_HEADER, *sheet.header)):
        put(page, 0, place, text or None, formats.header)
    kind = BY_KIND[sheet.kind]
    meant = [column.header if column else "" for column in match(kind, sheet.header).columns]
    for line, row in enumerate(sheet.bad, 1):
        faulty = {fault.column for fault in row.faults}
        page.write_number(line, 0, row.row, formats.get(align="right"))
        put(page, line, 1, _reasons(row), formats.get(font_color=BAD, text_wrap=True))
        for place, cell in enumerate(row.cells):
            is_faulty = place < len(meant) and not faulty.isdisjoint((meant[place], sheet.header[place]))
            looks = {"bg_color": BAD_TINT} if is_faulty else {}
            form = formats.get(num_format="yyyy-mm-dd", **looks) if isinstance(cell, dt.date) else formats.get(**looks)
            put(page, line, place + 2, cell, form)
    page.autofilter(0, 0, len(sheet.bad), len(sheet.header) + 1)


def _reasons(row: BadRow) -> str:
    return "\n".join(fault.said for fault in row.faults)
