"""Weeks of inspectors by option numbers, priced exactly, with what every request would add to them.

A week's journey is a sum over neighbouring visits and its day costs depend on the set of days alone, so one insertion
is priced from three moves and one look-up. Weeks are immutable and shared: plans that hold the same week share its
prices too.
"""

from __future__ import annotations

from scheduler.journeys import Journeys, Move
from scheduler.rules.weeks import consecutive, week
from scheduler.search.options import Options
from scheduler.weeks import work_cost

IMPOSSIBLE = 10**12  # cents; dearer than any plan
HOME = -1  # before the first visit: at home, or at the start given
END = -2  # after the last visit: at home
MOST_WEEKS = 60_000  # remembered at once; with all that hangs on them some 10 kB each at 700 inspectors


class Week:
    """An inspector's visits (option numbers in order of time), their cost, and what is taken.

    `cost` is `IMPOSSIBLE` where a rule is broken. `best` and `offers` remember what insertions cost.
    """

    __slots__ = ("arcs", "best", "cost", "days", "inspector", "offers", "sites", "slots", "visits", "work")

    def __init__(self, inspector: int, visits: tuple[int, ...]) -> None:
        self.inspector = inspector
        self.visits = visits
        self.cost = 0
        self.slots = 0
        self.days = 0
        self.work = 0
        self.arcs: list[int] = []
        self.sites: tuple[int, ...] = ()
        self.best: dict[int, tuple[int, int]] = {}
        self.offers: dict[int, tuple[tuple[int, int], ...]] = {}


