"""A report: headlines and tables as pandas frames, with what is needed to show, print and file them.

Nothing here is text in a language: every title, column, value of a closed list and note is a key of the vocabulary
(`vocabulary.py`), so that window, workbook and PDF say the same in Chinese, Vietnamese and English. Names of people,
clients, factories, regions and codes stand as they are on record.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from desktop.services.reports.scope import Scope

Unit = Literal["text", "word", "date", "week", "time", "count", "man_days", "days", "nights", "hours", "money", "share"]
"""How a figure is written. `word` is a key of the vocabulary ("value.KEY"); `week` a Monday (datetime.date); `money`
are cents of the scope's currency, whole numbers; `share` is from 0 to 1; man-days, days, hours may have a fraction."""

Tone = Literal["plain", "ok", "warn", "bad"]
ChartKind = Literal["bars", "stack", "lines", "pairs", "heat", "spread", "map"]
"""`bars` one bar a row (per series side by side); `stack` bars of parts; `lines` a line a series over x; `pairs` two
dots on a line (cost and price); `heat` a grid of x by y; `spread` low, quartiles, median, high of a row; `map`
provinces coloured by a figure."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        key: its name in the frame; the heading is "figure.KEY" of the vocabulary, what it means "figure.KEY.means".
        unit: how its values are written.
        dimension: the dimension of the scope that its values narrow, for drilling down; "" of a figure.
        is_additive: the figures of the parts add up to that of the whole.
        is_private: names a person's telephone, address or the like: left out of files unless asked for.
        behind: what its cells are made of, where that is another list than the table's.
    """

    key: str
    unit: Unit
    dimension: str = ""
    is_additive: bool = False
    is_private: bool = False
    behind: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """How a table is drawn. Title, unit, period and source line come from the table and its report.

    Attributes:
        kind: what is drawn.
        x: the column of the axis (of `heat`: across; of `map`: the region).
        series: columns of the figures, in order of drawing; of `heat` and `map` the first is the colour.
        y: of `heat`: the columns down the side.
        goal: a line across, in the unit of the series; None: none.
        mark: of `heat`: a column printed in the cell beside the figure where it is not 0 (man-days short).
        most: rows drawn at most; the table has all.
        forecast_from: the first x that is a forecast, drawn apart; None: none is.
    """

    kind: ChartKind
    x: str
    series: tuple[str, ...]
    y: tuple[str, ...] = ()
    goal: float | None = None
    mark: str = ""
    most: int = 40
    forecast_from: object = None


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence: a key of the vocabulary ("note.KEY") with the values that it names."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Headline:
    """A figure of the strip at the top. `value` None: not known."""

    key: str
    unit: Unit
    value: float | int | None
    aside: Note | None = None
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Rows of figures.

    Attributes:
        name: of the table inside its report; its title is "table.NAME" of the vocabulary, "table.NAME.about" a few
            words beside the title.
        frame: a column for each of `columns`, by its key; the index says nothing. Missing figures are NaN or None.
        columns: what is in it, in order.
        chart: how it is drawn; None: a table only.
        total: the figures of everything together, by column; {} where a sum would say nothing.
        behind: what a row or cell is made of, for drilling down: "visits", "people", "requests", "actions" or "".
        notes: said below it.
        source: key of the vocabulary ("source.KEY") for the line that every chart carries; values in `source_values`.
    """

    name: str
    frame: pd.DataFrame
    columns: tuple[Column, ...]
    chart: Chart | None = None
    total: Mapping[str, object] = field(default_factory=dict)
    behind: str = ""
    notes: tuple[Note, ...] = ()
    source: Note = field(default_factory=lambda: Note("source.records"))

    def column(self, key: str) -> Column:
        """The column of a key."""
        return next(column for column in self.columns if column.key == key)


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """Everything that is said of a scope.

    Attributes:
        name: of the catalogue, or of a list behind a cell; its title is "report.NAME".
        scope: of what it tells.
        made_at: when, and from which database it was read.
        badge: what marks the whole database ("Sample company"), or "".
        headlines, tables, notes: what it says.
        is_partial: what takes seconds to read is not in it yet, as a note says.
    """

    name: str
    scope: Scope
    made_at: dt.datetime
    database: str
    badge: str
    headlines: tuple[Headline, ...]
    tables: tuple[Table, ...]
    notes: tuple[Note, ...] = ()
    is_partial: bool = False

    def table(self, name: str) -> Table:
        """The table of a name."""
        return next(table for table in self.tables if table.name == name)
