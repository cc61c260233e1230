"""All horizons below a limit: with a plan and a floor near each other these are few, and no cheaper plan has others.

Route enumeration as Baldacci, Christofides and Mingozzi (2008) do it. Of horizons that serve the same requests (with a
crew: the same visits) the cheapest is enough.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scheduler.columns.dominance import NONE
from scheduler.columns.elementary import path_to, repeats
from scheduler.columns.floor import least_work, rest_of
from scheduler.columns.labels import Arcs, Critical, Floor, Nodes, Person, Pool, arcs_of, search
from scheduler.columns.memory import Memory
from scheduler.columns.multipliers import LONGEST, Prices, ask_of, relax, tighten
from scheduler.columns.nodes import BITS, nodes_of
from scheduler.columns.pricing import legs_of, person_alone
from scheduler.columns.relaxed import kept, visits_of
from scheduler.compiled import Floats, Ints, Longs, compiled
from scheduler.tables import Tables

STEPS = 200  # of the prices of an inspector's rules


class Every(NamedTuple):
    """Horizons of one inspector.

    Attributes:
        cents: by horizon: its cost less its gains.
        of, pairs: `of[h] ... of[h + 1]` are its visits in `pairs`, in order of time.
        is_whole: whether they are all there are.
    """

    cents: Floats
    of: Longs
    pairs: Longs
    is_whole: bool


@compiled
def every(tables: Tables, gain: Floats, person: int, limit: float, memory: Memory, pool: Pool, most: int) -> Every:
    """The horizons of an inspector that cost less than a limit, gains taken off; at most so many.

    Some that serve the same are given more than once, at different costs.
    """
    days, options = tables.days, tables.options
    alone, legs = person_alone(tables, person), legs_of(tables)
    ask = ask_of(tables.people, person, tables.week_of, days)
    prices = Prices(memory.fine[person], memory.rate[person], memory.strain[person])
    visits = visits_of(tables.pairs, options, gain, tables.pairs.of[person], tables.pairs.of[person + 1])
    idle = float(tables.idle[person])
    _, through, _ = relax(visits, alone, legs, ask, prices, days, idle, limit)
    left = through < limit
    visits, _ = tighten(kept(visits, left), through[left], alone, legs, ask, prices, days, idle, limit, 0, STEPS)
    nodes = nodes_of(visits.pair, gain, options, tables.pairs, tables.people, person, tables.week_of)
    count = len(nodes.first)
    cents, of = np.empty(most), np.zeros(most + 1, dtype=np.int64)
    pairs = np.empty(most * LONGEST, dtype=np.int64)
    critical, fits = _bits(nodes, options.crew, options.request, tables.pairs.option, 2 * days)
    if not fits:
        return Every(cents[:0], of[:1], pairs[:0], False)
    arcs = arcs_of(nodes, alone, legs)
    best, best_cost = np.empty(count, dtype=np.int32), np.empty(count)
    labels = search(
        nodes, alone, legs, arcs, critical, _floor(nodes, alone, arcs, days, limit), pool, days, -1, 0, True, best,
        best_cost,
    )  # fmt: skip
    if labels >= len(pool.cost):
        return Every(cents[:0], of[:1], pairs[:0], False)
    path = np.empty(LONGEST, dtype=np.int32)
    none = np.zeros(0, dtype=np.bool_)
    found = 0
    for label in range(labels):
        node = pool.node[label]
        if node == NONE or nodes.back_days[node] < 0 or pool.cost[label] + nodes.back[node] >= limit:
            continue
        length = path_to(pool, label, path)
        if repeats(nodes, path, length, none, none, False):
            continue
        if found == most:
            return Every(cents[:0], of[:1], pairs[:0], False)
        for step in range(length):
            pairs[of[found] + step] = nodes.pair[path[step]]
        cents[found] = pool.cost[label] + nodes.back[node]
        of[found + 1] = of[found] + length
        found += 1
    return Every(cents[:found], of[: found + 1], pairs[: of[found]], True)


@compiled
def _bits(nodes: Nodes, crew: Ints, request_of: Ints, option_of: Ints, slots: int) -> tuple[Critical, bool]:
    """A bit for what each node serves: its request, with a crew its visit; and whether there are enough."""
    count = len(nodes.first)
    bits = np.zeros(count, dtype=np.uint64)
    given = np.empty(BITS, dtype=np.int64)
    used = 0
    for n in range(count):
        option = option_of[nodes.pair[n]]
        served = request_of[option] if crew[option] == 1 else -1 - option
        bit = 0
        while bit < used and given[bit] != served:
            bit += 1
        if bit == BITS:
            used = BITS + 1
            break
        given[bit] = served
        used = max(used, bit + 1)
        bits[n] = np.uint64(1) << np.uint64(bit)
    none = np.zeros(count, dtype=np.uint64)
    alive = np.full(slots + 1, ~np.uint64(0), dtype=np.uint64)
    return Critical(bits, none, alive), used <= BITS


@compiled
def _floor(nodes: Nodes, alone: Person, arcs: Arcs, days: int, limit: float) -> Floor:
    """What the rest of a path costs at least."""
    count = len(nodes.first)
    work = least_work(nodes, alone.rises, alone.fresh)
    value, rest = np.zeros(days + 3), np.full(count, np.inf)
    node = count
    for day in range(days - 1, -2, -1):
        later = node
        while node > 0 and nodes.first[node - 1] // 2 >= day:
            node -= 1
        rest_of(nodes, arcs, work, value, days, rest, node, later)
        if day < 0:
            break
        value[day + 1] = min(value[day + 1], value[day + 2])
        for j in range(node, later):
            if nodes.out_days[j] >= 0:
                at = max(0, day - nodes.out_days[j] + 1)
                value[at] = min(value[at], nodes.out[j] - nodes.gain[j] + work[j, 0] + rest[j])
    value[0] = min(value[0], value[1])
    return Floor(rest, value, limit)
