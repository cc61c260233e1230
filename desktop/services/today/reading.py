"""One read of a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from desktop.services.collecting import undisturbed
from desktop.services.planning.reading import Source, reading
from desktop.services.planning.week import settings_for
from desktop.services.today.afterwards import action_rows, report_rows
from desktop.services.today.announced import AnnouncedRows
from desktop.services.today.facts import read_mine, read_near
from desktop.services.today.overnight import last_evening, news_rows
from desktop.services.today.rows import Today, in_order
from desktop.services.today.waiting import hold_rows, waiting_rows
from desktop.services.trade.house import read_trade_settings


def read_today(source: Source, now: dt.datetime, actor: str = "") -> Today:
    """All that a dispatcher has to know at a moment, but for what cannot be as announced (`judged.read_judged`).

    Args:
        source: where to read.
        now: aware.
        actor: who reads: his own requests are marked, and his own changes are no news to him.
    """
    with reading(source) as session, undisturbed(lasting=False):
        settings = settings_for(session, now.date())
        announced = AnnouncedRows(now, read_near(session, now), read_trade_settings(session).dispatch)
        rows = [
            *announced.rows(),
            *waiting_rows(session, now, settings),
            *hold_rows(session, now),
            *report_rows(session, now),
            *action_rows(session, now),
            *news_rows(session, now, actor),
        ]
        mine = read_mine(session, {row.request for row in rows if row.request}, actor)
        owned = (replace(row, is_mine=True) if row.request in mine else row for row in rows)
        return Today(now, last_evening(now), in_order(owned, now), announced.starts())
