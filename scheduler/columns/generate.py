"""Column generation: master and pricing in turn, until no column is missing or it is told to stop.

The prices asked for lie between the master's and those of the best floor (smoothing of Wentges, 1997), which keeps
them from swinging. Early rounds look at the most promising visits of every inspector only; the later ones at all, and
each of those proves a floor.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from scheduler.columns.duals import Duals, Worth
from scheduler.columns.labels import pool_of
from scheduler.columns.master import Column, Master
from scheduler.columns.pricing import Found, memory_of, price
from scheduler.compiled import Floats, Ints
from scheduler.search.search import Week
from scheduler.stop import Stop, never
from scheduler.tables import Tables

LABELS = 400_000  # of one inspector at most
SMOOTH = 0.5  # share of the best prices in those asked for
FEW_NODES = 80  # of an inspector that are looked at first
REPEATS = 6  # searches of one inspector in a round
PER_PERSON = 4  # columns of one inspector in a round
LISTED = 0.02  # gap of the floors on lists at which all visits are looked at
CENT = 1.0  # a column is missing if it would save more


class Generation:
    """Column generation on tables; every round may raise `bound`.

    Attributes:
        bound: cents that no plan costs less than; None until proven.
        cost: cents of the master's fractional plan; None before the first round.
        is_done: no column is missing: `bound` is the master's cost, or as near as cents allow.
        rounds: done so far.
    """

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._worth = Worth(tables)
        self._master = Master(tables)
        self._pool = pool_of(LABELS)
        self._memory = memory_of(tables)
        self._asked = np.arange(len(tables.idle), dtype=np.int32)
        self._best: Duals | None = None
        self._proven: tuple[Duals, Ints] | None = None
        self._best_listed = -np.inf
        self._proves = False
        self._smooth = SMOOTH
        self.bound: int | None = None
        self.cost: float | None = None
        self.is_done = not len(tables.pairs.option)
        self.rounds = 0
        if self.is_done:  # nobody can serve anything
            self.bound = int(tables.options.unserved.sum() + tables.idle.sum())

    @property
    def columns(self) -> int:
        """How many columns the master has."""
        return len(self._master.columns)

    @property
    def prices(self) -> tuple[Duals, Ints] | None:
        """The prices that prove `bound`, and the pairs of their tolls; None before there is a bound."""
        return self._proven

    def interrupt(self) -> None:
        """End the round in hand soon; another thread may call this. No round follows."""
        self._master.interrupt()

    def give(self, weeks: Iterable[Week]) -> None:
        """Add the horizons of plans that were found elsewhere."""
        pairs, idle = self._tables.pairs, self._tables.idle
        given = []
        for week in weeks:
            low, high = pairs.of[week.person], pairs.of[week.person + 1]
            own = pairs.option[low:high]
            order = np.argsort(own, kind="stable")
            at = low + order[np.searchsorted(own[order], week.options)]
            given.append(Column(week.person, tuple(at.tolist()), week.cents - int(idle[week.person])))
        self._master.add(given)

    def round(self, stop: Stop = never) -> None:
        """Solve the master, ask for columns at its prices, and prove what can be proven at them."""
        self.rounds += 1
        if not self._master.solve():
            self.is_done = True  # interrupted
            return
        self.cost = self._master.cost
        own = self._master.duals()
        violated = self._master.violated() if self._is_near() else []
        self._master.thin()
        self._master.cut(violated)
        asked = own if self._best is None or self._smooth == 0 else own.towards(self._best, self._smooth)
        pairs = self._master.cut_pairs
        value = self._worth.clipped(asked, pairs)
        gain = self._worth.gains(asked, value, pairs)
        wanted = self._tables.idle.astype(np.float64) - CENT
        if asked is own:
            wanted += own.person
        found = self._priced(gain, wanted, stop)
        if found is None:
            return
        self._learn(asked, value, found)
        new = self._master.add(self._columns(found, gain))
        self._choose(new, len(violated), is_own=asked is own)

    def _is_near(self) -> bool:
        return self.cost is not None and self.cost - self._best_listed < LISTED * abs(self.cost)

    def _priced(self, gain: Floats, wanted: Floats, stop: Stop) -> Found | None:
        """Pricing in portions, so that it can be stopped."""
        portion = 25 if self._proves else 200
        parts = []
        for begin in range(0, len(self._asked), portion):
            if stop():
                return None
            asked = self._asked[begin : begin + portion]
            part = price(
                self._tables, gain, wanted, asked, self._memory, self._pool, FEW_NODES, self._proves, REPEATS,
                PER_PERSON,
            )  # fmt: skip
            parts.append(part)
        starts = np.cumsum([0, *(len(part.pairs) for part in parts)])
        of = [part.of[:-1] + start for part, start in zip(parts, starts, strict=False)]
        return Found(
            np.concatenate([part.person for part in parts]),
            np.concatenate([part.cents for part in parts]),
            np.concatenate([*of, starts[-1:]]),
            np.concatenate([part.pairs for part in parts]),
            np.concatenate([part.least for part in parts]),
        )

    def _columns(self, found: Found, gain: Floats) -> list[Column]:
        node, idle = self._tables.pairs.node, self._tables.idle
        columns = []
        for at, person in enumerate(found.person.tolist()):
            pairs = found.pairs[found.of[at] : found.of[at + 1]]
            cents = round(float(found.cents[at] + gain[pairs].sum() + node[pairs].sum()))
            columns.append(Column(person, tuple(pairs.tolist()), cents - int(idle[person])))
        return columns

    def _learn(self, asked: Duals, value: Floats, found: Found) -> None:
        """Keep the better floor, and the prices that gave it."""
        if self._proves:
            bound = self._worth.floor(value, found.least)
            if bound is not None and (self.bound is None or bound > self.bound):
                self.bound, self._best = bound, asked
                self._proven = asked, self._master.cut_pairs[: len(asked.toll)]
            return
        least = self._tables.idle.astype(np.float64)
        np.minimum.at(least, found.person, found.cents)
        listed = float(value.sum() + least.sum())
        if listed > self._best_listed:
            self._best_listed, self._best = listed, asked

    def _choose(self, new: int, cuts: int, *, is_own: bool) -> None:
        """How the next round asks."""
        if not self._proves and (self._is_near() or new < len(self._asked)):
            self._proves = True
            self._best_listed = np.inf  # cuts are welcome from now on
            self._best = None
        elif self._proves and new == 0 and cuts == 0:
            self.is_done = is_own
            self._smooth = 0.0
        else:
            self._smooth = SMOOTH
