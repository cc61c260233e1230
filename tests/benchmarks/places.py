"""How well addresses are placed: real factories, whose places are known, found by address and name alone."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from desktop.services.places.index import index
from tests.helpers.real_places import REAL_FACTORIES, shares, trials

HEADS = (
    "addresses",
    "rows",
    "placed unasked",
    "of those within 30 km",
    "over 150 km",
    "median",
    "best within 30 km",
    "each",
)
AIMS = ("aim", "", "85 %", "88 %", "3 % at most", "", "", "3 ms")


def measure_places() -> list[dict[str, Any]]:
    """A row for all addresses, for each country and for each half; [] where the file is not there."""
    if not REAL_FACTORIES.is_file():
        return []
    begun = time.perf_counter()
    index()
    first_ms = 1000 * (time.perf_counter() - begun)
    found = trials()
    groups = {
        "all": found,
        "China": [trial for trial in found if trial.country == "CN"],
        "Vietnam": [trial for trial in found if trial.country == "VN"],
        "even rows, tuned on": found[::2],
        "odd rows, held out": found[1::2],
    }
    return [{"group": name, "index_ms": first_ms} | asdict(shares(group)) for name, group in groups.items()]


def place_rows(results: Sequence[Mapping[str, Any]]) -> list[tuple[str, ...]]:
    """A line of cells for every group, and the heads."""
    lines = [
        (
            row["group"],
            f"{row['count']}",
            f"{row['placed']:.1%}",
            f"{row['near']:.1%}",
            f"{row['far']:.1%}",
            f"{row['median_km']:.1f} km",
            f"{row['best_near']:.1%}",
            f"{row['median_ms']:.2f} ms",
        )
        for row in results
    ]
    return [HEADS, AIMS, *lines]
