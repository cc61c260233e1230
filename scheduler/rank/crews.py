"""The crews of a visit, cheapest first: what each member adds is his own, so a crew costs the sum."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Member(NamedTuple):
    """Somebody who could join a visit: what that adds in cents, who, and whether he could lead it."""

    cents: int
    person: int
    can_lead: bool


Crew = tuple[int, tuple[int, ...]]  # cents, and the people in order


def cheapest_crews(
    members: Sequence[Member], size: int, must: frozenset[int] = frozenset(), *, wants_lead: bool
) -> Iterator[Crew]:
    """Every crew of some size, cheapest first, worked out as it is asked for.

    Args:
        members: who could join, each once.
        size: of the crew.
        must: who has to be of it; where he is not among the members there is no crew.
        wants_lead: whether one of the crew has to lead.
    """
    ranked = sorted(members)
    fixed = [member for member in ranked if member.person in must]
    if len(fixed) < len(must) or size < len(fixed):
        return
    rest = [member for member in ranked if member.person not in must]
    open_places, base = size - len(fixed), sum(member.cents for member in fixed)
    names = [member.person for member in fixed]
    if not wants_lead or any(member.can_lead for member in fixed):
        chosen = _subsets(rest, open_places)
    else:
        chosen = _led(rest, open_places)
    for cents, group in chosen:
        yield base + cents, tuple(sorted((*names, *(member.person for member in group))))


_Group = tuple[int, tuple[Member, ...]]


def _subsets(ranked: Sequence[Member], size: int) -> Iterator[_Group]:
    """All groups of a size out of members in order of cents, cheapest first."""
    if size > len(ranked):
        return
    first = tuple(range(size))
    queue = [(sum(ranked[at].cents for at in first), first)]
    seen = {first}
    while queue:
        cents, places = heapq.heappop(queue)
        yield cents, tuple(ranked[at] for at in places)
        for n, at in enumerate(places):
            following = places[n + 1] if n + 1 < size else len(ranked)
            moved = (*places[:n], at + 1, *places[n + 1 :])
            if at + 1 < following and moved not in seen:
                seen.add(moved)
                heapq.heappush(queue, (cents + ranked[at + 1].cents - ranked[at].cents, moved))


def _led(ranked: Sequence[Member], size: int) -> Iterator[_Group]:
    """The groups with somebody who can lead: by their first leader, so that each comes once."""
    leaders = [at for at, member in enumerate(ranked) if member.can_lead]
    if size < 1 or size > len(ranked):
        return
    least = sum(member.cents for member in ranked[: size - 1])
    streams: list[tuple[int, int, tuple[Member, ...], Iterator[_Group]]] = []
    waiting = iter(leaders)
    leader = next(waiting, None)
    while streams or leader is not None:
        while leader is not None and (not streams or ranked[leader].cents + least <= streams[0][0]):
            _push(streams, leader, _under(ranked, leader, size))
            leader = next(waiting, None)
        if streams:
            cents, number, group, stream = heapq.heappop(streams)
            yield cents, group
            _push(streams, number, stream)


def _push(
    streams: list[tuple[int, int, tuple[Member, ...], Iterator[_Group]]], leader: int, own: Iterator[_Group]
) -> None:
    found = next(own, None)
    if found is not None:
        heapq.heappush(streams, (found[0], leader, found[1], own))


def _under(ranked: Sequence[Member], leader: int, size: int) -> Iterator[_Group]:
    """The groups whose first leader is at a place."""
    others = [member for at, member in enumerate(ranked) if at > leader or (at < leader and not member.can_lead)]
    for cents, group in _subsets(others, size - 1):
        yield cents + ranked[leader].cents, (ranked[leader], *group)
