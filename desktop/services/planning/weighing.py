"""A plan judged request by request and person by person, so that one change is judged by what it touches alone.

All judging is the scheduler's: `judge_request` and `judge_week` together are `evaluate`. What a change does not touch
is neither judged again nor copied.
"""

from __future__ import annotations

from collections import ChainMap, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from scheduler.evaluate import judge_request, no_such_request
from scheduler.instance import Instance, Visit
from scheduler.journeys import Journeys
from scheduler.plan import Assignment, CostParts
from scheduler.problem import Pin, Request
from scheduler.rules import Broken
from scheduler.weeks import judge_week

NOTHING = CostParts()


class Judged(NamedTuple):
    """What a part of a plan costs, and the rules it breaks."""

    cost: CostParts
    broken: tuple[Broken, ...]


IDLE = Judged(NOTHING, ())


class Whole(NamedTuple):
    """The parts of a plan on its problem that are worked out for all of it."""

    instance: Instance
    journeys: Journeys
    placed: Mapping[str, Assignment]
    visits: Mapping[int, tuple[Visit, ...]]


class Memory(NamedTuple):
    """What has been judged so far, by request and by inspector."""

    requests: dict[str, Judged]
    people: dict[int, Judged]
    cost: CostParts | None


@dataclass(frozen=True, slots=True)
class Weighed:
    """A change of a plan, judged.

    Attributes:
        after: the plan as it would be, for questions on what the change touches.
        broken: rules that it breaks and the plan before did not, for the same request and person; each text once.
        cost: what it costs more, by part.
    """

    after: Standing
    broken: tuple[Broken, ...]
    cost: CostParts


class Standing:
    """A plan as it stands on its problem. Not changed once made: `weigh` gives another.

    Attributes:
        instance: the problem.
        journeys: the moves of its inspectors.
        placed: the assignments, by request.
        visits: the visits of each inspector who has any, in order of time.
    """

    def __init__(self, whole: Whole, memory: Memory) -> None:
        self.instance, self.journeys, self.placed, self.visits = whole
        self._memory = memory

    @classmethod
    def of(cls, instance: Instance, assignments: Iterable[Assignment]) -> Standing:
        """A plan by its assignments, one a request. Nothing is judged yet."""
        placed = {entry.request: entry for entry in assignments}
        weeks: dict[int, list[Visit]] = defaultdict(list)
        for entry in placed.values():
            visit = visit_of(instance, entry)
            if visit is not None:
                for person in crew_of(instance, entry):
                    weeks[person].append(visit)
        visits = {number: _in_order(own) for number, own in weeks.items()}
        return cls(Whole(instance, Journeys(instance), placed, visits), Memory({}, {}, None))

    # -- what it is ----------------------------------------------------------------------------------------------------

    @property
    def assignments(self) -> tuple[Assignment, ...]:
        """All assignments, by request."""
        return tuple(sorted(self.placed.values(), key=lambda entry: entry.request))

    @property
    def cost(self) -> CostParts:
        """What the plan costs. Judges all of it when first asked."""
        cost = self._memory.cost
        if cost is None:
            cost = sum_of(judged.cost for judged in self._everything())
            self._memory = self._memory._replace(cost=cost)
        return cost

    @property
    def broken(self) -> tuple[Broken, ...]:
        """Every rule that the plan breaks. Judges all of it when first asked."""
        return tuple(entry for judged in self._everything() for entry in judged.broken)

    def _everything(self) -> Iterator[Judged]:
        yield from (self.of_request(request.id) for request in self.instance.requests)
        yield from (self.of_request(code) for code in self.placed if code not in self.instance.request_number)
        yield from (self.of_person(number) for number in range(len(self.instance.inspectors)))

    def of_request(self, code: str) -> Judged:
        """What hangs on one request, the weeks of its people apart."""
        known = self._memory.requests
        if code not in known:
            known[code] = _judge(self.instance, code, self.placed.get(code))
        return known[code]

    def of_person(self, number: int) -> Judged:
        """What hangs on one inspector's visits."""
        known = self._memory.people
        if number not in known:
            known[number] = judged_week(self.instance, self.journeys, number, self.visits.get(number, ()))
        return known[number]

    # -- what would become of it ---------------------------------------------------------------------------------------

    def weigh(self, code: str, to: Assignment | None, pin: Pin | None) -> Weighed:
        """Judge the plan with one request elsewhere (None: left out), pinned as said."""
        touched = self._touched(code, to)
        # looked at for what is touched alone: nothing is copied
        placed = self.placed if to is None else ChainMap({code: to}, self.placed)  # type: ignore[arg-type]
        visits = ChainMap(self._weeks(code, to, touched), self.visits)  # type: ignore[arg-type]
        after = Standing(Whole(self._pinned(code, pin), self.journeys, placed, visits), Memory({}, {}, None))
        before = [self.of_request(code), *(self.of_person(person) for person in touched)]
        judged = [_judge(after.instance, code, to), *(after.of_person(person) for person in touched)]
        return Weighed(after, newly(before, judged), sum_of(e.cost for e in judged) - sum_of(e.cost for e in before))

    def moved(self, code: str, to: Assignment | None, pin: Pin | None) -> Standing:
        """The plan with one request elsewhere (None: left out), pinned as said."""
        touched = self._touched(code, to)
        placed = dict(self.placed)
        placed.pop(code, None)
        if to is not None:
            placed[code] = to
        visits = dict(self.visits) | self._weeks(code, to, touched)
        # copied in one go: another thread may judge more of this plan meanwhile
        memory = Memory(self._memory.requests.copy(), self._memory.people.copy(), None)
        memory.requests.pop(code, None)
        for person in touched:
            memory.people.pop(person, None)
        return Standing(Whole(self._pinned(code, pin), self.journeys, placed, visits), memory)

    def edited(self, other: Request) -> Standing:
        """The plan where a request of the same id and site has become another; its visit follows."""
        number = self.instance.request_number[other.id]
        instance = self.instance.with_request(number, other)
        whole = Whole(instance, self.journeys, self.placed, self.visits)
        return Standing(whole, self._memory).moved(other.id, self.placed.get(other.id), other.pin)

    def _touched(self, code: str, to: Assignment | None) -> Collection[int]:
        """The inspectors whose weeks a change touches."""
        return dict.fromkeys((*self.crew(self.placed.get(code)), *self.crew(to)))

    def _pinned(self, code: str, pin: Pin | None) -> Instance:
        number = self.instance.request_number.get(code)
        return self.instance if number is None else self.instance.with_pin(number, pin)

    def _weeks(self, code: str, to: Assignment | None, touched: Collection[int]) -> dict[int, tuple[Visit, ...]]:
        """The visits of some inspectors with one request elsewhere."""
        number = self.instance.request_number.get(code)
        visit = None if to is None else visit_of(self.instance, to)
        crew = self.crew(to)
        found = {}
        for person in touched:
            visits = [other for other in self.visits.get(person, ()) if other.request != number]
            if visit is not None:
                visits += [visit] * crew.count(person)
            found[person] = _in_order(visits)
        return found

    def crew(self, entry: Assignment | None) -> list[int]:
        """The inspectors in whose weeks an assignment is."""
        if entry is None or visit_of(self.instance, entry) is None:
            return []
        return crew_of(self.instance, entry)


