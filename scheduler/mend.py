"""Mending a plan from elsewhere: what of it breaks a rule is taken out, and said."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from scheduler.evaluate import judge_request, no_such_request
from scheduler.instance import Instance
from scheduler.plan import Assignment
from scheduler.rules import Broken
from scheduler.standing import Standing
from scheduler.weeks import unserved_cost


@dataclass(frozen=True, slots=True)
class Mended:
    """A visit taken out of a plan.

    Attributes:
        request: whose visit.
        rule: which rule it broke, as the catalogue names it.
        text: what broke it, in a planner's words.
    """

    request: str
    rule: str
    text: str


def mend(
    instance: Instance, given: Sequence[Assignment], kept: Sequence[Assignment] = ()
) -> tuple[tuple[Assignment, ...], tuple[Mended, ...]]:
    """The part of a plan that keeps the rules, and what was taken out for it. Which pins it serves is not asked.

    Where some visits of an inspector break a rule together, as few as possible are taken out, the cheapest to leave.

    Args:
        instance: the problem.
        given: any assignments, of any requests and inspectors.
        kept: assignments that keep the rules among themselves. They are part of what is given back, in place of what
            is given for the same requests.
    """
    mending = _Mending(instance, kept)
    mending.take_over(given)
    mending.relieve()
    return mending.standing.assignments, tuple(mending.mended)


class _Mending:
    """A plan that is being mended."""

    def __init__(self, instance: Instance, kept: Sequence[Assignment]) -> None:
        self._instance = instance
        self._kept = {entry.request for entry in kept}
        self.standing = Standing.of(instance, kept)
        self.mended: list[Mended] = []

    def take_over(self, given: Sequence[Assignment]) -> None:
        """Add what is given, but for visits that break a rule by themselves."""
        placed = dict(self.standing.placed)
        for entry in given:
            if entry.request in self._kept:
                continue
            broken = self._fault(entry, placed)
            if broken is None:
                placed[entry.request] = entry
            else:
                self.mended.append(Mended(entry.request, broken.rule, broken.text))
        self.standing = Standing.of(self._instance, placed.values())

    def _fault(self, entry: Assignment, placed: Collection[str]) -> Broken | None:
        """What a visit breaks whoever does what else."""
        number = self._instance.request_number.get(entry.request)
        if number is None:
            return no_such_request(entry.request)
        if entry.request in placed:
            return Broken("plan", "twice", f"{entry.request} is assigned twice", entry.request)
        broken = judge_request(self._instance, number, entry)[1]
        return broken[0] if broken else None

    def relieve(self) -> None:
        """Take visits out until no inspector's visits break a rule together."""
        waiting = sorted(self.standing.visits)
        while waiting:
            person = waiting.pop()
            broken = self.standing.of_person(person).broken
            while broken:
                entry, why = self._culprit(person, broken)
                self.mended.append(Mended(entry.request, why.rule, why.text))
                self.standing = self.standing.moved_all({entry.request: None})
                waiting += self.standing.crew(entry)  # the others of a crew lose a visit too
                broken = self.standing.of_person(person).broken

    def _culprit(self, person: int, broken: Sequence[Broken]) -> tuple[Assignment, Broken]:
        """The visit to take out, and why: one without which all is well before others, then the cheapest to leave."""
        named = {fault.request: fault for fault in reversed(broken)}
        own = [
            self.standing.placed[self._instance.requests[visit.request].id] for visit in self.standing.visits[person]
        ]
        ranked = []
        for visit, entry in zip(self.standing.visits[person], own, strict=True):
            if entry.request in self._kept:
                continue
            rest = self.standing.weigh_all({entry.request: None}).after.of_person(person)
            rank = (len(rest.broken), entry.request not in named, unserved_cost(self._instance, visit.request).total)
            ranked.append((rank, entry.request, entry))
        _, request, entry = min(ranked)
        return entry, named.get(request, broken[0])
