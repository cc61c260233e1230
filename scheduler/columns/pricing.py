"""Pricing: columns of negative reduced cost, and floors under the least reduced cost of each inspector.

The relaxation (`relaxed`) says which visits something cheap could lead through, and what nothing can be cheaper than.
The most promising are labelled; where proof is asked for, so are all those through which anything cheaper than what is
known could lead (`elementary`).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scheduler.columns.dominance import NONE
from scheduler.columns.elementary import PENNY, elementary, exact, path_to, repeats
from scheduler.columns.labels import Floor, Legs, Nodes, Person, Pool, arcs_of
from scheduler.columns.memory import LISTED, Memory, held, keep_listed, listed, memory_of
from scheduler.columns.multipliers import LONGEST, Prices, ask_of, first_rate, relax, tighten
from scheduler.columns.nodes import choose, nodes_of, person_of
from scheduler.columns.relaxed import kept, visits_of
from scheduler.compiled import Floats, Ints, Longs, compiled
from scheduler.tables.tables import Tables

__all__ = ["Found", "Memory", "memory_of", "price"]

NEAR = 1000.0  # cents above the cheapest horizon known up to which others are looked for, as columns
FEW = 30  # visits that are labelled faster than left out
STEPS = 25  # of the prices of an inspector's rules in one pricing


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


class _Columns(NamedTuple):
    """Room for the columns found; fields as in `Found`, `made` holds how many there are."""

    person: Ints
    cents: Floats
    of: Longs
    pairs: Ints
    made: Longs


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
    most_left: int,
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
        most_nodes: nodes that are labelled first, for each inspector.
        proves: whether all visits are looked at, so that `least` is a floor; nearly always the least itself. Otherwise
            only those that were promising when that was last asked.
        most_left: visits left by the relaxation above which it has the last word.
        most_repeats: searches at most for each inspector, each time.
        most_columns: columns given at most for each.
    """
    room = len(asked) * most_columns * 2
    columns = _Columns(
        np.empty(room, dtype=np.int32),
        np.empty(room),
        np.zeros(room + 1, dtype=np.int64),
        np.empty((room + 1) * LONGEST, dtype=np.int32),
        np.zeros(1, dtype=np.int64),
    )
    least = np.full(len(asked), -np.inf)
    for at in range(len(asked)):
        person = asked[at]
        if proves:
            least[at] = _proven(
                tables, gain, wanted[person], person, memory, pool, most_nodes, most_left, most_repeats, most_columns,
                columns,
            )  # fmt: skip
        else:
            low, high = tables.pairs.of[person], tables.pairs.of[person + 1]
            chosen = listed(memory, person)
            if len(chosen) == 0:
                chosen = choose(gain, tables.pairs, low, high, most_nodes)
            chosen = chosen[gain[chosen] > 0]
            _labelled(tables, gain, wanted[person], person, chosen, memory, pool, most_repeats, most_columns, columns)
    count = columns.made[0]
    return Found(
        columns.person[:count],
        columns.cents[:count],
        columns.of[: count + 1],
        columns.pairs[: columns.of[count]],
        least,
    )


@compiled
def legs_of(tables: Tables) -> Legs:
    return Legs(tables.midday, tables.relocate, tables.free_day, tables.away_nights, tables.week_of)


@compiled
def person_alone(tables: Tables, person: int) -> Person:
    return person_of(
        tables.people, person, tables.week_of, tables.days, tables.start_midday, tables.start_relocate,
        tables.start_free, tables.start_back, tables.start_back_days,
    )  # fmt: skip


