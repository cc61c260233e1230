"""What pricing remembers of each inspector from one round to the next."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scheduler.columns.dominance import NONE
from scheduler.columns.multipliers import LONGEST
from scheduler.compiled import Flags, Floats, Ints, Longs, compiled
from scheduler.tables.tables import Tables

LISTED = 120  # visits of an inspector that are remembered as promising


class Memory(NamedTuple):
    """What is remembered from one pricing to the next; any content gives the same answers, sooner or later.

    Attributes:
        requests, sites: `[inspector, number]`: what labels had to remember.
        fine, rate, strain: `[inspector, number]`: prices of the inspector's rules (`multipliers.Prices`).
        rated: by inspector: whether there are such prices yet.
        held: `[inspector, place]`: the pairs of the cheapest horizon found last, `NONE` after the last.
        held_cents: by inspector: what that horizon costs, the pairs' own costs (`Pairs.node`) apart.
        listed: `[inspector, place]`: the promising pairs, ascending, `NONE` after the last.
    """

    requests: Flags
    sites: Flags
    fine: Floats
    rate: Floats
    strain: Floats
    rated: Flags
    held: Ints
    held_cents: Floats
    listed: Ints


def memory_of(tables: Tables) -> Memory:
    """Nothing remembered yet."""
    people, requests, sites = len(tables.idle), len(tables.options.unserved), tables.midday.shape[0]
    return Memory(
        np.zeros((people, requests), dtype=np.bool_),
        np.zeros((people, max(1, sites)), dtype=np.bool_),
        np.zeros((people, requests)),
        np.zeros((people, tables.people.done.shape[1])),
        np.zeros((people, tables.days)),
        np.zeros(people, dtype=np.bool_),
        np.full((people, LONGEST), NONE, dtype=np.int32),
        np.zeros(people),
        np.full((people, LISTED), NONE, dtype=np.int32),
    )


@compiled
def listed(memory: Memory, i: int) -> Longs:
    """The promising pairs of an inspector."""
    count = 0
    while count < LISTED and memory.listed[i, count] != NONE:
        count += 1
    return memory.listed[i, :count].astype(np.int64)


@compiled
def keep_listed(memory: Memory, i: int, pairs: Longs) -> None:
    """Remember the promising pairs of an inspector."""
    memory.listed[i, : len(pairs)] = pairs
    if len(pairs) < LISTED:
        memory.listed[i, len(pairs)] = NONE


@compiled
def held(memory: Memory, i: int, gain: Floats) -> float:
    """What the horizon held costs less its gains; infinite for none."""
    if memory.held[i, 0] == NONE:
        return np.inf
    cents = float(memory.held_cents[i])
    for place in range(LONGEST):
        if memory.held[i, place] == NONE:
            break
        cents -= gain[memory.held[i, place]]
    return cents
