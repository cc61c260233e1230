"""What of a plan held open no move changes: its requests, its people, and how a board is made of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from desktop.models import Order, Request
from desktop.services.board import BoardUnassigned, WeekBoard
from desktop.services.planning.board_rows import Drawing, deadline_of
from desktop.services.planning.bookings import Bookings
from desktop.services.planning.building import BuiltProblem
from desktop.services.planning.factories import Factories
from desktop.services.planning.pairs import ARRIVED_AFTER
from desktop.services.planning.views import BookingView, HolidayView, PersonView
from desktop.services.planning.weighing import Standing, sum_of
from desktop.services.settings import PlanSettings
from scheduler.plan import CostParts
from scheduler.problem import Horizon

TAKEN_OUT = "taken out by hand"


@dataclass(frozen=True)
class PlanSheet:
    """The parts of a plan held open that no move changes.

    Attributes:
        settings: of the plan.
        built: its problem.
        booked: the requests as read, `rows` by code, `bookings` as they are shown, by code.
        factories: their factories.
        orders: their orders, by key.
        people: who could be planned, by code, in the order of the rows.
        reasons: why requests are left out, by code.
    """

    settings: PlanSettings
    built: BuiltProblem
    booked: Bookings
    rows: Mapping[str, Request]
    bookings: Mapping[str, BookingView]
    factories: Factories
    orders: Mapping[int, Order]
    people: Mapping[str, PersonView]
    reasons: Mapping[str, str]
    _made: dict[str, tuple[float, ...]] = field(default_factory=dict)

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

    def cost(self, standing: Standing) -> CostParts:
        """What a plan costs: what could only be placed by hand costs nothing as long as it is left out."""
        return standing.cost - sum_of(
            standing.of_request(code).cost for code in self.built.aside if code not in standing.placed
        )

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
            deadline=deadline_of(row.requested_at, self.settings.target_hours),
            price=round(self.booked.price(row)),
            arrived=reason == ARRIVED_AFTER.text,
        )

    def drawn(self, drawing: Drawing, header: WeekBoard, holidays: Sequence[HolidayView]) -> WeekBoard:
        """The board of a plan, drawn whole; `header` says what no row does."""
        standing = drawing.standing
        cost = self.cost(standing)
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

    def redrawn(self, drawing: Drawing, old: WeekBoard, request: str, touched: Collection[str]) -> WeekBoard:
        """A board after one request has been moved: what is not touched is the same object as before.

        Args:
            drawing: the plan as it is now.
            old: the board before.
            request: what was moved.
            touched: the inspectors whose rows are to be drawn anew.
        """
        rows = {name: drawing.row(self.people[name]) for name in touched if name in self.people}
        standing = drawing.standing
        cost = self.cost(standing)
        unassigned = tuple(entry for entry in old.unassigned if entry.request != request)
        if request not in standing.placed:
            known = next((entry for entry in old.unassigned if entry.request == request), None)
            new = known or self.left_out(request, TAKEN_OUT)
            unassigned = tuple(sorted((*unassigned, new), key=lambda entry: entry.request))
        return replace(
            old,
            cost=cost.total,
            parts=cost,
            assigned=len(standing.placed),
            late=_late(standing),
            rows=tuple(rows.get(row.inspector, row) for row in old.rows),
            unassigned=unassigned,
        )


def _late(standing: Standing) -> int:
    """Visits that begin after they are due."""
    instance = standing.instance
    numbers = ((instance.request_number.get(code), entry) for code, entry in standing.placed.items())
    return sum(number is not None and entry.start_slot // 2 > instance.due[number] for number, entry in numbers)
