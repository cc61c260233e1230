"""One request asked of every inspector, beside the rest of a plan: who could take part, and what keeps the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from scheduler.instance import Instance, Visit
from scheduler.rank import Ranking
from scheduler.rank.crews import Member
from scheduler.rank.places import Places
from scheduler.rules.catalogue import Broken
from scheduler.rules.visits import eligibility, horizon, in_horizon, lead, site, window
from scheduler.standing import Judged, Standing, in_order, judged_week, newly

# ways to break a rule in the order in which a planner meets them: the further down, the nearer somebody came
OBSTACLES = (
    "horizon", "afternoon", "early", "late", "closed", "area", "service", "skill", "language", "certificate",
    "excluded", "lead", "start", "absent", "twice", "often", "days", "run", "home", "journey",
)  # fmt: skip
LAST = OBSTACLES.index("often")


class Near(NamedTuple):
    """An inspector at the start at which he breaks least, and what he breaks there."""

    person: int
    visit: Visit
    broken: tuple[Broken, ...]


class Asking:
    """A request and everybody who might serve it; the request itself is taken out of the plan.

    Attributes:
        number: the request.
        visits: the visits that window, site and pin allow.
        starts: those, or where there are none all that the horizon has room for: what people are judged at.
    """

    def __init__(self, ranking: Ranking, request: str) -> None:
        self.ranking = ranking
        self.number = number = ranking.instance.request_number[request]
        self._broken: dict[tuple[int, Visit], tuple[Broken, ...]] = {}
        self._unfit: dict[tuple[int, Visit], tuple[Broken, ...]] = {}
        search = ranking.held.pricing.search
        self.visits: Sequence[Visit] = search.allowed_visits(number)
        self.starts: Sequence[Visit] = self.visits or [
            visit for visit in search.wanted_visits(number) if in_horizon(self.instance, visit)
        ]

    @property
    def instance(self) -> Instance:
        """The problem."""
        return self.ranking.instance

    @property
    def standing(self) -> Standing:
        """The plan."""
        return self.ranking.standing

    @cached_property
    def eligible(self) -> list[int]:
        """The inspectors whom the eligibility rule, the last day apart, and the request's pin allow."""
        return self.ranking.held.pricing.search.people(self.number)

    @cached_property
    def places(self) -> Places:
        """Where the request could go as things are."""
        return self.ranking.places(self.instance.requests[self.number].id)

    @cached_property
    def members(self) -> dict[tuple[int, int], list[Member]]:
        """By mode and first slot: who could take part as things are, and what that adds."""
        found = {}
        for mode in self.places.wanted.starts:
            for first, own in self.places.members(mode):
                found[mode, first] = own
        return found

    @cached_property
    def able(self) -> frozenset[int]:
        """The inspectors who could take part at some start as things are."""
        return frozenset(member.person for own in self.members.values() for member in own)

    def size(self, visit: Visit) -> int:
        """The crew of a visit of the request."""
        return self.instance.requests[self.number].modes[visit.mode].crew

    def week(self, person: int) -> tuple[Visit, ...]:
        """What an inspector does beside the request."""
        return tuple(visit for visit in self.standing.visits.get(person, ()) if visit.request != self.number)

    def broken(self, person: int, visit: Visit) -> tuple[Broken, ...]:
        """The rules that an inspector's part in a visit breaks, the rest of the crew apart.

        What his week breaks already is not counted.
        """
        known = self._broken.get((person, visit))
        if known is None:
            week = in_order((*self.week(person), visit))
            after = judged_week(self.instance, self.standing.journeys, person, week)
            known = (*self.unfit(person, visit), *newly([self.judged(person)], [after]))
            self._broken[person, visit] = known
        return known

    def judged(self, person: int) -> Judged:
        """What an inspector does beside the request, judged."""
        standing, week = self.standing, self.week(person)
        if len(week) == len(standing.visits.get(person, ())):
            return standing.of_person(person)
        return judged_week(self.instance, standing.journeys, person, week)

    def unfit(self, person: int, visit: Visit) -> tuple[Broken, ...]:
        """The rules that an inspector's part in a visit breaks whatever else he does."""
        known = self._unfit.get((person, visit))
        if known is None:
            known = self._unfit[person, visit] = tuple(self._own_rules(person, visit))
        return known

    def _own_rules(self, person: int, visit: Visit) -> Iterator[Broken]:
        instance = self.instance
        if not self.visits:
            yield from horizon(instance, visit)
            yield from window(instance, visit)
            yield from site(instance, visit)
        yield from eligibility(instance, person, visit)
        if self.size(visit) == 1:
            yield from lead(instance, visit, (person,))

    def nearest(self, person: int) -> Near | None:
        """The start at which an inspector breaks the fewest rules, of equals the one where he gets furthest."""
        best: Near | None = None
        least = (len(OBSTACLES), 0)
        floor = {visit: len(hindrances(self.unfit(person, visit))) for visit in self.starts}
        for visit in sorted(self.starts, key=floor.__getitem__):
            if best is not None and floor[visit] >= max(1, least[0]):
                break  # whatever his week, it does not get better
            broken = self.broken(person, visit)
            missed = (len(hindrances(broken)), -obstacle(broken))
            if best is None or missed < least:
                best, least = Near(person, visit, broken), missed
            if not broken or (least[0] == 1 and -least[1] >= LAST and person not in self.able):
                break  # it hardly gets better
        return best


def hindrances(broken: Iterable[Broken]) -> frozenset[str]:
    """What would have to be lifted so that nothing is broken: the ways there and home count as one."""
    return frozenset(entry.rule if entry.rule == "travel" else entry.code for entry in broken)


def obstacle(broken: Iterable[Broken]) -> int:
    """The place in `OBSTACLES` of the last that is met."""
    return max((OBSTACLES.index(entry.code) for entry in broken), default=len(OBSTACLES))
