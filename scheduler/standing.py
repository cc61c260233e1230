"""A plan held for questions: judged request by request and person by person, a change by what it touches alone.

`judge_request` and `judge_week` together are `evaluate`. What a change does not touch is neither judged again nor
copied.
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
        visits = {number: in_order(own) for number, own in weeks.items()}
        return cls(Whole(instance, Journeys(instance), placed, visits), Memory({}, {}, None))

    def on(self, instance: Instance) -> Standing:
        """The same plan on a problem that says otherwise of some people, limits or requests; nothing is remembered."""
        return Standing(Whole(instance, Journeys(instance), self.placed, self.visits), Memory({}, {}, None))

    def widened(self, instance: Instance, journeys: Journeys) -> Standing:
        """The same plan on its problem with sites and requests more, none of which it serves; the rest stays judged.

        Args:
            instance: as `with_site` and `with_new` give it.
            journeys: of that problem.
        """
        memory = self._memory._replace(requests=self._memory.requests.copy(), cost=None)
        return Standing(Whole(instance, journeys, self.placed, self.visits), memory)

    def with_requests(self, instance: Instance, codes: Iterable[str]) -> Standing:
        """The same plan where its problem says otherwise of some requests (`Instance.with_requests`)."""
        memory = self._memory._replace(requests=self._memory.requests.copy(), cost=None)
        for code in codes:
            memory.requests.pop(code, None)
        return Standing(Whole(instance, self.journeys, self.placed, self.visits), memory)

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
        return self._weigh({code: to}, self._pinned(code, pin))

    def weigh_all(self, changes: Mapping[str, Assignment | None], instance: Instance | None = None) -> Weighed:
        """Judge the plan with some requests elsewhere (None: left out), pinned as they are.

        Args:
            changes: where they would be.
            instance: the problem, where it says something else of these requests than the plan's own.
        """
        return self._weigh(changes, instance or self.instance)

    def _weigh(self, changes: Mapping[str, Assignment | None], instance: Instance) -> Weighed:
        touched = self._touched(changes)
        # looked at for what is touched alone: nothing is copied
        placed: Mapping[str, Assignment] = self.placed
        if any(changes.values()):
            came = {code: to for code, to in changes.items() if to is not None}
            placed = ChainMap(came, self.placed)  # type: ignore[arg-type]
        visits = ChainMap(self._weeks(changes, touched), self.visits)  # type: ignore[arg-type]
        after = Standing(Whole(instance, self.journeys, placed, visits), Memory({}, {}, None))
        before = [*map(self.of_request, changes), *map(self.of_person, touched)]
        judged = [_judge(instance, code, to) for code, to in changes.items()]
        judged += map(after.of_person, touched)
        return Weighed(after, newly(before, judged), sum_of(e.cost for e in judged) - sum_of(e.cost for e in before))

    def moved(self, code: str, to: Assignment | None, pin: Pin | None) -> Standing:
        """The plan with one request elsewhere (None: left out), pinned as said."""
        return self._moved({code: to}, self._pinned(code, pin))

    def moved_all(self, changes: Mapping[str, Assignment | None]) -> Standing:
        """The plan with some requests elsewhere (None: left out), pinned as they are."""
        return self._moved(changes, self.instance)

    def _moved(self, changes: Mapping[str, Assignment | None], instance: Instance) -> Standing:
        touched = self._touched(changes)
        placed = dict(self.placed)
        # copied in one go: another thread may judge more of this plan meanwhile
        memory = Memory(self._memory.requests.copy(), self._memory.people.copy(), None)
        for code, to in changes.items():
            placed.pop(code, None)
            memory.requests.pop(code, None)
            if to is not None:
                placed[code] = to
        for person in touched:
            memory.people.pop(person, None)
        visits = dict(self.visits) | self._weeks(changes, touched)
        return Standing(Whole(instance, self.journeys, placed, visits), memory)

    def edited(self, other: Request) -> Standing:
        """The plan where a request of the same id and site has become another; its visit follows."""
        number = self.instance.request_number[other.id]
        instance = self.instance.with_request(number, other)
        whole = Whole(instance, self.journeys, self.placed, self.visits)
        return Standing(whole, self._memory).moved(other.id, self.placed.get(other.id), other.pin)

    def _touched(self, changes: Mapping[str, Assignment | None]) -> Collection[int]:
        """The inspectors whose weeks some changes touch."""
        ends = [end for code, to in changes.items() for end in (self.placed.get(code), to)]
        return dict.fromkeys(person for end in ends for person in self.crew(end))

    def _pinned(self, code: str, pin: Pin | None) -> Instance:
        number = self.instance.request_number.get(code)
        if number is None or self.instance.requests[number].pin == pin:
            return self.instance
        return self.instance.with_pin(number, pin)

    def _weeks(
        self, changes: Mapping[str, Assignment | None], touched: Collection[int]
    ) -> dict[int, tuple[Visit, ...]]:
        """The visits of some inspectors with some requests elsewhere."""
        numbers = {self.instance.request_number.get(code) for code in changes}
        found = {
            person: [other for other in self.visits.get(person, ()) if other.request not in numbers]
            for person in touched
        }
        for to in changes.values():
            visit = None if to is None else visit_of(self.instance, to)
            if visit is not None:
                for person in self.crew(to):
                    found[person].append(visit)
        return {person: in_order(visits) for person, visits in found.items()}

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


def in_order(visits: Iterable[Visit]) -> tuple[Visit, ...]:
    """Visits in order of time."""
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
