"""Where one request could go beside the rest of a plan: every legal place with what it adds, cheapest first."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

import numpy as np

from scheduler.instance import Visit
from scheduler.rank.crews import Member, cheapest_crews
from scheduler.rank.pricing import Numbers, Pricing, Wanted
from scheduler.rank.reach import NO_WAY, Cents
from scheduler.rank.weeks_drawn import DrawnWeeks, can_draw
from scheduler.rules.visits import eligibility
from scheduler.standing import Standing, in_order, judged_week, newly
from scheduler.weeks import person_cost, request_cost


class Spot(NamedTuple):
    """A visit and its crew, and what serving the request so adds in cents."""

    cents: int
    mode: int
    first: int
    people: tuple[int, ...]


class Held(NamedTuple):
    """A plan with its weeks drawn, a row an inspector."""

    standing: Standing
    pricing: Pricing
    drawn: DrawnWeeks


class _Offered(NamedTuple):
    """What a visit of one mode adds: `[start, person]`, for the people named."""

    mode: int
    starts: Numbers
    people: Numbers
    cents: Cents


class Places:
    """The places of a request, where some weeks of the plan are otherwise than it has them.

    A place may break no rule of the request, and no rule of a week that the week does not break as it stands, with the
    request and without it.
    """

    def __init__(
        self, held: Held, wanted: Wanted, weeks: Mapping[int, tuple[Visit, ...]], barred: Collection[int] = ()
    ) -> None:
        """Begin with the request.

        Args:
            held: the plan.
            wanted: what the request asks (`Pricing.wanted`).
            weeks: the weeks that are otherwise, without it.
            barred: people who are not asked.
        """
        self._held = held
        self._instance = held.pricing.instance
        self._number = number = wanted.number
        self._weeks = weeks
        self._request = self._instance.requests[number]
        self.wanted = wanted
        if barred:
            kept = ~np.isin(wanted.people, list(barred))
            self.wanted = wanted._replace(people=wanted.people[kept])
        self._judged = {
            person: judged_week(self._instance, held.standing.journeys, person, own) for person, own in weeks.items()
        }
        # whoever is left without a way home, or to what comes next, has to stay
        self.stuck = frozenset(p for p, own in self._judged.items() if own.broken and self._is_worse(p, own.broken))

    def cheapest(self, *, alone: bool = False) -> Iterator[Spot]:
        """All places, cheapest first, worked out as they are asked for; `alone`: those with one inspector."""
        modes = [mode for mode in self.wanted.starts if not alone or self._size(mode) == 1]
        offered = [self._offered(mode) for mode in modes]
        streams: list[Iterator[Spot]] = []
        single = [entry for entry in offered if self._size(entry.mode) == 1 and len(self.stuck) <= 1]
        if single:
            streams.append(self._singles(single))
        for entry in offered:
            if self._size(entry.mode) != 1:
                streams += [self._crews(entry, row) for row in range(len(entry.starts))]
        return heapq.merge(*streams)

    def best(self) -> Spot | None:
        """The cheapest place; None where there is none."""
        return next(self.cheapest(), None)

    def members(self, mode: int) -> Iterator[tuple[int, list[Member]]]:
        """By first slot: who could join a visit of a mode, and what that adds, the request's own cost apart."""
        entry = self._offered(mode)
        for row, first in enumerate(entry.starts):
            yield int(first), self._members(entry, row)

    def own_cost(self, mode: int, first: int) -> int:
        """Cents that hang on the request and its start alone."""
        return request_cost(self._instance, self._instance.visit(self._number, mode, first)).total

    def _size(self, mode: int) -> int:
        return self._request.modes[mode].crew

    def _singles(self, offered: Iterable[_Offered]) -> Iterator[Spot]:
        found: list[tuple[int, int, int, int]] = []
        for entry in offered:
            own = np.array([self.own_cost(entry.mode, int(first)) for first in entry.starts], dtype=np.int64)
            cents = entry.cents + own[:, None]
            rows, columns = np.nonzero(entry.cents < NO_WAY // 2)
            values = cents[rows, columns].tolist()
            firsts, people = entry.starts[rows].tolist(), entry.people[columns].tolist()
            found += zip(values, [entry.mode] * len(values), firsts, people, strict=True)
        heapq.heapify(found)
        while found:
            cost, mode, first, person = heapq.heappop(found)
            if self.stuck <= {person}:
                yield Spot(cost, mode, first, (person,))

    def _crews(self, entry: _Offered, row: int) -> Iterator[Spot]:
        first = int(entry.starts[row])
        wants_lead = self._request.lead is not None and "eligibility" not in self._instance.waived[self._number]
        own = self.own_cost(entry.mode, first)
        members = self._members(entry, row)
        for cents, people in cheapest_crews(members, self._size(entry.mode), self.stuck, wants_lead=wants_lead):
            yield Spot(cents + own, entry.mode, first, people)

    def _members(self, entry: _Offered, row: int) -> list[Member]:
        last = self._instance.visit(self._number, entry.mode, int(entry.starts[row])).last
        fits = np.flatnonzero(entry.cents[row] < NO_WAY // 2)
        people = entry.people[fits]
        leads = self._held.pricing.leads(self.wanted, people, np.array(last, dtype=np.intp))
        return [
            Member(cents, person, can_lead)
            for cents, person, can_lead in zip(
                entry.cents[row, fits].tolist(), people.tolist(), leads.tolist(), strict=True
            )
        ]

    # -- what everybody adds -------------------------------------------------------------------------------------------

    def _offered(self, mode: int) -> _Offered:
        wanted, drawn, pricing = self.wanted, self._held.drawn, self._held.pricing
        otherwise = [person for person in self._weeks if wanted.until[person] >= 0]
        judged = self._judged
        clear = [p for p in otherwise if can_draw(self._instance, self._weeks[p], judged[p].broken)]
        usual = wanted.people
        if otherwise:
            usual = usual[~np.isin(usual, otherwise)]
        unclear = [*(person for person in otherwise if person not in clear), *usual[~drawn.clean[usual]].tolist()]
        usual = usual[drawn.clean[usual]]
        people, parts = [usual], [pricing.added(drawn, usual, wanted, mode)]
        if clear:
            anew = [(person, self._weeks[person]) for person in clear]
            weeks = DrawnWeeks.of(self._instance, pricing.journeys, anew)
            people.append(np.array(clear, dtype=np.intp))
            parts.append(pricing.added(weeks, np.arange(len(clear)), wanted, mode))
        if unclear:
            people.append(np.array(unclear, dtype=np.intp))
            parts.append(self._judged_one_by_one(unclear, mode))
        return _Offered(mode, wanted.starts[mode], np.concatenate(people), np.concatenate(parts, axis=1))

    def _judged_one_by_one(self, people: Collection[int], mode: int) -> Cents:
        """What a visit adds to weeks that break a rule already: it may not break another."""
        starts = self.wanted.starts[mode]
        cents = np.full((len(starts), len(people)), NO_WAY, dtype=np.int64)
        instance, standing = self._instance, self._held.standing
        for row, first in enumerate(starts.tolist()):
            visit = instance.visit(self._number, mode, first)
            for column, person in enumerate(people):
                if any(eligibility(instance, person, visit)):
                    continue
                if self._size(mode) == 1 and self._request.lead is not None:
                    last = np.array(visit.last, dtype=np.intp)
                    if not self._held.pricing.leads(self.wanted, np.array(person, dtype=np.intp), last).all():
                        continue
                own = self._weeks.get(person, standing.visits.get(person, ()))
                before = self._judged.get(person) or standing.of_person(person)
                after = judged_week(instance, standing.journeys, person, in_order((*own, visit)))
                if not newly([before], [after]) and not self._is_worse(person, after.broken):
                    extra = person_cost(instance, person, self._number).total
                    cents[row, column] = after.cost.total - before.cost.total + extra
        return cents

    def _is_worse(self, person: int, broken: Collection[object]) -> bool:
        """Whether a week breaks a rule that it does not break as the plan stands."""
        known = self._held.standing.of_person(person)
        return bool(broken) and bool(newly([known], [known._replace(broken=tuple(broken))]))  # type: ignore[arg-type]
