"""Stored plans read for those who look at them."""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from desktop.models import (
    Assignment,
    CalendarDay,
    Client,
    Inspector,
    Order,
    Plan,
    Request,
    Setting,
    Unassigned,
    Visit,
)
from desktop.models.halfday import date_of
from desktop.services.lookup import plan_by_code
from desktop.services.planning.booking_records import PinRecord
from desktop.services.planning.bookings import Bookings
from desktop.services.planning.costing import settings_of_plan
from desktop.services.planning.daybook import Daybook
from desktop.services.planning.factories import Factories
from desktop.services.planning.roster import Roster
from desktop.services.planning.views import (
    BookingView,
    CrewMember,
    HolidayView,
    PersonView,
    PlanHeader,
    PlanView,
    UnassignedView,
    VisitView,
)
from desktop.services.settings import PlanSettings
from desktop.store.engine import Store
from scheduler.plan import Reason
from scheduler.problem import Horizon

Source = Session | Store
"""Where queries read: a session that is open, or a database to open one for."""

SAMPLE = "sample"  # the setting that marks a database of invented records


@contextmanager
def reading(source: Source) -> Iterator[Session]:
    """A session to read with, closed at the end if it was opened for this."""
    if isinstance(source, Session):
        yield source
        return
    with source.session() as session:
        yield session


def list_plans(source: Source) -> tuple[PlanHeader, ...]:
    """All plans, the latest horizon and the latest made first."""
    with reading(source) as session:
        plans = session.scalars(select(Plan).order_by(Plan.first_day.desc(), Plan.id.desc())).all()
        assigned = _counts(session, Visit, Visit.status != "cancelled")
        left_out = _counts(session, Unassigned)
        return tuple(_header(plan, assigned.get(plan.id, 0), left_out.get(plan.id, 0)) for plan in plans)


def latest_draft(source: Source) -> str | None:
    """The code of the draft made last; None where there is none."""
    with reading(source) as session:
        query = select(Plan.code).where(Plan.status == "draft").order_by(Plan.id.desc()).limit(1)
        return session.scalars(query).first()


def plan_view(source: Source, code: str) -> PlanView:
    """A plan with all that there is to see of it.

    Raises:
        NotFoundError: there is no plan of that code.
    """
    with reading(source) as session:
        return _Viewing(session, plan_by_code(session, code)).view()


def _counts(session: Session, model: type[Visit | Unassigned], *where: object) -> Mapping[int, int]:
    query = select(model.plan_id, func.count()).group_by(model.plan_id)
    for condition in where:
        query = query.where(condition)  # type: ignore[arg-type]
    return {plan: number for plan, number in session.execute(query)}


def _header(plan: Plan, assigned: int, left_out: int) -> PlanHeader:
    return PlanHeader(
        code=plan.code,
        status=plan.status,
        first_day=plan.first_day,
        days=plan.days,
        created_at=plan.created_at,
        published_at=plan.published_at,
        solver_status=plan.solver_status,
        cost_cents=plan.cost_cents,
        cost_parts=dict(plan.cost_parts),
        bound_cents=plan.bound_cents,
        seconds=plan.seconds,
        seed=plan.seed,
        assigned=assigned,
        left_out=left_out,
    )


class BookingViews:
    """Requests as those who look at plans see them, their windows as a plan of these settings has them.

    Attributes:
        bookings: what is behind them.
        clients: their clients, by key.
        orders: their orders, by key.
    """

    def __init__(self, session: Session, bookings: Bookings, factories: Factories, wanted: Select[int]) -> None:
        """See requests that have been read; `wanted` are their keys."""
        self._factories = factories
        self.bookings = bookings
        clients = select(Client).where(Client.id.in_(select(Request.client_id).where(Request.id.in_(wanted))))
        self.clients = {client.id: client for client in session.scalars(clients)}
        orders = select(Order).where(Order.id.in_(select(Request.order_id).where(Request.id.in_(wanted))))
        self.orders = {order.id: order for order in session.scalars(orders)}

    @classmethod
    def read(cls, session: Session, settings: PlanSettings, daybook: Daybook, wanted: Select[int]) -> BookingViews:
        """Read the requests of some keys."""
        factories = Factories(session, daybook, select(Request.factory_id).where(Request.id.in_(wanted)))
        horizon = Horizon(settings.first_day, settings.days)
        return cls(session, Bookings(session, settings, horizon, factories, wanted), factories, wanted)

    def with_bookings(self, bookings: Bookings) -> BookingViews:
        """The same clients, orders and factories with other requests."""
        twin = copy.copy(self)
        twin.bookings = bookings
        return twin

    def with_others(self, other: BookingViews, bookings: Bookings, factories: Factories) -> BookingViews:
        """These and some more; `bookings` and `factories` have those of all."""
        twin = self.with_bookings(bookings)
        twin._factories = factories  # noqa: SLF001 -- its own
        twin.clients, twin.orders = self.clients | other.clients, self.orders | other.orders
        return twin

    def by_key(self) -> dict[int, BookingView]:
        """All of them, by the key of the request."""
        return {row.id: self.view(row) for row in self.bookings.rows}

    def view(self, row: Request) -> BookingView:
        """One of them."""
        window = self.bookings.window(row)
        known = None if isinstance(window, str) else window
        factory, client = self._factories.by_id[row.factory_id], self.clients[row.client_id]
        order = None if row.order_id is None else self.orders[row.order_id]
        return BookingView(
            code=row.code,
            service=row.service,
            skill=row.skill,
            level=row.level,
            client=client.code,
            client_name=client.name,
            factory=factory.code,
            factory_name=factory.name,
            factory_local_name=factory.local_name,
            factory_address=factory.address,
            area=factory.area,
            country=factory.country,
            order="" if order is None else order.code,
            product="" if order is None else order.product,
            man_days=row.modes[0].man_days if row.modes else 0.0,
            earliest=known.earliest if known else row.earliest,
            latest=known.latest if known else row.latest,
            due=self.bookings.due(row, known) if known else row.due,
        )


