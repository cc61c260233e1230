"""How far a proven bound falls with one more, at the prices that prove it: only who is concerned is priced again."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

import numpy as np

from scheduler.columns.duals import Duals
from scheduler.compiled import Floats, Ints
from scheduler.instance import Instance
from scheduler.prices.carry import carried, new_options
from scheduler.prices.more import (
    More,
    certificates_asked,
    certificates_more,
    days_more,
    hands,
    languages_asked,
    languages_more,
    levels_asked,
    levels_more,
    windows_more,
)
from scheduler.prices.sums import Sums
from scheduler.problem import Inspector, Problem
from scheduler.stop import Stop
from scheduler.tables import Tables, tables_of
from scheduler.weeks import Weeks

FORBIDDEN = -1e12  # cents that a visit gains which the change in hand does not allow

Falls = Iterator[tuple[More, float]]  # one more, and cents by which the bound falls at most; infinite where not proven


class Basis(NamedTuple):
    """A problem with the prices of a bound.

    Attributes:
        least: by inspector, as `Sums.least` has it.
        stop: once it says yes nothing more is proven.
    """

    problem: Problem
    tables: Tables
    duals: Duals
    cuts: Ints
    least: Floats
    stop: Stop

    def changed(self, problem: Problem) -> Sums:
        """A changed problem at the same prices."""
        tables = tables_of(Weeks(Instance(problem)))
        return Sums(tables, *carried(self.tables, self.duals, self.cuts, tables))


def falls_of_hands(basis: Basis) -> Falls:
    """Of somebody hired: what his day would save at these prices. Nobody else's least changes."""
    made = list(hands(basis.problem))
    if not made or basis.stop():
        yield from _unproven(made)
        return
    hired = [more.inspector for more in made if more.inspector is not None]
    own = basis.problem.inspectors
    sums = basis.changed(dataclasses.replace(basis.problem, inspectors=(*own, *hired)))
    least = sums.least(range(len(own), len(own) + len(hired)), stop=basis.stop)
    yield from zip(made, (-least).tolist(), strict=True)


def falls_of_people(basis: Basis) -> Falls:
    """Of what an inspector has more: his own least alone changes, so all are changed at once."""
    problem = basis.problem
    levels, languages, certificates = levels_asked(problem), languages_asked(problem), certificates_asked(problem)
    ways: tuple[Callable[[Inspector], Iterator[More]], ...] = (
        lambda person: days_more(problem, person),
        lambda person: levels_more(person, levels),
        lambda person: languages_more(person, languages),
        lambda person: certificates_more(person, certificates, problem.horizon.end),
    )
    for way in ways:
        for batch in zip_longest(*(list(way(person)) for person in problem.inspectors)):
            yield from _batch(basis, batch)


def _batch(basis: Basis, batch: Sequence[More | None]) -> Falls:
    if basis.stop():
        yield from _unproven([more for more in batch if more is not None])
        return
    people = [
        own if more is None else more.inspector for own, more in zip(basis.problem.inspectors, batch, strict=True)
    ]
    changed = tuple(person for person in people if person is not None)
    sums = basis.changed(dataclasses.replace(basis.problem, inspectors=changed))
    touched = [n for n, more in enumerate(batch) if more is not None and _is_touched(basis.tables, sums.tables, n)]
    least = dict(zip(touched, sums.least(touched, stop=basis.stop).tolist(), strict=True))
    for person, more in enumerate(batch):
        if more is not None:
            yield more, float(basis.least[person]) - least.get(person, float(basis.least[person]))


def _is_touched(tables: Tables, other: Tables, person: int) -> bool:
    """Whether an inspector could do more than before."""
    counts = []
    for pairs in (tables.pairs, other.pairs):
        own = slice(pairs.of[person], pairs.of[person + 1])
        counts.append((len(pairs.option[own]), int(pairs.leads[own].sum())))
    return counts[0] != counts[1]


def falls_of_windows(basis: Basis) -> Falls:
    """Of a day more of a window: the most that new visits save the inspectors whom they would take, added up.

    Dearest requests first: no change of a request saves more than its price.
    """
    problem = basis.problem
    made = {
        (more.request.id, more.kind): more
        for own in problem.requests
        for more in windows_more(problem, own)
        if more.request
    }
    if not made or basis.stop():
        yield from _unproven(list(made.values()))
        return
    wider = [
        dataclasses.replace(
            own,
            earliest=made[own.id, "earlier"].date or own.earliest if (own.id, "earlier") in made else own.earliest,
            latest=made[own.id, "later"].date or own.latest if (own.id, "later") in made else own.latest,
        )
        for own in problem.requests
    ]
    added = _Added(basis, dataclasses.replace(problem, requests=tuple(wider)))
    instance = Instance(problem)
    for number in np.argsort(-added.sums.value, kind="stable").tolist():
        options = added.of(number)
        first, last = (
            column[options] // 2 for column in (added.sums.tables.options.first, added.sums.tables.options.last)
        )
        late, early = last > instance.latest[number], first < instance.earliest[number]
        code = problem.requests[number].id
        for kind, allowed in (("later", options[late & ~early]), ("earlier", options[early & ~late])):
            if (code, kind) in made:
                yield made[code, kind], math.inf if basis.stop() else added.fall(allowed)


class _Added:
    """A problem with more visits than the basis, all of them forbidden but those asked about."""

    def __init__(self, basis: Basis, problem: Problem) -> None:
        self._basis = basis
        self.sums = sums = basis.changed(problem)
        options, pairs = sums.tables.options, sums.tables.pairs
        self._fresh = new_options(basis.tables, sums.tables)
        is_fresh = np.zeros(len(options.crew), dtype=np.bool_)
        is_fresh[self._fresh] = True
        own = np.flatnonzero(is_fresh[pairs.option])
        self._pairs = own[np.argsort(pairs.option[own], kind="stable")]
        self._option = pairs.option[self._pairs]
        self._gain = np.where(is_fresh[pairs.option], FORBIDDEN, sums.gain)

    def of(self, request: int) -> Ints:
        """The visits of a request that the basis has not."""
        at = self.sums.tables.options.request[self._fresh]
        low, high = np.searchsorted(at, (request, request + 1))
        return self._fresh[low:high]

    def fall(self, allowed: Ints) -> float:
        """How far the bound falls at most if some visits of one request are added."""
        sums = self.sums
        bounds = [np.searchsorted(self._option, (option, option + 1)) for option in allowed.tolist()]
        pairs = np.concatenate([self._pairs[low:high] for low, high in bounds]) if bounds else self._pairs[:0]
        people = np.unique(sums.tables.pairs.person[pairs])
        if not len(people):
            return 0.0
        self._gain[pairs] = sums.gain[pairs]
        least = sums.least(people.tolist(), self._gain, self._basis.stop)
        self._gain[pairs] = FORBIDDEN
        falls = np.sort(np.maximum(0.0, self._basis.least[people] - least))[::-1]
        return float(falls[: int(sums.tables.options.crew[allowed].max())].sum())


def _unproven(made: Sequence[More]) -> Falls:
    for more in made:
        yield more, math.inf
