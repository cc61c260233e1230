"""Why one request is served as it is: what it costs there, the next best places, and why nobody else does it."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.explain.asking import Asking
from scheduler.instance import Visit
from scheduler.plan import Assignment, CostParts
from scheduler.problem import Pin
from scheduler.rank import Candidate, Ranking
from scheduler.rank.crews import Member, cheapest_crews
from scheduler.rank.moving import Moving
from scheduler.rank.places import Spot
from scheduler.rules.catalogue import Broken
from scheduler.weeks import unserved_cost


@dataclass(frozen=True, slots=True)
class Other:
    """An inspector who may serve a request by the eligibility rule and is not in its crew.

    Attributes:
        inspector: the id.
        best: his best place in it, with the cheapest others; None where there is none.
        at: where else he is nearest to one, and
        broken: what keeps him from it there.
    """

    inspector: str
    best: Candidate | None
    at: Assignment | None
    broken: tuple[Broken, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """Why a request is served as it is.

    Attributes:
        to: where it is.
        pin: what the planner has fixed of it.
        announced: whether it is where it was announced; None where nothing was.
        added: what serving it costs, by part: the plan's cost less that of the rest of the plan, leaving it apart.
        own: what of it hangs on the request alone: lateness, affinity, changes of what was announced.
        leaving: what leaving it would cost.
        next: the best other places, with what each would cost more.
        moving: the best places for which others move.
        others: everybody else who may serve it, the cheapest first, then those who cannot.
    """

    to: Assignment
    pin: Pin | None
    announced: bool | None
    added: CostParts
    own: CostParts
    leaving: CostParts
    next: tuple[Candidate, ...]
    moving: tuple[Candidate, ...]
    others: tuple[Other, ...]


def explain_placed(ranking: Ranking, request: str, top: int = 5) -> Placed:
    """Explain why a plan serves a request as it does; raises KeyError where it does not."""
    standing, instance = ranking.standing, ranking.instance
    to = standing.placed[request]
    number = instance.request_number[request]
    announced = instance.problem.published.get(request)
    is_kept = announced is not None and (announced.start_slot // 2, {*announced.inspectors}) == (
        to.start_slot // 2,
        {*to.inspectors},
    )
    return Placed(
        to,
        instance.requests[number].pin,
        None if announced is None else is_kept,
        CostParts() - ranking.saved(request),
        standing.of_request(request).cost,
        unserved_cost(instance, number),
        tuple(ranking.direct(request, top)),
        tuple(Moving(ranking, request, top).candidates()),
        _others(Asking(ranking, request)),
    )


def _others(asking: Asking) -> tuple[Other, ...]:
    ranking, instance = asking.ranking, asking.instance
    code = instance.requests[asking.number].id
    to = ranking.standing.placed[code]
    saved = ranking.saved(code)
    found = []
    for person in asking.eligible:
        name = instance.inspectors[person].id
        if name in to.inspectors:
            continue
        spot = _best_with(asking, person) if person in asking.able else None
        if spot is not None:
            found.append(Other(name, ranking.candidate(ranking.assignment(code, spot), (), saved), None, ()))
            continue
        near = asking.nearest(person)
        at = None if near is None else Assignment(code, near.visit.mode, near.visit.first, (name,))
        found.append(Other(name, None, at, () if near is None else near.broken))
    return tuple(sorted(found, key=_order))


def _order(other: Other) -> tuple[float, int, str]:
    cents = float("inf") if other.best is None else other.best.cost.total
    return cents, len(other.broken), other.inspector


def _best_with(asking: Asking, person: int) -> Spot | None:
    """The cheapest place of the request with an inspector in its crew."""
    instance = asking.instance
    wants_lead = instance.requests[asking.number].lead is not None
    wants_lead &= "eligibility" not in instance.waived[asking.number]
    best: Spot | None = None
    for (mode, first), members in asking.members.items():
        if any(member.person == person for member in members):
            visit = instance.visit(asking.number, mode, first)
            spot = _crew_with(asking, visit, members, person, wants_lead=wants_lead)
            if spot is not None and (best is None or spot < best):
                best = spot
    return best


def _crew_with(asking: Asking, visit: Visit, members: list[Member], person: int, *, wants_lead: bool) -> Spot | None:
    must = asking.places.stuck | {person}
    crew = next(cheapest_crews(members, asking.size(visit), must, wants_lead=wants_lead), None)
    if crew is None:
        return None
    return Spot(crew[0] + asking.places.own_cost(visit.mode, visit.first), visit.mode, visit.first, crew[1])
