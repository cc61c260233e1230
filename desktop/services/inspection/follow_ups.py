"""Which inspection a visit leads to: the goods once more, or the final one that nobody has booked; and booking it."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, cast, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import BadInputError, RefusedError
from desktop.models import (
    Client,
    CorrectiveAction,
    Factory,
    FollowUp,
    Inspector,
    Order,
    Request,
    RequestExclusion,
    Visit,
    VisitResult,
)
from desktop.models.visit import SEVERITIES
from desktop.services.changes import Step
from desktop.services.commands import AddRequest
from desktop.services.commands.inspection import BookFollowUp, FollowUpKind, Payer
from desktop.services.editing.fields import refuse_faults
from desktop.services.editing.requests import add_request
from desktop.services.inspection.actions import fix_due
from desktop.services.inspection.rows import FollowUpProposal, LinkedRequest
from desktop.services.inspection.visited import announced_visit
from desktop.services.lookup import request_by_code
from desktop.services.planning.reading import Source, reading
from desktop.services.requests.cards import next_code
from desktop.services.trade.house import read_trade_settings
from desktop.services.trade.results import FAULT_OF_SUPPLIER, ResultSettings
from desktop.services.words import spell_list
from desktop.services.work import Work

DAY = dt.timedelta(days=1)
_CLOSER = {"I": "II", "II": "III"}
_DUPRO, _FINAL = "DUPRO", "PSI"


def propose_follow_ups(source: Source, now: dt.datetime, request: str) -> tuple[FollowUpProposal, ...]:
    """The inspections that a visit leads to and that are not booked yet: once more, the final one, both or none.

    Once more where it failed, is pending or was aborted, unless the client has accepted the goods; the final one after
    a DUPRO of an order that has none. Nothing is written.

    Raises:
        NotFoundError: there is no such request.
    """
    with reading(source) as session:
        record = request_by_code(session, request)
        visit = announced_visit(session, record)
        if visit is None or visit.result is None or visit.result.decided_at is None:
            return ()
        leading = _Leading(session, now, record, visit, visit.result)
        return tuple(leading.proposals())


def linked_requests(session: Session, request: Request) -> tuple[LinkedRequest | None, tuple[LinkedRequest, ...]]:
    """The request that one follows from, and those that follow from it."""
    query = select(FollowUp, Request.code, Request.service, Request.status)
    before = session.execute(
        query.join(Request, Request.id == FollowUp.follows_id).where(FollowUp.request_id == request.id)
    ).one_or_none()
    after = session.execute(
        query.join(Request, Request.id == FollowUp.request_id)
        .where(FollowUp.follows_id == request.id)
        .order_by(FollowUp.id)
    )
    return None if before is None else _linked(*before), tuple(_linked(*row) for row in after)


def book_follow_up(work: Work, command: BookFollowUp) -> Step:
    """Book the inspection that a visit leads to, linked to it, for others than those who found the defects.

    Raises:
        NotFoundError: no such request.
        RefusedError: the visit does not lead to one of this kind, or it is booked already, or the code is taken.
        BadInputError: its window or who pays cannot be.
    """
    session = work.session
    before = request_by_code(session, command.request)
    proposal = _proposed(session, work.now, command)
    if command.charged_to is not None and command.charged_to not in get_args(Payer):
        refuse_faults(f"Request {before.code}", [f"who pays is one of {', '.join(get_args(Payer))}"])
    entry = _entry(before, replace(proposal, code=command.code.strip() or proposal.code), command)
    step = add_request(work, entry)
    booked = request_by_code(session, entry.code)
    charged_to = command.charged_to or proposal.charged_to
    session.add(FollowUp(request_id=booked.id, follows_id=before.id, kind=command.kind, charged_to=charged_to))
    excluded = proposal.excluded
    if command.exclude is not None:
        excluded = _crew_codes(session, before) if command.exclude else ()
    keys = session.scalars(select(Inspector.id).where(Inspector.code.in_(excluded))).all()
    booked.exclusions.extend(RequestExclusion(inspector_id=key) for key in keys)
    messages = [*step.messages, f"It is charged to the {charged_to}."]
    if excluded:
        messages.append(f"{spell_list(excluded)} made the visit and {'is' if len(excluded) == 1 else 'are'} excluded.")
    return Step(f"Book {entry.code} as {said(command.kind)} of {before.code}", tuple(messages))


def said(kind: str) -> str:
    """A kind of follow-up in words."""
    return "re-inspection" if kind == "reinspection" else "final inspection"


@dataclass(frozen=True, slots=True)
class _Leading:
    """A visit that may lead to others."""

    session: Session
    now: dt.datetime
    request: Request
    visit: Visit
    result: VisitResult

    def proposals(self) -> Iterable[FollowUpProposal]:
        settings = read_trade_settings(self.session).results
        code = next_code(self.session)
        if self._wants_reinspection():
            proposal = self._reinspection(code, settings)
            yield proposal
            code = _after(code)
        if self._wants_final():
            yield self._final(code)

    def _wants_reinspection(self) -> bool:
        accepted = self.result.client_decision == "accepted"
        return self.result.outcome != "pass" and not accepted and not self._is_booked("reinspection")

    def _wants_final(self) -> bool:
        """A DUPRO that looked at goods, of an order for which no final inspection is booked or made."""
        if self.request.service != _DUPRO or self.request.order_id is None or self.result.outcome == "aborted":
            return False
        final = select(Request.id).where(
            Request.order_id == self.request.order_id, Request.service == _FINAL, Request.status != "cancelled"
        )
        return self.session.scalars(final.limit(1)).first() is None

    def _is_booked(self, kind: str) -> bool:
        query = (
            select(FollowUp.id)
            .join(Request, Request.id == FollowUp.request_id)
            .where(FollowUp.follows_id == self.request.id, FollowUp.kind == kind, Request.status != "cancelled")
        )
        return self.session.scalars(query.limit(1)).first() is not None

    def _reinspection(self, code: str, settings: ResultSettings) -> FollowUpProposal:
        earliest, why_then = self._fixed_by(settings)
        charged_to, charge_words = self._charge(settings)
        level = self.request.inspection_level
        because = {
            "fail": f"{self.request.code} failed",
            "pending": f"{self.request.code} is pending",
            "aborted": f"{self.request.code} was aborted: {self.result.abort_reason}",
        }[self.result.outcome]
        return self._proposal(
            "reinspection",
            because=f"{because}; {why_then}.",
            code=code,
            service=self.request.service,
            earliest=earliest,
            latest=earliest + (settings.reinspection_days - 1) * DAY,
            charged_to=charged_to,
            charge_words=charge_words,
            excluded=self._excluded(settings),
            inspection_level=_CLOSER.get(level, level) if settings.closer_level else level,
        )

    def _final(self, code: str) -> FollowUpProposal:
        order = self.session.get_one(Order, cast(int, self.request.order_id))
        ready = order.ready_date
        is_known = order.production_start is not None or ready is not None
        window = (None, None) if is_known else (self._today() + DAY, self._today() + 30 * DAY)
        return self._proposal(
            "final",
            because=f"Order {order.code} has no final inspection after the DUPRO {self.request.code}.",
            code=code,
            service=_FINAL,
            earliest=window[0],
            latest=window[1],
            charged_to="client",
            charge_words="The client pays, as for every inspection that is due anyhow.",
            excluded=(),
            inspection_level=self.request.inspection_level,
        )

    def _proposal(self, kind: FollowUpKind, **values: Any) -> FollowUpProposal:  # noqa: ANN401 -- fields by name
        request = self.request
        order = None if request.order_id is None else self.session.get_one(Order, request.order_id)
        return FollowUpProposal(
            kind=kind,
            client=self.session.get_one(Client, request.client_id).code,
            factory=self.session.get_one(Factory, request.factory_id).code,
            order="" if order is None else order.code,
            aql_major=request.aql_major,
            aql_minor=request.aql_minor,
            **values,
        )

    def _today(self) -> dt.date:
        factory = self.session.get_one(Factory, self.request.factory_id)
        return self.now.astimezone(zoneinfo.ZoneInfo(factory.time_zone)).date()

    def _fixed_by(self, settings: ResultSettings) -> tuple[dt.date, str]:
        """The day from which the goods may be seen again, and why; never today, which nobody plans any more."""
        tomorrow = self._today() + DAY
        if self.result.outcome == "aborted":
            return tomorrow, "nothing was inspected"
        zone = zoneinfo.ZoneInfo(self.session.get_one(Factory, self.request.factory_id).time_zone)
        actions = self.session.scalars(select(CorrectiveAction).where(CorrectiveAction.visit_id == self.visit.id)).all()
        if actions:
            fixed = max(fix_due(action, zone, settings) for action in actions)
            return max(fixed, tomorrow), "its window opens when the solutions of its corrective actions are due"
        found = {defect.severity for defect in self.result.defects}
        worst = next((severity for severity in SEVERITIES if severity in found), "major")
        days = sum(settings.days_of(worst)[:3])
        return self._today() + max(1, days) * DAY, f"{days} days are given to mend {worst} defects"

    def _charge(self, settings: ResultSettings) -> tuple[Payer, str]:
        if self.result.outcome == "aborted":
            if self.result.abort_reason in FAULT_OF_SUPPLIER:
                return "supplier", f"The supplier pays: the visit was in vain, {self.result.abort_reason}."
            return "client", "The client pays: nothing says that the supplier caused the abort."
        if settings.supplier_pays:
            return "supplier", "The supplier pays for a re-inspection, as the house has it."
        return "client", "The client pays for a re-inspection, as the house has it."

    def _excluded(self, settings: ResultSettings) -> tuple[str, ...]:
        if not settings.other_inspector or self.result.outcome == "aborted":
            return ()
        return _crew_codes(self.session, self.request)


def _proposed(session: Session, now: dt.datetime, command: BookFollowUp) -> FollowUpProposal:
    """What is proposed of the kind that is to be booked."""
    if command.kind not in get_args(FollowUpKind):
        raise BadInputError(
            f'"{command.kind}" is no kind of follow-up.', f"There are {', '.join(get_args(FollowUpKind))}."
        )
    proposals = propose_follow_ups(session, now, command.request)
    found = next((one for one in proposals if one.kind == command.kind), None)
    if found is None:
        raise RefusedError(
            f"{command.request} does not lead to a {said(command.kind)}, or it is booked already.",
            "Book another inspection of the order as a new request.",
        )
    return found


def _entry(before: Request, proposal: FollowUpProposal, command: BookFollowUp) -> AddRequest:
    """The booking, as it is entered like any other."""
    is_again = proposal.kind == "reinspection"
    as_before = is_again and (bool(before.man_days_reason) or before.order_id is None)
    earliest, latest = command.earliest or proposal.earliest, command.latest or proposal.latest
    if command.earliest is not None and command.latest is None and proposal.earliest and proposal.latest:
        latest = command.earliest + (proposal.latest - proposal.earliest)
    return AddRequest(
        code=proposal.code,
        client=proposal.client,
        factory=proposal.factory,
        service=proposal.service,
        skill=before.skill,
        level=before.level,
        modes=before.modes if as_before else (),
        order=proposal.order or None,
        earliest=earliest,
        latest=latest,
        note=command.note.strip() or proposal.because,
        languages=before.languages,
        certificates=before.certificates,
        lead_level=before.lead_level,
        lead_languages=before.lead_languages,
        lead_certificates=before.lead_certificates,
        inspection_level=proposal.inspection_level,
        aql_major=proposal.aql_major,
        aql_minor=proposal.aql_minor,
        test_minutes=before.test_minutes,
        containers=before.containers if is_again else None,
        man_days_reason=before.man_days_reason if is_again else "",
        hold_incomplete=True,
    )


def _crew_codes(session: Session, request: Request) -> tuple[str, ...]:
    """Codes of those who made the visit of a request."""
    visit = announced_visit(session, request)
    keys = [] if visit is None else [assignment.inspector_id for assignment in visit.assignments]
    return tuple(session.scalars(select(Inspector.code).where(Inspector.id.in_(keys)).order_by(Inspector.code)))


def _after(code: str) -> str:
    """The code after one that is not stored yet."""
    figures = code[len(code.rstrip("0123456789")) :]
    return f"{code[: -len(figures)]}{int(figures) + 1:0{len(figures)}}" if figures else f"{code}-2"


def _linked(link: FollowUp, code: str, service: str, status: str) -> LinkedRequest:
    return LinkedRequest(code, cast(FollowUpKind, link.kind), service, status, cast(Payer, link.charged_to))
