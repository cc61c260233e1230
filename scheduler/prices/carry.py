"""Prices of a bound, and the cuts they price, taken over to the tables of a changed problem.

Requests keep their numbers; options are known by request, mode and first slot, pairs by inspector and option.
"""

from __future__ import annotations

import dataclasses

import numpy as np

from scheduler.columns.duals import Duals, Worth
from scheduler.compiled import Floats, Ints, Longs
from scheduler.tables import Tables

MOST_MODES = 1 << 20


def option_keys(tables: Tables) -> Longs:
    """A number for each option that does not hang on which others there are; they rise with the option."""
    options = tables.options
    return (options.request.astype(np.int64) * MOST_MODES + options.mode) * 2 * tables.days + options.first


def carried(tables: Tables, duals: Duals, cuts: Ints, other: Tables) -> tuple[Duals, Ints]:
    """The same prices for other tables.

    A visit with a crew that is new gets the price at which its request's price stays as it is: each member's part is an
    equal share of what is left of that price once the visit itself is paid.
    """
    old, new = option_keys(tables), option_keys(other)
    price = Worth(tables).clipped(duals, cuts)
    options = other.options
    crew = np.maximum(1, options.crew)
    part = np.where(options.crew > 1, (price[options.request] - options.fixed) / crew, 0.0)
    lead = np.zeros(len(new))
    if len(old):
        at = np.minimum(np.searchsorted(old, new), len(old) - 1)
        known = np.flatnonzero(old[at] == new)
        part[known], lead[known] = duals.part[at[known]], duals.lead[at[known]]
    toll, pairs = _cuts(tables, duals.toll, cuts, other)
    return dataclasses.replace(duals, part=part, lead=lead, toll=toll), pairs


def new_options(tables: Tables, other: Tables) -> Ints:
    """The options of the other tables that these have not."""
    return np.flatnonzero(~np.isin(option_keys(other), option_keys(tables))).astype(np.int32)


def _cuts(tables: Tables, toll: Floats, cuts: Ints, other: Tables) -> tuple[Floats, Ints]:
    old, new = option_keys(tables), option_keys(other)
    kept, at = [], []
    for number, pair in enumerate(cuts[: len(toll)].tolist()):
        key = old[tables.pairs.option[pair]]
        person = int(tables.pairs.person[pair])
        low, high = other.pairs.of[person], other.pairs.of[person + 1]
        found = np.flatnonzero(new[other.pairs.option[low:high]] == key)
        if len(found):
            kept.append(number)
            at.append(int(low + found[0]))
    return toll[kept], np.array(at, dtype=np.int32)
