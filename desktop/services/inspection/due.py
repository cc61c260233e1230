"""When reports are due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

from sqlalchemy.orm import Session

from desktop.services.inspection.visited import Visited
from desktop.services.planning.daybook import Daybook
from desktop.services.trade.house import read_trade_settings
from desktop.services.trade.results import report_due

_HOUR = dt.timedelta(hours=1)


class ReportClock:
    """Until when reports are to be released."""

    def __init__(self, session: Session) -> None:
        self._settings = read_trade_settings(session).results
        self._daybook = Daybook(session)

    def due(self, finished_at: dt.datetime, zone: dt.tzinfo, country: str) -> dt.datetime:
        """For work that ended at a moment, at a factory of a zone and country (UTC)."""
        works: Callable[[dt.date], bool] = partial(self._daybook.works, country)
        return report_due(finished_at, zone, works, self._settings)


def due_of_report(visited: Visited) -> str:
    """How far the report of a finished visit is from its time, in a sentence."""
    finished = visited.result.finished_at
    if finished is None:
        return "When its report was due is not known: the end of work is not on record."
    due = ReportClock(visited.session).due(finished, visited.zone, visited.factory.country)
    hours = abs(due - visited.now) / _HOUR
    if visited.now > due:
        return f"The report was due on {visited.there(due)}, {hours:.0f} h ago."
    return f"The report is due on {visited.there(due)}, in {hours:.0f} h."
