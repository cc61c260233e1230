"""What a country's weeks ask for by season, growth, working days and nearness of the lunar new year."""

from __future__ import annotations

import numpy as np

from desktop.services.reports.forecast.calendar import FROM_NEW_YEAR, HORIZONS, Weeks
from desktop.services.reports.forecast.ledger import Floats, Ints

YEAR = 365.2425 / 7  # weeks
WAVES = 3  # of the year's shape
HALF_LIFE = 78.0  # weeks after which what was seen counts half
SHRINK_TREND, SHRINK_WAVE, SHRINK_NEAR = 6.0, 3.0, 3.0
"""Working days' worth of doubt in growth, in each wave of the year and in each week near the lunar new year."""
LEVEL_WEEKS, LEVEL_DECAY = 12, 0.8  # what the last weeks were above or below the shape
LEVEL = 8  # weeks that say what the level is at present
LEAST_DAYS = 1.5  # a week with less work says nothing of the level


def drawn(weeks: Weeks, away: Ints) -> Floats:
    """What the logarithm of a week's demand a working day is made of: level, growth, the year's waves, the new year."""
    time = np.arange(weeks.count)
    day = (weeks.first + 7 * time + 3) / 7 / YEAR * 2 * np.pi
    columns = [np.ones(weeks.count), (time - weeks.now) / YEAR]
    columns += [wave(turn * day) for turn in range(1, WAVES + 1) for wave in (np.sin, np.cos)]
    columns += [(away == near).astype(float) for near in FROM_NEW_YEAR]
    return np.column_stack(columns)


def by_season(made: Floats, days: Floats, parts: Floats, week: int) -> tuple[Floats, Floats]:
    """The weeks after one by the shape of all weeks before it; and the same, moved to the level of the last weeks.

    Args:
        made: man-days of every week; those from `week` on are not looked at.
        days: working days of every week.
        parts: of `drawn`.
        week: that is looked from.
    """
    seen = np.flatnonzero((made[:week] > 0) & (days[:week] >= LEAST_DAYS))
    ahead = slice(week + 1, week + 1 + HORIZONS)
    if not seen.size:
        return np.full(HORIZONS, np.nan), np.full(HORIZONS, np.nan)
    weight = days[seen] * 0.5 ** ((week - seen) / HALF_LIFE)
    told = np.log(made[seen] / days[seen])
    doubt = np.full(parts.shape[1], SHRINK_WAVE)
    doubt[:2] = 1e-9, SHRINK_TREND
    doubt[-len(FROM_NEW_YEAR) :] = SHRINK_NEAR
    matrix = parts[seen]
    left = (matrix.T * weight) @ matrix + np.diag(doubt)
    found = np.linalg.solve(left, (matrix.T * weight) @ told)
    shape = np.exp(parts @ found) * days
    shape *= made[seen] @ weight / (shape[seen] @ weight)  # the mean of logarithms lies below that of man-days
    near = seen[seen >= week - LEVEL_WEEKS]
    fresh = days[near] * LEVEL_DECAY ** (week - near)
    above = made[near] @ fresh / (shape[near] @ fresh) if near.size else 1.0
    return shape[ahead], shape[ahead] * above


def by_last_year(made: Floats, days: Floats, like: Ints, week: int) -> Floats:
    """The same weeks a year ago, by their working days, with what the last weeks have grown since then."""
    ahead = np.arange(week + 1, week + 1 + HORIZONS)
    last = np.arange(max(0, week - LEVEL), week)
    last = last[(like[last] >= 0) & (days[last] >= LEAST_DAYS)]
    ago = like[last]
    before = (made[ago] / np.maximum(days[ago], LEAST_DAYS) * days[last]).sum()
    if not before:
        return np.full(HORIZONS, np.nan)
    growth = made[last].sum() / before
    then = np.maximum(like[ahead], 0)
    told = made[then] / np.maximum(days[then], LEAST_DAYS) * days[ahead] * growth
    return np.where((like[ahead] >= 0) & (like[ahead] < week) & (days[then] >= LEAST_DAYS), told, np.nan)


def by_level(made: Floats, days: Floats, week: int) -> Floats:
    """The level of the last weeks on the working days of those to come."""
    last = slice(max(0, week - LEVEL), week)
    level = made[last].sum() / max(days[last].sum(), LEAST_DAYS)
    return np.asarray(level * days[week + 1 : week + 1 + HORIZONS])