class Roster:
    """Gives weeks and prices insertions for the options of one instance."""

    def __init__(self, options: Options, journeys: Journeys) -> None:
        self.options = options
        self._instance = options.instance
        self._journeys = journeys
        count = len(self._instance.inspectors)
        self._key = len(options.request) + 3
        self._arcs: list[dict[int, int]] = [{} for _ in range(count)]
        self._nodes: list[dict[int, int]] = [{} for _ in range(count)]
        self._work: list[dict[int, int]] = [{} for _ in range(count)]
        self._weeks: dict[tuple[int, tuple[int, ...]], Week] = {}
        self._counts_for_rotation = ["rotation" not in self._instance.waived[request] for request in options.request]
        self._most_visits = self._instance.problem.rotation.max_visits
        self._past = self._instance.past

    def week(self, inspector: int, visits: tuple[int, ...]) -> Week:
        """The week of an inspector with these visits, in order of time."""
        key = (inspector, visits)
        found = self._weeks.get(key)
        if found is None:
            if len(self._weeks) >= MOST_WEEKS:
                self._weeks.clear()
            found = self._weeks[key] = self._price(Week(inspector, visits))
        return found

    def with_visit(self, week: Week, option: int) -> Week:
        """The week with one more visit."""
        first = self.options.first
        visits = week.visits
        place = _place(visits, first, first[option])
        return self.week(week.inspector, (*visits[:place], option, *visits[place:]))

    def without(self, week: Week, option: int) -> Week:
        """The week with one visit less; may be impossible, as a far visit can hang on its neighbour."""
        return self.week(week.inspector, tuple(visit for visit in week.visits if visit != option))

    def best_single(self, week: Week, request: int) -> tuple[int, int]:
        """The cheapest insertion of a request that needs one inspector: cents (what is fixed included) and option."""
        found = week.best.get(request)
        if found is None:
            options = self.options
            found = (IMPOSSIBLE, -1)
            if week.cost < IMPOSSIBLE:
                for option in options.mine(week.inspector, request):
                    if options.crew[option] == 1:
                        cents = self.added(week, option) + options.fixed[option]
                        if cents < found[0]:
                            found = (cents, option)
            week.best[request] = found
        return found

    def joint_offers(self, week: Week, request: int) -> tuple[tuple[int, int], ...]:
        """What the inspector adds to every crew of the request that he could join: option and cents."""
        found = week.offers.get(request)
        if found is None:
            options = self.options
            offers = []
            if week.cost < IMPOSSIBLE:
                for option in options.mine(week.inspector, request):
                    if options.crew[option] > 1:
                        cents = self.added(week, option)
                        if cents < IMPOSSIBLE:
                            offers.append((option, cents))
            found = week.offers[request] = tuple(offers)
        return found

    def added(self, week: Week, option: int) -> int:
        """Cents that one more visit adds to a week, or `IMPOSSIBLE`."""
        options = self.options
        if week.slots & options.slots[option]:
            return IMPOSSIBLE
        inspector = week.inspector
        days = week.days | options.days[option]
        work = self._work[inspector].get(days)
        if work is None:
            work = self._work_cost(inspector, days)
        if work >= IMPOSSIBLE or not self._rotation_allows(week, option):
            return IMPOSSIBLE
        visits = week.visits
        place = _place(visits, options.first, options.first[option])
        before = visits[place - 1] if place else HOME
        after = visits[place] if place < len(visits) else END
        cents = self._arc(inspector, before, option) + self._arc(inspector, option, after)
        if cents >= IMPOSSIBLE:
            return IMPOSSIBLE
        return cents - week.arcs[place] + self._node(inspector, option) + work - week.work

    def _rotation_allows(self, week: Week, option: int) -> bool:
        if not self._counts_for_rotation[option]:
            return True
        site = self.options.site[option]
        visits = 1 + week.sites.count(site) + self._past.get((week.inspector, site), 0)
        return visits <= self._most_visits

    def _price(self, week: Week) -> Week:
        options, inspector = self.options, week.inspector
        cost, previous = 0, HOME
        sites = []
        for visit in week.visits:
            if week.slots & options.slots[visit]:
                cost = IMPOSSIBLE
            week.slots |= options.slots[visit]
            week.days |= options.days[visit]
            if self._counts_for_rotation[visit]:
                sites.append(options.site[visit])
            week.arcs.append(self._arc(inspector, previous, visit))
            cost += week.arcs[-1] + self._node(inspector, visit)
            previous = visit
        week.arcs.append(self._arc(inspector, previous, END))
        week.sites = tuple(sites)
        week.work = self._work_cost(inspector, week.days)
        for site in set(sites):
            if sites.count(site) + self._past.get((inspector, site), 0) > self._most_visits:
                cost = IMPOSSIBLE
        week.cost = min(IMPOSSIBLE, cost + week.arcs[-1] + week.work)
        return week

    def _work_cost(self, inspector: int, days: int) -> int:
        """Day costs and premiums of a set of days, `IMPOSSIBLE` where a week or a run grows too long."""
        found = self._work[inspector].get(days)
        if found is None:
            worked = [day for day in range(self._instance.days) if days >> day & 1]
            if any(week(self._instance, inspector, worked)) or any(consecutive(self._instance, inspector, worked)):
                found = IMPOSSIBLE
            else:
                found = sum(work_cost(self._instance, inspector, worked))
            self._work[inspector][days] = found
        return found

    def _node(self, inspector: int, option: int) -> int:
        """Cents of the nights inside a visit, and of this inspector serving this request."""
        found = self._nodes[inspector].get(option)
        if found is None:
            options = self.options
            nights = options.last[option] // 2 - options.first[option] // 2
            inside = self._journeys.inside(inspector, options.site[option]).cents if nights else 0
            found = nights * inside + options.person_cost(inspector, options.request[option])
            self._nodes[inspector][option] = found
        return found

    def _arc(self, inspector: int, before: int, after: int) -> int:
        """Cents of the move between two visits, or from or to home; `IMPOSSIBLE` where there is none."""
        key = (before + 1) * self._key + after + 2
        found = self._arcs[inspector].get(key)
        if found is None:
            move = self._move(inspector, before, after)
            found = IMPOSSIBLE if move is None else move.cents
            self._arcs[inspector][key] = found
        return found

    def _move(self, inspector: int, before: int, after: int) -> Move | None:
        options, instance = self.options, self._instance
        start, place = instance.inspectors[inspector].start, instance.start_place[inspector]
        if before != HOME:
            place, day = options.site[before], options.last[before] // 2
        elif start is not None:
            day = (start.slot - 1) // 2
        if after == END:
            return Move("home", 0, 0) if place is None else self._journeys.home(inspector, place, day)
        site, next_day = options.site[after], options.first[after] // 2
        if place is None:
            return self._journeys.first(inspector, site, next_day)
        if next_day < day:
            return None
        return self._journeys.gap(inspector, place, day, site, next_day)


def _place(visits: tuple[int, ...], first: list[int], slot: int) -> int:
    """Where a visit that begins in a slot belongs among visits in order of time."""
    place = 0
    for visit in visits:
        if first[visit] > slot:
            break
        place += 1
    return place
