"""What a visit found, what the client decided about it, and the report's way to the client."""

from __future__ import annotations

from sqlalchemy.orm.attributes import flag_modified

from desktop.errors import RefusedError
from desktop.models.visit import CLIENT_DECISIONS, SEVERITIES
from desktop.services.changes import Step
from desktop.services.commands.inspection import (
    DefectEntry,
    ReceiveReport,
    RecordClientDecision,
    RecordResult,
    ReleaseReport,
    ReviewReport,
)
from desktop.services.editing.fields import refuse_faults
from desktop.services.inspection.day import note_made, share_made
from desktop.services.inspection.due import due_of_report
from desktop.services.inspection.judging import decide, forget_client_decision, lot_at_visit, set_defects
from desktop.services.inspection.visited import Visited
from desktop.services.lookup import check_version
from desktop.services.trade.work import NO_SAMPLE
from desktop.services.words import count, spell_list
from desktop.services.work import Work

MOST_TEXT = 2000  # characters, as of other texts that people enter
MOST_DEFECTS = 500


def record_result(work: Work, command: RecordResult) -> Step:
    """Note what a visit found, and compute the outcome. A second result replaces the first, and asks for a new review.

    Raises:
        NotFoundError: no such request.
        RefusedError: nothing is announced, the work has not ended, was aborted, or the report is out.
        ConflictError: somebody has changed the visit since.
        BadInputError: a defect, the sample or the share made cannot be.
    """
    visited = Visited(work, command.request, "have found anything")
    check_version(visited.visit, command.version, work.session)
    visited.refuse_after_release()
    result = visited.result
    if result.outcome == "aborted" and result.decided_at is not None:
        raise RefusedError(
            f"The visit of {visited.code} was aborted ({result.abort_reason}): nothing was inspected.",
            "Record the end of work first if it was inspected after all.",
        )
    if result.finished_at is None:
        raise RefusedError(
            f"The work for {visited.code} has not ended yet, so it has no result.", "Record the end of work first."
        )
    before = result.outcome if result.decided_at is not None else ""
    percent = share_made(visited, command.percent_made, command.pieces_made)
    messages = note_made(visited, percent, None)
    drawn = _sample_drawn(visited, command.sample_size)
    _check_defects(visited, command, drawn)
    set_defects(visited, command.defects)
    result.sample_size, result.missing, result.remark = drawn, command.missing.strip(), command.remark.strip()
    found = decide(visited)
    visited.settle_status()
    flag_modified(visited.visit, "status")  # the second of two who type a result is refused by the visit's version
    what = f"{found.outcome}: {spell_list(found.because)}"
    if before and before != found.outcome:
        messages.append(f"The outcome was {before} before.")
    if found.outcome != "pass":
        messages.append("Corrective actions and a follow-up are proposed.")
    return Step(f"Record result of {visited.code}, {what}", tuple(messages))


def record_client_decision(work: Work, command: RecordClientDecision) -> Step:
    """Note what the client decided about goods that did not pass. The outcome stays as it was computed.

    Raises:
        NotFoundError: no such request.
        RefusedError: it has no outcome yet, or passed, or was aborted.
        BadInputError: there is no such decision, or its time cannot be.
    """
    visited = Visited(work, command.request, "have found anything")
    result = visited.result
    if result.decided_at is None or result.outcome not in ("pending", "fail"):
        known = "no outcome yet" if result.decided_at is None else f"the outcome {result.outcome}"
        raise RefusedError(
            f"{visited.code} has {known}: there is nothing for the client to decide.",
            "The client decides about goods that failed or are pending.",
        )
    if command.decision not in CLIENT_DECISIONS:
        refuse_faults(f"Request {visited.code}", ["the client's decision is accepted, rejected, or empty"])
    if not command.decision:
        forget_client_decision(result)
        return Step(f"Take back the client's decision on {visited.code}")
    at = command.at or work.now
    at = at if at.tzinfo is not None else at.replace(tzinfo=visited.zone)
    if at > work.now or at < visited.request.requested_at:
        refuse_faults(
            f"Request {visited.code}",
            [f"the client's decision is at {visited.there(at)}; it lies between the booking and now"],
        )
    result.client_decision, result.client_decided_at = command.decision, at
    result.client_decided_by, result.client_note = command.by.strip(), command.note.strip()
    return Step(f"Note that the client has {command.decision} the goods of {visited.code}")


