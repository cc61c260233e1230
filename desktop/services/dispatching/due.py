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
from dataclasses import dataclass
from typing import Literal

from desktop.services.commands.dispatching import Addressee, Party
from desktop.services.planning.reading import Source
from desktop.services.trade.protocols import Language

NoticeKind = Literal["invitation", "update", "cancellation"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which notices are asked for; what is empty or None does not narrow.

    Attributes:
        first_day, last_day: the visit touches one of these days.
        inspectors: codes; visits that one of them makes, and what is told of them to factory and client too.
        requests: codes.
        parties: only what is told to these.
    """

    first_day: dt.date | None = None
    last_day: dt.date | None = None
    inspectors: frozenset[str] = frozenset()
    requests: frozenset[str] = frozenset()
    parties: frozenset[Party] = frozenset()


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
    raise NotImplementedError
