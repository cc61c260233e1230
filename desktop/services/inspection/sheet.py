"""The result of a visit as it is shown: sample, defects by class, outcome and why."""

from __future__ import annotations

from typing import cast

from desktop.models import Order, Request, VisitResult
from desktop.services.commands.inspection import Severity
from desktop.services.inspection.judging import judge, lot_at_visit
from desktop.services.inspection.rows import ClassCount, DefectRow, Outcome, ResultSheet


def result_sheet(request: Request, order: Order | None, known: VisitResult | None) -> ResultSheet:
    """What a visit found; before it has been found, what is to be drawn."""
    result = known or _nothing()
    lot = lot_at_visit(request, order, result.percent_made)
    plans, is_decided = lot.plans, result.decided_at is not None
    # what it was judged by stands, whatever is known of the order by now
    if is_decided and result.lot is not None:
        pieces: int | None = result.lot
        accept_major, accept_minor = result.accept_major, result.accept_minor
    else:
        pieces = lot.pieces
        accept_major = None if plans is None else plans.major.accept
        accept_minor = None if plans is None else plans.minor.accept
    return ResultSheet(
        lot=pieces,
        lot_words=lot.words,
        sample_planned=lot.drawn,
        sample_size=result.sample_size,
        percent_made=result.percent_made,
        critical=ClassCount("critical", result.critical_found, 0, None if plans is None else plans.critical.size),
        major=ClassCount("major", result.major_found, accept_major, None if plans is None else plans.major.size),
        minor=ClassCount("minor", result.minor_found, accept_minor, None if plans is None else plans.minor.size),
        defects=tuple(
            DefectRow(row.position, cast(Severity, row.severity), row.number, row.text, row.item)
            for row in result.defects
        ),
        missing=result.missing,
        remark=result.remark,
        outcome=cast(Outcome, result.outcome) if is_decided else "",
        because=_because(request, order, result),
        decided_at=result.decided_at,
        client_decision=result.client_decision,
        client_decided_at=result.client_decided_at,
        client_decided_by=result.client_decided_by,
        client_note=result.client_note,
    )


def _nothing() -> VisitResult:
    """What is on record of a visit of which nothing is."""
    empty = VisitResult(outcome="pending", defects=[], critical_found=0, major_found=0, minor_found=0)
    empty.missing = empty.remark = empty.client_decision = empty.client_decided_by = empty.client_note = ""
    return empty


def _because(request: Request, order: Order | None, result: VisitResult) -> tuple[str, ...]:
    """Why the outcome is what it is; nothing of one that was kept before defects were."""
    if result.decided_at is None:
        return ()
    if result.outcome == "aborted":
        return (f"aborted: {result.abort_reason}",) if result.abort_reason else ()
    found = judge(request, order, result)
    return found.because if found.outcome == result.outcome else ()
