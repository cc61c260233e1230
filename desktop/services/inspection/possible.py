"""Which commands a visit takes next, by what is on record of it; for those who show buttons. Handlers judge anew."""

from __future__ import annotations

from desktop.models import VisitResult
from desktop.services.inspection.actions import calls_for_action


def possible_commands(result: VisitResult | None) -> frozenset[str]:
    """Names of commands that would not be refused at once for a visit that is announced."""
    always = {"RecordArrival", "RecordTravelling"}
    if result is None:
        return frozenset(always | {"RecordFinished", "AbortVisit"})
    is_aborted = result.outcome == "aborted" and result.decided_at is not None
    is_released, is_in = result.report_sent_at is not None, result.report_in_at is not None
    is_decided = result.decided_at is not None and not is_aborted
    is_ended = result.finished_at is not None
    found = set(always)
    begun = (result.travelling_at, result.arrived_at, result.finished_at, result.decided_at)
    for name, is_so in (
        ("AttachFile", any(begun)),
        ("RecordFinished", not is_released),
        ("AbortVisit", not is_released and not is_decided),
        ("RecordResult", is_ended and not is_released and not is_aborted),
        ("ReceiveReport", is_ended and not is_released),
        ("ReviewReport", is_in and (is_decided or is_aborted) and not is_released),
        ("ReleaseReport", result.reviewed_at is not None),
        ("RecordClientDecision", is_decided and result.outcome in ("fail", "pending")),
        ("OpenActions", calls_for_action(result)),
        ("BookFollowUp", result.decided_at is not None),
    ):
        if is_so:
            found.add(name)
    return frozenset(found)