class _Viewing:
    """One plan being read."""

    def __init__(self, session: Session, plan: Plan) -> None:
        self._session = session
        self._plan = plan
        self._settings = settings_of_plan(plan)
        self._horizon = Horizon(plan.first_day, plan.days)
        served = select(Visit.request_id).where(Visit.plan_id == plan.id)
        left = select(Unassigned.request_id).where(Unassigned.plan_id == plan.id)
        wanted = select(Request.id).where(Request.id.in_(served) | Request.id.in_(left))
        self._daybook = Daybook(session)
        self._views = BookingViews.read(session, self._settings, self._daybook, wanted)

    def view(self) -> PlanView:
        booked = self._views.by_key()
        visits = self._visits(booked)
        unassigned = self._unassigned(booked)
        return PlanView(
            header=_header(self._plan, len(visits), len(unassigned)),
            settings=self._settings,
            visits=visits,
            unassigned=unassigned,
            people=people_views(self._session, self._settings, self._daybook),
            holidays=holiday_views(self._session, self._horizon),
            badge=badge_of(self._session),
        )

    def _visits(self, booked: Mapping[int, BookingView]) -> tuple[VisitView, ...]:
        crews: dict[int, list[CrewMember]] = defaultdict(list)
        people = (
            select(Assignment.visit_id, Inspector.code, Inspector.name, Inspector.local_name)
            .join(Inspector, Assignment.inspector_id == Inspector.id)
            .where(Assignment.plan_id == self._plan.id)
            .order_by(Inspector.code)
        )
        for visit, code, name, local_name in self._session.execute(people):
            crews[visit].append(CrewMember(code, name, local_name))
        query = select(Visit).where(Visit.plan_id == self._plan.id, Visit.status != "cancelled")
        views = [
            self._visit(
                row, booked[row.request_id], tuple(crews[row.id]), self._views.bookings.pins.get(row.request_id)
            )
            for row in self._session.scalars(query)
        ]
        return tuple(sorted(views, key=lambda view: view.request))

    @staticmethod
    def _visit(row: Visit, booking: BookingView, crew: tuple[CrewMember, ...], pin: PinRecord | None) -> VisitView:
        first_day = date_of(row.first_slot)
        return VisitView(
            booking=booking,
            inspectors=crew,
            mode=row.mode,
            first_slot=row.first_slot,
            last_slot=row.last_slot,
            first_day=first_day,
            last_day=date_of(row.last_slot),
            late_days=0 if booking.due is None else max(0, (first_day - booking.due).days),
            status=row.status,
            published=row.published,
            pinned=pin is not None,
            waived=() if pin is None else pin.waive,
            version=row.version,
        )

    def _unassigned(self, booked: Mapping[int, BookingView]) -> tuple[UnassignedView, ...]:
        rows = select(Unassigned.request_id, Unassigned.reasons).where(Unassigned.plan_id == self._plan.id)
        views = (
            UnassignedView(booked[request], tuple(read_reason(reason) for reason in reasons))
            for request, reasons in self._session.execute(rows)
        )
        return tuple(sorted(views, key=lambda view: view.request))


def people_views(session: Session, settings: PlanSettings, daybook: Daybook) -> tuple[PersonView, ...]:
    """Whom a plan of these settings could take, with their calendars, by team and code."""
    horizon = Horizon(settings.first_day, settings.days)
    return views_of(Roster(session, settings, horizon, daybook), horizon)


def views_of(roster: Roster, horizon: Horizon) -> tuple[PersonView, ...]:
    """Everybody of a roster, with their calendars, by team and code."""
    views = [
        PersonView(
            code=person.code,
            name=person.name,
            local_name=person.local_name,
            team=person.team,
            home=person.home_address,
            country=person.country,
            skills=roster.skills(person),
            cells=tuple(cell for day in range(horizon.days) for cell in roster.cells(person, horizon.date(day))),
        )
        for person in roster.people
    ]
    return tuple(sorted(views, key=lambda view: (view.team, view.code)))


def holiday_views(session: Session, horizon: Horizon) -> tuple[HolidayView, ...]:
    """The days of a horizon that differ from the plain week, by date and country."""
    query = (
        select(CalendarDay.date, CalendarDay.country, CalendarDay.kind, CalendarDay.name)
        .where(CalendarDay.date.between(horizon.start, horizon.end))
        .order_by(CalendarDay.date, CalendarDay.country)
    )
    return tuple(HolidayView(*row) for row in session.execute(query))


def badge_of(session: Session) -> str:
    """What marks the whole database, or ""."""
    sample = session.scalars(select(Setting.value).where(Setting.name == SAMPLE)).first()
    return str(sample.get("badge", "")) if isinstance(sample, dict) else ""


def read_reason(data: Mapping[str, str]) -> Reason:
    """A reason as stored with a request that is left out."""
    return Reason(data["code"], data["text"], data.get("lift"))
