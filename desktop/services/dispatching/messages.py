"""Messages as they read: subject, text, calendar file and work sheet, each in the addressee's language."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.errors import NotFoundError
from desktop.models import Request
from desktop.models.halfday import date_of
from desktop.services.commands.dispatching import Addressee, Channel, Method, Outgoing
from desktop.services.dispatching.directions import Directions, map_link
from desktop.services.dispatching.due import NoticeKind, kind_of
from desktop.services.dispatching.house import MailSettings
from desktop.services.dispatching.invitation import Invitation, calendar_file, method_of
from desktop.services.dispatching.recording import whom_in_words
from desktop.services.dispatching.standing import Concerned, Telling, Whom, addressed
from desktop.services.dispatching.texts import Letter, Occasion, letter
from desktop.services.dispatching.wording import say, write_when
from desktop.services.planning.reading import Source, reading
from desktop.services.trade.protocols import Language
from desktop.services.worksheets import WorkSheet, sheets_in_force

_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]+")
MOST_AT_ONCE = 500  # requests named in one statement


@dataclass(frozen=True, slots=True)
class Message:
    """One message, ready to go out by any channel.

    Attributes:
        name, recipient, phone: whom it goes to; the address is "" where none is on record.
        text: of an e-mail, and the description in the calendar.
        chat: the same, short, to paste into WeChat or Zalo.
        invitation: what the calendar is told.
        sheet: what is printed as the inspector's work sheet; None for others and for cancellations.
        stem: a name for files, without folder and ending: safe on every system.
        sender: from whom it comes, as the house has set it.
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
    invitation: Invitation
    sheet: WorkSheet | None
    stem: str
    sender: MailSettings
    composed_at: dt.datetime
    outgoing: Outgoing

    @property
    def calendar(self) -> bytes:
        """The .ics file, UTF-8. Made when it is asked for: it takes longer than all the rest of a message."""
        return calendar_file(self.invitation, self.composed_at)

    @property
    def calendar_method(self) -> str:
        """What the file asks: "REQUEST", "CANCEL" or "PUBLISH"."""
        return method_of(self.invitation)

    def by(self, channel: Channel, fault: str = "", *, is_known: bool = True) -> Outgoing:
        """What `RecordSendings` notes of it when it goes out by a channel, or does not, or nobody knows."""
        if channel in ("text", "phone"):
            return replace(self.outgoing, channel=channel, recipient=self.phone, body=self.chat, fault=fault)
        return replace(self.outgoing, channel=channel, fault=fault, is_known=is_known)


def compose(
    source: Source,
    now: dt.datetime,
    addressees: Collection[Addressee],
    language: Language | None = None,
    *,
    due_only: bool = False,
) -> tuple[Message, ...]:
    """The messages for some addressees, as they would go out now: what is due, or what he knows already once more.

    Args:
        source: where to read; nothing is written.
        now: the time; DTSTAMP of the calendar files.
        addressees: for whom; in this order.
        language: instead of each addressee's own.
        due_only: leave out those to whom nothing is due any more: somebody else has told them meanwhile.

    Raises:
        NotFoundError: one of them has nothing to do with a visit in force, and was never told of one; not where only
            what is due is asked for.
    """
    with reading(source) as session:
        found: dict[Addressee, Message] = {}
        codes = sorted({to.request for to in addressees})
        for first in range(0, len(codes), MOST_AT_ONCE):
            lot = codes[first : first + MOST_AT_ONCE]
            telling = Telling(session, now, select(Request.id).where(Request.code.in_(lot)))
            wanted = {to for to in addressees if to.request in lot}
            concerned = [
                entry
                for entry in telling.everybody()
                if entry.to in wanted and (not due_only or kind_of(entry, telling, now) is not None)
            ]
            found |= _composed(session, now, telling, concerned, language)
    for to in () if due_only else addressees:
        if to not in found:
            raise NotFoundError(
                f"There is nothing to tell {whom_in_words(to)} of {to.request}: no visit of it is in force for him.",
                "Publish the plan that has the visit first.",
            )
    return tuple(found[to] for to in addressees if to in found)


