"""The cheapest single change that would let a request in, each priced by putting the request where it then could go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scheduler.explain.asking import Asking, hindrances
from scheduler.explain.lifting import Case, lifted
from scheduler.explain.loosening import Looser, looser_requests
from scheduler.instance import Instance, Visit
from scheduler.journeys import Journeys
from scheduler.plan import Assignment, CostParts
from scheduler.rank.crews import Member, cheapest_crews
from scheduler.rank.moving import Moving
from scheduler.rank.places import Spot
from scheduler.rank.ranking import Shift
from scheduler.rules.visits import eligibility, lead
from scheduler.standing import Standing, in_order, judged_week, newly, sum_of
from scheduler.weeks import person_cost, unserved_cost

EVERYBODY = 3  # changes for inspectors of one kind that are given


@dataclass(frozen=True, slots=True)
class Change:
    """A single change, and the best place of the request with it.

    Attributes:
        kind: which change: "later", "earlier", "site", "level", "language", "certificate", "lead", "excluded", "split"
            or "pin" of the request; "permit", "service", "training", "speaking", "certified", "available", "rotation",
            "week", "run", "travel_day" or "limit ..." for one inspector and this visit; "freed" of another's pin.
        text: it in a planner's words.
        amount, unit: how large it is; None where there is no more and less.
        inspector: for whom; None where it is asked of nobody in particular.
        to: the place.
        moves: what moves for it.
        cost: what the plan would cost more than it does, by part, what the request costs left out taken off.
    """

    kind: str
    text: str
    amount: int | None
    unit: str | None
    inspector: str | None
    to: Assignment
    moves: tuple[Shift, ...]
    cost: CostParts

    @property
    def lets_in(self) -> bool:
        """Whether serving the request then costs less than leaving it."""
        return self.cost.total < 0


@dataclass(frozen=True, slots=True)
class _Tried:
    """A change with the place that it gives; `cents` as `Spot` has them."""

    looser: Looser
    spot: Spot
    inspector: str | None

    @property
    def key(self) -> tuple[int, str, str, Spot]:
        return self.spot.cents, self.looser.kind, self.looser.detail, self.spot


class Changes:
    """Prices the changes that might let one unassigned request in.

    A change is given if it lets the request in more cheaply than it could be served as things are.
    """

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self._instance, self._number = asking.instance, asking.number
        self._code = self._instance.requests[self._number].id
        best = asking.places.best()
        self._now = None if best is None else best.cents
        self._leaving = unserved_cost(self._instance, self._number).total

    def all(self, people: Iterable[int]) -> list[Change]:
        """Every kind of change, cheapest first; `people`: the inspectors for whom something is tried."""
        tried = [*self._of_request(), *self._of_people(people)]
        found = [*map(self._change, tried), *self._freed()]
        return sorted(found, key=lambda change: (change.cost.total, change.kind, change.text))

    def cheapest(self, people: Iterable[int]) -> Change | None:
        """The cheapest change that lets the request in, other visits' pins left alone; None where there is none."""
        tried = [*self._of_request(), *self._of_people(people)]
        best = min(tried, key=lambda entry: entry.key, default=None)
        return None if best is None or best.spot.cents >= self._leaving else self._change(best)

    # -- of the request ------------------------------------------------------------------------------------------------

    def _of_request(self) -> list[_Tried]:
        """The best place with each change of the request; of equal ones the smallest that lets it in."""
        best: dict[tuple[str, str], _Tried] = {}
        done: set[tuple[str, str]] = set()
        for looser in looser_requests(self._instance, self._number):
            key = (looser.kind, looser.detail)
            if key in done:
                continue
            spot = self._asking.ranking.with_instance(looser.instance).places(self._code).best()
            if spot is None or not self._is_better(spot.cents):
                continue
            if key not in best or spot.cents < best[key].spot.cents:
                best[key] = _Tried(looser, spot, None)
            if spot.cents < self._leaving:
                done.add(key)
        return list(best.values())

    def _is_better(self, cents: int) -> bool:
        return self._now is None or cents < self._now

    # -- of one inspector ----------------------------------------------------------------------------------------------

    def _of_people(self, people: Iterable[int]) -> list[_Tried]:
        """The best places with what keeps one inspector away lifted, by kind of change."""
        best: dict[str, dict[int, _Tried]] = {}
        for person in people:
            for tried in self._of_person(person):
                own = best.setdefault(tried.looser.kind, {})
                if person not in own or tried.key < own[person].key:
                    own[person] = tried
        kinds = (sorted(own.values(), key=lambda entry: entry.key)[:EVERYBODY] for own in best.values())
        return [tried for kind in kinds for tried in kind]

    def _of_person(self, person: int) -> Iterator[_Tried]:
        asking = self._asking
        week = asking.week(person)
        for visit in asking.visits:
            if any(member.person == person for member in asking.members.get((visit.mode, visit.first), ())):
                continue
            broken = asking.broken(person, visit)
            if len(hindrances(broken)) != 1:
                continue
            for looser in lifted(Case(self._instance, person, visit, week, broken)):
                spot = self._with(looser.instance, person, visit)
                if spot is not None and self._is_better(spot.cents):
                    yield _Tried(looser, spot, self._instance.inspectors[person].id)

    def _with(self, instance: Instance, person: int, visit: Visit) -> Spot | None:
        """The cheapest crew of a visit with an inspector for whom the problem has changed; None for none."""
        if any(eligibility(instance, person, visit)):
            return None
        asking = self._asking
        size = asking.size(visit)
        if size == 1 and any(lead(instance, visit, (person,))):
            return None
        week = asking.week(person)
        before = asking.judged(person)
        after = judged_week(instance, Journeys(instance), person, in_order((*week, visit)))
        if newly([before], [after]):
            return None
        cents = after.cost.total - before.cost.total + person_cost(instance, person, self._number).total
        leads = not any(lead(instance, visit, (person,)))
        others = [m for m in asking.members.get((visit.mode, visit.first), ()) if m.person != person]
        wants_lead = instance.requests[self._number].lead is not None
        must = asking.places.stuck | {person}
        crews = cheapest_crews([*others, Member(cents, person, leads)], size, must, wants_lead=wants_lead)
        crew = next(crews, None)
        if crew is None:
            return None
        return Spot(crew[0] + asking.places.own_cost(visit.mode, visit.first), visit.mode, visit.first, crew[1])

    # -- of others' pins -----------------------------------------------------------------------------------------------

    def _freed(self) -> list[Change]:
        """The best places for which one pinned visit of one inspector is freed and moves."""
        ranking = self._asking.ranking
        instance, placed = ranking.instance, ranking.standing.placed
        freed = []
        for number, request in enumerate(instance.requests):
            if request.pin is not None and not request.pin.waive and request.id in placed:
                instance = instance.with_pin(number, None)
                freed.append(request.id)
        if not freed:
            return []
        moving = Moving(ranking.with_instance(instance), self._code, EVERYBODY, only=frozenset(freed))
        found = []
        for entry in moving.with_one():
            if self._is_better(entry.cost.total + self._leaving):
                text = f"{entry.moves[0].before.request} freed from its pin"
                found.append(Change("freed", text, None, None, None, entry.to, entry.moves, entry.cost))
        return found

    # -- what it costs -------------------------------------------------------------------------------------------------

    def _change(self, tried: _Tried) -> Change:
        looser = tried.looser
        to = self._asking.ranking.assignment(self._code, tried.spot)
        only = None if tried.inspector is None else self._instance.inspector_number[tried.inspector]
        cost = difference(self._asking.standing, looser.instance, to, only)
        return Change(looser.kind, looser.text, looser.amount, looser.unit, tried.inspector, to, (), cost)


def difference(standing: Standing, instance: Instance, to: Assignment, only: int | None) -> CostParts:
    """What a plan would cost more with a request served somewhere on a problem that says otherwise.

    Only the request and its crew are looked at. What is said otherwise is said for the request, and for one inspector
    where `only` names him: the rest of the crew is judged as things are.
    """
    after = standing.on(instance).moved_all({to.request: to})
    plain = after if only is None else standing.moved_all({to.request: to})
    crew = after.crew(to)
    now = [standing.of_request(to.request), *map(standing.of_person, crew)]
    then = [(after if only in (None, person) else plain).of_person(person) for person in crew]
    return sum_of(judged.cost for judged in (after.of_request(to.request), *then)) - sum_of(e.cost for e in now)
