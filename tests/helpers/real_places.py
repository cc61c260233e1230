"""Real factories whose place is known to the address, and how near the resolver puts them."""

from __future__ import annotations

import csv
import statistics
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from desktop.services.places import Located, locate
from scheduler.travel import distance_km
from tests.helpers.shared import SHARED

REAL_FACTORIES = SHARED / "data" / "real" / "factories.csv"
NEAR_KM, FAR_KM = 30.0, 150.0


class Point(NamedTuple):
    """Somewhere on the map."""

    lat: float
    lon: float
    country: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """One factory placed by its address: what came of it, and how many km it lies off (None: no place at all)."""

    country: str
    located: Located
    km: float | None
    ms: float


@dataclass(frozen=True, slots=True)
class Shares:
    """What a number of trials show; shares from 0 to 1."""

    count: int
    placed: float
    near: float
    far: float
    best_near: float
    median_km: float
    median_ms: float


def trials(country: str = "") -> list[Trial]:
    """Place every real factory whose place is known to the address."""
    with REAL_FACTORIES.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["precision"] == "address"]
    return [_trial(row) for row in rows if not country or row["country"] == country]


def shares(found: Iterable[Trial]) -> Shares:
    """The shares of trials: placed unasked, of those near and far, and near whether asked or not."""
    all_of_them = list(found)
    sure = [trial.km for trial in all_of_them if trial.located.is_sure and trial.km is not None]
    return Shares(
        len(all_of_them),
        len(sure) / len(all_of_them),
        _share(sure, NEAR_KM),
        1 - _share(sure, FAR_KM),
        sum(trial.km is not None and trial.km <= NEAR_KM for trial in all_of_them) / len(all_of_them),
        statistics.median(sure),
        statistics.median(trial.ms for trial in all_of_them),
    )


def _share(kms: Sequence[float], limit: float) -> float:
    return sum(km <= limit for km in kms) / len(kms)


def _trial(row: dict[str, str]) -> Trial:
    begun = time.perf_counter()
    located = locate(row["address"], row["country"], row["name"])
    ms = 1000 * (time.perf_counter() - begun)
    best = located.best
    there = Point(float(row["lat"]), float(row["lon"]))
    km = None if best is None else distance_km(there, Point(best.lat, best.lon), 1.0)
    return Trial(row["country"], located, km, ms)
