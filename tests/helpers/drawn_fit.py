"""Fitting visits together so that the judge objects to none: what drawn pins and near-legal plans are made with."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from tests.helpers.judge import quick_judge_of

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

Json = dict[str, Any]


class Fit:
    """A growing set of visits of one problem, each of them allowed by the judge together with those before it."""

    def __init__(self, problem: Json) -> None:
        self.judge = quick_judge_of(problem)
        self.days = problem["horizon"]["days"]
        self.assignments: dict[str, Json] = {}
        self._visits: dict[str, list[tuple[int, int, Json]]] = {name: [] for name in self.judge.inspectors}

    def objections(self, assignment: Json) -> list[str]:
        """The judge's sentences about adding a visit; none: it fits."""
        request = self.judge.requests[assignment["request"]]
        mode = request["modes"][assignment["mode"]]
        first, last = assignment["start_slot"], assignment["start_slot"] + mode["half_days"] - 1
        texts: list[str] = []
        self.judge.check_visit(request, mode, assignment, first, last, texts)
        if texts:
            return texts
        cost: dict[str, int] = dict.fromkeys(("premium", "work", "travel", "nights"), 0)
        for person in assignment["inspectors"]:
            visits = sorted([*self._visits[person], (first, last, request)], key=lambda visit: visit[:2])
            self.judge.check_inspector(self.judge.inspectors[person], visits, texts, cost)
        return texts

    def add(self, assignment: Json) -> None:
        """Add a visit."""
        request = self.judge.requests[assignment["request"]]
        first = assignment["start_slot"]
        last = first + request["modes"][assignment["mode"]]["half_days"] - 1
        self.assignments[request["id"]] = assignment
        for person in assignment["inspectors"]:
            self._visits[person].append((first, last, request))

    def insert(self, rng: random.Random, request: Json, tries: int) -> bool:
        """Try random crews and starts that look allowed; add the first that fits."""
        if request["id"] in self.assignments:
            return True
        for _ in range(tries):
            assignment = self._guess(rng, request)
            if assignment is not None and not self.objections(assignment):
                self.add(assignment)
                return True
        return False

    def _guess(self, rng: random.Random, request: Json) -> Json | None:
        pin = request["pin"] or {"inspectors": None, "start_slot": None, "mode": None}
        index = rng.randrange(len(request["modes"])) if pin["mode"] is None else pin["mode"]
        mode = request["modes"][index]
        starts = self._open_starts(request, mode["half_days"])
        if pin["start_slot"] is not None:
            starts = [slot for slot in starts if slot == pin["start_slot"]]
        if not starts:
            return None
        slot = rng.choice(starts)
        crew = pin["inspectors"] or self._crew(rng, request, mode["crew"], slot, slot + mode["half_days"] - 1)
        if len(crew) != mode["crew"]:
            return None
        return {"request": request["id"], "mode": index, "start_slot": slot, "inspectors": list(crew)}

    def _open_starts(self, request: Json, half_days: int) -> list[int]:
        """Start slots within the horizon and the window, on days on which the site is open."""
        earliest, latest = self.judge.day_of(request["earliest"]), self.judge.day_of(request["latest"])
        closed = {self.judge.day_of(date) for date in self.judge.sites[request["site"]]["closed"]}
        return [
            slot
            for slot in range(0, 2 * self.days - half_days + 1, 2 if half_days > 1 else 1)
            if earliest <= slot // 2
            and (slot + half_days - 1) // 2 <= latest
            and closed.isdisjoint(range(slot // 2, (slot + half_days - 1) // 2 + 1))
        ]

    def _crew(self, rng: random.Random, request: Json, size: int, first: int, last: int) -> Sequence[str]:
        """People who may do it and are free, the busy ones first more often than not: so come chains away from home."""
        site, date = self.judge.sites[request["site"]], self.judge.start + dt.timedelta(days=last // 2)
        able = [
            name
            for name, inspector in self.judge.inspectors.items()
            if all(inspector["available"][first : last + 1])
            and not any(begin <= last and first <= end for begin, end, _ in self._visits[name])
            and not self.judge.lacks(inspector, site, request, date.isoformat())
        ]
        rng.shuffle(able)
        if rng.random() < 0.6:
            able.sort(key=lambda name: -len(self._visits[name]))
        return able[:size]