def judged_week(instance: Instance, journeys: Journeys, number: int, visits: Sequence[Visit]) -> Judged:
    """What an inspector's visits in order of time cost and break; whoever stays at home costs and breaks nothing."""
    if not visits and instance.inspectors[number].start is None:
        return IDLE
    cost, broken = judge_week(instance, journeys, number, visits)
    return Judged(cost, tuple(broken))


def visit_of(instance: Instance, entry: Assignment) -> Visit | None:
    """An assignment as a visit; None where the problem has no such request or mode."""
    number = instance.request_number.get(entry.request)
    if number is None or not 0 <= entry.mode < len(instance.requests[number].modes):
        return None
    return instance.visit(number, entry.mode, entry.start_slot)


def newly(before: Iterable[Judged], after: Iterable[Judged]) -> tuple[Broken, ...]:
    """The rules that are broken after a change and were not before, for the same request and person."""
    known = {_key(entry) for judged in before for entry in judged.broken}
    found = (entry for judged in after for entry in judged.broken if _key(entry) not in known)
    return tuple({entry.text: entry for entry in found}.values())


def _key(entry: Broken) -> tuple[str, str, str | None, str | None]:
    return entry.rule, entry.code, entry.request, entry.inspector


def _judge(instance: Instance, code: str, entry: Assignment | None) -> Judged:
    number = instance.request_number.get(code)
    if number is not None:
        cost, broken = judge_request(instance, number, entry)
        return Judged(cost, tuple(broken))
    return IDLE if entry is None else Judged(NOTHING, (no_such_request(code),))


def crew_of(instance: Instance, entry: Assignment) -> list[int]:
    """The inspectors of an assignment whom the problem knows."""
    return [instance.inspector_number[name] for name in entry.inspectors if name in instance.inspector_number]


def _in_order(visits: Iterable[Visit]) -> tuple[Visit, ...]:
    return tuple(sorted(visits, key=lambda visit: (visit.first, visit.last)))


def sum_of(costs: Iterable[CostParts]) -> CostParts:
    """Costs added up, part by part."""
    total = [0] * 8
    for cost in costs:
        if cost is not NOTHING:
            parts = (cost.work, cost.premium, cost.travel, cost.nights, cost.late, cost.affinity, cost.change)
            for n, part in enumerate((*parts, cost.unserved)):
                total[n] += part
    return CostParts(*total)
