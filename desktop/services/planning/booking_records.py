"""What belongs to requests in the records, read for many of them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from desktop.models import (
    Announcement,
    AnnouncementInspector,
    Assignment,
    Factory,
    Inspector,
    Order,
    Pin,
    PinInspector,
    Plan,
    ProductionWindow,
    ProgressReport,
    Request,
    RequestAffinity,
    RequestExclusion,
    Unassigned,
    Visit,
)
from desktop.models.halfday import morning
from desktop.services.planning.commitments import LONGEST_VISIT, earliest_known
from desktop.services.settings import PlanSettings
from desktop.services.trade.production import Production, Report

OPEN = ("ready", "published")
CLOSED = ("done", "cancelled")
"""Requests that nobody places any more."""

Keys = Select[int]


def in_scope(settings: PlanSettings, plan: Plan | None, keep: Collection[str]) -> Keys:
    """The keys of the requests that a plan may concern: open ones of its areas and countries.

    Those that `plan` serves or lists as left out, and those whose codes stand in `keep`, are among them whatever they
    are. Of the others those are left out whose published visit stands whatever is planned: they are many, and no plan
    concerns them.
    """
    wanted: ColumnElement[bool] = Request.status.in_(OPEN)
    if settings.areas:
        wanted = wanted & Factory.area.in_(settings.areas)
    if settings.countries:
        wanted = wanted & Factory.country.in_(settings.countries)
    ways: list[ColumnElement[bool]] = [wanted & ~_stands(settings, plan)]
    if plan is not None:
        ways.append(Request.id.in_(select(Visit.request_id).where(Visit.plan_id == plan.id)))
        ways.append(Request.id.in_(select(Unassigned.request_id).where(Unassigned.plan_id == plan.id)))
    if keep:
        ways.append(Request.code.in_(sorted(keep)))
    return select(Request.id).join(Factory, Request.factory_id == Factory.id).where(or_(*ways))


def _stands(settings: PlanSettings, plan: Plan | None) -> ColumnElement[bool]:
    """Whether a request has a published visit that is a fact by its time alone, as `Commitments` knows them."""
    begin = morning(settings.first_day)
    end = begin + 2 * settings.days
    first = earliest_known(settings.first_day, settings.rotation.within_days)
    visit = (
        select(Visit.id)
        .where(Visit.request_id == Request.id, Visit.published, Visit.status != "cancelled")
        .where(Visit.first_slot >= first - LONGEST_VISIT, Visit.last_slot >= first)
        .where((Visit.first_slot < begin) | (Visit.last_slot >= end))
    )
    if plan is not None:
        visit = visit.where(Visit.plan_id != plan.id)
    return visit.exists()


@dataclass(frozen=True, slots=True)
class PinRecord:
    """A pin with the codes of its crew; the start is an absolute slot."""

    inspectors: tuple[str, ...]
    start_slot: int | None
    mode: int | None
    waive: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnnouncementRecord:
    """An announcement with the codes of its crew; the start is an absolute slot."""

    inspectors: tuple[str, ...]
    first_slot: int
    inspector_cost: int
    day_cost: int
    drop_cost: int


def read_pins(session: Session, wanted: Keys) -> Mapping[int, PinRecord]:
    """Pins by the key of their request."""
    crews: dict[int, list[str]] = defaultdict(list)
    people = (
        select(PinInspector.pin_id, Inspector.code)
        .join(Inspector, PinInspector.inspector_id == Inspector.id)
        .join(Pin, PinInspector.pin_id == Pin.id)
        .where(Pin.request_id.in_(wanted))
    )
    for pin_id, code in session.execute(people):
        crews[pin_id].append(code)
    pins = select(Pin.id, Pin.request_id, Pin.start_slot, Pin.mode, Pin.waive).where(Pin.request_id.in_(wanted))
    return {
        request: PinRecord(tuple(sorted(crews.get(pin_id, ()))), start_slot, mode, waive)
        for pin_id, request, start_slot, mode, waive in session.execute(pins)
    }


def read_announcements(session: Session, wanted: Keys) -> Mapping[int, AnnouncementRecord]:
    """Announcements by the key of their request."""
    crews: dict[int, list[str]] = defaultdict(list)
    people = (
        select(AnnouncementInspector.announcement_id, Inspector.code)
        .join(Inspector, AnnouncementInspector.inspector_id == Inspector.id)
        .join(Announcement, AnnouncementInspector.announcement_id == Announcement.id)
        .where(Announcement.request_id.in_(wanted))
    )
    for announcement_id, code in session.execute(people):
        crews[announcement_id].append(code)
    rows = session.execute(
        select(
            Announcement.id,
            Announcement.request_id,
            Announcement.first_slot,
            Announcement.inspector_cost_cents,
            Announcement.day_cost_cents,
            Announcement.drop_cost_cents,
        ).where(Announcement.request_id.in_(wanted))
    )
    return {
        request: AnnouncementRecord(tuple(sorted(crews.get(own, ()))), first_slot, inspector_cost, day_cost, drop_cost)
        for own, request, first_slot, inspector_cost, day_cost, drop_cost in rows
    }


def read_exclusions(session: Session, wanted: Keys) -> Mapping[int, set[str]]:
    """Codes of those who may not serve a request, by its key."""
    found: dict[int, set[str]] = defaultdict(set)
    query = select(RequestExclusion.request_id, Inspector.code).join(
        Inspector, RequestExclusion.inspector_id == Inspector.id
    )
    for request, code in session.execute(query.where(RequestExclusion.request_id.in_(wanted))):
        found[request].add(code)
    return found


def read_affinities(session: Session, wanted: Keys) -> Mapping[int, dict[str, int]]:
    """Cents by inspector's code, by the key of the request."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    query = select(RequestAffinity.request_id, Inspector.code, RequestAffinity.cents).join(
        Inspector, RequestAffinity.inspector_id == Inspector.id
    )
    for request, code, cents in session.execute(query.where(RequestAffinity.request_id.in_(wanted))):
        found[request][code] = cents
    return found