@compiled
def _proven(
    tables: Tables,
    gain: Floats,
    wanted: float,
    i: int,
    memory: Memory,
    pool: Pool,
    most_nodes: int,
    most_left: int,
    most_repeats: int,
    most_columns: int,
    columns: _Columns,
) -> float:
    """Price one inspector over all his visits; gives a floor under his horizons."""
    days, idle = tables.days, float(tables.idle[i])
    person, legs = person_alone(tables, i), legs_of(tables)
    ask = ask_of(tables.people, i, tables.week_of, days)
    prices = Prices(memory.fine[i], memory.rate[i], memory.strain[i])
    if not memory.rated[i]:
        prices.rate[:] = first_rate(ask)
        memory.rated[i] = True
    visits = visits_of(tables.pairs, tables.options, gain, tables.pairs.of[i], tables.pairs.of[i + 1])
    cheapest = min(idle, held(memory, i, gain))
    limit = cheapest + NEAR
    floor, through, _ = relax(visits, person, legs, ask, prices, days, idle, limit)
    promising = visits.pair[_lowest(through, limit, most_nodes)]
    keep_listed(memory, i, visits.pair[_lowest(through, limit, LISTED)])
    all_seen = (through < limit).sum() == len(promising)
    found, ended = _labelled(tables, gain, wanted, i, promising, memory, pool, most_repeats, most_columns, columns)
    cheapest = min(cheapest, found)
    limit = cheapest - PENNY
    left = through < limit
    if (ended and all_seen) or not left.any():
        return limit
    visits, better = tighten(
        kept(visits, left), through[left], person, legs, ask, prices, days, idle, limit, FEW, STEPS
    )
    floor = max(floor, better)
    if floor >= limit or len(visits.first) == 0:
        return limit
    if len(visits.first) > most_left:
        return floor
    nodes = nodes_of(visits.pair, gain, tables.options, tables.pairs, tables.people, i, tables.week_of)
    best, best_cost = np.empty(len(nodes.first), dtype=np.int32), np.empty(len(nodes.first))
    found, ended = exact(
        nodes, person, legs, arcs_of(nodes, person, legs), limit, memory.requests[i], memory.sites[i], pool, days,
        most_repeats + 20, best, best_cost,
    )  # fmt: skip
    _collect(nodes, pool, best, best_cost, min(wanted, limit), most_columns, i, columns)
    if not ended:
        return min(floor, limit)
    if found < limit:
        _hold(memory, i, nodes, pool, best, best_cost, found)
    return min(limit, found - PENNY * (days + 2))


@compiled
def _labelled(
    tables: Tables,
    gain: Floats,
    wanted: float,
    i: int,
    chosen: Longs,
    memory: Memory,
    pool: Pool,
    most_repeats: int,
    most_columns: int,
    columns: _Columns,
) -> tuple[float, bool]:
    """The cheapest horizon of some pairs, infinite for none; and whether that is proven for them."""
    if len(chosen) == 0:
        return np.inf, True
    person, legs = person_alone(tables, i), legs_of(tables)
    nodes = nodes_of(chosen, gain, tables.options, tables.pairs, tables.people, i, tables.week_of)
    best, best_cost = np.empty(len(chosen), dtype=np.int32), np.empty(len(chosen))
    floor = Floor(np.full(len(chosen), -np.inf), np.full(tables.days + 3, -np.inf), np.inf)
    found, ended = elementary(
        nodes, person, legs, arcs_of(nodes, person, legs), floor, memory.requests[i], memory.sites[i], pool,
        tables.days, -1, 0, most_repeats, best, best_cost,
    )  # fmt: skip
    if ended and found < np.inf:
        _hold(memory, i, nodes, pool, best, best_cost, found)
    _collect(nodes, pool, best, best_cost, wanted, most_columns, i, columns)
    return found, ended


@compiled
def _lowest(values: Floats, limit: float, most: int) -> Longs:
    """The places of the lowest values below a limit, at most so many, ascending."""
    below = np.flatnonzero(values < limit)
    if len(below) > most:
        below = np.sort(below[np.argsort(values[below])[:most]])
    return below


@compiled
def _hold(memory: Memory, i: int, nodes: Nodes, pool: Pool, best: Ints, best_cost: Floats, cents: float) -> None:
    """Remember the cheapest horizon found."""
    path = np.empty(LONGEST, dtype=np.int32)
    length = path_to(pool, best[np.argmin(best_cost)], path)
    memory.held_cents[i] = cents
    for step in range(length):
        memory.held[i, step] = nodes.pair[path[step]]
        memory.held_cents[i] += nodes.gain[path[step]]
    if length < LONGEST:
        memory.held[i, length] = NONE


@compiled
def _collect(
    nodes: Nodes, pool: Pool, best: Ints, best_cost: Floats, wanted: float, most: int, person: int, columns: _Columns
) -> None:
    """Add the cheapest paths that keep every rule to the columns."""
    path = np.empty(LONGEST, dtype=np.int32)
    none = np.zeros(0, dtype=np.bool_)
    given = 0
    for n in np.argsort(best_cost):
        if given >= most or best_cost[n] >= wanted or best[n] == NONE:
            break
        length = path_to(pool, best[n], path)
        if repeats(nodes, path, length, none, none, False):
            continue
        column = columns.made[0]
        start = columns.of[column]
        for step in range(length):
            columns.pairs[start + step] = nodes.pair[path[step]]
        columns.person[column], columns.cents[column] = person, best_cost[n]
        columns.of[column + 1] = start + length
        columns.made[0] += 1
        given += 1
