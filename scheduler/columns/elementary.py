"""The cheapest horizon that keeps every rule, by labels that remember only what they must.

Decremental state space (Righini and Salani, 2008): labels remember nothing at first; what the cheapest path repeats
becomes critical and the search is made anew, until the cheapest path is a horizon.
"""

from __future__ import annotations

import numpy as np

from scheduler.columns.dominance import NONE
from scheduler.columns.floor import least_work, rest_of
from scheduler.columns.labels import Arcs, Floor, Legs, Nodes, Person, Pool, search
from scheduler.columns.multipliers import LONGEST
from scheduler.columns.nodes import critical_of
from scheduler.compiled import Flags, Floats, Ints, compiled
from scheduler.tables.pairs import NO_LIMIT

PENNY = 1e-6  # cents; a horizon cheaper by less is not cheaper


@compiled
def exact(
    nodes: Nodes,
    person: Person,
    legs: Legs,
    arcs: Arcs,
    limit: float,
    requests: Flags,
    sites: Flags,
    pool: Pool,
    days: int,
    most_repeats: int,
    best: Ints,
    best_cost: Floats,
) -> tuple[float, bool]:
    """The cheapest horizon below a limit, infinite where there is none; and whether that is proven.

    Day by day from the end: the values of later days are floors for the days before (`floor`).
    """
    count = len(nodes.first)
    work = least_work(nodes, person.rises, person.fresh)
    value, rest = np.zeros(days + 3), np.full(count, np.inf)
    node = count
    for day in range(days - 1, -2, -1):
        later = node
        while node > 0 and nodes.first[node - 1] // 2 >= day:
            node -= 1
        rest_of(nodes, arcs, work, value, days, rest, node, later)
        if day < 0:
            break
        value[day + 1] = value[day + 2]
        found, ended = elementary(
            nodes, person, legs, arcs, Floor(rest, value, value[day + 1] - PENNY), requests, sites, pool, days, day,
            node, most_repeats, best, best_cost,
        )  # fmt: skip
        if not ended:
            best[:] = NONE
            best_cost[:] = np.inf
            return np.inf, False
        value[day + 1] = min(value[day + 1], found) - PENNY
    return elementary(
        nodes, person, legs, arcs, Floor(rest, value, limit), requests, sites, pool, days, -1, 0, most_repeats, best,
        best_cost,
    )  # fmt: skip


@compiled
def elementary(
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
        labels = search(
            nodes, person, legs, arcs, critical, floor, pool, days, from_day, from_node, False, best, best_cost
        )  # fmt: skip
        if labels >= len(pool.cost):
            best[:] = NONE
            best_cost[:] = np.inf
            return np.inf, False
        top = from_node + np.argmin(best_cost[from_node:])
        if best_cost[top] == np.inf:
            return np.inf, True
        length = path_to(pool, best[top], path)
        if not repeats(nodes, path, length, requests, sites, True):
            return best_cost[top], True
    cheapest = np.inf
    for n in range(from_node, len(best)):
        if best_cost[n] < cheapest:
            length = path_to(pool, best[n], path)
            if not repeats(nodes, path, length, requests, sites, False):
                cheapest = best_cost[n]
    return cheapest, False


@compiled
def path_to(pool: Pool, label: int, path: Ints) -> int:
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
def repeats(nodes: Nodes, path: Ints, length: int, requests: Flags, sites: Flags, learn: bool) -> bool:
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
