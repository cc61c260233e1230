"""Where a request could go as a plan stands: every legal place, with what it would cost more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from desktop.services.verdicts import Offer
from scheduler.instance import Visit
from scheduler.plan import Assignment
from scheduler.rules.visits import eligibility, horizon, lead, site, window
from scheduler.standing import Judged, Standing, judged_week, newly
from scheduler.stop import Stop
from scheduler.weeks import person_cost, request_cost

LEADERS_TRIED = 5  # people who can lead, cheapest first, that are tried beside somebody who cannot


class _Candidate(NamedTuple):
    """Somebody who could make a visit, and what his week would cost more than without the request."""

    cents: int
    inspector: int
    can_lead: bool


class Offering:
    """The offers of one request. What is waived for it now is not waived elsewhere.

    A visit of several is offered once for everybody who could be of its crew, with the cheapest companions. Nothing is
    offered that breaks a rule of the request, also where the present place breaks the same.
    """

    def __init__(self, standing: Standing, code: str) -> None:
        self._standing = standing
        self._code = code
        self._number = standing.instance.request_number[code]
        self._instance = standing.instance.with_pin(self._number, None)
        self._present = standing.crew(standing.placed.get(code))
        self._without = {person: self._week(person, None) for person in self._present}
        # who leaves may be left without a way home, or to what comes next
        self._stuck = {person for person in self._present if self._is_worse(person, self._without[person])}
        self._removal = sum(self._without[p].cost.total - standing.of_person(p).cost.total for p in self._present)
        self._removal -= standing.of_request(code).cost.total

    def offers(self, stop: Stop) -> tuple[Offer, ...]:
        """All legal places but the present one, cheapest first; those found until `stop` says so."""
        found: list[Offer] = []
        for visit in self._visits():
            if stop():
                break
            found += self._at(visit)
        return tuple(sorted(found, key=lambda offer: (offer.cost_cents, offer.first_slot, offer.inspector, offer.mode)))

    def _visits(self) -> Iterator[Visit]:
        """The visits that keep the rules of the request alone."""
        instance = self._instance
        for mode, shape in enumerate(instance.requests[self._number].modes):
            step = 2 if shape.half_days > 1 else 1
            for first in range(0, instance.slots - shape.half_days + 1, step):
                visit = instance.visit(self._number, mode, first)
                rules = (horizon(instance, visit), window(instance, visit), site(instance, visit))
                if not any(entry for rule in rules for entry in rule):
                    yield visit

    def _at(self, visit: Visit) -> Iterator[Offer]:
        size = self._instance.requests[self._number].modes[visit.mode].crew
        candidates = sorted(self._candidates(visit))
        fixed = self._removal + request_cost(self._instance, visit).total
        wants_lead = self._instance.requests[self._number].lead is not None
        for candidate in candidates:
            crew = self._crew(candidate, candidates, size, wants_lead=wants_lead)
            if crew is None or not self._stuck.issubset(entry.inspector for entry in crew):
                continue
            people = tuple(sorted(self._instance.inspectors[entry.inspector].id for entry in crew))
            if self._is_present(visit, people):
                continue
            if any(lead(self._instance, visit, [entry.inspector for entry in crew])):
                continue
            yield Offer(
                inspector=self._instance.inspectors[candidate.inspector].id,
                first_slot=visit.first,
                mode=visit.mode,
                cost_cents=fixed + sum(entry.cents for entry in crew),
                late_days=max(0, visit.first // 2 - self._instance.due[self._number]),
                inspectors=people,
            )

    def _candidates(self, visit: Visit) -> Iterator[_Candidate]:
        """Everybody who may take a visit beside what he has."""
        instance = self._instance
        for person in instance.eligible_people(self._number):
            if any(eligibility(instance, person, visit)):
                continue
            before = self._without.get(person)
            if before is None:
                if not self._is_free(person, visit):
                    continue
                before = self._standing.of_person(person)
            after = self._week(person, visit)
            if self._is_worse(person, after):
                continue
            cents = after.cost.total - before.cost.total + person_cost(instance, person, self._number).total
            yield _Candidate(cents, person, instance.lead_until(person, self._number) >= visit.last // 2)

    def _is_free(self, person: int, visit: Visit) -> bool:
        """Whether an inspector who does not serve the request yet is there and has nothing else: asked first, as cheap.

        Whoever breaks availability already is looked at closely.
        """
        available = self._instance.inspectors[person].available
        taken = self._standing.visits.get(person, ())
        free = all(available[visit.first : visit.last + 1])
        return free and not any(other.first <= visit.last and visit.first <= other.last for other in taken)

    def _week(self, person: int, visit: Visit | None) -> Judged:
        """An inspector's week with the request at a visit, or without it."""
        visits = [other for other in self._standing.visits.get(person, ()) if other.request != self._number]
        if visit is not None:
            visits.append(visit)
            visits.sort(key=lambda other: (other.first, other.last))
        return judged_week(self._instance, self._standing.journeys, person, visits)

    def _is_worse(self, person: int, after: Judged) -> bool:
        """Whether a week breaks a rule that it does not break as the plan stands."""
        return bool(after.broken) and bool(newly([self._standing.of_person(person)], [after]))

    @staticmethod
    def _crew(
        candidate: _Candidate, candidates: Sequence[_Candidate], size: int, *, wants_lead: bool
    ) -> list[_Candidate] | None:
        """A candidate with the cheapest companions, one of whom leads where he cannot; None where there are too few."""
        others = [other for other in candidates[: size + LEADERS_TRIED] if other is not candidate]
        if size - 1 > len(others):
            return None
        crew = [candidate, *others[: size - 1]]
        if not wants_lead or size == 1 or any(entry.can_lead for entry in crew):
            return crew
        leader = next((other for other in candidates if other.can_lead), None)
        return None if leader is None else [*crew[:-1], leader]

    def _is_present(self, visit: Visit, people: Iterable[str]) -> bool:
        placed = self._standing.placed.get(self._code)
        here = Assignment(self._code, visit.mode, visit.first, tuple(people))
        return placed == here
