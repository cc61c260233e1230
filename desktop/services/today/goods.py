"""Announced visits against what is known of goods and promises by now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Request
from desktop.models.halfday import date_of
from desktop.services.planning.bookings import Bookings
from desktop.services.planning.daybook import Daybook
from desktop.services.planning.factories import Factories
from desktop.services.planning.week import settings_for
from desktop.services.today.announced import day_words, row_of
from desktop.services.today.facts import Near, lots
from desktop.services.today.rows import TodayRow
from desktop.services.trade.production_window import NEAR as NEARLY
from desktop.services.trade.production_window import fits
from desktop.services.words import count
from scheduler.problem import Horizon

FULL = 100.0 - NEARLY  # percent made from which all is


def goods_rows(session: Session, now: dt.datetime, visits: Sequence[Near]) -> Iterator[TodayRow]:
    """Visits to goods that will not be as they are inspected, by the newest forecast, and visits after they are due."""
    near, settings = {visit.key: visit for visit in visits}, settings_for(session, now.date())
    for portion in lots(sorted(near)):
        wanted = select(Request.id).where(Request.id.in_(portion))
        sites = select(Request.factory_id).where(Request.id.in_(portion))
        factories = Factories(session, Daybook(session), sites)
        bookings = Bookings(session, settings, Horizon(now.date(), 1), factories, wanted)
        for record in bookings.rows:
            yield from _rows(bookings, record, near[record.id], now)


def _rows(bookings: Bookings, record: Request, visit: Near, now: dt.datetime) -> Iterator[TodayRow]:
    day, service = date_of(visit.first_slot), record.service
    line, share = bookings.line(record), bookings.share(record)
    if line is not None and not fits(service, line, share, day):
        (made,) = line.made_by_each((day,))
        what = f"{made:.0f} % made"
        if made > FULL and service in ("PSI", "LOADING"):
            what = f"{line.packed_by(day):.0f} % packed"
        text = f"{what} on {day_words(day)} by the newest forecast, {_needs(service, share)}."
        yield row_of(visit, "forecast", text, ("call factory", "repair", "request"))
    window = bookings.window(record)
    if isinstance(window, str):
        return
    due = bookings.due(record, window)
    if day > due:
        clock = bookings.clock(record, window)
        until = clock.target if clock.target is not None and clock.target >= now else visit.starts_at
        text = f"It begins on {day_words(day)}, {count((day - due).days, 'day')} after it is due."
        yield row_of(visit, "late", text, ("repair", "board", "request"), until)


def _needs(service: str, share: tuple[float, float]) -> str:
    return {
        "DUPRO": f"a DUPRO needs {share[0]:g}-{share[1]:g} %",
        "PPI": "a PPI comes before a tenth is made",
        "PSI": "a final inspection needs all made and 80 % packed",
        "LOADING": "a loading needs all packed",
    }.get(service, "which is too early or too late")
