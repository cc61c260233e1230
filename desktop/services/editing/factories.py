"""Clients, factories and orders by hand: where goods are made, when a factory is closed, how far production is."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import select

from desktop.errors import BadInputError, RefusedError
from desktop.models import Client, Factory, FactoryClosure, Order, ProductionWindow, ProgressReport, Request
from desktop.services.changes import Step
from desktop.services.commands import (
    AddClient,
    AddFactory,
    AddOrder,
    CloseFactory,
    OpenFactory,
    ReportProgress,
    SetProductionWindow,
)
from desktop.services.editing.fields import TIME_ZONES, check_values, refuse_faults
from desktop.services.editing.freeing import free_hits
from desktop.services.editing.man_days import OF_ORDERS, offer_the_rules
from desktop.services.editing.references import resolve_references
from desktop.services.lookup import client_by_code, factory_by_code, order_by_code, refuse_taken
from desktop.services.places.duplicates import resembling
from desktop.services.places.settling import settle
from desktop.services.planning.moved_windows import WindowWatch
from desktop.services.words import count, spell_day, spell_days, spell_list
from desktop.services.work import Work

ONE_DAY = dt.timedelta(days=1)


def add_client(work: Work, command: AddClient) -> Step:
    """Store a new client."""
    values = check_values("client", asdict(command), f"Client {command.code}")
    refuse_taken(work.session, Client, values["code"])
    work.session.add(Client(**values))
    return Step(f"Add client {values['code']}")


def edit_client(_work: Work, client: Client, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Set typed fields of a client."""
    for field, value in values.items():
        setattr(client, field, value)
    return ()


def add_factory(work: Work, command: AddFactory) -> Step:
    """Store a new factory."""
    name = f"Factory {command.code}"
    entered = asdict(command)
    if not command.time_zone:
        zone = TIME_ZONES.get(command.country.strip().upper())
        if zone is None:
            raise BadInputError(
                f"{name} cannot be stored without a time zone: {command.country} has no single one.",
                "Give time_zone, such as Europe/Istanbul.",
            )
        entered["time_zone"] = zone
    values = check_values("factory", entered, name)
    refuse_taken(work.session, Factory, values["code"])
    _settle_place(name, values, values)
    placed = () if values["lat"] is not None else (_place(name, values, values),)
    twins = resembling(work.session, [values])
    work.session.add(Factory(**values))
    return Step(f"Add factory {values['code']}", (*placed, *twins))


