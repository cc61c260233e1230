"""A client's period in figures."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from desktop.services.attainment import Kept
from desktop.services.client_page.rows import Figures, VisitLine
from desktop.services.trade.clock import Attainment


def figures_of(visits: Sequence[VisitLine], kept: Iterable[Kept], now: dt.datetime) -> Figures:
    """The figures of some visits and of the promises that they kept."""
    attained = Counter(one.attainment for one in kept)
    due = [
        visit
        for visit in visits
        if visit.report_due is not None and (visit.released_at is not None or visit.report_due <= now)
    ]
    findings = [visit.finding for visit in visits if visit.finding is not None]
    outcomes = Counter(finding.outcome for finding in findings)
    defects = Counter[str]()
    for finding in findings:
        for counted in finding.classes:
            defects[counted.severity] += counted.found
    return Figures(
        visits=sum(visit.has_begun for visit in visits),
        kept=attained.total(),
        in_target=attained[Attainment.TARGET],
        in_limit=attained[Attainment.TARGET] + attained[Attainment.LIMIT],
        reports=len(due),
        reports_in_time=sum(not visit.is_late for visit in due),
        passed=outcomes["pass"],
        failed=outcomes["fail"],
        pending=outcomes["pending"],
        aborted=outcomes["aborted"],
        critical=defects["critical"],
        major=defects["major"],
        minor=defects["minor"],
    )
