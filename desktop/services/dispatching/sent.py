"""What was sent, when, to whom, in which version; and who has answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import defer

from desktop.errors import NotFoundError
from desktop.models import Client, Factory, Inspector, Notice, Request, Sending
from desktop.models.halfday import morning
from desktop.services.collecting import undisturbed
from desktop.services.commands.dispatching import Addressee
from desktop.services.dispatching.due import EVERYTHING, DueNotice, Wanted, crew_codes, due_of, keys_of
from desktop.services.dispatching.house import DispatchSettings
from desktop.services.dispatching.invitation import hours_of
from desktop.services.dispatching.standing import Concerned, Head, Telling, addressed, party_of
from desktop.services.planning.reading import Source, reading


@dataclass(frozen=True, slots=True)
class SentMessage:
    """One message on record.

    Attributes:
        key: for `read_body`.
        method: "request" or "cancel". `sequence` 0 of a request is the invitation, more are updates.
        state: "sent", "failed" (see `fault`), or "begun": it is not known whether it went out.
    """

    key: int
    to: Addressee
    name: str
    factory_name: str
    method: str
    sequence: int
    channel: str
    recipient: str
    language: str
    subject: str
    sent_at: dt.datetime
    sent_by: str
    state: str
    fault: str


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Whether an addressee has answered to what he knows of a visit that lies ahead.

    Attributes:
        phone: as it is on record, to be masked where it is shown.
        first_slot, last_slot: as told last, absolute.
        sequence: of what he was told last. `sent_at`: when.
        answer: "confirmed", "declined", "" where he has not answered to it.
        remind_at: when to ask again, as set by hand or by the house's settings; None: he has answered, or is a client,
            who is asked only where that was set by hand.
        is_due: that time has come.
    """

    to: Addressee
    name: str
    local_name: str
    phone: str
    email: str
    service: str
    factory_name: str
    client_name: str
    first_slot: int
    last_slot: int
    sequence: int
    sent_at: dt.datetime | None
    answer: str
    answered_at: dt.datetime | None
    answer_note: str
    remind_at: dt.datetime | None
    is_due: bool


def sent_messages(source: Source, wanted: Wanted = EVERYTHING, most: int = 2000) -> tuple[SentMessage, ...]:
    """The newest messages first, at most so many; `wanted` looks at the days that each addressee was told last."""
    with reading(source) as session:
        query = (
            select(Sending, Notice, Request, Factory.name, Client.name, Inspector)
            .join(Notice, Sending.notice_id == Notice.id)
            .join(Request, Notice.request_id == Request.id)
            .join(Factory, Request.factory_id == Factory.id)
            .join(Client, Request.client_id == Client.id)
            .outerjoin(Inspector, Notice.inspector_id == Inspector.id)
            .where(*_conditions(wanted))
            .order_by(Sending.id.desc())
            .limit(most)
            .options(defer(Sending.body))
        )
        return tuple(
            SentMessage(
                key=row.id,
                to=Addressee(request.code, party_of(notice), "" if person is None else person.code),
                name=person.name if person is not None else factory if notice.party == "factory" else client,
                factory_name=factory,
                method=row.method,
                sequence=row.sequence,
                channel=row.channel,
                recipient=row.recipient,
                language=row.language,
                subject=row.subject,
                sent_at=row.sent_at,
                sent_by=row.sent_by,
                state=row.state,
                fault=row.fault,
            )
            for row, notice, request, factory, client, person in session.execute(query)
        )


def _conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.parties:
        yield Notice.party.in_(sorted(wanted.parties))
    if wanted.requests:
        yield Request.code.in_(sorted(wanted.requests))
    if wanted.inspectors:
        yield Inspector.code.in_(sorted(wanted.inspectors))
    if wanted.first_day is not None:
        yield Notice.last_slot >= morning(wanted.first_day)
    if wanted.last_day is not None:
        yield Notice.first_slot <= morning(wanted.last_day) + 1


def read_body(source: Source, key: int) -> str:
    """The text of a message as it was sent. Raises NotFoundError."""
    with reading(source) as session:
        row = session.get(Sending, key)
        if row is None:
            raise NotFoundError(
                f"There is no message {key} on record.", "The list of sent messages has those there are."
            )
        return row.body


def confirmations(source: Source, now: dt.datetime, wanted: Wanted = EVERYTHING) -> tuple[Confirmation, ...]:
    """Everybody who knows of a visit that is not over: those to be reminded first, then by day."""
    with reading(source) as session, undisturbed(lasting=False):
        return _confirmations_of(Telling(session, now, keys_of(wanted)), now, wanted)


def due_and_confirmations(source: Source, now: dt.datetime) -> tuple[tuple[DueNotice, ...], tuple[Confirmation, ...]]:
    """What is to be sent, and who has answered: most of the work is the same for both."""
    with reading(source) as session, undisturbed(lasting=False):
        telling = Telling(session, now)
        return due_of(telling, now), _confirmations_of(telling, now, EVERYTHING)


def _confirmations_of(telling: Telling, now: dt.datetime, wanted: Wanted) -> tuple[Confirmation, ...]:
    found = [
        entry
        for concerned in telling.everybody()
        if concerned.knows and concerned.visit is not None
        for entry in (_confirmation(telling, concerned, now),)
        if wanted.holds(entry, crew_codes(concerned))
    ]
    return tuple(sorted(found, key=lambda row: (not row.is_due, row.first_slot, row.to)))


def _confirmation(telling: Telling, concerned: Concerned, now: dt.datetime) -> Confirmation:
    notice, head, whom = concerned.notice, telling.head(concerned), addressed(telling, concerned)
    assert notice is not None
    sent = concerned.tried.last_sent
    remind_at = None
    if not notice.answer and sent is not None and (notice.party != "client" or notice.remind_at is not None):
        remind_at = notice.remind_at or _by_the_house(telling.settings, head, notice, sent.sent_at)
    return Confirmation(
        to=concerned.to,
        name=whom.name,
        local_name=whom.local_name,
        phone=whom.phone,
        email=whom.email,
        service=head.service,
        factory_name=head.factory_name,
        client_name=head.client_name,
        first_slot=notice.first_slot,
        last_slot=notice.last_slot,
        sequence=notice.sequence,
        sent_at=None if sent is None else sent.sent_at,
        answer=notice.answer,
        answered_at=notice.answered_at,
        answer_note=notice.answer_note,
        remind_at=remind_at,
        is_due=remind_at is not None and remind_at <= now,
    )


def _by_the_house(settings: DispatchSettings, head: Head, notice: Notice, sent_at: dt.datetime) -> dt.datetime:
    """When to ask again: some hours after the message, or before the visit where that is sooner; not before it."""
    begins, _ = hours_of((notice.first_slot, notice.last_slot), head.zone)
    soonest = min(
        sent_at + dt.timedelta(hours=settings.remind_after_hours),
        begins.astimezone(dt.UTC) - dt.timedelta(hours=settings.remind_before_hours),
    )
    return max(soonest, sent_at)
