"""Columns and horizons: the one as the other, and what columns chosen together say of a plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from scheduler.columns.master import Column
from scheduler.search.search import Service, Week
from scheduler.tables import Tables


def weeks_of(tables: Tables, columns: Iterable[Column]) -> list[Week]:
    """Columns as horizons."""
    option, idle = tables.pairs.option, tables.idle
    return [
        Week(column.person, tuple(option[list(column.pairs)].tolist()), column.cents + int(idle[column.person]))
        for column in columns
    ]


def columns_of(tables: Tables, weeks: Iterable[Week]) -> list[Column]:
    """Horizons as columns."""
    pairs, idle = tables.pairs, tables.idle
    given = []
    for week in weeks:
        low, high = pairs.of[week.person], pairs.of[week.person + 1]
        own = pairs.option[low:high]
        order = np.argsort(own, kind="stable")
        at = low + order[np.searchsorted(own[order], week.options)]
        given.append(Column(week.person, tuple(at.tolist()), week.cents - int(idle[week.person])))
    return given


def services_of(tables: Tables, columns: Iterable[Column]) -> list[Service | None]:
    """How each request is served with the columns of a plan; None where it is left out."""
    crews: dict[int, list[int]] = defaultdict(list)
    for column in columns:
        for pair in column.pairs:
            crews[int(tables.pairs.option[pair])].append(column.person)
    found: list[Service | None] = [None] * len(tables.options.unserved)
    for option, crew in crews.items():
        found[int(tables.options.request[option])] = Service(option, tuple(sorted(crew)))
    return found
