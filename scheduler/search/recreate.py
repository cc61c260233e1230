"""Putting requests into a plan, one after another, each where it adds least."""

from __future__ import annotations

import random
from collections.abc import Callable

from scheduler.search.options import Options
from scheduler.search.roster import IMPOSSIBLE, Roster
from scheduler.search.state import State

WIDE = 0.1  # share of the steps that look at everyone who may serve a request, not only at those who live near
BLINK = 0.02  # chance to overlook a place, so that equal orders do not give equal plans


class Recreate:
    """Serves open requests greedily in an order drawn at random."""

    def __init__(self, options: Options, roster: Roster, rng: random.Random) -> None:
        self._options = options
        self.roster = roster
        self._rng = rng
        longest = [max((options.last[o] - options.first[o] for o in own), default=0) for own in options.of]
        self._orders: tuple[tuple[float, Callable[[int], float]], ...] = (
            (4.0, lambda _: rng.random()),
            (2.0, lambda request: len(options.people[request])),
            (2.0, lambda request: -options.unserved[request]),
            (2.0, lambda request: -longest[request]),
            (2.0, lambda request: len(options.of[request])),
            (1.0, lambda request: min((options.first[o] for o in options.of[request]), default=0)),
        )
        self._shares = [share for share, _ in self._orders]

    def put_in(self, state: State, requests: list[int], *, margin: float = 1.0) -> bool:
        """Serve what can be served at less than it costs to leave; False where a pinned one cannot be.

        `margin` multiplies what leaving costs: above 1 a request is served at a loss too, as a journey too dear for
        one visit may pay for two.
        """
        rng, options = self._rng, self._options
        order = rng.choices(self._orders, self._shares)[0][1]
        wide = rng.random() < WIDE
        pinned = [request for request in requests if options.pinned[request]]
        rest = [request for request in requests if not options.pinned[request]]
        rest.sort(key=order)
        pinned.sort(key=order)
        for request in (*pinned, *rest):
            cents, option, crew = self.cheapest(state, request, wide=wide or options.pinned[request])
            if options.pinned[request]:
                if cents >= IMPOSSIBLE:
                    return False
                state.insert(option, crew)
            elif cents < IMPOSSIBLE and cents < margin * options.unserved[request]:
                state.insert(option, crew)
        return True

    def cheapest(
        self,
        state: State,
        request: int,
        blink: float = BLINK,
        *,
        wide: bool = True,
    ) -> tuple[int, int, tuple[int, ...]]:
        """The cheapest way found to serve a request besides the rest: cents, option, crew.

        Each place is overlooked with the chance `blink`; without `wide` only those who live near are asked.
        """
        options, roster, weeks, draw = self._options, self.roster, state.weeks, self._rng.random
        best, chosen = IMPOSSIBLE, -1
        crew: tuple[int, ...] = ()
        people = options.people[request] if wide else options.near[request]
        if options.single[request]:
            who = -1
            for person in people:
                week = weeks[person]
                found = week.best.get(request) or roster.best_single(week, request)
                if found[0] < best and draw() >= blink:
                    best, chosen = found
                    who = person
            crew = (who,)
        if options.joint[request]:
            return min((best, chosen, crew), self._cheapest_crew(state, request, blink, people))
        return best, chosen, crew

    def _cheapest_crew(
        self,
        state: State,
        request: int,
        blink: float,
        people: tuple[int, ...],
    ) -> tuple[int, int, tuple[int, ...]]:
        """The cheapest crew of two or more for a request, over all its starts."""
        options, roster, weeks, draw = self._options, self.roster, state.weeks, self._rng.random
        by_option: dict[int, list[tuple[int, int]]] = {}
        for person in people:
            for option, cents in roster.joint_offers(weeks[person], request):
                if draw() >= blink:
                    by_option.setdefault(option, []).append((cents, person))
        best: tuple[int, int, tuple[int, ...]] = (IMPOSSIBLE, -1, ())
        for option, offers in by_option.items():
            size = options.crew[option]
            if len(offers) < size:
                continue
            offers.sort()
            members = offers[:size]
            if options.wants_lead[option] and not any(options.can_lead(person, option) for _, person in members):
                lead = next((offer for offer in offers[size:] if options.can_lead(offer[1], option)), None)
                if lead is None:
                    continue
                members[-1] = lead
            cents = options.fixed[option] + sum(offer[0] for offer in members)
            if cents < best[0]:
                best = (cents, option, tuple(sorted(person for _, person in members)))
        return best
