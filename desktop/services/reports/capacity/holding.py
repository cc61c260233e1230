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
from desktop.services.reports.capacity.asked import OF_DEMAND, read_asked
from desktop.services.reports.capacity.cells import Capacity
from desktop.services.reports.capacity.on_hand import OF_PEOPLE, read_on_hand
from desktop.services.reports.forecast import demand_forecast
from desktop.services.reports.scope import Scope

MOST_HELD = 6  # the capacity of three years takes some 60 MB
BY = ("country", "region", "skill", "service")

T = TypeVar("T")
_OF_DATABASES: WeakKeyDictionary[Pool, OrderedDict[tuple[Stamp | dt.datetime, object], Any]] = WeakKeyDictionary()
_LOCK = threading.Lock()


def capacity_of(session: Session, scope: Scope, clock: Clock) -> Capacity:
    """The capacity in the weeks of a scope; places and what people can do are narrowed by whoever asks it."""
    today = local_today(clock)
    only = tuple((name, values) for name, values in scope.only if name in (*OF_DEMAND, *OF_PEOPLE))
    wanted = Scope(scope.first_day, scope.weeks, only)
    return held(session, ("capacity", today, wanted), lambda: _read(session, wanted, clock, today))


def held(session: Session, key: object, make: Callable[[], T], hour: dt.datetime | None = None) -> T:
    """What was made under a key; made now where it is not held or anything in the database has changed since.

    With an hour it is held for that hour, whatever changes. A session that may have changed something itself, or a
    database without a history, has nothing held.
    """
    bind, stamp = session.get_bind(), stamp_of(session)
    if not isinstance(bind, Engine) or bind.get_execution_options().get("writes", False) or not stamp.changes:
        return make()
    state = hour or stamp
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


def _read(session: Session, scope: Scope, clock: Clock, today: dt.date) -> Capacity:
    this_week = today - dt.timedelta(days=today.weekday())
    expected = pd.DataFrame(columns=["week", *BY, "man_days"])
    if scope.last_day > this_week + dt.timedelta(days=6) and not any(name in OF_DEMAND for name, _ in scope.only):
        expected = _expected(session, scope, clock, this_week)
    return Capacity(scope.mondays, read_on_hand(session, scope), read_asked(session, scope, clock), expected, this_week)


def _expected(session: Session, scope: Scope, clock: Clock, this_week: dt.date) -> pd.DataFrame:
    """What a forecast says will be asked for in weeks to come, beyond what it knows to be booked.

    A forecast takes seconds and hardly changes with one booking more: it is made once an hour.
    """
    first = max(scope.first_day, this_week + dt.timedelta(days=7))
    weeks = (scope.last_day - first).days // 7 + 1
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    told = held(
        session, ("forecast", first, weeks), lambda: demand_forecast(session, first, weeks, clock, BY), hour
    )  # fmt: skip
    more = told["forecast"].to_numpy(dtype=float) - told["booked"].to_numpy(dtype=float)
    return told.assign(man_days=np.maximum(more, 0))[["week", *BY, "man_days"]].dropna(ignore_index=True)
