"""A plan in the making: every inspector's visits, and what one more would cost by the exact rules."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from scheduler.compiled import Longs
from scheduler.evaluate import evaluate
from scheduler.instance import Instance, Visit
from scheduler.journeys import Move
from scheduler.pins import PinSearch
from scheduler.plan import Assignment, Plan, Reason, Unassigned
from scheduler.problem import Problem
from scheduler.rules.catalogue import Broken
from scheduler.rules.weeks import consecutive, rotation, week, worked_days
from scheduler.tables import NO_LEG, Tables, tables_of
from scheduler.weeks import Weeks, person_cost, work_cost

CROWD = 40  # people looked at for a visit, those nearest to it first
LEFT_OUT = Reason("left_out", "no place was found for it at less than it costs to leave")


@dataclass(frozen=True, slots=True)
class Choices:
    """What could be done with each request.

    Attributes:
        visits: every visit that could be planned.
        of: the numbers of a request's visits.
        people: by visit, the nearest who could take it if they did nothing else; of a crew any part.
        leaders: by visit, those of them who could lead it; None where no lead is asked of a crew.
        fixed: by visit, cents that hang on request and day alone.
        unserved: by request, cents of leaving it.
        concerned: by inspector, the numbers of the visits that he could take.
    """

    visits: Sequence[Visit]
    of: Sequence[range]
    people: Sequence[Sequence[int]]
    leaders: Sequence[frozenset[int] | None]
    fixed: Sequence[int]
    unserved: Sequence[int]
    concerned: Sequence[Sequence[int]]


def choices_of(tables: Tables) -> Choices:
    """The choices that a problem's tables list."""
    options, pairs = tables.options, tables.pairs
    columns = (options.request, options.mode, options.first, options.last)
    visits = [Visit(*row) for row in zip(*(column.tolist() for column in columns), strict=True)]
    people: list[list[int]] = [[] for _ in visits]
    leaders: list[set[int]] = [set() for _ in visits]
    concerned: list[list[int]] = [[] for _ in range(len(pairs.of) - 1)]
    near = _near(tables)
    of_near = (pairs.option[near], pairs.person[near], pairs.leads[near])
    for option, person, leads in zip(*(column.tolist() for column in of_near), strict=True):
        people[option].append(person)
        concerned[person].append(option)
        if leads:
            leaders[option].add(person)
    bounds = options.of.tolist()
    asks = options.wants_lead & (options.crew > 1)
    return Choices(
        visits,
        [range(low, high) for low, high in itertools.pairwise(bounds)],
        people,
        [frozenset(able) if asked else None for able, asked in zip(leaders, asks.tolist(), strict=True)],
        options.fixed.tolist(),
        options.unserved.tolist(),
        concerned,
    )


def _near(tables: Tables) -> Longs:
    """The pairs of the people for whom a visit alone is cheapest, and of all who could lead a crew."""
    pairs, crew = tables.pairs, tables.options.crew[tables.pairs.option]
    alone = (
        pairs.node + np.where(pairs.out_days < 0, NO_LEG, pairs.out) + np.where(pairs.back_days < 0, NO_LEG, pairs.back)
    )
    order = np.lexsort((pairs.person, alone, pairs.option))
    begins = np.searchsorted(pairs.option[order], np.arange(len(tables.options.first)))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order)) - begins[pairs.option[order]]
    leads = pairs.leads & tables.options.wants_lead[pairs.option] & (crew > 1)
    return np.flatnonzero((rank < CROWD) | leads)


