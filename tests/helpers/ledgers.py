"""Ledgers of invented demand, for tests of the forecast: rows are given, nothing is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from desktop.services.reports.forecast.ledger import FOLLOWING, NEVER, Cell, Ledger

TODAY = dt.date(2026, 11, 24)
CURRENT = dt.date(2026, 11, 23).toordinal()
GARMENT = Cell("CN", "广东省", "garment", "DUPRO")
TOYS = Cell("CN", "浙江省", "toys", "PSI")
SHOES = Cell("VN", "Tỉnh Long An", "footwear", "DUPRO")


@dataclass(frozen=True, slots=True)
class Row:
    """A request: its man-days, the day it was booked and the day of its visit (ordinals); its order's place."""

    cell: Cell
    man_days: float
    requested: int
    visited: int
    order: int = -1
    wanted: int = 0


def ledger_of(
    rows: Sequence[Row], ready: Sequence[int] = (), special: Mapping[str, Mapping[int, int]] | None = None
) -> Ledger:
    """A ledger of some rows; `ready` are the ready days of orders, `special` the calendars."""
    cells = sorted({Cell(*part(row.cell), service) for row in rows for service in (*FOLLOWING, row.cell.service)})
    number = {cell: place for place, cell in enumerate(cells)}

    def ints(values: Iterator[int]) -> np.ndarray:
        return np.array(list(values), dtype=np.int64)

    visited = ints(row.visited for row in rows)
    return Ledger(
        cells=tuple(cells),
        key=np.arange(len(rows)),
        cell=ints(number[row.cell] for row in rows),
        man_days=np.array([row.man_days for row in rows], dtype=np.float64),
        requested=ints(row.requested for row in rows),
        wanted=ints(row.wanted or row.visited for row in rows),
        visited=visited,
        announced=np.where(visited == NEVER, NEVER, visited - 3),
        order=ints(row.order for row in rows),
        order_key=np.arange(len(ready)),
        ready=np.array(ready, dtype=np.int64),
        special={country: dict(days) for country, days in (special or {}).items()},
        provisional=frozenset(),
    )


def part(cell: Cell) -> tuple[str, str, str]:
    """Country, region and skill."""
    return cell.country, cell.region, cell.skill


def daily(
    weeks: int, man_days: Callable[[int], float], cells: Sequence[Cell] = (GARMENT, TOYS), *, lead: int = 2
) -> list[Row]:
    """Visits of every Monday to Friday of so many weeks before the current one, booked some days before."""
    days = [CURRENT - 7 * back + weekday for back in range(weeks, 0, -1) for weekday in range(5)]
    return [Row(cell, size, day - lead, day) for day in days for cell in cells if (size := man_days(day)) > 0]
