"""The prices of the whole, for its parts: where column generation begins, and where something may be gained.

At the prices of a bound, the cost of a plan beyond the bound is the sum of what each inspector's horizon costs beyond
the cheapest, and of what each request left out costs beyond its price. Where these are 0 nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from scheduler.columns.duals import Duals, Worth
from scheduler.columns.generate import Generation
from scheduler.columns.part import Part
from scheduler.compiled import Floats, Ints
from scheduler.search.search import Service, Week
from scheduler.tables import Tables

LABELS = 20_000  # of one inspector of a part at most


class Market:
    """Prices of the whole problem, none at first."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._worth = Worth(tables)
        self._prices: Duals | None = None
        self._tolls: dict[int, float] = {}
        self._value = np.zeros(0)
        self._gain = np.zeros(0)

    def take_over(self, prices: Duals, pairs: Ints) -> None:
        """Take over prices, with the pairs of their tolls."""
        self._value = self._worth.clipped(prices, pairs)
        self._gain = self._worth.gains(prices, self._value, pairs) + self._tables.pairs.node
        self._tolls = {pair: toll for pair, toll in zip(pairs.tolist(), prices.toll.tolist(), strict=False) if toll > 0}
        self._prices = prices

    def of(self, part: Part) -> tuple[Duals, Ints] | None:
        """The prices for a part, and the pairs (of the part) of its tolls; None where there are none.

        A request that stays has only its remaining places to sell.
        """
        prices = self._prices
        if prices is None:
            return None
        options = part.tables.options
        request, own = prices.request[part.requests], prices.part[part.options]
        for number, others in enumerate(part.staying):
            if others:
                option = options.of[number]
                request[number] = options.fixed[option] + options.crew[option] * own[option]
        crew = options.crew[part.tables.pairs.option] > 1
        tolls = [(at, self._tolls[pair]) for at, pair in enumerate(part.pairs.tolist()) if pair in self._tolls]
        tolls = [(at, toll) for at, toll in tolls if crew[at]]
        joint = options.crew > 1
        return (
            Duals(
                request,
                np.where(joint, own, 0.0),
                np.where(joint & options.wants_lead, prices.lead[part.options], 0.0),
                np.array([toll for _, toll in tolls], dtype=np.float64),
                prices.person[part.people],
            ),
            np.array([at for at, _ in tolls], dtype=np.int32),
        )

    def begun(self, part: Part, weeks: Sequence[Week]) -> Generation:
        """Column generation for a part, with some horizons of the whole, at the prices of the whole if known."""
        generation = Generation(part.tables, LABELS, proves=False)
        generation.give(part.weeks_of(weeks))
        prices = self.of(part)
        if prices is not None:
            generation.begin(*prices)
        return generation

    def losses(self, services: Sequence[Service | None], weeks: Iterable[Week]) -> Floats | None:
        """By request: cents lost with it or with who serves it, more or less; None without prices."""
        prices = self._prices
        if prices is None:
            return None
        options, pairs = self._tables.options, self._tables.pairs
        lost = np.zeros(len(services))
        for week in weeks:
            low, high = pairs.of[week.person], pairs.of[week.person + 1]
            at = low + np.flatnonzero(np.isin(pairs.option[low:high], week.options))
            beyond = week.cents - float(self._gain[at].sum()) - float(prices.person[week.person])
            if week.options:
                lost[options.request[list(week.options)]] += max(0.0, beyond) / len(week.options)
        for request, service in enumerate(services):
            if service is None and not options.pinned[request]:
                lost[request] += max(0.0, float(options.unserved[request] - self._value[request]))
        return lost
