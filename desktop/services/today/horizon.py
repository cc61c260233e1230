"""The days that a dispatcher answers for: from today on, as far as visits are announced."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from desktop.models import Plan, Visit
from desktop.models.halfday import morning
from desktop.services.planning.reading import Source, reading
from desktop.services.planning.revising import today_of
from desktop.services.planning.week import settings_for
from desktop.services.settings import PlanSettings

LEAST_DAYS = 7
"""Next Monday is looked at on Friday; further off a plan has its own time to be looked at."""


def days_ahead(source: Source, now: dt.datetime) -> PlanSettings | None:
    """The settings of a plan of these days, to the end of the plans in force; None: nothing is announced for them.

    They end with a calendar week: a visit across their end would count for each week that somebody works in.
    """
    first = today_of(now)
    last = first + dt.timedelta(days=LEAST_DAYS - 1)
    last += dt.timedelta(days=6 - last.weekday())
    with reading(source) as session:
        begins = (Visit.last_slot >= morning(first)) & (Visit.first_slot < morning(last) + 2)
        announced = select(Visit.plan_id).where(Visit.published, begins)
        plans = session.execute(select(Plan.first_day, Plan.days).where(Plan.id.in_(announced))).all()
        if not plans:
            return None
        end = max(begin + dt.timedelta(days=days - 1) for begin, days in plans)
        days = max(1, (min(end, last) - first).days + 1)
        return settings_for(session, first, days=days, freeze_days=0)
