"""What clients of the sample order over the years: each has its own season and size; some come, some go.

The seasons of kinds of goods follow the shops: toys and electronics are made for Christmas, garments twice a year,
garden furniture for the spring. It all is drawn apart from the rest of the past.
"""

from __future__ import annotations

import datetime as dt
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.services.demo.firms import Site

NEW_CLIENTS, LOST_CLIENTS = 0.22, 0.12
"""Shares of the clients that come, and that go, within the past."""

PEAKS = {  # the middle of the busy months of a kind of goods, and how much they stand out
    "garment": (3.0, 0.16),
    "electronics": (10.0, 0.28),
    "footwear": (4.5, 0.2),
    "textile": (9.0, 0.12),
    "toys": (9.5, 0.42),
    "furniture": (2.0, 0.26),
    "bags": (7.5, 0.18),
    "hardware": (5.0, 0.1),
    "packaging": (10.5, 0.2),
    "food-contact": (6.0, 0.1),
}
OWN_SWING = 0.3
FELT = 0.6
LEAST, MOST = 0.72, 1.13
"""The share of what a region's demand is off its usual that the house feels, and the limits of that, 1 being usual.

The rest is the other houses'.
"""

FREE_SHARE, WANTED = 0.2, 0.45
"""How often a factory that was picked is visited: whatever its clients want, and the more the more they order."""


@dataclass(frozen=True, slots=True)
class Buyer:
    """How a client orders.

    Attributes:
        size: how much, beside the others.
        first, last: ordinals of the days between which it is a client.
        peak: month about which it orders most; `swing`: how much more than on average, as a share.
        growth: by what share more after a year.
    """

    size: float
    first: int
    last: int
    peak: float
    swing: float
    growth: float

    def weight(self, skill: str, day: int, since: int) -> float:
        """How much it orders of a kind of goods about a day; `since`: the first day of the past."""
        if not self.first <= day <= self.last:
            return 0.0
        month = _month(day)
        peak, swing = PEAKS[skill]
        goods = 1 + swing * math.cos((month - peak) * math.pi / 6)
        own = 1 + self.swing * math.cos((month - self.peak) * math.pi / 6)
        years = (day - since) / 365
        ramp = min(1.0, (day - self.first + 30) / 150) if self.first > since else 1.0  # a new client begins small
        return self.size * goods * own * float((1 + self.growth) ** years) * ramp


class Demand:
    """What is ordered where, month by month of the past."""

    def __init__(
        self, rng: random.Random, clients: Sequence[int], sites: Sequence[Site], days: tuple[int, int], regions: int
    ) -> None:
        """Draw how clients order; `days`: the first day of the past and the one after it."""
        self._since = days[0]
        self._buyers = {key: _draw(rng, days) for key in clients}
        self._by_region: list[list[Site]] = [[] for _ in range(regions)]
        for site in sites:
            self._by_region[site.region].append(site)
        self._usual = [self._mean(region, days) for region in range(regions)]
        self._month = -1
        self._shares: dict[int, tuple[tuple[int, ...], tuple[float, ...]]] = {}
        self._levels: dict[int, float] = {}

    def level(self, region: int, day: int) -> float:
        """How much is ordered in a region about a day; 1 is usual there."""
        self._turn(day)
        if region not in self._levels:
            usual = self._usual[region]
            now = sum(self._ordered(site, day) for site in self._by_region[region])
            felt = 1 + FELT * (now / usual - 1) if usual else 1.0
            self._levels[region] = min(MOST, max(LEAST, felt))
        return self._levels[region]

    def wants(self, rng: random.Random, site: Site, day: int) -> bool:
        """Whether a factory that was picked has an order to look at."""
        clients, shares = self._clients(site, day)
        return bool(clients) and rng.random() < FREE_SHARE + WANTED * shares[-1] / len(site.clients)

    def client(self, rng: random.Random, site: Site, day: int) -> int:
        """Who orders there about a day (key); one who is no client any more, or yet, where nobody else does."""
        clients, shares = self._clients(site, day)
        return rng.choices(clients, cum_weights=shares)[0] if clients else rng.choice(site.clients)

    def clients_at(self, site: Site, day: int) -> tuple[int, ...]:
        """Those who order at a factory on a day, by key; all that ever did where nobody does."""
        return tuple(key for key in site.clients if self._buyers[key].first <= day <= self._buyers[key].last) or (
            site.clients
        )

    def _clients(self, site: Site, day: int) -> tuple[tuple[int, ...], tuple[float, ...]]:
        """The clients of a factory who order now, and their sizes added up."""
        self._turn(day)
        if site.id not in self._shares:
            total, found, shares = 0.0, [], []
            for key in site.clients:
                weight = self._buyers[key].weight(site.skill, day, self._since)
                if weight > 0:
                    total += weight
                    found.append(key)
                    shares.append(total)
            self._shares[site.id] = tuple(found), tuple(shares)
        return self._shares[site.id]

    def _ordered(self, site: Site, day: int) -> float:
        _, shares = self._clients(site, day)
        return shares[-1] if shares else 0.0

    def _turn(self, day: int) -> None:
        """Forget what was so in another month."""
        date = dt.date.fromordinal(day)
        if self._month != 12 * date.year + date.month:
            self._month = 12 * date.year + date.month
            self._shares, self._levels = {}, {}

    def _mean(self, region: int, days: tuple[int, int]) -> float:
        months = range(days[0], days[1], 91)
        sites = self._by_region[region]
        weights = (
            self._buyers[key].weight(site.skill, day, self._since)
            for day in months
            for site in sites
            for key in site.clients
        )
        return sum(weights) / len(months)


def _draw(rng: random.Random, days: tuple[int, int]) -> Buyer:
    first, last = days
    length = last - first
    fate = rng.random()
    since, until = 0, last + 365
    if fate < NEW_CLIENTS:
        since = first + int(length * rng.uniform(0.05, 0.95))
    elif fate < NEW_CLIENTS + LOST_CLIENTS:
        until = first + int(length * rng.uniform(0.1, 0.95))
    return Buyer(
        size=min(4.0, max(0.25, rng.lognormvariate(0.0, 0.7))),
        first=since,
        last=until,
        peak=rng.uniform(1, 13),
        swing=rng.uniform(0, OWN_SWING),
        growth=rng.uniform(-0.08, 0.14),
    )


def _month(day: int) -> float:
    date = dt.date.fromordinal(day)
    return date.month + date.day / 31
