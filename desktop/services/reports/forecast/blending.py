"""The forecast: several ways of telling a country's weeks, weighed by how wrong each was before; then part by part."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desktop.services.reports.forecast.calendar import (
    HORIZONS,
    Weeks,
    same_week_last_year,
    weeks_from_new_year,
    worked_days,
)
from desktop.services.reports.forecast.known import Known
from desktop.services.reports.forecast.ledger import Floats, Ints, Ledger
from desktop.services.reports.forecast.seasons import by_last_year, by_level, by_season, drawn
from desktop.services.reports.forecast.sharing import Sharing

LEAST_WEEKS = 60  # of a past, below which there is no season to be seen
LEVEL_WEEKS = 8  # of a past, below which there is no level either
HELD_BACK = 26  # weeks on which the error is measured
WAYS = ("season", "level", "last_year", "bookings")
BY_SEASON, BY_LEVEL, BY_LAST_YEAR, BY_BOOKINGS = range(4)
LEAST_FILL = 0.02  # less than this share booked so early says nothing
UNSEEN = 0.8, 1.25  # how far bookings may be from what is usual as long as too little was seen to tell
LEAST_SEEN = 6  # weeks of a way's errors before it is weighed by them
FLOOR = 0.005  # a relative error below which ways are alike


@dataclass(frozen=True, slots=True, eq=False)
class Blend:
    """Forecasts in man-days.

    Attributes:
        since: the first week that was looked from; the others are NaN.
        forecast: by week looked from, horizon less 1 and cell.
        pipeline: what of the current week's forecast is expected of orders in production, by horizon less 1 and cell.
        weights: by week looked from, way of `WAYS` and horizon less 1.
    """

    since: int
    forecast: Floats
    pipeline: Floats
    weights: Floats


def first_looked_from(weeks: Weeks) -> int:
    """The first week of which a whole forecast is made: enough to learn from before those that are measured."""
    return max(LEAST_WEEKS, weeks.now - 2 * HELD_BACK - HORIZONS)


def blend(ledger: Ledger, weeks: Weeks, known: Known) -> Blend:
    """The forecasts of all weeks from `first_looked_from` on, each from what was on record in it."""
    names = sorted({cell.country for cell in ledger.cells})
    cells = [np.flatnonzero([cell.country == name for cell in ledger.cells]) for name in names]
    since = min(first_looked_from(weeks), weeks.now)
    if weeks.now < LEAST_WEEKS:
        told = np.zeros((len(names), weeks.count, HORIZONS))
        for place, (name, own) in enumerate(zip(names, cells, strict=True)):
            told[place] = _by_level_alone(ledger, weeks, known, name, own)
        weights = np.full((weeks.count, len(WAYS), HORIZONS), np.nan)
    else:
        ways = np.stack(
            [_ways_of(ledger, weeks, known, name, own) for name, own in zip(names, cells, strict=True)], axis=-1
        )
        made = np.column_stack([known.made[:, own].sum(axis=1) for own in cells])
        told, weights = _weighed(ways, made, weeks, since)
    forecast = np.full((weeks.count, HORIZONS, len(ledger.cells)), np.nan)
    pipeline = np.zeros((HORIZONS, len(ledger.cells)))
    sharing = Sharing(ledger, weeks, known, cells)
    for week in range(since, weeks.now + 1):
        forecast[week], pipeline = sharing.parted(week, told[:, week])
    return Blend(since, forecast, pipeline, weights)


def _by_level_alone(ledger: Ledger, weeks: Weeks, known: Known, country: str, cells: Ints) -> Floats:
    told = np.full((weeks.count, HORIZONS), np.nan)
    if weeks.now >= LEVEL_WEEKS:
        days = worked_days(ledger, weeks, country, cells)[weeks.now]
        told[weeks.now] = by_level(known.made[:, cells].sum(axis=1), days, weeks.now)
    return told


def _ways_of(ledger: Ledger, weeks: Weeks, known: Known, country: str, cells: Ints) -> Floats:
    """Every way's forecast of a country: by week looked from, way and horizon less 1."""
    made = known.made[:, cells].sum(axis=1)
    days = worked_days(ledger, weeks, country, cells)
    away = weeks_from_new_year(weeks, country)
    like, parts = same_week_last_year(weeks, country), drawn(weeks, away)
    told = np.full((weeks.count, len(WAYS), HORIZONS), np.nan)
    for week in range(LEAST_WEEKS, weeks.now + 1):
        told[week, BY_SEASON], told[week, BY_LEVEL] = by_season(made, days[week], parts, week)
        told[week, BY_LAST_YEAR] = by_last_year(made, days[week], like, week)
    _tell_by_bookings(told, made, _on_record(weeks, known, cells), weeks)
    return told


