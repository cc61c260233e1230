"""How a run is spent: chunks of steps while the plan cools, until the limits are reached or it is told to stop."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from scheduler.params import Params
from scheduler.search.search import Search
from scheduler.stop import Stop

HOT = 0.4  # first temperature, as a share of the mean price of leaving a request, for up to FEW requests
FEW = 150  # more requests get fewer steps each, and so a cooler start in proportion
COLD = 0.002  # last temperature, likewise
WARM = 1 / 6  # of the first temperature is left where all of a plan is given
MOSTLY = 0.5  # share of the requests that are served as given from which on the others come first
FIRST_SHARE = 0.5  # of the run, for which they do
CYCLE = 1_000_000  # steps of one cooling where neither time nor steps are limited
CHUNK = 500  # steps between two looks at the clock where steps are limited: equal runs have equal chunks
CHUNK_SECONDS = 0.04  # time between two looks otherwise
MOST_STEPS = 20_000  # of one chunk
OnChunk = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Clock:
    """When a run began and when it has to end, in seconds of `time.perf_counter`; `ends` None: when told."""

    began: float
    ends: float | None

    @classmethod
    def start(cls, seconds: float | None, began: float | None = None) -> Clock:
        """A clock that started when `began` says (None: now) and ends so many seconds later."""
        began = time.perf_counter() if began is None else began
        return cls(began, None if seconds is None else began + seconds)

    def less(self, seconds: float) -> Clock:
        """The same clock, to end so many seconds earlier."""
        return Clock(self.began, None if self.ends is None else self.ends - seconds)

    def part(self, share: float) -> Clock:
        """The same clock, to end after a share of the time that is left."""
        return Clock(self.began, None if self.ends is None else time.perf_counter() + share * self.left)

    @property
    def left(self) -> float:
        """Seconds until it ends; none are left after that."""
        return math.inf if self.ends is None else max(0.0, self.ends - time.perf_counter())

    @property
    def seconds(self) -> float:
        """Seconds since the run began."""
        return time.perf_counter() - self.began

    @property
    def is_over(self) -> bool:
        """Whether the time is used up."""
        return self.ends is not None and time.perf_counter() >= self.ends


def first_heat(requests: int, given: float) -> float:
    """The first temperature, as a share of the mean price of leaving a request.

    Args:
        requests: how many there are.
        given: the share of those that can be served that a plan given serves already.
    """
    warmth = math.exp(given * math.log(WARM))
    return max(COLD, HOT * min(1.0, FEW / max(1, requests)) * warmth)


class Anneal:
    """Improves a search's plan until its limits are reached or it is told to stop.

    A plan that was given is worth keeping, so the more of it there is the cooler the start; and what it leaves out is
    looked at before the rest.
    """

    def __init__(self, search: Search, params: Params) -> None:
        """Prepare, once the search has taken over what is given and before it has filled it up."""
        self._search = search
        self._params = params
        unserved = search.tables.options.unserved
        count = max(1, len(unserved))
        self._scale = max(1.0, float(unserved.sum()) / count)
        left = np.intersect1d(search.best_left, search.servable)
        given = 1.0 - len(left) / max(1, len(search.servable))
        self._hot = first_heat(count, given)
        self._first = left.tolist() if len(left) and given > MOSTLY else None

    def improve(self, clock: Clock, stop: Stop, on_chunk: OnChunk) -> None:
        """Improve; `stop` is asked, and `on_chunk` told, about every twentieth of a second."""
        search, limit = self._search, self._params.iteration_limit
        if not len(search.servable):
            return
        began, first_step, chunk = clock.seconds, search.steps, CHUNK
        while not stop() and not clock.is_over:
            done = search.steps - first_step
            if limit is not None:
                chunk = min(CHUNK, limit - done)
                if chunk <= 0:
                    return
            elif clock.ends is None and done >= CYCLE:
                return
            at = clock.seconds
            age = self._age(clock, done, at, began)
            hot, cold = self._heat(age), self._heat(self._age(clock, done + chunk, at, began))
            search.run(chunk, hot, cold, seeds=self._first if age < FIRST_SHARE else None)
            chunk = max(10, min(MOST_STEPS, 2 * chunk, int(chunk * CHUNK_SECONDS / max(1e-6, clock.seconds - at))))
            on_chunk()

    def _heat(self, age: float) -> float:
        """The temperature in cents."""
        return self._scale * math.exp(math.log(self._hot) * (1 - age) + math.log(COLD) * age)

    def _age(self, clock: Clock, steps: int, seconds: float, began: float) -> float:
        """How far the run is, 0 to 1: by steps where they are limited, so that equal runs give equal plans."""
        limit, ends = self._params.iteration_limit, clock.ends
        if limit is not None:
            return steps / max(1, limit)
        if ends is not None:
            return min(1.0, max(0.0, (seconds - began) / max(1e-9, ends - clock.began - began)))
        return (steps % CYCLE) / CYCLE
