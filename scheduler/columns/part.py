"""A part of a plan set free: some inspectors and what only they serve, while everybody else stays as planned.

A visit whose crew is partly outside must stay; the free inspectors share its remaining places.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from scheduler.columns.chosen import services_of, weeks_of
from scheduler.columns.master import Column
from scheduler.compiled import Flags, Ints, Longs
from scheduler.search.search import Service, Week
from scheduler.tables import Tables
from scheduler.tables.options import Options
from scheduler.tables.pairs import Pairs
from scheduler.tables.people import People


class Part(NamedTuple):
    """Tables of a part, and what its numbers are in the whole.

    Attributes:
        tables: of the inspectors, requests and options of the part.
        people, requests, options, pairs: by number in the part: the number in the whole.
        staying: by request of the part: inspectors outside who serve it too.
    """

    tables: Tables
    people: Ints
    requests: Ints
    options: Ints
    pairs: Longs
    staying: tuple[tuple[int, ...], ...]

    def weeks_of(self, weeks: Sequence[Week]) -> list[Week]:
        """Those of some weeks of the whole that are possible here, by the part's numbers."""
        person = {int(number): at for at, number in enumerate(self.people)}
        pairs = self.tables.pairs
        option = self.options[pairs.option].tolist()
        own = [
            dict(zip(option[low:high], pairs.option[low:high].tolist(), strict=True))
            for low, high in pairwise(pairs.of.tolist())
        ]
        found = []
        for week in weeks:
            at = person.get(week.person)
            if at is not None and all(visit in own[at] for visit in week.options):
                found.append(Week(at, tuple(own[at][visit] for visit in week.options), week.cents))
        return found

    def whole_weeks(self, columns: Iterable[Column]) -> list[Week]:
        """Columns of the part as horizons of the whole."""
        return [
            Week(int(self.people[week.person]), tuple(self.options[list(week.options)].tolist()), week.cents)
            for week in weeks_of(self.tables, columns)
        ]

    def whole_services(self, chosen: Iterable[Column]) -> dict[int, Service | None]:
        """By request of the whole: how the part's are served with the columns chosen."""
        changed: dict[int, Service | None] = {}
        for number, service in enumerate(services_of(self.tables, chosen)):
            request = int(self.requests[number])
            if service is None:
                changed[request] = None
                continue
            crew = [*self.people[list(service.crew)].tolist(), *self.staying[number]]
            changed[request] = Service(int(self.options[service.option]), tuple(sorted(crew)))
        return changed


def part_of(tables: Tables, services: Sequence[Service | None], people: Ints) -> Part:
    """The part of some inspectors (ascending) in a plan, which `services` says by request.

    What of a crew is not in the plan yet is wanted from the part.
    """
    inside = np.zeros(len(tables.idle), dtype=np.bool_)
    inside[people] = True
    pairs, options = tables.pairs, tables.options
    own = np.flatnonzero(inside[pairs.person])
    asked = np.zeros(len(options.unserved), dtype=np.bool_)
    asked[options.request[pairs.option[own]]] = True
    staying: dict[int, tuple[int, ...]] = {}
    only: dict[int, int] = {}
    for request, service in enumerate(services):
        if service is None or not asked[request]:
            continue
        others = tuple(person for person in service.crew if not inside[person])
        if len(others) == options.crew[service.option]:
            asked[request] = False
        elif others:
            staying[request], only[request] = others, service.option
    requests = np.flatnonzero(asked).astype(np.int32)
    kept = asked[options.request]
    for request, option in only.items():
        kept[options.of[request] : options.of[request + 1]] = False
        kept[option] = True
    chosen = np.flatnonzero(kept).astype(np.int32)
    smaller = _options(tables, requests, chosen, staying)
    own = own[kept[pairs.option[own]]]
    own = own[_may_take(tables, smaller, chosen, own)]
    part = tables._replace(
        options=smaller,
        people=People._make(column[people] for column in tables.people),
        pairs=_pairs(pairs, own, people, chosen),
        idle=tables.idle[people],
    )
    return Part(part, people, requests, chosen, own, tuple(staying.get(request, ()) for request in requests.tolist()))


def _options(tables: Tables, requests: Ints, chosen: Ints, staying: dict[int, tuple[int, ...]]) -> Options:
    """The options chosen, with as many inspectors as they still want."""
    options = tables.options
    number = np.full(len(options.unserved), -1, dtype=np.int32)
    number[requests] = np.arange(len(requests))
    by_option: list[Any] = [column[chosen] for column in options[:9]]
    of = np.searchsorted(options.request[chosen], np.append(requests, len(options.unserved))).astype(np.int64)
    found = Options._make([*by_option, of, options.unserved[requests], options.pinned[requests]])
    found.request[:] = number[options.request[chosen]]
    for request, others in staying.items():
        at = int(found.of[number[request]])
        found.crew[at] -= len(others)
        found.pinned[number[request]] = True
        if found.wants_lead[at]:
            found.wants_lead[at] = not leads(tables, int(chosen[at]), others)
    return found


def leads(tables: Tables, option: int, crew: Sequence[int]) -> bool:
    """Whether one of a crew can lead a visit."""
    pairs = tables.pairs
    return any(
        bool(pairs.leads[pair])
        for person in crew
        for pair in range(pairs.of[person], pairs.of[person + 1])
        if pairs.option[pair] == option
    )


def _may_take(tables: Tables, smaller: Options, chosen: Ints, own: Longs) -> Flags:
    """Which pairs are still possible: who takes the last place of a crew without a lead must be able to lead."""
    at = np.searchsorted(chosen, tables.pairs.option[own])
    may: Flags = ~(smaller.wants_lead[at] & (smaller.crew[at] == 1)) | tables.pairs.leads[own]
    return may


def _pairs(pairs: Pairs, own: Longs, people: Ints, chosen: Ints) -> Pairs:
    columns: list[Any] = [column[own] for column in pairs[1:]]
    found = Pairs(np.searchsorted(pairs.person[own], np.append(people, len(pairs.of))).astype(np.int64), *columns)
    found.option[:] = np.searchsorted(chosen, found.option)
    found.person[:] = np.searchsorted(people, found.person)
    return found
