"""Proving a bound for its prices: column generation by turns with a search whose horizons it begins with."""

from __future__ import annotations

import time

import numpy as np

from scheduler.columns.duals import Duals
from scheduler.columns.generate import Generation
from scheduler.compiled import Ints
from scheduler.plan import Plan
from scheduler.search.begin import begin
from scheduler.search.search import Search
from scheduler.stop import Stop
from scheduler.tables import Tables
from scheduler.weeks import Weeks

HOT, COLD = 0.05, 0.005  # temperatures of the search, as shares of the mean price of leaving a request
STEPS = 2_000  # of the search between two looks at the clock
WARM = 0.1  # share of the time that the search has to itself at first
SHARE = 0.2  # of a round's time that the search has after it: 25 s of 100 x 330 gave a bound 0.3 % higher than none
MOST_WEEKS = 300  # taken over after a round


class Deadline:
    """Says yes once some seconds are over (None: never), or whoever was asked before says yes."""

    def __init__(self, seconds: float | None, stop: Stop) -> None:
        self.seconds = seconds
        self._end = None if seconds is None else time.perf_counter() + seconds
        self._stop = stop

    def __call__(self) -> bool:
        """Whether to end."""
        return self._stop() or (self._end is not None and time.perf_counter() >= self._end)


def proven_prices(
    weeks: Weeks, tables: Tables, plan: Plan, enough: Deadline, rounds: int | None
) -> tuple[Duals, Ints] | None:
    """The prices of the best bound proven, and the pairs of their tolls; None where none was.

    Args:
        weeks: the problem.
        tables: it as arrays.
        plan: what the search begins with.
        enough: when to end.
        rounds: at most; equal numbers prove equal bounds where time sets no end.
    """
    search = Search(tables)
    begin(search, weeks, plan.assignments)
    search.fill()
    generation = Generation(tables)
    unserved = tables.options.unserved
    scale = max(1.0, float(unserved.sum()) / max(1, len(unserved)))
    warm = None if enough.seconds is None else WARM * enough.seconds
    while not generation.is_done and not enough() and generation.rounds != rounds:
        _work(search, scale, enough, warm)
        generation.give(search.harvest()[-MOST_WEEKS if generation.rounds else 0 :])
        began = time.perf_counter()
        generation.round(enough)
        warm = None if enough.seconds is None else SHARE * (time.perf_counter() - began)
    if generation.prices is None and generation.bound is not None:  # nobody can serve anything
        return _as_left(tables)
    return generation.prices


def _work(search: Search, scale: float, enough: Stop, seconds: float | None) -> None:
    """Let the search work for some seconds; once only where time is no limit."""
    ends = time.perf_counter() + (seconds or 0.0)
    search.run(STEPS, scale * HOT, scale * COLD)
    while time.perf_counter() < ends and not enough():
        search.run(STEPS, scale * HOT, scale * COLD)


def _as_left(tables: Tables) -> tuple[Duals, Ints]:
    """The prices where every request is left: they prove what that costs."""
    options = tables.options
    none = np.zeros(len(options.crew))
    request = options.unserved.astype(np.float64)
    return Duals(request, none, none, np.zeros(0), np.zeros(len(tables.idle))), np.zeros(0, dtype=np.int32)
