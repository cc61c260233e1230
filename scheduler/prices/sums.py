"""A bound as a sum: what every request is worth at some prices, and the least that every inspector's horizon costs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scheduler.columns.duals import Duals, Worth
from scheduler.columns.generate import FEW_NODES, LABELS, MOST_LEFT
from scheduler.columns.labels import pool_of
from scheduler.columns.pricing import memory_of, price
from scheduler.compiled import Floats, Ints
from scheduler.stop import Stop, never
from scheduler.tables import Tables

REPEATS = 40  # searches of one inspector
PORTION = 20  # inspectors priced between two looks at whether to stop


class Sums:
    """The bound that prices prove on tables, in parts.

    Attributes:
        tables: the problem.
        value: by request: its price, no higher than any way to be rid of it.
        gain: by pair, as pricing asks for it.
    """

    def __init__(self, tables: Tables, duals: Duals, cuts: Ints) -> None:
        worth = Worth(tables)
        self.tables = tables
        self.value = worth.clipped(duals, cuts)
        self.gain = worth.gains(duals, self.value, cuts)
        self._memory = memory_of(tables)
        self._pool = pool_of(LABELS)

    def least(self, people: Sequence[int], gain: Floats | None = None, stop: Stop = never) -> Floats:
        """The least cost of each inspector's horizon less its gains, doing nothing included.

        Args:
            people: whose.
            gain: other gains than `gain`.
            stop: asked now and then; whoever is left then is not proven.

        Returns:
            As many figures; -inf where nothing is proven.
        """
        idle = self.tables.idle.astype(np.float64)
        wanted = np.full(len(idle), -np.inf)  # no columns are asked for
        found = np.full(len(people), -np.inf)
        asked = np.array(people, dtype=np.int32)
        for begin in range(0, len(asked), PORTION):
            if stop():
                break
            portion = asked[begin : begin + PORTION]
            priced = price(
                self.tables, self.gain if gain is None else gain, wanted, portion, self._memory, self._pool, FEW_NODES,
                True, MOST_LEFT, REPEATS, 1,
            )  # fmt: skip
            found[begin : begin + len(portion)] = priced.least
        least: Floats = np.minimum(found, idle[asked])
        return least
