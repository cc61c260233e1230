"""The cheapest few of the places found with others moved, one for every place and visits moved."""

from __future__ import annotations

import heapq
from bisect import bisect_left, insort
from typing import NamedTuple

from scheduler.instance import Visit
from scheduler.rank.places import Spot
from scheduler.rank.reach import NO_WAY

Moves = tuple[tuple[Visit, Spot], ...]


class Found(NamedTuple):
    """A place of a request, what moves for it and where to, and what all of it adds in cents."""

    cents: int
    spot: Spot
    moves: Moves


class Best:
    """The cheapest few of what is found, one for every place of the request and visits moved."""

    def __init__(self, top: int) -> None:
        self._top = top
        self._found: dict[tuple[Spot, frozenset[Visit]], Found] = {}
        self._cents: list[int] = []  # of what is found, in order

    @property
    def worst(self) -> int:
        """What something has to undercut to be among the best."""
        return self._cents[self._top - 1] if len(self._cents) >= self._top else NO_WAY

    def add(self, found: Found) -> None:
        """Take something in, if it is new or cheaper than what is known of the same place and visits."""
        key = (found.spot, frozenset(visit for visit, _ in found.moves))
        known = self._found.get(key)
        if known is not None:
            if known.cents <= found.cents:
                return
            self._cents.pop(bisect_left(self._cents, known.cents))
        self._found[key] = found
        insort(self._cents, found.cents)

    def found(self) -> list[Found]:
        """The best, cheapest first."""
        return heapq.nsmallest(self._top, self._found.values(), key=lambda entry: (entry.cents, entry.spot))
