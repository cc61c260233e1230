"""Demand by week and part of the firm: what is on record, and what is to be expected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pandas as pd

from desktop.clock import Clock
from desktop.services.planning.reading import Source, reading
from desktop.services.reports.forecast.calendar import HORIZONS
from desktop.services.reports.forecast.held_back import Bands, by_part, usual_weeks
from desktop.services.reports.forecast.ledger import Cell, Floats, Ints
from desktop.services.reports.forecast.outlook import Outlook, read_outlook

BY = ("country", "region", "skill", "service")
FIGURES = ("booked", "pipeline", "forecast", "low", "high")


def demand_forecast(
    source: Source,
    first_day: dt.date,
    weeks: int,
    clock: Clock,
    by: Sequence[str] = ("region", "skill"),
    only: Sequence[tuple[str, frozenset[str]]] = (),
) -> pd.DataFrame:
    """The man-days asked for in some weeks, part by part.

    Args:
        first_day: a Monday; the weeks may lie in the past and in what is to come.
        by: of country, region, skill and service what the rows are told apart by; () for everything together.
        only: as in a scope; other dimensions than those four are not looked at.

    Returns:
        a row a week and part that has any demand: `week` (datetime.date, Monday), the dimensions of `by`, and in
        man-days `booked` (visits in force that begin in the week, and requests on record that wait for one),
        `pipeline` (what orders in production let expect beside them), `forecast` (all), `low` and `high` (eight of ten
        weeks lie between them). Up to and with the current week forecast, low and high are what is booked; more than
        twelve weeks ahead, or without enough of a past, they are NaN. Rows of parts add up to those of the whole in
        `booked`, `pipeline` and `forecast`, not in `low` and `high`.
    """
    with reading(source) as session:
        outlook = read_outlook(session, clock.now().date())
    return frame_of(outlook, first_day, weeks, by, only)


def kept_cells(cells: Sequence[Cell], only: Sequence[tuple[str, frozenset[str]]]) -> Ints:
    """The places of the cells that are kept."""
    rules = [(name, values) for name, values in only if name in BY]
    kept = [at for at, cell in enumerate(cells) if all(getattr(cell, name) in values for name, values in rules)]
    return np.array(kept, dtype=np.int64)


def parts_of(cells: Sequence[Cell], kept: Ints, by: Sequence[str]) -> tuple[list[tuple[str, ...]], Ints]:
    """The parts that cells fall into, sorted, and of each cell its part's place; -1 of one that is not kept."""
    keys = {at: tuple(getattr(cells[at], name) for name in by) for at in kept.tolist()}
    names = sorted(set(keys.values()))
    place = {name: at for at, name in enumerate(names)}
    return names, np.array([place[keys[at]] if at in keys else -1 for at in range(len(cells))], dtype=np.int64)


def frame_of(
    outlook: Outlook,
    first_day: dt.date,
    weeks: int,
    by: Sequence[str],
    only: Sequence[tuple[str, frozenset[str]]] = (),
) -> pd.DataFrame:
    """As `demand_forecast`, of an outlook."""
    names, parts = parts_of(outlook.cells, kept_cells(outlook.cells, only), by)
    start = (first_day.toordinal() - outlook.weeks.first) // 7
    figures = _figures(outlook, parts, np.arange(start, start + weeks))
    mondays = [first_day + dt.timedelta(days=7 * week) for week in range(weeks)]
    columns: dict[str, object] = {"week": np.repeat(np.array(mondays, dtype=object), len(names))}
    for place, name in enumerate(by):
        columns[name] = [one[place] for one in names] * weeks
    columns |= {name: figures[at].reshape(-1) for at, name in enumerate(FIGURES)}
    frame = pd.DataFrame(columns)
    some = (figures[0].reshape(-1) > 0) | ~(np.nan_to_num(figures[2].reshape(-1), nan=1.0) <= 0)
    return frame[some].reset_index(drop=True) if by else frame


def _figures(outlook: Outlook, parts: Ints, looked_at: Ints) -> Floats:
    """`FIGURES` by week and part."""
    weeks, now = outlook.weeks, outlook.weeks.now
    made, booked = by_part(outlook.made, parts), by_part(outlook.booked, parts)
    told = by_part(outlook.blend.forecast, parts)
    hoped = by_part(outlook.blend.pipeline[now], parts)
    bands = Bands(weeks, *(by_part(of, _bottom(outlook, parts)) for of in (outlook.blend.forecast, outlook.made)))
    usual = usual_weeks(made)[now]
    found = np.zeros((len(FIGURES), looked_at.size, made.shape[1]))
    for row, week in enumerate(looked_at.tolist()):
        horizon = week - now
        if 1 <= horizon <= HORIZONS:
            low, high = bands.of(now, horizon, told[now, horizon - 1], usual)
            low = np.maximum(low, booked[horizon])
            found[:, row] = booked[horizon], hoped[horizon - 1], told[now, horizon - 1], low, np.maximum(low, high)
        elif horizon > HORIZONS:
            found[1:, row] = np.nan
        elif week >= 0:
            past = booked[0] if horizon == 0 else made[week]
            found[:, row] = past, np.zeros_like(past), past, past, past
    return found


def _bottom(outlook: Outlook, parts: Ints) -> Ints:
    """Region and skill, by which errors are learned however rows are told apart."""
    return parts_of(outlook.cells, np.flatnonzero(parts >= 0), ("region", "skill"))[1]
