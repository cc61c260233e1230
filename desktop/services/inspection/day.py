"""The day of a visit: on the way, on site, finished, or in vain; and what was found to be made."""

from __future__ import annotations

import datetime as dt
from typing import get_args

from sqlalchemy import select

from desktop.errors import BadInputError, RefusedError
from desktop.models import CorrectiveAction, ProgressReport
from desktop.services.changes import Step
from desktop.services.commands import ReportProgress
from desktop.services.commands.inspection import (
    AbortReason,
    AbortVisit,
    RecordFinished,
    RecordTravelling,
    TakeBackTime,
)
from desktop.services.editing.factories import report_progress
from desktop.services.editing.fields import refuse_faults
from desktop.services.editing.settings import present_settings
from desktop.services.inspection.belongings import refuse_to_leave_alone
from desktop.services.inspection.judging import decide_again, withdraw
from desktop.services.inspection.visited import COLUMNS, SAID, Visited
from desktop.services.trade.house import read_trade_settings
from desktop.services.trade.results import NEEDS, charge_in_vain
from desktop.services.trade.work import percent_of
from desktop.services.words import spell_money
from desktop.services.work import Work

_LEAST_MAN_DAYS = 0.5


def record_travelling(work: Work, command: RecordTravelling) -> Step:
    """Note when the inspector left for the factory. The visit has begun, and stays.

    Raises:
        NotFoundError, RefusedError, BadInputError: as `Visited`.
    """
    visited = Visited(work, command.request, "have left")
    at = visited.set_time("travelling", command.at)
    visited.settle_status()
    return Step(f"Record departure for {visited.code}, {visited.there(at)}")


def record_finished(work: Work, command: RecordFinished) -> Step:
    """Note when the work on site ended and what was made by then; the request is done.

    Raises:
        NotFoundError, BadInputError: as `Visited`, or the share made cannot be.
        RefusedError: nothing is announced, or the report is out.
    """
    visited = Visited(work, command.request, "have finished")
    visited.refuse_after_release()
    messages = []
    result = visited.result
    if result.outcome == "aborted":
        messages.append(f"It was recorded as aborted ({result.abort_reason}); that no longer holds.")
        _take_abort_back(visited)
    at = visited.set_time("finished", command.at)
    percent = share_made(visited, command.percent_made, command.pieces_made)
    messages += note_made(visited, percent, command.percent_packed)
    visited.settle_status()
    messages += decide_again(visited)
    return Step(f"Record end of work for {visited.code}, {visited.there(at)}", tuple(messages))


def abort_visit(work: Work, command: AbortVisit) -> Step:
    """Note that somebody came in vain, why, and what is charged for it. The request is done: it has to be booked again.

    Raises:
        NotFoundError, BadInputError: as `Visited`, or there is no such reason.
        RefusedError: nothing is announced, the visit has a result, or the report is out.
    """
    visited = Visited(work, command.request, "have come")
    visited.refuse_after_release()
    if command.reason not in get_args(AbortReason):
        refuse_faults(f"Request {visited.code}", [f"the reason is one of {', '.join(get_args(AbortReason))}"])
    result = visited.result
    if result.decided_at is not None and result.outcome != "aborted":
        raise RefusedError(
            f"{visited.code} was inspected: its outcome is {result.outcome}.", "Take the result back first."
        )
    at = visited.set_time("finished", command.at)
    charged = _charge(visited, command.reason) if command.charged_cents is None else command.charged_cents
    if charged < 0:
        refuse_faults(f"Request {visited.code}", ["the charge is below zero"])
    percent = share_made(visited, command.percent_made, command.pieces_made)
    messages = note_made(visited, percent, None)
    result.outcome, result.abort_reason = "aborted", command.reason
    result.decided_at, result.charged_cents = work.now, charged
    result.reviewed_at, result.reviewed_by = None, ""
    result.remark = command.remark.strip()
    visited.settle_status()
    if charged:
        messages.append(f"{spell_money(charged)} is charged for coming in vain; the way is charged as it was spent.")
    messages.append("Book it again as a follow-up.")
    label = f"Abort visit of {visited.code}, {command.reason}, {visited.there(at)}"
    return Step(label, tuple(messages))


def take_back_time(work: Work, command: TakeBackTime) -> Step:
    """Let a time, or the result, be not recorded after all.

    Raises:
        NotFoundError: no such request.
        BadInputError: there is no such time.
        RefusedError: it is not on record, or a later step needs it.
    """
    visited = Visited(work, command.request, "have come")
    name = command.time
    if name == "result":
        return _take_result_back(visited)
    if name not in COLUMNS:
        raise BadInputError(f'A visit has no time "{name}".', f"It has {', '.join((*COLUMNS, 'result'))}.")
    if name not in visited.times():
        raise RefusedError(f"{SAID[name].capitalize()} of {visited.code} is not on record.")
    result = visited.result
    _refuse_if_needed(visited, name)
    if name == "finished":
        _take_abort_back(visited)
        _forget_report(visited)
    if name == "arrived":
        result.clock_began_at = result.target_at = result.limit_at = None
    if name == "reviewed":
        result.reviewed_by = ""
    setattr(result, COLUMNS[name], None)
    if name in ("travelling", "arrived", "finished"):
        visited.settle_status()
        refuse_to_leave_alone(visited.session, (visited.visit.id,))
    return Step(f"Take back {SAID[name]} for {visited.code}")


