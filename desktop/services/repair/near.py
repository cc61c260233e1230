"""The part of a large plan in which a repair looks: who could serve what is open, and what they do otherwise.

Everybody else keeps his visits. A search among a few hundred people finds in seconds what one among all finds in a
minute: so a large firm's plan is repaired where it is broken.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from heapq import nsmallest

from scheduler.instance import Instance
from scheduler.plan import Assignment
from scheduler.problem import Problem, Site
from scheduler.regions.part import own_visits, part
from scheduler.regions.split import Region

WHOLE = 500  # requests up to which a problem is looked at whole


@dataclass(frozen=True, slots=True)
class Near:
    """A part of a problem as a problem of its own.

    Attributes:
        problem: the part.
        begun: what is planned of it.
        rest: codes of the requests that its plans say nothing of: those of others, and visits shared with others.
    """

    problem: Problem
    begun: tuple[Assignment, ...]
    rest: frozenset[str]

    def joined(self, base: Collection[Assignment], plan: Collection[Assignment]) -> tuple[Assignment, ...]:
        """A plan of the part with what everybody else keeps of a plan of the whole."""
        kept = [entry for entry in base if entry.request in self.rest]
        return tuple(sorted((*kept, *(e for e in plan if e.request not in self.rest)), key=lambda entry: entry.request))


def near(problem: Problem, base: Sequence[Assignment], nearest: int) -> Near:
    """The part of a problem round what a plan leaves open; all of it where it is small.

    Args:
        problem: the whole.
        base: a plan that keeps its rules.
        nearest: so many inspectors who may serve an open request, those who live nearest to it, are part.
    """
    if len(problem.requests) <= WHOLE:
        return Near(problem, tuple(base), frozenset())
    instance = Instance(problem)
    placed = {entry.request: set(entry.inspectors) for entry in base}
    people = _people(instance, placed, nearest)
    names = {instance.inspectors[number].id for number in people}
    own, parted = [], []
    for number, request in enumerate(instance.requests):
        crew = placed.get(request.id, set())
        if crew <= names:
            own.append(number)
        elif crew & names:
            parted.append(number)
    region = Region(tuple(sorted(people)), tuple(own), tuple(parted))
    rest = {instance.requests[number].id for number in set(range(len(instance.requests))).difference(own)}
    return Near(part(instance, region, base), own_visits(instance, region, base), frozenset(rest))


def _people(instance: Instance, placed: Collection[str], nearest: int) -> set[int]:
    found = set[int]()
    for number, request in enumerate(instance.requests):
        if request.id in placed:
            continue
        if request.pin is not None and request.pin.inspectors is not None:
            found.update(instance.inspector_number[name] for name in request.pin.inspectors)
        site = instance.sites[instance.site_of[number]]
        found.update(nsmallest(nearest, instance.eligible_people(number), partial(_apart, instance, site)))
    return found


def _apart(instance: Instance, site: Site, number: int) -> tuple[float, int]:
    """How far an inspector lives from a site, to rank by: the square of degrees."""
    person = instance.inspectors[number]
    return (person.lat - site.lat) ** 2 + (person.lon - site.lon) ** 2, number
