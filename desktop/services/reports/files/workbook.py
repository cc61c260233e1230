"""A report as a workbook: a sheet that says what it is, one of charts, then a sheet a table."""

from __future__ import annotations

from pathlib import Path

from desktop.errors import BadInputError
from desktop.services.exchange.book import writing_workbook
from desktop.services.reports.files.about_sheet import AboutSheet
from desktop.services.reports.files.grid_sheet import add_grid, is_grid
from desktop.services.reports.files.native_charts import ChartSheet, has_chart
from desktop.services.reports.files.page import HEAD, Page
from desktop.services.reports.files.table_sheet import add_table
from desktop.services.reports.files.wording import kept_columns, table_title, title_of
from desktop.services.reports.report import Report, Table
from desktop.services.reports.vocabulary import Language, badge_words, say

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
    sheets = SheetNames(report, language)
    kept = [kept_columns(table, private=private) for table in report.tables]
    with writing_workbook(Path(path)) as (book, formats):
        book.set_properties(
            {
                "title": title_of(report, language),
                "company": badge_words(report.badge, language),
                "created": report.made_at,
            }
        )
        about = AboutSheet(book, formats, report, language, private=private)
        charts = None
        if any(has_chart(table, columns) for table, columns in zip(report.tables, kept, strict=True)):
            charts = ChartSheet(book, formats, report, sheets.charts, language)
        about.fill(sheets.tables, charts.name if charts else "")
        for table, columns, (name, grid) in zip(report.tables, kept, sheets.tables, strict=True):
            page = Page(book, formats, report, table, columns, language)
            if grid:
                add_grid(page, grid)
            add_table(page, name, charts)
        if charts:
            charts.finish()


class SheetNames:
    """The names of a workbook's sheets: short, and no two alike.

    Attributes:
        about, charts: the first two.
        tables: of each table's sheet and of its grid's, "" where it has none.
    """

    def __init__(self, report: Report, language: Language) -> None:
        self._taken = list(_RESERVED)
        self.about = self._free(say("files.about", language))
        self.charts = self._free(say("files.charts", language))
        self.tables = [self._of_table(table, language) for table in report.tables]

    def _of_table(self, table: Table, language: Language) -> tuple[str, str]:
        title = table_title(table, language)
        grid = self._free(title, say("files.grid", language, title="")) if is_grid(table) else ""
        return self._free(title), grid

    def _free(self, title: str, end: str = "") -> str:
        """A name that is not taken yet; marks it as taken."""
        clean = " ".join(title.translate(_FORBIDDEN).split()).strip("'") or "-"
        name, number = _cut(clean, end), 1
        while name.casefold() in self._taken:
            number += 1
            name = _cut(clean, f" {number}{end}")
        self._taken.append(name.casefold())
        return name


def _cut(text: str, end: str) -> str:
    """The first characters with an end, as long as a name may be; counted as the format does, in UTF-16."""
    while len((text + end).encode("utf-16-le")) > 2 * LONGEST_NAME:
        text = text[:-1]
    return text.rstrip(" '") + end
