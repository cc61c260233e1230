"""Column generation: master and pricing in turn, until no column is missing or it is told to stop.

The prices asked for lie between the master's and those of the best floor (smoothing of Wentges, 1997), which keeps
them from swinging. A round that looks at all visits proves a floor. Where there are many, some rounds between look only
at those that were promising when all were last looked at.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from scheduler.columns.approximate import ApproximateMaster
from scheduler.columns.chosen import columns_of
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
NEAR = 0.02  # gap of the floors at which cuts are added
MOST_LEFT = 1_500  # visits above which labelling takes longer than a better floor is worth while prices are far off
SETTLED = 0.01  # gap of the floors at which they are not: few inspectors are left then, and they need it
ALL_LEFT = 1_000_000
MET = 1e-6  # gap between the bound and the master's cost that is none
FEW_PAIRS = 100_000  # of inspector and option up to which every round looks at all visits
LISTED_ROUNDS = 2  # above, between two such rounds
FEW_ROWS = 400  # requests, inspectors and visits with a crew up to which the master is solved exactly
PORTION, LISTED_PORTION = 10, 100  # inspectors priced between two looks at whether to stop
CENT = 1.0  # a column is missing if it would save more


class Outlook(NamedTuple):
    """What column generation tells those who look for plans.

    Attributes:
        prices, pairs: those of the best bound, before there is one the master's, and the pairs of their tolls.
        shares: the horizons of the last fractional plan, as pairs, with their shares.
        gap: the share of its cost by which that plan costs more than the bound, more or less; infinite without one.
    """

    prices: Duals
    pairs: Ints
    shares: list[tuple[Column, float]]
    gap: float


class Generation:
    """Column generation on tables; every round may raise `bound`.

    Attributes:
        bound: cents that no plan costs less than; None until proven.
        cost: cents of the master's fractional plan, a little less where it is solved nearly; None before the first
            round.
        is_done: no column is missing: `bound` is the master's cost, or as near as cents allow.
        rounds: done so far.
    """

    def __init__(self, tables: Tables, labels: int = LABELS, *, proves: bool = True) -> None:
        """Begin with no columns.

        Args:
            tables: the problem.
            labels: of one inspector at most.
            proves: whether a bound is wanted; without one only the most promising visits are looked at.
        """
        self._tables = tables
        self._worth = Worth(tables)
        rows = len(tables.options.unserved) + len(tables.idle) + int((tables.options.crew > 1).sum())
        self._master: Master | ApproximateMaster = Master(tables) if rows <= FEW_ROWS else ApproximateMaster(tables)
        self._pool = pool_of(labels)
        self._memory = memory_of(tables)
        self._asked = np.arange(len(tables.idle), dtype=np.int32)
        self._first: Duals | None = None
        self._best: Duals | None = None
        self._proven: tuple[Duals, Ints] | None = None
        self._outlook: Outlook | None = None
        self._best_value = -np.inf
        self._basis: tuple[Floats, Floats, float] | None = None
        self._may_prove, self._is_tight = proves, False
        self._listed_rounds = 0 if len(tables.pairs.option) <= FEW_PAIRS else LISTED_ROUNDS
        self._since_all = self._listed_rounds
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

    @property
    def least(self) -> Floats | None:
        """By inspector: what no horizon costs less than at `prices`; None before there is a bound."""
        return None if self._proven is None or self._basis is None else self._basis[1]

    @property
    def outlook(self) -> Outlook | None:
        """What is known of the whole; None before all visits are looked at."""
        return self._outlook

    def interrupt(self) -> None:
        """End the round in hand soon; another thread may call this. No round follows."""
        self._master.interrupt()

    def begin(self, prices: Duals, pairs: Ints) -> None:
        """Ask at these prices first, `pairs` being those of their tolls; before any round."""
        self._master.cut(pairs.tolist())
        self._master.begin(prices)
        self._first = self._best = prices
        self._is_tight = True
        self._since_all = self._listed_rounds

    def give(self, weeks: Iterable[Week]) -> None:
        """Add the horizons of plans that were found elsewhere."""
        self._master.add(columns_of(self._tables, weeks))

    def near(self, cents: float, most: int) -> list[Column]:
        """The columns known that a plan of less than so many cents could have; the best where these are too many.

        At the prices of a floor nothing costs less than it adds to the floor, so none of a plan's columns costs more
        beyond that than the whole plan does.
        """
        if self._basis is None:
            return self._master.known[:most]
        gain, least, floor = self._basis
        worth = gain + self._tables.pairs.node
        idle = self._tables.idle
        known = self._master.known
        beyond = np.array(
            [c.cents + idle[c.person] - worth[list(c.pairs)].sum() - least[c.person] for c in known], dtype=np.float64
        )
        people = np.array([column.person for column in known], dtype=np.int64)
        below = np.zeros(len(least))  # of what lists promise: where nothing is proven it may be too much
        np.minimum.at(below, people, beyond)
        beyond -= below[people]
        best = np.argsort(beyond, kind="stable")[:most]
        return [known[at] for at in best.tolist() if beyond[at] <= cents - floor - below.sum()]

    def round(self, stop: Stop = never) -> None:
        """Solve the master, ask for columns at its prices, and prove what can be proven at them."""
        self.rounds += 1
        if not self._master.solve(stop):
            self.is_done = True  # interrupted, or told to stop
            return
        self.cost = self._master.cost
        own = self._master.duals()
        shares = self._master.shares() if self._is_tight else []
        violated = self._master.violated(shares)
        self._master.thin()
        self._master.cut(violated)
        asked = self._asked_prices(own)
        pairs = self._master.cut_pairs
        value = self._worth.clipped(asked, pairs)
        gain = self._worth.gains(asked, value, pairs)
        wanted = self._tables.idle.astype(np.float64) - CENT
        if asked is own:
            wanted += own.person
        proves = self._may_prove and self._since_all >= self._listed_rounds
        found = self._priced(gain, wanted, stop, proves=proves)
        if found is None:
            return
        self._since_all = 0 if proves else self._since_all + 1
        self._learn(asked, value, gain, found, wanted, proves=proves)
        if self._is_tight:
            gap = np.inf if self.bound is None else (self.cost - self.bound) / max(1.0, abs(self.cost))
            self._outlook = Outlook(*(self._proven or (own, pairs)), shares, gap)
        new = self._master.add(self._columns(found, gain))
        self._choose(new, len(violated), is_own=asked is own, proves=proves)

    def _asked_prices(self, own: Duals) -> Duals:
        if self._first is not None:
            first, self._first = self._first, None
            return first
        return own if self._best is None or self._smooth == 0 else own.towards(self._best, self._smooth)

    def _is_near(self) -> bool:
        return self.cost is not None and self.cost - self._best_value < NEAR * abs(self.cost)

    def _is_met(self) -> bool:
        """Whether the bound is as good as the master's cost."""
        return self.bound is not None and self.cost is not None and self.cost - self.bound <= MET * abs(self.cost)

    def _most_left(self) -> int:
        """Visits of an inspector up to which they are labelled."""
        if self.cost is None or self.bound is None or self.cost - self.bound > SETTLED * abs(self.cost):
            return MOST_LEFT
        return ALL_LEFT

    def _priced(self, gain: Floats, wanted: Floats, stop: Stop, *, proves: bool) -> Found | None:
        """Pricing in portions, so that it can be stopped."""
        portion = PORTION if proves else LISTED_PORTION
        most_left = self._most_left()
        parts = []
        for begin in range(0, len(self._asked), portion):
            if stop():
                return None
            asked = self._asked[begin : begin + portion]
            part = price(
                self._tables, gain, wanted, asked, self._memory, self._pool, FEW_NODES, proves, most_left, REPEATS,
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

    def _learn(self, asked: Duals, value: Floats, gain: Floats, found: Found, wanted: Floats, *, proves: bool) -> None:
        """Keep the better floor, and the prices that gave it."""
        if proves:
            bound = self._worth.floor(value, found.least)
            if bound is not None and (self.bound is None or bound > self.bound):
                self.bound = bound
                self._proven = asked, self._master.cut_pairs[: len(asked.toll)]
                self._basis = gain, np.minimum(found.least, self._tables.idle), float(bound)
            if self.bound is not None and self._proven is not None:  # lists promise more than there is
                self._best, self._best_value = self._proven[0], self.bound
            return
        least = wanted + CENT  # horizons that cost as much and more are not among those found
        np.minimum.at(least, found.person, found.cents)
        listed = float(value.sum() + least.sum())
        if listed > self._best_value:
            self._best, self._best_value = asked, listed
            if not self._may_prove:
                self._basis = gain, least, listed

    def _choose(self, new: int, cuts: int, *, is_own: bool, proves: bool) -> None:
        """How the next round asks."""
        if not self._is_tight and (self._is_near() or new < len(self._asked)):
            self._is_tight = True
            if not self._may_prove:
                self._best_value, self._best = -np.inf, None  # found without the cuts
        elif self._is_tight and cuts == 0 and self._is_met():
            self.is_done = True
        elif self._is_tight and new == 0 and cuts == 0 and (proves or not self._may_prove):
            self.is_done = is_own and not self._master.refine()
            self._smooth = 0.0
        else:
            self._smooth = SMOOTH
        if new == 0:
            self._since_all = self._listed_rounds
