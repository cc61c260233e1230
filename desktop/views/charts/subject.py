"""What a chart is drawn from: one table of a report, with its figures, words and colours at hand."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtGui import QFont

from desktop.services.reports.report import Chart, Report, Table, Unit
from desktop.services.reports.vocabulary import Language, say
from desktop.views.bar_painting import CENTRE, LEFT, RIGHT, Ink
from desktop.views.charts.grid import Grid
from desktop.views.charts.numbers import NAMES, TIMES, Writer, as_number, is_missing, write_day, write_week
from desktop.views.charts.strokes import Script
from desktop.views.charts.titles import heading
from desktop.views.theme import Theme

BOLD = QFont.Weight.DemiBold
PLAIN = QFont.Weight.Normal
SMALL, BODY = 10, 11
MOST_NAMES = 3  # columns that name a row
TEN_UNITS, THOUSAND = 1_000, 1_000  # hundredths of money; anything else


@dataclass(eq=False)
class Subject:
    """One table that has a chart.

    Attributes:
        script: how words are written on this device.
    """

    table: Table
    report: Report
    language: Language
    theme: Theme
    script: Script

    def __post_init__(self) -> None:
        assert self.table.chart is not None
        self.chart: Chart = self.table.chart
        self._values: dict[str, list[object]] = {}
        self._numbers: dict[str, list[float]] = {}
        self._writers: dict[tuple[str, ...], Writer] = {}
        self._short_writers: dict[tuple[str, ...], Writer] = {}

    # -- what there is -------------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self.table.frame)

    @property
    def is_over_time(self) -> bool:
        """Whether the axis has an order of its own: weeks, days, or numbers."""
        return self.unit(self.chart.x) not in NAMES

    @cached_property
    def this_week(self) -> dt.date:
        """The Monday of the week in which the report was made."""
        day = self.report.made_at.date()
        return day - dt.timedelta(days=day.weekday())

    def has(self, key: str) -> bool:
        """Whether the table has a column."""
        return any(column.key == key for column in self.table.columns)

    def unit(self, key: str) -> Unit:
        """The unit of a column."""
        return self.table.column(key).unit

    def values(self, key: str) -> list[object]:
        """A column, row by row."""
        if key not in self._values:
            self._values[key] = self.table.frame[key].tolist()
        return self._values[key]

    def numbers(self, key: str) -> list[float]:
        """A column of figures, NaN where there is none."""
        if key not in self._numbers:
            self._numbers[key] = [as_number(value) for value in self.values(key)]
        return self._numbers[key]

    def known(self, *keys: str, rows: int | None = None) -> list[float]:
        """The figures of some columns that are known, of the first rows only where it is said how many."""
        return [number for key in keys for number in self.numbers(key)[:rows] if not math.isnan(number)]

    @cached_property
    def grid(self) -> Grid:
        """The rows by their places, of a chart that is a grid."""
        names = [self.values(key) for key in self.chart.y]
        return Grid(self.values(self.chart.x), names, is_sorted=self.is_over_time)

    @cached_property
    def has_figures(self) -> bool:
        """Whether there is anything to draw."""
        return bool(self.known(*self.chart.series))

    # -- how it is written ---------------------------------------------------------------------------------------------

    def heading(self, key: str) -> str:
        """What a column is called."""
        return heading(key, self.language)

    def say(self, key: str, /, **given: object) -> str:
        """Words of charts."""
        return say(f"chart.{key}", self.language, **given)

    def writer(self, *keys: str) -> Writer:
        """Writes the values of columns of one unit, all alike."""
        if keys not in self._writers:
            values = [value for key in keys for value in self.values(key)]
            unit = self.unit(keys[0])
            self._writers[keys] = Writer.of(unit, self.language, self.report.scope.currency, values)
        return self._writers[keys]

    def written(self, key: str, row: int) -> str:
        """A figure as in the table."""
        return self.writer(key).cell(self.values(key)[row])

    def short(self, number: float, *keys: str) -> str:
        """A figure beside its mark: without cents from ten units of money on, without decimals from a thousand on."""
        if keys not in self._short_writers:
            writer = self.writer(*keys)
            largest = max(map(abs, self.known(*keys)), default=0.0)
            if writer.unit != "share" and largest >= (TEN_UNITS if writer.unit == "money" else THOUSAND):
                writer = Writer(writer.unit, writer.language, writer.currency)
            self._short_writers[keys] = writer
        return self._short_writers[keys].cell(number)

    @cached_property
    def name_keys(self) -> tuple[str, ...]:
        """The columns that name a row.

        That of the axis; the name of what it has the code of; and what else is said in words, where that is not
        enough to tell the rows apart.
        """
        x = self.chart.x
        if self.is_over_time:
            return (x,)
        if self.has(f"{x}_name"):
            return (x, f"{x}_name")
        if len(set(self.values(x))) == len(self):
            return (x,)
        return (x, *(column.key for column in self.table.columns if column.unit in NAMES and column.key != x))[
            :MOST_NAMES
        ]

    @cached_property
    def _called(self) -> str:
        """The column that says what a row is called, where it has a name beside a code; else ""."""
        x = self.chart.x
        return f"{x}_name" if self.has(f"{x}_name") else x if x.endswith("_name") else ""

    @cached_property
    def _names_alone(self) -> frozenset[object]:
        """The names that only one row has: they need no code."""
        found = Counter(self.values(self._called))
        return frozenset(name for name, number in found.items() if number == 1 and not is_missing(name))

    def name(self, row: int) -> str:
        """What stands at the axis for a row."""
        value = self.values(self.chart.x)[row]
        if is_missing(value) or self.unit(self.chart.x) not in TIMES:
            texts = [self.written(key, row) for key in self.name_keys if not is_missing(self.values(key)[row])]
            if self._called and (alone := self.values(self._called)[row]) in self._names_alone:
                return str(alone)
            return (" " if self.has(f"{self.chart.x}_name") else ", ").join(texts) or self.written(self.chart.x, row)
        assert isinstance(value, dt.date)
        return (write_week if self.unit(self.chart.x) == "week" else write_day)(value, self.language)

    def is_now(self, row: int) -> bool:
        """Whether a row is that of the week in which the report was made."""
        return self.unit(self.chart.x) == "week" and self.values(self.chart.x)[row] == self.this_week

    def is_forecast(self, row: int) -> bool:
        """Whether a row is no record yet."""
        return self.is_forecast_of(self.values(self.chart.x)[row])

    def is_forecast_of(self, value: object) -> bool:
        """Whether a value of the axis is no record yet."""
        first = self.chart.forecast_from
        return first is not None and not is_missing(value) and bool(value >= first)  # type: ignore[operator]

    # -- how it looks --------------------------------------------------------------------------------------------------

    def colours(self) -> Sequence[str]:
        """Colours of the series, in order: those of the services, told apart by the colour-blind too."""
        caps = {name: look.cap for name, look in self.theme.services.items()}
        return (caps["DUPRO"], caps["LOADING"], caps["PSI"], caps["PPI"], caps["MONITORING"], self.theme.accent)

    def colour(self, place: int) -> str:
        """The colour of a series by its place."""
        colours = self.colours()
        return colours[place % len(colours)]

    def ink(self, token: str, pixels: int = SMALL, weight: QFont.Weight = QFont.Weight.Normal) -> Ink:
        """Words from the left."""
        return Ink(token, pixels, weight, LEFT)

    def right(self, token: str, pixels: int = SMALL, weight: QFont.Weight = QFont.Weight.Normal) -> Ink:
        """Words up to the right."""
        return Ink(token, pixels, weight, RIGHT)

    def centred(self, token: str, pixels: int = SMALL, weight: QFont.Weight = QFont.Weight.Normal) -> Ink:
        """Words in the middle."""
        return Ink(token, pixels, weight, CENTRE)

    def width_of(self, text: str, pixels: int = SMALL, weight: QFont.Weight = QFont.Weight.Normal) -> float:
        """How wide a text is."""
        return self.script.width_of(text, Ink("", pixels, weight))
