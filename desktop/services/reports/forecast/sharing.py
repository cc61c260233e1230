"""How a country's demand falls on regions, skills and services."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from desktop.services.reports.forecast.calendar import HORIZONS, Weeks
from desktop.services.reports.forecast.known import Known
from desktop.services.reports.forecast.ledger import Floats, Ints, Ledger

YEAR = 52  # weeks that say how demand falls
NEAR_WEEKS = 3  # before and after the week a year ago, which say what the season does to skills and services
TRUST = 0.5  # in what they say
LEAST = 1e-6  # of a usual week: a cell is never without any share


class Sharing:
    """Shares out what is forecast of countries, cell by cell.

    A cell has what is booked in it and what orders let expect. The rest falls as what was booked later, and expected of
    no order, fell in the year before, more of it on the skills and services whose season it is.
    """

    def __init__(self, ledger: Ledger, weeks: Weeks, known: Known, countries: Sequence[Ints]) -> None:
        """Learn; `countries` are the cells of each."""
        self._known, self._countries = known, countries
        self._late = _booked_later(weeks, known)
        self._kinds = [_groups([getattr(cell, name) for cell in ledger.cells]) for name in ("skill", "service")]

    def parted(self, week: int, told: Floats) -> tuple[Floats, Floats]:
        """The forecast from a week on, and what of it is expected of orders: by horizon less 1 and cell.

        Args:
            week: that is looked from.
            told: what is forecast of each country, by horizon less 1.
        """
        known = self._known
        booked = np.stack([known.booked[week + horizon, horizon] for horizon in range(1, HORIZONS + 1)])
        start = max(0, week - YEAR)
        shares = np.maximum(self._late[week] - self._late[start], 0.0)
        for groups in self._kinds:
            shares *= _season_of(known.made, groups, week)
        shares += LEAST * np.maximum(known.made[start:week].sum(axis=0), LEAST)
        forecast, pipeline = np.zeros(booked.shape), np.zeros(booked.shape)
        for cells, whole in zip(self._countries, told, strict=True):
            base, hoped = booked[:, cells], known.expected[week][:, cells]
            rest = np.maximum(whole - base.sum(axis=1), 0.0)
            fits = np.minimum(1.0, rest / np.maximum(hoped.sum(axis=1), 1e-9))
            hoped = hoped * fits[:, None]
            rest = rest - hoped.sum(axis=1)
            share = shares[:, cells]
            pipeline[:, cells] = hoped
            forecast[:, cells] = base + hoped + rest[:, None] * share / share.sum(axis=1, keepdims=True)
        return forecast, pipeline


def _booked_later(weeks: Weeks, known: Known) -> Floats:
    """Man-days that were neither on record nor expected so long before, summed over the weeks before each."""
    found = np.zeros((weeks.count + 1, HORIZONS, known.made.shape[1]))
    for horizon in range(1, HORIZONS + 1):
        looked = known.expected[: weeks.count - horizon, horizon - 1]
        rest = known.made[horizon:] - known.booked[horizon:, horizon] - looked
        found[horizon + 1 :, horizon - 1] = np.nan_to_num(rest)
    return np.cumsum(found, axis=0)


def _groups(names: Sequence[str]) -> Ints:
    """Of each cell the place of its name among the names."""
    place = {name: at for at, name in enumerate(sorted(set(names)))}
    return np.array([place[name] for name in names], dtype=np.int64)


def _season_of(made: Floats, groups: Ints, week: int) -> Floats:
    """How much more a group's share was a year before each week to come than in the whole year; by horizon and cell."""
    if week < YEAR + NEAR_WEEKS:
        return np.ones((HORIZONS, groups.size))
    sums = np.zeros((YEAR + NEAR_WEEKS, int(groups.max(initial=0)) + 1))
    np.add.at(sums.T, groups, made[week - YEAR - NEAR_WEEKS : week].T)
    year = sums[NEAR_WEEKS:].sum(axis=0)
    found = np.ones((HORIZONS, sums.shape[1]))
    for horizon in range(1, HORIZONS + 1):
        near = sums[horizon : horizon + 2 * NEAR_WEEKS + 1].sum(axis=0)
        share = near / max(near.sum(), 1e-9) * year.sum() / np.maximum(year, 1e-9)
        found[horizon - 1] = np.where((year > 0) & (near > 0), np.maximum(share, 1e-9) ** TRUST, 1.0)
    return found[:, groups]
