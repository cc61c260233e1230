"""A plan as urgent bookings ask it for places: as it is, and with some of its requests free to go elsewhere."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from scheduler import problem as given
from scheduler.rank import Ranking

Loosening = tuple[frozenset[str], dt.date]
"""Requests that may go anywhere within their windows, and from which day on."""


class Rankings:
    """A plan as it is asked for places, with what is found out of it: shared by all bookings that are sought in it."""

    def __init__(self, plain: Ranking) -> None:
        self.plain = plain
        self._loosened: dict[Loosening, Ranking] = {}

    def loosened(self, key: Loosening) -> Ranking:
        """The plan where some requests may go elsewhere, pinned or not."""
        found = self._loosened.get(key)
        if found is None:
            codes, first = key
            instance = self.plain.instance
            requests = [instance.requests[instance.request_number[code]] for code in sorted(codes)]
            changed = [replace(own, pin=None, earliest=max(own.earliest, first)) for own in requests]
            found = self._loosened[key] = self.plain.with_requests(changed)
        return found


def with_request(ranking: Ranking, request: given.Request) -> Ranking:
    """The plan where the problem has a request so, new or as another of it was."""
    if request.id in ranking.instance.request_number:
        return ranking.with_requests((request,))
    return ranking.with_request(request)
