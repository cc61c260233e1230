"""Plans held open for those who look at them and change them by hand."""

from __future__ import annotations

import datetime as dt

from desktop.services.lookup import plan_by_code
from desktop.services.planning.opened import OpenPlan
from desktop.services.planning.opening import read_week
from desktop.services.planning.problems import problems_of
from desktop.services.planning.reading import Source, reading
from desktop.services.planning.week import settings_for

__all__ = ["OpenPlan", "open_plan", "open_week"]


def open_plan(source: Source, code: str) -> OpenPlan:
    """Open a stored plan, on the records as they are now.

    A plan that was open before is not read again as long as nothing has changed but what is known.

    Raises:
        NotFoundError: there is no plan of that code.
    """
    problems = problems_of(source)
    with reading(source) as session:
        return problems.opened(session, plan_by_code(session, code))


def open_week(source: Source, first_day: dt.date, days: int) -> OpenPlan:
    """Open some days that have no plan yet: what is announced stands in its place, every open request is left out.

    It has no code: before anything is moved in it, a draft must be begun (`blank.blank_draft`).
    """
    with reading(source) as session:
        return read_week(session, settings_for(session, first_day, days=days))
