"""Whether a DUPRO is needed for the goods of requests, from what is on record; read for one request or for many."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Select, case, exists, select
from sqlalchemy.orm import Session

from desktop.models import Factory, Order, PastVisit, Request, Visit, VisitResult
from desktop.models.halfday import date_of, morning
from desktop.services.lookup import request_by_code
from desktop.services.planning.bookings import zone_of
from desktop.services.planning.commitments import NOT_IN_VAIN
from desktop.services.trade import risk
from desktop.services.trade.groups import group_of
from desktop.services.trade.house import read_trade_settings
from desktop.services.trade.risk import Assessment, Facts, assess
from desktop.store.engine import Store

LOOK_BACK = dt.timedelta(days=3 * 365)
"""Visits before are not looked at: a supplier that nobody has seen for so long is a new one."""


@dataclass(frozen=True, slots=True)
class RequestRisk:
    """The score of a request's order, and what is booked for that already.

    Attributes:
        order: code of the order, or "".
        booked: code and service of the other requests for the order that are still open or done.
        services: what is booked for the order with this request, the same.
        open_services: those of them that nobody has been there for yet.
    """

    request: str
    order: str
    value_cents: int | None
    is_new_product: bool
    standards: tuple[str, ...]
    assessment: Assessment
    booked: tuple[tuple[str, str], ...] = ()
    services: frozenset[str] = frozenset()
    open_services: frozenset[str] = frozenset()

    @property
    def to_book(self) -> str:
        """The service to book for what is suggested; "" where that is booked already or no order is named."""
        wanted = self.assessment.service
        is_follow_up = self.assessment.suggestion is risk.Suggestion.FOLLOW_UP
        known = self.open_services if is_follow_up else self.services
        return wanted if self.order and wanted not in known else ""


def read_risk(store: Store, now: dt.datetime, code: str) -> RequestRisk:
    """The score of one request. Raises NotFoundError."""
    with store.session() as session:
        request = request_by_code(session, code)
        key, order_id = request.id, request.order_id
        found = read_risks(session, now, select(Request.id).where(Request.id == key))[key]
        if order_id is None:
            return found
        been = exists().where(Visit.request_id == Request.id, Visit.published, Visit.status == "done")
        rows = session.execute(
            select(Request.id, Request.code, Request.service, (Request.status == "done") | been)
            .where(Request.order_id == order_id, Request.status != "cancelled")
            .order_by(Request.id)
        ).all()
        return replace(
            found,
            booked=tuple((other, service) for row, other, service, _ in rows if row != key),
            services=frozenset(service for _, _, service, _ in rows),
            open_services=frozenset(service for _, _, service, is_done in rows if not is_done),
        )


def read_risks(session: Session, now: dt.datetime, wanted: Select[int]) -> Mapping[int, RequestRisk]:
    """The scores of some requests by key, without what else is booked for their orders."""
    settings = read_trade_settings(session).risk
    sites = select(Request.factory_id).where(Request.id.in_(wanted))
    visits, of_orders = _visits(session, sites, now.date())
    query = (
        select(Request, Factory.code, Factory.time_zone, Order)
        .join(Factory, Factory.id == Request.factory_id)
        .outerjoin(Order, Order.id == Request.order_id)
        .where(Request.id.in_(wanted))
    )
    found = {}
    for request, factory, zone, order in session.execute(query):
        facts = Facts(now.astimezone(zone_of(zone)).date(), factory, visits.get(request.factory_id, ()))
        if order is not None:
            facts = replace(
                facts,
                order=order.code,
                value_cents=order.value_cents,
                group=group_of(order.product_group, order.product, request.skill),
                variants=order.variants,
                is_new_product=order.is_new_product,
                standards=order.standards,
                own=of_orders.get(order.id, ()),
            )
        found[request.id] = RequestRisk(
            request.code,
            facts.order,
            facts.value_cents,
            facts.is_new_product,
            facts.standards,
            assess(facts, settings),
        )
    return found


_Visits = Mapping[int, list[risk.PastVisit]]


def _visits(session: Session, sites: Select[int], today: dt.date) -> tuple[_Visits, _Visits]:
    """Visits made to some factories: by key of the factory, and by key of the order that they were made for."""
    since = today - LOOK_BACK
    query = (
        select(
            Request.factory_id,
            Request.order_id,
            Request.code,
            Request.service,
            Visit.first_slot,
            # an outcome that nobody has computed yet says nothing
            case((VisitResult.decided_at.is_not(None), VisitResult.outcome)),
        )
        .join(Request, Request.id == Visit.request_id)
        .outerjoin(VisitResult, VisitResult.visit_id == Visit.id)
        .where(Visit.published, Visit.status == "done", Visit.first_slot >= morning(since))
        .where(Request.factory_id.in_(sites), NOT_IN_VAIN)
    )
    of_sites: dict[int, list[risk.PastVisit]] = defaultdict(list)
    of_orders: dict[int, list[risk.PastVisit]] = defaultdict(list)
    for factory, order, code, service, slot, outcome in session.execute(query):
        visit = risk.PastVisit(date_of(slot), code, service, outcome or "")
        of_sites[factory].append(visit)
        if order is not None:
            of_orders[order].append(visit)
    before = select(PastVisit.factory_id, PastVisit.visited_on).where(
        PastVisit.factory_id.in_(sites), PastVisit.visited_on >= since
    )
    for factory, day in session.execute(before):
        of_sites[factory].append(risk.PastVisit(day))
    return of_sites, of_orders
