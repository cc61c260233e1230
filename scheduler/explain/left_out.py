"""Why one request is left out: who fails what, who could but is better used elsewhere, and what would let it in."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.explain.asking import Asking, Near, hindrances
from scheduler.explain.changes import Change, Changes
from scheduler.explain.failing import Failing, count_failing
from scheduler.explain.reasons import Reasons
from scheduler.plan import Assignment, CostParts, Reason
from scheduler.rank import Candidate, Ranking
from scheduler.rank.moving import Moving
from scheduler.rules.catalogue import Broken
from scheduler.weeks import unserved_cost


@dataclass(frozen=True, slots=True)
class Instead:
    """A place for which another request would be left out.

    Attributes:
        to: the place.
        gone: the other request, and where it is now.
        cost: what the plan would cost more than it does, by part.
    """

    to: Assignment
    gone: Assignment
    cost: CostParts


@dataclass(frozen=True, slots=True)
class Hindered:
    """An inspector whom one thing keeps from a request.

    Attributes:
        at: where he is nearest to it; the rest of a crew apart.
        broken: what he breaks there.
    """

    at: Assignment
    broken: tuple[Broken, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Why a request is left out.

    Attributes:
        request: the id.
        reasons: the short form, as the plan states it.
        leaving: what leaving it costs.
        starts: visits that window, site and pin allow.
        inspectors, eligible, able: how many there are; may serve it by the eligibility rule on some day; could take
            part in it as things are.
        failing: what keeps those who could not, by rule; each is judged at the start at which he breaks fewest.
        nearest: those whom one thing only keeps away, and where, the smallest amounts first.
        direct: the best places as things are; serving it there costs more than leaving it.
        moving: the best places for which one or two others move.
        instead: the best places for which another request is left out.
        changes: single changes that would let it in, cheapest first.
    """

    request: str
    reasons: tuple[Reason, ...]
    leaving: CostParts
    starts: int
    inspectors: int
    eligible: int
    able: int
    failing: tuple[Failing, ...]
    nearest: tuple[Hindered, ...]
    direct: tuple[Candidate, ...]
    moving: tuple[Candidate, ...]
    instead: tuple[Instead, ...]
    changes: tuple[Change, ...]


def explain_left_out(ranking: Ranking, request: str, top: int = 5) -> LeftOut:
    """Explain why a plan leaves a request out; `top` entries of each list of places and people."""
    asking = Asking(ranking, request)
    instance, number = asking.instance, asking.number
    everybody = range(len(instance.inspectors))
    nears = [near for person in everybody if person not in asking.able and (near := asking.nearest(person))]
    kept_away = [near for near in nears if near.broken]
    single = [near for near in kept_away if len(hindrances(near.broken)) == 1]
    moving = Moving(ranking, request, top)
    eligible = [person for person in everybody if instance.eligible_until(person, number) >= 0]
    return LeftOut(
        request,
        Reasons(ranking).of(number),
        unserved_cost(instance, number),
        len(asking.visits),
        len(instance.inspectors),
        len(eligible),
        len(asking.able),
        count_failing(instance, kept_away),
        tuple(_hindered(asking, near) for near in sorted(single, key=_amount)[:top]),
        tuple(ranking.direct(request, top)),
        tuple(moving.candidates()),
        tuple(Instead(*entry) for entry in moving.instead()),
        tuple(Changes(asking).all(everybody)),
    )


def _hindered(asking: Asking, near: Near) -> Hindered:
    instance = asking.instance
    code, name = instance.requests[asking.number].id, instance.inspectors[near.person].id
    return Hindered(Assignment(code, near.visit.mode, near.visit.first, (name,)), near.broken)


def _amount(near: Near) -> tuple[str, float, int]:
    """By rule, then by how much."""
    first = near.broken[0]
    return first.rule, float("inf") if first.amount is None else first.amount, near.person
