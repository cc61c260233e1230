"""What the sheets of a table begin with, and how their cells are written."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from desktop.services.exchange.book import put
from desktop.services.exchange.cells import Cell
from desktop.services.exchange.styles import MUTED, Formats
from desktop.services.reports.files.looks import format_of
from desktop.services.reports.files.wording import (
    filter_line,
    period,
    source_line,
    table_about,
    table_title,
    title_of,
)
from desktop.services.reports.report import Column, Report, Table
from desktop.services.reports.vocabulary import Language, badge_words

HEAD = 5  # rows above the headings


@dataclass(frozen=True, slots=True)
class Page:
    """What a sheet is made of; `columns` are those of the table that the file has."""

    book: Workbook
    formats: Formats
    report: Report
    table: Table
    columns: tuple[Column, ...]
    language: Language

    @property
    def currency(self) -> str:
        """The money of the report."""
        return self.report.scope.currency

    def unit_format(self, column: Column, **looks: object) -> Format:
        """The format of a column's cells."""
        return format_of(self.formats, column.unit, self.currency, **looks)


def add_head(page: Page, sheet: Worksheet, title: str = "") -> None:
    """Say above a table what it is, of which days and of which part of the firm, and from where."""
    badge = f"{badge_words(page.report.badge, page.language)} \u00b7 " if page.report.badge else ""
    muted = page.formats.get(font_color=MUTED)
    put(sheet, 0, 0, title or table_title(page.table, page.language), page.formats.get(bold=True, font_size=14))
    parts = (title_of(page.report, page.language), table_about(page.table, page.language))
    put(sheet, 1, 0, " \u00b7 ".join(part for part in parts if part), muted)
    days = period(page.report.scope, page.language)
    put(sheet, 2, 0, f"{badge}{days} \u00b7 {filter_line(page.report.scope, page.language)}", muted)
    put(sheet, 3, 0, source_line(page.report, page.table, page.language), muted)
    sheet.set_row(0, 24)
    sheet.hide_gridlines(2)


def write(sheet: Worksheet, row: int, place: int, cell: Cell, form: Format) -> None:
    """Write a cell as what it is; times too."""
    if isinstance(cell, dt.datetime):
        sheet.write_datetime(row, place, cell, form)
    elif isinstance(cell, str):
        # half of a character, which no file can hold, is shown as a question mark
        put(sheet, row, place, cell.encode("utf-8", "replace").decode(), form)
    else:
        put(sheet, row, place, cell, form)
