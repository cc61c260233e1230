"""What is to be sent now: derived from the visits in force and from what was told before, and stored nowhere.

Nothing was sent yet: an invitation. It was, and the visit says otherwise by now: an update, under the same UID. The
visit is not in force any more, or an inspector is no longer one of its crew: a cancellation. Sent and equal: nothing.
Only visits that end today or later are told of, by the clocks of the factory.

The way of a message: `due_notices` (what) -> `messages.compose` (how it reads) -> one of
`outbox.write_files` (folder), `outbox.send_mail` (SMTP, outside any transaction; `BeginSendings` before it) ->
the command `RecordSendings` with what they gave back. `outbox.dispatch_to_folder` and `outbox.dispatch_by_mail`
do all of it for the command line.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from sqlalchemy import Select, select

from desktop.models import Request
from desktop.models.halfday import date_of
from desktop.services.collecting import undisturbed
from desktop.services.commands.dispatching import Addressee, Party
from desktop.services.dispatching.facts import LABELS
from desktop.services.dispatching.standing import PARTIES, Concerned, Telling, Tried, addressed, is_over
from desktop.services.planning.reading import Source, reading
from desktop.services.trade.protocols import Language
from desktop.services.words import spell_time

NoticeKind = Literal["invitation", "update", "cancellation"]


class Row(Protocol):
    """A row of any list of what is told."""

    @property
    def to(self) -> Addressee:
        """To whom."""
        ...

    @property
    def first_slot(self) -> int:
        """The visit's first half-day, absolute."""
        ...

    @property
    def last_slot(self) -> int:
        """Its last."""
        ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which notices are asked for; what is empty or None does not narrow.

    Attributes:
        first_day, last_day: the visit touches one of these days, or did as it was told last.
        inspectors: codes; visits that one of them makes, and what is told of them to factory and client too.
        requests: codes.
        parties: only what is told to these.
    """

    first_day: dt.date | None = None
    last_day: dt.date | None = None
    inspectors: frozenset[str] = frozenset()
    requests: frozenset[str] = frozenset()
    parties: frozenset[Party] = frozenset()

    def holds(self, row: Row, crew: Collection[str]) -> bool:
        """Whether a row is asked for; `crew` are the codes of those who make the visit."""
        days = date_of(row.first_slot), date_of(row.last_slot)
        return (
            (not self.parties or row.to.party in self.parties)
            and (not self.requests or row.to.request in self.requests)
            and (not self.inspectors or not self.inspectors.isdisjoint(crew))
            and (self.first_day is None or self.first_day <= days[1])
            and (self.last_day is None or days[0] <= self.last_day)
        )


EVERYTHING = Wanted()


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that was told otherwise. `before` or `now` is "" where it was not, or is no longer, told."""

    label: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class DueNotice:
    """One message that is due.

    Attributes:
        name, local_name, email, phone: of the addressee; the phone as it is on record, to be masked where it is shown.
        language: in which he is written to.
        first_slot, last_slot: of the visit, absolute; of a cancellation as told last.
        sequence: that the message will have: 0 for the first.
        changes: what is otherwise than told last; of an update only.
        sent_at: when he was told last; None: never.
        fault: why the last try did not go out, or that it is not known; "".
    """

    to: Addressee
    kind: NoticeKind
    name: str
    local_name: str
    email: str
    phone: str
    language: Language
    service: str
    factory: str
    factory_name: str
    client: str
    client_name: str
    first_slot: int
    last_slot: int
    sequence: int
    changes: tuple[Changed, ...] = ()
    sent_at: dt.datetime | None = None
    fault: str = ""

    @property
    def request(self) -> str:
        """The request's code."""
        return self.to.request


def due_notices(source: Source, now: dt.datetime, wanted: Wanted = EVERYTHING) -> tuple[DueNotice, ...]:
    """What is to be sent, by day, request and addressee (inspectors, then factory, then client)."""
    with reading(source) as session, undisturbed(lasting=False):
        return due_of(Telling(session, now, keys_of(wanted)), now, wanted)


def due_of(telling: Telling, now: dt.datetime, wanted: Wanted = EVERYTHING) -> tuple[DueNotice, ...]:
    """The same of what has been read."""
    found = []
    for concerned in telling.everybody():
        kind = kind_of(concerned, telling, now)
        if kind is None:
            continue
        entry, crew = _entry(telling, concerned, kind), crew_codes(concerned)
        if wanted.holds(entry, crew) or wanted.holds(_as_told(entry, concerned), crew):
            found.append(entry)
    order = {party: number for number, party in enumerate(PARTIES)}
    return tuple(sorted(found, key=lambda row: (row.first_slot, row.request, order[row.to.party], row.to.inspector)))


def kind_of(concerned: Concerned, telling: Telling, now: dt.datetime) -> NoticeKind | None:
    """Which message is due to somebody; None: none."""
    visit, notice = concerned.visit, concerned.notice
    if visit is not None:
        if not visit.is_ahead:
            return None
        if not concerned.knows:
            return "invitation"
        return "update" if concerned.changed or concerned.is_unknown else None
    assert notice is not None
    if is_over(notice.last_slot, telling.head(concerned).zone, now):
        return None
    return "cancellation" if concerned.knows or concerned.may_know else None


def _entry(telling: Telling, concerned: Concerned, kind: NoticeKind) -> DueNotice:
    head, whom = telling.head(concerned), addressed(telling, concerned)
    visit, notice = concerned.visit, concerned.notice
    slots = (visit or notice).first_slot, (visit or notice).last_slot  # type: ignore[union-attr]
    before = {} if notice is None else notice.told
    sent = concerned.tried.last_sent
    return DueNotice(
        to=concerned.to,
        kind=kind,
        name=whom.name,
        local_name=whom.local_name,
        email=whom.email,
        phone=whom.phone,
        language=whom.language,
        service=head.service,
        factory=head.factory,
        factory_name=head.factory_name,
        client=head.client,
        client_name=head.client_name,
        first_slot=slots[0],
        last_slot=slots[1],
        sequence=concerned.next_sequence,
        changes=tuple(
            Changed(LABELS[key], before.get(key, ""), concerned.told.get(key, "")) for key in concerned.changed
        ),
        sent_at=None if sent is None else sent.sent_at,
        fault=fault_of(concerned.tried),
    )


def _as_told(entry: DueNotice, concerned: Concerned) -> DueNotice:
    """The same on the day that was told last: a visit that has moved is news on both days."""
    notice = concerned.notice
    return entry if notice is None else replace(entry, first_slot=notice.first_slot, last_slot=notice.last_slot)


def fault_of(tried: Tried) -> str:
    """Why the last message did not go out, or that it is not known; "" where it did."""
    last = tried.last
    if last is None or last.state == "sent":
        return ""
    if last.state == "begun" and last.fault:
        return f"It is not known whether the last message went out: {last.fault}"
    if last.state == "begun":
        return (
            f"It is not known whether the last message went out: {last.sent_by} began to send it on"
            f" {spell_time(last.sent_at)}, and nothing was noted since."
        )
    return last.fault


def keys_of(wanted: Wanted) -> Select[int] | None:
    """Selects the keys of the requests that are asked for; None: all."""
    if not wanted.requests:
        return None
    return select(Request.id).where(Request.code.in_(sorted(wanted.requests)))


def crew_codes(concerned: Concerned) -> frozenset[str]:
    """The codes of those who make a visit, and of the one who is told."""
    crew = () if concerned.visit is None else concerned.visit.crew
    own = {concerned.to.inspector} if concerned.to.inspector else set()
    return frozenset({person.code for person in crew} | own)