def _on_record(weeks: Weeks, known: Known, cells: Ints) -> Floats:
    """Bookings and what orders let expect of a country, by week looked from and horizon less 1."""
    found: Floats = known.expected[:, :, cells].sum(axis=2, dtype=np.float64)
    booked: Floats = known.booked[:, :, cells].sum(axis=2, dtype=np.float64)
    for horizon in range(1, HORIZONS + 1):
        found[: weeks.count - horizon, horizon - 1] += booked[horizon:, horizon]
    return found


def _tell_by_bookings(told: Floats, made: Floats, on_record: Floats, weeks: Weeks) -> None:
    """What is on record, by the share of a week that is usually on record so early.

    More or less than usual moves the forecast, but no further than it was ever right to move it before.
    """
    usual = told[:, BY_LEVEL]
    for horizon in range(1, HORIZONS + 1):
        early = np.full(weeks.count, np.nan)  # on record for each week so long before it
        early[horizon:] = on_record[: weeks.count - horizon, horizon - 1]
        surprise = np.full(weeks.count, np.nan)
        for week in range(LEAST_WEEKS, weeks.now + 1):
            past = np.arange(max(0, week - HELD_BACK), week)
            past = past[np.isfinite(early[past])]
            fill = early[past].sum() / max(made[past].sum(), 1e-9)
            ahead = week + horizon
            if past.size < LEAST_SEEN or fill < LEAST_FILL or not usual[week, horizon - 1] > 0:
                continue
            surprise[ahead] = early[ahead] / fill / usual[week, horizon - 1]
            seen = surprise[max(0, week - 2 * HELD_BACK) : week]
            seen = seen[np.isfinite(seen)]
            low, high = (seen.min(), seen.max()) if seen.size >= LEAST_SEEN else UNSEEN
            told[week, BY_BOOKINGS, horizon - 1] = usual[week, horizon - 1] * min(max(surprise[ahead], low), high)


def _weighed(ways: Floats, made: Floats, weeks: Weeks, since: int) -> tuple[Floats, Floats]:
    """By country and week looked from; each way counts by its squared error on weeks over before, near horizons too."""
    wrong = np.full(ways.shape[:3], np.nan)  # by the week looked at
    for horizon in range(1, HORIZONS + 1):
        miss = ways[: weeks.count - horizon, :, horizon - 1] - made[horizon:, None, :]
        wrong[horizon:, :, horizon - 1] = (miss**2).sum(axis=2)
    told = np.full((ways.shape[3], weeks.count, HORIZONS), np.nan)
    weights = np.full(ways.shape[:3], np.nan)
    for week in range(since, weeks.now + 1):
        past = slice(max(0, week - HELD_BACK), week)
        seen = wrong[past] / max((made[past].mean(axis=0) ** 2).sum(), 1e-9)
        count = np.isfinite(seen).sum(axis=0)
        error = np.where(count >= LEAST_SEEN, np.nansum(seen, axis=0) / np.maximum(count, 1), np.nan)
        error = _smoothed(error) + FLOOR**2
        can = np.isfinite(ways[week]).all(axis=2)
        weight = np.where(can & np.isfinite(error), 1 / error, 0.0)
        blind = ~weight.any(axis=0)
        weight[:, blind] = can[:, blind]
        weights[week] = weight / np.maximum(weight.sum(axis=0), 1e-12)
        told[:, week] = (weights[week][:, :, None] * np.nan_to_num(ways[week])).sum(axis=0).T
    return told, weights


def _smoothed(error: Floats) -> Floats:
    """Each horizon's error with its neighbours', where they are known."""
    padded = np.pad(error, ((0, 0), (1, 1)), constant_values=np.nan)
    three = np.stack([padded[:, :-2], error, padded[:, 2:]])
    known = np.isfinite(three)
    mean = np.nansum(three, axis=0) / np.maximum(known.sum(axis=0), 1)
    return np.where(np.isfinite(error), mean, np.nan)
