"""Requests that nobody can ever serve, found before anything is solved, with the reason and what would lift it."""

from __future__ import annotations

import copy
import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from desktop.services.planning.whereabouts import has_leg
from desktop.services.words import spell_day, spell_days
from scheduler.plan import Reason
from scheduler.problem import Inspector, Lead, Problem, Request, Site
from scheduler.travel import offers

IsOpen = Callable[[dt.date], bool]


class _Need(NamedTuple):
    """One thing that a request asks of a person: how to say who has it, the reason's code, and what would lift it."""

    code: str
    who: str
    lift: str
    has: Callable[[Inspector, dt.date], bool]


class Prospects:
    """Whether requests of a problem can be served at all, by anybody, on any day that their window leaves."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._in_area: dict[str, list[Inspector]] = defaultdict(list)
        for inspector in problem.inspectors:
            for area in inspector.works_in:
                self._in_area[area].append(inspector)
        self._reached: set[str] | None = None
        self._far: tuple[Site, ...] = ()
        limits = problem.limits
        self._from_home = max(limits.morning, limits.evening, limits.free_day)
        self._between = max(limits.midday, limits.relocate, limits.free_day)

    def with_sites(self, sites: Sequence[Site]) -> Prospects | None:
        """The same where there are requests at some sites more; None where over them others might be reached."""
        known = {site.id for site in self._problem.sites}
        sites = [site for site in sites if site.id not in known]
        if not sites:
            return self
        twin = copy.copy(self)
        twin._problem = replace(self._problem, sites=(*self._problem.sites, *sites))  # noqa: SLF001 -- its own
        if self._reached is not None:
            travel, everybody = self._problem.travel, self._problem.inspectors
            if any(has_leg(travel, site, far, self._between) for site in sites for far in self._far):
                return None
            if not all(any(has_leg(travel, own, site, self._from_home) for own in everybody) for site in sites):
                return None
            twin._reached = self._reached | {site.id for site in sites}  # noqa: SLF001
        return twin

    def hangs_on(self, site: str) -> bool:
        """Whether others might be reached or not for there being a request at a site (by id), or not.

        So where it was asked which sites are reached over others, and this is a step to one that nobody reaches from
        home, or is not known.
        """
        if self._reached is None:
            return False
        at = next((own for own in self._problem.sites if own.id == site), None)
        travel = self._problem.travel
        return at is None or any(has_leg(travel, at, far, self._between) for far in self._far if far.id != site)

    def never(self, request: Request, site: Site, is_open: IsOpen) -> Reason | None:
        """Why a request can never be served; None where it may be, now or in a later plan."""
        first = max(request.earliest, self._problem.horizon.start)
        if request.latest < first:
            text = f"its window closed on {spell_day(request.latest)}, before the first day planned, {spell_day(first)}"
            return Reason("window_over", text, "a later last day")
        ends = [_first_end(first, request.latest, (mode.half_days + 1) // 2, is_open) for mode in request.modes]
        if not any(ends):
            return _no_days(request, first, is_open)
        reasons = []
        for mode, end in zip(request.modes, ends, strict=True):
            if end is not None:
                reason = self._no_crew(request, site, mode.crew, end)
                if reason is None:
                    return None
                reasons.append(reason)
        return reasons[0]

    def _no_crew(self, request: Request, site: Site, crew: int, date: dt.date) -> Reason | None:
        """Why no crew of a size can serve a request whose visit ends on a date at the earliest."""
        people: Sequence[Inspector] = self._in_area.get(site.area, ())
        steps = [f"{len(self._problem.inspectors)} inspectors"]
        for need in _needs(request, site):
            able = [person for person in people if need.has(person, date)]
            steps.append(f"{len(able) or 'none'} {need.who}")
            if len(able) < crew:
                if not able:
                    return Reason(need.code, f"nobody can serve it: {', of those '.join(steps)}", need.lift)
                text = f"it takes {crew} at once: {', of those '.join(steps)}"
                return Reason("crew_too_small", text, f"{need.lift}, or a mode for fewer people")
            people = able
        if request.lead is not None and not any(_can_lead(person, request, request.lead, date) for person in people):
            wants = _wanted(request.skill, request.lead.level, request.lead.languages, request.lead.certificates)
            text = f"nobody of the {len(people)} who could serve it can lead: {wants}"
            return Reason("nobody_leads", text, f"somebody who does {request.service} in {site.area} with {wants}")
        return self._unreachable(request, site, people)

    def _unreachable(self, request: Request, site: Site, people: Sequence[Inspector]) -> Reason | None:
        """Why nobody of those who could serve a request can get to its site and home again."""
        travel = self._problem.travel
        if any(has_leg(travel, person, site, self._from_home) for person in people):
            return None
        if site.id in self._sites_reached():
            return None
        legs = [(leg.minutes, person.id) for person in people for leg in offers(travel, person, site)]
        if not legs:
            text = f"no way of travel leads from any of the {len(people)} who could serve it to {site.id}"
        else:
            minutes, nearest = min(legs)
            text = (
                f"{nearest}, the nearest of the {len(people)} who could serve it, would travel {minutes} minutes to "
                f"{site.id}; {self._from_home} are allowed"
            )
        return Reason("unreachable", text, f"somebody who does {request.service} and lives nearer to {site.id}")

    def _sites_reached(self) -> set[str]:
        """Sites with some way to them from somebody's home or start, other sites on the way included."""
        if self._reached is None:
            travel, everybody = self._problem.travel, self._problem.inspectors
            starts = [person.start for person in everybody if person.start is not None]
            reached = [
                site
                for site in self._problem.sites
                if any(has_leg(travel, person, site, self._from_home) for person in everybody)
                or any(has_leg(travel, start, site, self._between) for start in starts)
            ]
            known = {site.id for site in reached}
            self._far = tuple(site for site in self._problem.sites if site.id not in known)
            left = [site for site in self._problem.sites if site.id not in known]
            while found := [s for s in left if any(has_leg(travel, s, r, self._between) for r in reached)]:
                reached += found
                known.update(site.id for site in found)
                left = [site for site in left if site.id not in known]
            self._reached = known
        return self._reached


