"""What went out and what was answered, put on record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.errors import BadInputError, ConflictError, NotFoundError, RefusedError
from desktop.models import Factory, Inspector, Notice, Request, Sending
from desktop.services.changes import Step
from desktop.services.commands import BeginSendings, RecordAnswer, RecordSendings, SetReminder
from desktop.services.commands.dispatching import Addressee, Outgoing
from desktop.services.dispatching.facts import digest_of
from desktop.services.lookup import inspector_by_code, request_by_code
from desktop.services.planning.bookings import zone_of
from desktop.services.words import count, spell_time
from desktop.services.work import Work

STILL_SENDING = dt.timedelta(minutes=10)
"""How long somebody may be sending before it counts as ended half way."""
OF_THE_DAY = ("visit", "factory", "address")
"""What an answer is to: it lapses where one of these is told otherwise."""
ANSWERS = ("confirmed", "declined", "")


def begin_sendings(work: Work, command: BeginSendings) -> Step:
    """Note messages that are about to go out.

    Raises:
        NotFoundError: a request or inspector that there is not.
        ConflictError: somebody else has told one of them meanwhile.
        RefusedError: somebody is sending to one of them now, at this desk or at another.
    """
    book = _Book(work, command.messages)
    for notice, message in book.pairs():
        book.check_newest(notice, message)
        book.check_free(notice, message)
        book.add(notice, message, "begun")
    return Step(f"Begin to send {count(len(command.messages), 'message')}")


def record_sendings(work: Work, command: RecordSendings) -> Step:
    """Note what became of messages: begun or not, each is on record once. Raises as `begin_sendings`."""
    book = _Book(work, command.messages)
    for notice, message in book.pairs():
        if not book.settle(notice, message):
            book.check_newest(notice, message)
            book.add(notice, message, "failed" if message.fault else "sent")
        if not message.fault and message.sequence >= notice.sequence:
            _learn(notice, message)
    failed = sum(bool(message.fault) for message in command.messages)
    gone = len(command.messages) - failed
    messages = (f"{count(failed, 'message')} did not go out.",) if failed else ()
    label = f"Send {count(gone, 'message')}" if gone else f"Fail to send {count(failed, 'message')}"
    return Step(label, messages)


def record_answer(work: Work, command: RecordAnswer) -> Step:
    """Note what an addressee answered, or take it back.

    Raises:
        NotFoundError: he was never told of the visit.
        RefusedError: what he was told last is that it is cancelled.
        BadInputError: no such answer, or it was given in the future.
    """
    if command.answer not in ANSWERS:
        raise BadInputError(f'"{command.answer}" is no answer.', "Give confirmed or declined.")
    notice = _told(work.session, command.to)
    whom = whom_in_words(command.to)
    if notice.state != "sent":
        raise RefusedError(
            f"{whom} does not expect the visit of {command.to.request}: there is nothing to answer.",
            "Send the invitation first.",
        )
    at = _moment(work, command.to.request, command.at)
    if at > work.now:
        raise BadInputError(f"The answer lies ahead, on {spell_time(at)}.", "Give a time that has passed.")
    notice.answer = command.answer
    notice.answered_at = at if command.answer else None
    notice.answer_note = command.note.strip() if command.answer else ""
    if command.answer:
        notice.remind_at = None
    done = {"confirmed": "Confirm", "declined": "Decline", "": "Take back the answer to"}[command.answer]
    return Step(f"{done} {command.to.request}, {whom}")


def set_reminder(work: Work, command: SetReminder) -> Step:
    """Say when an addressee is to be asked again. Raises as `record_answer`."""
    notice = _told(work.session, command.to)
    whom = whom_in_words(command.to)
    if notice.state != "sent":
        raise RefusedError(
            f"{whom} does not expect the visit of {command.to.request}: there is nothing to ask.",
            "Send the invitation first.",
        )
    notice.remind_at = None if command.at is None else _moment(work, command.to.request, command.at)
    return Step(f"Set reminder for {command.to.request}, {whom}")


def whom_in_words(to: Addressee) -> str:
    """An addressee in a sentence: "inspector I0003", "the factory"."""
    return f"inspector {to.inspector}" if to.party == "inspector" else f"the {to.party}"


def _moment(work: Work, request: str, at: dt.datetime | None) -> dt.datetime:
    """A time as given; without a zone by the clocks of the factory."""
    if at is None:
        return work.now
    if at.tzinfo is None:
        record = request_by_code(work.session, request)
        at = at.replace(tzinfo=zone_of(work.session.get_one(Factory, record.factory_id).time_zone))
    return at.astimezone(dt.UTC)


def _told(session: Session, to: Addressee) -> Notice:
    request = request_by_code(session, to.request)
    person = inspector_by_code(session, to.inspector).id if to.party == "inspector" else None
    query = select(Notice).where(Notice.request_id == request.id, Notice.party == to.party)
    notice = session.scalars(
        query.where(Notice.inspector_id.is_(None) if person is None else Notice.inspector_id == person)
    ).one_or_none()
    if notice is None:
        raise NotFoundError(
            f"{_upper(whom_in_words(to))} was never told of {to.request}.", "Send the invitation first."
        )
    return notice


def _learn(notice: Notice, message: Outgoing) -> None:
    """What an addressee knows after a message."""
    is_cancelled = message.method == "cancel"
    is_same_day = notice.state == "sent" and all(notice.told.get(key) == message.told.get(key) for key in OF_THE_DAY)
    if is_cancelled or not is_same_day:
        notice.answer, notice.answered_at, notice.answer_note = "", None, ""
        notice.remind_at = None
    notice.state = "cancelled" if is_cancelled else "sent"
    notice.sequence = message.sequence
    notice.first_slot, notice.last_slot = message.kept
    if not is_cancelled:
        notice.told = dict(message.told)
    notice.digest = digest_of(message.told)


class _Book:
    """The notices that some messages are about, read together."""

    def __init__(self, work: Work, messages: Sequence[Outgoing]) -> None:
        self._work, self._messages = work, messages
        session = work.session
        self._requests = self._keys(Request, {message.to.request for message in messages}, request_by_code)
        self._people = self._keys(
            Inspector, {message.to.inspector for message in messages if message.to.inspector}, inspector_by_code
        )
        self._notices: dict[tuple[int, str, int | None], Notice] = {}
        for lot in _lots(sorted(self._requests.values())):
            for notice in session.scalars(select(Notice).where(Notice.request_id.in_(lot))):
                self._notices[notice.request_id, notice.party, notice.inspector_id] = notice
        self._open: dict[int, list[Sending]] = {}
        for lot in _lots(sorted(notice.id for notice in self._notices.values())):
            query = select(Sending).where(Sending.notice_id.in_(lot), Sending.state == "begun")
            for sending in session.scalars(query):
                self._open.setdefault(sending.notice_id, []).append(sending)
        self._newest: dict[int, int] = {}
        for lot in _lots(sorted(notice.id for notice in self._notices.values())):
            newest = select(Sending.notice_id, func.max(Sending.id)).where(Sending.notice_id.in_(lot))
            self._newest |= {key: last for key, last in session.execute(newest.group_by(Sending.notice_id))}

    def _keys(self, model: type[Request] | type[Inspector], codes: set[str], find: object) -> dict[str, int]:
        found: dict[str, int] = {}
        for lot in _lots(sorted(codes)):
            query = select(model.code, model.id).where(model.code.in_(lot))
            found |= {code: key for code, key in self._work.session.execute(query)}
        for code in sorted(codes - found.keys()):
            find(self._work.session, code)  # type: ignore[operator]
        return found

    def pairs(self) -> list[tuple[Notice, Outgoing]]:
        """Each message with its notice; a new one where it is the first."""
        found = [(self._notice(message), message) for message in self._messages]
        self._work.session.flush()
        return found

    def _notice(self, message: Outgoing) -> Notice:
        to = message.to
        person = self._people[to.inspector] if to.party == "inspector" else None
        key = (self._requests[to.request], to.party, person)
        notice = self._notices.get(key)
        if notice is None:
            notice = Notice(
                request_id=key[0],
                party=to.party,
                inspector_id=person,
                uid=message.uid,
                sequence=0,
                state="new",
                first_slot=message.kept[0],
                last_slot=message.kept[1],
                digest="",
                told={},
                answer="",
            )
            self._work.session.add(notice)
            self._notices[key] = notice
        return notice

    def check_free(self, notice: Notice, message: Outgoing) -> None:
        """Refuse a message to somebody whom somebody is sending to; he may do so by two programs."""
        for sending in self._open.get(notice.id, ()):
            if not sending.fault and self._work.now - sending.sent_at < STILL_SENDING:
                raise RefusedError(
                    f"{sending.sent_by} is sending to {whom_in_words(message.to)} of {message.to.request}"
                    f" since {spell_time(sending.sent_at)}.",
                    "Wait until that is done, and look at what is due then.",
                )

    def check_newest(self, notice: Notice, message: Outgoing) -> None:
        """Refuse a message made before another was noted: it is that one, or does not follow it.

        Its version alone does not tell: two who make the same update give it the same one.
        """
        if notice.uid != message.uid or self._newest.get(notice.id, 0) != message.after:
            raise ConflictError(
                f"{_upper(whom_in_words(message.to))} has been told of {message.to.request}"
                " since these messages were made.",
                "Look at what is due now, and send that.",
            )

    def settle(self, notice: Notice, message: Outgoing) -> bool:
        """Note what became of a message that was begun; False where none was."""
        found = [
            sending
            for sending in self._open.get(notice.id, ())
            if (sending.sequence, sending.channel) == (message.sequence, message.channel)
        ]
        if not found:
            return False
        for sending in found:
            if message.is_known:
                sending.state = "failed" if message.fault else "sent"
            sending.fault = message.fault
            sending.sent_at = self._work.now
        return True

    def add(self, notice: Notice, message: Outgoing, state: str) -> None:
        """One message more."""
        self._work.session.add(
            Sending(
                notice_id=notice.id,
                sequence=message.sequence,
                method=message.method,
                channel=message.channel,
                recipient=message.recipient,
                language=message.language,
                subject=message.subject,
                body=message.body,
                digest=digest_of(message.told),
                sent_at=self._work.now,
                sent_by=self._work.actor,
                state=state,
                fault=message.fault,
            )
        )


def _lots(keys: Sequence[object]) -> Iterable[Sequence[object]]:
    return (keys[first : first + 900] for first in range(0, len(keys), 900))


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
