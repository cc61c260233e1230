"""Weeks of visits as arrays, read once and held: a report of three years reads only what has changed since.

What is held belongs to one state of the history (`stamp_of`), which every report asks first. Of a later state the
weeks that its changes touch are read anew; where it cannot be told which these are, all of them.
"""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar
from typing import cast as typed
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
import pandas as pd
from sqlalchemy import ColumnElement, Engine, Pool, Select, String, and_, case, cast, extract, select
from sqlalchemy.orm import Session

from desktop.models import Assignment, ChangedRow, Order, Request, Visit, VisitResult
from desktop.services.planning.problems import Stamp, stamp_of
from desktop.services.trade.groups import group_of

Array = npt.NDArray[Any]
Arrays = Mapping[str, Array]
T = TypeVar("T")

MOST_HELD = 800_000  # visits: some 150 bytes each
MOST_MADE = 4  # frames of a period: 120 MB each of three years with 350,000 visits
MOST_FOLLOWED = 5_000  # changed rows: beyond it all is read anew
ROWS_AT_ONCE = 4_096
AT_ONCE = 500  # keys in one question

OF_VISITS = frozenset({"visit", "assignment"})
OF_WEEKS = OF_VISITS | {"visit_result", "request", "order"}
"""Tables whose rows are held by week; what else a report reads is not held."""


@dataclass(frozen=True, slots=True)
class Week:
    """The visits that begin in one week, in the order of their first half-day and key; and who makes them.

    `visits` has an array a column, of one length. `crew` has `at` (the visit's position), `person` (key of the
    inspector), in the order of the visits and, within one, of the assignments.
    """

    visits: Arrays
    crew: Arrays


@dataclass(slots=True)
class Weeks:
    """The weeks of one database that are held. May be used by several threads.

    Attributes:
        words: texts by their number; arrays of words hold numbers.
    """

    words: list[str] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)
    _made: OrderedDict[object, Any] = field(default_factory=OrderedDict)
    _stamp: Stamp | None = None
    _held: dict[int, Week] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def read(self, session: Session, first_day: dt.date, weeks: int) -> list[Week]:
        """The visits of some weeks from a Monday on, as a transaction sees them that has changed nothing itself."""
        with self._lock:
            self._keep_up(session)
            wanted = range(first_day.toordinal(), first_day.toordinal() + 7 * weeks, 7)
            for first, count in _gaps(wanted, self._held):
                mondays = range(first, first + 7 * count, 7)
                self._held.update(zip(mondays, self._weeks(session, first, count), strict=True))
            found = [self._held[monday] for monday in wanted]
            if sum(len(week.visits["visit"]) for week in self._held.values()) > MOST_HELD:
                self._held = dict(zip(wanted, found, strict=True))
            return found

    def made(self, session: Session, key: object, make: Callable[[], T]) -> T:
        """What was made of the records under a key; made now where it is not held or anything has changed since."""
        with self._lock:
            self._keep_up(session)
            stamp = self._stamp
            if key in self._made:
                self._made.move_to_end(key)
                return typed("T", self._made[key])
        found = make()
        with self._lock:
            if self._stamp == stamp and self._stamp != Stamp(0, 0):
                self._made[key] = found
            while len(self._made) > MOST_MADE:
                self._made.popitem(last=False)
        return found

    def number(self, text: str) -> int:
        """The number of a text."""
        found = self._numbers.get(text)
        if found is None:
            found = self._numbers[text] = len(self.words)
            self.words.append(text)
        return found

    def _keep_up(self, session: Session) -> None:
        now, before = stamp_of(session), self._stamp
        if before == now and now.changes:
            return
        # a company is made in a database without a history, and leaves none of its rows in one
        touched = _touched(session, before, now) if before is not None and before.changes else None
        self._stamp = now
        self._made.clear()
        if touched is None:
            self._held.clear()
        else:
            for monday in touched:
                self._held.pop(monday, None)

    def _weeks(self, session: Session, first: int, count: int) -> list[Week]:
        """Weeks read now, from a Monday (ordinal) on."""
        began = Visit.first_slot.between(2 * first, 2 * (first + 7 * count) - 1)
        visits = self._visits(session, began)
        crew = _crew(session, began, visits["visit"])
        mondays = first + 7 * np.arange(count + 1)
        bounds = np.searchsorted(visits["first_slot"], 2 * mondays).tolist()
        members = np.searchsorted(crew["at"], bounds).tolist()
        return [
            Week(
                {name: array[bounds[n] : bounds[n + 1]].copy() for name, array in visits.items()},
                {
                    "at": crew["at"][members[n] : members[n + 1]] - np.int32(bounds[n]),
                    "person": crew["person"][members[n] : members[n + 1]].copy(),
                },
            )
            for n in range(count)
        ]

    def _visits(self, session: Session, began: ColumnElement[bool]) -> dict[str, Array]:
        columns = (*_WHOLE, *_NUMBERS, *_TEXTS)
        query = (
            select(*(_COLUMNS[name].label(f"c_{name}") for name in columns), Request.code)
            .select_from(Visit)
            .join(Request, Request.id == Visit.request_id)
            .outerjoin(VisitResult, VisitResult.visit_id == Visit.id)
            .outerjoin(Order, Order.id == Request.order_id)
            .where(in_force(), began)
            .order_by(Visit.first_slot, Visit.id)
        )
        parts = [self._arrays(columns, block) for block in _blocks(session, query, len(columns) + 1)]
        found: dict[str, Array] = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
        found["group"] = self._groups(found)
        found["half_days"] = self._half_days(found)
        for name in ("modes", "mode", "given_group"):
            del found[name]
        return found

    def _arrays(self, names: Sequence[str], block: Sequence[Sequence[Any]]) -> dict[str, Array]:
        """Columns as arrays; the last one, which has no name among them, are the codes of the requests."""
        values = dict(zip(names, block, strict=False))
        found: dict[str, Array] = {name: np.array(values[name], dtype=np.int32) for name in _WHOLE}
        found |= {name: np.array(values[name], dtype=np.float64) for name in _NUMBERS}
        found |= {name: self._numbered(values[name]) for name in _TEXTS}
        return found | {"code": np.array(block[-1], dtype=object)}

    def _numbered(self, texts: Sequence[str | None]) -> Array:
        which, kinds = pd.factorize(np.array(texts, dtype=object), use_na_sentinel=False)
        numbers = np.array([self.number(text if isinstance(text, str) else "") for text in kinds.tolist()], np.int32)
        return typed("Array", numbers[which])

    def _groups(self, found: Arrays) -> Array:
        """The product group of each visit's goods."""
        kinds, which = _distinct(found["given_group"], found["goods"], found["skill"])
        groups = [self.number(group_of(*(self.words[number] for number in kind))) for kind in kinds]
        return np.array(groups, dtype=np.int32)[which]

    def _half_days(self, found: Arrays) -> Array:
        """How long each visit works, in half-days: that of its mode."""
        kinds, which = _distinct(found["modes"], found["mode"])
        lengths = [json.loads(self.words[modes])[mode][1] for modes, mode in kinds]
        return np.array(lengths, dtype=np.int32)[which]