def _composed(
    session: Session, now: dt.datetime, telling: Telling, everybody: Iterable[Concerned], language: Language | None
) -> dict[Addressee, Message]:
    everybody = tuple(everybody)
    directions = Directions(session)
    visits = {entry.visit.key for entry in everybody if entry.visit is not None and entry.to.inspector}
    sheets = sheets_in_force(session, now, visits) if visits else {}
    return {entry.to: _Composer(now, telling, entry, sheets).message(directions, language) for entry in everybody}


class _Composer:
    """One message being put together."""

    def __init__(
        self, now: dt.datetime, telling: Telling, concerned: Concerned, sheets: Mapping[int, WorkSheet]
    ) -> None:
        self._now, self._telling, self._concerned, self._sheets = now, telling, concerned, sheets
        self._head = telling.head(concerned)
        visit, notice = concerned.visit, concerned.notice
        before = None if notice is None else (notice.first_slot, notice.last_slot)
        self._before = before
        self._slots = (visit.first_slot, visit.last_slot) if visit is not None else before or (0, 0)
        self._kind = kind_of(concerned, telling, now) or ("update" if visit is not None else "cancellation")
        self._uid = str(uuid.uuid4()) if notice is None else notice.uid

    def message(self, directions: Directions, language: Language | None) -> Message:
        """It, in a language or in the addressee's own."""
        concerned, visit = self._concerned, self._concerned.visit
        whom = addressed(self._telling, concerned)
        spoken = language or whom.language
        journey = None
        if visit is not None and concerned.to.inspector:
            journey = directions.journey(visit, concerned.to.inspector)
        occasion = Occasion(
            self._kind,
            concerned,
            self._head,
            self._slots,
            self._before,
            journey,
            self._telling.settings,
            self._now,
        )
        words = letter(occasion, spoken)
        sheet = None
        if visit is not None and concerned.to.inspector:
            going = () if journey is None else journey.lines(spoken)
            place = " ".join(filter(None, (concerned.told.get("place", ""), map_link(visit))))
            sheet = replace(self._sheets[visit.key], when=write_when(*self._slots, spoken), place=place, going=going)
        sequence = concerned.next_sequence
        method: Method = "request" if visit is not None else "cancel"
        told = dict(concerned.told) if visit is not None or concerned.notice is None else dict(concerned.notice.told)
        return Message(
            to=concerned.to,
            kind=self._kind,
            name=whom.name,
            recipient=whom.email,
            phone=whom.phone,
            language=spoken,
            uid=self._uid,
            sequence=sequence,
            method=method,
            subject=words.subject,
            text=words.text,
            chat=words.chat,
            invitation=self._invitation(whom, words, method, spoken),
            sheet=sheet,
            stem=self._stem(sequence),
            sender=self._telling.mail,
            composed_at=self._now,
            outgoing=Outgoing(
                to=concerned.to,
                uid=self._uid,
                sequence=sequence,
                method=method,
                channel="eml",
                recipient=whom.email,
                language=spoken,
                subject=words.subject,
                body=words.text,
                kept=self._slots,
                told=told,
                after=0 if concerned.tried.last is None else concerned.tried.last.id,
            ),
        )

    def _invitation(self, whom: Whom, words: Letter, method: Method, language: Language) -> Invitation:
        visit, mail = self._concerned.visit, self._telling.mail
        head = self._head
        site = None if visit is None else visit.factory
        place = None if site is None or site.lat is None or site.lon is None else (site.lat, site.lon)
        return Invitation(
            uid=self._uid,
            sequence=self._concerned.next_sequence,
            method=method,
            slots=self._slots,
            zone=head.zone_name,
            summary=say(
                "summary", language, service=head.service, factory=head.factory_local_name or head.factory_name
            ),
            location=head.factory_name if site is None else site.address or site.name,
            description=words.text,
            place=place,
            organizer=mail.sender,
            organizer_name=mail.sender_name,
            attendee=whom.email,
            attendee_name=whom.name,
            alarm_hours=self._telling.settings.alarm_hours if self._concerned.to.party == "inspector" else 0,
        )

    def _stem(self, sequence: int) -> str:
        to = self._concerned.to
        parts = (date_of(self._slots[0]).isoformat(), to.request, to.inspector or to.party, str(sequence))
        stem = "-".join(_UNSAFE.sub("_", part).strip(".") for part in parts)
        # codes that differ in what no file can be called would share one
        return stem if stem == "-".join(parts) else f"{stem}-{self._uid[:8]}"
