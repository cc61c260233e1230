"""All horizons of one inspector in a tiny problem, by trying everything."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from scheduler.instance import Visit
from scheduler.rules.catalogue import Broken
from scheduler.tables import Tables
from scheduler.weeks import Weeks

MOST_VISITS = 4  # of one horizon that are tried


def visit_of(tables: Tables, pair: int) -> Visit:
    """The visit of a pair."""
    options, option = tables.options, int(tables.pairs.option[pair])
    return Visit(
        int(options.request[option]), int(options.mode[option]), int(options.first[option]), int(options.last[option])
    )


def horizons(weeks: Weeks, tables: Tables, person: int) -> Iterator[tuple[tuple[int, ...], int]]:
    """All horizons of a person with few visits, as pairs, and their costs; doing nothing too."""
    own = range(int(tables.pairs.of[person]), int(tables.pairs.of[person + 1]))
    yield (), int(tables.idle[person])
    for count in range(1, MOST_VISITS + 1):
        for chosen in itertools.combinations(own, count):
            visits = sorted((visit_of(tables, pair) for pair in chosen), key=lambda visit: (visit.first, visit.last))
            if len({visit.request for visit in visits}) < count:
                continue
            if any(a.last >= b.first for a, b in itertools.pairwise(visits)):
                continue
            cost = weeks.price(person, tuple(visits))
            if not isinstance(cost, Broken):
                yield chosen, cost.total
