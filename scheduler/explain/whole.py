"""A plan in short: what it costs, how much of that is proven to be needed, and why each request is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.explain.reasons import Reasons
from scheduler.plan import CostParts, Plan, Unassigned, gap_of
from scheduler.rank import Ranking
from scheduler.rules.catalogue import Broken


@dataclass(frozen=True, slots=True)
class WholePlan:
    """A plan in short.

    Attributes:
        requests, assigned: how many there are, and are served.
        cost: by part.
        bound, gap: as the plan states the bound, and what that leaves open; None without one.
        broken: the rules that it breaks.
        unassigned: what is left out, and why, found anew.
        leaving: what leaving each of them costs, in the same order.
        codes: how often each code occurs among the reasons.
    """

    requests: int
    assigned: int
    cost: CostParts
    bound: int | None
    gap: float | None
    broken: tuple[Broken, ...]
    unassigned: tuple[Unassigned, ...]
    leaving: tuple[CostParts, ...]
    codes: Mapping[str, int]


def explain_plan(ranking: Ranking, plan: Plan) -> WholePlan:
    """Explain a plan in short."""
    standing, instance = ranking.standing, ranking.instance
    reasons = Reasons(ranking)
    left = [number for number, request in enumerate(instance.requests) if request.id not in standing.placed]
    unassigned = tuple(Unassigned(instance.requests[number].id, reasons.of(number)) for number in left)
    return WholePlan(
        len(instance.requests),
        len(instance.requests) - len(left),
        standing.cost,
        plan.bound,
        gap_of(standing.cost.total, plan.bound),
        standing.broken,
        unassigned,
        tuple(standing.of_request(entry.request).cost for entry in unassigned),
        dict(Counter(reason.code for entry in unassigned for reason in entry.reasons)),
    )
