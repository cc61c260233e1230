"""Everything that was ever asked for, as arrays: when it was booked, for when, when it was made, how many man-days."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
from sqlalchemy import Engine, Pool
from sqlalchemy.orm import Session

from desktop.services.planning.problems import Stamp, stamp_of

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

NEVER = 10_000_000
"""A day, or the number of a week, that does not come."""
FOLLOWING = ("DUPRO", "PSI")
"""Inspections that an order in production may still have."""
YEARS = 4  # of the past that a forecast looks at


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
        cells: requests name them by place. With one there is one of each of `FOLLOWING`.
        key: of each request that was not cancelled, ascending.
        cell, man_days: its cell, and what its visit takes, or would take.
        requested: the day on which it was on record, by UTC.
        wanted: the day for which it asks: its due day, or the end of the on-site target, not before its window opens.
        visited: the day on which its published visit begins.
        announced: the day on which that visit was put in force.
        order: the place of its order, -1 for none.
        order_key: of each order, ascending.
        ready: the day from which on all of it is made.
        special: by country its make-up days (1) and holidays (0), by ordinal.
        provisional: the days of the calendars that no official notice has fixed yet.
    """

    cells: tuple[Cell, ...]
    key: Ints
    cell: Ints
    man_days: Floats
    requested: Ints
    wanted: Ints
    visited: Ints
    announced: Ints
    order: Ints
    order_key: Ints
    ready: Ints
    special: dict[str, dict[int, int]]
    provisional: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Held:
    stamp: Stamp
    since: dt.date
    ledger: Ledger


_memory: WeakKeyDictionary[Pool, _Held] = WeakKeyDictionary()
_turns: WeakKeyDictionary[Pool, threading.Lock] = WeakKeyDictionary()
_lock = threading.Lock()


def read_ledger(session: Session, today: dt.date) -> Ledger:
    """The ledger as a transaction sees it.

    It is held: of a later state of the database only what has changed since is read, and where nothing has that says
    something to a forecast, it is the same object.
    """
    from desktop.services.reports.forecast.ledger_reading import read_whole  # noqa: PLC0415

    since = dt.date(today.year - YEARS, 1, 1)
    pool, stamp = pool_of(session), stamp_of(session)
    if pool is None or not stamp.changes:
        return read_whole(session, since)
    with _lock:
        turn = _turns.setdefault(pool, threading.Lock())
    with turn:  # two reports that ask at the same time read it once
        return _kept_up(session, since, pool, stamp)


def _kept_up(session: Session, since: dt.date, pool: Pool, stamp: Stamp) -> Ledger:
    from desktop.services.reports.forecast.ledger_reading import read_changed, read_whole  # noqa: PLC0415

    with _lock:
        held = _memory.get(pool)
    if held is not None and held.since == since:
        found = held.ledger if held.stamp == stamp else read_changed(session, held.ledger, held.stamp, stamp)
    else:
        found = None
    if found is None:
        found = read_whole(session, since)
    with _lock:
        _memory[pool] = _Held(stamp, since, found)
    return found


def pool_of(session: Session) -> Pool | None:
    """What names the database of a session; None of one that may have changed something itself."""
    bind = session.get_bind()
    if not isinstance(bind, Engine) or bind.get_execution_options().get("writes", False):
        return None
    return bind.pool


def forget(pool: Pool) -> None:
    """Hold nothing of a database any more."""
    _memory.pop(pool, None)
