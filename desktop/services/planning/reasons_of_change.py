"""What two plans differ in for one person, as facts, what weighs most first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from desktop.services.plan_review import Fact
from scheduler.plan import CostParts


class Moved(NamedTuple):
    """A request that is not where it was, as seen by one person.

    Attributes:
        before: first slot now; None: left out.
        after: first slot in the new plan; None: left out.
        had: the person serves it now.
        has: he does in the new plan.
        others: names of those from whom he takes it, or to whom it goes.
        cost: the difference of what hangs on the request alone.
    """

    request: str
    service: str
    before: int | None
    after: int | None
    had: bool
    has: bool
    others: str
    late_before: int
    late_after: int
    cost: CostParts


def facts_of(moves: Iterable[Moved], week: tuple[CostParts, int, int], calls: int) -> tuple[Fact, ...]:
    """What is otherwise for a person.

    Args:
        moves: his requests that are not where they were.
        week: what his week costs more, and how many more nights and worked days it has.
        calls: of how many requests something else was announced.
    """
    cost, nights, days = week
    found = [fact for move in moves for fact in _of_request(move)]
    if nights:
        found.append(Fact("nights", number=nights, cents=cost.nights))
    if days:
        found.append(Fact("days", number=days, cents=cost.work + cost.premium))
    if cost.travel:
        found.append(Fact("travel", cents=cost.travel))
    found.sort(key=lambda fact: -abs(fact.cents))
    if calls:
        found.append(Fact("calls", number=calls))
    return tuple(found)


def _of_request(move: Moved) -> Iterator[Fact]:
    """Where a request goes, and whether that is in time. Its weight is told once."""
    late = move.cost.late
    rest = move.cost.total - late
    request, service = move.request, move.service
    if move.has and move.before is None:
        yield Fact("takes_unserved", request, service, cents=rest)
    elif move.had and move.after is None:
        yield Fact("gives_up", request, service, cents=rest)
    elif move.has and not move.had:
        yield Fact("takes_from", request, service, person=move.others, cents=rest)
    elif move.had and not move.has:
        yield Fact("gives_to", request, service, person=move.others)
        return
    elif move.before is not None and move.after is not None and move.before != move.after:
        yield Fact("moves", request, service, first_slot=move.before, second_slot=move.after, cents=rest)
    else:
        yield Fact("splits", request, service, cents=rest)
    if move.late_after and move.late_after != move.late_before:
        yield Fact("late", request, service, number=move.late_after, cents=late)
    elif move.late_before and not move.late_after and move.has:
        yield Fact("no_longer_late", request, service, number=move.late_before, cents=late)
