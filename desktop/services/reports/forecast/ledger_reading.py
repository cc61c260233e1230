"""How the ledger is read: whole, or what has changed since it was read."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from sqlalchemy import Select, Text, cast, func, select, type_coerce
from sqlalchemy.orm import Session

from desktop.models import CalendarDay, ChangedRow, Factory, Order, Plan, Request, Visit
from desktop.services.planning.problems import Stamp
from desktop.services.reports.forecast.ledger import FOLLOWING, NEVER, Cell, Floats, Ints, Ledger

TARGET_DAYS = 2  # the house's 48 hours, where a request says neither when it is due nor when its window opens
MOST_FOLLOWED = 20_000  # changed rows: beyond it all is read anew
AT_ONCE = 500  # keys in one question
ROWS_AT_ONCE = 50_000  # so many rows as objects take some 20 MB
PER_REQUEST = ("cell", "man_days", "requested", "wanted", "visited", "announced", "order")


def read_whole(session: Session, since: dt.date) -> Ledger:
    """Everything booked from a day on."""
    none = np.zeros(0, dtype=np.int64)
    empty = Ledger((), none, none, np.zeros(0), none, none, none, none, none, none, none, {}, frozenset())
    booked = Request.requested_at >= dt.datetime.combine(since, dt.time(), dt.UTC)
    connection = session.connection()
    found = _with_calendars(session, empty)
    for orders in connection.execute(_orders(session)).partitions(ROWS_AT_ONCE):
        found = _with_orders(found, orders)
    for rows in connection.execute(_requests(session).where(booked)).partitions(ROWS_AT_ONCE):
        found = _with_rows(session, found, rows, ())
    return found


def read_changed(session: Session, ledger: Ledger, before: Stamp, now: Stamp) -> Ledger | None:
    """A ledger as it is after some changes; None where it cannot be told what they touch."""
    changes = select(ChangedRow.change_id).where(ChangedRow.change_id > before.last).distinct()
    if len(session.scalars(changes).all()) != now.changes - before.changes:
        return None
    query = (
        select(ChangedRow.table_name, ChangedRow.row_id, ChangedRow.before, ChangedRow.after)
        .where(ChangedRow.change_id > before.last)
        .where(ChangedRow.table_name.in_(("request", "visit", "order", "factory", "plan", "calendar_day")))
        .limit(MOST_FOLLOWED + 1)
    )
    touched: dict[str, set[int]] = {"request": set(), "order": set(), "factory": set(), "plan": set()}
    rows = session.execute(query).all()
    for table, key, *sides in rows:
        if table == "visit":
            touched["request"].update(side["request_id"] for side in sides if side)
        elif table in touched:
            touched[table].add(key)
    if len(rows) > MOST_FOLLOWED or touched["factory"]:
        return None
    if not rows:
        return ledger
    if any(table == "calendar_day" for table, *_ in rows):
        ledger = _with_calendars(session, ledger)
    for key in touched["plan"]:  # when it was published is when its visits were announced
        touched["request"].update(session.scalars(select(Visit.request_id).where(Visit.plan_id == key)))
    if touched["order"]:
        last = int(ledger.order_key[-1]) if ledger.order_key.size else 0
        if not touched["order"] <= {*ledger.order_key.tolist()} and min(touched["order"]) < last:
            return None  # one that was deleted before, and is back
        ledger = _with_orders(ledger, _some(session, _orders(session), Order.id, touched["order"]))
    requests = sorted(touched["request"])
    return _with_rows(session, ledger, _some(session, _requests(session), Request.id, requests), requests)


def _some(session: Session, query: Select[Any], column: Any, keys: Iterable[int]) -> list[Any]:  # noqa: ANN401
    found: list[Any] = []
    ordered = sorted(keys)
    for start in range(0, len(ordered), AT_ONCE):
        found += session.connection().execute(query.where(column.in_(ordered[start : start + AT_ONCE]))).all()
    return found


def _requests(session: Session) -> Select[Any]:
    """A row a request that was not cancelled, with its visit in force where it has one."""
    made = (Visit.request_id == Request.id) & Visit.published & (Visit.status != "cancelled")
    return (
        select(
            Request.id,
            Request.factory_id,
            Request.skill.label("skill"),
            Request.service.label("service"),
            cast(Request.modes, Text).label("modes"),
            func.coalesce(Visit.mode, 0).label("mode"),
            _plain(session, Request.due).label("due"),
            _plain(session, Request.earliest).label("earliest"),
            _plain(session, Request.requested_at).label("requested_at"),
            func.coalesce(Visit.first_slot, -1).label("first_slot"),
            func.coalesce(Visit.plan_id, -1).label("plan"),
            func.coalesce(Request.order_id, -1).label("order_id"),
        )
        .select_from(Request)
        .outerjoin(Visit, made)
        .where(Request.status != "cancelled")
        .order_by(Request.id)
    )


def _orders(session: Session) -> Select[Any]:
    return select(Order.id, _plain(session, Order.ready_date).label("ready")).order_by(Order.id)


def _with_rows(session: Session, ledger: Ledger, rows: Sequence[Any], gone: Sequence[int]) -> Ledger:
    """With what was read of some requests in the place of what was known of them."""
    stays = ~np.isin(ledger.key, np.array(gone, dtype=np.int64))
    if not rows:
        kept: dict[str, Any] = {name: getattr(ledger, name)[stays] for name in PER_REQUEST}
        return replace(ledger, key=ledger.key[stays], **kept)
    key, factory, skill, service, modes, mode, due, earliest, requested, slot, plan, order = zip(*rows, strict=True)
    cells, cell = _cells(session, ledger.cells, factory, skill, service)
    visited = np.where(_ints(slot) < 0, NEVER, _ints(slot) // 2)
    asked = np.minimum(_days(requested), visited)
    opens = np.maximum(asked + TARGET_DAYS, _days(earliest, missing=0))
    until = _days(due)
    at = np.searchsorted(ledger.order_key, _ints(order))
    read = {
        "cell": cell,
        "man_days": _work(modes, mode),
        "requested": asked,
        "wanted": np.maximum(asked, np.where(until == NEVER, opens, until)),
        "visited": visited,
        "announced": np.where(visited == NEVER, NEVER, _published(session, _ints(plan))),
        "order": np.where(_ints(order) < 0, -1, at),
    }
    keys = np.concatenate([ledger.key[stays], _ints(key)])
    sort = np.argsort(keys, kind="stable")
    merged: dict[str, Any] = {
        name: np.concatenate([getattr(ledger, name)[stays], read[name]])[sort] for name in PER_REQUEST
    }
    return replace(ledger, cells=cells, key=keys[sort], **merged)


def _with_orders(ledger: Ledger, rows: Sequence[Any]) -> Ledger:
    """With what was read of some orders. The places of those that were known before stay: keys only grow."""
    if not rows:
        return ledger
    key, ready = (_ints([row[0] for row in rows]), _days([row[1] for row in rows]))
    at = np.searchsorted(ledger.order_key, key)
    is_known = np.isin(key, ledger.order_key)
    days = ledger.ready.copy()
    days[at[is_known]] = ready[is_known]
    new = ~is_known
    return replace(
        ledger, order_key=np.concatenate([ledger.order_key, key[new]]), ready=np.concatenate([days, ready[new]])
    )


def _with_calendars(session: Session, ledger: Ledger) -> Ledger:
    special: dict[str, dict[int, int]] = {}
    provisional = set()
    query = select(CalendarDay.country, CalendarDay.date, CalendarDay.kind, CalendarDay.provisional)
    for country, date, kind, is_provisional in session.execute(query):
        special.setdefault(country, {})[date.toordinal()] = int(kind == "make-up")
        if is_provisional:
            provisional.add(date.toordinal())
    return replace(ledger, special=special, provisional=frozenset(provisional))


def _cells(
    session: Session,
    known: tuple[Cell, ...],
    factory: Sequence[int],
    skill: Sequence[str],
    service: Sequence[str],
) -> tuple[tuple[Cell, ...], Ints]:
    """The cells, those known before first; and the place of each request's."""
    rows = session.execute(select(Factory.id, Factory.country, Factory.area)).all()
    names = sorted({(row.country, row.area) for row in rows})
    number_of = {name: at for at, name in enumerate(names)}
    place_of = np.zeros(max((row.id for row in rows), default=0) + 1, dtype=np.int64)
    for row in rows:
        place_of[row.id] = number_of[row.country, row.area]
    skills, skill_names = pd.factorize(np.array(skill, dtype=object))
    services, service_names = pd.factorize(np.array(service, dtype=object))
    joined = (place_of[_ints(factory)] * len(skill_names) + skills) * len(service_names) + services
    which, kinds = pd.factorize(joined)
    number = {cell: place for place, cell in enumerate(known)}
    of_kind = []
    for kind in kinds.tolist():
        rest, how = divmod(kind, len(service_names))
        at, what = divmod(rest, len(skill_names))
        for name in (*FOLLOWING, service_names[how]):
            country, region = names[at]
            place = number.setdefault(Cell(country, region, skill_names[what], name), len(number))
        of_kind.append(place)
    return tuple(number), _taken(of_kind, which)


