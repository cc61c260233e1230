"""A heat map as a sheet: what goes down the side by what goes across, each cell coloured by its figure."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from desktop.services.exchange.book import put
from desktop.services.exchange.cells import Cell
from desktop.services.exchange.plan_workbook import set_print
from desktop.services.exchange.styles import BAD, LINE, MUTED, RAISED
from desktop.services.reports.files.cells import cells_of
from desktop.services.reports.files.looks import header_of, number_format, width_of
from desktop.services.reports.files.page import HEAD, Page, add_head, write
from desktop.services.reports.files.wording import heading, table_title
from desktop.services.reports.report import Chart, Column, Table
from desktop.services.reports.vocabulary import say

# share that is reached, ground, ink: blue up to all there is, red above
_RAMP = (
    (1.14, "#B3261E", "#FFFFFF"),
    (1.07, "#D5746C", "#1A2330"),
    (1.0001, "#F2BDB8", "#1A2330"),
    (0.95, "#9DB4D8", "#1A2330"),
    (0.8, "#B4C6E2", "#1A2330"),
    (0.6, "#CFDBED", "#1A2330"),
    (0.4, "#E9EFF7", "#1A2330"),
)
_MOST_MARKS = 100  # spreadsheet programs stop at some two hundred number formats
_WIDTH = 12


def is_grid(table: Table) -> bool:
    """Whether a table is drawn as a heat map, and there is something to draw."""
    return table.chart is not None and table.chart.kind == "heat" and len(table.frame) > 0


def add_grid(page: Page, name: str) -> None:
    """Add the sheet of a heat map. A second figure, such as man-days short, stands in its cell behind the first."""
    if page.table.chart is not None:
        _Grid(page, page.book.add_worksheet(name), page.table.chart).fill()


class _Grid:
    """One grid being made."""

    def __init__(self, page: Page, sheet: Worksheet, chart: Chart) -> None:
        self.page, self.sheet = page, sheet
        column = page.table.column
        self.sides, self.across = [column(key) for key in chart.y], column(chart.x)
        self.figure = column(chart.series[0])
        self.mark = column(chart.mark) if chart.mark else None
        named = [self._cells(side) for side in self.sides]
        self.lines = list(zip(*named, strict=True)) if named else [()] * len(page.table.frame)
        self.xs = self._cells(self.across)
        self.figures = self._cells(self.figure)
        self.marks: Sequence[Cell] = self._cells(self.mark) if self.mark else [None] * len(self.lines)
        self.rows = {line: row for row, line in enumerate(dict.fromkeys(self.lines), HEAD + 1)}
        self.places = {x: place for place, x in enumerate(self._in_order(), len(self.sides))}
        self.can_mark = len({mark for mark in self.marks if mark}) <= _MOST_MARKS

    def fill(self) -> None:
        page, sheet = self.page, self.sheet
        add_head(page, sheet, say("files.grid", page.language, title=table_title(page.table, page.language)))
        self._add_heads()
        for line, row in self.rows.items():
            for place, (side, cell) in enumerate(zip(self.sides, line, strict=True)):
                form = page.unit_format(side, bold=place == 0, bottom=1, bottom_color=LINE)
                write(sheet, row, place, cell, form)
        for line, x, cell, mark in zip(self.lines, self.xs, self.figures, self.marks, strict=True):
            shown = mark if self.can_mark else None
            looks = {"align": "center", "border": 1, "border_color": "#FFFFFF", "bold": bool(shown)}
            if cell is None and shown:
                # nobody is there of whom it could be a share: what is short stands alone
                write(sheet, self.rows[line], self.places[x], _said(shown), page.formats.get(font_color=BAD, **looks))
                continue
            form = page.formats.get(num_format=self._number_format(shown), **looks)
            write(sheet, self.rows[line], self.places[x], cell, form)
        self._colour()
        if self.mark is not None and self.mark.is_additive:
            self._add_sums(self.mark)
        sheet.freeze_panes(HEAD + 1, len(self.sides))
        set_print(sheet)
        sheet.repeat_rows(HEAD)

    def _cells(self, column: Column) -> list[Cell]:
        return cells_of(self.page.table.frame[column.key], column.unit, self.page.language)

    def _in_order(self) -> list[Cell]:
        """What goes across, each once: days by their order, names as they come."""
        found = list(dict.fromkeys(self.xs))
        return sorted(found, key=str) if self.across.unit in ("week", "date") else found

    def _heading(self, column: Column) -> str:
        return heading(column, self.page.currency, self.page.language)

    def _add_heads(self) -> None:
        page, sheet = self.page, self.sheet
        for place, side in enumerate(self.sides):
            put(sheet, HEAD, place, self._heading(side), header_of(page.formats, side.unit))
            width = width_of(self._heading(side), [line[place] for line in self.rows], side.unit)
            sheet.set_column(place, place, width)
        looks = {"bold": True, "bg_color": RAISED, "bottom": 1, "bottom_color": "#BFC6D0", "align": "center"}
        for x, place in self.places.items():
            write(sheet, HEAD, place, x, page.unit_format(self.across, **looks))
            sheet.set_column(place, place, _WIDTH)
        put(sheet, HEAD - 1, len(self.sides), self._heading(self.across), page.formats.get(font_color=MUTED))

    def _number_format(self, mark: Cell) -> str:
        """Of a cell; it carries the mark as a text, so that the cell is still the figure."""
        plain = "0%" if self.figure.unit == "share" else number_format(self.figure.unit, self.page.currency)
        return f'{plain}" {_said(mark)}"' if mark else plain

    def _colour(self) -> None:
        first, last = len(self.sides), len(self.sides) + len(self.places) - 1
        area = (HEAD + 1, first, HEAD + len(self.rows), last)
        if self.figure.unit != "share":
            scale = {"type": "2_color_scale", "min_color": "#FFFFFF", "max_color": "#9DB4D8"}
            self.sheet.conditional_format(*area, scale)
            return
        for least, ground, ink in _RAMP:
            form = self.page.book.add_format({"bg_color": ground, "font_color": ink})
            rule = {"type": "cell", "criteria": ">=", "value": least, "format": form, "stop_if_true": True}
            self.sheet.conditional_format(*area, rule)

    def _add_sums(self, mark: Column) -> None:
        """A last column: the second figure of each line together."""
        place = len(self.sides) + len(self.places)
        put(self.sheet, HEAD, place, self._heading(mark), header_of(self.page.formats, mark.unit))
        self.sheet.set_column(place, place, _WIDTH)
        sums = dict.fromkeys(self.rows, 0.0)
        for line, cell in zip(self.lines, self.marks, strict=True):
            sums[line] += cell if isinstance(cell, int | float) else 0.0
        for line, row in self.rows.items():
            put(self.sheet, row, place, sums[line], self.page.unit_format(mark, bold=True))


def _said(mark: Cell) -> str:
    """A second figure as it stands in a cell."""
    return (f"{mark:,.1f}" if isinstance(mark, int | float) else str(mark)).removesuffix(".0").replace("-", "\u2212")
