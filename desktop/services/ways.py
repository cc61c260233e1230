"""Where a plan has its inspectors travel and sleep, told the way a board shows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scheduler.instance import Instance, Visit
from scheduler.journeys import Journeys
from scheduler.plan import Assignment
from scheduler.problem import Problem


@dataclass(frozen=True, slots=True)
class Ways:
    """One inspector's travel. Days count from the horizon's first; -1 is its eve.

    Attributes:
        nights: days after which he sleeps away from home.
        travel_days: days that are spent on the way.
        from_afar: requests to which he travels an hour or more on the visit's own day.
    """

    nights: tuple[int, ...] = ()
    travel_days: tuple[int, ...] = ()
    from_afar: frozenset[str] = frozenset()


AT_HOME = Ways()
LONG_MINUTES = 60  # a leg that a planner wants to see


def ways_of(problem: Problem, assignments: Sequence[Assignment]) -> Mapping[str, Ways]:
    """The ways of every inspector who is assigned to anything or starts away, as the plan's cost counts them.

    A way that the rules do not allow is left out.
    """
    instance = Instance(problem)
    journeys = Journeys(instance)
    visits: dict[str, list[Visit]] = defaultdict(list)
    for assignment in assignments:
        visit = instance.visit(instance.request_number[assignment.request], assignment.mode, assignment.start_slot)
        for inspector in assignment.inspectors:
            visits[inspector].append(visit)
    return {
        person.id: _Walk(instance, journeys, number).ways(sorted(visits[person.id], key=lambda visit: visit.first))
        for number, person in enumerate(instance.inspectors)
        if person.id in visits or person.start is not None
    }


def way_of(instance: Instance, journeys: Journeys, inspector: int, visits: Sequence[Visit]) -> Ways:
    """One inspector's ways between visits in order of time."""
    if not visits and instance.inspectors[inspector].start is None:
        return AT_HOME
    return _Walk(instance, journeys, inspector).ways(visits)


class _Walk:
    """One inspector followed from visit to visit."""

    def __init__(self, instance: Instance, journeys: Journeys, inspector: int) -> None:
        self._instance, self._journeys, self._inspector = instance, journeys, inspector
        self._nights: set[int] = set()
        self._travel_days: set[int] = set()
        self._from_afar: set[str] = set()

    def ways(self, visits: Sequence[Visit]) -> Ways:
        instance, start = self._instance, self._instance.inspectors[self._inspector].start
        place = instance.start_place[self._inspector]
        day = 0 if start is None else (start.slot - 1) // 2
        for visit in visits:
            at, first, last = instance.site_of[visit.request], visit.first // 2, visit.last // 2
            self._go(visit, place, day, at, first)
            if self._journeys.inside(self._inspector, at).kind == "away":
                self._nights.update(range(first, last))
            place, day = at, last
        if place is not None:
            self._go_home(place, day)
        return Ways(tuple(sorted(self._nights)), tuple(sorted(self._travel_days)), frozenset(self._from_afar))

    def _go(self, visit: Visit, place: int | None, day: int, at: int, first: int) -> None:
        """To a visit, from home or from the place of the last one."""
        if place is None:
            self._leave_home(visit, at, first)
            return
        move = self._journeys.gap(self._inspector, place, day, at, first)
        if move is None or move.kind == "direct":
            return
        if move.kind == "home":
            self._go_home(place, day)
            self._leave_home(visit, at, first)
            return
        self._nights.update(range(day, first))
        on_the_day = self._instance.legs.leg(place, at, "relocate")
        if on_the_day is None or on_the_day.cents != move.travel:
            between = (d for d in range(day + 1, first) if self._instance.may_travel(self._inspector, d))
            self._travel_days.add(next(between))
        elif on_the_day.minutes >= LONG_MINUTES:
            self._from_afar.add(self._instance.requests[visit.request].id)

    def _leave_home(self, visit: Visit, at: int, first: int) -> None:
        out = self._journeys.trip(self._inspector, at, "morning")
        if out is not None and out.days:
            self._travel_days.add(first - 1)
            self._nights.add(first - 1)
        elif out is not None and out.leg.minutes >= LONG_MINUTES:
            self._from_afar.add(self._instance.requests[visit.request].id)

    def _go_home(self, place: int, day: int) -> None:
        back = self._journeys.trip(self._inspector, place, "evening")
        if back is not None and back.days:
            self._travel_days.add(day + 1)
            self._nights.add(day)
