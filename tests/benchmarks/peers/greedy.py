"""A careful coordinator: always the request next whose second-best place is the furthest behind its best one.

Places are priced exactly: every inspector, day and mode, crews included. Nothing placed is moved again.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from typing import NamedTuple

from scheduler.instance import Visit
from tests.benchmarks.peers.draft import Draft

RANKS = 3  # how many places behind the best one count in a request's regret


class Place(NamedTuple):
    """What a visit and its crew would cost."""

    cents: int
    visit: Visit
    crew: tuple[int, ...]


class Greedy:
    """Fills a draft."""

    def __init__(self, draft: Draft, ranks: int = RANKS) -> None:
        self._draft = draft
        self._ranks = ranks
        self._added: list[dict[int, int]] = [{} for _ in draft.choices.visits]

    def fill(self) -> None:
        """Serve what is left at less than it costs to leave, until nothing more fits."""
        draft, choices = self._draft, self._draft.choices
        todo = set(draft.left())
        for request in todo:
            for number in choices.of[request]:
                self._price(number, choices.people[number])
        best: dict[int, tuple[int, Place]] = {}
        stale = set(todo)
        while True:
            for request in stale:
                found = self._look(request)
                best.pop(request, None)
                if found is not None:
                    best[request] = found
            if not best:
                return
            request = max(best, key=lambda number: (best[number][0], -number))
            _, place = best.pop(request)
            draft.add(place.visit, place.crew)
            todo.discard(request)
            stale = self._priced_anew(place.crew, todo)

    def _price(self, number: int, people: Sequence[int]) -> None:
        visit, added = self._draft.choices.visits[number], self._added[number]
        for person in people:
            cents = self._draft.added(person, visit)
            if cents is None:
                added.pop(person, None)
            else:
                added[person] = cents

    def _priced_anew(self, crew: tuple[int, ...], todo: set[int]) -> set[int]:
        """The requests still to be served that a change in the weeks of a crew concerns, priced again."""
        concerned = set()
        choices = self._draft.choices
        for person in crew:
            for number in choices.concerned[person]:
                request = choices.visits[number].request
                if request in todo:
                    self._price(number, [person])
                    concerned.add(request)
        return concerned

    def _look(self, request: int) -> tuple[int, Place] | None:
        """A request's regret and its best place; None where leaving it is no dearer."""
        unserved = self._draft.choices.unserved[request]
        pinned = self._draft.instance.requests[request].pin is not None
        by_crew: dict[tuple[int, ...], Place] = {}
        for number in self._draft.choices.of[request]:
            for place in self._places(number):
                known = by_crew.get(place.crew)
                if known is None or place.cents < known.cents:
                    by_crew[place.crew] = place
        ranked = heapq.nsmallest(self._ranks + 1, by_crew.values())
        if not ranked or (ranked[0].cents >= unserved and not pinned):
            return None
        others = [min(place.cents, unserved) for place in ranked[1:]]
        others += [unserved] * (self._ranks - len(others))
        return sum(others) - self._ranks * ranked[0].cents, ranked[0]

    def _places(self, number: int) -> list[Place]:
        """The cheapest crew of a visit, or each of the people who could go alone."""
        choices, added = self._draft.choices, self._added[number]
        visit, fixed = choices.visits[number], choices.fixed[number]
        size = self._draft.instance.requests[visit.request].modes[visit.mode].crew
        if size == 1:
            return [Place(cents + fixed, visit, (person,)) for person, cents in added.items()]
        ranked = sorted(added, key=lambda person: (added[person], person))
        crew = ranked[:size]
        leaders = choices.leaders[number]
        if leaders is not None and leaders.isdisjoint(crew):
            able = [person for person in ranked if person in leaders]
            crew = [*ranked[: size - 1], *able[:1]]
        if len(crew) < size or (leaders is not None and leaders.isdisjoint(crew)):
            return []
        return [Place(sum(added[person] for person in crew) + fixed, visit, tuple(crew))]
