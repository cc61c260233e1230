"""Two plans of one problem beside each other: what becomes of each request and person, and what that costs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from scheduler.plan import Assignment, CostParts
from scheduler.rank.ranking import is_same
from scheduler.standing import NOTHING, Standing


@dataclass(frozen=True, slots=True)
class RequestChange:
    """A request that the plans treat differently.

    Attributes:
        request: the id.
        before, after: where each plan has it; None: left out.
        cost: what the second plan costs more by what hangs on the request, its people's weeks apart.
    """

    request: str
    before: Assignment | None
    after: Assignment | None
    cost: CostParts


@dataclass(frozen=True, slots=True)
class PersonChange:
    """An inspector whose week differs.

    Attributes:
        inspector: the id.
        gone, come: requests that are no longer, or newly, this inspector's.
        moved: requests that stay this inspector's, at another time or in another mode.
        cost: what the week costs more in the second plan.
    """

    inspector: str
    gone: tuple[str, ...]
    come: tuple[str, ...]
    moved: tuple[str, ...]
    cost: CostParts


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the second plan has otherwise; the costs of requests and people add up to `cost`."""

    cost: CostParts
    requests: tuple[RequestChange, ...]
    people: tuple[PersonChange, ...]


def compare(before: Standing, after: Standing) -> Comparison:
    """Compare two plans on the same problem; whatever is equal in both is not listed."""
    requests = []
    for code in sorted(before.placed.keys() | after.placed.keys()):
        one, other = before.placed.get(code), after.placed.get(code)
        if one is None or other is None or not is_same(one, other):
            cost = after.of_request(code).cost - before.of_request(code).cost
            requests.append(RequestChange(code, one, other, cost))
    return Comparison(after.cost - before.cost, tuple(requests), _people(before, after, requests))


def _people(before: Standing, after: Standing, changed: list[RequestChange]) -> tuple[PersonChange, ...]:
    had, has = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for change in changed:
        for theirs, entry in ((had, change.before), (has, change.after)):
            for name in entry.inspectors if entry is not None else ():
                theirs[name].add(change.request)
    times = {change.request for change in changed if _is_elsewhen(change)}
    found = []
    for name in sorted(had.keys() | has.keys()):
        gone, come = had[name] - has[name], has[name] - had[name]
        moved = had[name] & has[name] & times
        if gone or come or moved:
            cost = _week_cost(before, after, name)
            found.append(PersonChange(name, tuple(sorted(gone)), tuple(sorted(come)), tuple(sorted(moved)), cost))
    return tuple(found)


def _is_elsewhen(change: RequestChange) -> bool:
    one, other = change.before, change.after
    return one is not None and other is not None and (one.mode, one.start_slot) != (other.mode, other.start_slot)


def _week_cost(before: Standing, after: Standing, name: str) -> CostParts:
    """What an inspector's week costs more; nothing for one whom the problem does not know."""
    number = before.instance.inspector_number.get(name)
    return NOTHING if number is None else after.of_person(number).cost - before.of_person(number).cost