def edit_factory(_work: Work, factory: Factory, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Set typed fields of a factory."""
    changed = dict(values)
    standing = {"lat": factory.lat, "lon": factory.lon, "precision": factory.precision}
    name = f"Factory {factory.code}"
    _settle_place(name, standing | changed, changed)
    messages: tuple[str, ...] = ()
    if "address" in changed and not values.keys() & {"lat", "lon", "precision"} and factory.lat is None:
        whole = {field: getattr(factory, field) for field in ("address", "area", "country", "name", "local_name")}
        messages = (_place(name, whole | changed, changed),)
    for field, value in changed.items():
        setattr(factory, field, value)
    return messages


def add_order(work: Work, command: AddOrder) -> Step:
    """Store a new order."""
    name = f"Order {command.code}"
    values = check_values("order", asdict(command), name)
    refuse_taken(work.session, Order, values["code"])
    columns = resolve_references(work.session, values)
    check_order(name, columns)
    work.session.add(Order(**columns))
    return Step(f"Add order {values['code']}")


def edit_order(work: Work, order: Order, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Set typed fields of an order."""
    name = f"Order {order.code}"
    columns = resolve_references(work.session, values)
    if columns.keys() & {"production_start", "ready_date"}:
        standing = {"production_start": order.production_start, "ready_date": order.ready_date}
        check_order(name, standing | columns)
    booked = work.session.scalars(select(Request.code).where(Request.order_id == order.id)).all()
    for field, word in (("client_id", "client"), ("factory_id", "factory")):
        if field in columns and columns[field] != getattr(order, field) and booked:
            raise RefusedError(
                f"{name} has {count(len(booked), 'request')} ({spell_list(sorted(booked))}): its {word} stays.",
                "Store a new order, and give the requests that belong to it its code.",
            )
    watch = WindowWatch(work.session, work.now, Request.order_id == order.id)
    goods = any(columns[field] != getattr(order, field) for field in columns.keys() & OF_ORDERS)
    for field, value in columns.items():
        setattr(order, field, value)
    messages = watch.messages()
    if not goods:
        return messages
    open_ones = Request.status.in_(("new", "ready"))
    keys = work.session.scalars(select(Request.id).where(Request.order_id == order.id, open_ones)).all()
    return (*messages, *offer_the_rules(work, keys))


def check_order(name: str, columns: Mapping[str, Any]) -> None:
    """Refuse an order that is ready before it is begun."""
    start, ready = columns.get("production_start"), columns.get("ready_date")
    if start is not None and ready is not None and ready < start:
        refuse_faults(name, [f"ready_date is {ready}, before production_start, {start}"])


def close_factory(work: Work, command: CloseFactory) -> Step:
    """Close a factory for some days."""
    factory = factory_by_code(work.session, command.factory)
    days = spell_days(command.first_date, command.last_date)
    label = f"Close {factory.code}, {days}"
    _check_days(factory, command.first_date, command.last_date)
    for closure in factory.closures:
        if closure.first_date <= command.first_date and command.last_date <= closure.last_date:
            return Step(label, (f"{factory.code} is closed on these days already.",))
    watch = WindowWatch(work.session, work.now, Request.factory_id == factory.id)
    factory.closures.append(
        FactoryClosure(first_date=command.first_date, last_date=command.last_date, reason=command.reason.strip())
    )
    return Step(label, watch.messages())


def open_factory(work: Work, command: OpenFactory) -> Step:
    """Let a factory work on some days after all: closures are cut, cut in two, or go."""
    factory = factory_by_code(work.session, command.factory)
    _check_days(factory, command.first_date, command.last_date)
    label = f"Open {factory.code}, {spell_days(command.first_date, command.last_date)}"
    watch = WindowWatch(work.session, work.now, Request.factory_id == factory.id)
    touched = [row for row in factory.closures if _overlaps(row, command.first_date, command.last_date)]
    for closure in touched:
        _cut(factory, closure, command.first_date, command.last_date)
    weekly = {day for day in factory.closed_weekdays if _has_weekday(command.first_date, command.last_date, day)}
    messages = [] if touched else [f"{factory.code} had no closing on these days."]
    if weekly:
        messages.append(f"Its weekly closing days stay closed: {count(len(weekly), 'weekday')} of these days.")
    return Step(label, (*messages, *watch.messages()))


def report_progress(work: Work, command: ReportProgress) -> Step:
    """Note how far an order is; a second report of a day replaces the first."""
    order = order_by_code(work.session, command.order)
    name = f"Order {order.code}"
    faults = [
        f"{field} is {value:g}; it should be between 0 and 100"
        for field, value in (("percent_made", command.percent_made), ("percent_packed", command.percent_packed))
        if not 0 <= value <= 100
    ]
    if not faults and command.percent_packed > command.percent_made:
        faults.append(f"percent_packed is {command.percent_packed:g}, more than percent_made, {command.percent_made:g}")
    today = _today_at(work, order)
    if command.reported_on > today:
        faults.append(f"reported_on is {command.reported_on}; it is {today} there today")
    refuse_faults(name, faults)
    watch = WindowWatch(work.session, work.now, Request.order_id == order.id)
    report = next((row for row in order.progress if row.reported_on == command.reported_on), None)
    if report is None:
        report = ProgressReport(reported_on=command.reported_on)
        order.progress.append(report)
    report.percent_made = float(command.percent_made)
    report.percent_packed = float(command.percent_packed)
    report.source = command.source.strip()
    label = f"Report {command.percent_made:g} % of {order.code} made on {spell_day(command.reported_on)}"
    earlier = [row for row in order.progress if row.reported_on < command.reported_on]
    most = max(earlier, key=lambda row: row.percent_made, default=None)
    less = []
    if most is not None and most.percent_made > command.percent_made:
        less.append(f"{most.percent_made:g} % had been reported on {spell_day(most.reported_on)}: more than now.")
    concerned = select(Request.code).where(Request.order_id == order.id)
    freed = free_hits(work, requests=work.session.scalars(concerned).all()) if command.frees else ()
    # what has been taken out lies nowhere any more
    return Step(label, (*less, *watch.messages(), *freed))


def set_production_window(work: Work, command: SetProductionWindow) -> Step:
    """Set or remove the share of production between which a DUPRO may visit."""
    client_id = None if command.client is None else client_by_code(work.session, command.client).id
    product = (command.product or "").strip() or None
    whose = " ".join(word for word in (command.client, product) if word) or "the house"
    standing = work.session.scalars(
        select(ProductionWindow).where(
            ProductionWindow.client_id.is_not_distinct_from(client_id),
            ProductionWindow.product.is_not_distinct_from(product),
        )
    ).first()
    if command.from_percent is None and command.to_percent is None:
        if standing is not None:
            work.session.delete(standing)
        return Step(f"Remove production window of {whose}")
    start, end = command.from_percent, command.to_percent
    if start is None or end is None or not 0 <= start < end <= 100:
        raise BadInputError(
            f"A production window from {start} % to {end} % cannot be kept.",
            "Give both, between 0 and 100, the first below the second.",
        )
    if standing is None:
        standing = ProductionWindow(client_id=client_id, product=product)
        work.session.add(standing)
    standing.from_percent, standing.to_percent = float(start), float(end)
    return Step(f"Set production window of {whose} to {start:g} to {end:g} %")


def _place(name: str, values: Mapping[str, Any], changed: dict[str, Any]) -> str:
    """Place a factory where its address leaves no doubt; a sentence that says where, or what it may mean."""
    settled = settle(values)
    if settled.place is None:
        return " ".join(
            part for part in (f"{name} is not placed yet: no visit can be planned there.", settled.said) if part
        )
    changed["lat"], changed["lon"] = settled.place.lat, settled.place.lon
    changed["precision"] = settled.place.level
    return f"{name} is {settled.said}"


def _settle_place(name: str, place: Mapping[str, Any], changed: dict[str, Any]) -> None:
    """Keep `lat`, `lon` and `precision` in step: a place entered without its precision is that of the address."""
    lat, lon, precision = place["lat"], place["lon"], place["precision"]
    if (lat is None) != (lon is None):
        given, missing = ("lat", "lon") if lon is None else ("lon", "lat")
        refuse_faults(name, [f"{missing} is missing while {given} is given: give both, or neither"])
    if lat is None:
        changed["precision"] = "none"
    elif precision == "none":
        changed["precision"] = "address"


def _check_days(factory: Factory, first: dt.date, last: dt.date) -> None:
    if first > last:
        refuse_faults(f"Factory {factory.code}", [f"last_date is {last}, before first_date, {first}"])


def _overlaps(closure: FactoryClosure, first: dt.date, last: dt.date) -> bool:
    return closure.first_date <= last and first <= closure.last_date


def _cut(factory: Factory, closure: FactoryClosure, first: dt.date, last: dt.date) -> None:
    before = closure.first_date < first
    after = closure.last_date > last
    if before and after:
        rest = FactoryClosure(first_date=last + ONE_DAY, last_date=closure.last_date, reason=closure.reason)
        factory.closures.append(rest)
    if before:
        closure.last_date = first - ONE_DAY
    elif after:
        closure.first_date = last + ONE_DAY
    else:
        factory.closures.remove(closure)


def _has_weekday(first: dt.date, last: dt.date, weekday: int) -> bool:
    return (weekday - first.weekday()) % 7 <= (last - first).days


def _today_at(work: Work, order: Order) -> dt.date:
    factory = work.session.get_one(Factory, order.factory_id)
    return work.now.astimezone(zoneinfo.ZoneInfo(factory.time_zone)).date()
