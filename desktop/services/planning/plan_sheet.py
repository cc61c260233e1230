"""What of a plan held open no move changes: its requests, its people, and how a board is made of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from desktop.models import Request
from desktop.models.halfday import morning
from desktop.services.board import BoardBar, BoardUnassigned, WeekBoard
from desktop.services.planning.board_rows import Drawing, VisitFacts
from desktop.services.planning.booking_records import PinRecord
from desktop.services.planning.bookings import Bookings
from desktop.services.planning.building import Building, BuiltProblem
from desktop.services.planning.factories import Factories
from desktop.services.planning.pairs import ARRIVED_AFTER
from desktop.services.planning.reading import BookingViews
from desktop.services.planning.views import BookingView, HolidayView, PersonView
from desktop.services.settings import PlanSettings
from desktop.services.trade.clock import OnSite
from scheduler import problem as given
from scheduler.plan import Assignment, CostParts
from scheduler.problem import Horizon, Pin, Problem
from scheduler.standing import Standing, sum_of
from scheduler.wire import Fingerprint

TAKEN_OUT = "taken out by hand"


@dataclass(frozen=True, slots=True)
class Change:
    """One request of a plan elsewhere.

    Attributes:
        to: its place; None: it is left out.
        pin: its pin from then on.
        facts: what the records say of its visit, where it is stored.
        reason: why it is left out, where the plan lists it as that.
    """

    request: str
    to: Assignment | None
    pin: Pin | None
    facts: VisitFacts | None = None
    reason: str | None = None


@dataclass(frozen=True)
class PlanSheet:
    """The parts of a plan held open that no move changes.

    Attributes:
        settings: of the plan.
        building: the records of its horizon.
        built: its problem, as it was when the plan was opened.
        booked: the requests as read, `rows` by code, `bookings` as they are shown, by code.
        factories: their factories.
        views: what they are shown from.
        people: who could be planned, by code, in the order of the rows.
        reasons: why requests are left out, by code.
        elsewhere: bars of visits that are no plan's to decide any more, by inspector.
    """

    settings: PlanSettings
    building: Building
    built: BuiltProblem
    booked: Bookings
    rows: Mapping[str, Request]
    bookings: Mapping[str, BookingView]
    factories: Factories
    views: BookingViews
    people: Mapping[str, PersonView]
    reasons: Mapping[str, str]
    elsewhere: Mapping[str, tuple[BoardBar, ...]]
    _made: dict[str, tuple[float, ...]] = field(default_factory=dict)

    def with_row(self, row: Request, excluded: Collection[str], affinity: Mapping[str, int]) -> PlanSheet:
        """The same with one request as it is now, and who is excluded from it or preferred for it by now."""
        booked = self.booked.with_row(row, excluded, affinity)
        views = self.views.with_bookings(booked)
        twin = replace(
            self,
            building=self.building.with_bookings(booked),
            booked=booked,
            views=views,
            rows=dict(self.rows) | {row.code: row},
            bookings=dict(self.bookings) | {row.code: views.view(row)},
        )
        for name in ("keys", "names", "fingerprint"):
            if name in vars(self):
                vars(twin)[name] = vars(self)[name]
        return twin

    def with_others(self, other: BookingViews, factories: Factories) -> PlanSheet | None:
        """The same with some requests more, read later, and their factories; None where all must be read anew."""
        rows, everywhere = other.bookings.rows, self.factories.with_others(factories)
        booked = self.booked.with_others(other.bookings, everywhere)
        sites = factories.sites(factories.by_id, self.horizon)
        building = self.building.with_others(booked, everywhere, sites)
        if building is None:
            return None
        views = self.views.with_others(other, booked, everywhere)
        twin = replace(
            self,
            building=building,
            booked=booked,
            views=views,
            factories=everywhere,
            rows=dict(self.rows) | {row.code: row for row in rows},
            bookings=dict(self.bookings) | {row.code: views.view(row) for row in rows},
        )
        vars(twin).update(names=self.names, fingerprint=self.fingerprint)
        return twin

    def with_site(self, problem: Problem, site: str) -> PlanSheet:
        """The same where the problem has a site more (by id), and visits made there."""
        twin = replace(self)
        vars(twin).update(keys=self.keys, names=self.names, fingerprint=self.fingerprint.with_site(problem, site))
        return twin

    def request(self, row: Request) -> given.Request | None:
        """A request as the problem has it, its pin apart; None where it has no window or no place."""
        window = self.booked.window(row)
        if isinstance(window, str) or self.factories.by_id[row.factory_id].lat is None:
            return None
        return self.booked.request(row, window, set(self.building.roster.codes.values()))

    @cached_property
    def keys(self) -> frozenset[int]:
        """Keys of the requests that were read."""
        return frozenset(row.id for row in self.rows.values())

    @cached_property
    def names(self) -> Mapping[str, str]:
        """People's names by code."""
        return {code: person.name for code, person in self.people.items()}

    @property
    def horizon(self) -> Horizon:
        """The days planned."""
        return self.built.problem.horizon

    def made(self, request: str) -> tuple[float, ...]:
        """Percent of a request's order made by each morning; empty where no production is known."""
        found = self._made.get(request)
        if found is None:
            line = self.booked.line(self.rows[request])
            days = [self.horizon.date(day) for day in range(self.horizon.days)]
            found = self._made[request] = () if line is None else line.made_by_each(days)
        return found

    def holds(self, request: str, to: Assignment | None, pin: Pin | None) -> bool:
        """Whether a request is in the problem where the plan has it so, pinned so."""
        record = None
        if pin is not None:
            start = None if pin.start_slot is None else pin.start_slot + morning(self.horizon.start)
            record = PinRecord(pin.inspectors or (), start, pin.mode, tuple(pin.waive))
        return self.building.holds(self.rows[request], served=to is not None, pin=record)

    @cached_property
    def fingerprint(self) -> Fingerprint:
        """What the digests of the problem and of those like it are made from."""
        return Fingerprint(self.built.wide)

    @cached_property
    def digest(self) -> str:
        """Names the problem as it was when the plan was opened."""
        return self.fingerprint.digest(self.built.problem)

    def problem(self, standing: Standing, aside: Collection[str]) -> Problem:
        """The problem of a plan as it stands, without what could only be placed by hand."""
        wide = standing.instance.problem
        # what has come later stands last there, and where it belongs when all is read anew
        requests = tuple(entry for entry in sorted(wide.requests, key=_by_id) if entry.id not in aside)
        sites = {entry.site for entry in requests}
        return replace(
            wide,
            requests=requests,
            sites=tuple(site for site in sorted(wide.sites, key=_by_id) if site.id in sites),
            history=tuple(
                visit
                for visit in sorted(wide.history, key=lambda each: (each.inspector, each.site, each.date))
                if visit.site in sites
            ),
            published={code: entry for code, entry in wide.published.items() if code not in aside},
        )

    @staticmethod
    def cost(standing: Standing, aside: Collection[str]) -> CostParts:
        """What a plan costs: what could only be placed by hand costs nothing as long as it is left out."""
        return standing.cost - sum_of(standing.of_request(code).cost for code in aside)

    def left_out(self, request: str, reason: str) -> BoardUnassigned:
        """A request as one that is left out."""
        booking, row = self.bookings[request], self.rows[request]
        return BoardUnassigned(
            request=request,
            service=booking.service,
            factory=booking.factory_name,
            client=booking.client_name,
            man_days=booking.man_days,
            earliest=booking.earliest,
            latest=booking.latest,
            reason=reason,
            due=booking.due,
            deadline=self.clock(row).target,
            missing=self.booked.missing(row),
            price=round(self.booked.price(row)),
            arrived=reason == ARRIVED_AFTER.text,
        )

    def clock(self, row: Request) -> OnSite:
        """Until when the house wants to be on site."""
        window = self.booked.window(row)
        return self.booked.clock(row, None if isinstance(window, str) else window)

    def drawn(self, drawing: Drawing, header: WeekBoard, holidays: Sequence[HolidayView]) -> WeekBoard:
        """The board of a plan, drawn whole; `header` says what no row does."""
        standing = drawing.standing
        cost = self.cost(standing, self.built.aside)
        first_day = self.horizon.start
        return replace(
            header,
            cost=cost.total,
            parts=cost,
            assigned=len(standing.placed),
            late=_late(standing),
            rows=tuple(drawing.row(person) for person in self.people.values()),
            unassigned=tuple(self.left_out(code, reason) for code, reason in sorted(self.reasons.items())),
            holidays=tuple(((day.date - first_day).days, day.country, day.name or day.kind) for day in holidays),
        )

    def redrawn(
        self,
        drawing: Drawing,
        old: WeekBoard,
        changes: Sequence[Change],
        people: Collection[str],
        aside: Collection[str],
    ) -> WeekBoard:
        """A board after some requests have moved: what is not touched is the same object as before.

        Args:
            drawing: the plan as it is now.
            old: the board before.
            changes: what has become of requests.
            people: the inspectors whose rows are to be drawn anew.
            aside: the requests that are not in the problem now.
        """
        rows = {name: drawing.row(self.people[name]) for name in people if name in self.people}
        cost = self.cost(drawing.standing, aside)
        return replace(
            old,
            cost=cost.total,
            parts=cost,
            assigned=len(drawing.standing.placed),
            late=_late(drawing.standing),
            rows=tuple(rows.get(row.inspector, row) for row in old.rows),
            unassigned=self._left_out(old, changes, drawing.standing.instance.request_number.keys() - aside),
        )

    def _left_out(
        self, old: WeekBoard, changes: Sequence[Change], asked: Collection[str]
    ) -> tuple[BoardUnassigned, ...]:
        """The requests left out after some have moved; `asked` are those in the problem."""
        entries = {entry.request: entry for entry in old.unassigned}
        for change in changes:
            code = change.request
            reason = change.reason
            if reason is None and code in asked:
                reason = ARRIVED_AFTER.text
            known = entries.pop(code, None)
            if change.to is None and reason is not None:
                new = self.left_out(code, reason)
                entries[code] = known if known == new else new
        return tuple(entry for _, entry in sorted(entries.items()))


def _by_id(entry: given.Request | given.Site) -> str:
    return entry.id


def _late(standing: Standing) -> int:
    """Visits that begin after they are due."""
    instance = standing.instance
    numbers = ((instance.request_number.get(code), entry) for code, entry in standing.placed.items())
    return sum(number is not None and entry.start_slot // 2 > instance.due[number] for number, entry in numbers)
