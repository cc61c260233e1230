"""The master of many rows: solved nearly, and faster than exactly, because any prices prove a bound."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from scheduler.columns.duals import Duals
from scheduler.columns.master import VIOLATED, Column
from scheduler.columns.pdhg import WEIGHT, Program, advance, like_sizes, state_of
from scheduler.compiled import Floats, Ints, Longs
from scheduler.stop import Stop, never
from scheduler.tables import Tables

PINNED, DEARER = 2.0, 10.0  # highest price of a pinned request, in costs of leaving the dearest; what it grows by
STEPS, MOST_STEPS = 600, 9_600  # of a solution; more once no column is missing at its prices
PORTION = 50  # steps between two looks at whether to stop
MOST_COLUMNS = 15  # columns for each inspector and request above which some are forgotten
YOUNG = 5  # solutions that a column is kept for in any case
USED = 1e-6  # share of a column from which on it counts as in use
FIRST_PRICE = 0.3  # of the cost of leaving a request: what prices begin from


class ApproximateMaster:
    """The linear program over the columns known. Rows and prices are those of `Duals`; it does what `Master` does."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        options = tables.options
        self._requests, self._people = len(options.unserved), len(tables.idle)
        self._joint = np.flatnonzero(options.crew > 1)
        self._led = self._joint[options.wants_lead[self._joint]]
        begin = self._requests + self._people
        self._part = np.full(len(options.crew), -1, dtype=np.int32)
        self._part[self._joint] = begin + np.arange(len(self._joint))
        self._lead = np.full(len(options.crew), -1, dtype=np.int32)
        self._lead[self._led] = begin + len(self._joint) + np.arange(len(self._led))
        self._whole = np.full(len(options.crew), -1, dtype=np.int32)
        self._whole[self._joint] = np.arange(len(self._joint))
        self._rows = begin + len(self._joint) + len(self._led)
        dear = PINNED * float(options.unserved.max(initial=1))
        self._leave = np.where(options.pinned, dear, options.unserved.astype(np.float64))
        self.columns: dict[tuple[int, tuple[int, ...]], int] = {}
        self._known: list[Column] = []
        self._age: list[int] = []
        self._shares, self._wholes = np.zeros(0), np.zeros(len(self._joint))
        self._prices = np.zeros(self._rows)
        self._prices[: self._requests] = FIRST_PRICE * self._leave
        self._weight = 0.0
        self._reduced = np.zeros(0)
        self._steps = STEPS
        self._solutions = 0
        self._stopped = False
        self.cut_pairs: Ints = np.zeros(0, dtype=np.int32)
        self.cost = 0.0

    @property
    def known(self) -> list[Column]:
        """All columns."""
        return list(self._known)

    def add(self, columns: Iterable[Column]) -> int:
        """Add columns; gives how many were new."""
        before = len(self._known)
        for column in columns:
            key = (column.person, column.pairs)
            if key not in self.columns:
                self.columns[key] = len(self._known)
                self._known.append(column)
                self._age.append(self._solutions)
        return len(self._known) - before

    def interrupt(self) -> None:
        """End the solution in hand; another thread may call this. None follows."""
        self._stopped = True

    def refine(self) -> bool:
        """Solve better from now on, at higher prices of pins; False where it is as good as it gets."""
        better = self._steps < MOST_STEPS
        if better:
            self._leave[self._tables.options.pinned] *= DEARER
        self._steps = min(2 * self._steps, MOST_STEPS)
        return better

    def begin(self, duals: Duals) -> None:
        """Begin from given prices, tolls apart."""
        self._prices[: self._requests] = np.minimum(duals.request, self._leave)
        self._prices[self._requests : self._requests + self._people] = np.minimum(0.0, duals.person)
        self._prices[self._part[self._joint]] = duals.part[self._joint]
        self._prices[self._lead[self._led]] = np.maximum(0.0, duals.lead[self._led])

    def solve(self, stop: Stop = never) -> bool:
        """Solve; False where told to stop. After it `cost` is what no plan of the columns known costs less than."""
        program = self._program()
        scaled, columns, rows = like_sizes(program)
        x = np.zeros(len(program.cost))
        x[: len(self._shares)] = self._shares
        x[len(self._known) :] = self._wholes
        price = np.zeros(len(program.right))
        price[: len(self._prices)] = self._prices
        state = state_of(scaled, columns, rows, x, price, self._weight)
        for _ in range(self._steps // PORTION):
            if self._stopped or stop():
                return False
            advance(scaled, state, PORTION, x, price)
        x, self._prices = x * columns, price * rows
        self._weight = float(state.numbers[WEIGHT])
        self._shares, self._wholes = x[: len(self._known)], x[len(self._known) :]
        self._reduced = _reduced(program, self._prices)
        self.cost = self._floor()
        self._solutions += 1
        return True

    def duals(self) -> Duals:
        """The prices of the rows."""
        size, prices = len(self._part), self._prices
        part, lead = np.zeros(size), np.zeros(size)
        part[self._joint] = prices[self._part[self._joint]]
        lead[self._led] = np.maximum(0.0, prices[self._lead[self._led]])
        person = prices[self._requests : self._requests + self._people]
        return Duals(
            prices[: self._requests].copy(), part, lead, np.maximum(0.0, -prices[self._rows :]),
            np.minimum(0.0, person),
        )  # fmt: skip

    def shares(self) -> list[tuple[Column, float]]:
        """The columns in use with their shares."""
        return [(self._known[at], float(self._shares[at])) for at in np.flatnonzero(self._shares > USED).tolist()]

    def violated(self, shares: Iterable[tuple[Column, float]]) -> list[int]:
        """In a fractional plan: the pairs whose inspector takes a larger share in a visit than there is of it."""
        if not len(self._joint):
            return []
        option = self._tables.pairs.option
        taken = np.zeros(len(option))
        for column, share in shares:
            taken[list(column.pairs)] += share
        whole = self._whole[option]
        over = (whole >= 0) & (taken > self._wholes[whole] + VIOLATED)
        over[self.cut_pairs] = False
        found: list[int] = np.flatnonzero(over).tolist()
        return found

    def cut(self, pairs: Iterable[int]) -> None:
        """Forbid that the inspectors of these pairs take a larger share in the visits than there is of them."""
        self.cut_pairs = np.concatenate((self.cut_pairs, np.array(list(pairs), dtype=np.int32)))

    def thin(self) -> None:
        """Forget the columns of the highest reduced cost, where there are many: they slow every solution down."""
        most = MOST_COLUMNS * (self._people + self._requests)
        if len(self._known) <= most:
            return
        solved = len(self._shares)
        person = np.array([column.person for column in self._known[:solved]], dtype=np.int64)
        beyond = self._reduced[:solved] - self._least(person)[person]
        beyond[self._shares > USED] = 0.0
        beyond[np.array(self._age[:solved]) > self._solutions - YOUNG] = 0.0
        kept = np.sort(np.argsort(beyond, kind="stable")[: most // 2]).tolist()
        fresh = range(solved, len(self._known))
        self._shares = self._shares[kept]
        self._age = [self._age[at] for at in (*kept, *fresh)]
        self._known = [self._known[at] for at in (*kept, *fresh)]
        self.columns = {(column.person, column.pairs): at for at, column in enumerate(self._known)}

    def _least(self, person: Longs) -> Floats:
        """By inspector: the least reduced cost of his columns, his own row apart; 0 at most."""
        least = np.zeros(self._people)
        mu = self._prices[self._requests : self._requests + self._people]
        np.minimum.at(least, person, self._reduced[: len(person)] + mu[person])
        return least - mu

    def _floor(self) -> float:
        """The Lagrangian over the columns known: as `Worth.floor`, with what they say is the least."""
        options, joint = self._tables.options, self._joint
        person = np.array([column.person for column in self._known], dtype=np.int64)
        mu = self._prices[self._requests : self._requests + self._people]
        request = self._prices[: self._requests].copy()
        whole = self._prices[options.request[joint]] + self._reduced[len(self._known) :]
        np.minimum.at(request, options.request[joint], whole)
        least = self._least(person) + mu
        return float(request.sum() + least.sum() + self._tables.idle.sum())

    def _program(self) -> Program:
        """The linear program, rows in the order of `_part`, `_lead` and cuts after requests and inspectors."""
        options, pairs, joint, led = self._tables.options, self._tables.pairs, self._joint, self._led
        known, count = self._known, len(self._known)
        lengths = np.array([len(column.pairs) for column in known], dtype=np.int64)
        used = np.fromiter((pair for column in known for pair in column.pairs), dtype=np.int64, count=lengths.sum())
        of = np.repeat(np.arange(count), lengths)
        option = pairs.option[used]
        alone = options.crew[option] == 1
        cost = np.array([column.cents for column in known], dtype=np.float64)
        np.add.at(cost, of[alone], options.fixed[option[alone]])
        cut_row = np.full(len(pairs.option), -1, dtype=np.int32)
        cut_row[self.cut_pairs] = self._rows + np.arange(len(self.cut_pairs))
        leads = (self._lead[option] >= 0) & pairs.leads[used]
        cut = cut_row[used] >= 0
        whole = count + np.arange(len(joint))
        parts: list[tuple[Ints | Longs, Ints | Longs, float | Floats]] = [
            (np.arange(count), self._requests + np.array([column.person for column in known], dtype=np.int64), 1.0),
            (of, np.where(alone, options.request[option], self._part[option]), 1.0),
            (of[leads], self._lead[option[leads]], 1.0),
            (of[cut], cut_row[used[cut]], 1.0),
            (whole, options.request[joint], 1.0),
            (whole, self._part[joint], -options.crew[joint].astype(np.float64)),
            (count + self._whole[led], self._lead[led], -1.0),
            (count + self._whole[pairs.option[self.cut_pairs]], cut_row[self.cut_pairs], -1.0),
        ]
        column = np.concatenate([at for at, _, _ in parts])
        order = np.argsort(column, kind="stable")
        row = np.concatenate([at for _, at, _ in parts])[order].astype(np.int32)
        entry = np.concatenate([np.full(len(at), value) for at, _, value in parts])[order]
        width, height = count + len(joint), self._rows + len(self.cut_pairs)
        right, low, high = np.zeros(height), np.full(height, -np.inf), np.full(height, np.inf)
        right[: self._requests + self._people] = 1.0
        high[: self._requests] = self._leave
        high[self._requests : self._requests + self._people] = 0.0
        low[self._lead[led]] = 0.0
        high[self._rows :] = 0.0
        return Program(
            np.searchsorted(column[order], np.arange(width + 1)).astype(np.int64),
            row,
            entry,
            np.concatenate((cost, options.fixed[joint].astype(np.float64))),
            np.ones(width),
            right,
            low,
            high,
        )


def _reduced(program: Program, prices: Floats) -> Floats:
    """The reduced costs of the columns."""
    column = np.repeat(np.arange(len(program.cost)), np.diff(program.of))
    taken = np.bincount(column, weights=program.entry * prices[program.row], minlength=len(program.cost))
    reduced: Floats = program.cost - taken
    return reduced