def share_made(visited: Visited, percent: float | None, pieces: int | None) -> float | None:
    """The share of the order made, in percent, from either figure; None: not counted.

    Raises:
        BadInputError: both are given, there is no order to count pieces of, or it cannot be.
    """
    if percent is None and pieces is None:
        return None
    order = visited.order
    faults = []
    if percent is not None and pieces is not None:
        faults.append("both percent and pieces made are given; give one")
    elif pieces is not None and order is None:
        faults.append("it names no order that the pieces are a share of; give the percent made")
    elif pieces is not None and order is not None and not 0 <= pieces <= order.quantity:
        faults.append(f"{pieces:,} pieces are made; the order has {order.quantity:,}")
    elif percent is not None and not 0 <= percent <= 100:
        faults.append(f"{percent:g} % are made; that should be between 0 and 100")
    refuse_faults(f"Request {visited.code}", faults)
    if pieces is not None and order is not None:
        return min(100.0, percent_of(order.quantity, pieces))
    return percent


def note_made(visited: Visited, percent: float | None, packed: float | None) -> list[str]:
    """Note what was made with the visit, and as a report of that day with the order; what moves by it, in sentences.

    A report that this visit made for another day, before its time was corrected, goes.
    """
    result, order = visited.result, visited.order
    before = result.percent_made
    if percent is not None:
        result.percent_made = float(percent)
    made, at = result.percent_made, result.finished_at
    if order is None or made is None or at is None:
        return []
    day, source = visited.day(at), _source(visited)
    own = [row for row in order.progress if row.source == source]
    if percent is None and packed is None and [row.reported_on for row in own] in ([], [day]):
        return []
    packed = _packed(order.progress, day, made, own) if packed is None else packed
    for row in own:
        if row.reported_on != day:
            order.progress.remove(row)
    step = report_progress(visited.work, ReportProgress(order.code, day, made, packed, source))
    changed = [] if before is None or percent is None or before == percent else [f"{before:g} % was on record before."]
    return [*changed, *step.messages]


def _packed(reports: list[ProgressReport], day: dt.date, made: float, own: list[ProgressReport]) -> float:
    """The share packed where nobody says it: as reported last by then, and no more than is made."""
    known = [row for row in reports if row.reported_on <= day] or own
    last = max(known, key=lambda row: row.reported_on, default=None)
    return 0.0 if last is None else min(last.percent_packed, made)


def _source(visited: Visited) -> str:
    return f"visit of {visited.code}"


def _forget_report(visited: Visited) -> None:
    order = visited.order
    visited.result.percent_made = None
    if order is not None:
        for row in [row for row in order.progress if row.source == _source(visited)]:
            order.progress.remove(row)


def _charge(visited: Visited, reason: str) -> int:
    """Cents for coming in vain, as the house charges them."""
    settings = read_trade_settings(visited.session).results
    price: float | None = visited.request.price_cents
    if price is None:
        usual = present_settings(visited.session).default_price_cents
        price = usual * max(_LEAST_MAN_DAYS, visited.man_days)
    return charge_in_vain(reason, price, visited.man_days, len(visited.visit.assignments), settings)


def _take_abort_back(visited: Visited) -> None:
    result = visited.result
    if result.outcome == "aborted":
        result.outcome, result.abort_reason, result.remark = "pending", "", ""
        result.decided_at, result.charged_cents = None, 0
        result.reviewed_at, result.reviewed_by = None, ""  # what was reviewed said that nothing was inspected


def _refuse_if_needed(visited: Visited, name: str) -> None:
    """Refuse to take back what another step stands on."""
    result, times = visited.result, visited.times()
    later = next((other for other, needed in NEEDS.items() if needed == name and other in times), None)
    if later is not None:
        raise RefusedError(
            f"{SAID[later].capitalize()} of {visited.code} is on record, which needs {SAID[name]}.",
            f"Take back {SAID[later]} first.",
        )
    if name == "finished" and result.decided_at is not None and result.outcome != "aborted":
        raise RefusedError(
            f"{visited.code} has a result, which needs {SAID[name]}.",
            "Correct the time, or take the result back first.",
        )


def _take_result_back(visited: Visited) -> Step:
    visited.refuse_after_release()
    result = visited.result
    if result.decided_at is None or result.outcome == "aborted":
        raise RefusedError(f"{visited.code} has no result on record.")
    actions = visited.session.scalars(
        select(CorrectiveAction.id).where(CorrectiveAction.visit_id == visited.visit.id).limit(1)
    ).first()
    if actions is not None:
        raise RefusedError(
            f"The result of {visited.code} has led to corrective actions: it cannot be taken back.",
            "Record the right result: it takes the place of this one.",
        )
    withdraw(visited)
    return Step(f"Take back the result of {visited.code}")
