"""Labelling: the cheapest horizons of one inspector at given prices.

Nodes are the visits that the inspector could take, in order of their first slot. A label is a way to have come to the
end of a node: its cost so far, the days worked in the calendar week, the run of days that ends there, and which
critical things (`critical`) it has used. A way through home is split there: a home label says from which day on
the inspector is free again. So pairs of nodes matter only where no home lies between them: on the same day, and for
nights away that are cheaper than going home or that home does not allow.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scheduler.columns.dominance import NONE, put
from scheduler.compiled import Bytes, Flags, Floats, Ints, Longs, Masks, compiled
from scheduler.tables.legs import NO_LEG


class Nodes(NamedTuple):
    """The nodes of one inspector, in order of first slot.

    Attributes:
        pair: numbers in `tables.pairs`.
        first, last, site, request: of the option.
        gain: cents that the node is worth less what it costs by itself; any sign.
        out, out_days, back, back_days: the ways from and to home, -1 days where there is none.
        room: visits to the site that rotation leaves.
        work: `[node, same day, days of the week worked]`: cents of the days that a node adds; infinite: too many.
        worked: the days of the week worked then, in the week of the node's last day.
    """

    pair: Longs
    first: Ints
    last: Ints
    site: Ints
    request: Ints
    gain: Floats
    out: Floats
    out_days: Bytes
    back: Floats
    back_days: Bytes
    room: Ints
    work: Floats
    worked: Ints


class Person(NamedTuple):
    """What is asked of the inspector alone, and where he starts.

    Attributes:
        fresh: days of the week worked before the plan adds any, by day of the horizon.
        run_at: the run of days worked before the plan that ends on a day (index day + 1), 0 for none.
        start_day: the day on which he is at the place given; -2 for who starts at home.
        start_legs: `[limit, site]` legs from there: midday, relocate, free day.
    """

    night: float
    travel_day: float
    may_travel: Flags
    most_run: int
    rises: bool
    fresh: Ints
    run_at: Ints
    start_day: int
    start_legs: Ints
    start_back: float
    start_back_days: int


class Legs(NamedTuple):
    """Legs between sites in cents, and what limits nights away."""

    midday: Ints
    relocate: Ints
    free_day: Ints
    away_nights: int
    week_of: Ints


class Critical(NamedTuple):
    """What labels remember: bits of requests (at most one visit) and of sites (as many as rotation leaves).

    Attributes:
        request_bit: by node: the bit of its request, 0 for none.
        site_bits: by node: the bits of its site, lowest free one taken by a visit; 0 for none.
        alive: by slot: the bits that any node from this slot on could still use.
    """

    request_bit: Masks
    site_bits: Masks
    alive: Masks


class Floor(NamedTuple):
    """What the rest of a path costs at least, and below which limit paths are wanted.

    Attributes:
        rest: by node: from its end on.
        value: by day + 1: from home on that day on; 0 at most, as one may stay there.
        limit: only paths cheaper than this are wanted.
    """

    rest: Floats
    value: Floats
    limit: float


class Pool(NamedTuple):
    """Labels in parallel arrays, with room for a limited number."""

    cost: Floats
    mask: Masks
    worked: Ints
    run: Ints
    node: Ints
    parent: Ints
    following: Ints


def pool_of(size: int) -> Pool:
    """An empty pool."""
    ints = [np.empty(size, dtype=np.int32) for _ in range(5)]
    return Pool(np.empty(size), np.empty(size, dtype=np.uint64), *ints)


class Arcs(NamedTuple):
    """Ways between two nodes without home between, where that is cheaper or home not possible; by the later node.

    Attributes:
        of: `of[j] ... of[j + 1]` are the arcs into node `j`.
        source: the earlier nodes.
        cents: of the way.
    """

    of: Longs
    source: Ints
    cents: Floats


@compiled
def arcs_of(nodes: Nodes, person: Person, legs: Legs) -> Arcs:
    """The arcs between an inspector's nodes."""
    first, last, site, request = nodes.first, nodes.last, nodes.site, nodes.request
    out, out_days, back, back_days = nodes.out, nodes.out_days, nodes.back, nodes.back_days
    midday, relocate, free_day, away_nights, _ = legs
    night, travel_day, may_travel = person.night, person.travel_day, person.may_travel
    count = len(first)
    of = np.zeros(count + 1, dtype=np.int64)
    source, cents_of = np.empty(8 * count + 64, dtype=np.int32), np.empty(8 * count + 64)
    arcs, low = 0, 0
    for j in range(count):
        day = first[j] // 2
        while low < j and last[low] // 2 < day - away_nights:
            low += 1
        if arcs + j >= len(source):
            source = np.concatenate((source, np.empty(len(source) + j, dtype=np.int32)))
            cents_of = np.concatenate((cents_of, np.empty(len(cents_of) + j)))
        for i in range(low, j):
            nights = day - last[i] // 2
            if last[i] >= first[j] or nights > away_nights or request[i] == request[j]:
                continue
            if nights == 0:
                cents = midday[site[i], site[j]]
                if cents >= NO_LEG:
                    continue
                source[arcs], cents_of[arcs] = i, cents
                arcs += 1
                continue
            home = np.inf
            if back_days[i] >= 0 and out_days[j] >= 0 and nights >= 1 + back_days[i] + out_days[j]:
                home = back[i] + out[j]
            if home <= nights * night:
                continue
            direct, free = relocate[site[i], site[j]], free_day[site[i], site[j]]
            cents = direct + nights * night if direct < NO_LEG else np.inf
            if nights > 1 and free < NO_LEG and free + travel_day + nights * night < cents:
                for between in range(last[i] // 2 + 1, day):
                    if may_travel[between + 1]:
                        cents = free + travel_day + nights * night
                        break
            if cents < home:
                source[arcs], cents_of[arcs] = i, cents
                arcs += 1
        of[j + 1] = arcs
    return Arcs(of, source[:arcs], cents_of[:arcs])


@compiled
def search(
    nodes: Nodes,
    person: Person,
    legs: Legs,
    arcs: Arcs,
    critical: Critical,
    floor: Floor,
    pool: Pool,
    days: int,
    from_day: int,
    from_node: int,
    apart: bool,
    best: Ints,
    best_cost: Floats,
) -> int:
    """Label the nodes; `best[node]` and `best_cost[node]` are the cheapest label that ends there and goes home.

    With `from_day` 0 or more the inspector is at home, fresh, and sets out on this day; `from_node` is the first node
    that begins then. With -1 he begins where he is. Labels that `floor` shows to end in nothing cheaper than its
    limit are left out. `apart`: labels of different masks are all kept. Gives the number of labels; as many as the pool
    holds means that the search was cut off and says nothing.
    """
    first, last, site = nodes.first, nodes.last, nodes.site
    gain, out, out_days, back, back_days = nodes.gain, nodes.out, nodes.out_days, nodes.back, nodes.back_days
    work, days_worked = nodes.work, nodes.worked
    request_bit, site_bits, alive = critical.request_bit, critical.site_bits, critical.alive
    cost, mask, worked, run = pool.cost, pool.mask, pool.worked, pool.run
    rest, value, limit = floor.rest, floor.value, floor.limit
    arc_of, source, arc_cents = arcs
    node, parent, following = pool.node, pool.parent, pool.following
    _, _, _, away_nights, week_of = legs
    night, travel_day, may_travel, most_run = person.night, person.travel_day, person.may_travel, person.most_run
    rises, fresh, run_at, start_day = person.rises, person.fresh, person.run_at, person.start_day
    start_legs, start_back, start_back_days = person.start_legs, person.start_back, person.start_back_days
    no_mask = np.uint64(0)
    size = len(cost)
    heads = np.full(len(first), NONE, dtype=np.int32)
    home = np.full(days + 3, NONE, dtype=np.int32)
    count = 0
    today = -1
    if from_day >= 0:
        today = from_day
        count = put(cost, mask, worked, run, node, parent, following, home, from_day + 1, count, rises,
                    apart, 0.0, no_mask, fresh[from_day], 0, NONE, NONE)  # fmt: skip
    elif start_day == -2:
        count = put(cost, mask, worked, run, node, parent, following, home, 0, count, rises,
                    apart, 0.0, no_mask, fresh[0], run_at[0], NONE, NONE)  # fmt: skip
    elif start_back_days >= 0:
        day = start_day + 1 + start_back_days
        if day < days:
            count = put(cost, mask, worked, run, node, parent, following, home, day + 1, count, rises,
                        apart, start_back, no_mask, fresh[day], run_at[day], NONE, NONE)  # fmt: skip
    for j in range(from_node, len(first)):
        best[j] = NONE
        best_cost[j] = np.inf
        f, end = first[j] // 2, last[j] // 2
        while today < f:  # who is at home waits a day
            label = home[today + 1]
            new_week = today < 0 or week_of[today + 1] != week_of[today]
            while label != NONE and count < size:
                if (from_day >= 0 and parent[label] == NONE) or cost[label] + value[today + 2] >= limit:
                    label = following[label]
                    continue
                if today < 0:
                    days_so_far, run_so_far = fresh[0], run_at[0]
                else:
                    days_so_far = fresh[today + 1] if new_week else worked[label]
                    run_so_far = run_at[today + 1]
                count = put(cost, mask, worked, run, node, parent, following, home, today + 2, count, rises,
                            apart, cost[label], mask[label] & alive[2 * (today + 1)], days_so_far, run_so_far,
                            node[label], parent[label])  # fmt: skip
                label = following[label]
            today += 1
        need, choice = request_bit[j], site_bits[j]
        taken = end - f + 1
        if out_days[j] >= 0:
            day = f - out_days[j]
            label = home[day + 1]
            while label != NONE and count < size:
                used = mask[label]
                free = choice & ~used
                if (used & need) == 0 and (choice == 0 or free != 0):
                    if out_days[j] == 0:
                        days_so_far, run_before = worked[label], run[label]
                    else:
                        days_so_far = fresh[f] if day < 0 or week_of[day] != week_of[f] else worked[label]
                        run_before = run_at[f]
                    total = cost[label] + out[j] - gain[j] + work[j, 0, days_so_far]
                    new_run = run_before + taken
                    if run_at[f + 1] > 0:  # worked before the plan began
                        new_run -= run_before + 1 - run_at[f + 1]
                    after = days_worked[j, 0, days_so_far]
                    if total < np.inf and new_run <= most_run and total + rest[j] < limit:
                        bits = used | need | (free & (~free + np.uint64(1)))
                        count = put(cost, mask, worked, run, node, parent, following, heads, j, count, rises,
                                    apart, total, bits & alive[last[j] + 1], after, new_run,
                                    j, parent[label])  # fmt: skip
                label = following[label]
        if start_day > -2 and from_day < 0:
            nights = f - start_day
            cents = np.inf
            if nights == 0:
                if start_legs[0, site[j]] < NO_LEG:
                    cents = float(start_legs[0, site[j]])
            elif nights > 0 and nights <= away_nights:
                if start_legs[1, site[j]] < NO_LEG:
                    cents = start_legs[1, site[j]] + nights * night
                for between in range(start_day + 1, f):
                    if may_travel[between + 1] and start_legs[2, site[j]] < NO_LEG:
                        cents = min(cents, start_legs[2, site[j]] + travel_day + nights * night)
            if cents < np.inf:
                total = cents - gain[j] + work[j, 0, fresh[f]]
                new_run = run_at[f] + taken
                if run_at[f + 1] > 0:
                    new_run = run_at[f + 1] + taken - 1
                after = days_worked[j, 0, fresh[f]]
                if total < np.inf and new_run <= most_run and total + rest[j] < limit:
                    bits = need | (choice & (~choice + np.uint64(1)))
                    count = put(cost, mask, worked, run, node, parent, following, heads, j, count, rises,
                                apart, total, bits & alive[last[j] + 1], after, new_run, j, NONE)  # fmt: skip
        for arc in range(arc_of[j], arc_of[j + 1]):
            i, cents = source[arc], arc_cents[arc]
            day = last[i] // 2
            nights = f - day
            label = heads[i]
            while label != NONE and count < size:
                used = mask[label]
                free = choice & ~used
                if (used & need) == 0 and (choice == 0 or free != 0):
                    same = 1 if nights == 0 else 0
                    days_so_far = worked[label] if nights == 0 or week_of[day] == week_of[f] else fresh[f]
                    total = cost[label] + cents - gain[j] + work[j, same, days_so_far]
                    new_run = taken + (run[label] - same if nights <= 1 else 0)
                    after = days_worked[j, same, days_so_far]
                    if total < np.inf and new_run <= most_run and total + rest[j] < limit:
                        bits = used | need | (free & (~free + np.uint64(1)))
                        count = put(cost, mask, worked, run, node, parent, following, heads, j, count, rises,
                                    apart, total, bits & alive[last[j] + 1], after, new_run, j, label)  # fmt: skip
                label = following[label]
        if back_days[j] >= 0:
            day = end + 1 + back_days[j]
            label = heads[j]
            while label != NONE and count < size:
                total = cost[label] + back[j]
                if total < best_cost[j]:
                    best_cost[j], best[j] = total, label
                if day < days and total + value[day + 1] < limit:
                    days_so_far = worked[label] if week_of[day] == week_of[end] else fresh[day]
                    count = put(cost, mask, worked, run, node, parent, following, home, day + 1, count, rises,
                                apart, total, mask[label] & alive[2 * day], days_so_far,
                                run[label] if back_days[j] == 0 else 0, NONE, label)  # fmt: skip
                label = following[label]
    return count
