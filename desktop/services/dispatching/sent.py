"""What was sent, when, to whom, in which version; and who has answered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from desktop.services.commands.dispatching import Addressee
from desktop.services.dispatching.due import EVERYTHING, Wanted
from desktop.services.planning.reading import Source


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
        remind_at: when to ask again, as set by hand or by the house's settings; None: he has answered.
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
    """The newest messages first; `wanted` looks at the days that were told."""
    raise NotImplementedError


def read_body(source: Source, key: int) -> str:
    """The text of a message as it was sent. Raises NotFoundError."""
    raise NotImplementedError


def confirmations(source: Source, now: dt.datetime, wanted: Wanted = EVERYTHING) -> tuple[Confirmation, ...]:
    """Everybody who knows of a visit that is not over: those to be reminded first, then by day."""
    raise NotImplementedError