def in_force() -> ColumnElement[bool]:
    """The visits that reports tell of: published, and not cancelled."""
    return and_(Visit.published, Visit.status != "cancelled")


def weeks_of(session: Session) -> Weeks:
    """What is held of a session's database; for a session that may have changed something itself, nothing."""
    bind = session.get_bind()
    if not isinstance(bind, Engine) or bind.get_execution_options().get("writes", False):
        return Weeks()
    return _OF_DATABASES.setdefault(bind.pool, Weeks())


def forget(pool: Pool) -> None:
    """Hold nothing of a database any more."""
    _OF_DATABASES.pop(pool, None)


_OF_DATABASES: WeakKeyDictionary[Pool, Weeks] = WeakKeyDictionary()
"""By the pool of connections, which is all that the engines of one database share."""


def _hours(start: Any, end: Any) -> ColumnElement[Any]:  # noqa: ANN401 - columns
    """Hours from one time to another, null where one is not known; whole seconds on every engine."""
    return (extract("epoch", end) - extract("epoch", start)) / 3600.0


def _kept(limit: Any) -> ColumnElement[Any]:  # noqa: ANN401 - a column
    """1 where somebody was on site by a time, 0 where not, null where nothing was promised."""
    arrived = VisitResult.arrived_at
    return case((arrived.is_(None) | limit.is_(None), None), (arrived <= limit, 1), else_=0)


_COLUMNS: Mapping[str, Any] = {
    "visit": Visit.id,
    "request": Visit.request_id,
    "plan": Visit.plan_id,
    "first_slot": Visit.first_slot,
    "last_slot": Visit.last_slot,
    "mode": Visit.mode,
    "client": Request.client_id,
    "factory": Request.factory_id,
    "price": Request.price_cents,
    "work": VisitResult.work_cents,
    "premium": VisitResult.premium_cents,
    "travel": VisitResult.travel_cents,
    "night": VisitResult.night_cents,
    "nights": VisitResult.nights,
    "charged": VisitResult.charged_cents,
    "percent_made": VisitResult.percent_made,
    "drawn": VisitResult.sample_size,
    "critical": VisitResult.critical_found,
    "major": VisitResult.major_found,
    "minor": VisitResult.minor_found,
    "in_target": _kept(VisitResult.target_at),
    "in_limit": _kept(VisitResult.limit_at),
    "requested_hours": _hours(Request.requested_at, VisitResult.arrived_at),
    "report_hours": _hours(VisitResult.finished_at, VisitResult.report_sent_at),
    "status": Visit.status,
    "service": Request.service,
    "skill": Request.skill,
    "languages": cast(Request.languages, String),
    "modes": cast(Request.modes, String),
    "outcome": VisitResult.outcome,
    "cause": VisitResult.abort_reason,
    "goods": Order.product,
    "given_group": Order.product_group,
}
_WHOLE = ("visit", "request", "plan", "first_slot", "last_slot", "mode", "client", "factory")
_NUMBERS = (
    "price", "work", "premium", "travel", "night", "nights", "charged", "percent_made", "in_target", "in_limit",
    "requested_hours", "report_hours", "drawn", "critical", "major", "minor",
)  # fmt: skip
_TEXTS = ("status", "service", "skill", "languages", "modes", "outcome", "cause", "goods", "given_group")


