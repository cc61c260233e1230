"""Places for bookings: a week that could be worked as drawn, so that a good plan can serve nearly all of it.

Every booking is drawn round a crew that is free for it, near home, on days on which the factory is open. What the
planner is shown of it is a window; the crew and the day that it was drawn round are forgotten.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from desktop.services.demo.company import Company
from desktop.services.demo.firms import Site
from desktop.services.demo.people import Person
from desktop.services.demo.trade import days_of
from desktop.services.settings import DEFAULT_ROTATION
from scheduler.problem import Mode

FULL = 0.9  # of the days that a person may work in a week, the share that is drawn for at most
TRIES = 40


@dataclass(frozen=True, slots=True)
class Spot:
    """A crew, a factory and a first day that a booking is drawn round.

    Attributes:
        certain: whether the crew can indeed go there on that day.
    """

    crew: tuple[Person, ...]
    site: Site
    day: int
    certain: bool = True


class Diary:
    """Who is still free on which days of the weeks to come."""

    def __init__(self, rng: random.Random, company: Company) -> None:
        self._rng = rng
        self._company = company
        self._taken: dict[int, set[int]] = defaultdict(set)
        self._visits: dict[tuple[int, int], int] = defaultdict(int, company.recent)
        self._limits: dict[tuple[int, int], int] = {}

    def find(self, service: str, mode: Mode, monday: int) -> Spot | None:
        """A place for a booking in a week, taken from now on; None where there is none."""
        people = [person for person in self._company.people if service in person.services]
        if not people:
            return None
        for _ in range(TRIES):
            person = min((self._rng.choice(people) for _ in range(3)), key=lambda who: self._load(who, monday))
            site = self._company.draw_site(self._rng, person)
            if site is None:
                continue
            day = self._free_run(person, site, days_of(mode), monday)
            if day is None:
                continue
            days = range(day, day + days_of(mode))
            crew = (person, *self._partners(person, site, service, mode.crew - 1, days))
            if len(crew) == mode.crew:
                self._take(crew, site, days)
                return Spot(crew, site, day)
        return None

    def _load(self, person: Person, monday: int) -> float:
        limit = self._limit(person, monday)
        return len(self._taken[person.id] & set(range(monday, monday + 7))) / limit if limit else 9.0

    def _limit(self, person: Person, monday: int) -> int:
        key = person.id, monday
        if key not in self._limits:
            days = sum(person.works(self._company.sheet, day) for day in range(monday, monday + 7))
            days = min(days, len(person.day_costs) - (monday < person.free_from))
            self._limits[key] = round(days * FULL)
        return self._limits[key]

    def _free_run(self, person: Person, site: Site, length: int, monday: int) -> int | None:
        if self._visits[person.id, site.id] >= DEFAULT_ROTATION.max_visits:
            return None
        first_days = list(range(monday, monday + 8 - length))
        self._rng.shuffle(first_days)
        for day in first_days:
            days = range(day, day + length)
            if self._is_free(person, days) and all(site.is_open(self._company.sheet, one) for one in days):
                return day
        return None

    def _is_free(self, person: Person, days: range) -> bool:
        monday = days[0] - (days[0] - 1) % 7
        used = len(self._taken[person.id] & set(range(monday, monday + 7)))
        if used + len(days) > self._limit(person, monday):
            return False
        return all(day not in self._taken[person.id] and person.works(self._company.sheet, day) for day in days)

    def _partners(self, person: Person, site: Site, service: str, count: int, days: range) -> Iterable[Person]:
        """Others of his region who could go with him."""
        team = self._company.teams[person.region] if count else ()
        fit = [
            other
            for other in team
            if other is not person
            and site.skill in other.skills
            and service in other.services
            and self._is_free(other, days)
            and self._visits[other.id, site.id] < DEFAULT_ROTATION.max_visits
        ]
        return fit[:count]

    def _take(self, crew: tuple[Person, ...], site: Site, days: range) -> None:
        for person in crew:
            self._taken[person.id].update(days)
            self._visits[person.id, site.id] += 1
