"""What columns chosen together say of a plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

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
