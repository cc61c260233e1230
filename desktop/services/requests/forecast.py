"""How far a request's goods will be on every day of their production, beside the days on which they may be visited."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from desktop.models import Request
from desktop.services.lookup import request_by_code
from desktop.services.planning.bookings import Bookings
from desktop.services.planning.daybook import Daybook
from desktop.services.planning.factories import Factories
from desktop.services.planning.week import settings_for
from desktop.store.engine import Store
from scheduler.problem import Horizon

DAY = dt.timedelta(days=1)
MARGIN = 1  # days shown before the first and after the last piece
LONGEST = 200  # days shown; a longer line is shown round the day of asking


@dataclass(frozen=True, slots=True)
class Forecast:
    """Production as it is expected from the order's start, rate and latest report.

    Attributes:
        days: the days shown, without gaps.
        percents: made by the morning of each of them.
        closed: those on which the factory does not work.
        share: percent between which a DUPRO may visit; None for other services.
        earliest: the window's first day; None where there is no window.
        today: at the factory.
    """

    days: tuple[dt.date, ...]
    percents: tuple[float, ...]
    closed: frozenset[dt.date]
    share: tuple[float, float] | None
    earliest: dt.date | None
    latest: dt.date | None
    today: dt.date


def read_forecast(store: Store, now: dt.datetime, code: str) -> Forecast | None:
    """The forecast of a request's order; None where too little is known of it. Raises NotFoundError."""
    with store.session() as session:
        key = request_by_code(session, code).id
        wanted = select(Request.id).where(Request.id == key)
        today = now.date()
        factories = Factories(session, Daybook(session), select(Request.factory_id).where(Request.id == key))
        bookings = Bookings(session, settings_for(session, today), Horizon(today, 1), factories, wanted)
        row = bookings.rows[0]
        line = bookings.line(row)
        made = None if line is None else line.between(0.0, 100.0)
        if line is None or made is None:
            return None
        window = bookings.window(row)
        known = None if isinstance(window, str) else window
        first, last = made.earliest - MARGIN * DAY, made.latest + (1 + MARGIN) * DAY
        if known is not None:
            first, last = min(first, known.earliest), max(last, known.latest + DAY)
        first, last = max(first, today - LONGEST // 2 * DAY), min(last, today + LONGEST // 2 * DAY)
        days = tuple(first + n * DAY for n in range((last - first).days + 1))
        if not days:
            return None
        return Forecast(
            days=days,
            percents=line.made_by_each(days),
            closed=frozenset(day for day in days if not factories.is_open(row.factory_id, day)),
            share=bookings.share(row) if row.service == "DUPRO" else None,
            earliest=known.earliest if known else None,
            latest=known.latest if known else None,
            today=today,
        )
