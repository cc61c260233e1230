"""How evenly something lies on people: quartiles, Gini's measure, and what the tenth with most of it bears."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

SPREAD = ("use_low", "use_lower", "use_median", "use_upper", "use_high")
"""Lowest, quartiles with the median between them, highest."""


def spread(values: Floats) -> Mapping[str, float]:
    """SPREAD and the mean, "use_mean", of some values; NaN of none. Missing values do not count."""
    known = values[np.isfinite(values)]
    if not len(known):
        return dict.fromkeys((*SPREAD, "use_mean"), math.nan)
    quantiles = np.quantile(known, (0, 0.25, 0.5, 0.75, 1)).tolist()
    return dict(zip(SPREAD, quantiles, strict=True)) | {"use_mean": float(known.mean())}


def gini(values: Floats) -> float:
    """0 where all have the same, towards 1 the more few have all; NaN where there is nothing, or nobody."""
    total = float(values.sum())
    if total <= 0:
        return math.nan
    count = len(values)
    ranks = 2 * np.arange(1, count + 1) - count - 1
    return float((ranks * np.sort(values)).sum() / (count * total))


def top_tenth(values: Floats) -> float:
    """The share of all that lies on the tenth of people (rounded up) with most of it; NaN where there is nothing."""
    total = float(values.sum())
    most = np.sort(values)[::-1][: -(-len(values) // 10)]
    return float(most.sum() / total) if total > 0 else math.nan
