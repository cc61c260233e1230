"""The best places for a request as a plan stands, with what each costs exactly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from scheduler.instance import Instance, Visit
from scheduler.journeys import Journeys
from scheduler.plan import Assignment, CostParts
from scheduler.problem import PastVisit, Request, Site
from scheduler.rank.places import Held, Places, Spot
from scheduler.rank.pricing import Pricing
from scheduler.rank.remembered import Remembered
from scheduler.rank.weeks_drawn import DrawnWeeks, can_draw
from scheduler.standing import Standing
from scheduler.weeks import Weeks, unserved_cost


@dataclass(frozen=True, slots=True)
class Shift:
    """Another request that has to move: from where to where."""

    before: Assignment
    after: Assignment


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place for a request.

    Attributes:
        to: the place.
        moves: other requests that move for it.
        cost: what the plan would cost more than it does, by part.
        added: what it would cost more than the rest of the plan does without the request, moves included; what
            leaving the request costs is not in it.
    """

    to: Assignment
    moves: tuple[Shift, ...]
    cost: CostParts
    added: CostParts


class Ranking:
    """Answers where requests could go in one plan; the plan is not changed.

    A place breaks no rule of the request, its pin included, and none of a week that is not broken already, with the
    request and without it.
    """

    def __init__(self, standing: Standing, held: Held | None = None, remembered: Remembered | None = None) -> None:
        self.standing = standing
        self._held = held or hold(standing)
        self.remembered = remembered or Remembered()

    @property
    def instance(self) -> Instance:
        """The problem that the plan is for."""
        return self._held.pricing.instance

    @property
    def held(self) -> Held:
        """The plan with its weeks drawn."""
        return self._held

    def with_instance(self, instance: Instance) -> Ranking:
        """The same plan on a problem that says otherwise of some requests, none of which is in the plan."""
        held = self._held
        return Ranking(self.standing, held._replace(pricing=held.pricing.with_instance(instance)))

    def with_site(self, site: Site, history: Iterable[PastVisit] = ()) -> Ranking:
        """The same plan where the problem has a site more, and the visits made there: nothing is compiled anew.

        Raises:
            ValueError: as `Instance.with_site`.
        """
        instance = self.instance.with_site(site, history)
        journeys = self.standing.journeys.with_instance(instance)
        pricing = self._held.pricing.with_site(Weeks(instance, journeys), instance.site_number[site.id])
        return self._widened(instance, journeys, pricing)

    def with_request(self, request: Request) -> Ranking:
        """The same plan where the problem has a request more, which the plan does not serve: nothing is compiled anew.

        Raises:
            ValueError: as `Instance.with_new`.
        """
        instance = self.instance.with_new(request)
        return self._widened(instance, self.standing.journeys, self._held.pricing.with_instance(instance))

    def with_requests(self, requests: Iterable[Request]) -> Ranking:
        """The same plan on a problem that says otherwise of some requests, by their ids; sites stay.

        What the plan serves of them is judged anew, the weeks of people are not: nothing but a request's window,
        prices, pin and who may serve it may differ, and where it is placed, its pin may only have gone.
        """
        instance = self.instance
        others = {instance.request_number[request.id]: request for request in requests}
        instance = instance.with_requests(others)
        held = self._held._replace(pricing=self._held.pricing.with_instance(instance))
        standing = self.standing.with_requests(instance, {request.id for request in others.values()})
        return Ranking(standing, held._replace(standing=standing))

    def _widened(self, instance: Instance, journeys: Journeys, pricing: Pricing) -> Ranking:
        standing = self.standing.widened(instance, journeys)
        return Ranking(standing, self._held._replace(standing=standing, pricing=pricing), self.remembered)

    def places(self, request: str) -> Places:
        """The places of a request, the rest of the plan as it is. Raises KeyError for one the problem has not."""
        number = self.instance.request_number[request]
        crew = self.standing.crew(self.standing.placed.get(request))
        wanted = self._held.pricing.wanted(number)
        return Places(self._held, wanted, {person: self._without(person, {number}) for person in crew})

    def direct(self, request: str, top: int | None = None) -> list[Candidate]:
        """The cheapest places of a request beside the rest of the plan, the present one apart; all of them for None."""
        return list(islice(self.each_direct(request), top))

    def each_direct(self, request: str) -> Iterator[Candidate]:
        """The places of a request beside the rest of the plan, cheapest first, as they are asked for."""
        present = self.standing.placed.get(request)
        saved = self.saved(request)
        for spot in self.places(request).cheapest():
            to = self.assignment(request, spot)
            if present is None or not is_same(present, to):
                yield self.candidate(to, (), saved)

    def saved(self, request: str) -> CostParts:
        """What the plan costs without a request, what leaving it costs not counted, less what it costs now."""
        weighed = self.standing.weigh_all({request: None})
        return weighed.cost - unserved_cost(self.instance, self.instance.request_number[request])

    def candidate(self, to: Assignment, moves: Sequence[Shift], saved: CostParts) -> Candidate:
        """A place with its exact cost; `saved` as `saved` gives it for the request."""
        changes = {to.request: to, **{shift.after.request: shift.after for shift in moves}}
        cost = self.weigh(changes)
        return Candidate(to, tuple(moves), cost, cost - saved)

    def weigh(self, changes: Mapping[str, Assignment | None]) -> CostParts:
        """What the plan would cost more with some requests elsewhere."""
        return self.standing.weigh_all(changes, self.instance).cost

    def assignment(self, request: str, spot: Spot) -> Assignment:
        """A place as an assignment."""
        people = tuple(sorted(self.instance.inspectors[person].id for person in spot.people))
        return Assignment(request, spot.mode, spot.first, people)

    def _without(self, person: int, numbers: set[int]) -> tuple[Visit, ...]:
        return tuple(visit for visit in self.standing.visits.get(person, ()) if visit.request not in numbers)


def hold(standing: Standing) -> Held:
    """Draw a plan's weeks; those that break a rule are judged one by one whenever they are asked for."""
    instance = standing.instance
    drawn = DrawnWeeks(instance, standing.journeys, len(instance.inspectors))
    for person in range(len(instance.inspectors)):
        drawn.person[person] = person
        visits = standing.visits.get(person, ())
        if can_draw(instance, visits, standing.of_person(person).broken):
            drawn.draw(person, person, visits)
    return Held(standing, Pricing(Weeks(instance, standing.journeys)), drawn)


def hold_after(held: Held, request: str) -> Held:
    """The plan without a request; the same where it serves it not."""
    standing = held.standing
    crew = standing.crew(standing.placed.get(request))
    if not crew:
        return held
    after, drawn = standing.moved_all({request: None}), held.drawn.copy()
    for person in crew:
        visits = after.visits.get(person, ())
        drawn.erase(person)
        if can_draw(after.instance, visits, after.of_person(person).broken):
            drawn.draw(person, person, visits)
    return held._replace(standing=after, drawn=drawn)


def is_same(one: Assignment, other: Assignment) -> bool:
    """Whether two assignments of a request are the same visit with the same crew."""
    return (one.mode, one.start_slot) == (other.mode, other.start_slot) and set(one.inspectors) == set(other.inspectors)
