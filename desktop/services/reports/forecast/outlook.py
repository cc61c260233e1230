"""Everything that was forecast of a database, kept until something in it changes."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from sqlalchemy import Pool
from sqlalchemy.orm import Session

from desktop.services.reports.forecast.blending import Blend, blend, first_looked_from
from desktop.services.reports.forecast.calendar import HORIZONS, Weeks
from desktop.services.reports.forecast.known import read_known
from desktop.services.reports.forecast.ledger import NEVER, Cell, Floats, Ledger, pool_of, read_ledger
from desktop.services.reports.forecast.ledger import forget as forget_ledger

LEARNING_WEEKS = 78  # of bookings and orders before the first week that is measured


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """What is asked for, week by week and cell by cell, in man-days.

    Attributes:
        made: of the visits of every week that is over; a row a week.
        booked: on record for the current week (0) and those after it: visits in force, and requests that wait.
        blend: the forecasts, of the weeks that were looked back from too.
        provisional: days of the calendars (ordinals) that no official notice has fixed yet.
    """

    cells: tuple[Cell, ...]
    weeks: Weeks
    made: Floats
    booked: Floats
    blend: Blend
    provisional: frozenset[int]


_memory: WeakKeyDictionary[Pool, tuple[Ledger, dt.date, Outlook]] = WeakKeyDictionary()
_lock = threading.Lock()


def read_outlook(session: Session, today: dt.date) -> Outlook:
    """The outlook on a day, as a transaction sees the records."""
    ledger, pool = read_ledger(session, today), pool_of(session)
    if pool is None:
        return look_ahead(ledger, today)
    with _lock:
        known = _memory.get(pool)
    if known is not None and known[0] is ledger and known[1] == today:
        return known[2]
    found = look_ahead(ledger, today)
    with _lock:
        _memory[pool] = (ledger, today, found)
    return found


def forget(pool: Pool) -> None:
    """Hold nothing of a database any more."""
    _memory.pop(pool, None)
    forget_ledger(pool)


def look_ahead(ledger: Ledger, today: dt.date) -> Outlook:
    """The outlook on a day: everything in the ledger that was on record by its end counts, and nothing else."""
    weeks = Weeks.of(ledger, today, HORIZONS)
    known = read_known(ledger, weeks, first_looked_from(weeks) - LEARNING_WEEKS)
    booked = np.stack([known.booked[weeks.now + horizon, horizon] for horizon in range(HORIZONS + 1)]).astype(float)
    booked[0] = known.made[weeks.now]
    waits = (ledger.visited == NEVER) & (weeks.of_day(ledger.wanted) <= weeks.now)
    waits &= ledger.requested <= today.toordinal()
    np.add.at(booked[0], ledger.cell[waits], ledger.man_days[waits])
    return Outlook(ledger.cells, weeks, known.made, booked, blend(ledger, weeks, known), ledger.provisional)
