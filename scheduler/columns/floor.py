"""Floors under the rest of a path: what keeps labels few where all nodes are searched.

Russian dolls (Verfaillie, Lemaitre and Schiex, 1996): the least cost from home on day d on is found for the last day
first, then for each day before, each search guided by the exact values of the days after it. A value is found for who
is fresh and has served nothing, so it is a floor for everybody else.
"""

from __future__ import annotations

import numpy as np

from scheduler.columns.labels import Arcs, Nodes
from scheduler.compiled import Floats, Ints, compiled


@compiled
def least_work(nodes: Nodes, rises: bool, fresh: Ints) -> Floats:
    """`[node, same day]`: the least that the days of a node cost, whatever was worked before."""
    work = nodes.work
    least = np.full(work.shape[:2], np.inf)
    for j in range(work.shape[0]):
        for same in range(2):
            for k in range(work.shape[2]):
                if not rises or k >= fresh[nodes.first[j] // 2]:
                    least[j, same] = min(least[j, same], work[j, same, k])
    return least


@compiled
def rest_of(
    nodes: Nodes, arcs: Arcs, work: Floats, value: Floats, days: int, rest: Floats, low: int, high: int
) -> None:
    """Fill `rest` for the nodes `low ... high`, those after them and the values of later days being known.

    `rest` must be infinite for them before, but for what arcs from later nodes have put there.
    """
    first, last, gain, back, back_days = nodes.first, nodes.last, nodes.gain, nodes.back, nodes.back_days
    for j in range(high - 1, low - 1, -1):
        if back_days[j] >= 0:
            day = last[j] // 2 + 1 + back_days[j]
            rest[j] = min(rest[j], back[j] + (value[day + 1] if day < days else 0.0))
        for arc in range(arcs.of[j], arcs.of[j + 1]):
            i = arcs.source[arc]
            same = 1 if last[i] // 2 == first[j] // 2 else 0
            cents = arcs.cents[arc] - gain[j] + work[j, same] + rest[j]
            rest[i] = min(rest[i], cents)
