"""One state of the form being answered: direct places at once, those for which others move step by step."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.services.urgent.answer import (
    NextDay,
    Stage,
    UrgentAnswer,
    UrgentCandidate,
    UrgentForm,
)
from desktop.services.urgent.asking import Asked
from desktop.services.urgent.rankings import with_request
from desktop.services.urgent.sorting import in_order
from scheduler.rank import Candidate, Ranking
from scheduler.rank.moving import Moving
from scheduler.rank.places import Spot
from scheduler.stop import Stop

if TYPE_CHECKING:
    from desktop.services.urgent.case import UrgentCase

SHOWN = 24  # candidates
MOST_SPOTS = 4000  # places looked at, cheapest first
MOVED = 10  # places for which others move that are asked for at each step


class Search:
    """One form being answered."""

    def __init__(
        self, case: UrgentCase, form: UrgentForm, now: dt.datetime, asked: Asked, ranking: Ranking | None
    ) -> None:
        self._case, self._form, self._now, self._asked = case, form, now, asked
        self.ranking = ranking
        self._began = time.perf_counter()
        self._making = case.candidates(asked, now)
        self._found: dict[tuple[tuple[str, ...], bool, bool], UrgentCandidate] = {}
        self._able: set[int] = set()
        self._answer: UrgentAnswer | None = None

    def direct(self) -> UrgentAnswer:
        """The places beside the rest of the plan."""
        ranking = self.ranking
        if ranking is None:
            return self._told("direct", whole=True, next_days=())
        code = self._asked.need.code
        saved = ranking.saved(code)
        places: dict[tuple[tuple[int, ...], bool], list[Spot]] = {}  # by crew, in time or late: cheapest first
        latest = ranking.instance.due[ranking.instance.request_number[code]]
        for n, spot in enumerate(ranking.places(code).cheapest()):
            if n == MOST_SPOTS:
                break
            if not self._making.is_ahead(spot.first):
                continue
            self._able.update(spot.people)
            places.setdefault((spot.people, spot.first // 2 > latest), []).append(spot)
        ordered = sorted(places, key=lambda key: (key[1], places[key][0].cents))
        chosen = dict.fromkeys((*ordered[:SHOWN], *sorted(ordered, key=lambda key: places[key][0].cents)[:1]))
        for key in chosen:
            # where a crew would have to leave too soon for one place, the next one of theirs is theirs
            for spot in places[key]:
                if self._add(ranking.candidate(ranking.assignment(code, spot), (), saved), "direct", ranking):
                    break
        nobody = not any(candidate.in_time for candidate in self._found.values())
        return self._told("direct", whole=False, next_days=self._next_days(ranking) if nobody else ())

    def with_moves(self, stop: Stop) -> Iterator[UrgentAnswer]:
        """The places for which others move, step by step."""
        first = self._making.first_day_to_move
        request = self._asked.request
        assert request is not None
        assert self.ranking is not None
        cannot = self._case.refusals(self.ranking).counts(self._able)
        answer = replace(self._require(), cannot=cannot)
        self._answer = answer
        yield answer
        movable = self._case.movable(self._form.may_move, first)
        # one plan for all steps: what the first finds out of it the second knows
        ranking = self._case.loosened(frozenset[str]().union(*movable.values()), first, request)
        for stage, codes in movable.items():
            if not codes or stop():
                continue
            moving = Moving(ranking, request.id, MOVED, stop, codes)
            for found in (moving.with_one, moving.with_two):
                for candidate in found():
                    self._add(candidate, stage, ranking)
                if stop():
                    return
                yield self._told(stage, whole=False, next_days=self._require().next_days)
        yield replace(self._require(), whole=True, seconds=time.perf_counter() - self._began)

    def _require(self) -> UrgentAnswer:
        assert self._answer is not None
        return self._answer

    def _add(self, candidate: Candidate, stage: Stage, ranking: Ranking) -> bool:
        """Take a candidate in, where it is the cheapest of its kind: crew, in time or late, with moves or without.

        Says whether there is one of that kind now.
        """
        if not self._making.is_ahead(candidate.to.start_slot):
            return False
        late = (
            candidate.to.start_slot // 2 > ranking.instance.due[ranking.instance.request_number[candidate.to.request]]
        )
        key = candidate.to.inspectors, late, bool(candidate.moves)
        known = self._found.get(key)
        if known is not None and known.cost.total <= candidate.added.total:
            return True
        made = self._making.make(candidate, stage, ranking)
        if made is not None:
            self._found[key] = made
        return made is not None

    def _told(self, stage: Stage, *, whole: bool, next_days: tuple[NextDay, ...]) -> UrgentAnswer:
        plan, first_day, days = self._case.header()
        answer = UrgentAnswer(
            need=self._asked.need,
            plan=plan,
            first_day=first_day,
            days=days,
            candidates=tuple(in_order(self._found.values())),
            checked=0 if self.ranking is None else len(self.ranking.instance.inspectors),
            can=len(self._able),
            cannot=() if self._answer is None else self._answer.cannot,
            next_days=next_days,
            stage=stage,
            whole=whole,
            seconds=time.perf_counter() - self._began,
        )
        self._answer = answer
        return answer

    def _next_days(self, ranking: Ranking) -> tuple[NextDay, ...]:
        """How many could come on the days after, whatever the window says."""
        instance = ranking.instance
        code, horizon = self._asked.need.code, instance.problem.horizon
        number = instance.request_number[code]
        request = instance.requests[number]
        late = replace(request, latest=horizon.end, due=horizon.end, earliest=min(request.earliest, horizon.end))
        people: dict[int, set[int]] = {}
        least: dict[int, int] = {}
        for n, spot in enumerate(with_request(ranking, late).places(code).cheapest()):
            if n == MOST_SPOTS:
                break
            day = spot.first // 2
            if self._making.is_ahead(spot.first) and day > instance.due[number]:
                people.setdefault(day, set()).update(spot.people)
                least.setdefault(day, spot.cents)
        days = range(max(0, instance.due[number] + 1), horizon.days)
        return tuple(NextDay(horizon.date(day), len(people.get(day, ())), least.get(day)) for day in days)
