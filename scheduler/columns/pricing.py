"""Pricing: columns of negative reduced cost, and the least reduced cost of each inspector where it is proven.

Elementarity by decremental state space (Righini and Salani, 2008): labels remember nothing at first; what the cheapest
path repeats becomes critical and the search is made anew, until the cheapest path is a horizon that keeps every rule.
To prove that nothing is cheaper all nodes are searched, day by day from the end (`floor`).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scheduler.columns.floor import least_work, rest_of
from scheduler.columns.labels import NONE, Arcs, Floor, Legs, Nodes, Person, Pool, arcs_of, search
from scheduler.columns.nodes import choose, critical_of, nodes_of, person_of
from scheduler.compiled import Flags, Floats, Ints, Longs, compiled
from scheduler.tables.pairs import NO_LIMIT
from scheduler.tables.tables import Tables

LONGEST = 28 * 2  # visits of one horizon at most: one a slot
NEAR = 1000.0  # cents above the cheapest horizon known up to which others are looked for, as columns
PENNY = 1e-4  # cents; a horizon cheaper by less is not cheaper


class Memory(NamedTuple):
    """What is remembered from one pricing to the next; any content gives the same answers, sooner or later.

    Attributes:
        requests, sites: `[inspector, number]`: what labels had to remember.
    """

    requests: Flags
    sites: Flags


class Found(NamedTuple):
    """What pricing gives.

    Attributes:
        person, cents: by column: whose, and its cost less its gains.
        of: `of[c] ... of[c + 1]` are the entries of column `c` in `pairs`.
        pairs: the visits of the columns, in order of time.
        least: by inspector asked: no horizon of his costs less, gains taken off; -inf where nothing is proven.
    """

    person: Ints
    cents: Floats
    of: Longs
    pairs: Ints
    least: Floats


def memory_of(tables: Tables) -> Memory:
    """Nothing remembered yet."""
    people, requests, sites = len(tables.idle), len(tables.options.unserved), tables.midday.shape[0]
    return Memory(
        np.zeros((people, requests), dtype=np.bool_),
        np.zeros((people, max(1, sites)), dtype=np.bool_),
    )


@compiled
def price(
    tables: Tables,
    gain: Floats,
    wanted: Floats,
    asked: Ints,
    memory: Memory,
    pool: Pool,
    most_nodes: int,
    proves: bool,
    most_repeats: int,
    most_columns: int,
) -> Found:
    """Price some inspectors at given gains.

    Args:
        tables: the problem.
        gain: cents that each pair is worth, less what it costs by itself (`Pairs.node`).
        wanted: by inspector: a column is given if its cost less its gains is below.
        asked: which inspectors.
        memory: of earlier pricings; changed.
        pool: room for labels.
        most_nodes: nodes worth something that are looked at first, for each inspector.
        proves: whether all nodes are looked at then, until `least` is the least.
        most_repeats: searches at most for each inspector, each time.
        most_columns: columns given at most for each.
    """
    options, pairs, people, days = tables.options, tables.pairs, tables.people, tables.days
    legs = Legs(tables.midday, tables.relocate, tables.free_day, tables.away_nights, tables.week_of)
    room = len(asked) * most_columns * 2
    who, cents = np.empty(room, dtype=np.int32), np.empty(room)
    of = np.zeros(room + 1, dtype=np.int64)
    entries = np.empty((room + 1) * LONGEST, dtype=np.int32)
    least = np.full(len(asked), -np.inf)
    columns = 0
    for at in range(len(asked)):
        i = asked[at]
        low, high = pairs.of[i], pairs.of[i + 1]
        idle = float(tables.idle[i])
        requests, sites = memory.requests[i], memory.sites[i]
        person = person_of(
            people, i, tables.week_of, days, tables.start_midday, tables.start_relocate, tables.start_free,
            tables.start_back, tables.start_back_days,
        )  # fmt: skip
        chosen = choose(gain, pairs, low, high, most_nodes)
        nodes = nodes_of(chosen, gain, options, pairs, people, i, tables.week_of)
        arcs = arcs_of(nodes, person, legs)
        best, best_cost = np.empty(len(chosen), dtype=np.int32), np.empty(len(chosen))
        floor = Floor(np.full(len(chosen), -np.inf), np.full(days + 3, -np.inf), np.inf)
        cheapest, _ = _elementary(
            nodes, person, legs, arcs, floor, requests, sites, pool, days, -1, 0, most_repeats, best, best_cost
        )
        cheapest = min(cheapest, idle)
        columns = _collect(nodes, pool, best, best_cost, wanted[i], most_columns, i, who, cents, of, entries, columns)
        if not proves:
            continue
        nodes = nodes_of(np.arange(low, high), gain, options, pairs, people, i, tables.week_of)
        count = len(nodes.first)
        arcs = arcs_of(nodes, person, legs)
        work = least_work(nodes, person.rises, person.fresh)
        best, best_cost = np.empty(count, dtype=np.int32), np.empty(count)
        value, rest = np.zeros(days + 3), np.full(count, np.inf)
        ended = True
        node = count
        for day in range(days - 1, -2, -1):
            later = node
            while node > 0 and nodes.first[node - 1] // 2 >= day:
                node -= 1
            rest_of(nodes, arcs, work, value, days, rest, node, later)
            if day < 0:
                break
            value[day + 1] = value[day + 2]
            limit = value[day + 1] - PENNY
            found, ended = _elementary(
                nodes, person, legs, arcs, Floor(rest, value, limit), requests, sites, pool, days, day, node,
                most_repeats + 20, best, best_cost,
            )  # fmt: skip
            value[day + 1] = min(value[day + 1], found)
            if not ended:
                break
        if not ended:
            continue
        limit = cheapest + NEAR
        found, ended = _elementary(
            nodes, person, legs, arcs, Floor(rest, value, limit), requests, sites, pool, days, -1, 0,
            most_repeats + 20, best, best_cost,
        )  # fmt: skip
        if ended:
            least[at] = min(cheapest, found)
        # above the limit a way may be cheaper than the label says: the label of the cheaper one was left out
        below = min(wanted[i], limit)
        columns = _collect(nodes, pool, best, best_cost, below, most_columns, i, who, cents, of, entries, columns)
    return Found(who[:columns], cents[:columns], of[: columns + 1], entries[: of[columns]], least)


@compiled
def _elementary(
    nodes: Nodes,
    person: Person,
    legs: Legs,
    arcs: Arcs,
    floor: Floor,
    requests: Flags,
    sites: Flags,
    pool: Pool,
    days: int,
    from_day: int,
    from_node: int,
    most_repeats: int,
    best: Ints,
    best_cost: Floats,
) -> tuple[float, bool]:
    """Search until the cheapest path keeps every rule: its cost (infinite for none below the floor's limit).

    Also whether it came so far. Cut short, the cost is that of the cheapest path found that does keep the rules.
    """
    path = np.empty(LONGEST, dtype=np.int32)
    if len(best) == from_node:
        return np.inf, True
    for _ in range(most_repeats):
        critical = critical_of(nodes, requests, sites, 2 * days)
        labels = search(nodes, person, legs, arcs, critical, floor, pool, days, from_day, from_node, best, best_cost)
        if labels >= len(pool.cost):
            best[:] = NONE
            best_cost[:] = np.inf
            return np.inf, False
        top = from_node + np.argmin(best_cost[from_node:])
        if best_cost[top] == np.inf:
            return np.inf, True
        length = _path(pool, best[top], path)
        if not _repeats(nodes, path, length, requests, sites, True):
            return best_cost[top], True
    cheapest = np.inf
    for n in range(from_node, len(best)):
        if best_cost[n] < cheapest:
            length = _path(pool, best[n], path)
            if not _repeats(nodes, path, length, requests, sites, False):
                cheapest = best_cost[n]
    return cheapest, False


@compiled
def _collect(
    nodes: Nodes,
    pool: Pool,
    best: Ints,
    best_cost: Floats,
    wanted: float,
    most: int,
    person: int,
    who: Ints,
    cents: Floats,
    of: Longs,
    entries: Ints,
    columns: int,
) -> int:
    """Add the cheapest paths that keep every rule to the columns; gives how many there are then."""
    path = np.empty(LONGEST, dtype=np.int32)
    none = np.zeros(0, dtype=np.bool_)
    given = 0
    for n in np.argsort(best_cost):
        if given >= most or best_cost[n] >= wanted or best[n] == NONE:
            break
        length = _path(pool, best[n], path)
        if _repeats(nodes, path, length, none, none, False):
            continue
        start = of[columns]
        for step in range(length):
            entries[start + step] = nodes.pair[path[step]]
        who[columns], cents[columns] = person, best_cost[n]
        of[columns + 1] = start + length
        columns += 1
        given += 1
    return columns


@compiled
def _path(pool: Pool, label: int, path: Ints) -> int:
    """The nodes of the path that ends with a label, in order of time, into `path`; gives how many."""
    node, parent = pool.node, pool.parent
    length = 0
    while label != NONE:
        path[length] = node[label]
        length += 1
        label = parent[label]
    for step in range(length // 2):
        path[step], path[length - 1 - step] = path[length - 1 - step], path[step]
    return length


@compiled
def _repeats(nodes: Nodes, path: Ints, length: int, requests: Flags, sites: Flags, learn: bool) -> bool:
    """Whether a path serves a request twice or is at a site more often than rotation leaves; `learn`: mark it."""
    found = False
    for a in range(length):
        request, site, room = nodes.request[path[a]], nodes.site[path[a]], nodes.room[path[a]]
        times = 1
        for b in range(a):
            if nodes.request[path[b]] == request:
                found = True
                if learn:
                    requests[request] = True
            if nodes.site[path[b]] == site and nodes.room[path[b]] < NO_LIMIT:
                times += 1
        if room < NO_LIMIT and times > room:
            found = True
            if learn:
                sites[site] = True
    return found
