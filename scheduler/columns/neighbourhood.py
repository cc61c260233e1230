"""Large neighbourhoods: some inspectors' horizons chosen anew together, by columns, while the others stay.

Column generation on the part (`part`) shows first whether anything can be gained there at all; if so, its columns of
small reduced cost are put together in whole numbers (`whole`). With some twenty inspectors the fractions are nearly
whole, so that a part comes out as the best there is, or within cents of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np

from scheduler.columns.chosen import columns_of, weeks_of
from scheduler.columns.dive import MOST_SECONDS, SECONDS, Dive, SecondsLeft, is_ripe
from scheduler.columns.fractions import Fractions
from scheduler.columns.generate import Generation, Outlook
from scheduler.columns.market import Market
from scheduler.columns.part import Part, part_of
from scheduler.columns.whole import cheapest
from scheduler.compiled import Floats, Ints
from scheduler.search.search import Service, Week
from scheduler.stop import Stop, never
from scheduler.tables import Tables

PEOPLE = 20  # inspectors of a part
LEAST_GAIN = 20.0  # cents; a part that cannot gain more is left
PATIENCE, FIRST_PATIENCE = 5, 12  # rounds without gain after which the fractions are done; from the beginning
MOST_COLUMNS = 1_000  # put together in whole numbers
MOST_POOLED = 150  # horizons of an inspector that are remembered
ANYWHERE = 0.2  # share of the parts that are chosen wherever, not where something is lost
NEAR = 0.001  # gap of a fractional plan that is as good as proven
FAR = 1e7  # cents that stand for a way that cannot be made in a day
CentsOf = Callable[[int, tuple[int, ...]], int]


class Change(NamedTuple):
    """A part of a plan as it should be.

    Attributes:
        people: the inspectors of the part.
        services: by request of the part: how it is served from now on; None: it is left out.
        gain: cents that the plan costs less.
    """

    people: frozenset[int]
    services: dict[int, Service | None]
    gain: int


class Neighbourhoods:
    """Finds changes that make a plan cheaper, part by part; equal calls give equal changes."""

    def __init__(self, tables: Tables, cents_of: CentsOf, seed: int) -> None:
        """`cents_of` gives what hangs on an inspector with the visits (options in order of time) given."""
        self._tables = tables
        self._cents_of = cents_of
        self._dice = np.random.default_rng(seed)
        self._ways = _ways(tables)
        self._servable = np.unique(tables.options.request[tables.pairs.option])
        self._pool: list[dict[tuple[int, ...], int]] = [{} for _ in tables.idle]
        self._weeks: list[Week | None] = [None for _ in tables.idle]  # of the plan that was looked at last
        self._market = Market(tables)
        self._outlook: Outlook | None = None
        self._fractions = Fractions.none()
        self._dived: float | None = None  # gap of the fractional plan dived from last

    def look(self, outlook: Outlook | None) -> None:
        """Take over what is known of the whole."""
        if outlook is None:
            return
        if self._outlook is None or outlook.prices is not self._outlook.prices:
            self._market.take_over(outlook.prices, outlook.pairs)
        if self._outlook is None or outlook.shares is not self._outlook.shares:
            self._fractions = Fractions.of(self._tables, outlook.shares)
            self.remember(weeks_of(self._tables, (column for column, _ in outlook.shares)))
        self._outlook = outlook

    def remember(self, weeks: Iterable[Week]) -> None:
        """Horizons that may be of use; the oldest are forgotten where there are many."""
        for week in weeks:
            own = self._pool[week.person]
            own.pop(week.options, None)
            own[week.options] = week.cents
            if len(own) > MOST_POOLED:
                del own[next(iter(own))]

    def may_dive(self, left: SecondsLeft | None = None) -> bool:
        """Whether there is a fractional plan to dive from, and time to.

        The first that is ripe, and again the first that is as good as proven.
        """
        if self._outlook is None or not is_ripe(self._outlook):
            return False
        if left is not None and left() < SECONDS * len(self._tables.idle):
            return False
        return self._dived is None or self._outlook.gap <= NEAR < self._dived

    def dive(self, stop: Stop = never, left: SecondsLeft | None = None) -> list[Service | None] | None:
        """A plan of its own, from the fractional plan of the whole; None where that leads to none.

        For `stop` and `left` see `change`.
        """
        outlook = self._outlook
        if outlook is None:
            return None
        self._dived = outlook.gap
        weeks = weeks_of(self._tables, (column for column, _ in outlook.shares))
        shares = [(week, share) for week, (_, share) in zip(weeks, outlook.shares, strict=True)]
        return Dive(self._tables, self._market, self._dice).plan(shares, stop, left)

    def cost_of(self, services: Sequence[Service | None]) -> int:
        """Cents of a plan."""
        return sum(week.cents for week in self._weeks_of(services)) + _beside(self._tables, enumerate(services))

    def change(
        self, services: Sequence[Service | None], stop: Stop = never, left: SecondsLeft | None = None
    ) -> Change | None:
        """A change of one part of a plan that makes it cheaper; None where that part gave nothing.

        Args:
            services: the plan.
            stop: asked often; once it says yes there is no change.
            left: says how many seconds there are left; None: no haste, and equal calls give equal changes.
        """
        if not len(self._servable):
            return None
        everyone = self._weeks_of(services)
        people = self._choose(services, everyone)
        part = part_of(self._tables, services, people)
        present = [everyone[person] for person in people.tolist()]
        cost = sum(week.cents for week in present) + _beside(
            self._tables, ((request, services[request]) for request in part.requests.tolist())
        )
        generation = self._generated(part, present, cost, stop)
        if generation is None or generation.cost is None or generation.cost > cost - LEAST_GAIN:
            return None
        kept = generation.near(cost, MOST_COLUMNS)
        own = columns_of(part.tables, part.weeks_of(present))
        seconds = None if left is None else min(MOST_SECONDS, left())
        if seconds is not None and seconds <= 0:
            return None
        chosen = cheapest(part.tables, kept, own, seconds)
        found = part.whole_weeks(chosen)
        self.remember(part.whole_weeks(kept))
        changed = part.whole_services(chosen)
        gain = cost - sum(week.cents for week in found) - _beside(self._tables, changed.items())
        gain -= sum(int(self._tables.idle[person]) for person in set(people.tolist()) - {week.person for week in found})
        return Change(frozenset(people.tolist()), changed, gain) if gain > 0 else None

    def _weeks_of(self, services: Iterable[Service | None]) -> list[Week]:
        """Everybody's horizon in a plan; only what was not in the plan before is priced."""
        first = self._tables.options.first
        own: list[list[int]] = [[] for _ in self._tables.idle]
        for service in services:
            if service is not None:
                for person in service.crew:
                    own[person].append(service.option)
        for person, options in enumerate(own):
            ordered = tuple(sorted(options, key=lambda option: int(first[option])))
            before = self._weeks[person]
            if before is None or before.options != ordered:
                self._weeks[person] = Week(person, ordered, self._cents_of(person, ordered))
        return [week for week in self._weeks if week is not None]

    def _generated(self, part: Part, present: Sequence[Week], cost: int, stop: Stop) -> Generation | None:
        """Column generation on a part until its fractions gain no more; None where told to stop."""
        pooled = [
            Week(person, options, cents)
            for person in part.people.tolist()
            for options, cents in self._pool[person].items()
        ]
        generation = self._market.begun(part, [*pooled, *present])
        least, since = float(cost), 0
        while not generation.is_done:
            generation.round(stop)
            if stop() or generation.cost is None:
                return None
            since = 0 if generation.cost < least - 1.0 else since + 1
            least = min(least, generation.cost)
            if since >= PATIENCE and (least < cost - LEAST_GAIN or generation.rounds >= FIRST_PATIENCE):
                break
        return generation

    def _choose(self, services: Sequence[Service | None], weeks: Sequence[Week]) -> Ints:
        """Some inspectors near a request, more or less, and who serves it: mostly where something is lost."""
        tables, dice = self._tables, self._dice
        lost = self._market.losses(services, weeks)
        chance = None
        if lost is not None and lost[self._servable].sum() > 0 and dice.random() >= ANYWHERE:
            chance = lost[self._servable] / lost[self._servable].sum()
        request = int(dice.choice(self._servable, p=chance))
        service = services[request]
        people = [] if service is None else list(service.crew)
        if dice.random() >= ANYWHERE:
            people = self._fractions.entangled(services, weeks, request, PEOPLE, dice)
        site = int(tables.options.site[tables.options.of[request]])
        score = self._ways[:, site] * dice.uniform(0.5, 1.5, len(tables.idle))
        score[people] = -1.0
        return np.sort(np.argsort(score, kind="stable")[:PEOPLE]).astype(np.int32)


def _ways(tables: Tables) -> Floats:
    """`[inspector, site]`: cents from home, for whom can take a visit there."""
    pairs = tables.pairs
    ways = np.full((len(tables.idle), tables.midday.shape[0]), FAR)
    cents = np.where(pairs.out_days == 0, pairs.out, FAR / 2)
    np.minimum.at(ways, (pairs.person, tables.options.site[pairs.option]), cents)
    return ways


def _beside(tables: Tables, services: Iterable[tuple[int, Service | None]]) -> int:
    """Cents of some requests, and how they are served, that hang on no inspector."""
    options = tables.options
    return sum(int(options.unserved[r]) if entry is None else int(options.fixed[entry.option]) for r, entry in services)
