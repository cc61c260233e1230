"""What the records know of one urgent booking: its factory, client, order, and bookings like it; read once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from desktop.errors import BadInputError
from desktop.models import Client, Factory, Order, PastVisit, Request, Visit
from desktop.services.lookup import client_by_code, factory_by_code, order_by_code, request_by_code
from desktop.services.planning.booking_records import production_of
from desktop.services.planning.bookings import Bookings, zone_of
from desktop.services.planning.daybook import Daybook
from desktop.services.planning.factories import Factories
from desktop.services.planning.plan_sheet import PlanSheet
from desktop.services.requests.cards import next_code
from desktop.services.requests.forecast import paces_of_others
from desktop.services.requests.quoting import client_rates, exchange_on
from desktop.services.trade.house import TradeSettings, read_trade_settings
from desktop.services.trade.production import Production
from desktop.services.trade.quote import Rate
from desktop.services.urgent.answer import UrgentForm
from scheduler.problem import PastVisit as PastVisitGiven
from scheduler.problem import Site

FIRST_CODE = "R00001"
NO_CLIENT = "nobody"


@dataclass(frozen=True)
class CaseFacts:
    """The records of one booking.

    Attributes:
        key: what of a form they belong to.
        code: of the request, or the next one that is free.
        record: the request, where one exists.
        like: the booking that is most like it: the client's last at the factory, else his last, else the factory's.
        order: of its goods, where one is named; `production`: what is known of it.
        booked: asks of bookings what records do not say of them (`Bookings.with_new`).
        site: the factory as a place; None: it is not placed. `history`: visits made there, for rotation.
        visits_known: visits made there that are on record.
        paces: how far the factory's other orders kept to their plans.
        rates, units: what man-days are sold for, and what a dollar buys on the day of asking.
    """

    key: tuple[str, str, str, str]
    code: str
    record: Request | None
    like: Request | None
    factory: Factory
    client: Client | None
    order: Order | None
    production: Production | None
    booked: Bookings
    factories: Factories
    daybook: Daybook
    site: Site | None
    history: tuple[PastVisitGiven, ...]
    visits_known: int
    paces: tuple[float, ...]
    trade: TradeSettings
    rates: tuple[Rate, ...]
    units: Mapping[str, float]

    @property
    def zone(self) -> dt.tzinfo:
        """The time zone of the factory."""
        return zone_of(self.factory.time_zone)


def key_of(form: UrgentForm) -> tuple[str, str, str, str]:
    """What of a form decides which records belong to it."""
    return form.factory, form.client, form.order, form.request


def read_facts(session: Session, sheet: PlanSheet, form: UrgentForm, now: dt.datetime) -> CaseFacts:
    """Read what belongs to a form.

    Raises:
        NotFoundError: one of its codes is unknown.
        BadInputError: it names neither a factory nor a request, or its order is another factory's.
    """
    record = request_by_code(session, form.request) if form.request else None
    order = _order(session, form, record)
    factory = _factory(session, form, record, order)
    client = _client(session, form, record, order, factory)
    daybook = Daybook(session)
    wanted = select(Request.id).where(Request.id == (0 if record is None else record.id))
    factories = Factories(session, daybook, select(Factory.id).where(Factory.id == factory.id))
    booked = Bookings(session, sheet.settings, sheet.horizon, factories, wanted)
    sites = factories.sites((factory.id,), sheet.horizon)
    today = now.astimezone(zone_of(factory.time_zone)).date()
    return CaseFacts(
        key=key_of(form),
        code=record.code if record is not None else next_code(session) or FIRST_CODE,
        record=record,
        like=_like(session, factory, client),
        factory=factory,
        client=client,
        order=order,
        production=None if order is None else production_of(order),
        booked=booked,
        factories=factories,
        daybook=daybook,
        site=sites[0] if sites else None,
        history=sheet.building.history(session, {factory.code}),
        visits_known=_visits_known(session, factory),
        paces=paces_of_others(session, factory.id, None if order is None else order.id, factories.opening(factory.id)),
        trade=read_trade_settings(session),
        rates=client_rates(session),
        units={currency: row.units_per_dollar for currency, row in exchange_on(session, today).items()},
    )


def _order(session: Session, form: UrgentForm, record: Request | None) -> Order | None:
    if record is not None:
        return None if record.order_id is None else session.get_one(Order, record.order_id)
    return order_by_code(session, form.order) if form.order else None


def _factory(session: Session, form: UrgentForm, record: Request | None, order: Order | None) -> Factory:
    if record is not None:
        return session.get_one(Factory, record.factory_id)
    if form.factory:
        found = factory_by_code(session, form.factory)
        if order is not None and order.factory_id != found.id:
            own = session.get_one(Factory, order.factory_id)
            raise BadInputError(
                f"Order {order.code} is made at {own.code}, {own.name}.", f"Take {own.code}, or another order."
            )
        return found
    if order is not None:
        return session.get_one(Factory, order.factory_id)
    raise BadInputError(
        "An urgent booking needs a factory.", "Choose the factory, or a request that is booked already."
    )


def _client(
    session: Session, form: UrgentForm, record: Request | None, order: Order | None, factory: Factory
) -> Client | None:
    """As named, else the order's, else who booked at the factory last; None where nobody did."""
    if record is not None:
        return session.get_one(Client, record.client_id)
    if form.client:
        return client_by_code(session, form.client)
    if order is not None:
        return session.get_one(Client, order.client_id)
    last = select(Request.client_id).where(Request.factory_id == factory.id).order_by(Request.id.desc()).limit(1)
    found = session.scalars(last).first()
    return None if found is None else session.get_one(Client, found)


def _like(session: Session, factory: Factory, client: Client | None) -> Request | None:
    """The booking from which is taken what nobody says at the telephone."""
    ways = [Request.factory_id == factory.id]
    if client is not None:
        ways = [(Request.factory_id == factory.id) & (Request.client_id == client.id), Request.client_id == client.id]
        ways.append(Request.factory_id == factory.id)
    for way in ways:
        found = session.scalars(select(Request).where(way).order_by(Request.id.desc()).limit(1)).first()
        if found is not None:
            return found
    return None


def _visits_known(session: Session, factory: Factory) -> int:
    older = select(func.count(PastVisit.id)).where(PastVisit.factory_id == factory.id)
    made = (
        select(func.count(Visit.id))
        .join(Request, Visit.request_id == Request.id)
        .where(Request.factory_id == factory.id, or_(Visit.status == "done", Visit.status == "started"))
    )
    return session.scalars(older).one() + session.scalars(made).one()
