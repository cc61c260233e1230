"""The search for a good plan over a problem's tables: begin with any plan, improve it step by step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from scheduler.compiled import Flags, Ints
from scheduler.search.cooling import improve, keep_best
from scheduler.search.crop import MOST_KEPT, crop_of
from scheduler.search.dice import dice_of
from scheduler.search.draft import BEST, COST, FOUND, OPTION, clear, commit, draft_of, insert, reload
from scheduler.search.filling import insert_fitting, put_in, room_of
from scheduler.search.layout import ROWS, SINGLES, Layout, layout_of
from scheduler.tables import Tables


class Week(NamedTuple):
    """An inspector's visits as option numbers in order of time, and cents of all that hangs on the inspector."""

    person: int
    options: tuple[int, ...]
    cents: int


class Service(NamedTuple):
    """How a request is served: its option, and the inspectors in ascending order."""

    option: int
    crew: tuple[int, ...]


class Search:
    """A plan that is searched for; equal tables, seeds and calls give equal plans.

    Nothing is shared between searches but the tables: several may run in threads of their own.
    """

    def __init__(self, tables: Tables, seed: int = 0, layout: Layout | None = None) -> None:
        """Begin with an empty plan; `layout` may come from another search of the same tables."""
        self.tables = tables
        self.layout = layout or layout_of(tables)
        slots = 2 * tables.days
        self._draft = draft_of(self.layout, slots)
        self._room, self._crop, self._dice = room_of(self.layout), crop_of(slots), dice_of(seed)
        asks = self.layout.asks
        self.servable = np.flatnonzero(np.diff(asks[:, ROWS]) > 0).astype(np.int32)
        self._everything = np.ones(len(asks) - 1, dtype=np.bool_)
        self._everyone = np.ones(len(tables.idle), dtype=np.bool_)
        self.steps = 0
        keep_best(self._draft)

    @property
    def cost(self) -> int:
        """Cents of the plan in hand; a pinned request left out counts as more than any plan costs."""
        return int(self._draft.tally[COST])

    @property
    def best_cost(self) -> int:
        """Cents of the best plan so far, counted likewise."""
        return int(self._draft.tally[BEST])

    @property
    def best(self) -> list[Service | None]:
        """How the best plan so far serves each request; None where it is left out."""
        return [self._service(row) for row in self._draft.best.tolist()]

    @property
    def best_left(self) -> list[int]:
        """The requests that the best plan leaves out."""
        found: list[int] = np.flatnonzero(self._draft.best[:, OPTION] < 0).tolist()
        return found

    @property
    def missing(self) -> list[int]:
        """The pinned requests that the best plan leaves out: with any, it is no plan."""
        return [number for number in self.best_left if self.tables.options.pinned[number]]

    @property
    def current(self) -> list[Service | None]:
        """How the plan in hand serves each request; None where it is left out."""
        return [self._service(row) for row in self._draft.served.tolist()]

    def best_weeks(self) -> list[tuple[int, ...]]:
        """The best plan's options of each inspector, in order of time."""
        return self._weeks(self.best)

    def current_weeks(self) -> list[tuple[int, ...]]:
        """The options of each inspector in the plan in hand, in order of time."""
        return self._weeks(self.current)

    def load(self, services: Iterable[Service]) -> None:
        """Take over a plan in place of the one in hand: one that keeps the rules, in any order."""
        clear(self.layout, self._draft)
        for service in services:
            pairs = self._pairs(service)
            if pairs is not None:
                insert(self.layout, self._draft, service.option, pairs)
        self._keep()

    def restart(self) -> None:
        """Go on from the best plan."""
        reload(self.layout, self._draft)

    def add(self, services: Iterable[Service]) -> list[Service]:
        """Serve as given what is not served yet, where that breaks no rule beside the rest; gives what does not fit."""
        waiting = list(services)
        progress = True
        while progress and waiting:
            later = [service for service in waiting if not self._add(service)]
            progress = len(later) < len(waiting)
            waiting = later
        self._keep()
        return waiting

    def fill(self, margin: float = 1.0) -> None:
        """Serve what is left out where that costs less than `margin` times leaving it; nothing is overlooked."""
        left = np.flatnonzero(self._draft.served[:, OPTION] < 0)
        left = left[np.isin(left, self.servable)]
        self._room.opened[: len(left)] = left
        put_in(self.layout, self._draft, self._room, self._dice, self._everyone, len(left), margin, 0.0, True)
        self._keep()

    def run(
        self,
        steps: int,
        hot: float,
        cold: float,
        requests: Flags | None = None,
        people: Flags | None = None,
        seeds: Sequence[int] | None = None,
    ) -> int:
        """Try some steps while the temperature falls from `hot` to `cold` (cents); gives how many changed the plan.

        Args:
            steps: how many; between calls a run may be stopped, or the temperature chosen anew.
            hot: temperature of the first step.
            cold: temperature that the last one reaches.
            requests: those that may be moved; None: all. The others stay as they are.
            people: those who may be given visits, or relieved of them; None: all. The others stay as they are.
            seeds: requests round which parts are taken out; None: all that may be moved.
        """
        at_work = self._everyone if people is None else people
        free = self._free(requests, at_work)
        begun = self.servable[free[self.servable]] if seeds is None else np.asarray(seeds, dtype=np.int32)
        if not len(begun):
            return 0
        self.steps += steps
        return improve(
            self.layout, self._draft, self._room, self._crop, self._dice, free, at_work, begun, steps, hot, cold
        )

    def harvest(self) -> list[Week]:
        """The distinct weeks of plans near the best that were come by since the last harvest, at most `MOST_KEPT`."""
        crop, option = self._crop, self.layout.option
        count = min(int(self._draft.tally[FOUND]), MOST_KEPT)
        people, counts, cents = (column[:count].tolist() for column in (crop.people, crop.counts, crop.cents))
        options = option[crop.pairs[:count]].tolist()
        found = {
            (who, tuple(row[:n])): price for who, n, row, price in zip(people, counts, options, cents, strict=True)
        }
        self._draft.tally[FOUND] = 0
        crop.marks[:] = 0
        return [Week(person, own, price) for (person, own), price in found.items()]

    def _free(self, requests: Flags | None, at_work: Flags) -> Flags:
        """The requests that may be moved: those asked for whose crew is at work."""
        free = self._everything.copy() if requests is None else requests.copy()
        if not at_work.all():
            plan, person = self._draft.served, self.layout.person
            served = np.flatnonzero(plan[:, OPTION] >= 0)
            crew = self.tables.options.crew[plan[served, OPTION]]
            for member in range(plan.shape[1] - 1):
                there = member < crew
                free[served[there]] &= at_work[person[plan[served[there], 1 + member]]]
        return free

    def _weeks(self, services: Iterable[Service | None]) -> list[tuple[int, ...]]:
        first = self.tables.options.first
        weeks: list[list[int]] = [[] for _ in self.tables.idle]
        for service in filter(None, services):
            for person in service.crew:
                weeks[person].append(service.option)
        return [tuple(sorted(own, key=lambda option: first[option])) for own in weeks]

    def _service(self, row: Sequence[int]) -> Service | None:
        option = row[OPTION]
        if option < 0:
            return None
        size = int(self.tables.options.crew[option])
        return Service(option, tuple(sorted(int(self.layout.person[pair]) for pair in row[1 : 1 + size])))

    def _pairs(self, service: Service) -> Ints | None:
        """The pairs of a service; None where somebody may not take the option at all."""
        layout, request = self.layout, int(self.tables.options.request[service.option])
        begin, end = layout.asks[request, ROWS], layout.asks[request + 1, ROWS]
        people = layout.rows[begin:end, 0]
        pairs = []
        for person in service.crew:
            for row in begin + np.flatnonzero(people == person):
                low, high = layout.rows[row, SINGLES], layout.rows[row + 1, SINGLES]
                pairs += (low + np.flatnonzero(layout.option[low:high] == service.option)).tolist()
        if len(pairs) != len(service.crew):
            return None
        crew = np.full(self._draft.served.shape[1] - 1, -1, dtype=np.int32)
        crew[: len(pairs)] = pairs
        return crew

    def _add(self, service: Service) -> bool:
        pairs = self._pairs(service)
        size = int(self.tables.options.crew[service.option])
        if pairs is None or len(set(service.crew)) != size:
            return False
        return insert_fitting(self.layout, self._draft, service.option, pairs)

    def _keep(self) -> None:
        commit(self._draft)
        keep_best(self._draft)
