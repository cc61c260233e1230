"""How a run is spent: chunks of steps while the plan cools, until the limits are reached or it is told to stop."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from scheduler.params import Params
from scheduler.search.search import Search
from scheduler.stop import Stop

HOT = 0.4  # first temperature, as a share of the mean price of leaving a request, for up to FEW requests
FEW = 150  # more requests get fewer steps each, and so a cooler start in proportion
COLD = 0.002  # last temperature, likewise
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
    def start(cls, seconds: float | None) -> Clock:
        """A clock that starts now."""
        now = time.perf_counter()
        return cls(now, None if seconds is None else now + seconds)

    @property
    def seconds(self) -> float:
        """Seconds since the run began."""
        return time.perf_counter() - self.began

    @property
    def is_over(self) -> bool:
        """Whether the time is used up."""
        return self.ends is not None and time.perf_counter() >= self.ends


class Anneal:
    """Improves a search's plan until its limits are reached or it is told to stop."""

    def __init__(self, search: Search, params: Params, clock: Clock) -> None:
        self._search = search
        self._params = params
        self._clock = clock
        unserved = search.tables.options.unserved
        count = max(1, len(unserved))
        self._scale = max(1.0, float(unserved.sum()) / count)
        self._hot = HOT * min(1.0, FEW / count)

    def improve(self, stop: Stop, on_chunk: OnChunk) -> None:
        """Improve; `stop` is asked, and `on_chunk` told, about every twentieth of a second."""
        search, clock, limit = self._search, self._clock, self._params.iteration_limit
        if not len(search.servable):
            return
        began, first_step, chunk = clock.seconds, search.steps, CHUNK
        while not stop() and not clock.is_over:
            done = search.steps - first_step
            if limit is not None:
                chunk = min(CHUNK, limit - done)
                if chunk <= 0:
                    return
            at = clock.seconds
            hot, cold = self._heat(done, at, began), self._heat(done + chunk, at, began)
            search.run(chunk, hot, cold)
            chunk = max(10, min(MOST_STEPS, 2 * chunk, int(chunk * CHUNK_SECONDS / max(1e-6, clock.seconds - at))))
            on_chunk()

    def _heat(self, steps: int, seconds: float, began: float) -> float:
        """The temperature in cents after so many steps and seconds."""
        share = self._age(steps, seconds, began)
        return self._scale * math.exp(math.log(self._hot) * (1 - share) + math.log(COLD) * share)

    def _age(self, steps: int, seconds: float, began: float) -> float:
        """How far the run is, 0 to 1: by steps where they are limited, so that equal runs give equal plans."""
        limit, ends = self._params.iteration_limit, self._clock.ends
        if limit is not None:
            return steps / max(1, limit)
        if ends is not None:
            return min(1.0, max(0.0, (seconds - began) / max(1e-9, ends - self._clock.began - began)))
        return (steps % CYCLE) / CYCLE
