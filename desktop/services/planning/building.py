"""The planning problem of a horizon, built from the records."""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Factory, PastVisit, Plan, Request, Visit
from desktop.models import Unassigned as LeftOut
from desktop.models.halfday import morning
from desktop.services.collecting import undisturbed
from desktop.services.planning.booking_records import OPEN, PinRecord, in_scope
from desktop.services.planning.bookings import Bookings
from desktop.services.planning.commitments import Commitment, Commitments
from desktop.services.planning.daybook import Daybook
from desktop.services.planning.factories import Factories
from desktop.services.planning.freezing import freeze
from desktop.services.planning.prospects import Prospects
from desktop.services.planning.roster import Roster, Spot
from desktop.services.settings import PlanSettings
from desktop.services.trade.production import Window
from desktop.services.words import spell_day, spell_list
from scheduler import problem as given
from scheduler.plan import Reason, Unassigned
from scheduler.problem import Horizon, Problem
from scheduler.wire import digest

Reach = Literal["asked", "everything", "by hand"]
"""Which requests a problem is about: those asked for, all open ones, or (by hand) impossible ones besides."""

NEAR_HOLIDAYS = 10  # days: a calendar not fixed yet may still move days this far


@dataclass(frozen=True)
class BuiltProblem:
    """A planning problem and what building it showed.

    Attributes:
        problem: the problem.
        impossible: requests that nobody can ever serve, with the reason; they are not in the problem.
        notes: sentences for the planner on what had to be assumed.
        wide: the problem with the requests besides that the plan lists as left out and that could be placed by hand,
            whatever is known of them.
    """

    problem: Problem
    impossible: tuple[Unassigned, ...]
    notes: tuple[str, ...]
    wide: Problem

    @cached_property
    def digest(self) -> str:
        """Names the problem: equal for equal problems only."""
        return digest(self.problem)

    @cached_property
    def aside(self) -> frozenset[str]:
        """Codes of the requests that are in the wide problem only."""
        return frozenset(entry.id for entry in self.wide.requests) - {entry.id for entry in self.problem.requests}


def build_problem(
    session: Session,
    settings: PlanSettings,
    *,
    plan: Plan | None = None,
    keep: Collection[str] = (),
    everything: bool = False,
) -> BuiltProblem:
    """Build the problem of a horizon from what the records say now. Changes nothing.

    Args:
        session: where to read.
        settings: horizon, scope, travel, limits, prices.
        plan: a plan that exists: its own visits are decisions, not facts, and the requests it serves are in the
            problem whatever has become of them. What others have published of requests that it does not know stands.
        keep: codes of more requests that are in the problem whatever is known of them.
        everything: keep what can never be served, and sites and history that no request needs: gives back the problem
            that `store_problem` stored.
    """
    with undisturbed():
        return Building(session, settings, plan, keep, "everything" if everything else "asked").build()


