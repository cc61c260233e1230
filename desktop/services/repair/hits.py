"""What of a plan in force cannot be as it was announced, by the rule engine on the records as they are now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import RefusedError
from desktop.models import Absence, Announcement, Client, Factory, Inspector, Request
from desktop.models.halfday import date_of, morning
from desktop.services.planning.bookings import zone_of
from desktop.services.planning.building import BuiltProblem
from desktop.services.planning.in_force import announced_assignments
from desktop.services.planning.lifting import lifted
from desktop.services.planning.problems import problem_of
from desktop.services.planning.reading import Source, reading
from desktop.services.planning.revising import revision_settings, today_of
from desktop.services.repair.views import Hit, HitCause
from desktop.services.settings import PlanSettings
from desktop.services.trade.clock import STARTS
from desktop.services.words import sentence
from scheduler.instance import Instance
from scheduler.mend import mend
from scheduler.plan import Assignment
from scheduler.problem import Pin, Problem
from scheduler.rules import Broken
from scheduler.standing import Standing

OVERRUN = "overrun"
"""The kind of an absence of somebody who is still at the visit before."""
HOUR = dt.timedelta(hours=1)
NOBODY = "nobody of its crew works here any more"

_CAUSES: Mapping[str, HitCause] = {
    "availability": "absent",
    "window": "window",
    "site": "closed",
    "eligibility": "lapsed",
    "rotation": "rotation",
    "week": "week",
    "consecutive": "week",
    "travel": "travel",
}


@dataclass(frozen=True, slots=True)
class Struck:
    """A visit of the plan in force that breaks a rule by now: which, how it is said, and through whom."""

    request: str
    rule: str
    text: str
    culprits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Toll:
    """What is in force, and what of it cannot be any more.

    Attributes:
        problem: of its days, without the pins that nobody can keep.
        unpinned: codes of the requests whose pins those were.
        told: what is in force, as far as the problem knows it.
        kept: of that, all that keeps the rules together, whatever has been pinned elsewhere since.
        struck: the rest.
    """

    problem: Problem
    unpinned: tuple[str, ...]
    told: tuple[Assignment, ...]
    kept: tuple[Assignment, ...]
    struck: tuple[Struck, ...]

    @property
    def keeps_pins(self) -> bool:
        """Whether all that is pinned is kept, where it is pinned to."""
        places = {entry.request: entry for entry in self.kept}
        return all(entry.pin is None or _keeps(places.get(entry.id), entry.pin) for entry in self.problem.requests)


def hits(source: Source, now: dt.datetime, settings: PlanSettings | None = None) -> tuple[Hit, ...]:
    """The announced visits that cannot be as announced, from today on, those with least time left first.

    Args:
        source: where to read. The problem read is held: asking again is quick as long as nothing changes.
        now: aware.
        settings: of the days looked at; None: from today to the end of the plan in force.
    """
    with reading(source) as session:
        try:
            wanted = settings or revision_settings(session, today_of(now))
        except RefusedError:
            return ()  # nothing is in force
        built = problem_of(source, wanted)
        return in_words(session, now, built, toll_of(session, built))


def toll_of(session: Session, built: BuiltProblem) -> Toll:
    """What of the plan in force cannot be any more on a problem of its days, built from the records as they are now."""
    problem, unpinned = lifted(built.problem)
    told = announced_assignments(session, problem)
    instance = Instance(_as_told(problem, told))
    standing = Standing.of(instance, told)
    kept, mended = mend(instance, told)
    struck = [
        Struck(entry.request, entry.rule, entry.text, _culprits(standing, entry.request, entry.rule))
        for entry in mended
    ]
    known = {entry.request for entry in told}
    struck += [
        Struck(code, "availability", NOBODY, ())
        for code, entry in sorted(problem.published.items())
        if code not in known and 0 <= entry.start_slot < instance.slots
    ]
    struck += _impossible(session, built)
    return Toll(problem, unpinned, told, kept, tuple(struck))


def _as_told(problem: Problem, told: Sequence[Assignment]) -> Problem:
    """A problem in which nothing is pinned to where it is not: moves in a draft are no rules for what is in force."""
    places = {entry.request: entry for entry in told}
    requests = tuple(
        replace(entry, pin=None) if entry.pin is not None and not _keeps(places.get(entry.id), entry.pin) else entry
        for entry in problem.requests
    )
    return replace(problem, requests=requests)


def _keeps(entry: Assignment | None, pin: Pin) -> bool:
    return (
        entry is not None
        and (pin.inspectors is None or set(pin.inspectors) == set(entry.inspectors))
        and pin.start_slot in (None, entry.start_slot)
        and pin.mode in (None, entry.mode)
    )


def _culprits(standing: Standing, request: str, rule: str) -> tuple[str, ...]:
    """Through whom a visit breaks a rule; whose week does, where the rule is about weeks."""
    entry = standing.placed[request]
    weeks: list[Broken] = [b for person in standing.crew(entry) for b in standing.of_person(person).broken]
    broken = [*standing.of_request(request).broken, *(b for b in weeks if b.request in (request, None))]
    return tuple(sorted({b.inspector for b in broken if b.rule == rule and b.inspector is not None}))


def _impossible(session: Session, built: BuiltProblem) -> list[Struck]:
    """Announced requests that have no place in any plan by now: their window is over, or nobody knows it."""
    reasons = {entry.request: entry.reasons[0].text for entry in built.impossible}
    begin = morning(built.problem.horizon.start)
    query = (
        select(Request.code)
        .join(Announcement, Announcement.request_id == Request.id)
        .where(Request.code.in_(reasons), Announcement.first_slot >= begin)
        .order_by(Request.code)
    )
    return [Struck(code, "window", reasons[code], ()) for code in session.scalars(query)]


# -- in words ----------------------------------------------------------------------------------------------------------


def in_words(session: Session, now: dt.datetime, built: BuiltProblem, toll: Toll) -> tuple[Hit, ...]:
    """What was struck, for people; those with least time left first."""
    if not toll.struck:
        return ()
    begin = morning(built.problem.horizon.start)
    facts = _facts(session, [entry.request for entry in toll.struck])
    names = {code: name for code, name in session.execute(select(Inspector.code, Inspector.name))}
    busy = _overrun(session, {code for entry in toll.struck for code in entry.culprits})
    told = {entry.request: entry for entry in toll.told}
    found = []
    for struck in toll.struck:
        of = facts[struck.request]
        first, last = _slots(of, told.get(struck.request), begin)
        overruns = (span for code in struck.culprits for span in busy.get(code, ()))
        cause = _CAUSES.get(struck.rule, "other")
        if cause == "absent" and any(a <= last and first <= b for a, b in overruns):
            cause = "overran"
        found.append(_hit(struck, of, _Timed(first, last, cause), names, now))
    return tuple(sorted(found, key=lambda hit: (hit.starts_at, hit.request)))


@dataclass(frozen=True, slots=True)
class _Facts:
    request: Request
    client: Client
    factory: Factory
    first_slot: int
    crew: tuple[str, ...]


def _facts(session: Session, codes: Collection[str]) -> Mapping[str, _Facts]:
    query = (
        select(Request, Client, Factory, Announcement)
        .join(Client, Request.client_id == Client.id)
        .join(Factory, Request.factory_id == Factory.id)
        .join(Announcement, Announcement.request_id == Request.id)
        .where(Request.code.in_(codes))
    )
    people = {key: code for key, code in session.execute(select(Inspector.id, Inspector.code))}
    return {
        row.code: _Facts(
            row,
            client,
            factory,
            told.first_slot,
            tuple(sorted(people[entry.inspector_id] for entry in told.inspectors)),
        )
        for row, client, factory, told in session.execute(query)
    }


class _Timed(NamedTuple):
    """Absolute slots of a visit, and why it cannot be."""

    first_slot: int
    last_slot: int
    cause: HitCause


def _slots(of: _Facts, told: Assignment | None, begin: int) -> tuple[int, int]:
    first = of.first_slot if told is None else begin + told.start_slot
    modes = of.request.modes
    half_days = modes[0 if told is None else told.mode].half_days if modes else 1
    return first, first + half_days - 1


def _hit(struck: Struck, of: _Facts, timed: _Timed, names: Mapping[str, str], now: dt.datetime) -> Hit:
    first = timed.first_slot
    at = dt.time(STARTS[first % 2])
    starts = dt.datetime.combine(date_of(first), at, zone_of(of.factory.time_zone)).astimezone(dt.UTC)
    return Hit(
        request=struck.request,
        service=of.request.service,
        client=of.client.code,
        client_name=of.client.name,
        factory=of.factory.code,
        factory_name=of.factory.name,
        factory_phone=of.factory.phone,
        inspectors=of.crew,
        names=tuple(names.get(code, code) for code in of.crew),
        culprits=struck.culprits,
        first_slot=first,
        last_slot=timed.last_slot,
        starts_at=starts,
        hours_left=(starts - now) / HOUR,
        cause=timed.cause,
        text=sentence(struck.text),
    )


def _overrun(session: Session, people: Collection[str]) -> Mapping[str, Sequence[tuple[int, int]]]:
    """The half-days for which people are still at another visit, by code."""
    found: dict[str, list[tuple[int, int]]] = {}
    query = (
        select(Inspector.code, Absence.first_slot, Absence.last_slot)
        .join(Absence, Absence.inspector_id == Inspector.id)
        .where(Absence.kind == OVERRUN, Inspector.code.in_(people))
    )
    for code, first, last in session.execute(query):
        found.setdefault(code, []).append((first, last))
    return found