def _crew(session: Session, began: ColumnElement[bool], visits: Array) -> dict[str, Array]:
    query = (
        select(Assignment.visit_id, Assignment.inspector_id)
        .select_from(Visit)
        .join(Assignment, Assignment.visit_id == Visit.id)
        .where(in_force(), began)
    ).order_by(Assignment.id)
    blocks = _blocks(session, query, 2)
    rows = np.concatenate([np.array(block, dtype=np.int32).reshape(2, -1) for block in blocks], axis=1)
    order = np.argsort(visits, kind="stable")
    at = order[np.searchsorted(visits, rows[0], sorter=order)].astype(np.int32)
    by_visit = np.argsort(at, kind="stable")
    return {"at": at[by_visit], "person": rows[1][by_visit]}


def _blocks(session: Session, query: Select[*tuple[Any, ...]], width: int) -> Iterator[Sequence[Sequence[Any]]]:
    """The columns of an answer, some thousand rows at a time: all of them at once would take ten times the room.

    There is always a block, of `width` empty columns where nothing was found.
    """
    found = session.connection().execute(query)
    # the driver's own tuples: rows made of them here would take half as long again
    cursor = found.cursor
    rows = cursor.fetchmany(ROWS_AT_ONCE) if cursor is not None else []
    yield list(zip(*rows, strict=True)) or [()] * width
    while rows and cursor is not None and (rows := cursor.fetchmany(ROWS_AT_ONCE)):
        yield list(zip(*rows, strict=True))
    found.close()


def _distinct(*columns: Array) -> tuple[list[tuple[int, ...]], Array]:
    """The rows of numbers, each below 2**20, that differ, and which of them each row is."""
    joined = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        joined = joined << 20 | column
    which, kinds = pd.factorize(joined)
    shifts = range(20 * (len(columns) - 1), -1, -20)
    return [tuple(kind >> shift & 0xFFFFF for shift in shifts) for kind in kinds.tolist()], which


def _gaps(wanted: range, held: Mapping[int, Week]) -> list[tuple[int, int]]:
    """The runs of weeks that are not held: the first Monday of each, and how many."""
    runs: list[tuple[int, int]] = []
    for monday in wanted:
        if monday in held:
            continue
        if runs and runs[-1][0] + 7 * runs[-1][1] == monday:
            runs[-1] = runs[-1][0], runs[-1][1] + 1
        else:
            runs.append((monday, 1))
    return runs


def _touched(session: Session, before: Stamp, now: Stamp) -> set[int] | None:
    """The Mondays of weeks that changes between two states touch; None where that cannot be told."""
    changes = select(ChangedRow.change_id).where(ChangedRow.change_id > before.last).distinct()
    # a change of a lower number that came later, or one whose rows are not known, is not among them
    if len(session.scalars(changes).all()) != now.changes - before.changes:
        return None
    query = (
        select(ChangedRow.table_name, ChangedRow.row_id, ChangedRow.before, ChangedRow.after)
        .where(ChangedRow.change_id > before.last, ChangedRow.table_name.in_(OF_WEEKS))
        .limit(MOST_FOLLOWED + 1)
    )
    rows = session.execute(query).all()
    if len(rows) > MOST_FOLLOWED:
        return None
    slots, visits, requests, orders = set[int](), set[int](), set[int](), set[int]()
    for table, key, *sides in rows:
        for side in filter(None, sides):
            if table in OF_VISITS:
                slots.add(side["first_slot"])
                visits.update({side["visit_id"]} if table == "assignment" else ())
            elif table == "visit_result":
                visits.add(side["visit_id"])
            else:
                (requests if table == "request" else orders).add(key)
    requests.update(_keys(session, select(Request.id), Request.order_id, orders))
    slots.update(_keys(session, select(Visit.first_slot), Visit.request_id, requests))
    slots.update(_keys(session, select(Visit.first_slot), Visit.id, visits))
    return {monday_of(slot) for slot in slots}


def _keys(session: Session, query: Select[int], column: Any, keys: set[int]) -> Iterable[int]:  # noqa: ANN401 - any column
    ordered = sorted(keys)
    for start in range(0, len(ordered), AT_ONCE):
        yield from session.scalars(query.where(column.in_(ordered[start : start + AT_ONCE])))


def monday_of(slot: int) -> int:
    """The Monday, as an ordinal, of the week that a half-day lies in."""
    day = slot // 2
    return day - (day - 1) % 7
