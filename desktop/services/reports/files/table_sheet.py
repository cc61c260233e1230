"""A table of a report on a sheet: what it is, the figures of everything, then a table to sort and filter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from itertools import islice

from xlsxwriter.worksheet import Worksheet

from desktop.services.exchange.book import put
from desktop.services.exchange.cells import Cell
from desktop.services.exchange.plan_workbook import set_print
from desktop.services.exchange.styles import RAISED
from desktop.services.reports.files.cells import NUMBERS, cell_of, cells_of
from desktop.services.reports.files.looks import TONES, header_of, width_of
from desktop.services.reports.files.native_charts import ChartSheet
from desktop.services.reports.files.page import HEAD, Page, add_head, write
from desktop.services.reports.files.tall_sheet import TallSheet, new_tall_sheet
from desktop.services.reports.files.wording import headings, note_line
from desktop.services.reports.report import Column
from desktop.services.reports.vocabulary import say

_MOST_FROZEN = 2
_QUOTED = re.compile(r"['#\[\]]")  # signs that a formula has to quote in the name of a column
_GAP = 1  # columns between a table and the goal of its chart
ORDINARY = 1_000
"""Rows of a table that are written cell by cell, as charts need them: they keep what they draw."""


def add_table(page: Page, name: str, charts: ChartSheet | None) -> None:
    """Add the sheet of a table, and its chart to those of the report."""
    sheet = new_tall_sheet(page.book, name)
    add_head(page, sheet)
    titles = headings(page.columns, page.currency, page.language)
    cells = [cells_of(page.table.frame[column.key], column.unit, page.language) for column in page.columns]
    for place, (column, title) in enumerate(zip(page.columns, titles, strict=True)):
        sheet.set_column(place, place, width_of(title, cells[place], column.unit))
    rows = len(page.table.frame)
    sheet.freeze_panes(HEAD + 1, _frozen(page.columns))
    sheet.set_row(HEAD, 32)
    if rows and page.columns:
        _add_figures(page, sheet, titles, cells)
        if charts is not None:
            charts.add(page, sheet, len(titles) + _GAP)
    else:
        for place, (column, title) in enumerate(zip(page.columns, titles, strict=True)):
            sheet.write_string(HEAD, place, title, header_of(page.formats, column.unit))
        put(sheet, HEAD + 1, 0, say("files.empty", page.language), page.formats.get(italic=True))
    for row, note in enumerate(page.table.notes, HEAD + max(rows, 1) + 3):
        put(sheet, row, 0, note_line(note, page.language), page.formats.get(font_color=TONES[note.tone]))
    set_print(sheet)
    sheet.repeat_rows(HEAD)


def _add_figures(page: Page, sheet: TallSheet, titles: Sequence[str], cells: Sequence[list[Cell]]) -> None:
    rows = len(page.table.frame)
    forms = [
        # words behind figures, which end at the edge of their column, begin a little later
        page.unit_format(column, **({"indent": 1} if before in NUMBERS and column.unit not in NUMBERS else {}))
        for before, column in zip(["text", *(column.unit for column in page.columns)], page.columns, strict=False)
    ]
    if page.table.total:
        _add_whole(page, sheet)
    has_sums = bool(page.table.total) and any(column.is_additive for column in page.columns)
    specs = []
    for place, (column, title) in enumerate(zip(page.columns, titles, strict=True)):
        header = header_of(page.formats, column.unit)
        spec: dict[str, object] = {"header": title, "header_format": header, "format": forms[place]}
        if has_sums and column.is_additive:
            spec |= {"total_function": "sum", "total_value": _summed(cells[place])}
        elif has_sums and place == 0:
            spec["total_string"] = say("files.shown", page.language)
        specs.append(spec)
    name = "t_" + re.sub(r"\W", "_", f"{page.report.name}_{page.table.name}", flags=re.ASCII)
    options = {
        "name": name,
        "columns": specs,
        "total_row": has_sums,
        "style": "Table Style Light 1",
        "banded_rows": False,
    }
    sheet.add_table(HEAD, 0, HEAD + rows + has_sums, len(titles) - 1, options)
    for place, (spec, form) in enumerate(zip(specs, forms, strict=True)):
        if "total_function" in spec:
            # named with its table: LibreOffice does not understand a name with spaces alone
            formula = f"=SUBTOTAL(109,{name}[{_QUOTED.sub(_quoted, titles[place])}])"
            sheet.write_formula(HEAD + 1 + rows, place, formula, form, spec["total_value"])
    for place, (column, given) in enumerate(zip(page.columns, cells, strict=True)):
        put_cell = sheet.write_number if column.unit in NUMBERS else partial(write, sheet)
        for row, cell in enumerate(islice(given, ORDINARY), HEAD + 1):
            if cell is not None:
                put_cell(row, place, cell, forms[place])
    if rows > ORDINARY:
        sheet.write_columns(HEAD + 1 + ORDINARY, [given[ORDINARY:] for given in cells], forms)


def _quoted(found: re.Match[str]) -> str:
    return f"'{found[0]}"


def _add_whole(page: Page, sheet: Worksheet) -> None:
    """The figures of everything together, above the headings, where they stay in sight and no filter changes them."""
    for place, column in enumerate(page.columns):
        cell = cell_of(page.table.total.get(column.key), column.unit, page.language)
        if place == 0 and cell is None:
            cell = say("files.whole", page.language)
        write(sheet, HEAD - 1, place, cell, page.unit_format(column, bold=True, bg_color=RAISED))


def _summed(cells: Sequence[Cell]) -> float:
    """What a spreadsheet program will find; written beside the formula for readers that do not count themselves."""
    return round(sum(cell for cell in cells if isinstance(cell, int | float)), 6)


def _frozen(columns: Sequence[Column]) -> int:
    """The columns that stay in sight: names at the beginning, at most two."""
    names = 0
    for column in columns[:_MOST_FROZEN]:
        if column.unit not in ("text", "word", "week", "date"):
            break
        names += 1
    return names
