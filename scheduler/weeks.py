"""What one inspector's visits cost together, and what they break: the unit in which plans are priced.

The sum over inspectors, and what hangs on the request alone (`request_cost`), is a plan's cost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scheduler.instance import Instance, Visit
from scheduler.journeys import Journeys, Move
from scheduler.plan import CostParts
from scheduler.rules.catalogue import Broken
from scheduler.rules.visits import eligibility, horizon, in_horizon, site, window
from scheduler.rules.weeks import week_rules, worked_days


class Stage(NamedTuple):
    """A part of an inspector's journey.

    Attributes:
        visit: that it leads to or lies in; None: the way home.
        move: None where impossible.
        over: minutes by which an impossible one is too long at least; None where no mode goes.
    """

    visit: Visit | None
    move: Move | None
    over: int | None = None


def stages(journeys: Journeys, instance: Instance, inspector: int, visits: Sequence[Visit]) -> Iterator[Stage]:
    """The moves of an inspector's visits in order of time, nights inside a visit included, and of the way home."""
    place = instance.start_place[inspector]
    person = instance.inspectors[inspector]
    day = (person.start.slot - 1) // 2 if person.start is not None else 0
    for visit in visits:
        at, first_day, last_day = instance.site_of[visit.request], visit.first // 2, visit.last // 2
        if place is None:
            move = journeys.first(inspector, at, first_day)
            yield Stage(visit, move, journeys.first_over(inspector, at, first_day) if move is None else None)
        else:
            move = journeys.gap(inspector, place, day, at, first_day)
            over = journeys.gap_over(inspector, place, day, at, first_day) if move is None else None
            yield Stage(visit, move, over)
        for _ in range(last_day - first_day):
            yield Stage(visit, journeys.inside(inspector, at))
        place, day = at, last_day
    if place is not None:
        move = journeys.home(inspector, place, day)
        yield Stage(None, move, journeys.home_over(inspector, place, day) if move is None else None)


def travel_rule(instance: Instance, inspector: int, stage: Stage) -> Broken | None:
    """Every leg is possible: what a stage without a move breaks."""
    if stage.move is not None:
        return None
    person = instance.inspectors[inspector].id
    unit = None if stage.over is None else "minutes"
    if stage.visit is None:
        text = f"{person} has no way home from the last place within the limits"
        return Broken("travel", "home", text, None, person, stage.over, unit)
    request = instance.requests[stage.visit.request]
    text = f"{person} has no journey to {request.id} at {request.site} on {instance.date(stage.visit.first // 2)}"
    return Broken("travel", "journey", f"{text} within the limits", request.id, person, stage.over, unit)


def work_cost(instance: Instance, inspector: int, days: Sequence[int]) -> tuple[int, int]:
    """Cents of day costs, and of premiums, of the days that an inspector works; days already worked cost no day."""
    person = instance.inspectors[inspector]
    added: dict[int, int] = defaultdict(int)
    premium = 0
    for day in days:
        if 0 <= day < instance.days:
            premium += person.day_premiums[day]
        if day not in instance.sunk[inspector]:
            added[instance.week(day)] += 1
    work = 0
    for number, count in added.items():
        done = instance.done[inspector].get(number, 0)
        work += sum(person.day_costs[done : done + count])
    return work, premium


def judge_week(
    instance: Instance,
    journeys: Journeys,
    inspector: int,
    visits: Sequence[Visit],
) -> tuple[CostParts, list[Broken]]:
    """Cost (work, premium, travel, nights) of an inspector's visits in order of time, and the rules they break.

    Costs add up whether or not a rule is broken; an impossible stage costs nothing.
    """
    broken = list(week_rules(instance, inspector, visits))
    work, premium = work_cost(instance, inspector, worked_days(visits))
    travel = nights = 0
    for stage in stages(journeys, instance, inspector, visits):
        if stage.move is not None:
            travel += stage.move.travel
            nights += stage.move.nights
        elif (fault := travel_rule(instance, inspector, stage)) is not None:
            broken.append(fault)
    return CostParts(work=work, premium=premium, travel=travel, nights=nights), broken


def person_cost(instance: Instance, inspector: int, request: int) -> CostParts:
    """What it costs that this inspector serves this request: affinity, and not being the one announced."""
    person, wanted = instance.inspectors[inspector].id, instance.requests[request]
    announced = instance.problem.published.get(wanted.id)
    change = announced.inspector_cost if announced is not None and person not in announced.inspectors else 0
    return CostParts(affinity=wanted.affinity.get(person, 0), change=change)


def request_cost(instance: Instance, visit: Visit) -> CostParts:
    """What it costs that a request is served then, whoever does it: days late, and another day than announced."""
    wanted = instance.requests[visit.request]
    late = wanted.late_cost * max(0, visit.first // 2 - instance.due[visit.request])
    announced = instance.problem.published.get(wanted.id)
    moved = announced is not None and announced.start_slot // 2 != visit.first // 2
    return CostParts(late=late, change=announced.day_cost if announced is not None and moved else 0)


def unserved_cost(instance: Instance, request: int) -> CostParts:
    """What it costs to leave a request unassigned."""
    wanted = instance.requests[request]
    announced = instance.problem.published.get(wanted.id)
    return CostParts(unserved=wanted.unserved_cost, change=0 if announced is None else announced.drop_cost)


class Weeks:
    """Prices inspectors' weeks and remembers them: asked again, a week costs a look-up."""

    def __init__(self, instance: Instance, journeys: Journeys | None = None) -> None:
        self.instance = instance
        self.journeys = journeys or Journeys(instance)
        self._prices: dict[tuple[int, tuple[Visit, ...]], CostParts | Broken] = {}

    def price(self, inspector: int, visits: tuple[Visit, ...]) -> CostParts | Broken:
        """What an inspector's visits cost together, or the first rule that they break.

        Visits are sorted by slot. The cost is all that hangs on the inspector, affinity and change of person included;
        what hangs on the request alone is `request_cost`, and crew, lead and pins are the whole visit's matter.
        """
        key = (inspector, visits)
        found = self._prices.get(key)
        if found is None:
            found = self._prices[key] = self._price(inspector, visits)
        return found

    def _price(self, inspector: int, visits: tuple[Visit, ...]) -> CostParts | Broken:
        for visit in visits:
            for broken in self._own_rules(inspector, visit):
                return broken
        cost, faults = judge_week(self.instance, self.journeys, inspector, visits)
        if faults:
            return faults[0]
        for visit in visits:
            cost += person_cost(self.instance, inspector, visit.request)
        return cost

    def _own_rules(self, inspector: int, visit: Visit) -> Iterator[Broken]:
        """The rules that a visit breaks for this inspector whatever else he does."""
        yield from horizon(self.instance, visit)
        if in_horizon(self.instance, visit):
            yield from window(self.instance, visit)
            yield from site(self.instance, visit)
            yield from eligibility(self.instance, inspector, visit)
