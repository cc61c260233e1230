"""Capacity held open: what was read and shared stays right until something in the database changes."""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd
from sqlalchemy import Engine, Pool
from sqlalchemy.orm import Session

from desktop.clock import Clock, local_today
from desktop.services.planning.problems import Stamp, stamp_of
from desktop.services.reports.capacity.asked import OF_DEMAND, Asked, read_asked
from desktop.services.reports.capacity.cells import Capacity
from desktop.services.reports.capacity.on_hand import OF_PEOPLE, OnHand, read_on_hand
from desktop.services.reports.forecast import demand_forecast
from desktop.services.reports.scope import Scope

MOST_HELD = 8  # the capacity of three years takes some 60 MB
BY = ("country", "region", "skill", "service")

_NOTHING = pd.DataFrame(columns=["week", *BY, "man_days"])

T = TypeVar("T")
_OF_DATABASES: WeakKeyDictionary[Pool, OrderedDict[tuple[Stamp | dt.datetime, object], Any]] = WeakKeyDictionary()
_LOCK = threading.Lock()


def capacity_of(session: Session, scope: Scope, clock: Clock, *, at_once: bool = False) -> Capacity:
    """The capacity in the weeks of a scope; places and what people can do are narrowed by whoever asks it.

    `at_once`: without the forecast, which takes seconds, where it has not been read yet (`Capacity.is_partial`).
    """
    today = local_today(clock)
    this_week = today - dt.timedelta(days=today.weekday())
    only = tuple((name, values) for name, values in scope.only if name in (*OF_DEMAND, *OF_PEOPLE))
    wanted = Scope(scope.first_day, scope.weeks, only)
    key, coming = ("capacity", today, wanted), _coming(wanted, this_week)
    is_missing = coming is not None and not _is_held(session, ("forecast", *coming), _hour(clock))
    if at_once and is_missing and not _is_held(session, key):
        return Capacity(
            wanted.mondays, *_on_record(session, wanted, clock, today), _NOTHING, this_week, is_partial=True
        )

    def read() -> Capacity:
        expected = _NOTHING if coming is None else _expected(session, *coming, clock)
        return Capacity(wanted.mondays, *_on_record(session, wanted, clock, today), expected, this_week)

    return held(session, key, read)


def held(session: Session, key: object, make: Callable[[], T], hour: dt.datetime | None = None) -> T:
    """What was made under a key; made now where it is not held or anything in the database has changed since.

    With an hour it is held for that hour, whatever changes. A session that may have changed something itself, or a
    database without a history, has nothing held.
    """
    bind, state = session.get_bind(), _state(session, hour)
    if not isinstance(bind, Engine) or state is None:
        return make()
    with _LOCK:
        own = _OF_DATABASES.setdefault(bind.pool, OrderedDict())
        for old in [one for one in own if type(one[0]) is type(state) and one[0] != state]:
            del own[old]
        if (state, key) in own:
            own.move_to_end((state, key))
            return cast("T", own[state, key])
    found = make()
    with _LOCK:
        own[state, key] = found
        while len(own) > MOST_HELD:
            own.popitem(last=False)
    return found


def forget(pool: Pool) -> None:
    """Hold nothing of a database any more."""
    with _LOCK:
        _OF_DATABASES.pop(pool, None)


def _state(session: Session, hour: dt.datetime | None) -> Stamp | dt.datetime | None:
    """Of what state that is which is made in a session; None where nothing may be held."""
    bind, stamp = session.get_bind(), stamp_of(session)
    may_hold = isinstance(bind, Engine) and not bind.get_execution_options().get("writes", False) and stamp.changes
    return (hour or stamp) if may_hold else None


def _is_held(session: Session, key: object, hour: dt.datetime | None = None) -> bool:
    bind, state = session.get_bind(), _state(session, hour)
    with _LOCK:
        return isinstance(bind, Engine) and (state, key) in _OF_DATABASES.get(bind.pool, ())


def _on_record(session: Session, scope: Scope, clock: Clock, today: dt.date) -> tuple[OnHand, Asked]:
    return held(
        session,
        ("on record", today, scope),
        lambda: (read_on_hand(session, scope), read_asked(session, scope, clock)),
    )


def _coming(scope: Scope, this_week: dt.date) -> tuple[dt.date, int] | None:
    """The weeks to come of a scope, the first and how many; None where nothing is forecast for it."""
    first = max(scope.first_day, this_week + dt.timedelta(days=7))
    if scope.last_day < first or any(name in OF_DEMAND for name, _ in scope.only):
        return None
    return first, (scope.last_day - first).days // 7 + 1


def _hour(clock: Clock) -> dt.datetime:
    return clock.now().replace(minute=0, second=0, microsecond=0)


def _expected(session: Session, first: dt.date, weeks: int, clock: Clock) -> pd.DataFrame:
    """What a forecast says will be asked for in weeks to come, beyond what it knows to be booked.

    A forecast takes seconds and hardly changes with one booking more: it is made once an hour.
    """
    told = held(
        session, ("forecast", first, weeks), lambda: demand_forecast(session, first, weeks, clock, BY), _hour(clock)
    )
    more = told["forecast"].to_numpy(dtype=float) - told["booked"].to_numpy(dtype=float)
    return told.assign(man_days=np.maximum(more, 0))[["week", *BY, "man_days"]].dropna(ignore_index=True)