def _first_end(first: dt.date, latest: dt.date, days: int, is_open: IsOpen) -> dt.date | None:
    """The last day of the first visit of so many days on end that a window leaves; None where it leaves none."""
    run = 0
    for n in range((latest - first).days + 1):
        date = first + dt.timedelta(days=n)
        run = run + 1 if is_open(date) else 0
        if run >= days:
            return date
    return None


def _no_days(request: Request, first: dt.date, is_open: IsOpen) -> Reason:
    shortest = min(((mode.half_days + 1) // 2 for mode in request.modes), default=1)
    left = (request.latest - first).days + 1
    span = spell_days(first, request.latest)
    if left < shortest:
        text = f"it takes {shortest} days, its window leaves {left} ({span})"
        return Reason("window_short", text, f"a window of {shortest} days, or a mode for more people")
    days = [first + dt.timedelta(days=n) for n in range(left)]
    if not any(is_open(date) for date in days):
        what = "every day" if left > 1 else "the only day"
        return Reason("closed", f"{request.site} is closed on {what} that its window leaves ({span})", "an open day")
    text = f"it takes {shortest} days on end, {request.site} is never open so long in its window ({span})"
    return Reason("closed", text, "a wider window, or a mode for more people")


def _needs(request: Request, site: Site) -> Iterable[_Need]:
    """What a request asks of a person, in the order in which a planner would look for one."""
    area, service, level = site.area, request.service, request.level

    def permitted(person: Inspector, date: dt.date) -> bool:
        permit = person.works_in[area]
        return permit is None or permit >= date

    yield _Need("no_permit", f"may work in {area}", f"a permit for {area}", permitted)
    yield _Need("no_service", f"do {service}", f"{service} for one of them", lambda p, _: service in p.services)
    skill = f"{request.skill} at level {level}"
    yield _Need(
        "no_skill",
        f"have {skill}",
        f"somebody with {skill} who does {service} in {area}",
        lambda person, _: person.skills.get(request.skill, 0) >= level,
    )
    for language in request.languages:
        yield _Need("no_language", f"speak {language}", f"somebody who speaks {language}", partial(_speaks, language))
    for certificate in request.certificates:
        yield _Need(
            "no_certificate", f"hold {certificate}", f"{certificate} for one of them", partial(_holds, certificate)
        )
    if request.excluded:
        yield _Need(
            "all_excluded", "are not excluded", "allowing one of those", lambda p, _: p.id not in request.excluded
        )


def _speaks(language: str, person: Inspector, _: dt.date) -> bool:
    return language in person.languages


def _holds(certificate: str, person: Inspector, date: dt.date) -> bool:
    last = person.certificates.get(certificate)
    return last is not None and last >= date


def _can_lead(person: Inspector, request: Request, lead: Lead, date: dt.date) -> bool:
    return (
        person.skills.get(request.skill, 0) >= lead.level
        and all(language in person.languages for language in lead.languages)
        and all(_holds(certificate, person, date) for certificate in lead.certificates)
    )


def _wanted(skill: str, level: int, languages: Sequence[str], certificates: Sequence[str]) -> str:
    return ", ".join((f"{skill} at level {level}", *languages, *certificates))
