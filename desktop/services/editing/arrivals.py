"""When an inspector was on site: what the promise of the on-site clock is measured by."""

from __future__ import annotations

from desktop.services.attainment import kept_by, kept_words, promised
from desktop.services.changes import Step
from desktop.services.commands import RecordArrival
from desktop.services.inspection.visited import Visited
from desktop.services.work import Work


def record_arrival(work: Work, command: RecordArrival) -> Step:
    """Note when somebody was on site; a second arrival replaces the first. The visit has begun, and stays.

    What was promised is noted with the first arrival, and stays whatever changes later.

    Raises:
        NotFoundError: no such request.
        RefusedError: nothing is announced for it.
        BadInputError: the time lies ahead, before the booking, or after the end of work.
    """
    visited = Visited(work, command.request, "have arrived")
    before = visited.times().get("arrived")
    at = visited.set_time("arrived", command.at)
    result = visited.result
    kept = kept_by(work.session, visited.request, at, promised(result))
    if kept is not None:
        clock = kept.clock
        result.clock_began_at, result.target_at, result.limit_at = clock.begins, clock.target, clock.limit
    if visited.visit.status == "planned":
        visited.visit.status = "started"  # so that the next plan leaves it alone
    work.session.flush()
    messages = [kept_words(kept)]
    if before is not None and before != at:
        messages.append(f"{visited.there(before)} was on record before.")
    return Step(f"Record arrival for {visited.code}, {visited.there(at)}", tuple(messages))
