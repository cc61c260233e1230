"""Messages as they read: subject, text, calendar file and work sheet, each in the addressee's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from desktop.services.commands.dispatching import Addressee, Channel, Method, Outgoing
from desktop.services.dispatching.due import NoticeKind
from desktop.services.planning.reading import Source
from desktop.services.trade.protocols import Language
from desktop.services.worksheets import WorkSheet


@dataclass(frozen=True, slots=True)
class Message:
    """One message, ready to go out by any channel.

    Attributes:
        name, recipient, phone: whom it goes to; the address is "" where none is on record.
        text: of an e-mail, and the description in the calendar.
        chat: the same, short, to paste into WeChat or Zalo.
        calendar: the .ics file, UTF-8.
        sheet: what is printed as the inspector's work sheet; None for others and for cancellations.
        stem: a name for files, without folder and ending: safe on every system.
    """

    to: Addressee
    kind: NoticeKind
    name: str
    recipient: str
    phone: str
    language: Language
    uid: str
    sequence: int
    method: Method
    subject: str
    text: str
    chat: str
    calendar: bytes
    sheet: WorkSheet | None
    stem: str
    outgoing: Outgoing

    def by(self, channel: Channel, fault: str = "") -> Outgoing:
        """What `RecordSendings` notes of it when it goes out by a channel, or does not."""
        raise NotImplementedError


def compose(
    source: Source, now: dt.datetime, addressees: Collection[Addressee], language: Language | None = None
) -> tuple[Message, ...]:
    """The messages for some addressees, as they would go out now: what is due, or what he knows already once more.

    Args:
        source: where to read; nothing is written.
        now: the time; DTSTAMP of the calendar files.
        addressees: for whom; in this order.
        language: instead of each addressee's own.

    Raises:
        NotFoundError: one of them has nothing to do with a visit in force, and was never told of one.
    """
    raise NotImplementedError
