"""What others, or imports, have changed since the last evening that a plan in force may suffer from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Change
from desktop.services.today.rows import TodayRow

EVENING = 18  # o'clock, by the machine's own zone
MOST_NEWS = 200
WORTH_TELLING = (
    "RecordAbsence",
    "RemoveAbsence",
    "SetDayException",
    "CancelRequest",
    "AddRequest",
    "CloseFactory",
    "OpenFactory",
    "ReportProgress",
    "ReportNotReady",
    "ReportOverrun",
    "ImportRecords",
    "PublishPlan",
    "PublishVisits",
    "RecordAnswer",
    "BookUrgent",
    "HoldSlot",
    "RevokePermit",
    "AbortVisit",
)
"""Commands by name, those that change whether people can be where they are announced, or what is announced."""


def last_evening(now: dt.datetime) -> dt.datetime:
    """Six o'clock in the evening before, by the machine's own zone."""
    local = now.astimezone()
    return (local - dt.timedelta(days=1)).replace(hour=EVENING, minute=0, second=0, microsecond=0)


def news_rows(session: Session, now: dt.datetime, actor: str) -> Iterator[TodayRow]:
    """Changes by others since the evening, one row each."""
    query = (
        select(Change.id, Change.at, Change.actor, Change.label)
        .where(Change.at >= last_evening(now), Change.at <= now, Change.actor != actor, Change.kind != "undo")
        .where(Change.command.in_(WORTH_TELLING))
        .order_by(Change.id.desc())
        .limit(MOST_NEWS)
    )
    for key, at, who, label in session.execute(query):
        yield TodayRow(f"news/{key}", "news", at, None, label, who=who)
