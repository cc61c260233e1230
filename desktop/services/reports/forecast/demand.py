"""Demand by week and part of the firm: what is on record, and what is to be expected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pandas as pd

from desktop.clock import Clock, local_today
from desktop.services.planning.reading import Source, reading
from desktop.services.reports.forecast.calendar import HORIZONS
from desktop.services.reports.forecast.held_back import YEAR, Bands, Errors, by_part, measured, usual_weeks
from desktop.services.reports.forecast.ledger import Cell, Floats, Ints
from desktop.services.reports.forecast.outlook import Outlook, read_outlook

BY = ("country", "region", "skill", "service")
FIGURES = ("booked", "pipeline", "forecast", "low", "high", "last_year")


def demand_forecast(  # noqa: PLR0913, PLR0917 -- what, when and how finely, as the capacity report asks
    source: Source,
    first_day: dt.date,
    weeks: int,
    clock: Clock,
    by: Sequence[str] = ("region", "skill"),
    only: Sequence[tuple[str, frozenset[str]]] = (),
) -> pd.DataFrame:
    """The man-days asked for in some weeks, part by part.

    Args:
        source: where it is read.
        first_day: a Monday; the weeks may lie in the past and in what is to come.
        weeks: how many, from that one on.
        clock: says which week is the current one.
        by: of country, region, skill and service what the rows are told apart by; () for everything together.
        only: as in a scope; other dimensions than those four are not looked at.

    Returns:
        a row a week and part that has any demand: `week` (datetime.date, Monday), the dimensions of `by`, and in
        man-days `booked` (visits in force that begin in the week, and requests on record that wait for one),
        `pipeline` (what orders in production let expect beside them), `forecast` (all), `low` and `high` (eight of ten
        weeks lie between them), `last_year` (visits of the week 52 weeks before, NaN where none are on record). Up to
        and with the current week forecast, low and high are what is booked; more than twelve weeks ahead, or without
        enough of a past, they are NaN. Rows of parts add up to those of the whole, but for `low` and `high`.
    """
    with reading(source) as session:
        outlook = read_outlook(session, local_today(clock))
    return Part(outlook, only).frame(first_day, weeks, by)


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


class Part:
    """A part of the firm, by filters: its demand by week, told apart as one likes, with the errors that go with it."""

    def __init__(self, outlook: Outlook, only: Sequence[tuple[str, frozenset[str]]] = ()) -> None:
        self.outlook = outlook
        self._kept = kept_cells(outlook.cells, only)
        # errors are learned by region and skill, however rows are told apart
        names, parts = parts_of(outlook.cells, self._kept, ("region", "skill"))
        self._told = by_part(outlook.blend.forecast, parts, len(names))
        self._real = by_part(outlook.made, parts, len(names))
        self._bands = Bands(outlook.weeks, self._told, self._real)

    def errors(self) -> tuple[Errors, ...]:
        """By horizon, from 1; () where nothing could be held back."""
        outlook = self.outlook
        found = measured(outlook.weeks, outlook.blend.since, self._told, self._real, self._bands)
        return found if any(one.weeks for one in found) else ()

    def frame(self, first_day: dt.date, weeks: int, by: Sequence[str] = ()) -> pd.DataFrame:
        """As `demand_forecast` returns it."""
        names, parts = parts_of(self.outlook.cells, self._kept, by)
        names = names if by else [()]
        start = (first_day.toordinal() - self.outlook.weeks.first) // 7
        figures = self._figures(parts, len(names), np.arange(start, start + weeks))
        mondays = [first_day + dt.timedelta(days=7 * week) for week in range(weeks)]
        columns: dict[str, object] = {"week": np.repeat(np.array(mondays, dtype=object), len(names))}
        for place, name in enumerate(by):
            columns[name] = [one[place] for one in names] * weeks
        columns |= {name: figures[at].reshape(-1) for at, name in enumerate(FIGURES)}
        frame = pd.DataFrame(columns)
        if not by:
            return frame
        is_known = frame["forecast"].isna() | (frame["forecast"] > 0) | (frame["booked"] > 0)
        return frame[is_known].reset_index(drop=True)

    def _figures(self, parts: Ints, count: int, looked_at: Ints) -> Floats:
        """`FIGURES` by week and part."""
        outlook, now = self.outlook, self.outlook.weeks.now
        made, booked = by_part(outlook.made, parts, count), by_part(outlook.booked, parts, count)
        told = by_part(outlook.blend.forecast[now], parts, count)
        hoped = by_part(outlook.blend.pipeline, parts, count)
        usual = usual_weeks(made)[now]
        found = np.zeros((len(FIGURES), looked_at.size, made.shape[1]))
        for row, week in enumerate(looked_at.tolist()):
            found[-1, row] = made[week - YEAR] if 0 <= week - YEAR < now else np.nan
            horizon = week - now
            if 1 <= horizon <= HORIZONS:
                guess = told[horizon - 1]
                low, high = self._bands.of(now, horizon, guess, usual)
                low = np.maximum(low, booked[horizon])
                found[:-1, row] = booked[horizon], hoped[horizon - 1], guess, low, np.maximum(low, high)
            elif horizon > HORIZONS:
                found[1:-1, row] = np.nan
            elif week >= 0:
                past = booked[0] if horizon == 0 else made[week]
                found[:-1, row] = past, np.zeros_like(past), past, past, past
        return found
