"""A report as a workbook: a sheet that says what it is, then a sheet a table with its chart."""

from __future__ import annotations

from pathlib import Path

from desktop.errors import BadInputError
from desktop.services.exchange.book import writing_workbook
from desktop.services.reports.files.about_sheet import AboutSheet
from desktop.services.reports.files.grid_sheet import add_grid, is_grid
from desktop.services.reports.files.page import HEAD, Page
from desktop.services.reports.files.table_sheet import add_table
from desktop.services.reports.files.wording import kept_columns, table_title, title_of
from desktop.services.reports.report import Report
from desktop.services.reports.vocabulary import Language, say

MOST_ROWS = 1_048_576  # of a sheet, by its format
LONGEST_NAME = 31
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_RESERVED = ("history",)


def write_workbook(report: Report, path: str | Path, language: Language = "en", *, private: bool = False) -> None:
    """Write a report as a workbook of real tables with native charts; a file that is there is replaced.

    Args:
        report: what is written.
        path: the .xlsx file.
        language: of headings, notes and definitions.
        private: with the columns that name telephone numbers, addresses and the like.

    Raises:
        BadInputError: the file cannot be written, or a table has more rows than a sheet can hold.
    """
    for table in report.tables:
        if len(table.frame) > MOST_ROWS - HEAD - 2 - len(table.notes):
            raise BadInputError(
                f"{table_title(table, language)} has {len(table.frame):,} rows; a sheet holds {MOST_ROWS:,}.",
                "Choose fewer weeks, narrow it, or write CSV.",
            )
    names = sheet_names(report, language)
    with writing_workbook(Path(path)) as (book, formats):
        book.set_properties({"title": title_of(report, language), "company": report.badge, "created": report.made_at})
        AboutSheet(book, formats, report, language, private=private).fill(names)
        for table, (name, grid) in zip(report.tables, names, strict=True):
            page = Page(book, formats, report, table, kept_columns(table, private=private), language)
            if grid:
                add_grid(page, grid)
            add_table(page, name)


def sheet_names(report: Report, language: Language) -> list[tuple[str, str]]:
    """The names of each table's sheet and of its grid's, "" where it has none: short, and no two alike."""
    taken = [*_RESERVED, say("files.about", language).casefold()]
    names = []
    for table in report.tables:
        title = table_title(table, language)
        has_grid = is_grid(table)
        name = _free(title, taken)
        names.append((name, _free(say("files.grid", language, title=title), taken) if has_grid else ""))
    return names


def _free(title: str, taken: list[str]) -> str:
    """A name for a sheet that is not taken yet; marks it as taken."""
    clean = " ".join(title.translate(_FORBIDDEN).split()).strip("'") or "-"
    name, number = _cut(clean, ""), 1
    while name.casefold() in taken:
        number += 1
        name = _cut(clean, f" {number}")
    taken.append(name.casefold())
    return name


def _cut(text: str, end: str) -> str:
    """The first characters with an end, as long as a name may be; counted as the format does, in UTF-16."""
    while len((text + end).encode("utf-16-le")) > 2 * LONGEST_NAME:
        text = text[:-1]
    return text.rstrip(" '") + end
