"""The life of a visit on one line: from the booking to the follow-up, in order, with who did it and when.

What is on record tells most of it; the history tells who, and what was planned before. A database that was filled
without a history tells the rest.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models import (
    CorrectiveAction,
    FollowUp,
    Inspector,
    Notice,
    Plan,
    Request,
    Sending,
    Visit,
    VisitResult,
)
from desktop.services.inspection.actions import DONE_AT
from desktop.services.inspection.life_history import Change, Changes, Placed
from desktop.services.inspection.rows import LifeEvent, LifeKind
from desktop.services.inspection.visited import announced_visit
from desktop.services.lookup import request_by_code
from desktop.services.planning.reading import Source, reading
from desktop.services.trade.results import STEPS
from desktop.services.words import spell_list, spell_money, spell_slots

_ORDER: tuple[LifeKind, ...] = get_args(LifeKind)
"""In which order things that happened at one moment are told."""

_RECORDED: tuple[tuple[str, LifeKind, str], ...] = (
    ("travelling_at", "travelling", "on the way to the factory"),
    ("arrived_at", "arrived", "on site"),
    ("report_in_at", "report in", "the report is in"),
    ("report_sent_at", "released", "the report is released"),
)


def visit_life(source: Source, request: str) -> tuple[LifeEvent, ...]:
    """Everything that happened to the visit of a request, the earliest first.

    Raises:
        NotFoundError: there is no such request.
    """
    with reading(source) as session:
        record = request_by_code(session, request)
        life = _Life(session, record)
        found = [*life.plans(), *life.messages(), *life.day(), *life.actions(), *life.links()]
    return tuple(sorted(found, key=lambda event: (event.at, _ORDER.index(event.kind))))


class _Life:
    """The life of one request's visit, part by part."""

    def __init__(self, session: Session, request: Request) -> None:
        self._session = session
        self._request = request
        self._visit = announced_visit(session, request)
        self._changes = Changes(session)

    def plans(self) -> Iterator[LifeEvent]:
        """Booking, plans, announcements, and the end of a booking that was taken back."""
        request = self._request
        booked = self._changes.first("request", request.id)
        yield _event(request.requested_at, "booked", booked, f"booked as {request.service}")
        placed = self._changes.placed(request.id)
        names = self._names({person for place in placed for person in place.crew})
        told: Placed | None = None
        for place in placed:
            crew = spell_list([names[person] for person in place.crew if person in names])
            where = spell_slots(place.first_slot, place.last_slot) + (f", {crew}" if crew else "")
            if place.is_announced:
                if told is not None and told.same_as(place):
                    continue
                word = "announced" if told is None else "announced anew"
                yield _event(place.change.at, "announced", place.change, f"{word} for {where}")
                told = place
            elif told is None or not told.same_as(place):
                kind: LifeKind = "planned" if place.is_new else "moved"
                yield _event(place.change.at, kind, place.change, f"{kind} for {where}")
        if told is None and self._visit is not None:
            yield from self._announced_without_history(self._visit)
        if request.status == "cancelled":
            cancelled = self._changes.set_to("request", request.id, "status", "cancelled")
            if cancelled is not None:
                yield _event(cancelled.at, "cancelled", cancelled, "the booking is cancelled")

    def messages(self) -> Iterator[LifeEvent]:
        """What was sent to whom, and what they answered."""
        session, key = self._session, self._request.id
        names = self._names(set(session.scalars(select(Notice.inspector_id).where(Notice.request_id == key))))
        query = (
            select(Notice, Sending)
            .join(Sending, Sending.notice_id == Notice.id)
            .where(Notice.request_id == key, Sending.state == "sent", Sending.fault == "")
        )
        for notice, sending in session.execute(query):
            what = "cancellation" if sending.method == "cancel" else "update" if sending.sequence else "announcement"
            whom = _party(notice, names)
            yield LifeEvent(sending.sent_at, "sent", sending.sent_by, f"{what} sent to {whom} by {sending.channel}")
        answered = select(Notice).where(Notice.request_id == key, Notice.answered_at.is_not(None), Notice.answer != "")
        for notice in session.scalars(answered):
            kind: LifeKind = "confirmed" if notice.answer == "confirmed" else "declined"
            changed = self._changes.last("notice", notice.id, "answered_at")
            note = f": {notice.answer_note}" if notice.answer_note else ""
            assert notice.answered_at is not None
            yield _event(notice.answered_at, kind, changed, f"{_party(notice, names)} {kind}{note}")

    def day(self) -> Iterator[LifeEvent]:
        """The visit itself, its result and its report."""
        result = None if self._visit is None else self._visit.result
        if result is None:
            return
        for column, kind, text in _RECORDED:
            at: dt.datetime | None = getattr(result, column)
            if at is not None:
                yield self._of(result, column, at, kind, text)
        is_aborted = result.outcome == "aborted" and result.decided_at is not None
        if result.finished_at is not None:
            text = f"aborted: {result.abort_reason}" if is_aborted else "work ended" + _made(result)
            if is_aborted and result.charged_cents:
                text += f", {spell_money(result.charged_cents)} charged"
            yield self._of(result, "finished_at", result.finished_at, "aborted" if is_aborted else "finished", text)
        if result.decided_at is not None and not is_aborted:
            yield self._of(result, "decided_at", result.decided_at, "result", _outcome(result))
        if result.reviewed_at is not None:
            text = f"the report is reviewed by {result.reviewed_by}"
            yield self._of(result, "reviewed_at", result.reviewed_at, "reviewed", text)
        if result.client_decided_at is not None:
            by = f" ({result.client_decided_by})" if result.client_decided_by else ""
            text = f"the client{by} has {result.client_decision} the goods"
            yield self._of(result, "client_decided_at", result.client_decided_at, "client decided", text)

    def actions(self) -> Iterator[LifeEvent]:
        """Corrective actions: opened, and each step that is done."""
        if self._visit is None:
            return
        query = select(CorrectiveAction).where(CorrectiveAction.visit_id == self._visit.id)
        for action in self._session.scalars(query.order_by(CorrectiveAction.id)):
            opened = self._changes.first("corrective_action", action.id)
            yield _event(action.opened_at, "action", opened, f"action {action.id} opened: {action.text}")
            for step, column in zip(STEPS, DONE_AT, strict=True):
                at = getattr(action, column)
                if at is not None:
                    changed = self._changes.last("corrective_action", action.id, column)
                    yield _event(at, "action", changed, f"action {action.id}: {step}")

    def links(self) -> Iterator[LifeEvent]:
        """The requests that follow from it."""
        query = (
            select(FollowUp, Request.code, Request.requested_at)
            .join(Request, Request.id == FollowUp.request_id)
            .where(FollowUp.follows_id == self._request.id)
        )
        for link, code, at in self._session.execute(query):
            word = "re-inspection" if link.kind == "reinspection" else "final inspection"
            booked = self._changes.first("follow_up", link.id)
            yield _event(at, "follow-up", booked, f"{code} booked as {word}, charged to the {link.charged_to}")

    def _announced_without_history(self, visit: Visit) -> Iterator[LifeEvent]:
        """Of a database that was filled without a history, the plan tells when."""
        plan = self._session.get_one(Plan, visit.plan_id)
        names = self._names({assignment.inspector_id for assignment in visit.assignments})
        where = f"{spell_slots(visit.first_slot, visit.last_slot)}, {spell_list(sorted(names.values()))}"
        yield LifeEvent(plan.created_at, "planned", "", f"planned for {where}")
        if plan.published_at is not None:
            yield LifeEvent(plan.published_at, "announced", "", f"announced for {where}")

    def _of(self, result: VisitResult, column: str, at: dt.datetime, kind: LifeKind, text: str) -> LifeEvent:
        return _event(at, kind, self._changes.last("visit_result", result.id, column), text)

    def _names(self, keys: Iterable[int | None]) -> dict[int, str]:
        query = select(Inspector.id, Inspector.code).where(Inspector.id.in_([key for key in keys if key is not None]))
        return {key: code for key, code in self._session.execute(query)}


def _event(at: dt.datetime, kind: LifeKind, change: Change | None, text: str) -> LifeEvent:
    if change is None:
        return LifeEvent(at, kind, "", text)
    return LifeEvent(at, kind, change.actor, text, change.id)


def _party(notice: Notice, names: dict[int, str]) -> str:
    return f"the {notice.party}" if notice.inspector_id is None else names.get(notice.inspector_id, "the inspector")


def _made(result: VisitResult) -> str:
    return "" if result.percent_made is None else f", {result.percent_made:.4g} % made"


def _outcome(result: VisitResult) -> str:
    found = (result.critical_found, result.major_found, result.minor_found)
    said = [f"{number:,} {name}" for number, name in zip(found, ("critical", "major", "minor"), strict=True) if number]
    return f"{result.outcome}: {spell_list(said) if said else 'no defects'}"
