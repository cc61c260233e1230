"""Prices of the master's rows, what they make each visit worth, and the floor that they prove.

Names follow docs/solver.md: `request` is pi, `part` sigma, `lead` lambda, `toll` tau, `person` mu.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from scheduler.compiled import Floats, Ints
from scheduler.tables import Tables

SAFETY = 0.01  # cents taken off a floor for the rounding of sums of floats, which is below a millionth


@dataclass(frozen=True, slots=True)
class Duals:
    """Prices in cents.

    Attributes:
        request: by request: what serving it is worth.
        part: by option with a crew: what each member's part in it is worth.
        lead: by option that wants a lead: what having one is worth, 0 or more.
        toll: by pair in `Cuts.pairs`: what taking part costs where the visit is not wholly planned, 0 or more.
        person: by inspector: what another horizon of his costs, 0 or less.
    """

    request: Floats
    part: Floats
    lead: Floats
    toll: Floats
    person: Floats

    def towards(self, other: Duals, share: float) -> Duals:
        """Prices between these (share 0) and others (share 1)."""
        own = 1.0 - share
        toll = np.zeros(max(len(self.toll), len(other.toll)))
        toll[: len(self.toll)] += own * self.toll
        toll[: len(other.toll)] += share * other.toll
        return Duals(
            own * self.request + share * other.request,
            own * self.part + share * other.part,
            own * self.lead + share * other.lead,
            toll,
            own * self.person + share * other.person,
        )


class Worth:
    """What prices make of pairs and requests."""

    def __init__(self, tables: Tables) -> None:
        options, pairs = tables.options, tables.pairs
        self._options = options
        self._option = pairs.option
        self._node = pairs.node.astype(np.float64)
        self._leads = pairs.leads.astype(np.float64)
        self._joint = np.flatnonzero(options.crew > 1)
        self._is_joint = options.crew[pairs.option] > 1
        self._request = options.request[pairs.option]
        self._fixed = options.fixed[pairs.option].astype(np.float64)
        self._idle = tables.idle.astype(np.float64)
        self._leave = np.where(options.pinned, np.inf, options.unserved.astype(np.float64))

    def clipped(self, duals: Duals, cuts: Ints) -> Floats:
        """The prices of requests, no higher than leaving them or any crew's way to serve them costs."""
        options, joint = self._options, self._joint
        price = np.minimum(duals.request, self._leave)
        way = options.fixed[joint] + options.crew[joint] * duals.part[joint] + duals.lead[joint]
        toll = np.zeros(len(options.crew))
        np.add.at(toll, self._option[cuts[: len(duals.toll)]], duals.toll)
        np.minimum.at(price, options.request[joint], way - toll[joint])
        return price

    def gains(self, duals: Duals, price: Floats, cuts: Ints) -> Floats:
        """By pair: what it is worth less what it costs by itself."""
        part = duals.part[self._option] + duals.lead[self._option] * self._leads
        gain = np.where(self._is_joint, part, price[self._request] - self._fixed) - self._node
        gain[cuts[: len(duals.toll)]] -= duals.toll
        return gain

    def floor(self, price: Floats, least: Floats) -> int | None:
        """Cents that no plan costs less than; None where some inspector's least is not proven.

        The Lagrangian of the master with all its rows priced: what requests are worth, and the least that every
        inspector's horizon costs beyond what it gains. Costs are whole cents, so that a part of one is rounded up.
        """
        total = float(price.sum() + np.minimum(least, self._idle).sum())
        return math.ceil(total - SAFETY) if math.isfinite(total) else None
