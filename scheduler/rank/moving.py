"""The places of a request for which one or two other visits move.

A visit is taken out of an inspector's week, the request put in, and the visit served again where that is cheapest: by
somebody else, or by the same inspector at another time. With two, either both come out of one week, or the one taken
out takes the place of another, which goes elsewhere in its turn.

What is taken out costs at least nothing to serve again, but for what its affinity and a way saved by it can give back:
from that bound, what is left to try is known not to be better, or is tried. Only visits of one inspector move.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np

from scheduler.instance import Visit
from scheduler.plan import Assignment, CostParts
from scheduler.rank.best import Best, Found
from scheduler.rank.crews import Member
from scheduler.rank.places import Held, Places, Spot
from scheduler.rank.pricing import Numbers, Wanted
from scheduler.rank.ranking import Candidate, Ranking, Shift, hold_after, is_same
from scheduler.rank.reach import NO_WAY
from scheduler.rank.remembered import Remembered, Taken
from scheduler.rank.weeks_drawn import DrawnWeeks
from scheduler.rules.visits import in_horizon
from scheduler.standing import in_order
from scheduler.stop import Stop, never
from scheduler.weeks import request_cost, unserved_cost

SPOTS = 6  # places of a moved visit that are looked at where two visits must not take the same
PAIRS = 40  # weeks that two visits leave, of which every way to serve both again is tried
CHAINS = 30  # visits whose place, for a chain of two, is looked for in weeks that another visit leaves
LINKS = 12  # such weeks of each that are followed


class _Opening(NamedTuple):
    """A week with room made: what the request adds there, less what the visits taken out cost there.

    Attributes:
        cents: the request's own cost and the rest of its crew included.
        person, visits: whose week, and what is taken out of it.
        spot: the request's place.
        saving: cents of ways that serving the visits taken out in this week again could save at most.
    """

    cents: int
    person: int
    visits: tuple[Visit, ...]
    spot: Spot
    saving: int


class Moving:
    """Looks for the places of one request for which others move.

    Attributes:
        is_complete: whether, of the places for which one visit moves, those given are proven to be the best.
    """

    def __init__(
        self,
        ranking: Ranking,
        request: str,
        top: int = 10,
        stop: Stop = never,
        only: Collection[str] | None = None,
    ) -> None:
        """Begin with the plan; `only`: the requests that may move, where not all may."""
        self._ranking, self._request, self._top, self._stop, self._only = ranking, request, top, stop, only
        self._number = ranking.instance.request_number[request]
        self._held: Held = hold_after(ranking.held, request)
        self._instance = self._held.pricing.instance
        self._standing = self._held.standing
        self._wanted = self._held.pricing.wanted(self._number)
        # whoever cannot get home, or to what comes next, without the request has to stay its inspector
        self._stuck = ranking.places(request).stuck
        self._own = Places(self._held, self._wanted, {})
        # of a plan without the request, which is another one where it was served, nothing is known yet
        self._remembered = ranking.remembered if self._held is ranking.held else Remembered()
        self._joining: dict[int, dict[int, list[Member]]] = {}
        waived = self._instance.waived[self._number]
        self._wants_lead = self._instance.requests[self._number].lead is not None and "eligibility" not in waived
        self._floor = self._least_saving()
        self._one_out: list[_Opening] | None = None
        self.is_complete = False

    def candidates(self) -> Iterator[Candidate]:
        """The best places with one other visit moved, cheapest first, and then those with two."""
        yield from self.with_one()
        yield from self.with_two()

    def with_two(self) -> list[Candidate]:
        """The best places found with two other visits moved, cheapest first."""
        return self._best_of(self._with_two())

    def with_one(self) -> list[Candidate]:
        """The best places with one other visit moved, cheapest first."""
        return self._best_of(self._with_one())

    def instead(self) -> list[tuple[Assignment, Assignment, CostParts]]:
        """The best places for which one other request is left out: the place, what is left out, the difference."""
        ranked = sorted(
            (opening.cents + unserved_cost(self._instance, opening.visits[0].request).total, n, opening)
            for n, opening in enumerate(self._alone())
        )
        found: list[tuple[Assignment, Assignment, CostParts]] = []
        for _, _, opening in ranked:
            if len(found) == self._top:
                break
            to = self._ranking.assignment(self._request, opening.spot)
            gone = self._ranking.standing.placed[self._instance.requests[opening.visits[0].request].id]
            weighed = self._ranking.standing.weigh_all({to.request: to, gone.request: None}, self._instance)
            if not weighed.broken and gone.request not in {entry.request for _, entry, _ in found}:
                found.append((to, gone, weighed.cost))
        return found

    def _best_of(self, found: Iterable[Found]) -> list[Candidate]:
        saved = self._ranking.saved(self._request)
        candidates = [entry for each in found if (entry := self._candidate(each, saved)) is not None]
        return sorted(candidates, key=lambda entry: entry.cost.total)[: self._top]

    def _candidate(self, found: Found, saved: CostParts) -> Candidate | None:
        """What is found as a candidate; None where, all told, it breaks a rule."""
        standing = self._ranking.standing
        shifts = []
        for visit, spot in found.moves:
            code = self._instance.requests[visit.request].id
            shifts.append(Shift(standing.placed[code], self._ranking.assignment(code, spot)))
        to = self._ranking.assignment(self._request, found.spot)
        changes: dict[str, Assignment | None] = {to.request: to, **{s.after.request: s.after for s in shifts}}
        if standing.weigh_all(changes, self._instance).broken:
            return None
        return self._ranking.candidate(to, shifts, saved)

    # -- one visit moves -----------------------------------------------------------------------------------------------

    def _with_one(self) -> list[Found]:
        best = Best(self._top)
        self.is_complete = True
        for opening in self._alone():
            if opening.cents - self._floor >= best.worst:
                break
            if self._stop():
                self.is_complete = False
                break
            (visit,) = opening.visits
            for spot in islice(self._spots(visit, opening.spot.people), 1):
                best.add(Found(opening.cents + spot.cents, opening.spot, ((visit, spot),)))
            if opening.cents - opening.saving < best.worst or len(opening.spot.people) > 1:
                for spot in islice(self._again(opening, visit), 1):
                    best.add(Found(opening.cents + spot.cents, opening.spot, ((visit, spot),)))
        return best.found()

    def _alone(self) -> list[_Opening]:
        """Every week with one visit taken out, as `_openings`."""
        if self._one_out is None:
            self._one_out = self._openings(1)
        return self._one_out

    def _openings(self, count: int) -> list[_Opening]:
        """Every week with so many visits taken out and the request put in, cheapest first."""
        drawn, taken, rows = self._shorter(self._wanted.people.tolist(), count)
        found = []
        for mode, starts in self._wanted.starts.items() if len(rows) else ():
            cents = self._held.pricing.added(drawn, rows, self._wanted, mode)
            for row, column in np.argwhere(cents < NO_WAY // 2).tolist():
                person, out, less, saving = taken[rows[column]]
                spot = self._spot(mode, int(starts[row]), person, int(cents[row, column]))
                if spot is not None and self._stuck <= set(spot.people) and not self._is_present(spot):
                    found.append(_Opening(spot.cents + less, person, out, spot, saving))
        return sorted(found, key=lambda opening: (opening.cents, opening.spot, opening.visits))

    def _spot(self, mode: int, first: int, person: int, cents: int) -> Spot | None:
        """The request served by a person, whom that costs so much, and the cheapest others; None for too few."""
        size = self._instance.requests[self._number].modes[mode].crew
        own = cents + self._own.own_cost(mode, first)
        if size == 1:
            return Spot(own, mode, first, (person,))
        members = self._members(mode)[first]
        others = [member for member in members if member.person != person]
        crew = others[: size - 1]
        if len(crew) < size - 1:
            return None
        if self._wants_lead and not any(member.can_lead for member in crew):
            last = self._instance.visit(self._number, mode, first).last // 2
            if self._wanted.lead_until[person] < last:
                leader = next((member for member in others if member.can_lead), None)
                if leader is None:
                    return None
                crew[-1] = leader
        people = tuple(sorted((person, *(member.person for member in crew))))
        return Spot(own + sum(member.cents for member in crew), mode, first, people)

    def _is_present(self, spot: Spot) -> bool:
        present = self._ranking.standing.placed.get(self._request)
        return present is not None and is_same(present, self._ranking.assignment(self._request, spot))

    def _members(self, mode: int) -> dict[int, list[Member]]:
        """By first slot, who could join the request with nothing moved, cheapest first."""
        found = self._joining.get(mode)
        if found is None:
            found = self._joining[mode] = {first: sorted(own) for first, own in self._own.members(mode)}
        return found

    def _again(self, opening: _Opening, visit: Visit) -> Iterator[Spot]:
        """Where else a visit could go in the weeks of the request's crew, the request in them."""
        here = self._instance.visit(self._number, opening.spot.mode, opening.spot.first)
        weeks = []
        for person in opening.spot.people:
            rest = [own for own in self._standing.visits.get(person, ()) if own not in opening.visits]
            weeks.append(self._in_week(person, in_order((*rest, here)), visit))
        for spot in heapq.merge(*weeks):
            if (spot.mode, spot.first, spot.people) != (visit.mode, visit.first, (opening.person,)):
                yield spot

    def _in_week(self, person: int, week: Sequence[Visit], visit: Visit) -> Iterator[Spot]:
        """Where a visit's request could go in some week, cheapest first."""
        fits = all(in_horizon(self._instance, own) for own in week)  # or it cannot be drawn
        if fits and self._want(visit.request).until[person] >= 0:
            drawn = DrawnWeeks.of(self._instance, self._held.pricing.journeys, [(person, week)])
            yield from sorted(spot for _, spot in self._priced(drawn, np.arange(1), visit))

    def _priced(self, drawn: DrawnWeeks, rows: Numbers, visit: Visit) -> Iterator[tuple[int, Spot]]:
        """The places of a visit's request in drawn weeks, with the row of each."""
        wanted = self._want(visit.request)
        for mode, starts in wanted.starts.items():
            if self._instance.requests[visit.request].modes[mode].crew == 1:
                cents = self._held.pricing.added(drawn, rows, wanted, mode)
                for at, column in np.argwhere(cents < NO_WAY // 2).tolist():
                    moved = self._instance.visit(visit.request, mode, int(starts[at]))
                    row = int(rows[column])
                    own = int(cents[at, column]) + request_cost(self._instance, moved).total
                    yield row, Spot(own, mode, moved.first, (int(drawn.person[row]),))

    def _spots(self, visit: Visit, without: Collection[int]) -> Iterator[Spot]:
        """Where a visit could go in the weeks of others, cheapest first."""
        known = self._remembered.elsewhere.get(visit)
        if known is None:
            # the owner's own week is looked at apart, with the request in it
            owner = self._standing.crew(self._standing.placed[self._instance.requests[visit.request].id])
            places = Places(self._held, self._want(visit.request), {}, owner)
            known = self._remembered.elsewhere[visit] = list(islice(places.cheapest(alone=True), SPOTS))
        avoided = set(without)
        return (spot for spot in known if avoided.isdisjoint(spot.people))

    # -- two visits move -----------------------------------------------------------------------------------------------

    def _with_two(self) -> list[Found]:
        best = Best(self._top)
        for number, opening in enumerate(self._openings(2)):
            if opening.cents >= best.worst or self._stop():
                break
            self._move_both(opening, best, thorough=number < PAIRS)
        self._chain(best)
        return best.found()

    def _move_both(self, opening: _Opening, best: Best, *, thorough: bool) -> None:
        """Serve two visits out of one week again: by two others, by one other, or one of them in the same week."""
        (one, other), crew, base = opening.visits, opening.spot.people, opening.cents
        firsts, seconds = list(self._spots(one, crew)), list(self._spots(other, crew))
        for spot in firsts:
            for second in seconds:
                if set(spot.people).isdisjoint(second.people):
                    best.add(Found(base + spot.cents + second.cents, opening.spot, ((one, spot), (other, second))))
                    break
        for kept, gone, spots in ((one, other, seconds), (other, one, firsts)) if thorough else ():
            for spot in spots[:1]:
                for again in islice(self._again(opening, kept), 1):
                    cents = base + again.cents + spot.cents
                    best.add(Found(cents, opening.spot, ((kept, again), (gone, spot))))
                for second in self._beside(spot, gone, kept):
                    cents = base + spot.cents + second.cents
                    best.add(Found(cents, opening.spot, ((gone, spot), (kept, second))))

    def _beside(self, spot: Spot, there: Visit, visit: Visit) -> Iterator[Spot]:
        """The cheapest place of a visit in the week in which another has just been put."""
        (person,) = spot.people
        joined = self._instance.visit(there.request, spot.mode, spot.first)
        week = in_order((*self._standing.visits.get(person, ()), joined))
        yield from islice(self._in_week(person, week, visit), 1)

    def _chain(self, best: Best) -> None:
        """The visit taken out takes the place of another one, which goes elsewhere."""
        firsts: dict[Visit, _Opening] = {}
        for opening in self._alone():
            firsts.setdefault(opening.visits[0], opening)
            if len(firsts) == CHAINS:
                break
        people = {person for visit in firsts for person in self._want(visit.request).people.tolist()}
        shorter = self._shorter(people, 1)
        for visit, opening in firsts.items():
            if opening.cents >= best.worst or self._stop():
                break
            for spot, pushed in self._pushing(visit, opening.spot.people, shorter):
                cents = opening.cents + spot.cents
                if cents >= best.worst:
                    break
                for last in islice(self._spots(pushed, {*opening.spot.people, *spot.people}), 1):
                    best.add(Found(cents + last.cents, opening.spot, ((visit, spot), (pushed, last))))

    def _shorter(self, people: Collection[int], count: int) -> tuple[DrawnWeeks, Sequence[Taken], Numbers]:
        """The weeks of people with so many visits taken out that may move."""
        drawn, taken, rows = self._remembered.shorter(self._held, people, count)
        may = [all(map(self._may_move, taken[row].out)) for row in rows.tolist()]
        return drawn, taken, rows[np.array(may, dtype=np.bool_)]

    def _pushing(
        self, visit: Visit, crew: Collection[int], shorter: tuple[DrawnWeeks, Sequence[Taken], Numbers]
    ) -> list[tuple[Spot, Visit]]:
        """Where a visit could go if another one went: its place, and which that is, cheapest first.

        The spot's cents are less what the other one costs where it is.
        """
        wanted = self._want(visit.request)
        owner = self._standing.crew(self._standing.placed[self._instance.requests[visit.request].id])
        drawn, taken, rows = shorter
        people = drawn.person[rows]
        clean = self._held.drawn.clean[people]
        rows = rows[clean & np.isin(people, wanted.people) & ~np.isin(people, [*crew, *owner])]
        found = [
            (spot._replace(cents=spot.cents + taken[row].less), taken[row].out[0])
            for row, spot in self._priced(drawn, rows, visit)
        ]
        return heapq.nsmallest(LINKS, found)

    # -- visits --------------------------------------------------------------------------------------------------------

    def _may_move(self, visit: Visit) -> bool:
        request = self._instance.requests[visit.request]
        pin = request.pin
        if self._only is not None and request.id not in self._only:
            return False
        if pin is not None and pin.start_slot is not None and pin.inspectors is not None:
            return False
        return request.modes[visit.mode].crew == 1

    def _want(self, number: int) -> Wanted:
        return self._remembered.want(self._held, number)

    def _least_saving(self) -> int:
        """The most that serving a visit again can save: an affinity below nothing, and a way replaced."""
        drawn = self._held.drawn
        gap = int(drawn.gap.max(initial=0))
        affinity = min((min(request.affinity.values(), default=0) for request in self._instance.requests), default=0)
        return gap - min(0, affinity)
