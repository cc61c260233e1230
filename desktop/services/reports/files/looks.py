"""How figures look in a workbook: number formats by unit, widths, colours of charts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from itertools import islice

from xlsxwriter.format import Format

from desktop.services.exchange.cells import Cell
from desktop.services.exchange.styles import MUTED, RAISED, Formats
from desktop.services.reports.report import Tone, Unit
from desktop.services.trade.money import COINS

NUMBER_FORMATS: Mapping[Unit, str] = {
    "date": "yyyy-mm-dd",
    "week": "yyyy-mm-dd",
    "time": "yyyy-mm-dd hh:mm",
    "count": "#,##0",
    "nights": "#,##0",
    "man_days": "#,##0.0",
    "days": "#,##0.0",
    "hours": "#,##0.0",
    "share": "0.0%",
}
SERIES = ("#0E559F", "#935600", "#0A7561", "#B4489D", "#343D49", "#4A3FC4", "#00708A", "#B3261E", "#5F7A00", "#7A4A2B")
ALONE, GOAL, FORECAST = "#4F5B6A", "#4A3FC4", "#BFC6D0"
TONES: Mapping[Tone, str] = {"plain": MUTED, "ok": "#0B6B3F", "warn": "#8A4B00", "bad": "#B3261E"}
NARROWEST, WIDEST = 9, 44
_BUTTON = 4  # characters that the button of the filter takes
_LOOKED_AT = 400  # rows whose cells say how wide a column is


def number_format(unit: Unit, currency: str) -> str:
    """The number format of a unit; "" of text."""
    if unit == "money":
        return "#,##0.00" if COINS[currency] < 100 else "#,##0"
    return NUMBER_FORMATS.get(unit, "")


def format_of(formats: Formats, unit: Unit, currency: str, **looks: object) -> Format:
    """The format of a figure's cells."""
    if unit in ("text", "word"):
        return formats.get(**{"align": "left"} | looks)
    side = "left" if unit in ("date", "week", "time") else "right"
    return formats.get(**{"num_format": number_format(unit, currency), "align": side} | looks)


def header_of(formats: Formats, unit: Unit) -> Format:
    """The format of a heading: over figures it stands at the right, as they do, beside the button of the filter."""
    looks: dict[str, object] = {"bold": True, "bg_color": RAISED, "bottom": 1, "bottom_color": "#BFC6D0"}
    is_figure = unit not in ("text", "word", "date", "week", "time")
    looks |= {"align": "right", "indent": 2} if is_figure else {"align": "left"}
    return formats.get(text_wrap=True, **looks)


def width_of(title: str, cells: Iterable[Cell], unit: Unit) -> float:
    """The width of a column in characters: its longest cell, and no word of its heading broken."""
    longest = max((_spread(word) for word in title.split()), default=0) + _BUTTON
    half = _spread(title) / 2 + _BUTTON
    most = max((_drawn(cell, unit) for cell in islice(cells, _LOOKED_AT)), default=0) + 2
    return min(max(longest if longest < WIDEST else 0, half, most, NARROWEST), WIDEST)


def _drawn(cell: Cell, unit: Unit) -> int:
    if cell is None:
        return 0
    if isinstance(cell, str):
        return _spread(cell)
    if unit == "money" and isinstance(cell, int | float):
        return len(f"{cell:,.2f}")
    return {"time": 16, "date": 10, "week": 10}.get(unit, len(f"{cell:,.1f}") if isinstance(cell, int | float) else 10)


def _spread(text: str) -> int:
    """Characters as they are wide; Chinese ones count twice."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
