"""What could be done where one more would save: who could go, whom to ask, which bars to unlock. From records alone."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import replace

from desktop.services.distance import km_between
from desktop.services.worth.subject import Subject
from desktop.services.worth.views import Candidate, CeilingRow, Step
from scheduler.problem import Inspector

MOST_NAMED = 5
MOST_STEPS = 60  # rows for which people are looked for
FAR = 1_500  # km from which nobody is sent for a day


class Steps:
    """What the records say of a row. Made once for all rows of a plan."""

    def __init__(self, subject: Subject) -> None:
        problem = subject.problem
        self._subject = subject
        self._sites = {site.id: site for site in problem.sites}
        self._left = MOST_STEPS
        requests = {request.id: request for request in problem.requests}
        self._busy: dict[str, set[int]] = defaultdict(set)
        for entry in subject.plan.assignments:
            half_days = requests[entry.request].modes[entry.mode].half_days
            days = range(entry.start_slot // 2, (entry.start_slot + half_days - 1) // 2 + 1)
            for person in entry.inspectors:
                self._busy[person].update(days)
        self._most_days = {person.id: len(person.day_costs) for person in problem.inspectors}
        self._level: dict[tuple[str, str], int] = {}
        self._pinned = Counter[tuple[str, str, dt.date]]()
        for request in problem.requests:
            key = subject.areas[request.site], request.skill
            self._level[key] = min(self._level.get(key, request.level), request.level)
            if request.pin is not None and request.pin.start_slot is not None:
                self._pinned[(*key, problem.horizon.date(request.pin.start_slot // 2))] += 1

    def with_step(self, row: CeilingRow) -> CeilingRow:
        """A row with who could go and what could be done next; only hands have either."""
        if row.kind != "hand" or row.day is None or self._left <= 0:
            return row
        self._left -= 1
        people = self._people(row, row.day)
        step, number = self._step(row, row.day, people)
        return replace(row, who=tuple(people[:MOST_NAMED]), step=step, step_number=number)

    def _step(self, row: CeilingRow, day: dt.date, people: list[Candidate]) -> tuple[Step, int]:
        pinned = self._pinned[row.region, row.skill, day]
        if pinned:
            return "unlock", pinned
        here = sum(one.is_free and one.region == row.region for one in people)
        if here:
            return "local", here
        asked = sum(one.is_freelancer and not one.is_free and self._has_room(one.code, day) for one in people)
        if asked:
            return "freelancer", asked
        free = sum(one.is_free for one in people)
        return ("transfer", free) if free else ("hire", 0)

    def _people(self, row: CeilingRow, day: dt.date) -> list[Candidate]:
        """Who has the skill and may work there, free ones first, then the nearest."""
        middle = self._middle(row.region, row.skill)
        level = self._level.get((row.region, row.skill), 1)
        found = []
        for person in self._subject.problem.inspectors:
            km = round(km_between(middle, (person.lat, person.lon)))
            if km <= FAR and self._may(person, row, day, level):
                found.append(
                    Candidate(
                        code=person.id,
                        name=self._subject.names.get(person.id, ""),
                        region=self._subject.homes.get(person.id, ""),
                        km=km,
                        is_free=self._is_free(person, day),
                        is_freelancer=bool(person.day_costs) and person.day_costs[0] > 0,
                    )
                )
        return sorted(found, key=lambda one: (not one.is_free, one.km, one.code))

    @staticmethod
    def _may(person: Inspector, row: CeilingRow, day: dt.date, level: int) -> bool:
        if row.region not in person.works_in or person.skills.get(row.skill, 0) < level:
            return False
        until = person.works_in[row.region]
        return until is None or until >= day

    def _is_free(self, person: Inspector, day: dt.date) -> bool:
        number = self._subject.problem.horizon.day(day)
        return all(person.available[2 * number : 2 * number + 2]) and self._has_room(person.id, day)

    def _has_room(self, code: str, day: dt.date) -> bool:
        """Whether the plan has no visit for somebody on a day, and leaves a day of his week."""
        horizon, week = self._subject.problem.horizon, day.isocalendar()[:2]
        worked = sum(horizon.date(busy).isocalendar()[:2] == week for busy in self._busy[code])
        return horizon.day(day) not in self._busy[code] and worked < self._most_days[code]

    def _middle(self, region: str, skill: str) -> tuple[float, float]:
        requests = self._subject.problem.requests
        sites = [
            self._sites[one.site]
            for one in requests
            if one.skill == skill and self._subject.areas[one.site] == region
        ]  # fmt: skip
        return sum(site.lat for site in sites) / len(sites), sum(site.lon for site in sites) / len(sites)
