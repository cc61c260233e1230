"""The improvement loop: take out, put back, and keep what is better, or not much worse while the run is young.

Ruin and recreate with adjacent strings (Christiaens and Vanden Berghe, Slack Induction by String Removals, 2020), with
the acceptance of simulated annealing: a worse plan is kept with a chance that falls as the run cools.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from scheduler.params import Params
from scheduler.search.options import Options
from scheduler.search.recreate import Recreate
from scheduler.search.ruin import Ruin
from scheduler.search.state import State
from scheduler.stop import Stop

HOT = 0.4  # first temperature, as a share of the mean price of leaving a request, for up to FEW requests
FEW = 150  # more requests get fewer steps each, and so a cooler start in proportion
COLD = 0.002  # last temperature, likewise
EAGER = 0.03  # share of the steps that serve whatever can be served
WHATEVER = 1e9  # margin at which every price of leaving a request above 0 is worth paying
DARING = 0.15  # share of the other steps that serve at some loss too
LOSS = 1.0  # most of that loss, as a share of what leaving a request costs
CYCLE = 100_000  # steps of one cooling where neither time nor steps are limited
OnStep = Callable[[int, State], None]


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
    """Improves a plan until its limits are reached or it is told to stop."""

    def __init__(self, ruin: Ruin, recreate: Recreate, rng: random.Random, options: Options) -> None:
        self._ruin = ruin
        self._recreate = recreate
        self._rng = rng
        count = max(1, len(options.unserved))
        self._scale = max(1.0, sum(options.unserved) / count)
        self._hot = HOT * min(1.0, FEW / count)
        self.steps = 0

    def improve(self, state: State, params: Params, clock: Clock, stop: Stop, on_step: OnStep) -> State:
        """The best plan found from `state` on; `on_step` is told the number of steps and the best so far."""
        current, best = state, state
        if not self._ruin.servable:
            return best
        began = clock.seconds
        draw, log = self._rng.random, math.log
        while not stop() and not clock.is_over:
            if params.iteration_limit is not None and self.steps >= params.iteration_limit:
                break
            heat = self._scale * self._hot * (COLD / self._hot) ** self._age(params, clock, began)
            self.steps += 1
            changed = current.copy()
            requests = self._ruin.take_out(changed)
            if not self._recreate.put_in(changed, requests, margin=self._margin()):
                continue
            if changed.cost < current.cost - heat * log(1.0 - draw()):
                current = changed
                if current.cost < best.cost:
                    best = current
            on_step(self.steps, best)
        return best

    def _margin(self) -> float:
        """How much dearer than leaving a request this step may serve it, as a factor."""
        draw = self._rng.random
        if draw() < EAGER:
            return WHATEVER
        return 1.0 + LOSS * draw() if draw() < DARING else 1.0

    def _age(self, params: Params, clock: Clock, began: float) -> float:
        """How far the run is, 0 to 1: by steps where they are limited, so that equal runs give equal plans."""
        if params.iteration_limit is not None:
            return self.steps / max(1, params.iteration_limit)
        if clock.ends is not None:
            return min(1.0, (clock.seconds - began) / max(1e-9, clock.ends - clock.began - began))
        return (self.steps % CYCLE) / CYCLE