def read_series_crews(session: Session, wanted: Keys) -> Mapping[str, frozenset[str]]:
    """Codes of those whose visits of a series have been published, by the series' code."""
    series = select(Request.series).where(Request.id.in_(wanted), Request.series != "")
    found: dict[str, set[str]] = defaultdict(set)
    query = (
        select(Request.series, Inspector.code)
        .join(Visit, Visit.request_id == Request.id)
        .join(Assignment, Assignment.visit_id == Visit.id)
        .join(Inspector, Inspector.id == Assignment.inspector_id)
        .where(Visit.published, Visit.status != "cancelled", Request.series.in_(series))
    )
    for code, inspector in session.execute(query):
        found[code].add(inspector)
    return {code: frozenset(people) for code, people in found.items()}


def read_orders(session: Session, wanted: Keys) -> tuple[Mapping[int, Production], Mapping[int, str]]:
    """Orders of the requests as production, with their reports; and their products. Both by key."""
    ordered = select(Request.order_id).where(Request.id.in_(wanted), Request.order_id.is_not(None))
    reported: dict[int, list[Report]] = defaultdict(list)
    columns = (
        ProgressReport.order_id,
        ProgressReport.reported_on,
        ProgressReport.percent_made,
        ProgressReport.percent_packed,
    )
    reports = (
        select(*columns)
        .where(ProgressReport.order_id.in_(ordered))
        .order_by(ProgressReport.reported_on, ProgressReport.id)
    )
    for order, day, percent, packed in session.execute(reports):
        reported[order].append(Report(day, percent, packed))
    found: dict[int, Production] = {}
    products: dict[int, str] = {}
    for row in session.scalars(select(Order).where(Order.id.in_(ordered))):
        found[row.id] = _production(row, tuple(reported.get(row.id, ())))
        products[row.id] = row.product
    return found, products


def production_of(order: Order) -> Production:
    """One order as production, its reports read with it."""
    reports = (Report(row.reported_on, row.percent_made, row.percent_packed) for row in order.progress)
    return _production(order, tuple(reports))


def _production(order: Order, reports: tuple[Report, ...]) -> Production:
    return Production(order.code, order.quantity, order.production_start, order.daily_rate, order.ready_date, reports)


def read_shares(session: Session) -> Mapping[tuple[int | None, str | None], tuple[float, float]]:
    """Production windows by client's key and product; null: any."""
    return {
        (row.client_id, row.product): (row.from_percent, row.to_percent)
        for row in session.scalars(select(ProductionWindow))
    }
