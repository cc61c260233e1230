"""The part of a problem that a routing model can say: who goes alone from which visit to which, and at what price.

A node is one visit of one inspector: a request in a mode with a crew of one, from one start. So every arc knows its
days, and its cents are exact: legs, travel days, nights, premiums, affinity, changes, and a day's pay for every day
that the visit before has not paid already. What an arc cannot know is how many days were worked before: a day's pay is
the mean of a week's first days. The half-days of a week, and of as many days as nobody may work in a row, are loads.
Rotation is left out, and crews are decided before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from scheduler.compiled import Bytes, Flags, Ints, Longs, compiled
from scheduler.tables import NO_LEG, Tables
from tests.benchmarks.peers.draft import Draft

FORBIDDEN = 100_000_000  # cents of an arc that no rule allows: more than all requests of a region are worth
USUAL_DAYS = 5  # of a week, whose mean pay an arc takes


class Nodes(NamedTuple):
    """The nodes of some inspectors' routes, numbered by request, mode and start.

    Attributes:
        option: which visit.
        group: the nodes of each request, which exclude one another.
        owner: the row of the inspector who has to go, -1 where it is open who does: a place in a crew.
        people: the inspectors.
        pairs: `[inspector, node]`: the number of the pair, -1 where there is none.
        pay: by inspector: the mean pay of a day.
    """

    option: Longs
    group: Sequence[range]
    owner: Longs
    people: Sequence[int]
    pairs: Ints
    pay: Longs


def nodes_of(draft: Draft, tables: Tables, people: Sequence[int], requests: Sequence[int]) -> Nodes:
    """The nodes of some requests for some inspectors, after those of the crews that a draft has decided.

    A request that is served by a crew, or that none of the inspectors could serve alone, has no other.
    """
    options, pairs = tables.options, tables.pairs
    pair_of = np.full((len(people), len(options.first)), -1, dtype=np.int32)
    for row, person in enumerate(people):
        own = np.arange(pairs.of[person], pairs.of[person + 1])
        pair_of[row, pairs.option[own]] = own
    crews = {request: crew for request, (_, crew) in draft.served.items() if len(crew) > 1}
    row_of = {person: row for row, person in enumerate(people)}
    chosen: list[int] = []
    owner: list[int] = []
    for request in requests:
        places = [row_of[person] for person in crews.get(request, ()) if person in row_of]
        chosen += [draft.number_of(request)] * len(places) if places else []
        owner += places
    groups = []
    possible = (options.crew == 1) & (pair_of >= 0).any(axis=0)
    for request in requests:
        own_options = np.arange(options.of[request], options.of[request + 1])
        found = own_options[possible[own_options]].tolist() if request not in crews else []
        if found:
            groups.append(range(len(chosen), len(chosen) + len(found)))
            chosen += found
    option, who = np.array(chosen, dtype=np.int64), np.full(len(chosen), -1, dtype=np.int64)
    who[: len(owner)] = owner
    may = np.ascontiguousarray(pair_of[:, option])
    for node, row in enumerate(owner):
        may[np.arange(len(people)) != row, node] = -1
    return Nodes(option, groups, who, people, may, _pay(tables, people))


def _pay(tables: Tables, people: Sequence[int]) -> Longs:
    found = []
    for person in people:
        done, most = int(tables.people.done[person, 0]), int(tables.people.most_days[person])
        costs = tables.people.day_cost[person, : max(1, most)][done:][:USUAL_DAYS]
        found.append(int(costs.mean()) if len(costs) else 0)
    return np.array(found, dtype=np.int64)


class Loads(NamedTuple):
    """How much may be done within some spans of days: `[node, span]` half-days, `[inspector, span]` the most."""

    taken: Longs
    most: Longs


def loads_of(tables: Tables, nodes: Nodes) -> Loads:
    """The half-days that weeks, and runs of days, leave to each inspector; two half-days count as a day."""
    people, options, far = tables.people, tables.options, 2 * tables.days
    weeks = tables.week_of[: tables.days]
    spans = [np.flatnonzero(weeks == week) for week in range(int(weeks.max()) + 1)]
    most = [
        [2 * max(0, int(people.most_days[p] - people.done[p, week])) for p in nodes.people]
        for week in range(len(spans))
    ]
    runs = [(max(0, int(people.most_run[p] - people.run_before[p])), int(people.most_run[p])) for p in nodes.people]
    for length in sorted({first for first, _ in runs if first < tables.days}):
        spans.append(np.arange(length + 1))
        most.append([2 * length if first == length else far for first, _ in runs])
    for length in sorted({later for _, later in runs if later < tables.days}):
        for begin in range(tables.days - length):
            spans.append(np.arange(begin, begin + length + 1))
            most.append([2 * length if later == length else far for _, later in runs])
    slots = [range(a, b + 1) for a, b in zip(options.first[nodes.option], options.last[nodes.option], strict=True)]
    taken = [[sum(slot // 2 in span for slot in own) for span in map(set, spans)] for own in slots]
    return Loads(np.array(taken, dtype=np.int64), np.array(most, dtype=np.int64).T)


def arcs_of(tables: Tables, nodes: Nodes, row: int) -> Longs:
    """Cents from node to node for one of the inspectors; the row and column after the last node are his home."""
    options, pairs, people = tables.options, tables.pairs, tables.people
    person = nodes.people[row]
    start = int(people.start_row[person])
    legs = (
        (tables.start_midday[start], tables.start_relocate[start], tables.start_free[start])
        if start >= 0
        else (np.zeros(0, dtype=np.int32),) * 3
    )
    back = (int(tables.start_back[start]), int(tables.start_back_days[start])) if start >= 0 else (0, 0)
    return _arcs(
        nodes.pairs[row],
        options.first[nodes.option],
        options.last[nodes.option],
        options.site[nodes.option],
        (pairs.node, pairs.out, pairs.out_days, pairs.back, pairs.back_days),
        (tables.midday, tables.relocate, tables.free_day),
        legs,
        (start, int(people.start_slot[person]), back[0], back[1]),
        people.may_travel[person],
        _dues(people.premium[person], people.sunk[person], int(nodes.pay[row])),
        (int(people.night[person]), int(people.travel_day[person]), tables.away_nights),
    )


def _dues(premium: Ints, sunk: Flags, pay: int) -> Longs:
    """What a day of work costs by itself, by day."""
    return np.asarray(premium + np.where(sunk[: len(premium)], 0, pay), dtype=np.int64)


@compiled
def _arcs(  # noqa: PLR0917 - a kernel takes its arrays one by one
    pair: Ints,
    first: Ints,
    last: Ints,
    site: Ints,
    costs: tuple[Longs, Longs, Bytes, Longs, Bytes],
    between: tuple[Ints, Ints, Ints],
    from_start: tuple[Ints, Ints, Ints],
    begun: tuple[int, int, int, int],
    may_travel: Flags,
    dues: Longs,
    prices: tuple[int, int, int],
) -> Longs:
    node, out, out_days, back, back_days = costs
    midday, relocate, free_day = between
    start, start_slot, start_back, start_back_days = begun
    count = len(pair)
    cents = np.full((count + 1, count + 1), FORBIDDEN, dtype=np.int64)
    for node_to_itself in range(count + 1):
        cents[node_to_itself, node_to_itself] = 0
    for b in range(count):
        to, at, day = pair[b], site[b], first[b] // 2
        if to < 0:
            continue
        worth = node[to] + dues[day : last[b] // 2 + 1].sum()
        if back_days[to] >= 0:
            cents[b, count] = back[to]
        first_out = (out[to], out_days[to])
        if start >= 0:
            road = (from_start[0][at], from_start[1][at], from_start[2][at])
            begin = (start_slot - 1) // 2
            cost = _cheapest(begin, day, road, (start_back, start_back_days), first_out, may_travel, prices)
            if cost < FORBIDDEN:
                cents[count, b] = max(0, worth + cost)
        elif out_days[to] >= 0:
            cents[count, b] = max(0, worth + out[to])
        for a in range(count):
            if pair[a] < 0 or last[a] >= first[b]:
                continue
            left = last[a] // 2
            legs = (midday[site[a], at], relocate[site[a], at], free_day[site[a], at])
            over_home = (back[pair[a]], back_days[pair[a]])
            cost = _cheapest(left, day, legs, over_home, first_out, may_travel, prices)
            if cost < FORBIDDEN:
                cents[a, b] = max(0, worth + cost - (dues[day] if left == day else 0))
    return cents


@compiled
def _cheapest(  # noqa: PLR0917 - a kernel takes its arrays one by one
    left: int,
    day: int,
    legs: tuple[int, int, int],
    home: tuple[int, int],
    out: tuple[int, int],
    may_travel: Flags,
    prices: tuple[int, int, int],
) -> int:
    """The cheapest move between two days: at midday, over home, along the road, or on a day of its own."""
    night, travel_day, away_nights = prices
    nights = day - left
    if nights == 0:
        return legs[0] if legs[0] < NO_LEG else FORBIDDEN
    best = FORBIDDEN
    if home[1] >= 0 and out[1] >= 0 and nights >= 1 + home[1] + out[1]:
        best = home[0] + out[0]
    if nights > away_nights:
        return best
    if legs[1] < NO_LEG:
        best = min(best, legs[1] + nights * night)
    if legs[2] < NO_LEG and may_travel[left + 2 : day + 1].any():
        best = min(best, legs[2] + travel_day + nights * night)
    return best
