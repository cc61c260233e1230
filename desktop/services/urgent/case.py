"""One urgent booking, answered from memory: its places ranked for every state of the form, more and more of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from desktop.models.halfday import morning
from desktop.services.commands import AddOrder, AddRequest, BookUrgent, ReportProgress, UrgentMove
from desktop.services.planning.opened import OpenPlan
from desktop.services.planning.views import BookingView
from desktop.services.urgent.answer import (
    MayMove,
    PersonRows,
    Stage,
    UrgentAnswer,
    UrgentCandidate,
    UrgentForm,
    WayOut,
    WhyNot,
)
from desktop.services.urgent.asking import Asked, Asking, House
from desktop.services.urgent.candidates import Candidates, View
from desktop.services.urgent.facts import CaseFacts, key_of
from desktop.services.urgent.rankings import Loosening, Rankings, with_request
from desktop.services.urgent.reasons import Refusals, ways_out
from desktop.services.urgent.search import Search
from scheduler import problem as given
from scheduler.rank import Ranking
from scheduler.stop import Stop, never


class UrgentCase:
    """One booking in one plan. Not changed once made: any thread may ask, and nothing asks the database."""

    def __init__(
        self, opened: OpenPlan, rankings: Rankings, house: House, facts: CaseFacts, held: frozenset[str]
    ) -> None:
        self._opened, self._facts, self._house, self._held = opened, facts, house, held
        self._asking = Asking(facts, house)
        self._rankings = rankings
        self._base: Ranking | None = None
        self._loosened: dict[Loosening, Ranking] = {}
        self._asked: tuple[UrgentForm, dt.datetime, Asked] | None = None

    @property
    def plan(self) -> str:
        """The draft's code; "" where there is none."""
        return self._opened.code if self._opened.status == "draft" else ""

    def fits(self, form: UrgentForm) -> bool:
        """Whether a form can be answered from the records that were read."""
        return key_of(form) == self._facts.key

    # -- the answer ----------------------------------------------------------------------------------------------------

    def rank(self, form: UrgentForm, now: dt.datetime) -> UrgentAnswer:
        """The places for which nothing else moves."""
        return self._search(form, now).direct()

    def stream(self, form: UrgentForm, now: dt.datetime, stop: Stop = never) -> Iterator[UrgentAnswer]:
        """Answers with more and more in them; the last one is whole, unless `stop` says yes before."""
        search = self._search(form, now)
        yield search.direct()
        if search.ranking is not None:
            yield from search.with_moves(stop)

    def _search(self, form: UrgentForm, now: dt.datetime) -> Search:
        asked = self._complete(form, now)
        return Search(self, form, now, asked, self._widened(asked.request))

    def _complete(self, form: UrgentForm, now: dt.datetime) -> Asked:
        known = self._asked
        if known is None or known[:2] != (form, now):
            known = self._asked = form, now, self._asking.complete(form, now)
        return known[2]

    def _widened(self, request: given.Request | None) -> Ranking | None:
        """The plan with the request in its problem; None where nothing can be sought."""
        if request is None:
            return None
        if self._base is None:
            self._base = self._with_site(self._rankings.plain)
        return with_request(self._base, request)

    def _with_site(self, ranking: Ranking) -> Ranking:
        site = self._facts.site
        if site is None or site.id in ranking.instance.site_number:
            return ranking
        return ranking.with_site(site, [visit for visit in self._facts.history if visit.site == site.id])

    def movable(self, may: MayMove, first: dt.date) -> dict[Stage, frozenset[str]]:
        """Requests that may move, by the step in which they do: they begin on a day or later, and are not held."""
        standing, problem = self._opened.standing, self._opened.standing.instance.problem
        pins, facts = self._opened.drawing.pins, self._opened.drawing.facts
        least = 2 * problem.horizon.day(first)
        proposed, announced = set[str](), set[str]()
        for code, entry in standing.placed.items():
            known = facts.get(code)
            if entry.start_slot < least or code in self._held or (known is not None and known.started):
                continue
            if code in pins and (pins[code] or not may.locked):
                continue  # what is where only a waiver allows it stays there
            (announced if code in problem.published else proposed).add(code)
        found: dict[Stage, frozenset[str]] = {}
        if may.proposed:
            found["proposed"] = frozenset(proposed)
        if may.announced:
            found["announced"] = frozenset(announced | (proposed if may.proposed else set()))
        return found

    def loosened(self, codes: frozenset[str], first: dt.date, request: given.Request) -> Ranking:
        """The plan where some requests may go anywhere within their windows, from a day on, pinned or not."""
        key = codes, first
        found = self._loosened.get(key)
        if found is None:
            found = self._loosened[key] = self._with_site(self._rankings.loosened(key))
        return with_request(found, request)

    # -- about one candidate -------------------------------------------------------------------------------------------

    def rows(self, form: UrgentForm, now: dt.datetime, candidate: UrgentCandidate) -> tuple[PersonRows, ...]:
        """The people whom a candidate concerns, as a board draws them before and after; the crew first."""
        asked = self._complete(form, now)
        ranking = self._widened(asked.request)
        if ranking is None:
            return ()
        drawing, code = self._opened.drawing, candidate.to.request
        changes = {code: candidate.to, **{move.request: move.after for move in candidate.moves}}
        bookings = {**drawing.bookings, code: drawing.bookings.get(code) or self._booking_view(asked)}
        before = replace(drawing, standing=ranking.standing, bookings=bookings)
        after = replace(before, standing=ranking.standing.moved_all(changes))
        people = self._opened.sheet.people
        names = dict.fromkeys(candidate.to.inspectors)
        for move in candidate.moves:
            names |= dict.fromkeys((*move.before.inspectors, *move.after.inspectors))
        return tuple(PersonRows(before.row(people[name]), after.row(people[name])) for name in names if name in people)

    def _booking_view(self, asked: Asked) -> BookingView:
        need, factory = asked.need, self._facts.factory
        return BookingView(
            code=need.code,
            service=need.service,
            skill=need.skill,
            level=need.level,
            client=need.client,
            client_name=need.client_name,
            factory=factory.code,
            factory_name=factory.name,
            factory_local_name=factory.local_name,
            factory_address=factory.address,
            area=factory.area,
            country=factory.country,
            order="" if asked.production is None else asked.production.code,
            product=need.product,
            man_days=need.man_days,
            earliest=need.earliest,
            latest=need.latest,
            due=need.due,
        )

    def booking(self, form: UrgentForm, now: dt.datetime, candidate: UrgentCandidate) -> BookUrgent:
        """The command that books a candidate in the draft, and stores the request, its goods and what was told of them.

        Raises:
            BadInputError: nobody is known who asks for it.
        """
        asked, facts = self._complete(form, now), self._facts
        row, production = asked.row, asked.production
        begin = morning(self._house.horizon.start)
        order = None
        if asked.is_new_order and production is not None:
            order = AddOrder(
                code=production.code,
                client=asked.need.client,
                factory=facts.factory.code,
                quantity=production.quantity,
                product=asked.product,
                production_start=production.start,
                daily_rate=production.daily_rate,
                ready_date=production.ready,
                product_group=asked.product_group,
            )
        report = None
        if form.percent is not None and production is not None:
            told = production.reports[-1]
            report = ReportProgress(production.code, told.day, told.percent, told.packed, "told with the booking")
        request: AddRequest | str = row.code
        if facts.record is None:
            request = AddRequest(
                code=row.code,
                client=asked.need.client,
                factory=facts.factory.code,
                service=row.service,
                skill=row.skill,
                level=row.level,
                modes=row.modes,
                order=None if production is None else production.code,
                earliest=row.earliest,
                latest=row.latest,
                due=row.due,
                note=row.note,
                languages=row.languages,
                certificates=row.certificates,
                requested_at=now,
                inspection_level=row.inspection_level,
                aql_major=row.aql_major,
                aql_minor=row.aql_minor,
                containers=row.containers,
            )
        return BookUrgent(
            plan=self.plan,
            request=request,
            inspectors=candidate.to.inspectors,
            first_slot=candidate.to.start_slot + begin,
            mode=candidate.to.mode,
            moves=tuple(
                UrgentMove(
                    move.request, move.after.inspectors, move.after.start_slot + begin, move.after.mode, move.version
                )
                for move in candidate.moves
            ),
            order=order,
            report=report,
        )

    # -- where it is not possible --------------------------------------------------------------------------------------

    def why_not(self, form: UrgentForm, now: dt.datetime) -> tuple[WhyNot, ...]:
        """Why each of those cannot who have no place; by cause."""
        ranking = self._widened(self._complete(form, now).request)
        if ranking is None:
            return ()
        return Refusals(self._opened, ranking, self._facts.code, self._house.freelancers).each()

    def ways_out(self, form: UrgentForm, now: dt.datetime, stop: Stop = never) -> tuple[WayOut, ...]:
        """What would have to give so that somebody can, cheapest first; those found until `stop` says so."""
        asked = self._complete(form, now)
        ranking = self._widened(asked.request)
        return () if ranking is None else ways_out(ranking, asked.need.code, self._opened.sheet.names, stop)

    # -- for its search ------------------------------------------------------------------------------------------------

    def candidates(self, asked: Asked, now: dt.datetime) -> Candidates:
        """What makes candidates of places."""
        sheet, drawing = self._opened.sheet, self._opened.drawing
        view = View(sheet.people, sheet.names, drawing.bookings, drawing.facts, drawing.pins, self._house.freelancers)
        return Candidates(asked, self._facts, view, now)

    def header(self) -> tuple[str, dt.date, int]:
        """The plan's code, first day and number of days."""
        return self.plan, self._opened.board.first_day, self._opened.board.days

    def refusals(self, ranking: Ranking) -> Refusals:
        """Counts why people cannot."""
        return Refusals(self._opened, ranking, self._facts.code, self._house.freelancers)

    @property
    def zone(self) -> dt.tzinfo:
        """The time zone of the factory."""
        return self._facts.zone