def _published(session: Session, plan: Ints) -> Ints:
    """The day on which the plan of each visit was published; NEVER where it does not say."""
    query = select(Plan.id, Plan.published_at).where(Plan.published_at.is_not(None))
    days = {key: at.date().toordinal() for key, at in session.execute(query) if at}
    which, kinds = pd.factorize(plan)
    return _taken([days.get(key, NEVER) for key in kinds.tolist()], which)


def _plain(session: Session, column: Any) -> Any:  # noqa: ANN401 -- any column
    """A date or time as the engine has it: the day in SQLite's text is read much faster than a time is made of it."""
    is_text = session.get_bind().dialect.name == "sqlite"
    return func.substr(type_coerce(column, Text), 1, len("2026-11-24")) if is_text else column


def _days(values: Sequence[Any], missing: int = NEVER) -> Ints:
    """Days of dates or times, by UTC; each is read once."""
    which, kinds = pd.factorize(np.array(values, dtype=object), use_na_sentinel=False)
    return _taken([_day(value, missing) for value in kinds.tolist()], which)


def _day(value: Any, missing: int) -> int:  # noqa: ANN401 -- as the engine gives it
    if isinstance(value, str):
        return dt.date.fromisoformat(value).toordinal()
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).toordinal()
    return value.toordinal() if isinstance(value, dt.date) else missing


def _work(modes: Sequence[str], mode: Sequence[int]) -> Floats:
    """Man-days of each request in the mode of its visit, or in its first one."""
    texts, names = pd.factorize(np.array(modes, dtype=object))
    which, kinds = pd.factorize(texts * 64 + _ints(mode))
    found = []
    for kind in kinds.tolist():
        crew, half_days = json.loads(names[kind // 64])[kind % 64]
        found.append(crew * half_days / 2)
    return np.asarray(np.array(found, dtype=np.float64)[which])


def _taken(values: Sequence[int], which: npt.NDArray[np.intp]) -> Ints:
    return np.take(_ints(values), which)


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)
