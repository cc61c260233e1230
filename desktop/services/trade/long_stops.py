"""How long factories stop at the lunar new year: longer than the law's days, and never assumed silently.

Workers travel home before the holidays and come back late, so a factory's stop goes on for weeks. Nobody publishes
figures by factory. What is proposed is what a factory did before, as long before and after the new year's day; without
such a year a usual stop, which is the house's assumption, to be confirmed with the factory.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

DAY = dt.timedelta(days=1)
AROUND = 30  # days before and after the new year's day within which a closing belongs to it
USUAL: Mapping[str, tuple[int, int]] = {"CN": (9, 14), "VN": (5, 9)}
"""Days before and after the new year's day, by country. In China until the Lantern Festival, the fifteenth day."""
NAMES: Mapping[str, str] = {"CN": "Spring Festival", "VN": "Tet"}


@dataclass(frozen=True, slots=True)
class LongStop:
    """A stop proposed. `like_year`: when the factory closed alike; None: a usual stop."""

    first: dt.date
    last: dt.date
    name: str
    like_year: int | None


def proposed_stop(
    country: str, year: int, closings: Iterable[tuple[dt.date, dt.date]], new_year: Callable[[int], dt.date]
) -> LongStop | None:
    """The stop to propose for a factory and year; None where it has one on record, or its country keeps none.

    Args:
        country: of the factory.
        year: whose lunar new year is meant.
        closings: first and last days on which the factory was or will be closed, of all years.
        new_year: the first day of the lunar year that begins in a year.
    """
    usual = USUAL.get(country)
    if usual is None:
        return None
    feast, spans = new_year(year), tuple(closings)
    if _about(feast, spans):
        return None
    for before in range(year - 1, year - 4, -1):
        then = new_year(before)
        earlier = _about(then, spans)
        if earlier is not None:
            return LongStop(feast + (earlier[0] - then), feast + (earlier[1] - then), NAMES[country], before)
    return LongStop(feast - usual[0] * DAY, feast + usual[1] * DAY, NAMES[country], None)


def _about(feast: dt.date, closings: Iterable[tuple[dt.date, dt.date]]) -> tuple[dt.date, dt.date] | None:
    """The closings about a new year's day, from the first to the last of their days."""
    near = [(first, last) for first, last in closings if first <= feast + AROUND * DAY and feast - AROUND * DAY <= last]
    return (min(first for first, _ in near), max(last for _, last in near)) if near else None
