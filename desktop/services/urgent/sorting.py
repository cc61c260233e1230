"""In which order places for an urgent booking are shown."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.services.urgent.answer import Sort, UrgentCandidate


def in_order(candidates: Iterable[UrgentCandidate], sort: Sort = "in time") -> list[UrgentCandidate]:
    """Candidates in time first, then by cost; by cost, or by beginning; of equal ones first what moves nothing."""
    if sort == "cost":
        return sorted(candidates, key=lambda each: (each.cost.total, bool(each.moves), each.begins, each.to.inspectors))
    if sort == "soonest":
        return sorted(candidates, key=lambda each: (each.begins, bool(each.moves), each.cost.total, each.to.inspectors))
    return sorted(in_order(candidates, "cost"), key=lambda each: not each.in_time)
