"""What is owed after a visit: reports, and steps of corrective actions."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import Factory, Request, Visit, VisitResult
from desktop.models.halfday import morning
from desktop.services.inspection.actions import open_actions
from desktop.services.inspection.due import ReportClock
from desktop.services.today.announced import day_words
from desktop.services.today.facts import DAY, read_about, read_crew_of, read_keys
from desktop.services.today.rows import TodayRow, Way
from desktop.services.words import spell_list

HOUR = dt.timedelta(hours=1)
REPORT_HOURS = 4
OWED_DAYS = 60
"""Days back to the visits whose reports are asked for: older ones nobody writes any more."""


def report_rows(session: Session, now: dt.datetime) -> Iterator[TodayRow]:
    """Reports that are late, or due within REPORT_HOURS."""
    query = (
        select(
            Visit.request_id, VisitResult.finished_at, VisitResult.report_in_at, VisitResult.reviewed_at,
            Factory.country, Visit.first_slot, Visit.last_slot,
        )
        .join(Visit, VisitResult.visit_id == Visit.id)
        .join(Request, Visit.request_id == Request.id)
        .join(Factory, Request.factory_id == Factory.id)
        .where(VisitResult.finished_at.is_not(None), VisitResult.report_sent_at.is_(None), Visit.published)
        .where(VisitResult.outcome != "aborted", Visit.first_slot >= morning(now.date() - OWED_DAYS * DAY))
    )  # fmt: skip
    found = session.execute(query).all()
    about = read_about(session, {row.request_id for row in found})
    crews = read_crew_of(session, {row.request_id for row in found})
    clock = ReportClock(session)
    for key, finished, is_in, reviewed, country, first, last in found:
        of = about[key]
        assert finished is not None
        due = clock.due(finished, of.zone, country)
        if due > now + REPORT_HOURS * HOUR:
            continue
        hours = abs(due - now) / HOUR
        step = "is not in" if is_in is None else "is not reviewed" if reviewed is None else "is not released"
        text = f"Its report {step}. It {'was due' if due < now else 'is due in'} {int(hours)} h{' ago' * (due < now)}."
        ways: tuple[Way, ...] = ("visit", "call people", "request")
        yield TodayRow(
            f"report/{of.request}",
            "report",
            due,
            of,
            text,
            ways,
            "",
            first,
            last,
            people=crews.get(key, ()),
            requests=(of.request,),
        )


def action_rows(session: Session, now: dt.datetime) -> Iterator[TodayRow]:
    """Corrective actions of which a step is late: one row for each visit, with the one that is late longest."""
    late = open_actions(session, now, overdue_only=True)
    keys = read_keys(session, {action.request for action in late})
    about = read_about(session, set(keys.values()))
    numbers = Counter(action.request for action in late)
    seen: set[str] = set()
    for action in late:
        if action.request in seen:
            continue
        seen.add(action.request)
        of = about[keys[action.request]]
        others = numbers[action.request] - 1
        step = str(action.next_step or "")
        more = f" and {others} more" if others else ""
        whose = spell_list([part for part in (action.owner, action.severity) if part])
        until = dt.datetime.combine(action.due + DAY, dt.time(), of.zone).astimezone(dt.UTC)
        text = f'"{action.text}"{more}: {step} was due on {day_words(action.due)} ({whose}).'
        yield TodayRow(
            f"action/{of.request}", "action", until, of, text, ("visit", "call factory", "request"),
            requests=(of.request,),
        )  # fmt: skip
