"""A problem compiled: ids as numbers, dates as day numbers, and what the rules ask most often worked out once.

Everything that judges or prices reads the problem through an `Instance`. Requests, inspectors and sites are numbered
in the order of the problem. Places are numbered too: the sites first, then the homes, then the starts, and last those
sites that a problem has been widened by (`with_site`), so that no number ever changes.
"""

from __future__ import annotations

import copy
import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from scheduler.problem import Inspector, Lead, Limits, PastVisit, Pin, Problem, Request, Site, Waiver
from scheduler.travel import Legs, Place

NEVER = -(10**6)  # a last valid day that no day keeps
ALWAYS = 10**6  # a last valid day that every day keeps


class Visit(NamedTuple):
    """A visit of one inspector, by numbers: which request, in which mode, its first and last slot."""

    request: int
    mode: int
    first: int
    last: int

    @property
    def days(self) -> range:
        """The days the visit touches."""
        return range(self.first // 2, self.last // 2 + 1)


class Instance:
    """The compiled problem. Unknown ids are the caller's to keep out; `validate.check_problem` finds them."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.days = problem.horizon.days
        self.slots = 2 * self.days
        self.sites = problem.sites  # by their number; see `with_site`
        self.inspectors = problem.inspectors
        self.requests = problem.requests
        self.request_number = {request.id: n for n, request in enumerate(problem.requests)}
        self.inspector_number = {inspector.id: n for n, inspector in enumerate(problem.inspectors)}
        self.site_number = {site.id: n for n, site in enumerate(problem.sites)}
        horizon = problem.horizon
        self.site_of = [self.site_number.get(request.site, -1) for request in problem.requests]
        self.earliest = [horizon.day(request.earliest) for request in problem.requests]
        self.latest = [horizon.day(request.latest) for request in problem.requests]
        self.due = [horizon.day(request.due) for request in problem.requests]
        self.closed = [frozenset(horizon.day(date) for date in site.closed) for site in problem.sites]
        self.waived = [request.pin.waive if request.pin else frozenset() for request in problem.requests]
        self.home = [len(self.sites) + n for n in range(len(self.inspectors))]
        self.start_place: list[int | None] = []
        places: list[Place] = [*self.sites, *self.inspectors]
        for inspector in self.inspectors:
            self.start_place.append(None if inspector.start is None else len(places))
            if inspector.start is not None:
                places.append(inspector.start)
        self.legs = Legs(problem.travel, problem.limits, tuple(places))
        self.past = self._past_visits(problem.history)
        weekday = horizon.start.weekday()
        self.week_of = [(weekday + day) // 7 for day in range(self.days + 1)]
        self.sunk = [frozenset(i.start.worked_days) if i.start else frozenset() for i in self.inspectors]
        self.done = [self._days_done(inspector, weekday) for inspector in self.inspectors]
        self._until: dict[int, dict[int, int]] = {}  # by request and inspector
        self._who: dict[tuple[str, ...], list[int]] = {}

    def with_pin(self, request: int, pin: Pin | None) -> Instance:
        """The same problem with one request pinned otherwise. Shares what a pin has no say in."""
        twin = copy.copy(self)
        pinned = dataclasses.replace(self.requests[request], pin=pin)
        twin.requests = (*self.requests[:request], pinned, *self.requests[request + 1 :])
        twin.problem = dataclasses.replace(self.problem, requests=twin.requests)
        twin.waived = self.waived.copy()
        twin.waived[request] = pin.waive if pin else frozenset()
        return twin

    def with_request(self, request: int, other: Request) -> Instance:
        """The same problem with a request of the same id and site in place of one."""
        return self.with_requests({request: other})

    def with_requests(self, others: Mapping[int, Request]) -> Instance:
        """The same problem with requests of the same ids and sites in place of some."""
        twin, horizon = copy.copy(self), self.problem.horizon
        requests = list(self.requests)
        twin.earliest, twin.latest, twin.due = self.earliest.copy(), self.latest.copy(), self.due.copy()
        twin.waived, twin._until = self.waived.copy(), self._until.copy()  # noqa: SLF001 -- its own
        for number, other in others.items():
            requests[number] = other
            twin.earliest[number] = horizon.day(other.earliest)
            twin.latest[number] = horizon.day(other.latest)
            twin.due[number] = horizon.day(other.due)
            twin.waived[number] = other.pin.waive if other.pin else frozenset()
            twin._until.pop(number, None)  # noqa: SLF001
        twin.requests = tuple(requests)
        twin.problem = dataclasses.replace(self.problem, requests=twin.requests)
        return twin

    def with_inspector(self, number: int, other: Inspector) -> Instance:
        """The same problem with an inspector of the same id, home and start in place of one."""
        twin = copy.copy(self)
        twin.inspectors = (*self.inspectors[:number], other, *self.inspectors[number + 1 :])
        twin.problem = dataclasses.replace(self.problem, inspectors=twin.inspectors)
        twin._until, twin._who = {}, {}  # noqa: SLF001 -- its own
        return twin

    def with_limits(self, limits: Limits) -> Instance:
        """The same problem with other limits of travel."""
        twin = copy.copy(self)
        twin.problem = dataclasses.replace(self.problem, limits=limits)
        twin.legs = self.legs.with_limits(limits)
        return twin

    def with_site(self, site: Site, history: Iterable[PastVisit] = ()) -> Instance:
        """The same problem with a site more, which no request is at yet, and the visits made there.

        Raises:
            ValueError: the problem has a site of that id.
        """
        if site.id in self.site_number:
            msg = f"the problem has a site {site.id} already"
            raise ValueError(msg)
        twin = copy.copy(self)
        number = self.legs.count
        history = tuple(history)
        # what lies between are the numbers of homes and starts, for which nobody asks here
        more = number + 1 - len(self.sites)
        twin.sites = (*self.sites, *[site] * more)
        twin.closed = [*self.closed, *[frozenset(map(self.problem.horizon.day, site.closed))] * more]
        twin.site_number = {**self.site_number, site.id: number}
        twin.legs = self.legs.with_place(site)
        twin.problem = dataclasses.replace(
            self.problem, sites=(*self.problem.sites, site), history=(*self.problem.history, *history)
        )
        twin.past = {**self.past, **twin._past_visits(history)}  # noqa: SLF001 -- its own
        return twin

    def with_new(self, request: Request) -> Instance:
        """The same problem with a request more, at a site that it has; nothing is announced of it.

        Raises:
            ValueError: the problem has a request of that id, or no such site.
        """
        if request.id in self.request_number or request.site not in self.site_number:
            msg = f"request {request.id} is in the problem already, or its site {request.site} is not"
            raise ValueError(msg)
        twin, horizon = copy.copy(self), self.problem.horizon
        twin.requests = (*self.requests, request)
        twin.problem = dataclasses.replace(self.problem, requests=twin.requests)
        twin.request_number = {**self.request_number, request.id: len(self.requests)}
        twin.site_of = [*self.site_of, self.site_number[request.site]]
        twin.earliest = [*self.earliest, horizon.day(request.earliest)]
        twin.latest = [*self.latest, horizon.day(request.latest)]
        twin.due = [*self.due, horizon.day(request.due)]
        twin.waived = [*self.waived, request.pin.waive if request.pin else frozenset()]
        twin._until = self._until.copy()  # noqa: SLF001 -- its own: another twin has another request of this number
        return twin

    def with_waiver(self, request: int, waiver: Waiver) -> Instance:
        """The same problem with one more rule waived for a request, which need not be pinned."""
        twin = copy.copy(self)
        twin.waived = self.waived.copy()
        twin.waived[request] = self.waived[request] | {waiver}
        return twin

    def with_open(self, site: int, day: int) -> Instance:
        """The same problem with a site open on a day."""
        twin = copy.copy(self)
        twin.closed = self.closed.copy()
        twin.closed[site] = self.closed[site] - {day}
        place = self.sites[site]
        opened = dataclasses.replace(place, closed=place.closed - {self.date(day)})
        twin.sites = (*self.sites[:site], opened, *self.sites[site + 1 :])
        given = (opened if own.id == opened.id else own for own in self.problem.sites)
        twin.problem = dataclasses.replace(self.problem, sites=tuple(given))
        return twin

    def _past_visits(self, history: Iterable[PastVisit]) -> Mapping[tuple[int, int], int]:
        """How often each inspector has been at each site within the time that rotation looks back."""
        past: dict[tuple[int, int], int] = defaultdict(int)
        for visit in history:
            if (self.problem.horizon.start - visit.date).days < self.problem.rotation.within_days:
                past[self.inspector_number.get(visit.inspector, -1), self.site_number.get(visit.site, -1)] += 1
        return dict(past)

    @staticmethod
    def _days_done(inspector: Inspector, weekday: int) -> Mapping[int, int]:
        """Days worked by calendar week (0: the one in which the horizon starts) before this plan adds any."""
        done: dict[int, int] = defaultdict(int)
        done[0] = inspector.worked_before.days_this_week
        for day in set(inspector.start.worked_days) if inspector.start else ():
            done[(weekday + day) // 7] += 1
        return dict(done)

    def date(self, day: int) -> dt.date:
        """The date of a day number."""
        return self.problem.horizon.date(day)

    def week(self, day: int) -> int:
        """The calendar week of a day, counted from the one in which the horizon starts; any day number."""
        return (self.problem.horizon.start.weekday() + day) // 7

    def may_travel(self, inspector: int, day: int) -> bool:
        """Whether a day may be a travel day: from the eve of the horizon (-1) to the day after it."""
        return -1 <= day <= self.days and self.inspectors[inspector].may_travel[day + 1]

    def visit(self, request: int, mode: int, first: int) -> Visit:
        """The visit of a request in a mode from a slot on."""
        return Visit(request, mode, first, first + self.requests[request].modes[mode].half_days - 1)

    def eligible_until(self, inspector: int, request: int) -> int:
        """The last day number on which an inspector may serve a request by rule 4; `NEVER` where on none."""
        known = self._until.get(request)
        if known is None:
            known = self._until[request] = {}
        until = known.get(inspector)
        if until is None:
            until = known[inspector] = self._eligible_until(self.inspectors[inspector], self.requests[request])
        return until

    def _eligible_until(self, inspector: Inspector, request: Request) -> int:
        if request.service not in inspector.services or inspector.id in request.excluded:
            return NEVER
        area = self.sites[self.site_of[self.request_number[request.id]]].area
        if area not in inspector.works_in:
            return NEVER
        permit = inspector.works_in[area]
        qualified = self.qualified_until(inspector, request, request)
        return qualified if permit is None else min(qualified, self.problem.horizon.day(permit))

    def eligible_people(self, request: int) -> list[int]:
        """The inspectors who may serve a request by rule 4 on some day, inside the horizon or not."""
        wanted = self.requests[request]
        area = self.sites[self.site_of[request]].area
        return [
            person
            for person in self._knowing(area, wanted.service, wanted.skill if wanted.level > 0 else None)
            if self.eligible_until(person, request) > NEVER
        ]

    def _knowing(self, area: str, service: str, skill: str | None) -> list[int]:
        """The inspectors with a permit for an area, a service, and a skill at any level."""
        key = (area, service) if skill is None else (area, service, skill)
        found = self._who.get(key)
        if found is None:
            if skill is None:
                everyone = enumerate(self.inspectors)
                found = [n for n, person in everyone if area in person.works_in and service in person.services]
            else:
                found = [n for n in self._knowing(area, service, None) if skill in self.inspectors[n].skills]
            self._who[key] = found
        return found

    def lead_until(self, inspector: int, request: int) -> int:
        """The last day number on which an inspector could lead the crew of a request that wants a lead."""
        wanted = self.requests[request]
        return NEVER if wanted.lead is None else self.qualified_until(self.inspectors[inspector], wanted, wanted.lead)

    def qualified_until(self, inspector: Inspector, request: Request, wanted: Request | Lead) -> int:
        """The last day number on which an inspector has the level, languages and certificates wanted."""
        if inspector.skills.get(request.skill, 0) < wanted.level:
            return NEVER
        if any(language not in inspector.languages for language in wanted.languages):
            return NEVER
        return self._valid_until(inspector, wanted.certificates)

    def _valid_until(self, inspector: Inspector, certificates: Iterable[str]) -> int:
        until = ALWAYS
        for certificate in certificates:
            last = inspector.certificates.get(certificate)
            if last is None:
                return NEVER
            until = min(until, self.problem.horizon.day(last))
        return until