class Building:
    """The records of a horizon, read once.

    Attributes:
        horizon: the days planned.
        wanted: keys of the requests that the plan may concern.
        daybook, factories, bookings, roster: what the problem is made of.
    """

    def __init__(
        self, session: Session, settings: PlanSettings, plan: Plan | None, keep: Collection[str], reach: Reach = "asked"
    ) -> None:
        """Read the records; as `build_problem`."""
        self._session = session
        self._settings = settings
        self._everything = everything = reach == "everything"
        self._lists_all = reach == "by hand"
        self._plan = plan
        self._keep = set(keep)
        visits = [] if plan is None else _statuses(session, plan)
        self._served = {request for request, status in visits if status != "cancelled"}
        self._listed = set() if plan is None else _left_out(session, plan)
        self.horizon = Horizon(settings.first_day, settings.days)
        self.daybook = Daybook(session)
        self.wanted = wanted = in_scope(settings, plan, keep)
        sites = select(Request.factory_id).where(Request.id.in_(wanted))
        self.factories = Factories(session, self.daybook, select(Factory.id) if everything else sites)
        self.bookings = Bookings(session, settings, self.horizon, self.factories, wanted)
        self.roster = Roster(session, settings, self.horizon, self.daybook)
        self._visited = {request for request, _ in visits}
        decided = {row.id for row in self.bookings.rows if self._is_open(row) or row.code in self._keep}
        decided |= self._visited
        if plan is not None:
            decided &= self._served | self._listed
        self._commitments = Commitments(session, self.horizon, settings.rotation.within_days, decided, plan)
        self._impossible: list[Unassigned] = []
        self._aside: list[tuple[Request, Window]] = []
        self._prospects: Prospects | None = None
        self._notes: list[str] = []

    def build(self) -> BuiltProblem:
        """The problem as the records have it."""
        included = self._included()
        people = set(self.roster.codes.values())
        inspectors = self.roster.inspectors(self._commitments, self._places(), self._notes.append)
        problem = Problem(
            horizon=self.horizon,
            travel=self._settings.travel,
            limits=self._settings.limits,
            rotation=self._settings.rotation,
            sites=self._sites(row for row, _ in included),
            inspectors=inspectors,
            requests=tuple(self.bookings.request(row, window, people) for row, window in included),
            published=self._published(row for row, _ in included),
        )
        if not self._everything:
            problem = self._without_hopeless(problem, {row.code: row for row, _ in included})
        wide = self._wide(problem)
        history = self.history(self._session, {site.id for site in wide.sites})
        sites = {site.id for site in problem.sites}
        problem = replace(problem, history=tuple(visit for visit in history if visit.site in sites))
        if self._settings.freeze_days and not self._everything:
            problem, notes = freeze(self._session, problem, self._settings.freeze_days, self._plan)
            self._notes += notes
        wide = replace(wide, history=history, requests=(*problem.requests, *wide.requests[len(problem.requests) :]))
        self._note_calendars()
        impossible = tuple(sorted(self._impossible, key=lambda entry: entry.request))
        return BuiltProblem(problem, impossible, tuple(self._notes), wide if self._aside else problem)

    def _is_open(self, row: Request) -> bool:
        """Whether a request is open and of the plan's areas and countries, as `in_scope` asks."""
        factory, settings = self.factories.by_id[row.factory_id], self._settings
        return (
            row.status in OPEN
            and (not settings.areas or factory.area in settings.areas)
            and (not settings.countries or factory.country in settings.countries)
        )

    def _included(self) -> list[tuple[Request, Window]]:
        """The requests of this horizon, with their windows; what can have none is noted as impossible."""
        found = []
        for row in self.bookings.rows:
            pin = self.bookings.pins.get(row.id)
            window = self._sort(row, pin, has_visit=row.id in self._visited, forced=self._is_forced(row))
            if isinstance(window, Window):
                found.append((row, window))
                continue
            if window is not None:
                self._impossible.append(Unassigned(row.code, (window,)))
            if window is not None or not self._lists_all:
                self._set_aside(row)
        return found

    def _is_forced(self, row: Request) -> bool:
        return row.id in self._served or row.code in self._keep

    def _sort(self, row: Request, pin: PinRecord | None, *, has_visit: bool, forced: bool) -> Window | Reason | None:
        """The window of a request that belongs to the problem; else why it is impossible, None: it is not asked for."""
        is_asked = has_visit or self._is_open(row) or row.code in self._keep
        if not is_asked or (row.id in self._commitments.settled and not forced):
            return None
        window = self.bookings.window(row)
        if not forced and not self._of_horizon(window, pin) and not self._is_announced_here(row):
            return None
        if isinstance(window, str):
            return Reason("no_window", window, "an earliest and a latest day")
        factory = self.factories.by_id[row.factory_id]
        if factory.lat is None:
            text = f"factory {factory.code} is not placed on the map: {factory.address or 'it has no address'}"
            return Reason("no_place", text, f"a place for {factory.code}")
        if window.latest < self.horizon.start and not forced and not self._late_by_choice(pin):
            text = f"its window closed on {spell_day(window.latest)}, before the first day planned"
            return Reason("window_over", text, "a later last day")
        return window

    def holds(self, row: Request, *, served: bool, pin: PinRecord | None) -> bool:
        """Whether a request would be in the problem, did the plan serve it or not, and were it pinned so.

        To be asked once the problem is built.
        """
        forced = served or row.code in self._keep
        window = self._sort(row, pin, has_visit=served, forced=forced)
        if not isinstance(window, Window):
            return False
        if forced or pin is not None or row.id in self.bookings.announced or self._prospects is None:
            return True
        (site,) = self.factories.sites((row.factory_id,), self.horizon)
        request = self.bookings.request(row, window, set(self.roster.codes.values()))
        return self._never(self._prospects, request, site, row.factory_id) is None

    def with_bookings(self, bookings: Bookings) -> Building:
        """The same records with other requests, to be asked about them; not to be built from."""
        twin = copy.copy(self)
        twin.bookings = bookings
        return twin

    def with_others(self, bookings: Bookings, factories: Factories, sites: Sequence[given.Site]) -> Building | None:
        """The same records with more requests, to be asked about them (`Bookings.with_others`); `sites` are theirs.

        None where others might be possible for them being in the problem.
        """
        twin = self.with_bookings(bookings)
        twin.factories = factories
        if self._prospects is None:
            return twin
        prospects = twin._prospects = self._prospects.with_sites(sites)  # noqa: SLF001 -- its own
        return None if prospects is None else twin

    def is_announced(self, row: Request) -> bool:
        """Whether a request has been announced, or has a visit that stands."""
        return row.id in self.bookings.announced or row.id in self._commitments.settled

    def hangs_on(self, row: Request) -> bool:
        """Whether other requests might be possible or not for this one being in the problem, or not."""
        site = self.factories.by_id[row.factory_id].code
        return self._prospects is not None and self._prospects.hangs_on(site)

    def _is_announced_here(self, row: Request) -> bool:
        """Whether a request was announced for the days planned: then they say what becomes of it."""
        told = self.bookings.announced.get(row.id)
        return told is not None and 0 <= told.first_slot - morning(self.horizon.start) < 2 * self.horizon.days

    def _set_aside(self, row: Request) -> None:
        """Note a request that is not in the problem, where the plan lists it and it can be placed by hand."""
        window = self.bookings.window(row) if row.id in self._listed or self._lists_all else ""
        if not isinstance(window, str) and self.factories.by_id[row.factory_id].lat is not None:
            self._aside.append((row, window))

    def _wide(self, problem: Problem) -> Problem:
        """The problem with what was set aside."""
        people = set(self.roster.codes.values())
        known = {site.id for site in problem.sites}
        sites = [site for site in self._sites(row for row, _ in self._aside) if site.id not in known]
        requests = [self.bookings.request(row, window, people) for row, window in self._aside]
        return replace(
            problem,
            sites=(*problem.sites, *sites),
            requests=(*problem.requests, *requests),
            published=dict(problem.published) | self._published(row for row, _ in self._aside),
        )

    def _late_by_choice(self, pin: PinRecord | None) -> bool:
        """Whether a request is wanted in the problem though its window is over: a pin has fixed its start."""
        return self._everything or (pin is not None and pin.start_slot is not None)

    def _of_horizon(self, window: Window | str, pin: PinRecord | None) -> bool:
        """Whether a request belongs to this horizon: by the start that is pinned, else by its window.

        A window that is unknown or over belongs to every horizon: it will be listed with its reason.
        """
        if pin is not None and pin.start_slot is not None:
            return 0 <= pin.start_slot - morning(self.horizon.start) < 2 * self.horizon.days
        if self._settings.every_open_request or self._everything or isinstance(window, str):
            return True
        return window.earliest <= self.horizon.end

    def standing_visits(self) -> dict[str, list[Commitment]]:
        """Visits within the days planned that are facts, by inspector's code."""
        begin, end = morning(self.horizon.start), morning(self.horizon.end) + 2
        found = {
            code: [v for v in self._commitments.standing.get(key, ()) if v.first_slot < end and v.last_slot >= begin]
            for key, code in self.roster.codes.items()
        }
        return {code: visits for code, visits in found.items() if visits}

    def _sites(self, rows: Iterable[Request]) -> tuple[given.Site, ...]:
        wanted = set(self.factories.by_id) if self._everything else {row.factory_id for row in rows}
        return self.factories.sites(wanted, self.horizon)

    def _places(self) -> Mapping[int, Spot]:
        """Places of the factories of visits that stand at the horizon's start or in it, or are announced for it."""
        eve = morning(self.horizon.start) - 2
        near = {v.factory for visits in self._commitments.standing.values() for v in visits if v.last_slot >= eve}
        near |= {visit.factory for visit in self._commitments.coming.values()}
        query = select(Factory.id, Factory.lat, Factory.lon, Factory.country).where(Factory.id.in_(sorted(near)))
        return {
            factory: Spot(lat, lon, country)
            for factory, lat, lon, country in self._session.execute(query)
            if lat is not None and lon is not None
        }

    def _published(self, rows: Iterable[Request]) -> dict[str, given.Announcement]:
        people = set(self.roster.codes.values())
        found = {row.code: self.bookings.announcement(row, people) for row in rows}
        return {code: announced for code, announced in found.items() if announced is not None}

    def _without_hopeless(self, problem: Problem, rows: Mapping[str, Request]) -> Problem:
        """The problem without the requests that can never be served.

        One that is pinned or announced stays, so that its pin is judged and the cost of dropping it is seen.
        """
        self._prospects = Prospects(problem)
        site_of = {site.id: site for site in problem.sites}
        kept, bound = [], []
        for request in problem.requests:
            row = rows[request.id]
            free = request.pin is None and not self._is_forced(row)
            site = site_of[request.site]
            reason = self._never(self._prospects, request, site, row.factory_id) if free else None
            if reason is None or request.id in problem.published:
                kept.append(request)
                if reason is not None:
                    bound.append(f"{request.id} has been announced, but cannot be served: {reason.text}.")
            else:
                self._impossible.append(Unassigned(request.id, (reason,)))
                self._set_aside(row)
        self._notes += bound
        wanted = {request.site for request in kept}
        sites = tuple(site for site in problem.sites if site.id in wanted)
        return replace(problem, sites=sites, requests=tuple(kept))

    def _never(self, prospects: Prospects, request: given.Request, site: given.Site, factory: int) -> Reason | None:
        """Why a request can never be served; None where it may be."""
        return prospects.never(request, site, lambda date: self.factories.is_open(factory, date))

    def history(self, session: Session, sites: Collection[str]) -> tuple[given.PastVisit, ...]:
        """Visits to sites (by id) within the time that rotation looks back: those made, and older records' ones."""
        codes = {factory: code for factory, code in session.execute(select(Factory.id, Factory.code)) if code in sites}
        first = self.horizon.date(1 - self._settings.rotation.within_days)
        found = []
        for person, code in self.roster.codes.items():
            for factory, date in self._commitments.past_visits(person, codes):
                if date >= first:
                    found.append((code, codes[factory], date))
        older = select(PastVisit.inspector_id, PastVisit.factory_id, PastVisit.visited_on).where(
            PastVisit.visited_on >= first, PastVisit.visited_on < self.horizon.start
        )
        for person, factory, date in session.execute(older):
            if person in self.roster.codes and factory in codes:
                found.append((self.roster.codes[person], codes[factory], date))
        return tuple(given.PastVisit(*visit) for visit in sorted(found))

    def _note_calendars(self) -> None:
        countries: dict[str, None] = dict.fromkeys(sorted({person.country for person in self.roster.people}))
        first, last = self.horizon.date(-NEAR_HOLIDAYS), self.horizon.date(self.horizon.days + NEAR_HOLIDAYS)
        moving = [country for country in countries if self.daybook.provisional(country, first, last)]
        if moving:
            self._notes.append(
                f"The holidays of {spell_list(moving)} near this horizon are provisional: no official notice has fixed "
                "them yet, and make-up working days are missing."
            )


def _statuses(session: Session, plan: Plan) -> list[tuple[int, str]]:
    """Key of the request and status of every visit of a plan."""
    query = select(Visit.request_id, Visit.status).where(Visit.plan_id == plan.id)
    return [(request, status) for request, status in session.execute(query)]


def _left_out(session: Session, plan: Plan) -> set[int]:
    """Keys of the requests that a plan lists as left out."""
    return set(session.scalars(select(LeftOut.request_id).where(LeftOut.plan_id == plan.id)))
