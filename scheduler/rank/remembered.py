"""What is found out of a plan whatever request is asked for, kept from one question about it to the next."""

from __future__ import annotations

import threading
from collections.abc import Collection, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

from scheduler.instance import Visit
from scheduler.rank.places import Held, Spot
from scheduler.rank.pricing import Numbers, Wanted
from scheduler.rank.weeks_drawn import DrawnWeeks, can_draw
from scheduler.standing import judged_week
from scheduler.weeks import person_cost, request_cost


class Taken(NamedTuple):
    """A week with some visits taken out.

    Attributes:
        person, out: whose, and which visits.
        less: what the week costs more without them, and what hangs on them and its inspector alone besides; less than
            nothing.
        saving: cents of ways and nights of what is left: serving a visit there again can save no more.
    """

    person: int
    out: tuple[Visit, ...]
    less: int
    saving: int


class _Shorter:
    """The weeks of the people asked for so far with so many visits taken out, a row each."""

    def __init__(self) -> None:
        self.people: set[int] = set()
        self.taken: list[Taken] = []
        self.drawn: DrawnWeeks | None = None


class Remembered:
    """What is known of one plan. It may be asked by several threads; the plan does not change."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wants: dict[int, Wanted] = {}
        self._shorter: dict[int, _Shorter] = {}
        self.elsewhere: dict[Visit, Sequence[Spot]] = {}

    def want(self, held: Held, number: int) -> Wanted:
        """What a request that the plan serves asks of everybody."""
        found = self._wants.get(number)
        if found is None:
            found = self._wants[number] = held.pricing.wanted(number)
        return found

    def shorter(self, held: Held, people: Collection[int], count: int) -> tuple[DrawnWeeks, Sequence[Taken], Numbers]:
        """The weeks with every so many visits of one inspector taken out, as far as they can be drawn.

        Returns:
            Weeks, what has been taken out of each, and the rows of the people asked for.
        """
        with self._lock:
            own = self._shorter.setdefault(count, _Shorter())
            new = sorted(set(people) - own.people)
            if new or own.drawn is None:
                taken, weeks = _taken(held, new, count)
                drawn = DrawnWeeks.of(held.pricing.instance, held.pricing.journeys, weeks)
                own.drawn = drawn if own.drawn is None else own.drawn.extended(drawn)
                own.taken = [*own.taken, *taken]
                own.people |= set(new)
            found, known = own.drawn, own.taken
        return found, known, np.flatnonzero(np.isin(found.person, list(people)))


def _taken(held: Held, people: Sequence[int], count: int) -> tuple[list[Taken], list[tuple[int, tuple[Visit, ...]]]]:
    instance, standing = held.pricing.instance, held.standing
    taken, weeks = [], []
    for person in people:
        visits = standing.visits.get(person, ())
        now = standing.of_person(person).cost.total
        for out in combinations([visit for visit in visits if _is_alone(held, visit)], count):
            left = tuple(visit for visit in visits if visit not in out)
            judged = judged_week(instance, standing.journeys, person, left)
            if can_draw(instance, left, judged.broken):
                given_up = sum(
                    (request_cost(instance, visit) + person_cost(instance, person, visit.request)).total
                    for visit in out
                )
                saving = judged.cost.travel + judged.cost.nights
                taken.append(Taken(person, out, judged.cost.total - now - given_up, saving))
                weeks.append((person, left))
    return taken, weeks


def _is_alone(held: Held, visit: Visit) -> bool:
    return held.pricing.instance.requests[visit.request].modes[visit.mode].crew == 1
