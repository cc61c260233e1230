"""Everything that was ever asked for, as arrays: when it was booked, for when, when it was made, how many man-days."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
from sqlalchemy import Engine, Select, Text, case, cast, func, select, type_coerce
from sqlalchemy.orm import Session

from desktop.models import CalendarDay, Factory, Order, Plan, Request, Visit
from desktop.services.planning.problems import Stamp, stamp_of

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

NEVER = 10_000_000
"""A day, or the number of a week, that does not come."""

FOLLOWING = ("DUPRO", "PSI")
"""Inspections that an order in production may still have."""
TARGET_DAYS = 2  # the house's 48 hours, where a request says neither when it is due nor when its window opens
LONGEST = 4 * 365  # days of the past that a forecast looks at


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """The smallest part of the demand that is forecast."""

    country: str
    region: str
    skill: str
    service: str


@dataclass(frozen=True, slots=True, eq=False)
class Ledger:
    """Requests and orders of some years, and the calendars. Days are ordinals, NEVER where there is none.

    Attributes:
        cells: sorted; requests name them by place. With one there is one of each of `FOLLOWING`.
        cell, man_days: of each request that was not cancelled.
        requested: the day on which it was on record, by UTC.
        wanted: the day for which it asks: its due day, or the end of the on-site target, not before its window opens.
        visited: the day on which its published visit begins.
        announced: the day on which that visit was put in force.
        order: the place of its order, -1 for none.
        ready: of each order the day from which on all of it is made.
        special: by country its holidays (0) and make-up days (1), by ordinal.
        provisional: the days of the calendars that no official notice has fixed yet.
    """

    cells: tuple[Cell, ...]
    cell: Ints
    man_days: Floats
    requested: Ints
    wanted: Ints
    visited: Ints
    announced: Ints
    order: Ints
    ready: Ints
    special: dict[str, dict[int, int]]
    provisional: frozenset[int]


_memory: WeakKeyDictionary[object, tuple[Stamp, int, Ledger]] = WeakKeyDictionary()
_lock = threading.Lock()


def read_ledger(session: Session, today: dt.date) -> Ledger:
    """The ledger as a transaction sees it; kept until something in the database changes."""
    stamp = stamp_of(session)
    engine = session.get_bind()
    assert isinstance(engine, Engine)
    with _lock:
        known = _memory.get(engine.pool)
    if known is not None and known[:2] == (stamp, today.toordinal()):
        return known[2]
    found = _read(session, today)
    with _lock:
        _memory[engine.pool] = (stamp, today.toordinal(), found)
    return found


def _read(session: Session, today: dt.date) -> Ledger:
    since = today - dt.timedelta(days=LONGEST)
    orders: dict[int, int] = {}
    ready: list[int] = []
    for key, day in session.execute(select(Order.id, _plain(session, Order.ready_date))):
        orders[key] = len(ready)
        ready.append(_day(day))
    rows = session.execute(_query(session, since)).all()
    factory, skill, service, modes, mode, due, earliest, requested, slot, published, order = (
        zip(*rows, strict=True) if rows else ((),) * 11
    )
    places = {key: (country, area) for key, country, area in session.execute(_places())}
    kinds: dict[tuple[int, str, str], int] = {}
    kind = [kinds.setdefault(one, len(kinds)) for one in zip(factory, skill, service, strict=True)]
    of_kind = [Cell(*places[at], what, how) for at, what, how in kinds]
    also = {replace(cell, service=following) for cell in of_kind for following in FOLLOWING}
    cells = sorted(also.union(of_kind))
    number = {cell: place for place, cell in enumerate(cells)}
    cell = np.array([number[one] for one in of_kind], dtype=np.int64)[_ints(kind)]
    asked = _days(requested)
    visited = np.where(_ints(slot) < 0, NEVER, _ints(slot) // 2)
    asked = np.minimum(asked, visited)
    opens = np.maximum(asked + TARGET_DAYS, _days(earliest, missing=0))
    wanted = np.maximum(asked, np.where(_days(due) == NEVER, opens, _days(due)))
    return Ledger(
        cells=tuple(cells),
        cell=cell,
        man_days=_work(modes, mode),
        requested=asked,
        wanted=wanted,
        visited=visited,
        announced=np.where(visited == NEVER, NEVER, _days(published)),
        order=_ints([orders[one] if one is not None else -1 for one in order]),
        ready=_ints(ready),
        **_calendars(session),
    )


def _query(session: Session, since: dt.date) -> Select[Any]:
    """A row a request: of a visit in force when it was announced, of others only what still waits."""
    made = (Visit.request_id == Request.id) & Visit.published & (Visit.status != "cancelled")
    return (
        select(
            Request.factory_id,
            Request.skill,
            Request.service,
            cast(Request.modes, Text),
            func.coalesce(Visit.mode, 0),
            _plain(session, Request.due),
            _plain(session, Request.earliest),
            _plain(session, Request.requested_at),
            func.coalesce(Visit.first_slot, -1),
            _plain(session, Plan.published_at),
            Request.order_id,
        )
        .select_from(Request)
        .outerjoin(Visit, made)
        .outerjoin(Plan, Plan.id == Visit.plan_id)
        .where(Request.status != "cancelled", Request.requested_at >= dt.datetime.combine(since, dt.time(), dt.UTC))
        .order_by(Request.id)
    )


def _places() -> Select[tuple[int, str, str]]:
    return select(Factory.id, Factory.country, case((Factory.area == "", Factory.country), else_=Factory.area))


def _plain(session: Session, column: Any) -> Any:  # noqa: ANN401 -- any column
    """A date or time as the engine has it: SQLite's text is read much faster than it is made a date of."""
    return type_coerce(column, Text) if session.get_bind().dialect.name == "sqlite" else column


def _day(value: str | dt.datetime | dt.date | None, missing: int = NEVER) -> int:
    if value is None:
        return missing
    if isinstance(value, str):
        return dt.date.fromisoformat(value[:10]).toordinal()
    return (value.astimezone(dt.UTC) if isinstance(value, dt.datetime) else value).toordinal()


def _days(values: Sequence[Any], missing: int = NEVER) -> Ints:
    """Days of dates; few differ among many, so that each is read once."""
    texts = [value[:10] if isinstance(value, str) else value for value in values]
    known = {value: _day(value, missing) for value in set(texts)}
    return _ints([known[value] for value in texts])


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)


def _work(modes: Sequence[str], mode: Sequence[int]) -> Floats:
    """Man-days of each request in the mode of its visit, or in its first one."""
    known = {}
    for text, at in set(zip(modes, mode, strict=True)):
        crew, half_days = json.loads(text)[at]
        known[text, at] = crew * half_days / 2
    return np.array([known[one] for one in zip(modes, mode, strict=True)], dtype=np.float64)


def _calendars(session: Session) -> dict[str, Any]:
    special: dict[str, dict[int, int]] = {}
    rows = session.execute(select(CalendarDay.country, CalendarDay.date, CalendarDay.kind, CalendarDay.provisional))
    provisional = set()
    for country, date, kind, is_provisional in rows:
        special.setdefault(country, {})[date.toordinal()] = int(kind == "make-up")
        if is_provisional:
            provisional.add(date.toordinal())
    return {"special": special, "provisional": frozenset(provisional)}
