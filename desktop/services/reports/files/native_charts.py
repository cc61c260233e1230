"""Charts of the spreadsheet program's own, drawn from the cells of the tables, together on one sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart as NativeChart
from xlsxwriter.worksheet import Worksheet

from desktop.services.exchange.book import put
from desktop.services.exchange.plan_workbook import set_print
from desktop.services.exchange.styles import FONT, LINE, MUTED, TEXT, Formats
from desktop.services.reports.files.looks import ALONE, FORECAST, GOAL, SERIES, header_of, number_format
from desktop.services.reports.files.page import HEAD, Page
from desktop.services.reports.files.wording import (
    filter_line,
    period,
    source_line,
    table_title,
    title_of,
    unit_name,
)
from desktop.services.reports.report import Chart, Column, Report, Table, Unit
from desktop.services.reports.vocabulary import Language, badge_words, say

_WIDTH, _HEIGHT, _HIGHEST, _GAP = 760, 400, 1200, 20  # pixels
_FIRST_ROW, _ROW, _BESIDE = 3, 20, 2  # of the charts; pixels of a row; charts in it
_PRINTED, _ROWS_OF_PAGE = 55, 58  # per cent at which two charts are as wide as a page; rows that it then has
_ROOM, _BAR = 120, 18  # of title and axes; of a lying bar with its name
_MARKERS = ("circle", "diamond", "square", "triangle", "x")
_BOXED = 5  # figures of a spread: low, lower quartile, median, upper quartile, high
_TIMES: tuple[Unit, ...] = ("week", "date", "time")
_FEW = 60  # days on an axis that can do without their year


def has_chart(table: Table, columns: Sequence[Column]) -> bool:
    """Whether a table is drawn: its chart is no grid or map, and the file has the columns of the chart."""
    chart, kept = table.chart, {column.key for column in columns}
    if chart is None or chart.kind in ("heat", "map") or not len(table.frame):
        return False
    return chart.x in kept and not kept.isdisjoint(chart.series)


class ChartSheet:
    """The sheet of charts: two beside each other, and no page of paper ends within one.

    Attributes:
        name: of the sheet.
    """

    def __init__(self, book: Workbook, formats: Formats, report: Report, name: str, language: Language) -> None:
        self.name = name
        self._sheet = book.add_worksheet(name)
        self._sheet.hide_gridlines(2)
        put(self._sheet, 0, 0, title_of(report, language), formats.get(bold=True, font_size=14))
        told = (
            badge_words(report.badge, language),
            period(report.scope, language),
            filter_line(report.scope, language),
        )
        put(self._sheet, 1, 0, " \u00b7 ".join(filter(None, told)), formats.get(font_color=MUTED))
        self._sheet.set_row(0, 24)
        set_print(self._sheet)
        self._sheet.set_print_scale(_PRINTED)
        self._next: list[tuple[NativeChart, int]] = []
        self._row, self._breaks = _FIRST_ROW, [0]

    def add(self, page: Page, table_sheet: Worksheet, goal_at: int) -> None:
        """Draw a table's chart from its cells; a goal is a column of its own beside the table."""
        chart = page.table.chart
        if chart is None or not has_chart(page.table, page.columns):
            return
        kept = {column.key for column in page.columns}
        series = [page.table.column(key) for key in chart.series if key in kept]
        self._next.append(_Drawing(page, table_sheet, chart, series).draw(goal_at))
        if len(self._next) == _BESIDE:
            self.finish()

    def finish(self) -> None:
        """Put what is left where it belongs."""
        if not self._next:
            return
        rows = -(-max(height for _, height in self._next) // _ROW) + 1
        if self._row + rows - self._breaks[-1] > _ROWS_OF_PAGE and self._row > _FIRST_ROW:
            self._breaks.append(self._row)
        for side, (native, _) in enumerate(self._next):
            self._sheet.insert_chart(self._row, 0, native, {"x_offset": side * (_WIDTH + _GAP), "y_offset": 6})
        self._row, self._next = self._row + rows, []
        self._sheet.set_h_pagebreaks(self._breaks[1:])


class _Drawing:
    """One chart being made."""

    def __init__(self, page: Page, sheet: Worksheet, chart: Chart, series: list[Column]) -> None:
        self.page, self.sheet, self.chart, self.series = page, sheet, chart, series
        self.places = {column.key: place for place, column in enumerate(page.columns)}
        self.is_in_time = page.table.column(chart.x).unit in _TIMES
        rows = len(page.table.frame)
        self.rows = rows if chart.kind == "lines" or self.is_in_time else min(rows, chart.most)
        self.is_upright = self.is_in_time or chart.kind in ("lines", "pairs", "spread")
        self.font = {"name": FONT, "size": 9, "color": TEXT, "bold": False}
        self.faint = self.font | {"size": 8, "color": MUTED}

    def draw(self, goal_at: int) -> tuple[NativeChart, int]:
        """The chart and its height in pixels."""
        native = self._native()
        if self.chart.goal is not None:
            self._add_goal(native, goal_at)
        self._add_words(native)
        bars = self.rows * (len(self.series) if self.chart.kind == "bars" else 1)
        height = _HEIGHT if self.is_upright else min(max(_HEIGHT, _ROOM + _BAR * bars), _HIGHEST)
        native.set_size({"width": _WIDTH, "height": height})
        return native, height

    def _native(self) -> NativeChart:
        kind = "column" if self.is_upright else "bar"
        if self.chart.kind == "stack":
            native = self._new({"type": kind, "subtype": "stacked"})
        else:
            native = self._new({"type": kind if self.chart.kind == "bars" else "line"})
        series = self.series
        if self.chart.kind == "spread" and len(series) == _BOXED:
            # the boxes of a line chart go from its first line to its last
            low, lower, median, upper, high = series
            series = [lower, low, median, high, upper]
            box = {"fill": {"color": "#DCEAF8"}, "border": {"color": "#8DB8E2"}}
            native.set_up_down_bars({"up": box, "down": box})
        for number, column in enumerate(series):
            native.add_series(self._series(column, number))
        if self.chart.kind in ("pairs", "spread"):
            native.set_high_low_lines({"line": {"color": FORECAST, "width": 2}})
        return native

    def _new(self, options: dict[str, Any]) -> NativeChart:
        made = self.page.book.add_chart(options)
        if not isinstance(made, NativeChart):
            raise TypeError(f"no chart is made of {options}")
        return made

    def _extent(self) -> tuple[float, float]:
        """The least and the largest figure that is drawn."""
        frame = self.page.table.frame[[column.key for column in self.series]].astype(float)
        return float(frame.min().min()), float(frame.max().max())

    def _range(self, place: int) -> list[object]:
        return [self.sheet.get_name(), HEAD + 1, place, HEAD + self.rows, place]

    def _series(self, column: Column, number: int) -> dict[str, object]:
        colour = ALONE if len(self.series) == 1 else SERIES[number % len(SERIES)]
        place = self.places[column.key]
        drawn: dict[str, object] = {
            "name": [self.sheet.get_name(), HEAD, place],
            "categories": self._range(self.places[self.chart.x]),
            "values": self._range(place),
        }
        match self.chart.kind:
            case "bars" | "stack":
                drawn |= {"fill": {"color": colour}, "gap": 60}
                if points := self._points():
                    drawn["points"] = points
            case "lines":
                drawn |= {"line": {"color": colour, "width": 2}, "marker": _marker(number, colour, 5)}
            case _:
                drawn |= {"line": {"none": True}, "marker": _marker(number, colour, 8)}
        return drawn

    def _points(self) -> list[dict[str, object] | None]:
        """Bars of what is a forecast are pale."""
        begin: Any = self.chart.forecast_from
        if begin is None or len(self.series) > 1:
            return []
        xs = self.page.table.frame[self.chart.x].tolist()[: self.rows]
        return [{"fill": {"color": FORECAST}} if x >= begin else None for x in xs]

    def _add_goal(self, native: NativeChart, at: int) -> None:
        """A column of one figure beside the table, and a line through it."""
        column = self.series[0]
        goal = self.chart.goal or 0.0
        form = self.page.unit_format(column, font_color=MUTED)
        put(self.sheet, HEAD, at, say("files.goal", self.page.language), header_of(self.page.formats, column.unit))
        for row in range(self.rows):
            put(self.sheet, HEAD + 1 + row, at, goal / 100 if column.unit == "money" else goal, form)
        if not self.is_upright:
            return  # no spreadsheet program draws a line across lying bars
        line = self._new({"type": "line"})
        line.add_series(
            {
                "name": [self.sheet.get_name(), HEAD, at],
                "categories": self._range(self.places[self.chart.x]),
                "values": self._range(at),
                "line": {"color": GOAL, "width": 1.5, "dash_type": "dash"},
                "marker": {"type": "none"},
            }
        )
        native.combine(line)

    def _add_words(self, native: NativeChart) -> None:
        """Title with the period, unit, source; the axes."""
        page, unit = self.page, self.series[0].unit
        title = f"{table_title(page.table, page.language)}, {period(page.report.scope, page.language)}"
        native.set_title({"name": title, "name_font": self.font | {"size": 11, "bold": True}})
        source = source_line(page.report, page.table, page.language)
        counted = unit_name(unit, page.currency, page.language)
        names: dict[str, object] = {"num_font": self.font, "line": {"color": FORECAST}}
        figures: dict[str, object] = {
            "name_font": self.faint,
            "num_font": self.font,
            "num_format": _axis_format(unit, page.currency),
            "major_gridlines": {"visible": True, "line": {"color": LINE}},
            "line": {"none": True},
        }
        least, most = self._extent()
        if self.chart.kind in ("bars", "stack") and least >= 0:
            figures["min"] = 0  # half a bar says something else
        if unit == "share" and self.chart.kind != "stack" and most <= 1:
            figures["max"] = 1
        if self.is_in_time:
            names |= {"num_format": "d mmm" if self.rows <= _FEW else "d mmm yyyy", "text_axis": True}
        if self.is_upright:
            native.set_x_axis(names | {"name": source, "name_font": self.faint})
            native.set_y_axis(figures | {"name": counted})
        else:
            # the first row on top, and the figures below the last
            native.set_y_axis(names | {"reverse": True, "crossing": "max", "interval_unit": 1})
            native.set_x_axis(figures | {"name": f"{counted} \u00b7 {source}" if counted else source})
        has_many = len(self.series) > 1 or (self.chart.goal is not None and self.is_upright)
        native.set_legend({"position": "top", "font": self.font} if has_many else {"none": True})
        native.show_blanks_as("gap")
        native.show_hidden_data()
        native.set_chartarea({"border": {"color": LINE}})


def _axis_format(unit: Unit, currency: str) -> str:
    """Of an axis: no more places than its steps need."""
    short: dict[Unit, str] = {"share": "0%", "money": "#,##0", "man_days": "General", "days": "General"}
    return short.get(unit) or ("General" if unit == "hours" else number_format(unit, currency))


def _marker(number: int, colour: str, size: int) -> dict[str, object]:
    kind = _MARKERS[number % len(_MARKERS)]
    return {"type": kind, "size": size, "fill": {"color": colour}, "border": {"color": colour}}
