"""A fractional plan beside a whole one: who would have to change together for the fractions to come true."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.columns.master import Column
from scheduler.search.search import Service, Week
from scheduler.tables import Tables

SURE = 0.99  # share from which on a horizon counts as chosen


@dataclass(frozen=True, slots=True)
class Fractions:
    """A fractional plan.

    Attributes:
        people: by request: who serves it.
        requests: by inspector: what he serves.
        chosen: by inspector: the options of his only horizon, where he has one.
    """

    people: Mapping[int, tuple[int, ...]]
    requests: Mapping[int, tuple[int, ...]]
    chosen: Mapping[int, tuple[int, ...]]

    @classmethod
    def none(cls) -> Fractions:
        """No fractional plan."""
        return cls({}, {}, {})

    @classmethod
    def of(cls, tables: Tables, shares: Iterable[tuple[Column, float]]) -> Fractions:
        """The fractional plan of columns with shares."""
        option_of, request_of = tables.pairs.option, tables.options.request
        people: dict[int, dict[int, None]] = {}
        requests: dict[int, dict[int, None]] = {}
        chosen = {}
        for column, share in shares:
            options = tuple(option_of[list(column.pairs)].tolist())
            if share >= SURE:
                chosen[column.person] = options
            for option in options:
                request = int(request_of[option])
                people.setdefault(request, {})[column.person] = None
                requests.setdefault(column.person, {})[request] = None
        return cls(
            {request: tuple(own) for request, own in people.items()},
            {person: tuple(own) for person, own in requests.items()},
            chosen,
        )

    def entangled(
        self,
        services: Sequence[Service | None],
        weeks: Sequence[Week],
        request: int,
        most: int,
        dice: np.random.Generator,
    ) -> list[int]:
        """Who serves a request in either plan, who serves what these serve there, and so on; at most so many.

        Who has the same horizon in both plans is passed over.
        """
        found: dict[int, None] = {}
        seen, waiting = {request}, [request]
        while waiting and len(found) < most:
            at = waiting.pop(int(dice.integers(len(waiting))))
            service = services[at]
            for person in (*(service.crew if service else ()), *self.people.get(at, ())):
                if person in found or self.chosen.get(person) == weeks[person].options:
                    continue
                found[person] = None
                for other in (*self._served(services, weeks[person]), *self.requests.get(person, ())):
                    if other not in seen:
                        seen.add(other)
                        waiting.append(other)
        return list(found)[:most]

    @staticmethod
    def _served(services: Sequence[Service | None], week: Week) -> list[int]:
        return [request for request, service in enumerate(services) if service and week.person in service.crew]
