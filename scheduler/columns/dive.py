"""A plan from a fractional one: the surest horizons are fixed, the rest is priced anew, and so on until all is whole.

Who does nothing for sure is fixed too, and who goes with those that were fixed. A visit with a crew of which only some
are fixed stays (see `part`): the others share its remaining places. What is not fixed gets new columns at every step,
because those that suited the fractions seldom suit what is left of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np

from scheduler.columns.generate import Generation, Outlook
from scheduler.columns.market import Market
from scheduler.columns.part import Part, leads, part_of
from scheduler.columns.whole import cheapest
from scheduler.compiled import Ints
from scheduler.search.search import Service, Week
from scheduler.stop import Stop
from scheduler.tables import Tables

RIPE = 0.02  # gap of a fractional plan that is worth it
SECONDS = 0.015  # that a dive takes for each inspector, more or less
SURE = 0.95  # share, chance included, from which on a horizon is fixed in any case
FIXED = 0.2  # share of those still free who are fixed at once
COMPANY = 0.3  # share from which on a horizon is fixed because it completes the crew of one that is
CHANCE = 0.1  # share that chance adds to a horizon's, so that two dives differ
ROUNDS, LAST_ROUNDS, MOST_ROUNDS = 6, 15, 30  # of pricing between two steps at least, before the last one, at most
LITTLE = 0.001  # share of the cost that a round has to gain for the next to be worth while
PATIENCE = 2  # rounds that gain less
FEW = 6  # inspectors free at which whole numbers are looked for outright
MOST_COLUMNS = 1_500  # put together in whole numbers
MOST_SECONDS = 1.5  # of that where time is limited: who says stop waits as long
Shares = Sequence[tuple[Week, float]]
SecondsLeft = Callable[[], float]


def is_ripe(outlook: Outlook | None) -> bool:
    """Whether the fractional plan of the whole is worth diving from."""
    return outlook is not None and outlook.gap <= RIPE


class Dive:
    """One way down from a fractional plan. Equal dice give equal plans."""

    def __init__(self, tables: Tables, market: Market, dice: np.random.Generator) -> None:
        """With a market without prices column generation begins from nothing, and may not come far enough."""
        self._tables = tables
        self._market = market
        self._dice = dice
        self._free: Ints = np.arange(len(tables.idle), dtype=np.int32)
        self._services: list[Service | None] = [None] * len(tables.options.unserved)
        self._fixed: dict[int, Week] = {}
        self._known: dict[Week, None] = {}

    def plan(self, shares: Shares, stop: Stop, left: SecondsLeft | None = None) -> list[Service | None] | None:
        """The plan that a fractional plan leads to; None where told to stop, or where a pinned request is left out.

        Args:
            shares: the fractional plan, as horizons with their shares.
            stop: asked often.
            left: says how many seconds there are left; None: no haste, and equal calls give equal plans.
        """
        while not stop():
            self._known |= dict.fromkeys(week for week, _ in shares)
            self._fix(shares)
            if not len(self._free):
                return self._ended()
            part = part_of(self._tables, self._services, self._free)
            if not len(part.pairs):  # nobody who is free can serve anything that is left
                return self._ended()
            is_last = len(self._free) <= FEW
            generation = self._generated(part, LAST_ROUNDS if is_last else ROUNDS, stop)
            if generation is None:
                return None
            if is_last:
                self._finish(part, generation, left)
                return self._ended()
            if generation.outlook is None:
                return None
            found = generation.outlook.shares
            weeks = part.whole_weeks(column for column, _ in found)
            shares = [(week, share) for week, (_, share) in zip(weeks, found, strict=True)]
        return None

    def _generated(self, part: Part, rounds: int, stop: Stop) -> Generation | None:
        """So many rounds of pricing for a part, and more while they gain something; None where told to stop."""
        generation = self._market.begun(part, list(self._known))
        least, since = np.inf, 0
        while not generation.is_done and generation.rounds < MOST_ROUNDS:
            generation.round(stop)
            if stop() or generation.cost is None:
                return None
            since = since + 1 if least - generation.cost < LITTLE * abs(least) else 0
            least = min(least, generation.cost)
            if generation.rounds >= rounds and since >= PATIENCE:
                break
        return generation

    def _fix(self, shares: Shares) -> None:
        """Fix the surest horizons, as far as they agree with each other."""
        free = len(self._free)
        idle = dict.fromkeys(self._free.tolist(), 1.0)
        surest: dict[int, tuple[float, Week]] = {}
        for week, share in shares:
            idle[week.person] -= share
            self._take_surest(surest, week, share)
        for person, share in idle.items():
            self._take_surest(surest, Week(person, (), int(self._tables.idle[person])), share)
        order = sorted(surest.values(), key=lambda entry: -entry[0])
        most = max(1, round(FIXED * free))
        for number, (share, week) in enumerate(order):
            if (share >= SURE or number < most) and self._agrees(week):
                self._take(week)
        self._complete(shares)
        self._free = np.array([person for person in self._free.tolist() if person not in self._fixed], dtype=np.int32)

    def _complete(self, shares: Shares) -> None:
        """Fix who goes with those that are fixed, as far as that is likely."""
        crew = self._tables.options.crew
        company: dict[int, list[Week]] = defaultdict(list)
        for week, share in sorted(shares, key=lambda entry: -entry[1]):
            if share >= COMPANY and week.person not in self._fixed:
                for option in week.options:
                    company[option].append(week)
        waiting = [service.option for service in self._services if service and len(service.crew) < crew[service.option]]
        while waiting:
            for week in company[waiting.pop()]:
                if week.person not in self._fixed and self._agrees(week):
                    self._take(week)
                    waiting += week.options

    def _take_surest(self, surest: dict[int, tuple[float, Week]], week: Week, share: float) -> None:
        likely = share if share >= SURE else min(SURE, share + CHANCE * float(self._dice.random()))
        if likely > surest.get(week.person, (0.0,))[0]:
            surest[week.person] = (likely, week)

    def _agrees(self, week: Week) -> bool:
        """Whether nothing that is fixed is against a horizon."""
        options = self._tables.options
        for option in week.options:
            service = self._services[int(options.request[option])]
            crew = () if service is None else service.crew
            if service is not None and (service.option != option or len(crew) >= options.crew[option]):
                return False
            takes_last = len(crew) + 1 == options.crew[option]
            if takes_last and options.wants_lead[option] and not leads(self._tables, option, (*crew, week.person)):
                return False
        return True

    def _take(self, week: Week) -> None:
        self._fixed[week.person] = week
        for option in week.options:
            request = int(self._tables.options.request[option])
            service = self._services[request]
            crew = () if service is None else service.crew
            self._services[request] = Service(option, tuple(sorted((*crew, week.person))))

    def _finish(self, part: Part, generation: Generation, left: SecondsLeft | None) -> None:
        """The best of what is known for the last."""
        seconds = None if left is None else min(MOST_SECONDS, left())
        if seconds is not None and seconds <= 0:
            return
        chosen = cheapest(part.tables, generation.near(np.inf, MOST_COLUMNS), [], seconds)
        for request, service in part.whole_services(chosen).items():
            self._services[request] = service
        self._fixed |= {week.person: week for week in part.whole_weeks(chosen)}

    def _ended(self) -> list[Service | None] | None:
        """What is fixed, as a plan; None where a pinned request is left out."""
        self._dissolve()
        pinned = self._tables.options.pinned
        if any(service is None and pinned[request] for request, service in enumerate(self._services)):
            return None
        return self._services

    def _dissolve(self) -> None:
        """Take whoever belongs to a crew that is not complete out of the plan, and whoever he served with."""
        options = self._tables.options
        leaving = [
            week.person
            for week in self._fixed.values()
            for option in week.options
            if not self._is_complete(option, self._services[int(options.request[option])])
        ]
        while leaving:
            week = self._fixed.pop(leaving.pop(), None)
            for option in () if week is None else week.options:
                request = int(options.request[option])
                service, self._services[request] = self._services[request], None
                leaving += () if service is None else service.crew

    def _is_complete(self, option: int, service: Service | None) -> bool:
        return service is not None and len(service.crew) == self._tables.options.crew[option]