@dataclass(slots=True)
class Draft:
    """Visits by inspector, in order of time, and who serves each request."""

    instance: Instance
    weeks: Weeks
    choices: Choices
    visits: list[list[Visit]] = field(default_factory=list)
    served: dict[int, tuple[Visit, tuple[int, ...]]] = field(default_factory=dict)

    @classmethod
    def empty(cls, problem: Problem) -> tuple[Draft, Tables]:
        """A draft without a visit, and the tables that its choices were read from."""
        instance = Instance(problem)
        weeks = Weeks(instance)
        tables = tables_of(weeks)
        return cls(instance, weeks, choices_of(tables), [[] for _ in instance.inspectors]), tables

    def left(self) -> list[int]:
        """The requests that nobody serves."""
        return [number for number in range(len(self.instance.requests)) if number not in self.served]

    def add(self, visit: Visit, crew: Sequence[int]) -> None:
        """Put a visit into the weeks of its crew; whether rules allow it is the caller's to know."""
        self.served[visit.request] = visit, tuple(crew)
        for person in crew:
            self.visits[person] = sorted([*self.visits[person], visit], key=lambda entry: entry.first)

    def clear(self, *, keep_crews: bool) -> None:
        """Take out every visit, or those of one inspector alone."""
        for request in [n for n, (_, crew) in self.served.items() if len(crew) == 1 or not keep_crews]:
            self.remove(request)

    def remove(self, request: int) -> None:
        """Take a request out again."""
        visit, crew = self.served.pop(request)
        for person in crew:
            self.visits[person].remove(visit)

    def number_of(self, request: int) -> int:
        """The number of the visit by which a request is served."""
        visit = self.served[request][0]
        return next(number for number in self.choices.of[request] if self.choices.visits[number] == visit)

    def breaks(self, person: int) -> bool:
        """Whether an inspector's visits break a rule together."""
        return isinstance(self.weeks.price(person, tuple(self.visits[person])), Broken)

    def price(self, person: int) -> int:
        """Cents of an inspector's visits, which keep the rules."""
        found = self.weeks.price(person, tuple(self.visits[person]))
        if not isinstance(found, Broken):
            return found.total
        raise ValueError(found.text)

    def added(self, person: int, visit: Visit) -> int | None:
        """Cents that a visit he could take alone adds to an inspector's week; None where it does not fit in."""
        own = self.visits[person]
        at = sum(other.first < visit.first for other in own)
        before, after = own[at - 1] if at else None, own[at] if at < len(own) else None
        if (before is not None and before.last >= visit.first) or (after is not None and after.first <= visit.last):
            return None
        travel = self._detour(person, before, visit, after)
        if travel is None:
            return None
        days = worked_days(own)
        more = worked_days([*own, visit])
        cents = travel + person_cost(self.instance, person, visit.request).total
        cents += (visit.last // 2 - visit.first // 2) * self.weeks.journeys.inside(person, self._site(visit)).cents
        if len(more) > len(days):
            for _ in (*week(self.instance, person, more), *consecutive(self.instance, person, more)):
                return None
            cents += sum(work_cost(self.instance, person, more)) - sum(work_cost(self.instance, person, days))
        for _ in rotation(self.instance, person, [*own, visit]) if own else ():
            return None
        return cents

    def _site(self, visit: Visit) -> int:
        return self.instance.site_of[visit.request]

    def _detour(self, person: int, before: Visit | None, visit: Visit, after: Visit | None) -> int | None:
        """Cents of the moves to and from a visit, less those of the move that it replaces."""
        there, onward = self._move(person, before, visit), self._move(person, visit, after)
        if there is None or onward is None:
            return None
        replaced = self._move(person, before, after)
        return there.cents + onward.cents - (0 if replaced is None else replaced.cents)

    def _move(self, person: int, before: Visit | None, after: Visit | None) -> Move | None:
        """The move between two visits; None for `before` is where he starts, for `after` home at the end."""
        journeys, start = self.weeks.journeys, self.instance.start_place[person]
        if before is not None:
            place, day = self._site(before), before.last // 2
        elif start is not None:
            given = self.instance.inspectors[person].start
            place, day = start, ((given.slot if given else 0) - 1) // 2
        else:
            return None if after is None else journeys.first(person, self._site(after), after.first // 2)
        if after is None:
            return journeys.home(person, place, day)
        return journeys.gap(person, place, day, self._site(after), after.first // 2)

    def keep_pins(self) -> None:
        """Serve what is pinned and not served, taking out whatever stands in its way."""
        pinned = {number for number, request in enumerate(self.instance.requests) if request.pin is not None}
        if pinned <= self.served.keys():
            return
        kept = PinSearch(self.weeks).keep_all()
        crews: dict[Visit, list[int]] = defaultdict(list)
        for person, visits in kept.weeks.items():
            for visit in visits:
                crews[visit].append(person)
        for visit in crews:
            if visit.request in self.served:
                self.remove(visit.request)
        for visit, crew in crews.items():
            self.add(visit, crew)
        self.mend(frozenset(visit.request for visit in crews))

    def complete(self, found: Iterable[tuple[int, int]]) -> None:
        """Put visits of one inspector each in place of those there are, keep crews, and mend what breaks a rule."""
        self.clear(keep_crews=True)
        for person, number in found:
            visit = self.choices.visits[number]
            if visit.request not in self.served:
                self.add(visit, (person,))
        self.mend()
        self.keep_pins()
        self.drop_what_does_not_pay()

    def mend(self, keep: frozenset[int] = frozenset()) -> None:
        """Take out visits until every week keeps the rules: the cheapest to leave of those that help, else of all."""
        for person in range(len(self.visits)):
            while self.breaks(person):
                visits = self.visits[person]
                loose = [visit for visit in visits if visit.request not in keep]
                helping = [visit for visit in loose if self._is_whole_without(person, visit)]
                worst = min(helping or loose, key=lambda visit: self.choices.unserved[visit.request])
                self.remove(worst.request)

    def _is_whole_without(self, person: int, visit: Visit) -> bool:
        rest = tuple(other for other in self.visits[person] if other is not visit)
        return not isinstance(self.weeks.price(person, rest), Broken)

    def drop_what_does_not_pay(self) -> None:
        """Take out visits of one person that cost more than leaving them, the dearest first."""
        while True:
            losses = []
            for request, (_, crew) in self.served.items():
                if len(crew) == 1 and self.instance.requests[request].pin is None:
                    rest = tuple(other for other in self.visits[crew[0]] if other.request != request)
                    without = self.weeks.price(crew[0], rest)
                    if not isinstance(without, Broken):
                        fixed = self.choices.fixed[self.number_of(request)]
                        saved = self.price(crew[0]) - without.total + fixed
                        losses.append((saved - self.choices.unserved[request], request))
            if not losses or max(losses)[0] <= 0:
                return
            self.remove(max(losses)[1])

    def plan(self, seconds: float, seed: int) -> Plan:
        """The draft as a plan; it keeps the rules.

        Raises:
            ValueError: where it breaks one.
        """
        instance = self.instance
        names = [inspector.id for inspector in instance.inspectors]
        assignments = tuple(
            Assignment(instance.requests[request].id, visit.mode, visit.first, tuple(names[person] for person in crew))
            for request, (visit, crew) in sorted(self.served.items())
        )
        judged = evaluate(instance.problem, assignments, instance)
        if judged.broken:
            raise ValueError(judged.broken[0].text)
        left = tuple(Unassigned(instance.requests[number].id, (LEFT_OUT,)) for number in self.left())
        return Plan(assignments, left, "feasible", judged.cost, None, round(seconds, 3), seed)
