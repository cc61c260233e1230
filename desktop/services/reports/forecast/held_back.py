"""How wrong forecasts of weeks that are over were, each made from what was on record so long before."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desktop.services.reports.forecast.blending import HELD_BACK
from desktop.services.reports.forecast.calendar import HORIZONS, Weeks
from desktop.services.reports.forecast.ledger import Floats, Ints

EIGHT_OF_TEN = 1.2816  # standard deviations on either side
LEAST_SEEN = 6  # weeks of errors before a band is told
YEAR = 52


@dataclass(frozen=True, slots=True)
class Errors:
    """Of one horizon; shares of what was asked for, NaN where it cannot be said.

    Attributes:
        weeks: how many weeks were forecast.
        ours, bias: of everything together: misses summed without and with their sign (above 0: too much was forecast).
        naive, naive_bias: the same of taking the week 52 weeks before.
        parts, naive_parts: misses of each region and skill, summed.
        covered: the share of weeks within the band that was told.
    """

    weeks: int
    ours: float
    bias: float
    naive: float
    naive_bias: float
    parts: float
    naive_parts: float
    covered: float


def measured(weeks: Weeks, since: int, told: Floats, real: Floats, bands: Bands) -> tuple[Errors, ...]:
    """The errors of 1 to 12 weeks ahead on the last weeks that are over.

    Args:
        weeks: that were looked from and at.
        since: the first week that was looked from.
        told: forecasts by week looked from, horizon less 1 and part.
        real: man-days of visits by week and part.
        bands: learned of the same parts.
    """
    usual = usual_weeks(real).sum(axis=1)
    found = []
    for horizon in range(1, HORIZONS + 1):
        looked_at = np.arange(max(since + horizon, YEAR, weeks.now - HELD_BACK), weeks.now)
        ours, true = told[looked_at - horizon, horizon - 1], real[looked_at]
        naive = real[looked_at - YEAR]
        low, high = bands.of(looked_at - horizon, horizon, ours.sum(axis=1), usual[looked_at - horizon])
        inside = (true.sum(axis=1) >= low) & (true.sum(axis=1) <= high)
        sure = np.isfinite(low)
        found.append(
            Errors(
                weeks=looked_at.size,
                ours=_miss(ours.sum(axis=1), true.sum(axis=1)),
                bias=_over(ours, true),
                naive=_miss(naive.sum(axis=1), true.sum(axis=1)),
                naive_bias=_over(naive, true),
                parts=_miss(ours, true),
                naive_parts=_miss(naive, true),
                covered=float(inside[sure].mean()) if sure.any() else float("nan"),
            )
        )
    return tuple(found)


def by_part(of_cells: Floats, parts: Ints, size: int) -> Floats:
    """Sums of the cells of each of so many parts, the cells being last; those of part -1 are left out."""
    order = np.argsort(parts, kind="stable")
    starts = np.searchsorted(parts[order], np.arange(size))
    if not (parts >= 0).any():
        return np.zeros((*of_cells.shape[:-1], size))
    return np.asarray(np.add.reduceat(of_cells[..., order], starts, axis=-1, dtype=np.float64))


class Bands:
    """The range in which eight weeks of ten come to lie.

    The variance of a part's error is taken to be a x + (b y)^2, for x man-days forecast and y those of a usual week, if
    they are more: chance, which small parts have most of, and what the whole firm shares, holidays or not. Both are
    learned from the errors of weeks that were over when one looked.
    """

    def __init__(self, weeks: Weeks, told: Floats, real: Floats) -> None:
        """Learn from forecasts and visits of the parts that errors are known of, as `by_part` gives them."""
        self._chance = np.full((weeks.count, HORIZONS), np.nan)
        self._shared = self._chance.copy()
        seen = np.full((5, weeks.count, HORIZONS), np.nan)
        for horizon in range(1, min(HORIZONS, weeks.now) + 1):
            guess, true = told[: weeks.now - horizon, horizon - 1], real[horizon : weeks.now]
            usual = np.maximum(guess, usual_weeks(real)[: weeks.now - horizon])
            seen[:, horizon : weeks.now, horizon - 1] = (
                ((guess - true) ** 2).sum(axis=1),
                (usual**2).sum(axis=1),
                (guess.sum(axis=1) - true.sum(axis=1)) ** 2,
                usual.sum(axis=1) ** 2,
                guess.sum(axis=1),
            )
        for week in range(weeks.now + 1):
            for at in range(HORIZONS):
                near = seen[:, max(0, week - HELD_BACK) : week, max(0, at - 1) : at + 2]
                known = near.reshape(5, -1)[:, np.isfinite(near[0]).reshape(-1)]
                if np.isfinite(seen[0, max(0, week - HELD_BACK) : week, at]).sum() >= LEAST_SEEN:
                    self._chance[week, at], self._shared[week, at] = _parts_of_variance(known.mean(axis=1))

    def of(self, week: Ints | int, horizon: int, guess: Floats, usual: Floats) -> tuple[Floats, Floats]:
        """Low and high of man-days that were forecast in a week, of parts that have so many in a usual one.

        NaN where too little was seen.
        """
        chance, shared = self._chance[week, horizon - 1], self._shared[week, horizon - 1]
        wide = EIGHT_OF_TEN * np.sqrt(chance * guess + (shared * np.maximum(guess, usual)) ** 2)
        return np.maximum(guess - wide, 0.0), guess + wide


def usual_weeks(real: Floats) -> Floats:
    """The man-days of a usual week, as the weeks before each one say; by week and part."""
    before = np.vstack([np.zeros((1, real.shape[1])), np.cumsum(real, axis=0)])
    week = np.arange(real.shape[0])
    since = np.maximum(0, week - HELD_BACK)
    return np.asarray((before[week] - before[since]) / np.maximum(week - since, 1)[:, None])


def _parts_of_variance(seen: Floats) -> tuple[float, float]:
    """What of the squared misses is chance, a man-day; and the share of a usual week that is missed together."""
    parts, parts_size, whole, whole_size, guess = (float(one) for one in seen)
    if guess <= 0 or whole_size <= 0:
        return 0.0, 0.0
    if whole_size - parts_size < 1e-6 * whole_size:  # one part only: what it missed is all there is to see
        return 0.0, float(np.sqrt(whole / whole_size))
    shared = max(0.0, (whole - parts) / (whole_size - parts_size))
    chance = max(0.0, parts - shared * parts_size) / guess
    if not shared:  # the parts' misses cancel one another: the whole has come out better than they would let expect
        chance = min(chance, whole / guess)
    return chance, float(np.sqrt(shared))


def _miss(guess: Floats, true: Floats) -> float:
    return float(np.abs(guess - true).sum() / true.sum()) if true.size and true.sum() > 0 else float("nan")


def _over(guess: Floats, true: Floats) -> float:
    return float((guess - true).sum() / true.sum()) if true.size and true.sum() > 0 else float("nan")
