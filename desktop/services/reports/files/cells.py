"""Figures of a frame as cells of a file, column by column."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from desktop.services.exchange.cells import Cell
from desktop.services.reports.files.wording import value_word
from desktop.services.reports.report import Unit
from desktop.services.reports.vocabulary import Language

_WHOLE: frozenset[Unit] = frozenset({"count", "nights"})
NUMBERS: frozenset[Unit] = _WHOLE | {"man_days", "days", "hours", "money", "share"}
"""Units whose figures are numbers in a file."""


def cells_of(values: pd.Series, unit: Unit, language: Language) -> list[Cell]:
    """The cells of a column, in order; None where a figure is missing."""
    spell = speller(unit, language)
    if isinstance(values.dtype, pd.CategoricalDtype):
        known = [spell(value) for value in values.cat.categories]
        return [None if code < 0 else known[code] for code in values.cat.codes.tolist()]
    if unit in NUMBERS and pd.api.types.is_any_real_numeric_dtype(values.dtype):
        return _numbers(values, unit)
    return [None if lacks(value) else spell(value) for value in values.tolist()]


def _numbers(values: pd.Series, unit: Unit) -> list[Cell]:
    """The same for a column of numbers, all at once."""
    numbers = values.to_numpy(dtype=np.float64, na_value=np.nan)
    if unit == "money":
        numbers = numbers / 100
    is_known = np.isfinite(numbers)
    is_whole = unit in _WHOLE and bool((numbers[is_known] % 1 == 0).all())
    kept = np.where(is_known, numbers, 0)
    cells: list[Cell] = (kept.astype(np.int64) if is_whole else kept).tolist()
    for place in np.flatnonzero(~is_known).tolist():
        cells[place] = None
    return cells


def cell_of(value: object, unit: Unit, language: Language) -> Cell:
    """One figure as a cell."""
    return None if lacks(value) else speller(unit, language)(value)


def lacks(value: object) -> bool:
    """Whether a figure is missing."""
    return value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and not math.isfinite(value))


def speller(unit: Unit, language: Language) -> Callable[[object], Cell]:
    """How a figure of a unit that is not missing becomes a cell: money in whole units, days as dates, words said."""
    if unit == "word":
        return lambda value: value_word(value, language)
    return _SPELLERS[unit]


def _number(value: object) -> float:
    if isinstance(value, int | float | np.number):
        return float(value)
    raise TypeError(f"{value!r} is no figure")


def _count(value: object) -> int | float:
    number = _number(value)
    return int(number) if number.is_integer() else number


def _day(value: object) -> dt.date:
    if isinstance(value, dt.datetime):  # also pandas' own
        return value.date()
    if isinstance(value, dt.date):
        return value
    return dt.date.fromisoformat(str(value)[:10])


def _time(value: object) -> dt.datetime:
    """Without its zone, which files cannot say: that of UTC where it has one."""
    time = value if isinstance(value, dt.datetime) else pd.Timestamp(str(value))
    if isinstance(time, pd.Timestamp):
        time = time.to_pydatetime(warn=False)
    return time.astimezone(dt.UTC).replace(tzinfo=None) if time.tzinfo else time


def _money(value: object) -> float:
    return _number(value) / 100


_SPELLERS: Mapping[Unit, Callable[[object], Cell]] = {
    "text": str,
    "date": _day,
    "week": _day,
    "time": _time,
    "count": _count,
    "nights": _count,
    "man_days": _number,
    "days": _number,
    "hours": _number,
    "money": _money,
    "share": _number,
}
