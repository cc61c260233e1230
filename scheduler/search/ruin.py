"""Taking a part of a plan out: strings of visits of inspectors who work near one another."""

from __future__ import annotations

import random

import numpy as np

from scheduler.search.options import Options
from scheduler.search.state import State

NEAR = 100  # requests kept as the neighbours of each
MEAN_REMOVED = 12  # visits taken out by one step, on average
LONGEST_STRING = 6  # visits of one inspector taken out in one string


class Ruin:
    """Takes visits out of a plan, round a request drawn at random from those that somebody may serve (`servable`)."""

    def __init__(self, options: Options, rng: random.Random) -> None:
        self._options = options
        self._rng = rng
        self._near = _neighbours(options)
        self.servable = [request for request, own in enumerate(options.of) if own and options.people[request]]

    def take_out(self, state: State, seed: int | None = None) -> list[int]:
        """Remove visits near a request; gives the requests now to be served, those left out nearby among them."""
        rng = self._rng
        if seed is None:
            seed = self.servable[int(rng.random() * len(self.servable))]
        longest = min(LONGEST_STRING, 1 + int(rng.random() * LONGEST_STRING))
        strings = 1 + int(rng.random() * (2 * MEAN_REMOVED / (1 + longest)))
        open_requests: dict[int, None] = {}
        ruined: set[int] = set()
        for request in self._near[seed]:
            served = state.served[request]
            if served is None:
                open_requests[request] = None
                continue
            if strings <= 0 or not ruined.isdisjoint(served.crew):
                continue
            person = served.crew[int(rng.random() * len(served.crew))]
            ruined.add(person)
            strings -= 1
            self._take_string(state, person, served.option, longest, open_requests)
        return list(open_requests)

    def _take_string(
        self,
        state: State,
        person: int,
        option: int,
        longest: int,
        open_requests: dict[int, None],
    ) -> None:
        """Remove a run of neighbouring visits of one inspector that holds the option."""
        rng, visits = self._rng, state.weeks[person].visits
        length = min(len(visits), 1 + int(rng.random() * longest))
        at = visits.index(option)
        low = max(0, at - length + 1)
        high = min(at, len(visits) - length)
        begin = low + int(rng.random() * (high - low + 1))
        touched: dict[int, None] = {}
        for visit in visits[begin : begin + length]:
            request = self._options.request[visit]
            served = state.served[request]
            if served is not None:
                touched.update(dict.fromkeys(served.crew))
                state.remove(request)
                open_requests[request] = None
        self.clear_unreachable(state, touched, open_requests)

    def clear_unreachable(self, state: State, people: dict[int, None], open_requests: dict[int, None]) -> None:
        """Empty the weeks that have no journey any more; what hung on them is open too."""
        stuck = state.unreachable(people)
        while stuck:
            person = stuck.pop()
            for visit in state.weeks[person].visits:
                request = self._options.request[visit]
                served = state.served[request]
                if served is not None:
                    crew = served.crew
                    state.remove(request)
                    open_requests[request] = None
                    stuck += [other for other in state.unreachable(crew) if other not in stuck]


def _neighbours(options: Options) -> list[list[int]]:
    """The requests nearest to each, itself first; those that nobody can serve are left out."""
    instance = options.instance
    servable = np.array([bool(own) and bool(p) for own, p in zip(options.of, options.people, strict=True)])
    sites = [instance.sites[number] for number in instance.site_of]
    lat = np.radians([site.lat for site in sites])
    lon = np.radians([site.lon for site in sites])
    found = []
    for request in range(len(sites)):
        h = np.sin((lat - lat[request]) / 2) ** 2
        h += np.cos(lat[request]) * np.cos(lat) * np.sin((lon - lon[request]) / 2) ** 2
        h[request] = -1.0
        h[~servable] = np.inf
        order = np.argsort(h, kind="stable")[:NEAR]
        found.append([int(other) for other in order if h[other] < np.inf])
    return found
