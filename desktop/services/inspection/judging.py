"""The lot, the sample and the outcome of a visit, from what is on record of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import select

from desktop.models import CorrectiveAction, Defect, Order, Request, VisitResult
from desktop.services.commands.inspection import DefectEntry
from desktop.services.inspection.visited import Visited
from desktop.services.trade.outcome import Findings, Judgement, judged
from desktop.services.trade.sampling import Level
from desktop.services.trade.work import NO_SAMPLE, Plans, lot_of, plans_of

WHOLE = 100.0


@dataclass(frozen=True, slots=True)
class Lot:
    """The pieces that a visit's sample is drawn of, and the plans for it; None: not known, or no sample is drawn.

    `words` is what the lot is, or why it is not known.
    """

    pieces: int | None
    words: str
    plans: Plans | None

    @property
    def drawn(self) -> int | None:
        """Pieces to draw."""
        return None if self.plans is None else self.plans.drawn


def lot_at_visit(request: Request, order: Order | None, percent_made: float | None) -> Lot:
    """The lot as the visit found it: what was finished then, and the whole order where nobody counted at its end."""
    if request.service in NO_SAMPLE:
        return Lot(None, "no sample is drawn of finished goods", None)
    if order is None:
        return Lot(None, "it names no order, so that its quantity is not known", None)
    if percent_made is None and request.service == "DUPRO":
        return Lot(None, f"nobody has said how much of {order.code} was made", None)
    percent = WHOLE if percent_made is None else percent_made
    pieces = lot_of(order.quantity, percent)
    whole = f"the whole order {order.code}" if percent >= WHOLE else f"{percent:.4g} % of {order.quantity:,} made"
    if pieces < 1:
        return Lot(None, f"nothing of {order.code} was made", None)
    plans = plans_of(pieces, Level(request.inspection_level), request.aql_major, request.aql_minor)
    return Lot(pieces, whole, plans)


def judge(request: Request, order: Order | None, result: VisitResult) -> Judgement:
    """The outcome by what is on record of a visit that was made."""
    lot = lot_at_visit(request, order, result.percent_made)
    return judged(
        Findings(
            critical=result.critical_found,
            major=result.major_found,
            minor=result.minor_found,
            is_sampled=request.service not in NO_SAMPLE,
            accept_major=None if lot.plans is None else lot.plans.major.accept,
            accept_minor=None if lot.plans is None else lot.plans.minor.accept,
            to_draw=lot.drawn or 0,
            drawn=result.sample_size or 0,
            missing=result.missing,
        )
    )


def decide(visited: Visited) -> Judgement:
    """Compute the outcome and note it with what it was computed by. A review of an earlier one is void."""
    result = visited.result
    lot = lot_at_visit(visited.request, visited.order, result.percent_made)
    found = judge(visited.request, visited.order, result)
    result.lot = lot.pieces
    result.accept_major = None if lot.plans is None else lot.plans.major.accept
    result.accept_minor = None if lot.plans is None else lot.plans.minor.accept
    result.outcome, result.decided_at = found.outcome, visited.now
    result.reviewed_at, result.reviewed_by = None, ""
    if found.outcome == "pass":
        forget_client_decision(result)
    return found


def decide_again(visited: Visited) -> list[str]:
    """Compute the outcome again where there is one, after the lot has changed; what became of it, in sentences."""
    result = visited.result
    if result.decided_at is None or result.outcome == "aborted":
        return []
    lot = lot_at_visit(visited.request, visited.order, result.percent_made)
    if lot.pieces == result.lot:
        return []
    before = result.outcome
    found = decide(visited)
    said = f"The outcome is {found.outcome} by the lot of {lot.pieces or 0:,} pieces"
    return [f"{said}, as before." if before == found.outcome else f"{said}; it was {before}."]


def forget_client_decision(result: VisitResult) -> None:
    """What the client decided about an outcome that no longer holds."""
    result.client_decision = result.client_decided_by = result.client_note = ""
    result.client_decided_at = None


def withdraw(visited: Visited) -> None:
    """Let a visit have no result."""
    result = visited.result
    result.defects.clear()
    result.critical_found = result.major_found = result.minor_found = 0
    result.lot = result.sample_size = result.accept_major = result.accept_minor = None
    result.missing = result.remark = ""
    result.outcome, result.decided_at = "pending", None
    result.reviewed_at, result.reviewed_by = None, ""
    forget_client_decision(result)


def set_defects(visited: Visited, entries: tuple[DefectEntry, ...]) -> None:
    """Put defects in the place of those on record. Corrective actions stay with the defect that they are about.

    A defect is the one on record with the same class and words, wherever it stands now; else the one at its position
    where only its words or only its class have been corrected. An action about one that is gone has its own words.
    """
    result, session = visited.result, visited.session
    standing = {defect.position: defect for defect in result.defects}
    keys = [defect.id for defect in standing.values()]
    acting = session.scalars(select(CorrectiveAction).where(CorrectiveAction.defect_id.in_(keys))).all()
    now_at = _now_at(standing, entries)
    before = {defect.id: position for position, defect in standing.items()}
    place = {action.id: now_at.get(before[cast(int, action.defect_id)]) for action in acting}
    for position, entry in enumerate(entries, 1):
        defect = standing.pop(position, None)
        if defect is None:
            defect = Defect(position=position)
            result.defects.append(defect)
        defect.severity, defect.number = entry.severity, entry.number
        defect.text, defect.item = entry.text.strip(), entry.item.strip()
    session.flush()
    by_position = {defect.position: defect.id for defect in result.defects}
    for action in acting:
        there = place[action.id]
        action.defect_id = None if there is None else by_position[there]
    for defect in standing.values():
        result.defects.remove(defect)
    result.critical_found, result.major_found, result.minor_found = (
        sum(entry.number for entry in entries if entry.severity == severity)
        for severity in ("critical", "major", "minor")
    )


def _now_at(standing: Mapping[int, Defect], entries: Sequence[DefectEntry]) -> dict[int, int]:
    """Where each defect on record stands in a new list, by its position; those that are gone are not among them."""
    said = {position: (entry.severity, entry.text.strip()) for position, entry in enumerate(entries, 1)}
    found: dict[int, int] = {}
    for position, defect in sorted(standing.items()):
        places = [there for there, what in said.items() if what == (defect.severity, defect.text)]
        if places:
            found[position] = position if position in places else places[0]
            del said[found[position]]
    for position in standing.keys() - found.keys():
        severity, text = said.get(position, ("", ""))
        if severity == standing[position].severity or text == standing[position].text:
            found[position] = position
    return found