def receive_report(work: Work, command: ReceiveReport) -> Step:
    """Note that the inspector's report is in.

    Raises:
        NotFoundError, BadInputError: as `Visited`.
        RefusedError: the work has not ended.
    """
    visited = Visited(work, command.request, "have reported")
    visited.refuse_after_release()
    if visited.result.finished_at is None:
        raise RefusedError(
            f"The work for {visited.code} has not ended yet, so no report can be in.", "Record the end of work first."
        )
    at = visited.set_time("report", command.at)
    return Step(f"Record report of {visited.code}, {visited.there(at)}", (due_of_report(visited),))


def review_report(work: Work, command: ReviewReport) -> Step:
    """Note who has reviewed the report. Nobody reviews the report of a visit that he made himself.

    Raises:
        NotFoundError, BadInputError: as `Visited`.
        RefusedError: no report is in, there is no result, or the reviewer was in the crew.
    """
    visited = Visited(work, command.request, "have reported")
    visited.refuse_after_release()
    result, by = visited.result, command.by.strip() or work.actor
    if result.report_in_at is None:
        raise RefusedError(f"No report of {visited.code} is in yet.", "Record that it has come first.")
    if result.decided_at is None:
        raise RefusedError(f"{visited.code} has no result yet that could be reviewed.", "Record the result first.")
    for person in visited.crew():
        if by.casefold() in {name.casefold() for name in (person.code, person.name, person.local_name) if name}:
            raise RefusedError(
                f"{by} made the visit of {visited.code} and cannot review its report.", "Let somebody else review it."
            )
    at = visited.set_time("reviewed", command.at)
    result.reviewed_by = by
    return Step(f"Record review of the report of {visited.code} by {by}, {visited.there(at)}")


def release_report(work: Work, command: ReleaseReport) -> Step:
    """Note that the report has gone out to the client; it has been reviewed before.

    Undone, it is not released here any more; what the client has been sent, the client has.

    Raises:
        NotFoundError, BadInputError: as `Visited`.
        RefusedError: it has not been reviewed.
    """
    visited = Visited(work, command.request, "have reported")
    if visited.result.reviewed_at is None:
        raise RefusedError(
            f"The report of {visited.code} has not been reviewed yet.", "Have it reviewed by somebody else first."
        )
    due = due_of_report(visited)
    at = visited.set_time("released", command.at)
    return Step(f"Release the report of {visited.code}, {visited.there(at)}", (due,))


def _sample_drawn(visited: Visited, given: int | None) -> int | None:
    """Pieces that were drawn: as given, else as the plan has it; None where there is no sample or no lot."""
    lot = lot_at_visit(visited.request, visited.order, visited.result.percent_made)
    if given is None:
        return lot.drawn
    if visited.request.service in NO_SAMPLE:
        refuse_faults(f"Request {visited.code}", [f"a sample of {given:,} is given; {lot.words}"])
    if given < 0 or (lot.pieces is not None and given > lot.pieces):
        most = "" if lot.pieces is None else f" of a lot of {lot.pieces:,}"
        refuse_faults(f"Request {visited.code}", [f"{given:,} pieces{most} cannot have been drawn"])
    return given


def _check_defects(visited: Visited, command: RecordResult, drawn: int | None) -> None:
    faults = []
    if len(command.defects) > MOST_DEFECTS:
        faults.append(f"{count(len(command.defects), 'kind')} of defects are too many; give {MOST_DEFECTS} at most")
    for position, entry in enumerate(command.defects[:MOST_DEFECTS], 1):
        faults.extend(f"defect {position} {fault}" for fault in _faults(entry, drawn))
    faults.extend(
        f"{name} has more than {MOST_TEXT:,} characters"
        for name, text in (("what is missing", command.missing), ("the remark", command.remark))
        if len(text) > MOST_TEXT
    )
    refuse_faults(f"Request {visited.code}", faults)


def _faults(entry: DefectEntry, drawn: int | None) -> list[str]:
    """What is wrong with a defect, a clause each."""
    faults = []
    if entry.severity not in SEVERITIES:
        faults.append(f"is {entry.severity}; the classes are {', '.join(SEVERITIES)}")
    if entry.number < 1:
        faults.append(f"was found {entry.number:,} times; leave it out, or give 1 or more")
    elif drawn and entry.number > drawn:
        faults.append(f"was found on {entry.number:,} of {drawn:,} pieces drawn")
    if not entry.text.strip():
        faults.append("has no words; say what it is")
    elif len(entry.text) > MOST_TEXT:
        faults.append(f"has more than {MOST_TEXT:,} characters")
    return faults
